//! Answering on a listener until asked to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::{State, router};

/// Serves the pages until `stopped` comes; answers under way are finished first.
pub async fn serve(listener: TcpListener, state: State, stopped: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stopped).await
}
