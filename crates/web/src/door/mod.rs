//! The door that every request goes through: who is there, and whether they may.
//!
//! Routes are put up with [`Doors`], each with its [`Gate`]: what must be allowed for anybody to come through. There is no other way to put one up
//! (`cargo xtask tidy`, H7), and the same table is walked by the test of every role against every route.
//!
//! Without a record there is nobody to sign in: pages are for the owner of the machine, on loopback alone.

mod acting;
mod bearer;
mod cookie;
mod csrf;
mod done;
mod hosts;
mod opened;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::MethodRouter;
use form_urlencoded::Serializer;
use service::people::{self, Standing};
use service::record::access::{self, Action};

pub(crate) use acting::{Acting, asks, identify, reader};
pub(crate) use cookie::{attempt, forget, forget_attempt, keep, keep_attempt};
pub(crate) use csrf::{NAME as FORM_TOKEN, field as form_token, value as form_token_value};
pub(crate) use done::Done;
pub(crate) use hosts::{From, guard};
pub use opened::{Invented, Opened, Post, SecondFactor};

use crate::app;
use crate::error::Error;

/// What a route asks of whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing: signing in, style, and what everybody must be able to read.
    Public,
    /// That they are signed in, wholly, and may do this.
    To(Action),
    /// That they are signed in, if only with their password so far.
    Begun(Action),
}

impl std::convert::From<Action> for Gate {
    fn from(action: Action) -> Self {
        Self::To(action)
    }
}

/// The routes, each behind its gate.
#[derive(Default)]
pub struct Doors {
    router: Router<Arc<app::State>>,
    table: Vec<(&'static str, Gate)>,
}

impl Doors {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts up a route. Reading and writing at one address may be two routes with two gates.
    #[must_use]
    pub fn route(mut self, path: &'static str, gate: impl Into<Gate>, answers: MethodRouter<Arc<app::State>>) -> Self {
        let gate = gate.into();
        self.table.push((path, gate));
        let asked = answers.route_layer(axum::middleware::from_fn(move |request: Request, next: Next| pass(gate, request, next)));
        Self { router: self.router.route(path, asked), ..self }
    }

    /// These routes and those.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        Self { router: self.router.merge(other.router), table: self.table }
    }

    /// Every address with its gate, in the order in which they were put up.
    pub fn table(&self) -> &[(&'static str, Gate)] {
        &self.table
    }

    pub(crate) fn into_router(self) -> Router<Arc<app::State>> {
        self.router
    }
}

/// Whether somebody may come through this gate with this request.
async fn pass(gate: Gate, request: Request, next: Next) -> Response {
    match decide(gate, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal,
    }
}

async fn decide(gate: Gate, request: Request) -> Result<Request, Response> {
    let Some(caller) = request.extensions().get::<acting::Caller>().cloned() else {
        // No record: the owner of the machine, whom the guard of hosts let in.
        return Ok(request);
    };
    let (action, half) = match gate {
        Gate::Public => return Ok(request),
        Gate::To(action) => (action, false),
        Gate::Begun(action) => (action, true),
    };
    let Some(acting) = caller.acting else {
        return Err(to_sign_in(&request));
    };
    if acting.is_program() {
        // Nobody is there to prove anything anew, so what weighs that much is not for programs. Their token is in no browser: no other site can send it.
        if half || action.needs_proof() {
            return refused(&acting, action).await;
        }
    } else if !half {
        if acting.standing == Standing::Begun {
            return Err(Redirect::to(&with_then("/sign-in/code", &request)).into_response());
        }
        let session = &acting.signed.session;
        // A second factor that the organisation's own sign-in asked for counts, where the configuration says so.
        if caller.factor == SecondFactor::Required && !session.has_factor && session.factor_at.is_none() {
            return Err(Redirect::to("/account/second-factor").into_response());
        }
        if action.needs_proof() && !people::proved_lately(&acting.record, &acting.signed) {
            return Err(Redirect::to(&with_then("/sign-in/code", &request)).into_response());
        }
    }
    let request = if acting.is_program() { request } else { csrf::checked(request, &acting).await.map_err(IntoResponse::into_response)? };
    // A purpose, or the bond to one child's case, is for the use case to look at: it knows the case.
    if !access::somehow(&acting.actor, action, acting.authority.id) {
        return refused(&acting, action).await;
    }
    Ok(request)
}

/// Refuses somebody this, which stands in the log.
async fn refused(acting: &Acting, action: Action) -> Result<Request, Response> {
    people::refused(&acting.record, &acting.signed, action).await.map_err(|fault| Error::from(fault).into_response())?;
    Err(Error::from(service::Error::Denied(access::Denied { action })).into_response())
}

/// To where one signs in, and back from there; a program is told plainly.
fn to_sign_in(request: &Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return Error::SignedOut.into_response();
    }
    Redirect::to(&with_then("/sign-in", request)).into_response()
}

/// An address that leads back to what was asked for, if that was a page of ours.
fn with_then(path: &str, request: &Request) -> String {
    let page = request.uri().path_and_query().map(PathAndQuery::as_str).filter(|_| request.method() == Method::GET);
    match page.filter(|then| *then != "/" && then.len() < 1000) {
        Some(then) => format!("{path}?{}", Serializer::new(String::new()).append_pair("then", then).finish()),
        None => path.to_owned(),
    }
}
