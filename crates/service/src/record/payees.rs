//! To which account a provider is paid: proposed by one person of finance, in force once another one confirmed it (dossier C8; I14).
//!
//! Pages and logs show the last four figures. Whoever has to compare an account with a letter opens it, and the opening is in the log.

use std::collections::BTreeMap;

use domain::Id;
use domain::access::{Action, Actor, On, Who};
use domain::authority::Authority;
use domain::payee::{BankAccount, Payee, State};
use domain::person::Person;
use domain::provider::Provider;
use store::person::persons;
use store::{Event, Instant, Tx, Versioned};

use super::{Record, allowed, said, sealing};
use crate::Error;

/// A proposed account without the account: the last four figures, and who did what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPayee {
    /// Which.
    pub id: Id<Payee>,
    /// The version that was read.
    pub version: i64,
    /// How it stands.
    pub state: State,
    /// The last four figures of the account's number.
    pub ending: String,
    /// Why it was proposed.
    pub because: String,
    /// Who proposed it, by name.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Instant,
    /// Who decided on it, by name; nothing while it waits.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Whether whoever reads proposed it.
    pub is_own: bool,
}

/// A provider with the accounts that were ever proposed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payees {
    /// Who is paid.
    pub provider: Provider,
    /// Every account that was proposed, the newest first.
    pub all: Vec<ShownPayee>,
}

impl Payees {
    /// The account that is paid.
    pub fn in_force(&self) -> Option<&ShownPayee> {
        self.all.iter().find(|one| one.state == State::InForce)
    }

    /// The account that waits for a second person.
    pub fn waiting(&self) -> Option<&ShownPayee> {
        self.all.iter().find(|one| one.state == State::Waiting)
    }
}

/// The account that is paid and the one that waits, opened, so that somebody may compare them with what the provider wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedPayees {
    /// The account that is paid.
    pub in_force: Option<BankAccount>,
    /// The account that waits.
    pub waiting: Option<BankAccount>,
}

/// How a provider's account stands, and all that was proposed before.
///
/// # Errors
/// [`Error::Denied`], also by a conflict of interest; [`Error::NotFound`].
pub async fn payees(record: &Record, actor: &Actor, authority: Id<Authority>, provider: Id<Provider>) -> Result<Payees, Error> {
    let mut view = record.db.read(allowed(actor, Action::PayeeRead, On::thing(authority, provider))?).await?;
    let found = store::find(&mut view, provider).await?.ok_or_else(|| no_provider(provider))?;
    let known: Vec<Versioned<Payee>> = store::of(&mut view, provider).await?;
    let names: BTreeMap<Id<Person>, String> =
        persons::all(&mut view).await?.into_iter().map(|(known, _)| (known.person.id, known.person.name)).collect();
    let name = |id: Id<Person>| names.get(&id).cloned().unwrap_or_else(|| "somebody who has no part here any more".to_owned());
    let shown = |known: Versioned<Payee>| ShownPayee {
        id: known.fact.id,
        version: known.version,
        state: known.fact.state,
        ending: known.fact.ending,
        because: known.fact.because,
        proposed_by: name(known.fact.proposed_by),
        proposed_at: Instant::new(known.fact.proposed_at),
        decided_by: known.fact.decided_by.map(name),
        decided_at: known.fact.decided_at.map(Instant::new),
        is_own: actor.who == Who::Person(known.fact.proposed_by),
    };
    Ok(Payees { provider: found.fact, all: known.into_iter().rev().map(shown).collect() })
}

/// Opens the account that is paid and the one that waits. The opening is in the provider's log.
///
/// # Errors
/// As for [`payees`]; [`Error::Unusable`] where they were sealed with another key.
pub async fn open_payees(record: &Record, actor: &Actor, authority: Id<Authority>, provider: Id<Provider>) -> Result<OpenedPayees, Error> {
    let mut tx = begin(record, actor, Action::PayeeOpen, authority, provider).await?;
    let known: Vec<Versioned<Payee>> = store::of(&mut tx, provider).await?;
    let of = |state: State| {
        let found = known.iter().find(|known| known.fact.state == state);
        found.map(|known| opened(record, authority, &known.fact)).transpose()
    };
    let opened = OpenedPayees { in_force: of(State::InForce)?, waiting: of(State::Waiting)? };
    tx.commit(Event::of("provider", provider).because("opened the bank details")).await?;
    Ok(opened)
}

/// Proposes an account. Nothing is paid to it until somebody else confirms it.
///
/// # Errors
/// As for [`payees`]; [`Error::Unusable`] without a reason, and while another one waits.
pub async fn propose_payee(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    provider: Id<Provider>,
    account: &BankAccount,
    because: &str,
) -> Result<Id<Payee>, Error> {
    let mut tx = begin(record, actor, Action::PayeeWrite, authority, provider).await?;
    let because = without(account, said(because)?)?;
    let me = person(actor)?;
    let id = record.id();
    let payee = Payee {
        id,
        provider,
        state: State::Waiting,
        sealed: sealing::seal(record, &bound(authority, provider, id), &account.text())?,
        ending: account.ending().to_owned(),
        because: because.to_owned(),
        proposed_by: me,
        proposed_at: tx.moment().at.timestamp(),
        decided_by: None,
        decided_at: None,
    };
    store::add(&mut tx, &payee).await.map_err(|fault| match fault {
        store::Error::Taken => {
            Error::Unusable("Other bank details wait for a second person already: confirm, refuse or withdraw those first.".to_owned())
        }
        other => other.into(),
    })?;
    tx.commit(Event::of("provider", provider).because(because)).await?;
    Ok(id)
}

/// Confirms an account that somebody else proposed: it is in force from now on, and the one before it no more.
///
/// # Errors
/// As for [`payees`]; [`Error::Unusable`] for one's own proposal; [`Error::Stale`] where it was decided on meanwhile.
pub async fn confirm_payee(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    provider: Id<Provider>,
    which: (Id<Payee>, i64),
) -> Result<(), Error> {
    let mut tx = begin(record, actor, Action::PayeeWrite, authority, provider).await?;
    let me = person(actor)?;
    let read = waiting(&mut tx, provider, which).await?;
    if !read.fact.may_be_decided_by(me) {
        return Err(Error::Unusable("You proposed these bank details yourself: somebody else of finance confirms them.".to_owned()));
    }
    // A proposal that nobody can open any more must not be paid to.
    opened(record, authority, &read.fact)?;
    let known: Vec<Versioned<Payee>> = store::of(&mut tx, provider).await?;
    for before in known.iter().filter(|known| known.fact.state == State::InForce) {
        store::correct(&mut tx, before, &Payee { state: State::Replaced, ..before.fact.clone() }).await?;
    }
    let confirmed = decided(&tx, &read.fact, State::InForce, me);
    store::correct(&mut tx, &read, &confirmed).await?;
    tx.commit(Event::of("provider", provider).because("confirmed the bank details")).await?;
    Ok(())
}

/// Turns a proposed account down: whoever proposed it withdraws it, anybody else of finance refuses it. The account that stands is paid as before.
///
/// # Errors
/// As for [`payees`]; [`Error::Unusable`] without a reason; [`Error::Stale`] where it was decided on meanwhile.
pub async fn turn_down_payee(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    provider: Id<Provider>,
    which: (Id<Payee>, i64),
    reason: &str,
) -> Result<State, Error> {
    let mut tx = begin(record, actor, Action::PayeeWrite, authority, provider).await?;
    let reason = said(reason)?;
    let me = person(actor)?;
    let read = waiting(&mut tx, provider, which).await?;
    // One that cannot be opened any more can be turned down all the same.
    let reason = match opened(record, authority, &read.fact) {
        Ok(account) => without(&account, reason)?,
        Err(_) => reason,
    };
    let state = read.fact.turned_down_by(me);
    let turned_down = decided(&tx, &read.fact, state, me);
    store::correct(&mut tx, &read, &turned_down).await?;
    tx.commit(Event::of("provider", provider).because(reason)).await?;
    Ok(state)
}

/// A change of a provider's account, for whoever may make it and is not bound to the provider.
async fn begin(record: &Record, actor: &Actor, action: Action, authority: Id<Authority>, provider: Id<Provider>) -> Result<Tx, Error> {
    let mut tx = record.db.begin(allowed(actor, action, On::thing(authority, provider))?, record.moment()).await?;
    store::find(&mut tx, provider).await?.ok_or_else(|| no_provider(provider))?;
    Ok(tx)
}

/// A reason, which must not repeat the figures of the account: it stands in the log, which nothing seals from those who read it.
fn without<'r>(account: &BankAccount, reason: &'r str) -> Result<&'r str, Error> {
    let figures: String = reason.chars().filter(char::is_ascii_digit).collect();
    if figures.contains(account.number()) {
        return Err(Error::Unusable("Leave the number of the account out of the reason: the reason is kept in plain words.".to_owned()));
    }
    Ok(reason)
}

/// Two people are two people: no machine is one of them.
fn person(actor: &Actor) -> Result<Id<Person>, Error> {
    match actor.who {
        Who::Person(person) => Ok(person),
        Who::Machine(_) | Who::Nobody => Err(Error::Unusable("Two people who are signed in change bank details.".to_owned())),
    }
}

/// The proposal that was read at a version and still waits.
async fn waiting(tx: &mut Tx, provider: Id<Provider>, (id, version): (Id<Payee>, i64)) -> Result<Versioned<Payee>, Error> {
    let read = store::find(tx, id).await?.filter(|read: &Versioned<Payee>| read.fact.provider == provider);
    let read = read.ok_or_else(|| Error::NotFound { what: "bank details", name: id.to_string(), near: Vec::new() })?;
    if read.version == version && read.fact.state == State::Waiting { Ok(read) } else { Err(Error::Stale) }
}

fn decided(tx: &Tx, payee: &Payee, state: State, by: Id<Person>) -> Payee {
    Payee { state, decided_by: Some(by), decided_at: Some(tx.moment().at.timestamp()), ..payee.clone() }
}

/// What an account is sealed together with.
fn bound(authority: Id<Authority>, provider: Id<Provider>, id: Id<Payee>) -> Vec<u8> {
    [authority.uuid().as_bytes().as_slice(), provider.uuid().as_bytes(), id.uuid().as_bytes(), b"payee"].concat()
}

fn opened(record: &Record, authority: Id<Authority>, payee: &Payee) -> Result<BankAccount, Error> {
    let text = sealing::unseal(record, &bound(authority, payee.provider, payee.id), &payee.sealed);
    // The figures that everybody sees must be those of the account.
    let account = text.and_then(|text| BankAccount::of_text(&text)).filter(|account| account.ending() == payee.ending);
    account.ok_or_else(|| {
        Error::Unusable(
            "These bank details were sealed with another key than this one, or were altered. Nothing was opened or paid: name the key’s file with \
             --seal-key, and compare the record with a backup."
                .to_owned(),
        )
    })
}

fn no_provider(provider: Id<Provider>) -> Error {
    Error::NotFound { what: "provider", name: provider.to_string(), near: Vec::new() }
}
