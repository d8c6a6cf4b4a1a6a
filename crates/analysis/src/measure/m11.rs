//! M11: placements that ended unplanned.

use super::end::{self, End};
use super::{Card, Direction, Member, Settings, Tally, Unit};
use crate::view::View;

const SOURCE: &str = "Placewell, from the Department's reasons for change of placement (dossier B1)";

pub(super) static CARDS: [Card; 2] = [
    Card {
        id: "M11a",
        label: "Placements that ended unplanned",
        unit: Unit::Ratio,
        direction: Direction::Low,
        definition: "Placements that ended in the range of days for an unplanned reason (unless the authority sets others: the carer asked, CREQB and CREQO; \
                     the child asked, CHILD; allegation, ALLEG; standards, STAND; approval removed, APPRR; closure, CLOSE; the authority asked, LAREQ), over \
                     all placements that ended, those that ended with leaving care among them. Temporary stays are no placements. Unknown, and left out: \
                     a move without a reason, or an end that the return does not explain.",
        source: SOURCE,
        needs: None,
        count: share,
    },
    Card {
        id: "M11b",
        label: "Unplanned ends of placements per 1,000 nights",
        unit: Unit::PerThousandNights,
        direction: Direction::Low,
        definition: "Placements that ended unplanned in the range of days (M11a) over the nights that children were looked after in it, times 1,000.",
        source: SOURCE,
        needs: None,
        count: per_nights,
    },
];

fn share(view: &View, settings: &Settings, tally: &mut Tally) {
    let (periods, placements) = (&view.timeline.periods, &view.timeline.placements);
    for placement in view.timeline.placements_ended(view.range.from, view.range.to) {
        if !view.admits_end_of(placement) {
            continue;
        }
        let who =
            Member::Child { child: periods.child[placements.period[placement] as usize], episode: placements.last_episode[placement] };
        match end::of(view, placement) {
            End::Moved(reason) if settings.unplanned.contains(&reason) => tally.yes(who),
            End::Moved(_) | End::LeftCare => tally.no(),
            End::MovedWithoutReason | End::NotExplained => tally.unknown(who),
        }
    }
}

fn per_nights(view: &View, settings: &Settings, tally: &mut Tally) {
    share(view, settings, tally);
    tally.divide_by(nights(view));
}

/// Nights looked after in the range, each judged by where the child last stood in that placement.
fn nights(view: &View) -> u64 {
    let timeline = view.timeline;
    let (from, to) = (view.range.from, view.range.to);
    if view.filter().is_empty() {
        return (0..timeline.periods.len())
            .filter(|&period| timeline.counts(period))
            .map(|period| u64::from(timeline.nights_of_period(period, from, to)))
            .sum();
    }
    (0..timeline.placements.len())
        .filter(|&placement| timeline.counts(timeline.placements.period[placement] as usize))
        .map(|placement| (placement, timeline.nights_of_placement(placement, from, to)))
        .filter(|&(placement, nights)| {
            let until = timeline.placements.end[placement].map_or(to, |end| end.plus(-1).min(to));
            nights > 0 && view.admits(&timeline.standing_in(view.history, timeline.placements.period[placement] as usize, until))
        })
        .map(|(_, nights)| u64::from(nights))
        .sum()
}
