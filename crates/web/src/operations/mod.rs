//! What whoever runs the machine needs: is it alive, may requests be sent to it, how much does it do and how quickly. Nothing here is about a person or a
//! child: requests are told apart by the template of their address alone.
//!
//! These pages have a listener of their own, which is meant for a monitor on the same machine or network and for nobody else.

mod telemetry;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use service::notify;

pub(crate) use telemetry::{Telemetry, observe};

use crate::app;
use crate::door::{Doors, Gate};

/// A database that has not answered by then is not ready.
const PATIENCE: Duration = Duration::from_secs(3);

/// The pages for whoever runs the machine.
pub(crate) fn router(state: Arc<app::State>) -> Router {
    Doors::new()
        .route("/health/live", Gate::Public, get(live))
        .route("/health/ready", Gate::Public, get(ready))
        .route("/metrics", Gate::Public, get(metrics))
        .into_router()
        .with_state(state)
}

/// `GET /health/live`: the process runs and answers. Whoever restarts processes asks this.
async fn live() -> Response {
    plain(StatusCode::OK, "alive\n")
}

/// `GET /health/ready`: requests may be sent here. Whoever spreads requests over nodes asks this; it says no while the node stops.
async fn ready(State(state): State<Arc<app::State>>) -> Response {
    match standing(&state).await {
        Ok(()) => plain(StatusCode::OK, "ready\n"),
        Err(why) => plain(StatusCode::SERVICE_UNAVAILABLE, why),
    }
}

/// Whether the database answers, has the tables of this program, and is sealed with its key.
async fn standing(state: &app::State) -> Result<(), &'static str> {
    if state.telemetry.is_stopping() {
        return Err("stopping\n");
    }
    let Some(opened) = &state.record else { return Ok(()) };
    match tokio::time::timeout(PATIENCE, opened.record.ready()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(service::Error::Unusable(_))) => Err("the tables or the key of the record are not those of this program\n"),
        Ok(Err(_)) | Err(_) => Err("the database does not answer\n"),
    }
}

/// `GET /metrics`, in the text form of Prometheus (0.0.4).
async fn metrics(State(state): State<Arc<app::State>>) -> Response {
    let is_ready = standing(&state).await.is_ok();
    let connections = state.record.as_ref().map(|opened| opened.record.connections());
    let outbox = match &state.record {
        Some(opened) => tokio::time::timeout(PATIENCE, notify::standing(&opened.record, &opened.authority)).await.ok().and_then(Result::ok),
        None => None,
    };
    let text = state.telemetry.written(is_ready, connections, outbox);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], words).into_response()
}
