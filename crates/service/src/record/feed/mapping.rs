//! The mapping that an authority keeps in its record, so that a night's exports can be sent without it.

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::feed::KeptMapping;
use domain::{Finding, Id};
use ingest::feed::Mapping;
use store::{Event, Versioned};

use super::super::{Record, allowed};
use crate::Error;

/// The largest mapping: one with a thousand translations is a tenth of it.
pub const MOST_WORDS: usize = 512 * 1024;

/// The mapping that an authority keeps; nothing where it keeps none yet.
///
/// # Errors
/// [`Error::Denied`] for whoever may not import.
pub async fn kept_mapping(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Option<Versioned<KeptMapping>>, Error> {
    let mut view = record.db.read(allowed(actor, Action::RecordImport, On::authority(authority))?).await?;
    Ok(store::all(&mut view).await?.pop())
}

/// Keeps a mapping in the place of the one before, which stays in the history. Gives what stands against it; then the one before stays in use.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] for a file that is too large.
pub async fn keep_mapping(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    (file, words): (&str, &str),
) -> Result<Vec<Finding>, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::RecordImport, On::authority(authority))?, record.moment()).await?;
    if words.len() > MOST_WORDS {
        return Err(Error::Unusable(format!("{file} is larger than {} kB, which no mapping is.", MOST_WORDS / 1024)));
    }
    if let Err(findings) = Mapping::read(file, words) {
        return Ok(findings);
    }
    let held: Option<Versioned<KeptMapping>> = store::all(&mut tx).await?.pop();
    let kept =
        KeptMapping { id: held.as_ref().map_or_else(|| record.id(), |held| held.fact.id), file: file.to_owned(), words: words.to_owned() };
    match &held {
        Some(held) if held.fact == kept => return Ok(Vec::new()),
        Some(held) => store::correct(&mut tx, held, &kept).await?,
        None => store::add(&mut tx, &kept).await?,
    }
    tx.commit(Event::of("authority", authority).because("mapping of the case system's exports kept")).await?;
    Ok(Vec::new())
}
