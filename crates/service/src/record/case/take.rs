//! Many facts at once, from another system or an example: all of them or none.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::vault::Kind;
use store::Event;

use super::super::said;
use super::super::{Record, allowed};
use super::facts::CaseFact;
use super::vault::seal;
use crate::Error;

/// Records many facts of one kind. The first that contradicts the record refuses all, with its number in the order given.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] without a reason, or for a fact that contradicts itself or the record.
pub async fn take<F: CaseFact>(record: &Record, actor: &Actor, authority: Id<Authority>, facts: &[F], reason: &str) -> Result<(), Error> {
    let reason = said(reason)?;
    let mut tx = record.db.begin(allowed(actor, Action::RecordImport, On::authority(authority))?, record.moment()).await?;
    for (number, fact) in (1..).zip(facts) {
        let refused = |fault: Error| match fault {
            Error::Unusable(words) => Error::Unusable(format!("Nothing was recorded. Number {number} ({}): {words}", F::WHAT)),
            other => other,
        };
        fact.check(&mut tx).await.map_err(refused)?;
        store::add(&mut tx, fact).await.map_err(|fault| refused(fault.into()))?;
    }
    tx.commit(Event::of("authority", authority).because(reason)).await?;
    Ok(())
}

/// Puts many identifying words into the vault.
///
/// # Errors
/// As for [`take`].
pub async fn take_words(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    words: &[(Id<Child>, Kind, String)],
    reason: &str,
) -> Result<(), Error> {
    let reason = said(reason)?;
    let mut tx = record.db.begin(allowed(actor, Action::RecordImport, On::authority(authority))?, record.moment()).await?;
    for (child, kind, text) in words {
        let kept = seal(record, authority, (record.id(), *child), *kind, text)?;
        store::add(&mut tx, &kept).await?;
    }
    tx.commit(Event::of("authority", authority).because(reason)).await?;
    Ok(())
}
