//! JSON of the record: children, and one child's case.

use domain::{Code, Day};
use serde::Serialize;
use service::record::case;
use service::record::{Case as Known, Listed, Versioned};

use super::shared::{Recorded, recorded, text};

/// `record children`: who is on record, and where they live on a day.
#[derive(Debug, Serialize)]
pub struct Children {
    on: String,
    children: Vec<Child>,
}

#[derive(Debug, Serialize)]
struct Child {
    id: String,
    reference: String,
    born: String,
    sex: String,
    lives: Option<String>,
    since: Option<String>,
}

impl Child {
    fn new(child: &domain::child::Child, lives: Option<(Code, Day)>) -> Self {
        Self {
            id: child.id.to_string(),
            reference: child.reference.clone(),
            born: child.born.to_string(),
            sex: child.sex.to_string(),
            lives: lives.map(|(kind, _)| kind.to_string()),
            since: lives.map(|(_, since)| since.to_string()),
        }
    }
}

impl Children {
    /// The list on its day.
    pub fn new(listed: &[Listed], on: Day) -> Self {
        let child = |one: &Listed| Child::new(&one.child, one.lives);
        Self { on: on.to_string(), children: listed.iter().map(child).collect() }
    }
}

/// Children whose cases somebody may open, as their page has them: more than `record children` says of each.
#[derive(Debug, Serialize)]
pub(super) struct Cases {
    on: String,
    cases: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    child: Child,
    legal_status: Option<String>,
    in_care_since: Option<String>,
    restricted: bool,
}

impl Cases {
    /// The list on its day.
    pub(super) fn new(listed: &[case::Listed], on: Day) -> Self {
        let row = |one: &case::Listed| Row {
            child: Child::new(&one.child, one.lives),
            legal_status: one.legal.map(|status| status.to_string()),
            in_care_since: text(one.in_care_since),
            restricted: one.child.restricted,
        };
        Self { on: on.to_string(), cases: listed.iter().map(row).collect() }
    }
}

/// `record show`: one child's case, now or as it was known on a day.
#[derive(Debug, Serialize)]
pub struct Case {
    id: String,
    reference: String,
    born: String,
    sex: String,
    ethnicity: String,
    as_known: Option<String>,
    periods: Vec<Period>,
    legal_statuses: Vec<LegalStatus>,
    placements: Vec<Placement>,
    health: Vec<Health>,
    log: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Period {
    id: String,
    kind: String,
    start: String,
    end: Option<String>,
    ceased: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct LegalStatus {
    id: String,
    status: String,
    need: String,
    start: String,
    end: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Placement {
    id: String,
    kind: String,
    provider: String,
    urn: String,
    start: String,
    end: Option<String>,
    ended: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Health {
    id: String,
    kind: &'static str,
    due: Option<String>,
    held: Option<String>,
    by: &'static str,
    score: Option<u32>,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Entry {
    at: String,
    who: String,
    action: &'static str,
    reason: String,
    purpose: Option<String>,
}

/// Entries of the log that come with a case.
pub const LOGGED: u32 = 300;

impl Case {
    /// The case as it was read, and the part of its log that was read with it.
    pub fn new(known: &Known, log: &[service::record::Entry]) -> Self {
        let child = &known.child.fact;
        let period = |one: &Versioned<domain::period::PeriodOfCare>| Period {
            id: one.fact.id.to_string(),
            kind: one.fact.kind.to_string(),
            start: one.fact.start.to_string(),
            end: text(one.fact.end),
            ceased: one.fact.ceased.to_string(),
            recorded: recorded(one),
        };
        let legal = |one: &Versioned<domain::legal_status::LegalStatus>| LegalStatus {
            id: one.fact.id.to_string(),
            status: one.fact.status.to_string(),
            need: one.fact.need.to_string(),
            start: one.fact.start.to_string(),
            end: text(one.fact.end),
            recorded: recorded(one),
        };
        let placement = |one: &Versioned<domain::placement::Placement>| Placement {
            id: one.fact.id.to_string(),
            kind: one.fact.kind.to_string(),
            provider: one.fact.provider.to_string(),
            urn: one.fact.urn.to_string(),
            start: one.fact.start.to_string(),
            end: text(one.fact.end),
            ended: one.fact.ended.to_string(),
            recorded: recorded(one),
        };
        let health = |one: &Versioned<domain::case::HealthAssessment>| Health {
            id: one.fact.id.to_string(),
            kind: one.fact.kind.word(),
            due: text(one.fact.due),
            held: text(one.fact.held),
            by: one.fact.by.word(),
            score: one.fact.score,
            recorded: recorded(one),
        };
        let entry = |one: &service::record::Entry| Entry {
            at: one.at.to_string(),
            who: one.who.clone(),
            action: one.action.name(),
            reason: one.reason.clone(),
            purpose: one.purpose.clone(),
        };
        Self {
            id: child.id.to_string(),
            reference: child.reference.clone(),
            born: child.born.to_string(),
            sex: child.sex.to_string(),
            ethnicity: child.ethnicity.to_string(),
            as_known: text(known.as_known),
            periods: known.periods.iter().map(period).collect(),
            legal_statuses: known.legal.iter().map(legal).collect(),
            placements: known.placements.iter().map(placement).collect(),
            health: known.health.iter().map(health).collect(),
            log: log.iter().map(entry).collect(),
        }
    }
}
