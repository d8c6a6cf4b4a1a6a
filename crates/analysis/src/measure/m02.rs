//! M02: starters and leavers.

use domain::code::rec;

use super::m01::per_resident;
use super::{Card, Direction, Settings, Tally, Unit};
use crate::view::View;

const STARTERS: &str =
    "Children who started to be looked after (RNE S) in the range of days, each once, at the first start; short breaks left out.";
const LEAVERS: &str = "Children who ceased to be looked after (a reason other than X1) in the range of days, each once, at the last end; short breaks \
                       left out. Unknown: the child's last row in the range ended without a reason, or with X1 and nothing after it.";

pub(super) static CARDS: [Card; 4] = [
    Card {
        id: "M02a",
        label: "Children starting to be looked after",
        unit: Unit::Children,
        direction: Direction::Context,
        definition: STARTERS,
        source: "Department for Education, children starting to be looked after in the year",
        needs: None,
        count: starters,
    },
    Card {
        id: "M02b",
        label: "Children ceasing to be looked after",
        unit: Unit::Children,
        direction: Direction::Context,
        definition: LEAVERS,
        source: "Department for Education, children ceasing to be looked after in the year",
        needs: None,
        count: leavers,
    },
    Card {
        id: "M02c",
        label: "Children starting to be looked after per 10,000 residents aged 0-17",
        unit: Unit::PerTenThousand,
        direction: Direction::Context,
        definition: "Children starting to be looked after in the range of days (M02a) over residents aged 0-17 of the responsible authorities, times 10,000.",
        source: "Department for Education; population: ONS mid-year estimates",
        needs: None,
        count: starters_per_resident,
    },
    Card {
        id: "M02d",
        label: "Children ceasing to be looked after per 10,000 residents aged 0-17",
        unit: Unit::PerTenThousand,
        direction: Direction::Context,
        definition: "Children ceasing to be looked after in the range of days (M02b) over residents aged 0-17 of the responsible authorities, times 10,000.",
        source: "Department for Education; population: ONS mid-year estimates",
        needs: None,
        count: leavers_per_resident,
    },
];

fn starters(view: &View, _: &Settings, tally: &mut Tally) {
    view.starters().iter().for_each(|at| tally.yes(at));
}

fn leavers(view: &View, _: &Settings, tally: &mut Tally) {
    for at in view.leavers() {
        let reason = view.history.episodes.rec[at.episode as usize];
        if reason.is_blank() || reason == rec::X1 { tally.unknown(at) } else { tally.yes(at) }
    }
}

fn starters_per_resident(view: &View, settings: &Settings, tally: &mut Tally) {
    starters(view, settings, tally);
    per_resident(view, tally);
}

fn leavers_per_resident(view: &View, settings: &Settings, tally: &mut Tally) {
    leavers(view, settings, tally);
    per_resident(view, tally);
}
