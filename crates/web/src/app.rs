//! The routes, and what surrounds every one of them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::page::Place;
use crate::{assets, error, headers, loopback, pages};

/// How long a reader waits for one answer before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What every page can reach.
#[derive(Debug)]
pub struct State {
    /// Whose pages these are.
    pub place: Place,
}

/// The whole of Placewell's pages. For a listener on a loopback address: any other host named in a request is refused.
pub fn router(state: State) -> Router {
    surround(state, pages::routes())
}

/// Any routes inside the house: its headers, its guard, its patience and its pages for what goes wrong.
pub fn surround(state: State, routes: Router<Arc<State>>) -> Router {
    let state = Arc::new(state);
    routes
        .route("/assets/{name}", get(assets::show))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::wrong_method)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(Arc::clone(&state), error::dress))
        .layer(from_fn(loopback::guard))
        // Pages are far below the limit of a first load either way; the reader's time goes to the page, not to the last byte.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(headers::add))
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}
