//! Alerts as JSON; the keys are documented in `docs/command-line.md`.

use domain::Day;
use serde::Serialize;
use service::record::lists::ListedAlert;

use super::shared::{Recorded, recorded, text};

/// `record alerts`: what somebody must look at, or has.
#[derive(Debug, Serialize)]
pub struct Alerts {
    on: String,
    alerts: Vec<Alert>,
}

#[derive(Debug, Serialize)]
struct Alert {
    id: String,
    kind: &'static str,
    setting: String,
    child: Option<String>,
    words: String,
    since: String,
    due: String,
    owner: Option<String>,
    role: &'static str,
    resolved: Option<String>,
    /// What was done, for those who may see the child.
    outcome: String,
    #[serde(flatten)]
    recorded: Recorded,
}

impl Alerts {
    /// Alerts as they stand on a day.
    pub fn new(listed: &[ListedAlert], on: Day) -> Self {
        let alert = |one: &ListedAlert| Alert {
            id: one.alert.fact.id.to_string(),
            kind: one.alert.fact.kind.word(),
            setting: one.setting.clone(),
            child: one.child.clone(),
            words: one.alert.fact.words.clone(),
            since: one.alert.fact.since.to_string(),
            due: one.alert.fact.due.to_string(),
            owner: one.owner.clone(),
            role: one.alert.fact.role.name(),
            resolved: text(one.alert.fact.resolved),
            outcome: one.alert.fact.outcome.clone(),
            recorded: recorded(&one.alert),
        };
        Self { on: on.to_string(), alerts: listed.iter().map(alert).collect() }
    }
}
