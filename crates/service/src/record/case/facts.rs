//! What is done to every fact about a child alike: it is added, corrected with a reason, taken back with a reason, and its versions are shown with who
//! wrote them and why.

use std::future::Future;

use domain::access::{Action, Actor};
use domain::authority::Authority;
use domain::child::Child;
use domain::merge::Merge;
use domain::{Day, Id};
use store::{Event, Instant, Of, Tx, Versioned, View, Written};

use super::super::{Record, known, said};
use super::household::Beside;
use crate::Error;

/// A fact about a child: what it is called, what writing it is, and what it may not contradict.
pub trait CaseFact: Of<Child> {
    /// What people call it.
    const WHAT: &'static str;
    /// What writing it is.
    const WRITE: Action;

    /// Whose.
    fn child(&self) -> Id<Child>;

    /// Where it stands among the others of its kind: its day, and after what else has the same one.
    fn listed_by(&self) -> (Option<Day>, u8);

    /// Whether it agrees with itself and with what the record holds; the error is a sentence for whoever typed it.
    fn check(&self, tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send;

    /// What follows from its having been written, in the same change; `before` is what it said until then.
    fn written(&self, _record: &Record, _tx: &mut Tx, _before: Option<&Self>) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }

    /// Writes what was said beside it, in the same change.
    fn settle(&self, _record: &Record, _tx: &mut Tx, _beside: Beside) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }

    /// What goes before it when it is taken back, because it stands on it.
    fn leaving(&self, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }
}

/// Records a fact about a child.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open; [`Error::Unusable`] for what contradicts itself or the case.
pub async fn add<F: CaseFact>(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, fact: &F) -> Result<(), Error> {
    add_beside(record, actor, authority, child, fact, Beside::Nothing).await
}

/// The same with what is said beside the fact.
///
/// # Errors
/// As for [`add`].
pub async fn add_beside<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    fact: &F,
    beside: Beside,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, F::WRITE, authority, child).await?;
    belongs(&mut tx, child, fact).await?;
    fact.check(&mut tx).await?;
    store::add(&mut tx, fact).await.map_err(taken::<F>)?;
    fact.written(record, &mut tx, None).await?;
    fact.settle(record, &mut tx, beside).await?;
    tx.commit(Event::of("child", child).because(&format!("added: {}", F::WHAT))).await?;
    Ok(())
}

/// Corrects a fact that was read at a version. What it said before stays, and can be asked for.
///
/// # Errors
/// As for [`add`]; [`Error::Unusable`] without a reason; [`Error::Stale`] where somebody else was quicker.
pub async fn correct<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    version: i64,
    corrected: &F,
    reason: &str,
) -> Result<(), Error> {
    correct_beside(record, actor, authority, child, version, (corrected, Beside::Nothing), reason).await
}

/// The same with what is said beside the fact.
///
/// # Errors
/// As for [`correct`].
pub async fn correct_beside<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    version: i64,
    (corrected, beside): (&F, Beside),
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, F::WRITE, authority, child).await?;
    let reason = said(reason)?;
    let read = read_again::<F>(&mut tx, child, corrected.id(), version).await?;
    belongs(&mut tx, child, corrected).await?;
    corrected.check(&mut tx).await?;
    store::correct(&mut tx, &read, corrected).await.map_err(taken::<F>)?;
    corrected.written(record, &mut tx, Some(&read.fact)).await?;
    corrected.settle(record, &mut tx, beside).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// Takes back a fact that never was. All that it said stays in its history.
///
/// # Errors
/// As for [`correct`].
pub async fn withdraw<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    (id, version): (Id<F>, i64),
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, F::WRITE, authority, child).await?;
    let reason = said(reason)?;
    let read = read_again::<F>(&mut tx, child, id, version).await?;
    read.fact.leaving(&mut tx).await?;
    store::withdraw(&mut tx, &read).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// A fact of a case as it stands, for whoever is about to correct it. The reading is in the log.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    id: Id<F>,
) -> Result<Versioned<F>, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, child).await?;
    let read = store::find(&mut tx, id).await?.ok_or_else(|| no_fact::<F>(id))?;
    belongs(&mut tx, child, &read.fact).await?;
    tx.commit(Event::of("child", child)).await?;
    Ok(read)
}

/// Every version of a fact of a case with who wrote it, when and why, the oldest first. Where the fact was taken back, the last one says by whom and why.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn history<F: CaseFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    id: Id<F>,
) -> Result<Vec<Written<F>>, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, child).await?;
    let written = store::written(&mut tx, id).await?;
    match written.last() {
        Some(last) => belongs(&mut tx, child, &last.known.fact).await?,
        None => return Err(no_fact::<F>(id)),
    }
    tx.commit(Event::of("child", child)).await?;
    Ok(written)
}

/// The facts of one kind of a child and of those entries that stand under it, in order.
pub(crate) async fn gather<F: CaseFact>(view: &mut View, children: &[Id<Child>], at: Option<Instant>) -> Result<Vec<Versioned<F>>, Error> {
    let mut all = Vec::new();
    for &child in children {
        all.extend(known::<F, Child>(view, child, at).await?);
    }
    all.sort_by_key(|known: &Versioned<F>| (known.fact.listed_by(), known.fact.id()));
    Ok(all)
}

pub(super) async fn read_again<F: CaseFact>(tx: &mut Tx, child: Id<Child>, id: Id<F>, version: i64) -> Result<Versioned<F>, Error> {
    let read = store::find(tx, id).await?.ok_or_else(|| no_fact::<F>(id))?;
    belongs(tx, child, &read.fact).await?;
    if read.version == version { Ok(read) } else { Err(Error::Stale) }
}

/// A fact belongs to a case if it is the child's, or that of an entry that stands under it.
async fn belongs<F: CaseFact>(tx: &mut Tx, child: Id<Child>, fact: &F) -> Result<(), Error> {
    let under: Vec<Versioned<Merge>> = store::of(tx, child).await?;
    let whose = fact.child();
    let own = whose == child || under.iter().any(|known| known.fact.child == whose);
    if own { Ok(()) } else { Err(no_fact::<F>(fact.id())) }
}

fn no_fact<F: CaseFact>(id: Id<F>) -> Error {
    Error::NotFound { what: F::WHAT, name: id.to_string(), near: Vec::new() }
}

fn taken<F: CaseFact>(fault: store::Error) -> Error {
    match fault {
        store::Error::Taken => Error::Unusable(format!("There is a {} of this day already: correct that one.", F::WHAT)),
        other => other.into(),
    }
}
