//! M04: long-term stability.

use domain::code::place::{A3, A4, A5, A6};

use super::{Card, Direction, Settings, Tally, Unit};
use crate::timeline::{Opening, Standing};
use crate::view::View;

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M04",
    label: "Long-term stability: two years or more in the same placement",
    unit: Unit::Ratio,
    direction: Direction::High,
    definition: "Children looked after on the date, aged under 16 and looked after continuously for at least two and a half years, who have lived in the \
                 same placement for at least two years, or are placed for adoption and have lived there and in the placement immediately before for at \
                 least two years together; over all such children. On 31 March 2025 that is since 30 September 2022 and since 31 March 2023 at the latest. \
                 Unknown: the returns do not reach back to the start of the child's care or placement.",
    source: "Department for Education, placement stability (NI 063)",
    needs: None,
    count: settled,
}];

fn settled(view: &View, _: &Settings, tally: &mut Tally) {
    let in_care_since = view.on.plus_months(-30);
    let placed_since = view.on.plus_months(-24);
    let (periods, placements) = (&view.timeline.periods, &view.timeline.placements);
    for at in view.stock() {
        if view.history.children.born[at.child as usize].age_at(view.on) >= 16 {
            continue;
        }
        let period = at.period as usize;
        if periods.start[period] > in_care_since {
            if periods.opening[period] == Opening::BeforeRecords {
                tally.unknown(at);
            }
            continue;
        }
        let placement = at.placement as usize;
        let earliest = if for_adoption(view, at) { placement_before(view, at).unwrap_or(placement) } else { placement };
        if placements.start[earliest] <= placed_since {
            tally.yes(at);
        } else if placements.opening[earliest] == Opening::BeforeRecords {
            tally.unknown(at);
        } else {
            tally.no();
        }
    }
}

fn for_adoption(view: &View, at: &Standing) -> bool {
    matches!(view.history.episodes.place[at.home_episode as usize], A3 | A4 | A5 | A6)
}

/// The main placement immediately before, in the same period of care.
fn placement_before(view: &View, at: &Standing) -> Option<usize> {
    let earlier = view.timeline.periods.placements(at.period as usize).start..at.placement as usize;
    earlier.rev().find(|&placement| view.timeline.placements.is_main(placement))
}
