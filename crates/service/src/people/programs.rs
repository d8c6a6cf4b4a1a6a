//! Tokens by which programs act for people: made once, shown once, for some of a person's own roles and for a time.

use std::collections::BTreeSet;

use domain::Id;
use domain::access::{Action, Actor, Denied, On, Permit, Role, Who};
use domain::person::Person;
use jiff::SignedDuration;
use store::person::persons;
use store::person::sessions::Session;
use store::person::tokens::{self, ProgramToken};
use store::{Event, Instant};

use super::sessions::{Signed, Standing, actor};
use super::throttle::Brake;
use super::{Token, program};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// A token lasts no longer than this, in days: whoever still needs one makes another.
pub const LONGEST_TOKEN: u32 = 366;

/// Letters of a token's name.
const LONGEST_NAME: usize = 60;

/// That a token is in use is written down no more often than this.
const NOTED: SignedDuration = SignedDuration::from_secs(60);

/// A token, as it is asked for.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// What it is called; the log says it with all that the program does.
    pub name: &'a str,
    /// As what the program acts, of the person's own roles.
    pub roles: BTreeSet<Role>,
    /// For how many days.
    pub days: u32,
}

/// What became of a token that a program brought.
#[derive(Clone, Debug)]
pub enum Brought {
    /// It acts for somebody.
    Open(Box<Signed>),
    /// It is wrong, or has ended, or opens nothing here.
    Wrong,
    /// There were too many wrong ones from there: try again after so many seconds.
    Wait(i64),
}

/// Leave to make or end tokens of somebody: one's own, or, for whoever may change how people sign in, another's. A program makes no tokens.
fn leave(actor: &Actor, authority: &Authority, person: Id<Person>, own: Action) -> Result<Permit, Error> {
    let action = if actor.who == Who::Person(person) { own } else { Action::UserChange };
    if actor.token.is_some() {
        return Err(Error::Denied(Denied { action }));
    }
    allowed(actor, action, On::authority(authority.id))
}

fn nobody(person: Id<Person>) -> Error {
    Error::NotFound { what: "person", name: person.to_string(), near: Vec::new() }
}

/// Makes a token by which a program acts for somebody. Its secret is returned once, and kept nowhere.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`] for nobody of this authority; [`Error::Unusable`] without a name, with one that another token of theirs has,
/// with a role that they have not, or for too long.
pub async fn make_token(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    person: Id<Person>,
    new: &NewToken<'_>,
) -> Result<Token, Error> {
    let permit = leave(actor, authority, person, Action::TokenMake)?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Error::Unusable(format!("Enter a name for the token, of {LONGEST_NAME} letters at most")));
    }
    if !(1..=LONGEST_TOKEN).contains(&new.days) {
        return Err(Error::Unusable(format!("Enter 1 to {LONGEST_TOKEN} days")));
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let now = tx.moment().at;
    let known = persons::find(&mut tx, person).await?.filter(|known| known.stopped_at.is_none()).ok_or_else(|| nobody(person))?;
    if actor.who != Who::Person(person) && super::users::is_shared(&mut tx, actor, person).await? {
        return Err(Error::Unusable("They have a part at another authority too: they make their tokens themselves".to_owned()));
    }
    let held: BTreeSet<Role> = persons::grants(&mut tx, person).await?.into_iter().map(|grant| grant.role).collect();
    if new.roles.is_empty() || !new.roles.is_subset(&held) {
        return Err(Error::Unusable("Choose at least one role, of those that the person has".to_owned()));
    }
    if tokens::of(&mut tx, person, now).await?.iter().any(|other| other.name == name) {
        return Err(Error::Unusable("There is a token of this name: choose another name, or end that one first".to_owned()));
    }
    let secret = Token::new(record);
    let token = ProgramToken {
        id: record.id(),
        person: known.person,
        authority: authority.clone(),
        name: name.to_owned(),
        roles: new.roles.clone(),
        made_at: now,
        ends_at: Instant::new(now.timestamp() + SignedDuration::from_hours(24 * i64::from(new.days))),
        seen_at: None,
    };
    tokens::forget_ended(&mut tx, now).await?;
    tokens::add(&mut tx, secret.bytes(), &token).await?;
    tx.commit(Event::of("person", person).because(&format!("made the token {name}"))).await?;
    Ok(secret)
}

/// The tokens of somebody that go on, the newest first.
///
/// # Errors
/// [`Error::Denied`].
pub async fn program_tokens(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<Vec<ProgramToken>, Error> {
    let action = if actor.who == Who::Person(person) { Action::AccountUse } else { Action::UserRead };
    let mut view = record.db.read(allowed(actor, action, On::authority(authority.id))?).await?;
    Ok(tokens::of(&mut view, person, record.now()).await?)
}

/// Ends a token: the next use of it is refused.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`] where there is no such token of theirs.
pub async fn end_token(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    person: Id<Person>,
    token: Id<ProgramToken>,
) -> Result<(), Error> {
    let permit = leave(actor, authority, person, Action::TokenEnd)?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let known = tokens::of(&mut tx, person, record.now()).await?.into_iter().find(|known| known.id == token);
    let known = known.ok_or_else(|| Error::NotFound { what: "token", name: token.to_string(), near: Vec::new() })?;
    tokens::end(&mut tx, person, token).await?;
    tx.commit(Event::of("person", person).because(&format!("ended the token {}", known.name))).await?;
    Ok(())
}

/// Whoever a program acts for with this token, at this site. Wrong ones are in the sealed log and slow down whoever brings more of them; a right one is
/// found whatever else comes from the same place, because nobody can guess one.
///
/// # Errors
/// Those of the database.
pub async fn by_token(record: &Record, site: &Authority, brought: Option<Token>, from: &str) -> Result<Brought, Error> {
    if let Some(signed) = opened(record, site, brought).await? {
        return Ok(Brought::Open(Box::new(signed)));
    }
    if let Err(wait) = Brake::new("a token of a program", from).press(record, site).await? {
        return Ok(Brought::Wait(wait));
    }
    let permit = allowed(&Actor::nobody(), Action::SessionOpen, On::authority(site.id))?;
    let tx = record.db.begin(permit, record.moment()).await?;
    tx.commit(Event::of("person", "unknown").because("refused: wrong token of a program")).await?;
    Ok(Brought::Wrong)
}

async fn opened(record: &Record, site: &Authority, brought: Option<Token>) -> Result<Option<Signed>, Error> {
    let Some(brought) = brought else { return Ok(None) };
    let now = record.now();
    let mut view = record.db.read(program("find a token", site.id)?).await?;
    let Some(token) = tokens::find(&mut view, brought.bytes(), now).await? else { return Ok(None) };
    if token.authority.id != site.id {
        return Ok(None);
    }
    let mut actor = actor(record, &mut view, token.person.id).await?;
    drop(view);
    // A role that was taken from the person since is taken from the token with it.
    actor.grants.retain(|grant| token.roles.contains(&grant.role));
    if actor.grants.is_empty() {
        return Ok(None);
    }
    actor.token = Some(token.name.clone());
    if token.seen_at.is_none_or(|seen| now.timestamp().duration_since(seen.timestamp()) >= NOTED) {
        tokens::seen(&record.db, program("find a token", site.id)?, record.moment(), token.id).await?;
    }
    let session = Session {
        id: Id::from_uuid(token.id.uuid()),
        person: token.person,
        authority: token.authority,
        opened_at: token.made_at,
        seen_at: now,
        ends_at: token.ends_at,
        factor_at: None,
        has_factor: false,
    };
    Ok(Some(Signed { session, actor, standing: Standing::Whole, unread: 0, parts: Vec::new() }))
}
