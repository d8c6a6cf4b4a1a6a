//! M26: adoption.

use domain::Day;
use domain::code::place::{A3, A4, A5, A6};
use domain::code::{Code, ls, rec};

use super::{Card, Direction, Member, Over, Settings, Tally, Unit};
use crate::timeline::{Opening, Standing};
use crate::view::View;

pub(super) static CARDS: [Card; 3] = [
    Card {
        id: "M26a",
        label: "Placed for adoption within twelve months of the decision",
        unit: Unit::Ratio,
        direction: Direction::High,
        definition: "Decisions that a child should be placed for adoption whose twelve months ran out in the range of days, and the child was placed for \
                     adoption (A3-A6) by then; over all such decisions. Decisions reversed within the twelve months stand apart and are left out.",
        source: "Placewell, from the PlacedAdoption table (standard: dossier A012)",
        needs: Some(("PlacedAdoption", Over::Range)),
        count: within_twelve_months,
    },
    Card {
        id: "M26b",
        label: "Days from entering care to living with adopters (A10)",
        unit: Unit::Days,
        direction: Direction::Low,
        definition: "Children adopted (E11, E12) in the three years to the end of the range of days: mean days from the start of the period of care to the \
                     placement for adoption, or to the start of the foster placement where the foster carer adopted. Unknown: the returns do not reach \
                     back to the start, or hold no placement for adoption.",
        source: "Department for Education, adoption scorecard A10",
        needs: None,
        count: entry_to_adopters,
    },
    Card {
        id: "M26c",
        label: "Days from placement order to match (A2)",
        unit: Unit::Days,
        direction: Direction::Low,
        definition: "Children adopted (E11, E12) in the three years to the end of the range of days: mean days from the placement order (first row with legal \
                     status E1) to the match with adopters, 0 where the match came first; children without a placement order are left out. Unknown: no \
                     date of match in the AD1 table.",
        source: "Department for Education, adoption scorecard A2",
        needs: Some(("AD1", Over::Range)),
        count: order_to_match,
    },
];

fn is_adoption(code: Code) -> bool {
    matches!(code, A3 | A4 | A5 | A6)
}

fn within_twelve_months(view: &View, _: &Settings, tally: &mut Tally) {
    let episodes = &view.history.episodes;
    for (row, decision) in view.history.adoption_decisions.iter().enumerate() {
        let limit = decision.decided.plus_months(12);
        if limit < view.range.from || limit > view.range.to {
            continue;
        }
        let child = decision.child as usize;
        let Some(at) = view.timeline.standing(view.history, child, decision.decided) else { continue };
        if !view.admits(&at) {
            continue;
        }
        let placed = view.history.children.episodes(child).any(|row| {
            is_adoption(episodes.place[row]) && episodes.start[row] <= limit && episodes.end[row].is_none_or(|end| end > decision.decided)
        });
        let who = Member::AdoptionDecision(row as u32);
        if placed {
            tally.yes(who);
        } else if decision.reversed.is_none_or(|reversed| reversed > limit) {
            tally.no();
        }
    }
}

/// Children adopted in the three years to the end of the range, each at the end of care.
fn adopted(view: &View) -> Vec<Standing> {
    let from = view.range.to.plus(1).plus_months(-36);
    let leavers = view.timeline.leavers(view.history, from, view.range.to);
    let adopted = |at: &Standing| matches!(view.history.episodes.rec[at.episode as usize], rec::E11 | rec::E12);
    view.admitted(leavers.into_iter().filter(adopted).collect())
}

/// Says so where the returns hold less than the three years.
fn remark_on_cover(view: &View, tally: &mut Tally) {
    let from = view.range.to.plus(1).plus_months(-36);
    if let Some((first, _)) = view.history.covers
        && first > from
    {
        tally.remark(format!("The returns begin on {}, so this covers less than three years.", first.long()));
    }
}

fn entry_to_adopters(view: &View, _: &Settings, tally: &mut Tally) {
    remark_on_cover(view, tally);
    for at in &adopted(view) {
        let period = at.period as usize;
        let started = view.timeline.periods.start[period];
        match lived_with_adopters_from(view, at) {
            Some(day) if view.timeline.periods.opening[period] == Opening::Recorded => tally.add(day.since(started) as u64, at),
            _ => tally.unknown(at),
        }
    }
}

/// The day the child came to live with those who adopted it.
fn lived_with_adopters_from(view: &View, at: &Standing) -> Option<Day> {
    let (timeline, episodes) = (view.timeline, &view.history.episodes);
    let row = timeline.periods.episodes(at.period as usize).find(|&row| is_adoption(episodes.place[row]))?;
    let by_foster_carer = matches!(episodes.place[row], A3 | A5)
        || view.history.adoptions.iter().any(|adoption| adoption.child == at.child && adoption.by_foster_carer == Some(true));
    if !by_foster_carer {
        return Some(episodes.start[row]);
    }
    // The carer stayed the same, so the placement usually did too; where the return opened a new one, the carer's is the one before.
    let placement = timeline.main_of(timeline.placement_of[row]) as usize;
    if (timeline.placements.first_episode[placement] as usize) < row {
        return Some(timeline.placements.start[placement]);
    }
    let earlier = timeline.periods.placements(at.period as usize).start..placement;
    let before = earlier.rev().find(|&earlier| timeline.placements.is_main(earlier)).unwrap_or(placement);
    Some(timeline.placements.start[before])
}

fn order_to_match(view: &View, _: &Settings, tally: &mut Tally) {
    remark_on_cover(view, tally);
    let episodes = &view.history.episodes;
    for at in &adopted(view) {
        let mut rows = view.timeline.periods.episodes(at.period as usize);
        let Some(ordered) = rows.find(|&row| episodes.legal[row] == ls::E1).map(|row| episodes.start[row]) else { continue };
        let matched = view.history.adoptions.iter().filter(|adoption| adoption.child == at.child).find_map(|adoption| adoption.matched);
        match matched {
            Some(matched) => tally.add(matched.since(ordered).max(0) as u64, at),
            None => tally.unknown(at),
        }
    }
}
