//! Decisions in an emergency and what courts have allowed: what they may not contradict, and the approval by whoever holds the office (dossier I6, I7, I14).

use std::collections::BTreeSet;

use domain::access::{Action, Actor, On, Who};
use domain::authority::Authority;
use domain::case::{CourtAuthority, EmergencyDecision};
use domain::child::Child;
use domain::clock::{self, Standing};
use domain::office::{Nomination, Office};
use domain::person::Person;
use domain::{Day, Id};
use reference::calendar;
use store::person::persons;
use store::{Event, Tx, Versioned, View};

use super::super::{Record, allowed, interests, no_child};
use super::checks::{born, happened, must};
use super::facts::CaseFact;
use crate::Error;

impl CaseFact for EmergencyDecision {
    const WHAT: &'static str = "decision in an emergency";
    const WRITE: Action = Action::ChildWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.day), 0)
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        born(tx, self.child, self.day).await?;
        happened(tx, [Some(self.day), self.approved])?;
        Self::check(self, &nominations(tx).await?).map_err(|fault| Error::Unusable(fault.to_string()))
    }

    /// Whoever decided does not write down that it was approved either, by whatever name they put there since; whoever approves does so where it is put
    /// before them; and an approval is of what was approved, and of nothing else.
    async fn written(&self, _record: &Record, tx: &mut Tx, before: Option<&Self>) -> Result<(), Error> {
        let approval = |one: &Self| one.approver.zip(one.approved);
        let Some((approver, _)) = approval(self) else { return Ok(()) };
        let what = |one: &Self| (one.kind, one.day, one.decider, one.reasons.clone());
        let moved = before.is_some_and(|before| approval(before) == approval(self) && what(before) != what(self));
        must(!moved, "It was approved as it stood. Empty who approved it and when: what has changed is approved anew.")?;
        if before.and_then(approval) == approval(self) {
            return Ok(());
        }
        let writer = tx.permit().who();
        must(writer != Who::Person(approver), "You approve it where it is put before you, in your work, and not by writing that you did.")?;
        let deciders: BTreeSet<Id<Person>> = store::versions(tx, self.id).await?.iter().map(|known| known.fact.decider).collect();
        let own = deciders.iter().any(|decider| writer == Who::Person(*decider));
        must(!own, "You decided this yourself: somebody else records that it was approved.")?;
        must(!deciders.contains(&approver), "Whoever decided cannot approve it, nor whoever was first said to have decided.")
    }
}

/// Months ahead within which a leave that a court gave begins: what lies further is a slip of the year.
const AHEAD: i32 = 12;

/// Months for which a leave holds at most: nobody is a child for longer.
const LONGEST: i32 = 12 * 18;

impl CaseFact for CourtAuthority {
    const WHAT: &'static str = "leave of a court";
    const WRITE: Action = Action::ChildWrite;

    fn child(&self) -> Id<Child> {
        self.child
    }

    fn listed_by(&self) -> (Option<Day>, u8) {
        (Some(self.start), 0)
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        born(tx, self.child, self.start).await?;
        happened(tx, [self.ended])?;
        let ahead = super::super::clock::today(tx).plus_months(AHEAD);
        must(self.start <= ahead, "The first day is more than a year ahead: check its year.")?;
        must(
            self.expires <= self.start.plus_months(LONGEST),
            "It would hold for more than eighteen years: check the year of its last day.",
        )?;
        must(self.start <= self.expires, "The last day on which it holds is before the first: correct one of them.")?;
        must(self.ended.is_none_or(|ended| self.start <= ended), "It ended before its first day: correct one of the days.")?;
        must(!self.court.trim().is_empty(), "Write which court gave it, and its number.")
    }
}

async fn nominations(view: &mut View) -> Result<Vec<Nomination>, Error> {
    Ok(store::all(view).await?.into_iter().map(|known| known.fact).collect())
}

/// The offices that somebody holds on a day, or in which they stand in.
pub(crate) async fn offices(view: &mut View, actor: &Actor, on: Day) -> Result<Vec<Office>, Error> {
    let held = nominations(view).await?.into_iter().filter(|one| actor.who == Who::Person(one.person) && one.holds(on));
    Ok(held.map(|one| one.office).collect())
}

/// How the approval of a decision stands on a day, by England's working days.
pub fn approval(decision: &EmergencyDecision, on: Day) -> Standing {
    clock::approval(decision, on, &calendar::england())
}

/// A decision as whoever approves it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// What was decided.
    pub decision: Versioned<EmergencyDecision>,
    /// What the case system calls the child.
    pub reference: String,
    /// Who decided, by name.
    pub decider: String,
    /// Who approved it, by name; nothing until somebody has.
    pub approver: Option<String>,
    /// How its approval stands.
    pub standing: Standing,
}

/// A decision that is put before this person, who holds the office for it today. The reading is in the child's log.
///
/// # Errors
/// [`Error::NotFound`] where there is none for this person; [`Error::Denied`] for roles that approve nothing.
pub async fn put(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<EmergencyDecision>) -> Result<Put, Error> {
    let (tx, put) = before(record, actor, authority, id, Action::EmergencyRead).await?;
    tx.commit(Event::of("child", put.decision.fact.child)).await?;
    Ok(put)
}

/// Approves a decision that was read at a version: by whoever is signed in, today. Late is late, and shows as such (I0).
///
/// # Errors
/// As for [`put`]; [`Error::Unusable`] for one's own decision, and for whoever does not hold the office today; [`Error::Stale`] where somebody else was
/// quicker.
pub async fn approve(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    (id, version): (Id<EmergencyDecision>, i64),
) -> Result<(), Error> {
    let (mut tx, put) = before(record, actor, authority, id, Action::EmergencyApprove).await?;
    let read = put.decision;
    if read.version != version || read.fact.approved.is_some() {
        return Err(Error::Stale);
    }
    let Who::Person(me) = actor.who else { return Err(Error::Unusable("Somebody who is signed in approves it.".to_owned())) };
    let approved = EmergencyDecision { approver: Some(me), approved: Some(record.today()), ..read.fact.clone() };
    CaseFact::check(&approved, &mut tx).await?;
    let apart = !store::decision::had_a_hand(&mut tx, id).await?.contains(&me);
    must(apart, "You decided this, or wrote down who did: somebody else who holds the office approves it.")?;
    store::correct(&mut tx, &read, &approved).await?;
    tx.commit(Event::of("child", approved.child).because("approved what was decided in an emergency")).await?;
    Ok(())
}

/// The decision, and a change to look at it or to approve it in: what the log says was done is what was done.
async fn before(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<EmergencyDecision>,
    action: Action,
) -> Result<(Tx, Put), Error> {
    let none = || Error::NotFound { what: EmergencyDecision::WHAT, name: id.to_string(), near: Vec::new() };
    // The office is the bond: whoever holds it decides on restricted cases too, and sees of them what was decided (I7). Conflicts of interest still bar.
    let mut tx = record.db.begin(allowed(actor, action, On::authority(authority))?, record.moment()).await?;
    let decision: Versioned<EmergencyDecision> = store::find(&mut tx, id).await?.ok_or_else(none)?;
    let child = decision.fact.child;
    interests::free_of_child(&mut tx, actor, child).await?;
    let reference = store::find(&mut tx, child).await?.ok_or_else(|| no_child(child))?.fact.reference;
    // Why it could not wait is the child's, and for those alone who decide on it.
    if !offices(&mut tx, actor, record.today()).await?.contains(&decision.fact.kind.office()) {
        return Err(none());
    }
    let decider = name(&mut tx, decision.fact.decider).await?;
    let approver = match decision.fact.approver {
        Some(person) => Some(name(&mut tx, person).await?),
        None => None,
    };
    let standing = approval(&decision.fact, record.today());
    Ok((tx, Put { decision, reference, decider, approver, standing }))
}

async fn name(tx: &mut Tx, person: Id<Person>) -> Result<String, Error> {
    let known = persons::find(tx, person).await?;
    Ok(known.map_or_else(|| "somebody who has no part here any more".to_owned(), |known| known.person.name))
}
