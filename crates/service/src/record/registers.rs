//! What is done to every register alike: a fact is added, corrected with a reason, taken back with a reason, and its versions are shown.

use std::future::{Future, ready};

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::capacity::CapacityEvent;
use domain::document::Document;
use domain::foster_home::{Exemption, FosterHome};
use domain::judgement::Judgement;
use domain::provider::{self, Owner, Ownership, Provider};
use domain::setting::{Restriction, Setting, Terms};
use store::{Concern, Event, Tx, Versioned};

use super::interests::free_of_interest;
use super::{Record, allowed, judged, said};
use crate::Error;

/// Whether a fact bears on the law for children who live in homes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// It does not.
    OnNobody,
    /// It may.
    OnWhoLivesThere,
}

/// A fact of a register: what it is called, who may read and write it, under what the log keeps it, and what it may not contradict.
pub trait Entry: store::Fact {
    /// What people call it.
    const WHAT: &'static str;
    /// What reading it is.
    const READ: Action;
    /// What writing it is.
    const WRITE: Action;

    /// Which thing's history it belongs to: kind and identity.
    fn subject(&self) -> (&'static str, String);

    /// What else it is about, by kind and identity: it stands in their histories too, and whoever is in conflict with one of them may not write it.
    fn concerns(&self, _tx: &mut Tx) -> impl Future<Output = Result<Vec<Concern>, Error>> + Send {
        ready(Ok(Vec::new()))
    }

    /// Whether a change of it may break a limit of the law for a child who lives in a home: then everybody who lives in one is looked at in the same change.
    const BEARS: Bearing = Bearing::OnNobody;

    /// Whether it agrees with what the register holds; the error is a sentence for whoever typed it.
    fn check(&self, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
        ready(Ok(()))
    }

    /// What follows from its having been written, in the same change.
    fn written(&self, _record: &Record, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
        ready(Ok(()))
    }
}

/// Refuses with a sentence unless something holds.
pub(super) fn must(holds: bool, otherwise: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Unusable(otherwise.to_owned())) }
}

/// Declares entries that belong to a provider or a setting and contradict nothing by themselves.
macro_rules! entry {
    ($type:ty, $what:literal, $read:ident, $write:ident, $kind:literal of $($field:ident).+ $(bears $bears:ident)? $(, $one:ident => $check:expr)?) => {
        impl Entry for $type {
            $(const BEARS: Bearing = Bearing::$bears;)?
            const WHAT: &'static str = $what;
            const READ: Action = Action::$read;
            const WRITE: Action = Action::$write;

            fn subject(&self) -> (&'static str, String) {
                ($kind, self.$($field).+.to_string())
            }

            $(fn check(&self, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
                let $one = self;
                ready($check)
            })?
        }
    };
}

entry!(Provider, "provider", ProviderRead, ProviderWrite, "provider" of id, one => {
    must(!one.name.trim().is_empty(), "Write the provider's name.").and_then(|()| must(
        one.company.is_blank() || provider::is_company_number(one.company),
        "A company number has eight characters: eight figures, or two letters and six figures. Leave it empty where there is none.",
    ))
});
entry!(Owner, "owner", ProviderRead, ProviderWrite, "owner" of id, one => {
    must(!one.name.trim().is_empty(), "Write the owner's name.").and_then(|()| must(
        one.company.is_blank() || provider::is_company_number(one.company),
        "A company number has eight characters: eight figures, or two letters and six figures. Leave it empty where there is none.",
    ))
});
entry!(Document, "document", ProviderRead, ProviderWrite, "provider" of provider, one => {
    must(one.to.is_none_or(|to| one.from < to), "A document runs out after the day from which it holds.")
});
entry!(Setting, "home", HomeRead, HomeWrite, "setting" of id bears OnWhoLivesThere, one => {
    must(!one.name.trim().is_empty(), "Write the home's name.")
        .and_then(|()| must(one.has_sound_number(), "Ofsted's number has five to eight figures. Leave it empty where there is none."))
        .and_then(|()| must(one.closed.is_none_or(|closed| one.opened.is_none_or(|opened| opened < closed)), "A home closes after it opened."))
        .and_then(|()| must(one.before != Some(one.id), "A home cannot take its own place."))
});
entry!(Terms, "terms of registration", HomeRead, HomeWrite, "setting" of setting bears OnWhoLivesThere, one => {
    let ages = one.youngest.is_none_or(|youngest| one.oldest.is_none_or(|oldest| youngest <= oldest));
    must(ages, "The youngest age is above the oldest: exchange the two.")
});
entry!(Restriction, "restriction", HomeRead, HomeWrite, "setting" of setting bears OnWhoLivesThere, one => {
    must(one.to.is_none_or(|to| one.from < to), "A restriction is lifted after the day on which it begins.")
});
entry!(CapacityEvent, "beds that cannot be used", HomeRead, HomeWrite, "setting" of setting, one => {
    must(one.to.is_none_or(|to| one.from < to), "The beds can be used again after the first night, or on no day yet.")
        .and_then(|()| must(one.beds > 0, "Write how many beds cannot be used: one at least."))
});
entry!(FosterHome, "foster home", HomeRead, HomeWrite, "foster-home" of id bears OnWhoLivesThere, one => {
    must(!one.reference.trim().is_empty(), "Write what the service calls the foster home.")
        .and_then(|()| must(one.youngest <= one.oldest, "The youngest age is above the oldest: exchange the two."))
        .and_then(|()| must(!one.stage.is_approved() || one.approved.is_some(), "An approved home has a day of approval."))
});
entry!(Exemption, "exemption", HomeRead, HomeWrite, "foster-home" of home bears OnWhoLivesThere, one => {
    must(!one.reason.trim().is_empty(), "Say why the exemption was given.")
        .and_then(|()| must(one.to.is_none_or(|to| one.from < to), "An exemption ends after the day on which it begins."))
});

impl Entry for Judgement {
    const WHAT: &'static str = "judgement";
    const READ: Action = Action::HomeRead;
    const WRITE: Action = Action::HomeWrite;

    fn subject(&self) -> (&'static str, String) {
        self.setting.map_or_else(|| ("provider", self.provider.to_string()), |setting| ("setting", setting.to_string()))
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        let Some(id) = self.setting else {
            return must(
                self.overall.is_outcome(),
                "Only outcomes of supported accommodation are of a provider as a whole: choose the home.",
            );
        };
        let Some(setting) = store::find(tx, id).await? else { return Ok(()) };
        let fits = !self.overall.is_outcome() || setting.fact.kind.is_supported();
        must(fits, "Outcomes 1 to 3 are of supported accommodation. This home is graded from Outstanding to Inadequate.")
    }

    async fn written(&self, record: &Record, tx: &mut Tx) -> Result<(), Error> {
        judged::news(record, tx, self).await
    }
}

impl Entry for Ownership {
    const WHAT: &'static str = "ownership";
    const READ: Action = Action::ProviderRead;
    const WRITE: Action = Action::ProviderWrite;

    fn subject(&self) -> (&'static str, String) {
        ("provider", self.provider.to_string())
    }

    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        let others: Vec<Versioned<Self>> = store::of(tx, self.provider).await?;
        let others: Vec<Self> = others.into_iter().map(|known| known.fact).collect();
        provider::check(self, &others).map_err(|fault| Error::Unusable(format!("The ownership was not recorded: {fault}.")))
    }
}

/// Adds a fact to a register.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] for what contradicts itself or the register.
pub async fn add<F: Entry>(record: &Record, actor: &Actor, authority: Id<Authority>, fact: &F) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, F::WRITE, On::authority(authority))?, record.moment()).await?;
    no_interest::<F>(&mut tx, actor, fact).await?;
    fact.check(&mut tx).await?;
    store::add(&mut tx, fact).await.map_err(taken::<F>)?;
    fact.written(record, &mut tx).await?;
    looked::<F>(record, &mut tx).await?;
    commit(tx, &[fact], "").await
}

/// Adds facts of one kind: all of them or none, in one change, which stands in the history of what the first belongs to.
///
/// # Errors
/// As for [`add`].
pub async fn add_all<F: Entry>(record: &Record, actor: &Actor, authority: Id<Authority>, facts: &[F]) -> Result<(), Error> {
    if facts.is_empty() {
        return Ok(());
    }
    let mut tx = record.db.begin(allowed(actor, F::WRITE, On::authority(authority))?, record.moment()).await?;
    for fact in facts {
        no_interest::<F>(&mut tx, actor, fact).await?;
        fact.check(&mut tx).await?;
        store::add(&mut tx, fact).await.map_err(taken::<F>)?;
        fact.written(record, &mut tx).await?;
    }
    looked::<F>(record, &mut tx).await?;
    commit(tx, &facts.iter().collect::<Vec<_>>(), "").await
}

/// Adds a home with what its registration allows: both or neither.
///
/// # Errors
/// As for [`add`].
pub async fn add_home(record: &Record, actor: &Actor, authority: Id<Authority>, setting: &Setting, terms: &Terms) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, Setting::WRITE, On::authority(authority))?, record.moment()).await?;
    free_of_interest(&mut tx, actor, Setting::WRITE, ("provider", &setting.provider.to_string())).await?;
    setting.check(&mut tx).await?;
    terms.check(&mut tx).await?;
    store::add(&mut tx, setting).await.map_err(taken::<Setting>)?;
    store::add(&mut tx, terms).await.map_err(taken::<Terms>)?;
    looked::<Setting>(record, &mut tx).await?;
    commit(tx, &[setting], "").await
}

/// Corrects a fact that was read at a version. What it said before stays, and can be asked for.
///
/// # Errors
/// [`Error::Unusable`] without a reason or against the register, [`Error::Stale`] where somebody else was quicker, [`Error::NotFound`].
pub async fn correct_entry<F: Entry>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    version: i64,
    corrected: &F,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, F::WRITE, On::authority(authority))?, record.moment()).await?;
    let (read, reason) = read_again::<F>(&mut tx, corrected.id(), version, reason).await?;
    no_interest::<F>(&mut tx, actor, &read.fact).await?;
    no_interest::<F>(&mut tx, actor, corrected).await?;
    corrected.check(&mut tx).await?;
    store::correct(&mut tx, &read, corrected).await.map_err(taken::<F>)?;
    corrected.written(record, &mut tx).await?;
    looked::<F>(record, &mut tx).await?;
    commit(tx, &[corrected, &read.fact], &reason).await
}

/// Takes back a fact that never was. All that it said stays in its history.
///
/// # Errors
/// As for [`correct_entry`]; [`Error::Unusable`] where other facts stand on it.
pub async fn withdraw<F: Entry>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<F>,
    version: i64,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, F::WRITE, On::authority(authority))?, record.moment()).await?;
    let (read, reason) = read_again::<F>(&mut tx, id, version, reason).await?;
    no_interest::<F>(&mut tx, actor, &read.fact).await?;
    store::withdraw(&mut tx, &read).await.map_err(|fault| match fault {
        store::Error::Engine(_) => {
            let what = F::WHAT;
            Error::Unusable(format!("The {what} was not taken back: other facts stand on it. Take those back first."))
        }
        other => other.into(),
    })?;
    looked::<F>(record, &mut tx).await?;
    commit(tx, &[&read.fact], &reason).await
}

/// What has become a breach by a change is flagged in that change, so that no correction goes unseen (I0).
async fn looked<F: Entry>(record: &Record, tx: &mut Tx) -> Result<(), Error> {
    if F::BEARS == Bearing::OnWhoLivesThere {
        super::alerts::look(record, tx).await?;
    }
    Ok(())
}

/// Every version of a fact, the oldest first.
///
/// # Errors
/// [`Error::Denied`].
pub async fn history<F: Entry>(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<F>) -> Result<Vec<Versioned<F>>, Error> {
    let mut view = record.db.read(allowed(actor, F::READ, On::authority(authority))?).await?;
    Ok(store::versions(&mut view, id).await?)
}

/// Refuses whoever is in conflict with what the fact belongs to.
async fn no_interest<F: Entry>(tx: &mut Tx, actor: &Actor, fact: &F) -> Result<(), Error> {
    if actor.conflicts.is_empty() {
        return Ok(());
    }
    for (kind, id) in [vec![fact.subject()], fact.concerns(tx).await?].concat() {
        free_of_interest(tx, actor, F::WRITE, (kind, &id)).await?;
    }
    Ok(())
}

/// The same for many.
pub(super) async fn no_interests<F: Entry>(tx: &mut Tx, actor: &Actor, facts: &[F]) -> Result<(), Error> {
    for fact in facts {
        no_interest::<F>(tx, actor, fact).await?;
    }
    Ok(())
}

async fn read_again<F: Entry>(tx: &mut Tx, id: Id<F>, version: i64, reason: &str) -> Result<(Versioned<F>, String), Error> {
    let reason = said(reason)?;
    let not_found = || Error::NotFound { what: F::WHAT, name: id.to_string(), near: Vec::new() };
    let read = store::find(tx, id).await?.ok_or_else(not_found)?;
    if read.version == version { Ok((read, reason.to_owned())) } else { Err(Error::Stale) }
}

fn taken<F: Entry>(fault: store::Error) -> Error {
    match fault {
        store::Error::Taken => Error::Unusable(format!("There is a {} with this name, number or day already: correct that one.", F::WHAT)),
        other => other.into(),
    }
}

/// Keeps a change of these, which stands in the history of what the first belongs to, and of all that any of them is about.
async fn commit<F: Entry>(mut tx: Tx, facts: &[&F], reason: &str) -> Result<(), Error> {
    let Some(first) = facts.first() else { return Ok(()) };
    let (kind, id) = first.subject();
    let concerns = concerns_of(&mut tx, facts).await?;
    tx.commit(Event::of(kind, id).because(reason).concerning(concerns)).await?;
    Ok(())
}

/// What these are about beside what they belong to.
pub(super) async fn concerns_of<F: Entry>(tx: &mut Tx, facts: &[&F]) -> Result<Vec<Concern>, Error> {
    let mut concerns = Vec::new();
    for fact in facts {
        concerns.extend(fact.concerns(tx).await?);
    }
    Ok(concerns)
}
