//! One file a page: ask the service, lay out what it says.

mod about_the_data;
mod accessibility;
mod notices;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::app::State;

/// Every page that is shipped, for [`crate::surround`].
pub fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/about-the-data", get(about_the_data::show))
        .route("/accessibility", get(accessibility::show))
        .route("/notices", get(notices::show))
}
