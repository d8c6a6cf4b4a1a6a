//! One lever: what changes, for whom, by how much, from when.

use domain::Day;

/// One dated change.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// What changes.
    pub what: What,
    /// When.
    pub when: When,
}

/// What changes.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// More or fewer children come into care.
    Entries {
        /// Which of them.
        whom: Whom,
        /// By how much.
        change: Change,
    },
    /// More or fewer children leave by a route before they are 18.
    Exits {
        /// The route; nothing for every one of them.
        route: Option<Route>,
        /// Factor on the rate at which children leave: 1.2 is a fifth more.
        factor: f64,
    },
    /// Children moved from children's homes to families, over and above those who move anyway.
    StepDown {
        /// Children a month.
        a_month: f64,
    },
    /// Share of the children newly placed in homes of a sector who go to the authority's own.
    InHouse {
        /// The sector.
        sector: Sector,
        /// 0 to 1.
        share: f64,
    },
    /// A home that opens: supply, not need.
    NewHome(NewHome),
    /// Something outside that changes how many come, such as a law, a court's practice or a dispersal scheme (dossier A061).
    Event {
        /// What it is called on charts.
        name: String,
        /// Which children it brings.
        whom: Whom,
        /// Factor on entries: 4 is four times as many.
        factor: f64,
    },
    /// The capped line of a plan.
    Growth(Growth),
}

/// A home that opens on the lever's first day; its beds come into use over the ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct NewHome {
    /// Its name.
    pub name: String,
    /// Whose it is and of what sort: [`Sector::Residential`] is a children's home, [`Sector::Fostering`] new approved foster places.
    pub sector: Sector,
    /// Beds when all are in use.
    pub beds: u32,
    /// The ages it takes.
    pub ages: Ages,
}

/// So many children more each month until a number is reached, as the Nottinghamshire plan of 2014 was written (dossier A065).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Children a month.
    pub a_month: f64,
    /// The number at which it stops.
    pub until: u32,
}

/// From when to when, and how fast it comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub from: Day,
    /// Months from the first day until it is in full force; 0 for at once.
    pub ramp_months: u32,
    /// Last day; nothing while it goes on.
    pub to: Option<Day>,
}

impl When {
    /// At once and for good.
    pub const fn since(from: Day) -> Self {
        Self { from, ramp_months: 0, to: None }
    }

    /// How far it has come in on a day: 0 outside its dates, rising in a straight line over the ramp, then 1.
    pub fn strength(&self, on: Day) -> f64 {
        if on < self.from || self.to.is_some_and(|to| on > to) {
            return 0.0;
        }
        let ramp = self.from.plus_months(self.ramp_months as i32).since(self.from);
        if ramp <= 0 { 1.0 } else { (f64::from(on.since(self.from)) / f64::from(ramp)).min(1.0) }
    }

    /// Whether two spans share a day.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// Which children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Every one.
    All,
    /// Unaccompanied asylum-seeking children.
    Uasc,
    /// Children of these ages.
    Ages(Ages),
}

/// Completed years from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// Youngest.
    pub from: u32,
    /// Oldest.
    pub to: u32,
}

impl Ages {
    /// Every age at which a child can be looked after.
    pub const EVERY: Self = Self { from: 0, to: 17 };

    /// Whether an age lies in it.
    pub const fn holds(self, years: u32) -> bool {
        self.from <= years && years <= self.to
    }

    /// How many years of age both have.
    pub fn shared_with(self, other: Self) -> u32 {
        (self.to.min(other.to) + 1).saturating_sub(self.from.max(other.from))
    }

    /// How many years of age it spans.
    pub fn years(self) -> u32 {
        (self.to + 1).saturating_sub(self.from)
    }
}

/// By how much entries change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Factor on those who would have come: 1.1 is a tenth more.
    Factor(f64),
    /// So many children a month more, or fewer where it is negative.
    AMonth(f64),
}

/// How a child leaves care before the eighteenth birthday, in the words in which plans are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Route {
    /// Home to parents or relatives (E4A, E4B, E13).
    ReturnHome,
    /// Adopted (E11, E12).
    Adoption,
    /// Special guardianship or a child arrangements order (E41, E43-E48).
    Guardianship,
    /// Every other end before 18: custody, another authority, independence, reasons not given.
    Other,
}

impl Route {
    /// Every route, in the order of tables.
    pub const ALL: [Self; 4] = [Self::ReturnHome, Self::Adoption, Self::Guardianship, Self::Other];

    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReturnHome => "return home",
            Self::Adoption => "adoption",
            Self::Guardianship => "special guardianship",
            Self::Other => "other",
        }
    }
}

/// What an authority can have of its own or buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sector {
    /// Foster families who are not kin: in-house or agency.
    Fostering,
    /// Children's homes: own or external.
    Residential,
}

impl Sector {
    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fostering => "fostering",
            Self::Residential => "residential",
        }
    }
}
