//! States of the stock-and-flow model (age band × broad type) and the stretches that children spend in them.

use std::ops::Range;

use analysis::timeline::Kind as Care;
use domain::Day;

use crate::kind::{Broad, Kind};
use crate::known::Known;

/// Age bands: under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over.
pub const BANDS: usize = 5;

/// First age in years of each band but the first.
const BOUNDS: [u32; BANDS - 1] = [1, 5, 10, 16];

/// Age bands times [`Broad::ALL`].
pub const STATES: usize = BANDS * Broad::ALL.len();

/// The broad type of a state.
pub const fn broad_of(state: usize) -> usize {
    state % Broad::ALL.len()
}

/// Days from the first to the second, the second not included, that a child spends in one state; nothing while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) state: u8,
    pub(super) start: Day,
    pub(super) end: Option<Day>,
}

/// The stretches of one child up to `until`, in order of time, neighbours in the same state joined. Short breaks are out; a temporary stay
/// is in the type of its own code; the 18th birthday ends the count, as everywhere.
pub(super) fn stretches(known: &Known, child: usize, until: Day, stretches: &mut Vec<Stretch>) {
    stretches.clear();
    let (history, timeline) = (&known.history, &known.timeline);
    let adult_on = timeline.adult_on[child];
    let birthdays = BOUNDS.map(|years| history.children.born[child].anniversary(years));
    for period in timeline.periods_of(child).filter(|&period| timeline.periods.kind[period] == Care::Care) {
        for row in timeline.periods.episodes(period) {
            let e = &history.episodes;
            let mut start = e.start[row];
            let last = e.end[row].map_or(adult_on, |end| end.min(adult_on));
            if start > until || start >= last {
                continue;
            }
            let end = Some(last).filter(|&last| last <= until);
            let broad = Kind::of(e.place[row], e.provider[row]).broad() as usize;
            for (band, &birthday) in birthdays.iter().enumerate() {
                if start < birthday && birthday <= until && birthday < last {
                    push(stretches, Stretch { state: (band * 4 + broad) as u8, start, end: Some(birthday) });
                    start = birthday;
                }
            }
            let band = birthdays.iter().filter(|&&birthday| birthday <= start).count();
            push(stretches, Stretch { state: (band * 4 + broad) as u8, start, end });
        }
    }
}

fn push(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.state == next.state && last.end == Some(next.start) => last.end = next.end,
        _ => stretches.push(next),
    }
}

/// The children of one authority, or of all; they lie side by side.
pub(super) fn children_of(known: &Known, authority: crate::paths::Pick) -> Range<usize> {
    let of = &known.history.children.authority;
    match authority {
        crate::paths::Pick::Sum => 0..of.len(),
        crate::paths::Pick::One(at) => {
            of.partition_point(|&authority| usize::from(authority) < at)..of.partition_point(|&authority| usize::from(authority) <= at)
        }
    }
}
