//! A child in care as the model follows it.

use domain::Day;

use super::state::{AGES, Asylum, IN_CARE, IN_PLACEMENT, Legal, State, band, placements_band};
use crate::kind::Kind;

/// A child on a day of its period of care.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Child {
    pub(super) authority: u16,
    pub(super) born: Day,
    pub(super) asylum: Asylum,
    /// First day in care; where it is not on record, a day long enough ago that the child counts as a long stayer.
    pub(super) in_care_since: Day,
    /// First day in this placement, or of its present kind.
    pub(super) placed_since: Day,
    pub(super) kind: Kind,
    pub(super) legal: Legal,
    /// Placements in this period, this one included.
    pub(super) placements: u32,
    /// First day of a temporary stay that goes on.
    pub(super) away_since: Option<Day>,
}

impl Child {
    /// Its state on a day, and the day on which a band ends; the 18th birthday at the latest.
    pub(super) fn state(&self, on: Day) -> (State, Day) {
        let age = self.born.age_at(on);
        let age = AGES.iter().rposition(|&start| age >= start).unwrap_or(0);
        let birthday = self.born.anniversary(AGES.get(age + 1).copied().unwrap_or(18));
        let (in_placement, placement_band_ends) = nights_band(&IN_PLACEMENT, self.placed_since, on);
        let (in_care, care_band_ends) = nights_band(&IN_CARE, self.in_care_since, on);
        let state = State {
            kind: self.kind,
            legal: self.legal,
            asylum: self.asylum,
            age: age as u8,
            in_placement,
            in_care,
            placements: placements_band(self.placements),
        };
        let mut next = birthday;
        for end in [placement_band_ends, care_band_ends].into_iter().flatten() {
            next = next.min(end);
        }
        (state, next)
    }
}

/// The band of the nights from `since` to `on`, and the day on which the next begins.
fn nights_band(starts: &[i32], since: Day, on: Day) -> (u8, Option<Day>) {
    let at = band(starts, on.since(since));
    (at, starts.get(usize::from(at) + 1).map(|&start| since.plus(start)))
}
