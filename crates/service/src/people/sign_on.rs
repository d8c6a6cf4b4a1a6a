//! Single sign-on: a provider that the authority trusts says who somebody is (OpenID Connect). What they may do is written here and never there.
//!
//! Somebody is known by issuer and subject, the provider's own name for them, and by nothing else: an address of e-mail is given to one person today and
//! to another tomorrow. The two are linked on purpose, by whoever is signed in, or by whoever follows the invitation that they were sent.

use std::fmt;

use domain::access::{Action, Actor, On};
use domain::person::Person;
use domain::{Id, hexadecimal};
use jiff::SignedDuration;
use network::oidc::{self, Claims, Failure, Provider};
use store::person::links::{self, Kind};
use store::person::persons::{self, Known};
use store::person::{factors, sign_ons};
use store::{Event, Tx};

use super::{Signed, Standing, Token, program, secret, sign_in};
use crate::Error;
use crate::record::{Authority, Record, allowed};

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

/// What somebody goes to the provider for.
#[derive(Clone, Copy, Debug)]
pub enum Errand<'a> {
    /// To sign in, and then to this page.
    SignIn(&'a str),
    /// To link their account here, in which they are signed in.
    Link(&'a Signed),
    /// To follow the invitation of this link with their account there in place of a password.
    Invitation(Token),
}

/// A provider and how far it is trusted.
#[derive(Clone, Debug)]
pub struct SignOn {
    provider: Provider,
    name: String,
    counts: Counts,
}

/// Somebody who came back from the provider.
#[derive(Clone, PartialEq, Eq)]
pub enum Came {
    /// They are signed in; their browser keeps the token, and goes on to the page that they wanted.
    In(Token, String),
    /// They were signed in, and are linked now.
    Linked,
    /// They are not. The sentence says why and what to do, to them.
    Refused(&'static str),
}

/// Without the token.
impl fmt::Debug for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(_, then) => f.debug_tuple("In").field(then).finish(),
            Self::Linked => f.write_str("Linked"),
            Self::Refused(why) => f.debug_tuple("Refused").field(why).finish(),
        }
    }
}

const BEGIN_AGAIN: &str = "The sign-in was not ended in this browser in time. Begin again.";
const NOT_PROVEN: &str =
    "Your organisation’s sign-in did not answer as it should. Try again, and tell whoever runs Placewell if the same happens.";
const NOT_LINKED: &str = "Your organisation knows you, but that account opens nobody’s Placewell yet. Follow the invitation that you were sent, or sign in with your password and link the account under “Your account”.";
const NO_PART: &str = "Nobody has given you a part here, or it has ended. Ask an administrator here.";
const LINK_GONE: &str = "The invitation was used already or has ended. Ask an administrator for another one.";
const ANOTHER: &str =
    "The account of your organisation is linked to somebody else here, or you to another account. Ask an administrator to unlink it.";

impl SignOn {
    /// A provider, called so on the page of signing in.
    pub const fn new(provider: Provider, name: String, counts: Counts) -> Self {
        Self { provider, name, counts }
    }

    /// What people call it: `Nottingham account`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether somebody's account here is linked to one of the provider.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_linked(&self, record: &Record, signed: &Signed) -> Result<bool, Error> {
        let permit = allowed(&signed.actor, Action::AccountUse, On::authority(signed.session.authority.id))?;
        let mut view = record.db.read(permit).await?;
        Ok(sign_ons::is_linked(&mut view, self.provider.issuer(), signed.session.person.id).await?)
    }

    /// Begins an attempt: the address at the provider to which the browser goes, and what the browser keeps meanwhile.
    ///
    /// # Errors
    /// [`Error::Unusable`] where the provider does not answer.
    pub async fn begin(&self, record: &Record, errand: Errand<'_>) -> Result<(String, String), Error> {
        let random = || Token::new(record).secret();
        let attempt = oidc::Attempt { state: random(), nonce: random(), verifier: random() };
        let address = self.provider.begin(&attempt).await.map_err(|fault| match fault {
            Failure::Unreachable(why) | Failure::Unproven(why) => Error::Unusable(format!(
                "Your organisation’s sign-in does not answer ({why}). Try again in a few minutes, or sign in with a password."
            )),
        })?;
        let ends = record.now().timestamp() + LONGEST;
        let errand = match errand {
            Errand::SignIn(then) => format!("sign in\n{then}"),
            Errand::Link(signed) => format!("link\n{}", signed.session.person.id),
            Errand::Invitation(token) => format!("invitation\n{}", token.secret()),
        };
        let kept = format!("{}\n{}\n{}\n{}\n{errand}", attempt.state, attempt.nonce, attempt.verifier, ends.as_second());
        Ok((address, hexadecimal::written(&secret::sealed(record, ATTEMPT, kept.as_bytes())?)))
    }

    /// Ends an attempt: with what the browser kept, the state and the code with which it came back, and who is signed in in it, if anybody is.
    ///
    /// # Errors
    /// Those of the database. Whoever is not let in is told so by [`Came::Refused`]; the reason is in the sealed log.
    pub async fn finish(
        &self,
        record: &Record,
        site: &Authority,
        (kept, state, code): (&str, &str, &str),
        signed: Option<&Signed>,
    ) -> Result<Came, Error> {
        let Some((attempt, errand)) = attempt(record, kept).filter(|(attempt, _)| attempt.state == state) else {
            return refused(record, site, "unknown", "the attempt is not of this browser", BEGIN_AGAIN).await;
        };
        let claims = match self.provider.finish(&attempt, code, record.now().timestamp().as_second()).await {
            Ok(claims) => claims,
            Err(fault) => return refused(record, site, "unknown", &fault.to_string(), NOT_PROVEN).await,
        };
        match (errand.split_once('\n'), signed) {
            (Some(("sign in", then)), _) => self.sign_in(record, site, &claims, then).await,
            (Some(("link", person)), Some(signed)) if person == signed.session.person.id.to_string() => link(record, signed, &claims).await,
            (Some(("invitation", token)), _) => self.take_up(record, site, &claims, token.parse().ok()).await,
            _ => refused(record, site, "unknown", "whoever began is not signed in", BEGIN_AGAIN).await,
        }
    }

    /// Lets in whom the provider's subject is linked to.
    async fn sign_in(&self, record: &Record, site: &Authority, claims: &Claims, then: &str) -> Result<Came, Error> {
        let mut tx = record.db.begin(program("sign in by a provider", site.id)?, record.moment()).await?;
        let Some(person) = sign_ons::of(&mut tx, &claims.issuer, &claims.subject).await? else {
            drop(tx);
            return refused(record, site, "unknown", "the account is linked to nobody", NOT_LINKED).await;
        };
        // Whoever has no part here is not found.
        let Some(known) = persons::find(&mut tx, person).await?.filter(|known| known.stopped_at.is_none()) else {
            drop(tx);
            return refused(record, site, &person.to_string(), "stopped, or no part at this authority", NO_PART).await;
        };
        tx.commit(Event::of("person", person).because("known by a provider of single sign-on")).await?;
        self.open(record, site, &known, claims, then).await
    }

    /// Links whoever was invited, in place of a password, and lets them in. The invitation is used up.
    async fn take_up(&self, record: &Record, site: &Authority, claims: &Claims, token: Option<Token>) -> Result<Came, Error> {
        let permit = allowed(&Actor::machine("follow an invitation"), Action::SignOnLink, On::authority(site.id))?;
        let mut tx = record.db.begin(permit, record.moment()).await?;
        let now = record.now();
        let link = match &token {
            Some(token) => links::find(&mut tx, token.bytes(), now).await?.filter(|link| link.authority == site.id).zip(Some(token)),
            None => None,
        };
        let Some((link, token)) = link.filter(|(link, _)| link.kind == Kind::Invitation) else {
            drop(tx);
            return refused(record, site, "unknown", "the invitation was used or has ended", LINK_GONE).await;
        };
        let person = link.person.id;
        let known = persons::find(&mut tx, person).await?.filter(|known| known.stopped_at.is_none());
        let Some(known) = known else {
            drop(tx);
            return refused(record, site, &person.to_string(), "stopped, or no part at this authority", NO_PART).await;
        };
        if !are_free(&mut tx, claims, person).await? {
            drop(tx);
            return refused(record, site, &person.to_string(), "linked otherwise already", ANOTHER).await;
        }
        // Of two who use it at once, one does.
        if !links::take(&mut tx, token.bytes()).await? {
            drop(tx);
            return refused(record, site, &person.to_string(), "the invitation was used or has ended", LINK_GONE).await;
        }
        sign_ons::link(&mut tx, &claims.issuer, &claims.subject, person).await?;
        tx.commit(Event::of("person", person).because("linked by an invitation")).await?;
        self.open(record, site, &known, claims, "/work").await
    }

    async fn open(&self, record: &Record, site: &Authority, known: &Known, claims: &Claims, then: &str) -> Result<Came, Error> {
        let mut view = record.db.read(program("sign in by a provider", site.id)?).await?;
        let has_factor = factors::of(&mut view, known.person.id).await?.is_some_and(|factor| factor.confirmed_at.is_some());
        drop(view);
        let proven = self.counts.holds(claims).then(|| record.now());
        Ok(Came::In(sign_in::open(record, site, known, has_factor, proven).await?, then.to_owned()))
    }
}

/// Links whoever is signed in.
async fn link(record: &Record, signed: &Signed, claims: &Claims) -> Result<Came, Error> {
    let (site, person) = (&signed.session.authority, signed.session.person.id);
    if signed.standing != Standing::Whole {
        return refused(record, site, &person.to_string(), "the second factor is not proven", BEGIN_AGAIN).await;
    }
    let permit = allowed(&signed.actor, Action::SignOnLink, On::authority(site.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    if !are_free(&mut tx, claims, person).await? {
        drop(tx);
        return refused(record, site, &person.to_string(), "linked otherwise already", ANOTHER).await;
    }
    sign_ons::link(&mut tx, &claims.issuer, &claims.subject, person).await?;
    tx.commit(Event::of("person", person).because("linked by themselves")).await?;
    Ok(Came::Linked)
}

/// Whether neither the person nor the provider's subject is linked yet.
async fn are_free(tx: &mut Tx, claims: &Claims, person: Id<Person>) -> Result<bool, Error> {
    Ok(sign_ons::of(tx, &claims.issuer, &claims.subject).await?.is_none() && !sign_ons::is_linked(tx, &claims.issuer, person).await?)
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

/// What a browser kept of an attempt, if it is whole, ours and not too old, and what it was begun for.
fn attempt(record: &Record, kept: &str) -> Option<(oidc::Attempt, String)> {
    let text = String::from_utf8(secret::unsealed(record, ATTEMPT, &hexadecimal::read(kept)?)?).ok()?;
    let mut parts = text.splitn(5, '\n').map(str::to_owned);
    let (state, nonce, verifier) = (parts.next()?, parts.next()?, parts.next()?);
    let ends: i64 = parts.next()?.parse().ok()?;
    let errand = parts.next()?;
    (record.now().timestamp().as_second() < ends).then_some((oidc::Attempt { state, nonce, verifier }, errand))
}
