//! Links by which people choose a password: the first by invitation, another one when it was forgotten.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::person::{self, Person};
use jiff::SignedDuration;
use store::person::links::{self, Kind, Link};
use store::person::{factors, passwords as kept, persons, sessions};
use store::{Event, Instant, Tx};

use super::throttle::Brake;
use super::users::Way;
use super::{NewUser, Token, passwords, program, sign_in, users};
use crate::Error;
use crate::notify::{self, News};
use crate::record::{Authority, Record, allowed};

/// How long an invitation can be taken up.
const INVITED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long another password can be chosen.
const RECOVERED: SignedDuration = SignedDuration::from_hours(1);

/// Nobody is mailed a link that they asked for more often than this.
const SELDOM: SignedDuration = SignedDuration::from_mins(5);

/// How a link reaches whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Handing {
    /// It is shown to whoever made it, to be handed on.
    Shown,
    /// It is mailed.
    Mailed,
}

/// Invites somebody: adds them, and makes the link by which they choose their password, to be handed on. Somebody who was known and had no part here
/// chooses one anew: by what they signed in with before, nobody gets in here.
///
/// # Errors
/// Those of [`super::add`].
pub async fn invite(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>) -> Result<(Person, Token), Error> {
    let person = users::join(record, actor, authority, new, Way::Anew).await?;
    let token = make(record, actor, Action::UserAdd, authority, &person, (Kind::Invitation, Handing::Shown)).await?;
    Ok((person, token))
}

/// The invitation of somebody who works for a provider and was added, to be handed on.
pub(super) async fn invitation_for(record: &Record, actor: &Actor, authority: &Authority, person: &Person) -> Result<Token, Error> {
    make(record, actor, Action::ProviderInvite, authority, person, (Kind::Invitation, Handing::Shown)).await
}

/// The same by mail.
pub(super) async fn mail_invitation_to(record: &Record, actor: &Actor, authority: &Authority, person: &Person) -> Result<(), Error> {
    make(record, actor, Action::ProviderInvite, authority, person, (Kind::Invitation, Handing::Mailed)).await?;
    Ok(())
}

/// Invites somebody by mail: nobody but they see the link.
///
/// # Errors
/// Those of [`super::add`].
pub async fn invite_by_mail(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>) -> Result<Person, Error> {
    let person = users::join(record, actor, authority, new, Way::Anew).await?;
    make(record, actor, Action::UserAdd, authority, &person, (Kind::Invitation, Handing::Mailed)).await?;
    Ok(person)
}

/// Makes a link for somebody who forgot their password, or whose invitation ended before they took it up, to be handed on.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Denied`] for roles that may not; [`Error::Unusable`] for somebody who was stopped, or who has
/// a part at another authority too.
pub async fn link_for(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<Token, Error> {
    let (person, kind) = linkable(record, actor, authority, person).await?;
    make(record, actor, Action::UserAdd, authority, &person, (kind, Handing::Shown)).await
}

/// The same by mail: nobody but they see the link.
///
/// # Errors
/// Those of [`link_for`].
pub async fn mail_link_to(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<Person, Error> {
    let (person, kind) = linkable(record, actor, authority, person).await?;
    make(record, actor, Action::UserAdd, authority, &person, (kind, Handing::Mailed)).await?;
    Ok(person)
}

async fn linkable(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(Person, Kind), Error> {
    let user = users::user(record, actor, authority, person).await?;
    if user.known.stopped_at.is_some() {
        return Err(Error::Unusable(format!("{} was stopped. Let them sign in again first.", user.known.person.name)));
    }
    let permit = allowed(actor, Action::UserAdd, On::authority(authority.id))?;
    if users::is_shared(&mut record.db.read(permit).await?, actor, person).await? {
        return Err(users::shared());
    }
    Ok((user.known.person, if user.has_password { Kind::Recovery } else { Kind::Invitation }))
}

async fn make(
    record: &Record,
    actor: &Actor,
    action: Action,
    authority: &Authority,
    person: &Person,
    (kind, handing): (Kind, Handing),
) -> Result<Token, Error> {
    let permit = allowed(actor, action, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let token = made(record, &mut tx, authority, person, kind).await?;
    if handing == Handing::Mailed {
        let event = tx.moment().change.to_string();
        notify::mail(record, &mut tx, person.id, &news(kind, &event), Some(token)).await?;
    }
    tx.commit(Event::of("person", person.id).because(&format!("made a link: {kind}"))).await?;
    Ok(token)
}

/// Makes a link in a change that does more than that.
pub(super) async fn made(record: &Record, tx: &mut Tx, authority: &Authority, person: &Person, kind: Kind) -> Result<Token, Error> {
    let token = Token::new(record);
    let link = new_link(tx, authority, person, kind);
    links::make(tx, token.bytes(), &link).await?;
    Ok(token)
}

fn new_link(tx: &Tx, authority: &Authority, person: &Person, kind: Kind) -> Link {
    let lasts = if kind == Kind::Invitation { INVITED } else { RECOVERED };
    Link { kind, person: person.clone(), authority: authority.id, ends_at: Instant::new(tx.moment().at.timestamp() + lasts) }
}

/// What the mail with a link says.
const fn news(kind: Kind, event: &str) -> News<'_> {
    let (kind, words) = match kind {
        Kind::Invitation => (
            notify::Kind::Invitation,
            "You are invited to work with Placewell. Choose a password at this address, once and within seven days:",
        ),
        Kind::Recovery => (
            notify::Kind::Recovery,
            "Somebody asked to choose another password for you. Choose it at this address, once and within an hour:",
        ),
    };
    News { kind, event, words, path: "/link/" }
}

/// Somebody who forgot their password asks for a link. The answer is the same whether or not anybody has this address, and takes about as long: nobody
/// learns who works here. A person is mailed no more than once in five minutes, however often it is asked for; `Some` are the seconds to wait.
///
/// # Errors
/// Those of the database.
pub async fn forgot(record: &Record, site: &Authority, email: &str, from: &str) -> Result<Option<i64>, Error> {
    let email = person::email(email).unwrap_or_default();
    if let Err(wait) = Brake::new(&format!("link for {email}"), from).press(record, site).await? {
        return Ok(Some(wait));
    }
    let mut tx = record.db.begin(program("make a link", site.id)?, record.moment()).await?;
    let known = persons::by_email(&mut tx, &email).await?.filter(|known| known.stopped_at.is_none());
    let event = match known {
        Some(known) if !persons::grants(&mut tx, known.person.id).await?.is_empty() => {
            let has_password = kept::of(&mut tx, known.person.id).await?.is_some();
            let kind = if has_password { Kind::Recovery } else { Kind::Invitation };
            let token = Token::new(record);
            let few_minutes = tx.moment().at.timestamp().as_second() / SELDOM.as_secs();
            // The link that was mailed a moment ago goes on working.
            if notify::mail(record, &mut tx, known.person.id, &news(kind, &format!("asked {few_minutes}")), Some(token)).await? {
                let link = new_link(&tx, site, &known.person, kind);
                links::make(&mut tx, token.bytes(), &link).await?;
            }
            Event::of("person", known.person.id).because("asked for a link")
        }
        _ => Event::of("person", "unknown").because("refused: asked for a link"),
    };
    tx.commit(event).await?;
    Ok(None)
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
    sign_in::open(record, site, &known, has_factor, None).await
}
