//! Homes that an authority can use: what is registered, what of it is usable, for whom, until when (dossier A056, F15).

use crate::Day;

/// A home, or a row of places of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// Its name or reference number.
    pub setting: String,
    /// What it is, as the file writes it: `Children's home`, `In-house fostering`, `Parent and child`.
    pub kind: String,
    /// Who runs it, as the file writes it.
    pub sector: String,
    /// The area in which it lies; empty where nobody wrote it down, and then it is not counted as local.
    pub area: String,
    /// Youngest and oldest completed years of age that it takes.
    pub ages: (u32, u32),
    /// Places on the register, or approved.
    pub registered: u32,
    /// Places in which a child can live: registered less closed and blocked (A056); nothing where nobody says.
    pub usable: Option<u32>,
    /// How the authority has it.
    pub vehicle: Vehicle,
    /// First day, where it is not yet there.
    pub from: Option<Day>,
    /// Last day, where it is known to end.
    pub to: Option<Day>,
    /// How soon a child can come.
    pub notice: Notice,
}

/// How the authority has a place (dossier A123).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vehicle {
    /// The authority's own.
    Own,
    /// Bought in block: held whether used or not.
    Block,
    /// Under a framework: offered to its members, used by whoever comes first.
    Framework,
    /// On the open market.
    Spot,
}

/// How soon a child can come to a place, or needs one (A003).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// The same day. Such beds are kept for it (A131).
    Emergency,
    /// With time to plan.
    Planned,
}

impl Vehicle {
    /// In the order in which homes are sought (dossier A124).
    pub const ALL: [Self; 4] = [Self::Own, Self::Block, Self::Framework, Self::Spot];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Block => "block",
            Self::Framework => "framework",
            Self::Spot => "spot",
        }
    }

    /// Whether other authorities' children may take it first.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Framework | Self::Spot)
    }
}

impl Notice {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Emergency, Self::Planned];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Planned => "planned",
        }
    }
}

impl Supply {
    /// Places in which a child can live on a day. Never more than are registered; where nobody says how many are usable, all registered ones.
    pub fn places_on(&self, day: Day) -> u32 {
        let open = self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to);
        if open { self.usable.unwrap_or(self.registered).min(self.registered) } else { 0 }
    }

    /// Whether it takes children of an age.
    pub const fn takes(&self, years: u32) -> bool {
        self.ages.0 <= years && years <= self.ages.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_usable_ones_while_the_home_is_open() {
        let day = |text: &str| Day::parse(text.as_bytes()).unwrap();
        let mut home = Supply {
            setting: "Elm".into(),
            kind: "Children's home".into(),
            sector: "Private".into(),
            area: String::new(),
            ages: (10, 17),
            registered: 4,
            usable: Some(3),
            vehicle: Vehicle::Block,
            from: Some(day("2026-04-01")),
            to: Some(day("2027-03-31")),
            notice: Notice::Planned,
        };
        let at = |home: &Supply| ["2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01"].map(|on| home.places_on(day(on)));
        assert_eq!(at(&home), [0, 3, 3, 0]);
        home.usable = Some(9);
        assert_eq!(home.places_on(day("2026-05-01")), 4, "registration is a legal limit");
        assert!(home.takes(10) && home.takes(17) && !home.takes(9));
    }
}
