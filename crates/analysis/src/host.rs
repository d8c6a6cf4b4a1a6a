//! In whose area children live who live outside their own authority's: the other half of the market's import and export (practice 3.10, 7).

use std::collections::BTreeMap;

use reference::AreaId;
use reference::postcode::{Country, Place};

use crate::facts::Whereabouts;
use crate::view::View;

/// In whose area a child lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// An upper-tier authority of England.
    Authority(AreaId),
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
    /// Jersey, Guernsey or the Isle of Man.
    CrownDependency,
}

impl Host {
    /// Whose area a place is in; nothing where the place is not known.
    fn of(place: Place) -> Option<Self> {
        match place {
            Place::Located(located) => Some(match (located.country, located.area) {
                (Country::Wales, _) => Self::Wales,
                (Country::Scotland, _) => Self::Scotland,
                (Country::England, area) => Self::Authority(area?),
            }),
            Place::NorthernIreland => Some(Self::NorthernIreland),
            Place::CrownDependency => Some(Self::CrownDependency),
            Place::NotHeld => None,
        }
    }

    /// The authority, in England.
    pub const fn authority(self) -> Option<AreaId> {
        match self {
            Self::Authority(area) => Some(area),
            _ => None,
        }
    }

    /// The name for readers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authority(area) => reference::authority::name(area).unwrap_or("an authority of England"),
            Self::Wales => "Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
            Self::CrownDependency => "Jersey, Guernsey or the Isle of Man",
        }
    }
}

/// Children of the stock who live outside their own authority, by host: those that [`crate::field::Field::Locality`] counts as outside. The
/// most first, and of equal numbers in the order of [`Host`].
pub fn outside(view: &View) -> Vec<(Host, u64)> {
    let mut counts: BTreeMap<Host, u64> = BTreeMap::new();
    let away = view.stock().iter().zip(view.all_live()).filter(|(_, lives)| lives.whereabouts == Some(Whereabouts::Outside));
    for (at, _) in away {
        let placed = view.history.episodes.placed[at.home_episode as usize].map(view.facts.place);
        if let Some(host) = placed.and_then(Host::of) {
            *counts.entry(host).or_default() += 1;
        }
    }
    let mut hosts: Vec<(Host, u64)> = counts.into_iter().collect();
    hosts.sort_by_key(|&(host, count)| (std::cmp::Reverse(count), host));
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, Facts};
    use crate::field::Field;
    use crate::profile;
    use crate::story::{child, day, story};
    use crate::timeline::Timeline;
    use crate::view::Question;

    #[test]
    fn hosts_are_those_of_the_children_outside_and_of_no_others() {
        let mut history = story();
        for placed in ["DE12QY", "DE12QY", "CF104UW", "EH11YZ", "BT15GS", "NG15DT", "ZZ99ZZ", "-"] {
            child(&mut history, "2012-05-01", &[&format!("2024-01-01 - S C2 U1 PR4 - - NG15DT {placed}")]);
        }
        let on = day("2025-03-31");
        let timeline = Timeline::build(&history);
        let authorities = facts::areas(&history.authorities, on);
        let view = View::new(&history, &timeline, Facts::embedded(&authorities, &[None]), Question::at(on));
        let derby = Host::Authority(AreaId(831));
        let hosts = outside(&view);
        assert_eq!(hosts, [(derby, 2), (Host::Wales, 1), (Host::Scotland, 1), (Host::NorthernIreland, 1)]);
        assert_eq!(derby.name(), "Derby");
        let locality = profile::breakdown(&view, Field::Locality);
        assert_eq!(hosts.iter().map(|(_, count)| count).sum::<u64>(), locality.rows[1].count);
    }
}
