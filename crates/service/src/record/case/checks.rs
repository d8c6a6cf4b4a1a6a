//! What a fact about a child may not contradict: itself, the day of birth, and what nobody can have lived through twice at once. A fact that broke a rule
//! of the law is recorded as it was (I0).

use domain::access::Action;
use domain::case::{Allocation, HealthAssessment, Interview, MissingEpisode, NeedProfile, Plan, Review, Sibling, Together, Visit, Voice};
use domain::child::Child;
use domain::date::share_a_night;
use domain::legal_status::LegalStatus;
use domain::period::{Kind, PeriodOfCare};
use domain::placement::{self, Placement};
use domain::{Day, Id};
use reference::codes;
use store::person::persons;
use store::{Tx, Versioned};

use super::super::{Record, clock};
use super::facts::CaseFact;
use super::household::{self, Beside};
use super::law;
use crate::Error;

/// Whether something holds; otherwise a sentence for whoever typed it.
pub(super) fn must(holds: bool, otherwise: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Unusable(otherwise.to_owned())) }
}

/// A fact ends after the day on which it begins, and begins in the child's life.
async fn lived(tx: &mut Tx, child: Id<Child>, start: Day, end: Option<Day>) -> Result<(), Error> {
    if let Some(end) = end.filter(|end| *end <= start) {
        return Err(Error::Unusable(format!("It would end on {}, and begin on {}: the end must be later.", end.long(), start.long())));
    }
    born(tx, child, start).await
}

pub(super) async fn born(tx: &mut Tx, child: Id<Child>, day: Day) -> Result<(), Error> {
    let Some(child) = store::find(tx, child).await? else { return Ok(()) };
    let born = child.fact.born;
    let early = || format!("{} is before the child was born, which the record has as {}.", day.long(), born.long());
    if day < born { Err(Error::Unusable(early())) } else { Ok(()) }
}

/// Days on which something happened are not yet to come: a plan is written as a plan, where there is one, and as a fact once it is one.
pub(super) fn happened(tx: &Tx, days: impl IntoIterator<Item = Option<Day>>) -> Result<(), Error> {
    let today = clock::today(tx);
    let ahead = |day: Day| Error::Unusable(format!("{} is yet to come: write down what has happened, once it has.", day.long()));
    days.into_iter().flatten().find(|day| today < *day).map_or(Ok(()), |day| Err(ahead(day)))
}

/// What stands where a fact would stand: a sentence with both its dates.
fn stands(what: &str, (start, end): (Day, Option<Day>)) -> Error {
    let until = end.map_or_else(|| "goes on".to_owned(), |end| format!("ends on {}", end.long()));
    Error::Unusable(format!(
        "{what} that begins on {} and {until} shares nights with this one: correct that one first, or choose other dates.",
        start.long()
    ))
}

/// The others of a child's facts of one kind.
async fn others<F: CaseFact>(tx: &mut Tx, fact: &F) -> Result<Vec<F>, Error> {
    let held: Vec<Versioned<F>> = store::of(tx, fact.child()).await?;
    Ok(held.into_iter().map(|known| known.fact).filter(|other| other.id() != fact.id()).collect())
}

/// A fact shares no night with another of the child's that is the same sort of thing; `what` is how a sentence about the other one begins.
async fn apart<F: CaseFact>(
    tx: &mut Tx,
    fact: &F,
    what: &str,
    span: fn(&F) -> (Day, Option<Day>),
    alike: fn(&F, &F) -> bool,
) -> Result<(), Error> {
    let others = others(tx, fact).await?;
    let other = others.iter().find(|other| alike(other, fact) && share_a_night(span(fact), span(other)));
    other.map_or(Ok(()), |other| Err(stands(what, span(other))))
}

impl CaseFact for Placement {
    const WHAT: &'static str = "placement";
    const WRITE: Action = Action::PlacementWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    /// A main placement stands before the temporary stays within it.
    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), u8::from(self.is_temporary()))
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        // What stands already as it was imported is not held against whoever corrects something else of it.
        let before: Option<Versioned<Self>> = store::find(tx, self.id).await?;
        let stood = before.is_some_and(|known| (known.fact.kind, known.fact.start) == (self.kind, self.start));
        if !stood && !codes::is_valid("PLACE", self.kind, self.start.return_year()) {
            return Err(Error::Unusable(super::no_code(self.kind, self.start)));
        }
        let others = others(tx, self).await?;
        let Some(child) = store::find(tx, self.child).await? else { return Ok(()) };
        placement::check(self, child.fact.born, &others)
            .map_err(|fault| Error::Unusable(format!("The placement was left as it was: {fault}.")))
    }

    async fn written(&self, record: &Record, tx: &mut Tx, before: Option<&Self>) -> Result<(), Error> {
        law::written(record, tx, self, before).await
    }

    async fn settle(&self, record: &Record, tx: &mut Tx, beside: Beside) -> Result<(), Error> {
        match beside {
            Beside::Nothing => Ok(()),
            Beside::Household(home) => household::settle(record, tx, self, home).await,
        }
    }

    async fn leaving(&self, tx: &mut Tx) -> Result<(), Error> {
        law::let_go(tx, self.id).await
    }
}

impl CaseFact for LegalStatus {
    const WHAT: &'static str = "legal status";
    const WRITE: Action = Action::ChildWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), 0)
    }

    /// A child is looked after by one law at a time: an episode of the return has one legal status (I1).
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        lived(tx, self.child, self.start, self.end).await?;
        apart(tx, self, "A legal status", |one| (one.start, one.end), |_, _| true).await
    }

    async fn written(&self, record: &Record, tx: &mut Tx, _before: Option<&Self>) -> Result<(), Error> {
        law::status_written(record, tx, self).await
    }
}

impl CaseFact for PeriodOfCare {
    const WHAT: &'static str = "period of care";
    const WRITE: Action = Action::ChildWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), 0)
    }

    /// Two periods of the same kind cannot share a night; one that goes on is the only one that does (I1).
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        lived(tx, self.child, self.start, self.end).await?;
        let what = if self.kind == Kind::Care { "A period of care" } else { "A series of short breaks" };
        apart(tx, self, what, |one| (one.start, one.end), |one, other| one.kind == other.kind).await
    }
}

impl CaseFact for Allocation {
    const WHAT: &'static str = "allocation";
    const WRITE: Action = Action::ChildAllocate;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), 0)
    }

    /// Nobody is allocated twice at once, nor anybody who has no part at this authority, unless they had one and it ends. Whoever works with an unborn child
    /// may begin before the birth.
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        let works_here = persons::grants(tx, self.person).await?.iter().any(|grant| grant.role.is_of_authority());
        must(self.end.is_some() || works_here, "Choose somebody who has a part here.")?;
        must(self.end.is_none_or(|end| self.start < end), "The allocation ends after the day on which it begins.")?;
        apart(tx, self, "An allocation of the same person", |one| (one.start, one.end), |one, other| one.person == other.person).await
    }
}

impl CaseFact for MissingEpisode {
    const WHAT: &'static str = "time missing";
    const WRITE: Action = Action::ChildWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), 0)
    }

    /// Whoever comes back the same day was missing all the same; two times missing do not overlap (B9).
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        born(tx, self.child, self.start).await?;
        happened(tx, [Some(self.start), self.end, self.offered])?;
        must(self.end.is_none_or(|end| self.start <= end), "The day of the return is before the day on which the child went missing.")?;
        must(
            self.offered.is_none_or(|day| self.end.is_some_and(|end| end <= day)),
            "The return interview is offered once the child is back: write the day of the return, and an offer on that day or later.",
        )?;
        must(
            self.end.is_some() || matches!(self.interview, Interview::NotKnown | Interview::NotOffered),
            "A return interview follows the return: write the day on which the child came back.",
        )?;
        apart(tx, self, "A time missing", |one| (one.start, one.end), |_, _| true).await
    }
}

/// Facts that contradict nothing but themselves and the day of birth.
macro_rules! by_itself {
    ($type:ty, $what:literal, $write:ident, $day:expr, happened $happened:expr, $check:expr) => {
        impl CaseFact for $type {
            const WHAT: &'static str = $what;
            const WRITE: Action = Action::$write;

            fn child(&self) -> Id<Child> {
                self.child
            }

            fn listed_by(&self) -> (Option<Day>, u8) {
                let day: fn(&Self) -> Option<Day> = $day;
                (day(self), 0)
            }

            async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
                if let (Some(day), _) = self.listed_by() {
                    born(tx, self.child, day).await?;
                }
                let days: fn(&Self) -> [Option<Day>; 2] = $happened;
                happened(tx, days(self))?;
                let check: fn(&Self) -> Result<(), Error> = $check;
                check(self)
            }
        }
    };
}

by_itself!(NeedProfile, "needs profile", ChildWrite, |one| Some(one.day), happened | one | [Some(one.day), None], |_| Ok(()));
by_itself!(Review, "review", ReviewWrite, |one| Some(one.due), happened | one | [one.held, None], |_| Ok(()));
by_itself!(Visit, "visit", ChildWrite, |one| one.made.or(one.due), happened | one | [one.made, None], |one| {
    must(one.due.is_some() || one.made.is_some(), "Say when the visit was made, or by when it is due.")
});
by_itself!(HealthAssessment, "health assessment", ChildWrite, |one| one.held.or(one.due), happened | one | [one.held, None], |one| {
    one.check().map_err(|fault| Error::Unusable(fault.to_string()))
});
by_itself!(Plan, "plan", ChildWrite, |one| Some(one.agreed), happened | one | [Some(one.agreed), one.ended], |one| {
    must(one.ended.is_none_or(|ended| one.agreed <= ended), "The plan ends before it was agreed.")
        .and_then(|()| must(one.again.is_none_or(|again| one.agreed <= again), "The plan is looked at again before it was agreed."))
});
by_itself!(Voice, "words of the child", VoiceWrite, |one| Some(one.day), happened | one | [Some(one.day), None], |one| {
    must(!one.words.trim().is_empty(), "Write what the child said, in the child's own words.")
        .and_then(|()| must(!one.heard_by.trim().is_empty(), "Write who heard it."))
});
// A brother or sister may be older or younger than the child: their day of birth is no day of the child's life.
by_itself!(Sibling, "brother or sister", ChildWrite, |_| None, happened | _ | [None, None], |one| {
    must(one.other != Some(one.child), "A child is not their own brother or sister: choose the other one.").and_then(|()| {
        let asked = [one.wish, one.plan].iter().any(|answer| *answer != Together::NotKnown);
        let known = one.other.is_some() || one.born.is_some() || asked || !one.words.trim().is_empty();
        must(known, "Write something of the brother or sister: a reference, a day of birth, what the child wishes, or what is planned.")
    })
});
