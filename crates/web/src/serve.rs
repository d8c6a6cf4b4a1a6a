//! Answering on a listener until asked to stop.

use std::future::Future;
use std::io;

use tokio::net::TcpListener;

use crate::{State, router};

/// Serves the pages until `stopped` comes; answers under way are finished first.
pub async fn serve(listener: TcpListener, state: State, stopped: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    axum::serve(listener, router(state)).with_graceful_shutdown(stopped).await
}
