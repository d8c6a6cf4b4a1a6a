//! Decisions made in an emergency, and what courts have allowed: read for many children at once, one question each.

use std::collections::BTreeSet;

use domain::Day;
use domain::case::{CourtAuthority, EmergencyDecision};
use domain::child::Child;
use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Read;
use crate::reach::{REACHED, Reached};
use crate::statement::{Registered, Statement, sql};
use crate::types::Key;

fact! {
    EmergencyDecision in "emergency_decision" { child, kind, day, decider, capacity, reasons, approver, approved }
    order "day" of Child by "child"
}

fact! {
    CourtAuthority in "court_authority" { child, kind, start as "starts", expires, ended, court, words }
    order "starts" of Child by "child"
}

/// A decision that waits for its approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unapproved {
    /// What was decided.
    pub decision: EmergencyDecision,
    /// The entry under which the child stands.
    pub child: Id<Child>,
    /// What the case system calls the child.
    pub reference: String,
}

/// Everybody who decided by any version of a decision, and who wrote that they did: none of them approves it.
pub async fn had_a_hand(view: &mut View, id: Id<EmergencyDecision>) -> Result<BTreeSet<Id<Person>>, Error> {
    let rows: Vec<(Key<Person>, Option<Key<Person>>)> = view
        .all(
            sql!(
                "SELECT k.decider, a.person FROM emergency_decision_known k LEFT JOIN audit a ON a.change_id = k.change_id
                  WHERE k.id = $1 AND k.authority = $2 ORDER BY k.version"
            ),
            &[&Key(id), &Key(view.permit().authority())],
        )
        .await?;
    let (mut people, mut decider) = (BTreeSet::new(), None);
    for (by, writer) in rows {
        if decider.replace(by.0) != Some(by.0) {
            people.insert(by.0);
            people.extend(writer.map(|writer| writer.0));
        }
    }
    Ok(people)
}

#[derive(sqlx::FromRow)]
struct UnapprovedRow {
    #[sqlx(flatten)]
    decision: Read<EmergencyDecision>,
    whose: Key<Child>,
    reference: String,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    #[sqlx(flatten)]
    authority: Read<CourtAuthority>,
    whose: Key<Child>,
}

inventory::submit! { Registered(|| vec![unapproved_ones(), standing_ones()]) }

/// A fact's child, or the entry under which that one stands.
fn joined(fact: &str) -> String {
    format!("JOIN child c ON c.id = coalesce((SELECT e.stands_under FROM child_merge e WHERE e.child = {fact}.child), {fact}.child)")
}

fn unapproved_ones() -> Statement {
    let text = format!(
        "SELECT d.id, d.authority, d.child, d.kind, d.day, d.decider, d.capacity, d.reasons, d.approver, d.approved, c.id AS whose, c.reference
           FROM emergency_decision d {} WHERE d.authority = $1 AND d.approved IS NULL AND {REACHED} ORDER BY d.day, d.id",
        joined("d")
    );
    Statement { text: text.into(), at: "emergency_decision" }
}

fn standing_ones() -> Statement {
    let text = format!(
        "SELECT x.id, x.authority, x.child, x.kind, x.starts, x.expires, x.ended, x.court, x.words, c.id AS whose
           FROM court_authority x {} WHERE x.authority = $1 AND {REACHED} ORDER BY x.expires, x.id",
        joined("x")
    );
    Statement { text: text.into(), at: "court_authority" }
}

/// The decisions that wait for their approval, the oldest first: of all children, since whoever holds an office decides on restricted cases too. But for
/// conflicts of interest, whom to show them to is the caller's to say.
pub async fn unapproved(view: &mut View, today: Day) -> Result<Vec<Unapproved>, Error> {
    let reached = Reached::everybody(view, today);
    let rows: Vec<UnapprovedRow> = view.all(unapproved_ones(), &reached.values()).await?;
    Ok(rows.into_iter().map(|row| Unapproved { decision: row.decision.0, child: row.whose.0, reference: row.reference }).collect())
}

/// What courts have allowed about children whom the permit reaches, each with the entry under which the child stands, by the day on which it runs out.
pub async fn court_authorities(view: &mut View, today: Day) -> Result<Vec<(Id<Child>, CourtAuthority)>, Error> {
    let reached = Reached::of(view, today);
    let rows: Vec<StandingRow> = view.all(standing_ones(), &reached.values()).await?;
    Ok(rows.into_iter().map(|row| (row.whose.0, row.authority.0)).collect())
}
