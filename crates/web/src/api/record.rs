//! JSON of the record: children, and one child's case.

use domain::Day;
use serde::Serialize;
use service::record::{Case as Known, Listed, Versioned};

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

impl Children {
    /// The list on its day.
    pub fn new(listed: &[Listed], on: Day) -> Self {
        let child = |one: &Listed| Child {
            id: one.child.id.to_string(),
            reference: one.child.reference.clone(),
            born: one.child.born.to_string(),
            sex: one.child.sex.to_string(),
            lives: one.lives.map(|(kind, _)| kind.to_string()),
            since: one.lives.map(|(_, since)| since.to_string()),
        };
        Self { on: on.to_string(), children: listed.iter().map(child).collect() }
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

/// When a version of a fact was recorded, and which it is.
#[derive(Debug, Serialize)]
struct Recorded {
    version: i64,
    recorded_at: String,
}

#[derive(Debug, Serialize)]
struct Period {
    kind: String,
    start: String,
    end: Option<String>,
    ceased: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct LegalStatus {
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
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let period = |one: &Versioned<domain::period::PeriodOfCare>| Period {
            kind: one.fact.kind.to_string(),
            start: one.fact.start.to_string(),
            end: text(one.fact.end),
            ceased: one.fact.ceased.to_string(),
            recorded: recorded(one),
        };
        let legal = |one: &Versioned<domain::legal_status::LegalStatus>| LegalStatus {
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

fn recorded<T>(known: &Versioned<T>) -> Recorded {
    Recorded { version: known.version, recorded_at: known.recorded_at.to_string() }
}
