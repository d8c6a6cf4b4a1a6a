//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day on which the telephone is lost.

use domain::access::{Action, On};
use domain::person::Person;
use qrcode::QrCode;
use qrcode::render::svg::Color;
use store::person::{factors, sessions};
use store::{Event, Instant};
use totp_rs::{Builder, Totp};

use super::throttle::Brake;
use super::{Signed, Token, secret};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// Recovery codes that are given at a time.
const CODES: usize = 8;

/// How things stand with somebody's second factor.
#[derive(Clone, Debug)]
pub enum Factor {
    /// They have none.
    None,
    /// They began to set one up: this is what their telephone has to read.
    Begun(Setup),
    /// They have one, and so many recovery codes.
    Confirmed(i64),
}

/// What an authenticator app is given.
#[derive(Clone)]
pub struct Setup {
    /// To be typed, in groups of four.
    pub secret: String,
    /// To be photographed: an SVG.
    pub picture: String,
}

/// Never shown: the secret makes every code there will be.
impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Setup")
    }
}

/// What became of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It was right. The browser keeps this from now on; recovery codes come with the first code ever taken.
    Proven(Token, Option<Vec<String>>),
    /// It is wrong, or was used already.
    Wrong,
    /// Too many were tried: again after so many seconds.
    Wait(i64),
}

/// How things stand with one's own second factor.
///
/// # Errors
/// Those of the database.
pub async fn factor(record: &Record, signed: &Signed) -> Result<Factor, Error> {
    let person = &signed.session.person;
    let mut view = record.db.read(own(signed)?).await?;
    match factors::of(&mut view, person.id).await? {
        None => Ok(Factor::None),
        Some(kept) if kept.confirmed_at.is_some() => Ok(Factor::Confirmed(factors::codes_left(&mut view, person.id).await?)),
        Some(kept) => Ok(Factor::Begun(setup(&unsealed(record, person, &kept.secret)?)?)),
    }
}

/// Begins to set up one's own second factor, with a new secret.
///
/// # Errors
/// [`Error::Unusable`] for somebody who has one: it is taken away first, which asks for a code.
pub async fn begin_factor(record: &Record, signed: &Signed) -> Result<(), Error> {
    let person = signed.session.person.id;
    let sealed = secret::sealed(record, person.uuid().as_bytes(), &record.random::<20>())?;
    let mut tx = record.db.begin(own(signed)?, record.moment()).await?;
    if !factors::begin(&mut tx, person, &sealed).await? {
        return Err(Error::Unusable("You have a second factor already. Take it away first.".to_owned()));
    }
    tx.commit(Event::of("person", person).because("began to set up a second factor")).await?;
    Ok(())
}

/// Proves one's second factor: with the code of this half minute, once, or with a recovery code, once and for all. The session gets another token, so
/// that whoever saw the one before holds nothing.
///
/// # Errors
/// Those of the database.
pub async fn prove(record: &Record, site: &Authority, signed: &Signed, code: &str, from: &str) -> Result<Proof, Error> {
    let person = &signed.session.person;
    let brake = Brake::new(&format!("code of {}", person.id), from);
    if let Err(wait) = brake.press(record, site).await? {
        return Ok(Proof::Wait(wait));
    }
    let code: String = code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>().to_lowercase();
    let moment = record.moment();
    let mut tx = record.db.begin(own(signed)?, moment).await?;
    let Some(kept) = factors::of(&mut tx, person.id).await? else { return Ok(Proof::Wrong) };
    let totp = totp(&unsealed(record, person, &kept.secret)?)?;
    let step = totp.check(&code, u64::try_from(moment.at.timestamp().as_second()).unwrap_or_default());
    let taken = match step {
        Some(step) => factors::take_step(&mut tx, person.id, step as i64).await?,
        None => kept.confirmed_at.is_some() && factors::take_code(&mut tx, person.id, &code).await?,
    };
    if !taken {
        tx.commit(Event::of("person", person.id).because("refused: wrong code")).await?;
        return Ok(Proof::Wrong);
    }
    let codes = kept.confirmed_at.is_none().then(|| new_codes(record));
    if let Some(codes) = &codes {
        factors::set_codes(&mut tx, person.id, &plain(codes)).await?;
    }
    let renewed = Token::new(record);
    sessions::renew(&mut tx, signed.session.id, renewed.bytes(), Some(moment.at)).await?;
    let with = if step.is_some() { "proved the second factor" } else { "used a recovery code" };
    tx.commit(Event::of("person", person.id).because(with)).await?;
    brake.release(record, site).await?;
    Ok(Proof::Proven(renewed, codes))
}

/// Takes one's own second factor away; it was proven in this session a moment ago, which the door sees to. This session gets another token, which the
/// browser keeps from now on; every other one ends, since nothing more would be asked in them. Nothing where none was
/// confirmed.
///
/// # Errors
/// Those of the database.
pub async fn remove_factor(record: &Record, signed: &Signed) -> Result<Option<Token>, Error> {
    let person = signed.session.person.id;
    let permit = allowed(&signed.actor, Action::FactorRemove, On::authority(signed.session.authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let Some(factor) = factors::of(&mut tx, person).await? else { return Ok(None) };
    factors::remove(&mut tx, person).await?;
    let renewed = factor.confirmed_at.is_some().then(|| Token::new(record));
    if let Some(renewed) = &renewed {
        sessions::renew(&mut tx, signed.session.id, renewed.bytes(), None).await?;
        sessions::close_others(&mut tx, person, signed.session.id).await?;
    }
    tx.commit(Event::of("person", person).because("took their second factor away")).await?;
    Ok(renewed)
}

/// Whether somebody proved their second factor lately enough for what weighs most.
pub fn proved_lately(record: &Record, signed: &Signed) -> bool {
    let lately = jiff::SignedDuration::from_mins(15);
    let since = |at: Instant| record.now().timestamp().duration_since(at.timestamp());
    !signed.session.has_factor || signed.session.factor_at.is_some_and(|at| since(at) < lately)
}

fn own(signed: &Signed) -> Result<domain::access::Permit, Error> {
    allowed(&signed.actor, Action::AccountUse, On::authority(signed.session.authority.id))
}

fn totp(secret: &[u8]) -> Result<Totp, Error> {
    Builder::new().with_secret(secret.to_vec()).with_issuer(Some("Placewell")).with_account_name("Placewell").build().map_err(faulty)
}

fn setup(secret: &[u8]) -> Result<Setup, Error> {
    let address = totp(secret)?.to_url().map_err(faulty)?;
    let code = QrCode::new(address).map_err(faulty)?;
    let picture = code.render::<Color<'_>>().min_dimensions(220, 220).dark_color(Color("#000")).light_color(Color("#fff")).build();
    // Within a page an SVG has no declaration of its own.
    let picture = picture.split_once("?>").map_or(picture.as_str(), |(_, rest)| rest).to_owned();
    let letters: Vec<char> = totp(secret)?.secret().to_base32().chars().collect();
    let secret = letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    Ok(Setup { secret, picture })
}

fn faulty(fault: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a second factor cannot be set up: {fault}"))
}

/// Codes of ten letters and digits in two groups, none of which can be mistaken for another: fifty bits each.
fn new_codes(record: &Record) -> Vec<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
    let code = || {
        let letters: String = record.random::<10>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        format!("{}-{}", &letters[..5], &letters[5..])
    };
    (0..CODES).map(|_| code()).collect()
}

/// As they are compared: without the hyphen.
fn plain(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| code.replace('-', "")).collect()
}

fn unsealed(record: &Record, person: &Person, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let other = || Error::Internal("a second factor was sealed with another key than this one".to_owned());
    secret::unsealed(record, person.id.uuid().as_bytes(), sealed).ok_or_else(other)
}
