//! Single sign-on: a provider that the authority trusts says who somebody is (OpenID Connect). What they may do is written here and never there.
//!
//! Somebody comes in only if they were invited: the first time by the address that the provider has verified, from then on by the provider's own name for
//! them, which no change of address touches.

use std::fmt;

use domain::hexadecimal;
use jiff::SignedDuration;
use network::oidc::{self, Claims, Failure, Provider};
use store::person::persons::{self, Known};
use store::person::{factors, links, sign_ons};
use store::{Event, Tx};

use super::{Token, program, secret, sign_in};
use crate::Error;
use crate::record::{Authority, Record};

/// An attempt is ended within so long: time to type a password and find a telephone.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// What an attempt is sealed for, so that nothing else is taken for one.
const ATTEMPT: &[u8] = b"placewell: an attempt to sign in by a provider, 1";

/// When the provider's own second factor counts as ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Never: people prove ours as well.
    Never,
    /// When its token names one of these as a method (`amr`) or as the context (`acr`).
    Naming(Vec<String>),
}

/// Whether the provider's word for an address is enough to link somebody the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emails {
    /// Only where its token says that it has verified it.
    Verified,
    /// Always: it is the authority's own directory, in which nobody chooses their address.
    Trusted,
}

/// A provider and how far it is trusted.
#[derive(Clone, Debug)]
pub struct SignOn {
    provider: Provider,
    name: String,
    counts: Counts,
    emails: Emails,
}

/// Somebody who came back from the provider.
#[derive(Clone, PartialEq, Eq)]
pub enum Came {
    /// They are signed in; their browser keeps the token, and goes on to the page that they wanted.
    In(Token, String),
    /// They are not. The sentence says why and what to do, to them.
    Refused(&'static str),
}

/// Without the token.
impl fmt::Debug for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(_, then) => f.debug_tuple("In").field(then).finish(),
            Self::Refused(why) => f.debug_tuple("Refused").field(why).finish(),
        }
    }
}

const BEGIN_AGAIN: &str = "The sign-in was not ended in this browser in time. Begin again.";
const NOT_PROVEN: &str =
    "Your organisation’s sign-in did not answer as it should. Try again, and tell whoever runs Placewell if the same happens.";
const NOT_INVITED: &str = "Your organisation knows you, but nobody has invited you to Placewell. Ask an administrator here.";
const LINKED_TO_ANOTHER: &str =
    "Placewell knows your address under another account of your organisation’s sign-in. Ask an administrator to unlink it.";

impl SignOn {
    /// A provider, called so on the page of signing in.
    pub const fn new(provider: Provider, name: String, counts: Counts, emails: Emails) -> Self {
        Self { provider, name, counts, emails }
    }

    /// What people call it: `Nottingham account`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Begins an attempt: the address at the provider to which the browser goes, and what the browser keeps meanwhile. `then` is where the person wanted
    /// to go.
    ///
    /// # Errors
    /// [`Error::Unusable`] where the provider does not answer.
    pub async fn begin(&self, record: &Record, then: &str) -> Result<(String, String), Error> {
        let random = || Token::new(record).secret();
        let attempt = oidc::Attempt { state: random(), nonce: random(), verifier: random() };
        let address = self.provider.begin(&attempt).await.map_err(|fault| match fault {
            Failure::Unreachable(why) | Failure::Unproven(why) => Error::Unusable(format!(
                "Your organisation’s sign-in does not answer ({why}). Try again in a few minutes, or sign in with a password."
            )),
        })?;
        let ends = record.now().timestamp() + LONGEST;
        let kept = format!("{}\n{}\n{}\n{}\n{then}", attempt.state, attempt.nonce, attempt.verifier, ends.as_second());
        Ok((address, hexadecimal::written(&secret::sealed(record, ATTEMPT, kept.as_bytes())?)))
    }

    /// Ends an attempt: with what the browser kept, and the state and the code with which it came back.
    ///
    /// # Errors
    /// Those of the database. Whoever is not let in is told so by [`Came::Refused`]; the reason is in the sealed log.
    pub async fn finish(&self, record: &Record, site: &Authority, kept: &str, state: &str, code: &str) -> Result<Came, Error> {
        let Some((attempt, then)) = attempt(record, kept).filter(|(attempt, _)| attempt.state == state) else {
            return refused(record, site, "unknown", "the attempt is not of this browser", BEGIN_AGAIN).await;
        };
        let claims = match self.provider.finish(&attempt, code, record.now().timestamp().as_second()).await {
            Ok(claims) => claims,
            Err(fault) => return refused(record, site, "unknown", &fault.to_string(), NOT_PROVEN).await,
        };
        let mut tx = record.db.begin(program("sign in by a provider", site.id)?, record.moment()).await?;
        let known = match self.linked(&mut tx, &claims).await? {
            Ok(known) => known,
            Err((why, words)) => {
                drop(tx);
                return refused(record, site, "unknown", why, words).await;
            }
        };
        let person = known.person.id;
        if known.stopped_at.is_some() || persons::grants(&mut tx, person).await?.is_empty() {
            drop(tx);
            return refused(record, site, &person.to_string(), "stopped, or no part at this authority", NOT_INVITED).await;
        }
        let has_factor = factors::of(&mut tx, person).await?.is_some_and(|factor| factor.confirmed_at.is_some());
        tx.commit(Event::of("person", person).because("known by a provider of single sign-on")).await?;
        let proven = self.counts.holds(&claims).then(|| record.now());
        Ok(Came::In(sign_in::open(record, site, &known, has_factor, proven).await?, then))
    }

    /// Whom the provider means; linked now if it is the first time.
    async fn linked(&self, tx: &mut Tx, claims: &Claims) -> Result<Result<Known, (&'static str, &'static str)>, Error> {
        if let Some(person) = sign_ons::of(tx, &claims.issuer, &claims.subject).await? {
            return Ok(persons::find(tx, person).await?.ok_or(("no part at this authority", NOT_INVITED)));
        }
        let verified = self.emails == Emails::Trusted || claims.email_verified == Some(true);
        let email = claims.email.as_deref().filter(|_| verified).and_then(|email| domain::person::email(email).ok());
        let Some(email) = email else { return Ok(Err(("no verified address", NOT_INVITED))) };
        let Some(known) = persons::by_email(tx, &email).await? else { return Ok(Err(("nobody was invited by this address", NOT_INVITED))) };
        if persons::grants(tx, known.person.id).await?.is_empty() || known.stopped_at.is_some() {
            return Ok(Err(("stopped, or no part at this authority", NOT_INVITED)));
        }
        if sign_ons::is_linked(tx, &claims.issuer, known.person.id).await? {
            return Ok(Err(("linked to another subject", LINKED_TO_ANOTHER)));
        }
        sign_ons::link(tx, &claims.issuer, &claims.subject, known.person.id).await?;
        // Whoever is known by a provider needs no password: an invitation that lies about would be another way in.
        links::withdraw(tx, known.person.id).await?;
        Ok(Ok(known))
    }
}

impl Counts {
    fn holds(&self, claims: &Claims) -> bool {
        match self {
            Self::Never => false,
            Self::Naming(words) => words.iter().any(|word| claims.methods.contains(word) || claims.context.as_ref() == Some(word)),
        }
    }
}

async fn refused(record: &Record, site: &Authority, subject: &str, why: &str, words: &'static str) -> Result<Came, Error> {
    let tx = record.db.begin(program("sign in by a provider", site.id)?, record.moment()).await?;
    tx.commit(Event::of("person", subject).because(&format!("refused: {why}"))).await?;
    Ok(Came::Refused(words))
}

/// What a browser kept of an attempt, if it is whole, ours and not too old.
fn attempt(record: &Record, kept: &str) -> Option<(oidc::Attempt, String)> {
    let text = String::from_utf8(secret::unsealed(record, ATTEMPT, &hexadecimal::read(kept)?)?).ok()?;
    let mut parts = text.splitn(5, '\n').map(str::to_owned);
    let (state, nonce, verifier) = (parts.next()?, parts.next()?, parts.next()?);
    let ends: i64 = parts.next()?.parse().ok()?;
    let then = parts.next()?;
    (record.now().timestamp().as_second() < ends).then_some((oidc::Attempt { state, nonce, verifier }, then))
}
