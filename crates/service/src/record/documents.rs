//! Documents that have run out or soon will.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::document::{Document, running_out};
use domain::{Day, Id};
use store::Versioned;

use super::names::Names;
use super::{Record, allowed};
use crate::Error;

/// A document with the day on which it runs out, and what it is about.
#[derive(Clone, Debug)]
pub struct ExpiringDocument {
    /// The document.
    pub document: Versioned<Document>,
    /// Whose it is.
    pub provider: String,
    /// The home or foster home that it is about; nothing where it is about the provider.
    pub about: Option<String>,
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
    let told = |known: &Versioned<Document>| {
        let (setting, home) = (known.fact.setting, known.fact.foster_home);
        let about = setting.map(|setting| names.setting(setting)).or_else(|| home.map(|home| names.foster_home(home)));
        ExpiringDocument {
            provider: names.provider(known.fact.provider).to_owned(),
            about: about.map(str::to_owned),
            document: known.clone(),
        }
    };
    Ok(found.into_iter().map(told).collect())
}
