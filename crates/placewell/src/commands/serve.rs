//! `placewell demo` and `placewell serve`: the web app, at this machine, or with a record for whoever may sign in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use service::profile::Profile;
use service::sheets::{self, Sheet};
use service::{App, areas, checks, holdings};
use web::{Ended, Listeners, Origin, Paper, State};

use crate::cli::{Demo, Serve};
use crate::commands::behind::{self, Kept};
use crate::commands::shelf::Folder;
use crate::commands::{file, returns, seal};
use crate::output;

/// Settings of `serve`, from a TOML file; see `docs/deployment.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    /// Address and port to listen on.
    #[serde(default = "here")]
    listen: SocketAddr,
    /// The authority's name.
    authority: String,
    /// Folder of its returns; without it, published figures alone are shown.
    returns: Option<PathBuf>,
    /// The provider list, for the statutory rules that need one.
    providers: Option<PathBuf>,
    /// The JSON of an earlier check, to say what changed since.
    last_check: Option<PathBuf>,
    /// The homes that the authority can use, for the gap.
    supply: Option<PathBuf>,
    /// A register of requests with the kinds sought and found, for the gap.
    requests: Option<PathBuf>,
    /// What a week costs by kind of home, for money ahead.
    prices: Option<PathBuf>,
    /// Children planned for by kind and financial year, for money ahead.
    plan: Option<PathBuf>,
    /// Placements already contracted with their own prices, for money ahead.
    held: Option<PathBuf>,
    /// Folder in which scenarios are kept; without it they last until Placewell is stopped.
    scenarios: Option<PathBuf>,
    /// Address and port of health and metrics, for whoever runs the machine; without it there are none.
    operations: Option<SocketAddr>,
    /// How many seconds answers under way may take when it is asked to stop.
    #[serde(default = "grace")]
    stop_within: u64,
    /// The record that people sign in to; without it pages are for whoever sits at this machine.
    record: Option<Kept>,
}

/// As long as the slowest page may take.
const fn grace() -> u64 {
    30
}

const fn here() -> SocketAddr {
    loopback(8080)
}

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Share of the demo's episodes that carry a known fault, so that the room of returns has something to mend.
const DIRT: f64 = 0.002;

/// The example authority: made anew each time, which takes a second, so that an older example never stands in for it.
pub(crate) fn demo(app: App, args: &Demo) -> anyhow::Result<()> {
    let folder = args.data.clone().unwrap_or_else(|| std::env::temp_dir().join(concat!("placewell-demo-", env!("CARGO_PKG_VERSION"))));
    output::say(&format!("Making the example authority in {} …", folder.display()));
    let written = example::write(&folder, &example::Settings { dirt: DIRT, ..example::Settings::default() }, None)
        .with_context(|| format!("the example authority cannot be written to {}; give another folder with --data", folder.display()))?;
    let name = written.authorities.first().cloned().unwrap_or_default();
    let home = folder.join(&name);
    let check = checks::Request { providers: Some(home.join("providers.csv")), ..checks::Request::default() };
    // The example holds no contracts: a page takes them.
    let files = Sheet::ALL.map(|sheet| (sheet, Some(home.join(format!("{}.csv", sheet.word()))).filter(|_| sheet != Sheet::Held)));
    let holding = Arc::new(holdings::open(holdings::Folder { path: home, authority: Some(name), year: None })?);
    let state = State::with_returns(Arc::new(app), Arc::clone(&holding)).checked_with(check);
    let state = with_papers(state, files)?.with_shelf(Folder(folder.join("scenarios")));
    let place = Listening { pages: loopback(args.port), operations: None, grace: Duration::from_secs(grace()) };
    run(&place, state, async |state| {
        let opened = behind::invented(&folder, &holding.name()).await?;
        output::answer(&behind::named())?;
        Ok(state.with_record(opened))
    })
}

pub(crate) fn serve(app: App, home: &Path, args: &Serve) -> anyhow::Result<()> {
    let path = args.config.as_deref().unwrap_or(Path::new("placewell.toml"));
    let bytes = file::read(path)
        .with_context(|| "serve needs a configuration file; docs/deployment.md shows one, and `placewell demo` needs none")?;
    let configuration: Configuration =
        toml::from_str(&String::from_utf8_lossy(&bytes)).map_err(|fault| anyhow::anyhow!("{}: {}.", path.display(), fault.message()))?;
    let place = Listening {
        pages: configuration.listen,
        operations: configuration.operations,
        grace: Duration::from_secs(configuration.stop_within),
    };
    let Configuration {
        listen, authority, returns, providers, last_check, supply, requests, prices, plan, held, scenarios, record, ..
    } = configuration;
    behind::may_listen(listen, record.as_ref()).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?;
    let _alone = record.as_ref().map(|kept| kept.alone(home)).transpose()?;
    let app = Arc::new(app);
    // Paths in the file are meant from where the file lies.
    let beside = |given: PathBuf| path.parent().unwrap_or(Path::new("")).join(given);
    let site = authority.clone();
    let state = match returns {
        Some(returns) => {
            let check = checks::Request { providers: providers.map(beside), ..checks::Request::default() };
            let holding = holdings::open(holdings::Folder { path: beside(returns), authority: Some(authority), year: None })?;
            let state = State::with_returns(app, Arc::new(holding)).checked_with(check);
            match last_check {
                Some(file) => state.compared_with(returns::earlier(&beside(file))?),
                None => state,
            }
        }
        None => State::published(app, Profile::of(areas::find(&authority)?)),
    };
    let files = [(Sheet::Supply, supply), (Sheet::Requests, requests), (Sheet::Prices, prices), (Sheet::Plan, plan), (Sheet::Held, held)];
    let state = with_papers(state, files.map(|(sheet, file)| (sheet, file.map(beside))))?;
    // A path in the file is meant from where the file lies; one of the command line, from where the command is given.
    let state = match args.scenarios.clone().or_else(|| scenarios.map(beside)) {
        Some(folder) => state.with_shelf(Folder(folder)),
        None => state,
    };
    run(&place, state, async |state| match record {
        Some(kept) => Ok(state.with_record(behind::opened(home, kept.beside(beside), &site).await?)),
        None => Ok(state),
    })
}

/// Files beside the returns, read once and refused at the start where nothing in them can be used.
fn with_papers(state: State, files: [(Sheet, Option<PathBuf>); 5]) -> anyhow::Result<State> {
    let mut state = state;
    for (sheet, path) in files {
        let Some(path) = path else { continue };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let paper = Paper::new(name, file::read(&path)?, Origin::Given);
        sheets::check(sheet, paper.named())?;
        state = state.with_paper(sheet, paper);
    }
    Ok(state)
}

/// Where `serve` answers, and how long it takes to end.
struct Listening {
    pages: SocketAddr,
    operations: Option<SocketAddr>,
    grace: Duration,
}

fn run(place: &Listening, state: State, open: impl AsyncFnOnce(State) -> anyhow::Result<State>) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PLACEWELL_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let pages = bound(place.pages).await?;
        let operations = match place.operations {
            Some(address) => Some(bound(address).await?),
            None => None,
        };
        let state = open(state).await?;
        output::answer(&format!("Placewell is open at http://{}/ (stop it with Ctrl+C)", pages.local_addr()?))?;
        if let Some(listener) = &operations {
            output::answer(&format!("Health and metrics are at http://{}/", listener.local_addr()?))?;
        }
        let mut word = [0; 4];
        seal::chance(&mut word);
        let state = state.with_pdf(pdf_of).on_node(format!("{:08x}-", u32::from_be_bytes(word)), memory);
        let listeners = Listeners { pages, operations, grace: place.grace };
        anyhow::Ok(web::serve(listeners, state, stopped()).await?)
    })?;
    // Long work that nobody waits for any more, a forecast say, does not hold up the end.
    runtime.shutdown_background();
    if ended == Ended::CutOff {
        output::say(&format!("Some answers took longer than {} seconds and were cut off.", place.grace.as_secs()));
    }
    Ok(())
}

async fn bound(address: SocketAddr) -> anyhow::Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::bind(address).await.map_err(|fault| {
        anyhow::anyhow!("{address} cannot be used: {}. Take another port, for example --port 0 for any free one.", file::reason(&fault))
    })
}

/// Bytes of memory that this process holds, as Linux says; nothing elsewhere.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// Only the binary links the typesetter; the pages get it as a function.
fn pdf_of(report: &report::block::Report) -> Result<Vec<u8>, String> {
    pdf::write(report).map_err(|fault| fault.to_string())
}

/// Ctrl+C, or the signal by which a system asks a service to stop.
async fn stopped() {
    let interrupted = async {
        // Without a handler the signal ends the process anyway.
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    interrupted.await;
}
