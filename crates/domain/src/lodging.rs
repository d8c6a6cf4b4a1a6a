//! In which home of the registers a placement is. Returns give Ofsted's number alone: foster homes, and homes that are not registered yet, have none.

use crate::capacity::Sharing;
use crate::child::Child;
use crate::foster_home::FosterHome;
use crate::id::Id;
use crate::placement::Placement;
use crate::setting::Setting;

/// The link from a placement to the home that it is in: one of the two kinds of home, never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lodging {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Which placement.
    pub placement: Id<Placement>,
    /// Whose.
    pub child: Id<Child>,
    /// In this setting.
    pub setting: Option<Id<Setting>>,
    /// In this foster home.
    pub foster_home: Option<Id<FosterHome>>,
    /// Whether the home takes nobody else meanwhile.
    pub sharing: Sharing,
}

/// A home of the registers in which a child can live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A home, a school, supported accommodation.
    Setting(Id<Setting>),
    /// A foster household.
    FosterHome(Id<FosterHome>),
}

impl Place {
    /// The two columns of it, of which one is empty.
    pub const fn parts(self) -> (Option<Id<Setting>>, Option<Id<FosterHome>>) {
        match self {
            Self::Setting(setting) => (Some(setting), None),
            Self::FosterHome(home) => (None, Some(home)),
        }
    }
}

impl Lodging {
    /// Where it is.
    pub fn place(&self) -> Option<Place> {
        self.setting.map(Place::Setting).or(self.foster_home.map(Place::FosterHome))
    }

    /// The link of a placement to a home.
    pub const fn new(id: Id<Self>, placement: Id<Placement>, child: Id<Child>, place: Place, sharing: Sharing) -> Self {
        let (setting, foster_home) = place.parts();
        Self { id, placement, child, setting, foster_home, sharing }
    }
}
