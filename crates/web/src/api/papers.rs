//! RunningOut that run out, as JSON; the keys are documented in `docs/api.md`.

use domain::Day;
use serde::Serialize;
use service::record::ExpiringDocument;

use super::shared::{Recorded, recorded, text};

/// What has run out or will before a day, and nothing of its kind has followed.
#[derive(Debug, Serialize)]
pub(super) struct RunningOut {
    on: String,
    until: String,
    documents: Vec<Document>,
}

#[derive(Debug, Serialize)]
struct Document {
    id: String,
    kind: &'static str,
    title: String,
    provider: String,
    provider_id: String,
    /// The home or household; nothing where it is about the provider.
    about: Option<String>,
    from: String,
    to: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
}

impl RunningOut {
    /// As it stands on a day, looking ahead until another.
    pub(super) fn new(expiring: &[ExpiringDocument], on: Day, until: Day) -> Self {
        let document = |one: &ExpiringDocument| {
            let fact = &one.document.fact;
            Document {
                id: fact.id.to_string(),
                kind: fact.kind.word(),
                title: fact.title.clone(),
                provider: one.provider.clone(),
                provider_id: fact.provider.to_string(),
                about: one.about.clone(),
                from: fact.from.to_string(),
                to: text(fact.to),
                recorded: recorded(&one.document),
            }
        };
        Self { on: on.to_string(), until: until.to_string(), documents: expiring.iter().map(document).collect() }
    }
}
