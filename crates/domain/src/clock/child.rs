//! The duties towards one child who is looked after.

use super::{Duty, Standing, State};
use crate::case::{CourtAuthority, EmergencyDecision, secure_without_leave};
use crate::code::{Code, ls, place};
use crate::date::Day;
use crate::lawful;
use crate::period::Kind;
use crate::working::Calendar;

/// What is known of one child, as far as duties run from it. A list that is not there (`None`) is one that the record does not keep; an empty one says
/// that nothing of the kind happened.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Date of birth.
    pub born: Day,
    /// First day of the period of care: reviews run from it, not from where the child lives (regulation 33).
    pub care_began: Day,
    /// Care, or an agreed series of short breaks (regulation 48).
    pub kind: Kind,
    /// By which law today, or blank.
    pub legal: Code,
    /// Since when by this law; nothing where the record knows none.
    pub legal_since: Option<Day>,
    /// Where the child lives today; nothing where the record knows no placement.
    pub living: Option<Living>,
    /// Days on which a plan of this placement was made.
    pub plans: Option<Vec<Day>>,
    /// Days on which the child said what they wish and feel about this placement.
    pub voice: Option<Vec<Day>>,
    /// Days on which reviews were held in this period.
    pub reviews: Option<Vec<Day>>,
    /// Days on which the social worker saw the child.
    pub visits: Option<Vec<Day>>,
    /// Days of health assessments in this period.
    pub health: Option<Vec<Day>>,
    /// Days on which the personal education plan was made or looked at again.
    pub education: Option<Vec<Day>>,
}

/// The home that goes on, not a stay away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Living {
    /// First day there.
    pub since: Day,
    /// Placement type of the return.
    pub kind: Code,
}

const NOT_KEPT: &str = "nobody has written down here yet whether it was done";
const NO_CALENDAR: &str = "the bank holidays of that year are not known yet";
const NO_HOME: &str = "the record does not say where the child lives";

/// Every duty towards a child and how it stands on a day.
pub fn duties(facts: &Facts, today: Day, calendar: &Calendar<'_>) -> Vec<Standing> {
    let in_care = |days: &Option<Vec<Day>>| since(days.as_deref(), facts.care_began);
    let reviews = in_care(&facts.reviews);
    let mut duties = vec![
        placed(Duty::PlacementPlan, facts, facts.plans.as_deref(), today, calendar),
        placed(Duty::Voice, facts, facts.voice.as_deref(), today, calendar),
        recurring(Duty::Review, facts.care_began, reviews.as_deref(), today, |held| review_due(facts, held, calendar)),
        visit(facts, today),
        recurring(Duty::HealthAssessment, facts.care_began, in_care(&facts.health).as_deref(), today, |held| {
            health_due(facts, held, calendar)
        }),
        recurring(Duty::EducationPlan, facts.care_began, in_care(&facts.education).as_deref(), today, |made| {
            education_due(facts, made, today, calendar)
        }),
    ];
    duties.extend(too_young(facts, today, calendar));
    duties
}

/// What was decided in an emergency is approved on the next working day (dossier I7).
pub fn approval(decision: &EmergencyDecision, today: Day, calendar: &Calendar<'_>) -> Standing {
    let state = working(calendar, decision.day, 1).map_or_else(|unknown| unknown, |by| State::of(by, decision.approved, today));
    Standing { duty: Duty::EmergencyApproval, since: decision.day, last: None, state }
}

/// Days from a day on, in order.
fn since(days: Option<&[Day]>, from: Day) -> Option<Vec<Day>> {
    let mut days: Vec<Day> = days?.iter().copied().filter(|day| *day >= from).collect();
    days.sort_unstable();
    Some(days)
}

/// By when the next one is due, or why that cannot be said.
type Next = Result<Day, State>;

/// A duty that comes again: `next` says by when, from those that were done.
fn recurring(duty: Duty, since: Day, done: Option<&[Day]>, today: Day, next: impl Fn(&[Day]) -> Next) -> Standing {
    let state = match (done, next(done.unwrap_or_default())) {
        (_, Err(state)) => state,
        // The first of them cannot be late yet, whether or not it was done.
        (None, Ok(by)) if today <= by => State::Due { by },
        (None, Ok(by)) => State::Unknown { by: Some(by), why: NOT_KEPT },
        (Some(_), Ok(by)) => State::of(by, None, today),
    };
    Standing { duty, since, last: done.and_then(|done| done.last().copied()), state }
}

fn working(calendar: &Calendar<'_>, from: Day, days: u32) -> Next {
    calendar.after(from, days).ok_or(State::Unknown { by: None, why: NO_CALENDAR })
}

/// Regulation 9: before placing, else within five working days.
fn placed(duty: Duty, facts: &Facts, done: Option<&[Day]>, today: Day, calendar: &Calendar<'_>) -> Standing {
    let Some(living) = facts.living else {
        let state = State::Unknown { by: None, why: NO_HOME };
        return Standing { duty, since: facts.care_began, last: None, state };
    };
    let state = match (working(calendar, living.since, 5), done) {
        (Err(state), _) => state,
        (Ok(by), None) if today <= by => State::Due { by },
        (Ok(by), None) => State::Unknown { by: Some(by), why: NOT_KEPT },
        (Ok(by), Some(made)) => State::of(by, made.iter().copied().min(), today),
    };
    Standing { duty, since: living.since, last: None, state }
}

/// A breach that has happened, for as long as the child is too young: somebody acts on it by the next working day (dossier I0, I4).
fn too_young(facts: &Facts, today: Day, calendar: &Calendar<'_>) -> Option<Standing> {
    let age = facts.born.age_at(today);
    let home = facts.living.filter(|living| lawful::check(living.kind, facts.born, today).is_err()).map(|living| living.since);
    let law = facts.legal_since.filter(|_| age < ls::youngest_in_law(facts.legal));
    let since = home.into_iter().chain(law).min()?;
    let state = working(calendar, since, 1).map_or_else(|unknown| unknown, |by| State::of(by, None, today));
    Some(Standing { duty: Duty::TooYoung, since, last: None, state })
}

/// Days that a child may be kept in secure accommodation before a court has given leave: 72 hours in any 28 days (Children (Secure Accommodation) Regulations
/// 1991, regulation 10).
pub const WITHOUT_LEAVE: i32 = 3;

/// A child in secure accommodation without a court's leave that holds (dossier I0, I6, A117): after 72 hours a breach that has happened. Remands and sentences
/// are leave enough. Where leave has run out, the hours are used up.
pub fn secure(facts: &Facts, leave: &[CourtAuthority], today: Day) -> Option<Standing> {
    let living = facts.living.filter(|living| living.kind == place::K1 && !ls::is_custody(facts.legal))?;
    let since = secure_without_leave(leave, living.since, today)?;
    let by = if since == living.since { since.plus(WITHOUT_LEAVE) } else { since.plus(-1) };
    Some(Standing { duty: Duty::SecureLeave, since, last: None, state: State::of(by, None, today) })
}

/// Regulation 33: within 20 working days of becoming looked after, within three months of the first, then every six months. Of short breaks
/// (regulation 48): within three months, then every six.
fn review_due(facts: &Facts, held: &[Day], calendar: &Calendar<'_>) -> Next {
    match (facts.kind, held) {
        (Kind::Care, []) => working(calendar, facts.care_began, 20),
        (Kind::ShortBreaks, []) => Ok(facts.care_began.plus_months(3)),
        (Kind::Care, [first]) => Ok(first.plus_months(3)),
        (_, [.., last]) => Ok(last.plus_months(6)),
    }
}

/// Regulation 28: within a week of the start of a placement, then at least every six weeks in its first year; after that every three months where it is
/// to last until the child is 18, else every six weeks still. A child on an interim care order who lives with parents is seen every week until the first
/// review, then every four. Of short breaks (regulation 48): within three months, then every six.
fn visit(facts: &Facts, today: Day) -> Standing {
    let Some(living) = facts.living else {
        let state = State::Unknown { by: None, why: NO_HOME };
        return Standing { duty: Duty::Visit, since: facts.care_began, last: None, state };
    };
    let seen = since(facts.visits.as_deref(), living.since);
    let reviewed = facts.reviews.as_ref().is_some_and(|held| held.iter().any(|day| *day >= facts.care_began));
    recurring(Duty::Visit, living.since, seen.as_deref(), today, |seen| {
        let is_interim_with_parents = facts.legal == ls::C1 && living.kind == place::P1;
        Ok(match (facts.kind, seen) {
            (Kind::ShortBreaks, []) => living.since.plus_months(3),
            (Kind::ShortBreaks, [.., last]) => last.plus_months(6),
            (Kind::Care, []) => living.since.plus(7),
            (Kind::Care, [.., last]) if is_interim_with_parents => last.plus(if reviewed { 28 } else { 7 }),
            (Kind::Care, [.., last]) if lasts_until_18(living.kind) && *last >= living.since.anniversary(1) => last.plus_months(3),
            (Kind::Care, [.., last]) => last.plus(42),
        })
    })
}

/// Long-term foster placements, as the return has them (U1 with a relative or friend, U4 with others), are meant to last until the child is 18.
const fn lasts_until_18(kind: Code) -> bool {
    matches!(kind, place::U1 | place::U4)
}

/// Statutory guidance: a first assessment in time for the first review; then every six months under five, every twelve from five on.
fn health_due(facts: &Facts, held: &[Day], calendar: &Calendar<'_>) -> Next {
    if facts.kind == Kind::ShortBreaks {
        return Err(State::NotApplicable("short breaks: health stays with the parents (regulation 48)"));
    }
    match held {
        [] => working(calendar, facts.care_began, 20),
        [.., last] if facts.born.age_at(*last) < 5 => Ok(last.plus_months(6)),
        [.., last] => Ok(last.plus_months(12)),
    }
}

/// Statutory guidance: a first plan in time for the first review, for children from three years on; looked at again each school term, of which the record
/// does not know the days.
fn education_due(facts: &Facts, made: &[Day], today: Day, calendar: &Calendar<'_>) -> Next {
    if facts.kind == Kind::ShortBreaks {
        return Err(State::NotApplicable("short breaks: education stays with the parents (regulation 48)"));
    }
    if facts.born.age_at(today) < 3 {
        return Err(State::NotApplicable("younger than three"));
    }
    match made {
        [] => working(calendar, facts.care_began.max(facts.born.anniversary(3)), 20),
        [..] => Err(State::Unknown { by: None, why: "it is looked at again each term, and the record does not know the school’s terms" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::EmergencyKind;
    use crate::id::Id;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    fn facts(began: Day) -> Facts {
        Facts {
            born: began.plus(-4000),
            care_began: began,
            kind: Kind::Care,
            legal: ls::C2,
            legal_since: Some(began),
            living: Some(Living { since: began, kind: place::U6 }),
            plans: Some(Vec::new()),
            voice: Some(Vec::new()),
            reviews: Some(Vec::new()),
            visits: Some(Vec::new()),
            health: Some(Vec::new()),
            education: Some(Vec::new()),
        }
    }

    /// Christmas and New Year of 2024: the example of `reference::calendar`.
    fn stands(facts: &Facts, duty: Duty, today: Day) -> State {
        let holidays = [day("2024-12-25"), day("2024-12-26"), day("2025-01-01"), day("2025-04-18"), day("2025-04-21")];
        let calendar = Calendar::new(&holidays, day("2000-01-01"), day("2030-12-31"));
        let all = duties(facts, today, &calendar);
        all.into_iter().find(|one| one.duty == duty).unwrap().state
    }

    #[test]
    fn reviews_come_after_twenty_working_days_then_three_months_then_six() {
        let mut facts = facts(day("2024-12-20"));
        let due = |facts: &Facts, today| stands(facts, Duty::Review, day(today));
        assert_eq!(due(&facts, "2025-01-22"), State::Due { by: day("2025-01-22") });
        assert_eq!(due(&facts, "2025-01-23"), State::Overdue { by: day("2025-01-22") });
        facts.reviews = Some(vec![day("2025-01-20")]);
        assert_eq!(due(&facts, "2025-01-23"), State::Due { by: day("2025-04-20") });
        facts.reviews = Some(vec![day("2025-08-31"), day("2025-01-20")]);
        assert_eq!(due(&facts, "2025-09-01"), State::Due { by: day("2026-02-28") }, "in any order, to the end of a shorter month");
        // A review of an earlier period is none of this one (F24).
        facts.reviews = Some(vec![day("2024-06-01")]);
        assert_eq!(due(&facts, "2025-01-10"), State::Due { by: day("2025-01-22") });
        facts.kind = Kind::ShortBreaks;
        assert_eq!(due(&facts, "2025-01-10"), State::Due { by: day("2025-03-20") });
    }

    #[test]
    fn visits_follow_the_placement_and_how_long_it_is_to_last() {
        let mut facts = facts(day("2024-01-10"));
        let due = |facts: &Facts, today| stands(facts, Duty::Visit, day(today));
        assert_eq!(due(&facts, "2024-01-12"), State::Due { by: day("2024-01-17") });
        facts.visits = Some(vec![day("2024-01-15")]);
        assert_eq!(due(&facts, "2024-01-16"), State::Due { by: day("2024-02-26") });
        facts.visits = Some(vec![day("2025-02-01")]);
        assert_eq!(due(&facts, "2025-02-02"), State::Due { by: day("2025-03-15") }, "six weeks still");
        facts.living = Some(Living { since: day("2024-01-10"), kind: place::U4 });
        assert_eq!(due(&facts, "2025-02-02"), State::Due { by: day("2025-05-01") }, "three months in a home until 18");
        facts.visits = Some(vec![day("2024-12-30")]);
        assert_eq!(due(&facts, "2025-01-01"), State::Due { by: day("2025-02-10") }, "not yet in the first year");
        facts.legal = ls::C1;
        facts.living = Some(Living { since: day("2024-01-10"), kind: place::P1 });
        assert_eq!(due(&facts, "2025-01-01"), State::Due { by: day("2025-01-06") });
        facts.reviews = Some(vec![day("2024-12-31")]);
        assert_eq!(due(&facts, "2025-01-01"), State::Due { by: day("2025-01-27") });
        // A new home begins anew: the visit before it does not count.
        facts.living = Some(Living { since: day("2025-01-02"), kind: place::U6 });
        assert_eq!(due(&facts, "2025-01-03"), State::Due { by: day("2025-01-09") });
    }

    #[test]
    fn a_plan_is_made_within_five_working_days() {
        let mut facts = facts(day("2024-12-23"));
        let by = day("2025-01-02");
        assert_eq!(stands(&facts, Duty::PlacementPlan, day("2025-01-03")), State::Overdue { by });
        facts.plans = Some(vec![day("2025-01-06"), day("2024-12-20")]);
        assert_eq!(
            stands(&facts, Duty::PlacementPlan, day("2025-02-03")),
            State::Met { on: day("2024-12-20"), by },
            "before placing is best"
        );
    }

    #[test]
    fn health_and_education_follow_age() {
        let mut facts = facts(day("2024-12-20"));
        facts.born = day("2020-03-01");
        facts.health = Some(vec![day("2025-01-10")]);
        facts.education = Some(vec![day("2025-01-10")]);
        assert_eq!(stands(&facts, Duty::HealthAssessment, day("2025-02-01")), State::Due { by: day("2025-07-10") });
        assert!(matches!(stands(&facts, Duty::EducationPlan, day("2025-02-01")), State::Unknown { by: None, .. }));
        facts.born = day("2019-03-01");
        assert_eq!(stands(&facts, Duty::HealthAssessment, day("2025-02-01")), State::Due { by: day("2026-01-10") });
        facts.born = day("2022-06-01");
        assert!(matches!(stands(&facts, Duty::EducationPlan, day("2025-02-01")), State::NotApplicable(_)));
    }

    #[test]
    fn what_the_record_does_not_keep_is_not_known_rather_than_late() {
        let mut facts = facts(day("2024-12-20"));
        (facts.plans, facts.reviews, facts.visits, facts.health, facts.education) = (None, None, None, None, None);
        for duty in [Duty::PlacementPlan, Duty::Review, Duty::Visit, Duty::HealthAssessment, Duty::EducationPlan] {
            assert!(matches!(stands(&facts, duty, day("2024-12-21")), State::Due { .. }), "{duty}: it cannot be late yet");
            assert!(matches!(stands(&facts, duty, day("2025-06-01")), State::Unknown { .. }), "{duty}");
        }
        facts.living = None;
        assert_eq!(stands(&facts, Duty::Visit, day("2025-06-01")), State::Unknown { by: None, why: NO_HOME });
    }

    #[test]
    fn an_emergency_is_approved_on_the_next_working_day() {
        // A Tuesday before two days of Christmas.
        let decided = EmergencyDecision {
            id: Id::from_uuid(Uuid::nil()),
            child: Id::from_uuid(Uuid::nil()),
            kind: EmergencyKind::ALL[0],
            day: day("2024-12-24"),
            decider: Id::from_uuid(Uuid::nil()),
            capacity: String::new(),
            reasons: String::new(),
            approver: None,
            approved: None,
        };
        let holidays = [day("2024-12-25"), day("2024-12-26")];
        let calendar = Calendar::new(&holidays, day("2024-01-01"), day("2024-12-31"));
        let stands = |one: &EmergencyDecision, today| approval(one, day(today), &calendar).state;
        assert_eq!(stands(&decided, "2024-12-27"), State::Due { by: day("2024-12-27") });
        let approved = EmergencyDecision { approved: Some(day("2024-12-30")), ..decided };
        assert_eq!(stands(&approved, "2025-12-27").days_late(day("2025-12-27")), 3);
    }

    proptest! {
        /// Doing more never makes anything due earlier, and a day later nothing is less late.
        #[test]
        fn time_and_work_go_one_way(
            done in proptest::collection::vec(0..900_i32, 0..12),
            one_more in 0..900_i32,
            today in 0..900_i32,
        ) {
            let began = day("2023-02-01");
            let with = |days: &[i32]| {
                let days: Vec<Day> = days.iter().map(|number| began.plus(*number)).collect();
                Facts { reviews: Some(days.clone()), visits: Some(days.clone()), health: Some(days), ..facts(began) }
            };
            let (before, mut more) = (with(&done), done.clone());
            more.push(done.iter().copied().max().unwrap_or(0).max(one_more));
            let after = with(&more);
            let today = began.plus(today);
            for duty in [Duty::Review, Duty::Visit, Duty::HealthAssessment] {
                let (then, now) = (stands(&before, duty, today), stands(&after, duty, today));
                prop_assert!(now.open_until().unwrap() >= then.open_until().unwrap() || done.is_empty(), "{duty}: {then:?} {now:?}");
                prop_assert!(stands(&before, duty, today.plus(1)).days_late(today.plus(1)) >= then.days_late(today));
            }
        }
    }
}
