//! Signing in with an address and a password.

use domain::access::{Action, Actor, On};
use domain::person;
use jiff::SignedDuration;
use store::person::persons::{self, Known};
use store::person::sessions::{self, Session};
use store::person::{factors, passwords as kept};
use store::{Event, Instant};

use super::passwords::{self, Compared};
use super::throttle::Brake;
use super::{Token, program};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// A session ends after a working day, whatever is done in it.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// What somebody typed, and where they are.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// Their address.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
    /// Where in the network they are, as the server saw it.
    pub from: &'a str,
}

/// What became of an attempt. It does not say whether there is somebody of that address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They are signed in, and their browser keeps this.
    Open(Token),
    /// Address or password is wrong, or the person has no part at this authority.
    Wrong,
    /// There were too many attempts: try again after so many seconds.
    Wait(i64),
}

/// Signs somebody in at an authority. Failures are in the sealed log, without what was typed.
///
/// # Errors
/// Those of the database.
pub async fn sign_in(record: &Record, site: &Authority, attempt: Attempt<'_>) -> Result<Outcome, Error> {
    let email = person::email(attempt.email).unwrap_or_default();
    let brake = Brake::new(&email, attempt.from);
    if let Err(wait) = brake.press(record, site).await? {
        return Ok(Outcome::Wait(wait));
    }
    let mut view = record.db.read(program("sign in", site.id)?).await?;
    let known = persons::by_email(&mut view, &email).await?;
    let (hash, has_part, has_factor) = match &known {
        Some(Known { person, .. }) => (
            kept::of(&mut view, person.id).await?,
            !persons::grants(&mut view, person.id).await?.is_empty(),
            factors::of(&mut view, person.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()),
        ),
        None => (None, false, false),
    };
    drop(view);
    let compared = passwords::compare(attempt.password, hash).await?;
    let refusal = match (&known, compared) {
        (None, _) => Some("unknown address"),
        (_, Compared::Wrong) => Some("wrong password"),
        (Some(known), _) if known.stopped_at.is_some() => Some("stopped"),
        _ if !has_part => Some("no part at this authority"),
        _ => None,
    };
    let (Some(known), None) = (known.as_ref(), refusal) else {
        let subject = known.map_or_else(|| "unknown".to_owned(), |known| known.person.id.to_string());
        let permit = allowed(&Actor::nobody(), Action::SessionOpen, On::authority(site.id))?;
        let tx = record.db.begin(permit, record.moment()).await?;
        tx.commit(Event::of("person", subject).because(&format!("refused: {}", refusal.unwrap_or_default()))).await?;
        return Ok(Outcome::Wrong);
    };
    let token = open(record, site, known, has_factor, None).await?;
    if compared == Compared::RightButOld {
        let hash = passwords::hash(record, attempt.password).await?;
        let mut tx = record.db.begin(program("hash a password anew", site.id)?, record.moment()).await?;
        kept::set(&mut tx, known.person.id, &hash).await?;
        tx.commit(Event::of("person", known.person.id)).await?;
    }
    brake.release(record, site).await?;
    Ok(Outcome::Open(token))
}

/// Opens a session for somebody who showed who they are, with the moment at which they proved a second factor on the way, if they did.
pub(super) async fn open(
    record: &Record,
    site: &Authority,
    known: &Known,
    has_factor: bool,
    factor_at: Option<Instant>,
) -> Result<Token, Error> {
    let moment = record.moment();
    let token = Token::new(record);
    let session = Session {
        id: record.id(),
        person: known.person.clone(),
        authority: site.clone(),
        opened_at: moment.at,
        seen_at: moment.at,
        ends_at: Instant::new(moment.at.timestamp() + LONGEST),
        factor_at,
        has_factor,
    };
    let mut tx = record.db.begin(program("sign in", site.id)?, moment).await?;
    sessions::forget_ended(&mut tx, moment.at).await?;
    sessions::open(&mut tx, token.bytes(), &session).await?;
    tx.commit(Event::of("person", known.person.id).because("signed in")).await?;
    Ok(token)
}
