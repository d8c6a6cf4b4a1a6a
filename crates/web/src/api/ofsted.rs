//! What taking Ofsted's register did, as JSON.

use serde::Serialize;
use service::record::Taken;

/// `record ofsted`: what became of a register that was taken.
#[derive(Debug, Serialize)]
pub struct Register {
    as_at: String,
    added: usize,
    providers: usize,
    owners: usize,
    owned: usize,
    unchanged: usize,
    left: usize,
    changes: Vec<Change>,
    differences: Vec<Difference>,
    alerts: usize,
    findings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Change {
    urn: String,
    name: String,
    what: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct Difference {
    urn: String,
    name: String,
    what: &'static str,
    recorded: String,
    register: String,
}

impl Register {
    /// What was done with a register.
    pub fn new(taken: &Taken) -> Self {
        let change = |one: &service::record::Change| Change {
            urn: one.urn.to_string(),
            name: one.name.clone(),
            what: one.what.to_string(),
            before: one.before.clone(),
            after: one.after.clone(),
        };
        let difference = |one: &service::record::RegisterDifference| Difference {
            urn: one.urn.to_string(),
            name: one.name.clone(),
            what: one.what,
            recorded: one.recorded.clone(),
            register: one.register.clone(),
        };
        Self {
            as_at: taken.as_at.to_string(),
            added: taken.added,
            providers: taken.providers,
            owners: taken.owners,
            owned: taken.owned,
            unchanged: taken.unchanged,
            left: taken.left,
            changes: taken.changes.iter().map(change).collect(),
            differences: taken.differences.iter().map(difference).collect(),
            alerts: taken.alerts.len(),
            findings: taken.findings.iter().map(|finding| finding.message.clone()).collect(),
        }
    }
}
