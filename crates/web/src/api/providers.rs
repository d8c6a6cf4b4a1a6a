//! Providers as JSON: the list and one of them; the keys are documented in `docs/command-line.md` and `docs/api.md`.

use domain::Day;
use domain::document::Document;
use domain::setting::Setting;
use serde::Serialize;
use service::record::lists::ListedProvider;
use service::record::{ProviderPage, Versioned};

use super::shared::{Entry, Recorded, log, recorded, text};

/// `record providers`: who runs homes, with what is theirs today.
#[derive(Debug, Serialize)]
pub struct Providers {
    on: String,
    providers: Vec<Provider>,
}

#[derive(Debug, Serialize)]
struct Provider {
    id: String,
    name: String,
    legal_name: String,
    company: String,
    sector: &'static str,
    status: &'static str,
    owner: Option<String>,
    settings: u32,
    places: u32,
}

impl Providers {
    /// The list as it is on a day.
    pub fn new(listed: &[ListedProvider], on: Day) -> Self {
        let provider = |one: &ListedProvider| Provider {
            id: one.provider.id.to_string(),
            name: one.provider.name.clone(),
            legal_name: one.provider.legal_name.clone(),
            company: one.provider.company.to_string(),
            sector: one.provider.sector.word(),
            status: one.provider.status.word(),
            owner: one.owner.clone(),
            settings: one.settings,
            places: one.places,
        };
        Self { on: on.to_string(), providers: listed.iter().map(provider).collect() }
    }
}

/// One provider, now or as it was known on a day.
#[derive(Debug, Serialize)]
pub(super) struct One {
    id: String,
    name: String,
    legal_name: String,
    company: String,
    sector: &'static str,
    status: &'static str,
    on: String,
    as_known: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
    owners: Vec<Owner>,
    homes: Vec<Home>,
    documents: Vec<Paper>,
    missing: Vec<&'static str>,
    log: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Owner {
    id: String,
    name: String,
    from: String,
    to: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Home {
    id: String,
    urn: String,
    name: String,
    kind: &'static str,
    opened: Option<String>,
    closed: Option<String>,
}

#[derive(Debug, Serialize)]
struct Paper {
    id: String,
    kind: &'static str,
    title: String,
    from: String,
    to: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
}

impl One {
    /// A provider with what belongs to it, as it is known today unless the page is of another day.
    pub(super) fn new(page: &ProviderPage, today: Day) -> Self {
        let provider = &page.provider.fact;
        let home = |one: &Versioned<Setting>| Home {
            id: one.fact.id.to_string(),
            urn: one.fact.urn.to_string(),
            name: one.fact.name.clone(),
            kind: one.fact.kind.word(),
            opened: text(one.fact.opened),
            closed: text(one.fact.closed),
        };
        let paper = |one: &Versioned<Document>| Paper {
            id: one.fact.id.to_string(),
            kind: one.fact.kind.word(),
            title: one.fact.title.clone(),
            from: one.fact.from.to_string(),
            to: text(one.fact.to),
            recorded: recorded(one),
        };
        let owners = page.ownerships.iter().map(|(known, name)| Owner {
            id: known.fact.id.to_string(),
            name: name.clone(),
            from: known.fact.from.to_string(),
            to: text(known.fact.to),
            recorded: recorded(known),
        });
        Self {
            id: provider.id.to_string(),
            name: provider.name.clone(),
            legal_name: provider.legal_name.clone(),
            company: provider.company.to_string(),
            sector: provider.sector.word(),
            status: provider.status.word(),
            on: page.as_known.unwrap_or(today).to_string(),
            as_known: text(page.as_known),
            recorded: recorded(&page.provider),
            owners: owners.collect(),
            homes: page.settings.iter().map(home).collect(),
            documents: page.documents.iter().map(paper).collect(),
            missing: page.missing.iter().map(|kind| kind.word()).collect(),
            log: log(&page.log),
        }
    }
}
