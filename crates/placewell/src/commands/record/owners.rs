//! `placewell record owners|documents`: who is behind providers, and their papers.

use std::path::Path;

use serde::Serialize;
use service::record::{self as service_record, DocumentFilter, ListedDocument, ListedOwner};

use super::registers::{dated, grid};
use super::{OWNER, on};
use crate::cli::record::{DocumentSort, Documents, OwnerSort, Owners};
use crate::output;

pub(crate) fn owners(home: &Path, args: &Owners) -> anyhow::Result<()> {
    let sort = match args.sort {
        OwnerSort::Name => service_record::OwnerSort::Name,
        OwnerSort::Providers => service_record::OwnerSort::Providers,
        OwnerSort::Settings => service_record::OwnerSort::Settings,
        OwnerSort::Places => service_record::OwnerSort::Places,
    };
    let found = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        Ok(service_record::owners(record, &OWNER, authority.id, args.search.as_deref(), sort).await?)
    })?;
    let row = |one: &ListedOwner| {
        let counts = [one.providers, one.settings, one.places].map(|count| count.to_string());
        [vec![one.owner.name.clone(), one.owner.company.to_string()], counts.to_vec()].concat()
    };
    let grid = grid(&["owner", "company", "providers", "settings", "places"], found.rows.iter().map(row).collect(), 2);
    let words = format!("{} owners. Of {} registered places nobody says whose {} are.", found.rows.len(), found.places, found.unowned);
    let owners = found.rows.iter().map(Owner::new).collect();
    output::print(args.asked.format, &AllOwners { owners, places: found.places, unowned: found.unowned }, &grid, &words)
}

#[derive(Debug, Serialize)]
struct AllOwners {
    owners: Vec<Owner>,
    places: u32,
    unowned: u32,
}

#[derive(Debug, Serialize)]
struct Owner {
    id: String,
    name: String,
    company: String,
    providers: u32,
    settings: u32,
    places: u32,
}

impl Owner {
    fn new(one: &ListedOwner) -> Self {
        Self {
            id: one.owner.id.to_string(),
            name: one.owner.name.clone(),
            company: one.owner.company.to_string(),
            providers: one.providers,
            settings: one.settings,
            places: one.places,
        }
    }
}

pub(crate) fn documents(home: &Path, args: &Documents) -> anyhow::Result<()> {
    let sort = match args.sort {
        DocumentSort::RunsOut => service_record::DocumentSort::RunsOut,
        DocumentSort::Kind => service_record::DocumentSort::Kind,
        DocumentSort::Provider => service_record::DocumentSort::Provider,
    };
    let filter = DocumentFilter { search: args.search.clone(), kind: args.kind, sort, ..DocumentFilter::default() };
    let found: Vec<ListedDocument> = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let mut found = service_record::documents(record, &OWNER, authority.id, &filter).await?;
        if let Some(months) = args.months {
            let until = record.today().plus_months(months);
            found.retain(|one| one.document.fact.to.is_some_and(|to| to < until));
        }
        Ok(found)
    })?;
    let row = |one: &ListedDocument| {
        let fact = &one.document.fact;
        let about = one.about.clone().unwrap_or_default();
        vec![fact.kind.label().to_owned(), fact.title.clone(), one.provider.clone(), about, fact.from.to_string(), dated(fact.to)]
    };
    let headings = ["kind", "title", "provider", "about", "from", "runs out"];
    let grid = grid(&headings, found.iter().map(row).collect(), usize::MAX);
    let words = format!("{} documents.", found.len());
    output::print(args.asked.format, &AllDocuments { documents: found.iter().map(Document::new).collect() }, &grid, &words)
}

#[derive(Debug, Serialize)]
struct AllDocuments {
    documents: Vec<Document>,
}

#[derive(Debug, Serialize)]
struct Document {
    id: String,
    kind: &'static str,
    title: String,
    provider: String,
    about: Option<String>,
    from: String,
    runs_out: Option<String>,
}

impl Document {
    fn new(one: &ListedDocument) -> Self {
        let fact = &one.document.fact;
        Self {
            id: fact.id.to_string(),
            kind: fact.kind.word(),
            title: fact.title.clone(),
            provider: one.provider.clone(),
            about: one.about.clone(),
            from: fact.from.to_string(),
            runs_out: fact.to.map(|day| day.to_string()),
        }
    }
}
