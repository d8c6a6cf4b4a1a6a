//! The pages over a folder of returns, or of an authority by name, for the browser tests and for looking at. Not shipped.
//!
//! `cargo run -p web --example rooms -- FOLDER|AUTHORITY [PORT]` prints the address.

use std::io::{Error, Write};
use std::path::Path;
use std::sync::Arc;

use service::holdings::{self, Folder};
use service::profile::Profile;
use service::{App, areas};
use web::{State, router};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let given = words.next().ok_or_else(|| Error::other("give a folder of returns, or the name of an authority"))?;
    let port = words.next().and_then(|port| port.parse().ok()).unwrap_or(0);
    let app = Arc::new(App::new());
    let state = if Path::new(&given).is_dir() {
        let holding = holdings::open(Folder { path: given.into(), authority: None, year: None }).map_err(Error::other)?;
        State::with_returns(app, Arc::new(holding))
    } else {
        State::published(app, Profile::of(areas::find(&given).map_err(Error::other)?))
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    axum::serve(listener, router(state)).await
}
