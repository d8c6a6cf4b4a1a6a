//! M09: how much of the fostering is by relatives and friends.

use domain::code::place::{U1, U2, U3, U4, U5, U6};

use super::{Card, Direction, Settings, Tally, Unit};
use crate::view::View;

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M09",
    label: "Fostering by relatives and friends",
    unit: Unit::Ratio,
    direction: Direction::High,
    definition: "Children looked after on the date who are fostered by relatives or friends (U1-U3), over all who are fostered (U1-U6). During a temporary \
                 stay the placement that goes on counts.",
    source: "Placewell, from the Department's codes",
    needs: None,
    count: kinship,
}];

fn kinship(view: &View, _: &Settings, tally: &mut Tally) {
    for at in view.stock() {
        match view.history.episodes.place[at.home_episode as usize] {
            U1 | U2 | U3 => tally.yes(at),
            U4 | U5 | U6 => tally.no(),
            _ => {}
        }
    }
}
