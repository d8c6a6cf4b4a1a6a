//! The return interview: what follows when a child who was missing or away is back.

use super::{Duty, Standing, State};
use crate::case::{INTERVIEW_DAYS, Interview, MissingEpisode};
use crate::date::Day;

const NOT_SAID: &str = "the record does not say what became of the return interview";

/// How the return interview after a time missing stands on a day; nothing while the child is not back. It is offered and held within 72 hours of the return
/// (statutory guidance on children who run away or go missing from home or care, 2014); an offer that the child did not want meets it. That nobody wrote
/// anything down tells something only if the authority wrote such things down by the day of the return.
pub fn return_interview(episode: &MissingEpisode, kept_since: Option<Day>, today: Day) -> Option<Standing> {
    let returned = episode.end.filter(|end| *end <= today)?;
    let by = returned.plus(INTERVIEW_DAYS);
    let is_kept = episode.offered.is_some() || kept_since.is_some_and(|since| since <= returned);
    let state = match episode.interview {
        settled if settled.is_settled() => State::Met { on: episode.offered.unwrap_or(returned), by },
        Interview::NotKnown if by < today && !is_kept => State::Unknown { by: Some(by), why: NOT_SAID },
        _ => State::of(by, None, today),
    };
    Some(Standing { duty: Duty::ReturnInterview, since: returned, last: None, state })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Absence;
    use crate::id::Id;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 5, 1).unwrap().plus(n)
    }

    fn back(end: Option<i32>, offered: Option<i32>, interview: Interview) -> MissingEpisode {
        let (id, child) = (Id::from_uuid(Uuid::nil()), Id::from_uuid(Uuid::nil()));
        MissingEpisode { id, child, kind: Absence::Missing, start: day(0), end: end.map(day), offered: offered.map(day), interview }
    }

    #[test]
    fn seventy_two_hours_after_the_return_it_is_late_unless_it_was_held_or_declined() {
        let stands = |episode: &MissingEpisode, n| return_interview(episode, Some(day(-90)), day(n)).map(|one| one.state);
        let open = back(Some(2), None, Interview::NotKnown);
        assert_eq!((stands(&open, 1), stands(&open, 2)), (None, Some(State::Due { by: day(5) })));
        assert_eq!((stands(&open, 5), stands(&open, 6)), (Some(State::Due { by: day(5) }), Some(State::Overdue { by: day(5) })));
        assert_eq!(stands(&back(None, None, Interview::NotKnown), 90), None, "the child is not back");
        for interview in [Interview::Accepted, Interview::NotOffered] {
            assert_eq!(stands(&back(Some(2), Some(3), interview), 6), Some(State::Overdue { by: day(5) }), "{interview}");
        }
        for interview in [Interview::Held, Interview::Declined] {
            assert_eq!(stands(&back(Some(2), Some(3), interview), 90), Some(State::Met { on: day(3), by: day(5) }));
        }
    }

    #[test]
    fn what_no_one_wrote_down_before_anybody_did_is_not_known() {
        let open = back(Some(2), None, Interview::NotKnown);
        let stands = |kept: Option<i32>, n| return_interview(&open, kept.map(day), day(n)).unwrap().state;
        assert!(matches!(stands(None, 6), State::Unknown { .. }) && matches!(stands(Some(3), 6), State::Unknown { .. }));
        assert_eq!(stands(None, 5), State::Due { by: day(5) }, "it cannot be late yet");
        assert_eq!(stands(Some(2), 6), State::Overdue { by: day(5) });
    }
}
