//! Answering on listeners until asked to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{State, doors, surrounded};
use crate::operations;

/// Where to answer, and how to end.
#[derive(Debug)]
pub struct Listeners {
    /// For the people who work with Placewell.
    pub pages: TcpListener,
    /// For whoever runs the machine: health and metrics.
    pub operations: Option<TcpListener>,
    /// How long answers under way may take once it was asked to stop.
    pub grace: Duration,
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything that was under way was finished.
    Finished,
    /// Something took longer than the grace and was cut off.
    CutOff,
}

/// Serves the pages until `stopped` comes. Then nothing new is taken, what is under way is finished, and after the grace it ends in any case.
///
/// # Errors
/// Those of a listener.
pub async fn serve(listeners: Listeners, state: State, stopped: impl Future<Output = ()> + Send + 'static) -> io::Result<Ended> {
    let state = Arc::new(state);
    let (tell, told) = watch::channel(());
    let telling = Arc::clone(&state);
    tokio::spawn(async move {
        stopped.await;
        telling.telemetry.stop();
        drop(tell);
    });
    let watched = listeners.operations.map(|listener| {
        let pages = operations::router(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, pages).await })
    });
    let app = surrounded(Arc::clone(&state), doors()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listeners.pages, app).with_graceful_shutdown(ending(told.clone()));
    let overdue = async {
        ending(told).await;
        tokio::time::sleep(listeners.grace).await;
    };
    let ended = tokio::select! {
        served = serving => served.map(|()| Ended::Finished),
        () = overdue => Ok(Ended::CutOff),
    };
    // Until now it said that it is stopping.
    if let Some(watched) = watched {
        watched.abort();
    }
    if let Some(opened) = &state.record {
        opened.record.close().await;
    }
    ended
}

/// Comes when the other end of the channel was dropped.
async fn ending(mut told: watch::Receiver<()>) {
    while told.changed().await.is_ok() {}
}
