//! M05: more than 20 miles from home.

use reference::postcode::Precision;

use super::{Card, Direction, Settings, Tally, Unit};
use crate::field::{Field, UNKNOWN};
use crate::view::View;

pub(super) static CARDS: [Card; 2] = [
    Card {
        id: "M05",
        label: "Placed more than 20 miles from home, of those with known distance",
        unit: Unit::Ratio,
        direction: Direction::Low,
        definition: "Children looked after on the date whose placement is more than 20 miles from home (straight line, rounded to one decimal before it is \
                     compared), over those whose distance is known. Unknown, and so left out: a postcode missing or not located, and present and former \
                     unaccompanied asylum-seeking children. During a temporary stay the placement that goes on is measured.",
        source: "Distance: Department for Education; the denominator is Placewell's",
        needs: None,
        count: of_known,
    },
    Card {
        id: "M05d",
        label: "Placed more than 20 miles from home, of all children",
        unit: Unit::Ratio,
        direction: Direction::Low,
        definition: "Children looked after on the date whose placement is more than 20 miles from home, over all children looked after on the date, those of \
                     unknown distance among them: the published form, and the only one to set beside published figures.",
        source: "Department for Education, children looked after at 31 March by distance",
        needs: None,
        count: of_all,
    },
];

const OVER_TWENTY: u16 = 1;

fn of_known(view: &View, _: &Settings, tally: &mut Tally) {
    remark_on_sectors(view, tally);
    for (at, band) in view.stock().iter().zip(view.categories(Field::DistanceBand)) {
        match band {
            UNKNOWN => tally.unknown(at),
            OVER_TWENTY => tally.yes(at),
            _ => tally.no(),
        }
    }
}

fn of_all(view: &View, _: &Settings, tally: &mut Tally) {
    remark_on_sectors(view, tally);
    for (at, band) in view.stock().iter().zip(view.categories(Field::DistanceBand)) {
        match band {
            UNKNOWN => tally.unknown_among_all(at),
            OVER_TWENTY => tally.yes(at),
            _ => tally.no(),
        }
    }
}

/// Regional extracts hold sectors only, and what is measured from their centres has to say so (dossier B7).
fn remark_on_sectors(view: &View, tally: &mut Tally) {
    let sectors = view.all_live().filter_map(|lives| lives.distance).filter(|distance| distance.precision == Precision::Sector).count();
    if sectors > 0 {
        tally.remark(format!(
            "{sectors} of the distances are measured from the centre of a postcode sector, because the returns hold no more."
        ));
    }
}
