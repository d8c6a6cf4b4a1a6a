//! M03: three or more placements in a year.

use super::{Card, Direction, Settings, Tally, Unit};
use crate::view::{Days, View};

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M03",
    label: "Three or more placements in the year",
    unit: Unit::Ratio,
    direction: Direction::Low,
    definition: "Children looked after on the date with three or more placements in the twelve months to it, over all children looked after on the date. \
                 Counted: the placement open on the first of those days and each that began later with a new carer (RNE S, P or B). A change of legal \
                 status (L), a move with the same carer (T, U), a temporary stay (T0-T4) and the return from one add none; nor do short breaks.",
    source: "Department for Education, placement stability",
    needs: None,
    count: three_or_more,
}];

fn three_or_more(view: &View, _: &Settings, tally: &mut Tally) {
    let year = Days::year_to(view.on);
    let (periods, placements) = (&view.timeline.periods, &view.timeline.placements);
    for at in view.stock() {
        let in_year = view
            .timeline
            .periods_of(at.child as usize)
            .filter(|&period| view.timeline.counts(period) && periods.start[period] <= view.on)
            .flat_map(|period| periods.placements(period))
            .filter(|&placement| {
                placements.is_main(placement)
                    && placements.start[placement] <= year.to
                    && placements.end[placement].is_none_or(|end| end > year.from)
            })
            .count();
        if in_year >= 3 { tally.yes(at) } else { tally.no() }
    }
}
