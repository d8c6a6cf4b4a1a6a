//! The vault: names, addresses and numbers, sealed at rest, opened by a permission of their own, each opening in the log.
//!
//! A word is sealed ([`sealing`]) under a key that is derived from the file of the seal key, outside the database. Authority, child, row and kind are
//! sealed with it: a word that somebody moves to another child does not open.

use domain::access::{Action, Actor};
use domain::authority::Authority;
use domain::child::Child;
use domain::merge::Merge;
use domain::vault::{Kept, Kind, sound};
use domain::{Day, Id};
use store::{Event, Instant, Tx, Versioned};

use super::super::said;
use super::super::{Record, clock, known, sealing};
use crate::Error;

/// An identifying word, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Which.
    pub id: Id<Kept>,
    /// What it is.
    pub kind: Kind,
    /// The word itself.
    pub text: String,
    /// The version that was read.
    pub version: i64,
    /// When this version was written.
    pub recorded_at: Instant,
}

/// A version of an identifying word with the change that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenWord {
    /// The word as it was written.
    pub word: Word,
    /// When it held no more; nothing while it holds.
    pub superseded_at: Option<Instant>,
    /// Who wrote it.
    pub who: String,
    /// Why.
    pub reason: String,
}

/// The identifying words of a child, by kind, now or as they were known at the end of a day. The reading is in the log, by itself.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open; [`Error::Unusable`] where the words were sealed with another key.
pub async fn vault(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    as_known: Option<Day>,
) -> Result<Vec<Word>, Error> {
    let mut tx = record.begin_on_case(actor, Action::VaultRead, authority, child).await?;
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let mut words = Vec::new();
    for whose in shown_with(&mut tx, child).await? {
        for kept in known::<Kept, Child>(&mut tx, whose, at).await? {
            words.push(open(record, authority, &kept)?);
        }
    }
    words.sort_by_key(|word| (word.kind, word.recorded_at, word.id));
    tx.commit(Event::of("child", child)).await?;
    Ok(words)
}

/// Puts an identifying word into the vault.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unusable`] for a word that cannot be one of its kind.
pub async fn add_word(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    kind: Kind,
    text: &str,
) -> Result<Id<Kept>, Error> {
    let mut tx = record.begin_on_case(actor, Action::VaultWrite, authority, child).await?;
    let kept = seal(record, authority, (record.id(), child), kind, text)?;
    store::add(&mut tx, &kept).await?;
    tx.commit(Event::of("child", child).because(&format!("added: {}", kind.label().to_lowercase()))).await?;
    Ok(kept.id)
}

/// Corrects an identifying word that was read at a version. What it said before stays sealed in its history.
///
/// # Errors
/// As for [`add_word`]; [`Error::Unusable`] without a reason; [`Error::Stale`] where somebody else was quicker.
pub async fn correct_word(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    (id, version): (Id<Kept>, i64),
    text: &str,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::VaultWrite, authority, child).await?;
    let reason = said(reason)?;
    let read = read_again(&mut tx, child, (id, version)).await?;
    let corrected = seal(record, authority, (id, read.fact.child), read.fact.kind, text)?;
    store::correct(&mut tx, &read, &corrected).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// Takes back an identifying word that was never the child's.
///
/// # Errors
/// As for [`correct_word`].
pub async fn withdraw_word(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    which: (Id<Kept>, i64),
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::VaultWrite, authority, child).await?;
    let reason = said(reason)?;
    let read = read_again(&mut tx, child, which).await?;
    store::withdraw(&mut tx, &read).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// Every version of an identifying word with who wrote it, when and why, the oldest first.
///
/// # Errors
/// As for [`vault`].
pub async fn word_history(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    id: Id<Kept>,
) -> Result<Vec<WrittenWord>, Error> {
    let mut tx = record.begin_on_case(actor, Action::VaultRead, authority, child).await?;
    let versions = store::written(&mut tx, id).await?;
    let whose = versions.last().map(|last| last.known.fact.child).ok_or_else(|| no_word(id))?;
    if !shown_with(&mut tx, child).await?.contains(&whose) {
        return Err(no_word(id));
    }
    let written = versions
        .into_iter()
        .map(|one| {
            let word = open(record, authority, &one.known)?;
            Ok(WrittenWord { word, superseded_at: one.known.superseded_at, who: one.who, reason: one.reason })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    tx.commit(Event::of("child", child)).await?;
    Ok(written)
}

/// The child and the entries that stand under it.
pub(in crate::record) async fn shown_with(tx: &mut Tx, child: Id<Child>) -> Result<Vec<Id<Child>>, Error> {
    let under: Vec<Versioned<Merge>> = store::of(tx, child).await?;
    Ok(std::iter::once(child).chain(under.into_iter().map(|known| known.fact.child)).collect())
}

async fn read_again(tx: &mut Tx, child: Id<Child>, (id, version): (Id<Kept>, i64)) -> Result<Versioned<Kept>, Error> {
    let read = store::find(tx, id).await?.ok_or_else(|| no_word(id))?;
    if !shown_with(tx, child).await?.contains(&read.fact.child) {
        return Err(no_word(id));
    }
    if read.version == version { Ok(read) } else { Err(Error::Stale) }
}

fn no_word(id: Id<Kept>) -> Error {
    Error::NotFound { what: "name, address or number", name: id.to_string(), near: Vec::new() }
}

/// What a word is sealed together with.
fn bound(authority: Id<Authority>, (id, child): (Id<Kept>, Id<Child>), kind: Kind) -> Vec<u8> {
    [authority.uuid().as_bytes().as_slice(), child.uuid().as_bytes(), id.uuid().as_bytes(), kind.word().as_bytes()].concat()
}

/// An identifying word, sealed.
pub(in crate::record) fn seal(
    record: &Record,
    authority: Id<Authority>,
    whose: (Id<Kept>, Id<Child>),
    kind: Kind,
    text: &str,
) -> Result<Kept, Error> {
    let text = sound(kind, text).map_err(|fault| Error::Unusable(format!("{fault}.")))?;
    let sealed = sealing::seal(record, &bound(authority, whose, kind), &text)?;
    Ok(Kept { id: whose.0, child: whose.1, kind, sealed })
}

/// A word as it was before it was sealed.
pub(super) fn open(record: &Record, authority: Id<Authority>, kept: &Versioned<Kept>) -> Result<Word, Error> {
    let text = opened(record, authority, &kept.fact)?;
    Ok(Word { id: kept.fact.id, kind: kept.fact.kind, text, version: kept.version, recorded_at: kept.recorded_at })
}

/// The same without its version.
pub(in crate::record) fn opened(record: &Record, authority: Id<Authority>, fact: &Kept) -> Result<String, Error> {
    let other = || {
        Error::Unusable(
            "The names and addresses of this record were sealed with another key than this one, or were altered. Nothing was opened: name the key's file \
             with --seal-key, and compare the record with a backup."
                .to_owned(),
        )
    };
    sealing::unseal(record, &bound(authority, (fact.id, fact.child), fact.kind), &fact.sealed).ok_or_else(other)
}
