//! Who is at the other end of a request.

use domain::Id;
use domain::access::{Action, Actor, On, Role, Who};
use domain::person::Person;
use jiff::SignedDuration;
use store::person::sessions::{self, Session};
use store::person::{exceptions, persons};
use store::{Event, Instant, View, notice};

use super::{Token, program};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// A session that nobody used for so long is over: somebody walked away from their desk.
const LEFT: SignedDuration = SignedDuration::from_mins(30);

/// That a session is in use is written down no more often than this.
const NOTED: SignedDuration = SignedDuration::from_secs(60);

/// How far somebody has come in showing who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As far as it goes.
    Whole,
    /// Their password was right; the code of their second factor is still asked of them.
    Begun,
}

/// Somebody who is signed in, with what they bring.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Their session: who, at which authority, since when.
    pub session: Session,
    /// What decides on what they may do.
    pub actor: Actor,
    /// How far they have come.
    pub standing: Standing,
    /// How much they were told and have not read.
    pub unread: i64,
    /// The authorities at which they have a part, by name, where there are several records to choose from; otherwise none.
    pub parts: Vec<Authority>,
}

/// Whoever holds this token, if their session goes on.
///
/// # Errors
/// Those of the database.
pub async fn signed(record: &Record, site: &Authority, token: Token) -> Result<Option<Signed>, Error> {
    let now = record.now();
    let left_before = Instant::new(now.timestamp() - LEFT);
    let mut view = record.db.read(program("find a session", site.id)?).await?;
    let Some(session) = sessions::find(&mut view, token.bytes(), now, left_before).await? else { return Ok(None) };
    let several = persons::authorities(&mut view).await?.len() > 1;
    // A session opens one authority: that of the site, or another one that its person chose, which takes a part at both.
    if session.authority.id != site.id {
        if persons::grants(&mut view, session.person.id).await?.is_empty() {
            return Ok(None);
        }
        drop(view);
        view = record.db.read(program("find a session", session.authority.id)?).await?;
    }
    let actor = actor(record, &mut view, session.person.id).await?;
    let unread = notice::unread(&mut view, session.person.id).await?;
    drop(view);
    let parts = if several { super::choice::parts(record, &actor, session.authority.id).await? } else { Vec::new() };
    if now.timestamp().duration_since(session.seen_at.timestamp()) >= NOTED {
        sessions::seen(&record.db, program("find a session", session.authority.id)?, record.moment(), session.id).await?;
    }
    let standing = if session.has_factor && session.factor_at.is_none() { Standing::Begun } else { Standing::Whole };
    Ok(Some(Signed { session, actor, standing, unread, parts }))
}

/// Somebody with what decides on what they may do: roles, cases by allocation and by breaking the glass, the provider that they work
/// for, conflicts of interest.
pub(crate) async fn actor(record: &Record, view: &mut View, person: Id<Person>) -> Result<Actor, Error> {
    let today = record.today();
    let grants = persons::grants(view, person).await?;
    let mut cases = store::child::allocated(view, person, today).await?;
    cases.extend(exceptions::held_open(view, person, record.now()).await?);
    let conflicts = exceptions::kept_out(view, person, today).await?.into_iter().collect();
    let of_provider = grants.iter().any(|grant| grant.role == Role::ProviderUser);
    let works_for = if of_provider { store::provider_user::of_person(view, person).await? } else { None };
    let provider = works_for.map(|known| known.fact.provider);
    Ok(Actor { who: Who::Person(person), grants, cases: cases.into_iter().collect(), purpose: None, provider, conflicts, token: None })
}

/// Ends the session that somebody is in.
///
/// # Errors
/// Those of the database.
pub async fn sign_out(record: &Record, signed: &Signed) -> Result<(), Error> {
    let authority = signed.session.authority.id;
    let permit = allowed(&signed.actor, Action::SessionEnd, On::authority(authority))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    sessions::close(&mut tx, signed.session.person.id, signed.session.id).await?;
    tx.commit(Event::of("person", signed.session.person.id).because("signed out")).await?;
    Ok(())
}

/// Everywhere that one is signed in oneself, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn own_sessions(record: &Record, signed: &Signed) -> Result<Vec<Session>, Error> {
    let now = record.now();
    let permit = allowed(&signed.actor, Action::AccountUse, On::authority(signed.session.authority.id))?;
    let mut view = record.db.read(permit).await?;
    Ok(sessions::of(&mut view, signed.session.person.id, now, Instant::new(now.timestamp() - LEFT)).await?)
}

/// Ends every session of one's own, this one too.
///
/// # Errors
/// Those of the database.
pub async fn sign_out_everywhere(record: &Record, signed: &Signed) -> Result<(), Error> {
    let person = signed.session.person.id;
    let permit = allowed(&signed.actor, Action::SessionEnd, On::authority(signed.session.authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    sessions::close_all(&mut tx, person).await?;
    tx.commit(Event::of("person", person).because("signed out everywhere")).await?;
    Ok(())
}

/// Puts into the sealed log that somebody was refused something.
///
/// # Errors
/// Those of the database.
pub async fn refused(record: &Record, signed: &Signed, action: Action) -> Result<(), Error> {
    let permit = allowed(&signed.actor, Action::AccessDenied, On::authority(signed.session.authority.id))?;
    let tx = record.db.begin(permit, record.moment()).await?;
    tx.commit(Event::of("action", action)).await?;
    Ok(())
}
