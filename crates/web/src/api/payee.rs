//! JSON of the account to which a provider is paid: the last four figures, and who did what. The account itself is not in it.

use serde::Serialize;
use service::record::{Payees as Known, ShownPayee};

/// How a provider's bank details stand.
#[derive(Debug, Serialize)]
pub struct Payees {
    provider: String,
    in_force: Option<Payee>,
    waiting: Option<Payee>,
    all: Vec<Payee>,
}

#[derive(Debug, Serialize)]
struct Payee {
    id: String,
    version: i64,
    state: &'static str,
    ending: String,
    because: String,
    proposed_by: String,
    proposed_at: String,
    decided_by: Option<String>,
    decided_at: Option<String>,
}

impl Payees {
    /// What was read.
    pub fn new(known: &Known) -> Self {
        Self {
            provider: known.provider.id.to_string(),
            in_force: known.in_force().map(payee),
            waiting: known.waiting().map(payee),
            all: known.all.iter().map(payee).collect(),
        }
    }
}

fn payee(one: &ShownPayee) -> Payee {
    Payee {
        id: one.id.to_string(),
        version: one.version,
        state: one.state.word(),
        ending: one.ending.clone(),
        because: one.because.clone(),
        proposed_by: one.proposed_by.clone(),
        proposed_at: one.proposed_at.to_string(),
        decided_by: one.decided_by.clone(),
        decided_at: one.decided_at.map(|at| at.to_string()),
    }
}
