//! Who is at the other end of a request.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::people::{self, Brought, Signed, Token};
use service::record::access::{self, Action, Actor};
use service::record::{Authority, Instant, Record};
use tower::ServiceExt as _;

use super::done::{self, Done};
use super::{From, SecondFactor, bearer, cookie};
use crate::app;
use crate::error::Error;

/// Somebody who is signed in, and the record that they work in. A page that takes this is for them alone.
#[derive(Clone, Debug)]
pub(crate) struct Acting(Arc<Person>);

/// What an [`Acting`] holds.
#[derive(Debug)]
pub(crate) struct Person {
    /// The record.
    pub(crate) record: Record,
    /// Whose record they work in: the site's, or another one that they chose.
    pub(crate) authority: Authority,
    /// What every use case is handed: who, with their roles and cases.
    pub(crate) actor: Actor,
    /// How far they have come in showing who they are.
    pub(crate) standing: people::Standing,
    /// Their session.
    pub(crate) signed: Signed,
    /// What was done a moment ago, for the page under way to say.
    pub(crate) done: Option<Done>,
    pub(super) token: Token,
}

impl Deref for Acting {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.0
    }
}

impl Person {
    /// Whether a program acts for them, by a token.
    pub(super) const fn is_program(&self) -> bool {
        self.actor.token.is_some()
    }

    /// A moment as clocks in England show it.
    pub(crate) fn said(&self, at: Instant) -> String {
        self.record.spoken(at)
    }

    /// Whether the policy lets them do this somewhere in their authority: for leaving out what they could not follow.
    pub(crate) fn may(&self, action: Action) -> bool {
        access::somehow(&self.actor, action, self.authority.id)
    }
}

/// Put with every request where there is a record; without one there is none.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) acting: Option<Acting>,
    pub(super) factor: SecondFactor,
}

tokio::task_local! {
    /// Who the page under way is for. The sheet that every page is written on says so in its header and leaves out rooms that are closed to them, and
    /// forms carry their token; handing it through every function that writes a piece of a page would be the same with more words.
    static READER: Option<Acting>;
}

/// Who the page under way is for.
pub(crate) fn reader() -> Option<Acting> {
    READER.try_with(Clone::clone).ok().flatten()
}

/// Whether the page under way is one of those that ask who is there.
pub(crate) fn asks() -> bool {
    READER.try_with(|_| ()).is_ok()
}

/// Finds out who is there, once a request.
pub(crate) async fn identify(State(state): State<Arc<app::State>>, mut request: Request, next: Next) -> Response {
    let Some(opened) = &state.record else { return next.run(request).await };
    // Style and script are the same for everybody.
    let asked = !request.uri().path().starts_with("/assets/");
    let told = done::told(request.method(), request.headers(), opened).filter(|_| asked);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let found = match bearer::brought(&request) {
        Some(token) => {
            let from = request.extensions().get::<From>().map(ToString::to_string).unwrap_or_default();
            by_token(opened, token.ok(), &from).await
        }
        None => match cookie::token(request.headers(), opened).filter(|_| asked) {
            Some(token) => people::signed(&opened.record, &opened.authority, token)
                .await
                .map(|signed| signed.map(|signed| acting(opened, signed, token, told)))
                .map_err(|fault| Error::from(fault).into_response()),
            None => Ok(None),
        },
    };
    let acting = match found {
        Ok(acting) => acting,
        Err(refusal) => return refusal,
    };
    request.extensions_mut().insert(Caller { acting: acting.clone(), factor: opened.factor });
    let mut response = match acting.as_ref().filter(|acting| acting.authority.id != opened.authority.id) {
        Some(elsewhere) => {
            let house = state.house_of(opened, &elsewhere.authority);
            let answer = async { house.oneshot(afresh(request)).await.into_response() };
            READER.scope(acting, answer).await
        }
        None => READER.scope(acting, next.run(request)).await,
    };
    done::pass_on(&mut response, opened, (&method, &path), told);
    response
}

/// Whoever a program acts for with what it brought; the error is the answer where it brought too many wrong ones.
async fn by_token(opened: &super::Opened, brought: Option<Token>, from: &str) -> Result<Option<Acting>, Response> {
    let found = people::by_token(&opened.record, &opened.authority, brought, from).await;
    match found.map_err(|fault| Error::from(fault).to_program())? {
        // What a browser would send along in forms is of no use to a program: it sends none.
        Brought::Open(signed) => Ok(brought.map(|token| acting(opened, *signed, token, None))),
        Brought::Wrong => Ok(None),
        Brought::Wait(seconds) => Err(Error::TooOften(seconds).to_program()),
    }
}

/// The request as it came in, before a route was found for it, with what is known of who sends it.
fn afresh(request: Request) -> Request {
    let (mut parts, body) = request.into_parts();
    let (caller, from) = (parts.extensions.remove::<Caller>(), parts.extensions.remove::<From>());
    parts.extensions.clear();
    if let Some(caller) = caller {
        parts.extensions.insert(caller);
    }
    if let Some(from) = from {
        parts.extensions.insert(from);
    }
    Request::from_parts(parts, body)
}

fn acting(opened: &super::Opened, signed: Signed, token: Token, done: Option<Done>) -> Acting {
    let (record, authority) = (opened.record.clone(), signed.session.authority.clone());
    Acting(Arc::new(Person { record, authority, actor: signed.actor.clone(), standing: signed.standing, signed, done, token }))
}

impl FromRequestParts<Arc<app::State>> for Acting {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<app::State>) -> Result<Self, Error> {
        match parts.extensions.get::<Caller>() {
            Some(caller) => caller.acting.clone().ok_or(Error::SignedOut),
            // Without a record there is no such page.
            None => Err(Error::NotFound),
        }
    }
}
