//! M06: outside the authority's boundary.

use super::{Card, Direction, Settings, Tally, Unit};
use crate::field::{Field, UNKNOWN};
use crate::view::View;

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M06",
    label: "Placed outside the authority's boundary",
    unit: Unit::Ratio,
    direction: Direction::Low,
    definition: "Children looked after on the date whose placement lies outside the responsible authority (Scotland, Wales and Northern Ireland are outside), \
                 over all children looked after on the date, as published. Unknown, and in the denominator: no postcode of the placement, or one that \
                 cannot be located. During a temporary stay the placement that goes on counts.",
    source: "Department for Education, children looked after at 31 March by locality of placement",
    needs: None,
    count: outside,
}];

fn outside(view: &View, _: &Settings, tally: &mut Tally) {
    for (at, locality) in view.stock().iter().zip(view.categories(Field::Locality)) {
        match locality {
            UNKNOWN => tally.unknown_among_all(at),
            1 => tally.yes(at),
            _ => tally.no(),
        }
    }
}
