//! Links by which people choose a password: the first by invitation, another one when it was forgotten.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::person::Person;
use jiff::SignedDuration;
use store::person::links::{self, Kind, Link};
use store::person::{factors, passwords as kept, persons, sessions};
use store::{Event, Instant, Tx};

use super::{NewUser, Token, passwords, program, sign_in, users};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// How long an invitation can be taken up.
const INVITED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long another password can be chosen.
const RECOVERED: SignedDuration = SignedDuration::from_hours(1);

/// Invites somebody: adds them, and makes the link by which they choose their password.
///
/// # Errors
/// Those of [`super::add`].
pub async fn invite(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>) -> Result<(Person, Token), Error> {
    let person = super::add(record, actor, authority, new).await?;
    let token = make(record, actor, authority, &person, Kind::Invitation).await?;
    Ok((person, token))
}

/// Makes a link for somebody who forgot their password, or whose invitation ended before they took it up.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Denied`] for roles that may not; [`Error::Unusable`] for somebody who was stopped.
pub async fn link_for(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<Token, Error> {
    let user = users::user(record, actor, authority, person).await?;
    if user.known.stopped_at.is_some() {
        return Err(Error::Unusable(format!("{} was stopped. Let them sign in again first.", user.known.person.name)));
    }
    let kind = if user.has_password { Kind::Recovery } else { Kind::Invitation };
    make(record, actor, authority, &user.known.person, kind).await
}

async fn make(record: &Record, actor: &Actor, authority: &Authority, person: &Person, kind: Kind) -> Result<Token, Error> {
    let moment = record.moment();
    let lasts = if kind == Kind::Invitation { INVITED } else { RECOVERED };
    let link = Link { kind, person: person.clone(), authority: authority.id, ends_at: Instant::new(moment.at.timestamp() + lasts) };
    let token = Token::new(record);
    let mut tx = record.db.begin(allowed(actor, Action::UserAdd, On::authority(authority.id))?, moment).await?;
    links::make(&mut tx, token.bytes(), &link).await?;
    tx.commit(Event::of("person", person.id).because(&format!("made a link: {kind}"))).await?;
    Ok(token)
}

/// The link that somebody followed; nothing if it was used or ended.
///
/// # Errors
/// Those of the database.
pub async fn link(record: &Record, site: &Authority, token: Token) -> Result<Option<Link>, Error> {
    let mut view = record.db.read(program("follow a link", site.id)?).await?;
    Ok(links::find(&mut view, token.bytes(), record.now()).await?.filter(|link| link.authority == site.id))
}

/// Chooses a password by a link, which works no more afterwards; every session of the person ends, and one begins.
///
/// # Errors
/// [`Error::Unusable`] for a password that is too weak; [`Error::NotFound`] for a link that was used or ended.
pub async fn choose_password(record: &Record, site: &Authority, token: Token, password: &str) -> Result<Token, Error> {
    let gone = || Error::Unusable("This link was used already or has ended. Ask an administrator for another one.".to_owned());
    let link = link(record, site, token).await?.ok_or_else(gone)?;
    passwords::fit(password, &link.person.email)?;
    let hash = passwords::hash(record, password).await?;
    let mut tx: Tx = record.db.begin(program("follow a link", site.id)?, record.moment()).await?;
    if !links::take(&mut tx, token.bytes()).await? {
        return Err(gone());
    }
    kept::set(&mut tx, link.person.id, &hash).await?;
    sessions::close_all(&mut tx, link.person.id).await?;
    let known = persons::find(&mut tx, link.person.id).await?.ok_or_else(gone)?;
    let has_factor = factors::of(&mut tx, link.person.id).await?.is_some_and(|factor| factor.confirmed_at.is_some());
    tx.commit(Event::of("person", link.person.id).because(&format!("chose a password by {}", link.kind))).await?;
    sign_in::open(record, site, &known, has_factor).await
}
