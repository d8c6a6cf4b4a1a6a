//! The sufficiency gap: need ahead against the homes that can be used (section 22G; dossier A001-A003, A059).
//!
//! Need is counted child by child: how many and how old comes from the futures of the microsimulation, how much care and how soon from the children
//! looked after now who are nearest in age. Supply is what is usable on the day: registered less closed and blocked, contracts that have ended left
//! out, of homes shared with other authorities only the share that comes to this one. Each future's children are then placed in what there is,
//! as many as can be and those hardest to place first; who is left without a home is the shortfall. A line speaks of the date on which it is worst.
//!
//! History holds what happened, not what was needed, where supply was short: a child in a children's home for want of a foster carer is need for a
//! carer (A055, A108), and counted as such where requests tell it.

mod ages;
mod cohort;
mod flow;
mod lines;
mod matching;
mod need;
mod topics;

pub use ages::Lived;
pub use cohort::{Birthday, Cohort, Profile, birthdays};
pub use lines::{AtDate, Gap, HomeLine, Line, Way, gap};
pub use matching::Terms;
pub use need::{Cell, Need, Wanted, draw};
pub use topics::{Topic, TopicLine};

use domain::supply::{Notice, Vehicle};

use crate::kind::Kind;
use crate::scenario::Ages;

/// A home that an authority must have enough of. Kin, parents and adopters are found for one child and are not stocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Home {
    /// A foster family that is not kin: in-house or agency.
    Foster,
    /// A children's home. Children in unregistered settings need one.
    ChildrensHome,
    /// Supported accommodation.
    Supported,
    /// A secure home.
    Secure,
    /// A residential school.
    School,
}

impl Home {
    /// In the order of tables.
    pub const ALL: [Self; 5] = [Self::Foster, Self::ChildrensHome, Self::Supported, Self::Secure, Self::School];

    /// The home that a child of a kind needs; nothing for kinds that are not stocked. A temporary stay keeps the home it is away from.
    pub const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::InHouseFostering | Kind::AgencyFostering => Some(Self::Foster),
            Kind::OwnHome | Kind::ExternalHome | Kind::Other => Some(Self::ChildrensHome),
            Kind::Supported => Some(Self::Supported),
            Kind::Secure => Some(Self::Secure),
            Kind::School => Some(Self::School),
            Kind::Kinship | Kind::Adoptive | Kind::Parents | Kind::OtherResidential | Kind::Temporary => None,
        }
    }

    /// The home that a child of a kind and an age needs. Nobody under 16 may be placed in supported accommodation (Care Planning, Placement and Case
    /// Review (England) (Amendment) Regulations 2021): whoever is recorded there needs a children's home, as children in unregistered settings do.
    pub const fn at(kind: Kind, years: u32) -> Option<Self> {
        match Self::of(kind) {
            Some(Self::Supported) if years < 16 => Some(Self::ChildrensHome),
            home => home,
        }
    }

    /// The kinds of a forecast whose children need it.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |&kind| Self::of(kind) == Some(self))
    }

    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Foster => "Foster home",
            Self::ChildrensHome => "Children's home",
            Self::Supported => "Supported accommodation",
            Self::Secure => "Secure home",
            Self::School => "Residential school",
        }
    }
}

/// How much care a child needs. Ours, worked out from the return, which holds no such field; see [`cohort`](Cohort) for the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NeedBand {
    /// What most homes give.
    Standard,
    /// More than most homes give.
    Enhanced,
    /// What few homes can give.
    Complex,
}

impl NeedBand {
    /// In the order of tables.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Enhanced, Self::Complex];

    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Enhanced => "enhanced",
            Self::Complex => "complex",
        }
    }
}

/// Age bands of the Department's tables.
pub const AGE_BANDS: [Ages; 5] =
    [Ages { from: 0, to: 0 }, Ages { from: 1, to: 4 }, Ages { from: 5, to: 9 }, Ages { from: 10, to: 15 }, Ages { from: 16, to: 17 }];

/// The position of an age among [`AGE_BANDS`].
pub const fn age_band(years: u32) -> usize {
    match years {
        0 => 0,
        1..=4 => 1,
        5..=9 => 2,
        10..=15 => 3,
        _ => 4,
    }
}

/// Whether a place is where the duty wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// In the authority's area: what section 22G asks for, where it is right for the child (A002).
    Inside,
    /// Anywhere within reach.
    Anywhere,
}

/// What is particular about a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// Nothing.
    None,
    /// For children with complex needs: specialist, therapeutic, enhanced, solo.
    Complex,
    /// For a parent with a child.
    ParentAndChild,
    /// For short breaks, no home to live in (trap F15).
    ShortBreaks,
}

/// Homes as a commissioner can use them, one entry a row of the supply file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// What it is.
    pub home: Home,
    /// What is particular about it.
    pub special: Special,
    /// Ages it takes.
    pub ages: Ages,
    /// Places on the register.
    pub registered: u32,
    /// Places usable on the day; 0 where it is not open.
    pub usable: u32,
    /// Places that a contract ending before the day, or one that begins after it, keeps out.
    pub not_in_force: u32,
    /// How the authority has it.
    pub vehicle: Vehicle,
    /// Whether it lies inside the area.
    pub area: Area,
    /// How soon a child can come.
    pub notice: Notice,
}

impl Lot {
    /// Whether children live there: a home for a parent with a child, or for short breaks, has a line of its own.
    pub const fn is_lived_in(&self) -> bool {
        matches!(self.special, Special::None | Special::Complex)
    }
}
