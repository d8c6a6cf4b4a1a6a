//! M08: how much of the fostering by unrelated carers is the authority's own.

use domain::code::place::{U4, U5, U6};
use domain::code::provider::{PR0, PR1, PR2, PR3, PR4, PR5};

use super::{Card, Direction, Settings, Tally, Unit};
use crate::view::View;

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M08",
    label: "Fostering by unrelated carers that is the authority's own",
    unit: Unit::Ratio,
    direction: Direction::High,
    definition: "Of children looked after on the date with foster carers who are neither relatives nor friends (U4-U6): with the authority's own carers \
                 (PR1), over own, private and voluntary agencies' (PR1, PR4, PR5). Another authority's carers (PR2) and other public provision stand \
                 apart, and so do relatives and friends (U1-U3). Unknown: no provider recorded.",
    source: "Placewell, from the Department's codes",
    needs: None,
    count: internal,
}];

fn internal(view: &View, _: &Settings, tally: &mut Tally) {
    let episodes = &view.history.episodes;
    for at in view.stock() {
        let row = at.home_episode as usize;
        if !matches!(episodes.place[row], U4 | U5 | U6) {
            continue;
        }
        match episodes.provider[row] {
            PR1 => tally.yes(at),
            PR4 | PR5 => tally.no(),
            PR0 | PR2 | PR3 => {}
            _ => tally.unknown(at),
        }
    }
}
