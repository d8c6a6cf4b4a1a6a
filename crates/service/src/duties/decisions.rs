//! What waits for a decision of somebody else than who began it: decisions in an emergency, bank details, and courts' leave that runs out.

use std::collections::BTreeMap;

use domain::access::{Action, Who};
use domain::case::{CourtAuthority, EmergencyDecision, last_ones};
use domain::child::Child;
use domain::clock::{Duty, Standing, State};
use domain::{Day, Id};
use store::View;

use super::{About, Line, Reader};
use crate::Error;
use crate::record::case;

/// Days within which a second person looks at bank details: a provider that changed its bank waits to be paid.
const CONFIRMED_WITHIN: i32 = 7;

/// What courts have allowed, by child.
pub(super) async fn courts(view: &mut View, today: Day) -> Result<BTreeMap<Id<Child>, Vec<CourtAuthority>>, Error> {
    let mut all: BTreeMap<Id<Child>, Vec<CourtAuthority>> = BTreeMap::new();
    for (child, authority) in store::decision::court_authorities(view, today).await? {
        all.entry(child).or_default().push(authority);
    }
    Ok(all)
}

/// Courts' leave that ends with nothing after it, each as a duty.
pub(super) fn running_out(held: &[CourtAuthority], today: Day) -> impl Iterator<Item = Standing> {
    last_ones(held).map(move |one| runs_out(one, today))
}

/// That a court's leave runs out.
fn runs_out(authority: &CourtAuthority, today: Day) -> Standing {
    Standing { duty: Duty::CourtAuthority, since: authority.start, last: None, state: State::of(authority.expires, None, today) }
}

impl Reader<'_> {
    /// Decisions in an emergency: for those who hold the office that approves them and did not decide themselves; else for whoever works with the child and
    /// must put them there.
    pub(super) async fn emergencies(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::EmergencyApprove).await? else { return Ok(Vec::new()) };
        let offices = case::offices(&mut view, self.actor, self.today).await?;
        let approves = |one: &EmergencyDecision| offices.contains(&one.kind.office()) && self.actor.who != Who::Person(one.decider);
        let waiting = store::decision::unapproved(&mut view, self.today).await?;
        let line = |one: store::decision::Unapproved| {
            let (standing, decision) = (case::approval(&one.decision, self.today), &one.decision);
            let whose = format!("Child {}, {}", one.reference, decision.kind.label().to_lowercase());
            if approves(decision) {
                return self.line(&standing, About::Emergency(decision.id), &whose);
            }
            let line = self.line(&standing, About::Child(one.child), &whose).filter(|_| self.actor.cases.contains(&one.child))?;
            Some(Line { next: "Put the decision before whoever must approve it".to_owned(), ..line })
        };
        Ok(waiting.into_iter().filter(|one| !self.is_kept_out(one.child)).filter_map(line).collect())
    }

    /// Accounts that somebody else proposed: whoever proposed one cannot confirm it.
    pub(super) async fn payees(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::PayeeWrite).await? else { return Ok(Vec::new()) };
        let waiting = store::payee::waiting(&mut view).await?;
        let mine = |one: &store::payee::Waiting| self.actor.who != Who::Person(one.proposed_by) && !self.is_kept_out(one.provider);
        let line = |one: store::payee::Waiting| {
            let since = self.record.day(one.proposed_at.timestamp());
            self.until(Duty::Payee, (since, since.plus(CONFIRMED_WITHIN)), About::Payee(one.provider), &one.name)
        };
        Ok(waiting.into_iter().filter(mine).filter_map(line).collect())
    }
}
