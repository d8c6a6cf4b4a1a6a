//! M31: health of children looked after for twelve months.

use domain::Day;
use domain::history::Health;

use super::{Card, Direction, Over, Settings, Tally, Unit, last_complete_year};
use crate::timeline::{Opening, Standing};
use crate::view::View;

const SOURCE: &str = "Department for Education, outcomes for children looked after (OC2)";
const WHO: &str = "Children looked after continuously for the twelve months of the last return year complete on the date, and on its last day. Unknown, and \
                   left out: no row or no answer in the OC2 table, or the returns do not reach back to the start of care.";

macro_rules! health_card {
    ($id:literal, $label:literal, $unit:ident, $direction:ident, $what:literal, $count:ident) => {
        Card {
            id: $id,
            label: $label,
            unit: Unit::$unit,
            direction: Direction::$direction,
            definition: $what,
            source: SOURCE,
            needs: Some(("OC2", Over::LastCompleteYear)),
            count: $count,
        }
    };
}

pub(super) static CARDS: [Card; 5] = [
    health_card!(
        "M31a",
        "Annual health assessment held",
        Ratio,
        High,
        "Children who had their annual health assessment, over all of them.",
        assessed
    ),
    health_card!(
        "M31b",
        "Teeth checked by a dentist",
        Ratio,
        High,
        "Children who had their teeth checked by a dentist, over all of them.",
        teeth
    ),
    health_card!(
        "M31c",
        "Immunisations up to date",
        Ratio,
        High,
        "Children whose immunisations are up to date, over all of them.",
        immunised
    ),
    health_card!(
        "M31d",
        "Strengths and difficulties score received",
        Ratio,
        High,
        "Children with a strengths and difficulties score, over all of them aged at least 4 at the start of the year and under 17 at its end.",
        scored
    ),
    health_card!(
        "M31e",
        "Mean strengths and difficulties score",
        Score,
        Low,
        "Mean strengths and difficulties score (0-40; 17 or more is a cause for concern) of children aged at least 4 at the start of the year and under \
         17 at its end who have one.",
        mean_score
    ),
];

/// Each child of the cohort with its row of the year, if it has one.
fn each(view: &View, tally: &mut Tally, mut judge: impl FnMut(&Standing, Option<&Health>, &mut Tally)) {
    tally.remark(WHO);
    let year = last_complete_year(view.on);
    let (first, last) = (Day::year_start(year), Day::year_end(year));
    for at in view.admitted(view.timeline.stock(view.history, last)) {
        let period = at.period as usize;
        if view.timeline.periods.start[period] > first {
            if view.timeline.periods.opening[period] == Opening::BeforeRecords {
                tally.unknown(&at);
            }
            continue;
        }
        let key = (at.child, year as u16);
        let row = view.history.health.binary_search_by_key(&key, |health| (health.child, health.year)).ok();
        judge(&at, row.map(|row| &view.history.health[row]), tally);
    }
}

fn answer(view: &View, tally: &mut Tally, of: impl Fn(&Health) -> Option<bool>) {
    each(view, tally, |at, health, tally| match health.and_then(&of) {
        Some(true) => tally.yes(at),
        Some(false) => tally.no(),
        None => tally.unknown(at),
    });
}

fn assessed(view: &View, _: &Settings, tally: &mut Tally) {
    answer(view, tally, |health| health.health_assessment);
}

fn teeth(view: &View, _: &Settings, tally: &mut Tally) {
    answer(view, tally, |health| health.teeth_check);
}

fn immunised(view: &View, _: &Settings, tally: &mut Tally) {
    answer(view, tally, |health| health.immunisations);
}

/// Whether a child is of the age for the questionnaire in the year (dossier B9).
fn of_age(view: &View, at: &Standing) -> bool {
    let born = view.history.children.born[at.child as usize];
    let year = last_complete_year(view.on);
    born.age_at(Day::year_start(year)) >= 4 && born.age_at(Day::year_end(year)) < 17
}

fn scored(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, tally, |at, health, tally| match health {
        _ if !of_age(view, at) => {}
        Some(health) if health.sdq_score.is_some() => tally.yes(at),
        Some(health) if !health.sdq_reason.is_blank() => tally.no(),
        _ => tally.unknown(at),
    });
}

fn mean_score(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, tally, |at, health, tally| match health.and_then(|health| health.sdq_score) {
        _ if !of_age(view, at) => {}
        Some(score) => tally.add(u64::from(score), at),
        None => tally.unknown(at),
    });
}
