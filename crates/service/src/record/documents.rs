//! The register of documents, and those of them that have run out or soon will.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::document::{Document, Kind, running_out};
use domain::{Day, Id};
use store::Versioned;

use super::names::Names;
use super::{Record, allowed};
use crate::Error;

/// A document, and what it is about.
#[derive(Clone, Debug)]
pub struct ListedDocument {
    /// The document.
    pub document: Versioned<Document>,
    /// Whose it is.
    pub provider: String,
    /// The home or foster home that it is about; nothing where it is about the provider.
    pub about: Option<String>,
}

/// A document as it stands among those that run out.
pub type ExpiringDocument = ListedDocument;

/// Which documents are listed, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Part of its name or number, of whose it is, or of what it is about.
    pub search: Option<String>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Whether it holds today.
    pub state: DocumentState,
    /// In which order.
    pub sort: DocumentSort,
}

/// Which documents by whether they hold today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentState {
    /// All of them.
    #[default]
    All,
    /// Those that hold.
    Holds,
    /// Those that have run out.
    RunOut,
}

/// What documents are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentSort {
    /// The day on which they run out, the earliest first; those that do not, last.
    #[default]
    RunsOut,
    /// What they are.
    Kind,
    /// Whose they are, by name.
    Provider,
}

/// The register of documents: all that fit, in order.
///
/// # Errors
/// [`Error::Denied`].
pub async fn documents(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &DocumentFilter,
) -> Result<Vec<ListedDocument>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    let names = Names::read(&mut view).await?;
    let today = record.today();
    let words = filter.search.as_ref().map(|words| words.to_lowercase());
    let fits = |one: &ListedDocument| {
        let fact = &one.document.fact;
        let run_out = fact.to.is_some_and(|to| to <= today);
        let state = match filter.state {
            DocumentState::All => true,
            DocumentState::Holds => fact.holds_on(today),
            DocumentState::RunOut => run_out,
        };
        let about = one.about.as_deref().unwrap_or_default();
        let said =
            |words: &String| [fact.title.as_str(), one.provider.as_str(), about].iter().any(|text| text.to_lowercase().contains(words));
        state && filter.kind.is_none_or(|kind| kind == fact.kind) && words.as_ref().is_none_or(said)
    };
    let all = store::all::<Document>(&mut view).await?.into_iter().map(|known| listed(&names, known));
    let mut found: Vec<ListedDocument> = all.filter(fits).collect();
    found.sort_by_cached_key(|one| {
        let fact = &one.document.fact;
        let runs_out = (fact.to.is_none(), fact.to);
        let first = match filter.sort {
            DocumentSort::RunsOut => String::new(),
            DocumentSort::Kind => fact.kind.label().to_lowercase(),
            DocumentSort::Provider => one.provider.to_lowercase(),
        };
        (first, runs_out, fact.id)
    });
    Ok(found)
}

fn listed(names: &Names, document: Versioned<Document>) -> ListedDocument {
    let (setting, home) = (document.fact.setting, document.fact.foster_home);
    let about = setting.map(|setting| names.setting(setting)).or_else(|| home.map(|home| names.foster_home(home)));
    ListedDocument { provider: names.provider(document.fact.provider).to_owned(), about: about.map(str::to_owned), document }
}

/// Documents that run out before a day, or have, and that no other of their kind has followed, the earliest first. One that begins after a gap follows them
/// once it has begun.
///
/// # Errors
/// [`Error::Denied`].
pub async fn expiring_documents(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    until: Day,
) -> Result<Vec<ExpiringDocument>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    let all: BTreeMap<Id<Document>, Versioned<Document>> =
        store::all(&mut view).await?.into_iter().map(|known: Versioned<Document>| (known.fact.id, known)).collect();
    let names = Names::read(&mut view).await?;
    let papers: Vec<Document> = all.values().map(|known| known.fact.clone()).collect();
    let mut found: Vec<&Versioned<Document>> = running_out(&papers, until, record.today()).filter_map(|one| all.get(&one.id)).collect();
    found.sort_by_key(|known| (known.fact.to, known.fact.id));
    Ok(found.into_iter().map(|known| listed(&names, known.clone())).collect())
}
