//! WhoDecides and written nominations as JSON; the keys are documented in `docs/api.md`.

use domain::Day;
use domain::office::{Nomination, Office};
use serde::Serialize;
use service::people::Approver;

use super::shared::text;

/// Who may decide for each office at an hour of a day, whoever is on duty first.
#[derive(Debug, Serialize)]
pub(super) struct WhoDecides {
    on: String,
    hour: u8,
    offices: Vec<Held>,
}

#[derive(Debug, Serialize)]
struct Held {
    office: String,
    approvers: Vec<Who>,
}

#[derive(Debug, Serialize)]
struct Who {
    person: String,
    name: String,
    standing: String,
    written: String,
    /// How they are reached; nothing where they are not on duty then.
    telephone: Option<String>,
}

impl WhoDecides {
    /// Who decides at this hour.
    pub(super) fn new(found: &[(Office, Vec<Approver>)], (on, hour): (Day, u8)) -> Self {
        let who = |one: &Approver| Who {
            person: one.person.id.to_string(),
            name: one.person.name.clone(),
            standing: one.standing.to_string(),
            written: one.written.clone(),
            telephone: one.telephone.clone(),
        };
        let held = |(office, all): &(Office, Vec<Approver>)| Held { office: office.to_string(), approvers: all.iter().map(who).collect() };
        Self { on: on.to_string(), hour, offices: found.iter().map(held).collect() }
    }
}

/// Every written nomination, the newest first.
#[derive(Debug, Serialize)]
pub(super) struct Nominations {
    on: String,
    nominations: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    office: String,
    standing: String,
    person: String,
    name: String,
    from: String,
    to: Option<String>,
    written: String,
    holds: bool,
}

impl Nominations {
    /// The register as it stands on a day.
    pub(super) fn new(all: &[(Nomination, String)], on: Day) -> Self {
        let row = |(one, name): &(Nomination, String)| Row {
            id: one.id.to_string(),
            office: one.office.to_string(),
            standing: one.standing.to_string(),
            person: one.person.to_string(),
            name: name.clone(),
            from: one.start.to_string(),
            to: text(one.end),
            written: one.written.clone(),
            holds: one.holds(on),
        };
        Self { on: on.to_string(), nominations: all.iter().map(row).collect() }
    }
}
