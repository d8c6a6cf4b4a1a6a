//! The routes, and what surrounds every one of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use domain::Id;
use report::Report;
use service::App;
use service::areas::{self, AreaId};
use service::blocks::Chosen;
use service::checks::{self, Check, Earlier};
use service::cohorts::{self, Cohort};
use service::comparisons::Compared;
use service::forecasts::{Backtest, Carried, Forecast};
use service::gaps;
use service::holdings::Holding;
use service::profile::Profile;
use service::record::Authority;
use service::saving::OverTime;
use service::scenarios::{Memory, Shelf};
use service::sheets::Sheet;
use service::spending::Spending;
use service::statements::{self, About, Ahead, AheadRequest};
use service::work::{Desk, Job, Standing};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::door::{self, Doors, Gate, Opened};
use crate::operations::{self, Telemetry};
use crate::page::{Basis, Place};
use crate::pages::Listed;
use crate::papers::{Paper, Papers};
use crate::recent::Recent;
use crate::{api, assets, error, headers, pages};

/// How long a reader waits for one answer before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Cohorts that are kept: every 31 March of a few filters, and the dates that people go back to.
const COHORTS: usize = 96;

/// Checks that are kept, one a return year.
const CHECKS: usize = 12;

/// Statements that are kept: composing one takes longer than a page may.
const STATEMENTS: usize = 8;

/// Forecasts that are kept, the newest ones, as far as memory goes: two years of a county by kind of home are some megabytes, of a region ten times that.
const FORECASTS: usize = 400;

/// Bytes that forecasts may take together: half a gigabyte.
const FORECAST_BYTES: usize = 512 * 1024 * 1024;

/// Cards that are kept: one for each forecast that somebody looked at lately.
const CARDS: usize = 24;

/// Examinations that are kept.
const BACKTESTS: usize = 4;

/// Comparisons that are kept.
const COMPARISONS: usize = 8;

/// Answers about beds that are kept.
const BEDS: usize = 24;

/// Costs of a forecast, and answers about money that comes back, that are kept.
const SPENDINGS: usize = 8;

/// Gaps that are kept.
const GAPS: usize = 12;

/// What every page can reach.
#[derive(Debug)]
pub struct State {
    /// Whose pages these are.
    pub place: Place,
    pub(crate) app: Arc<App>,
    pub(crate) profile: Profile,
    pub(crate) holding: Option<Arc<Holding>>,
    pub(crate) record: Option<Opened>,
    pub(crate) telemetry: Telemetry,
    cohorts: Recent<Vec<String>, Cohort>,
    check: checks::Request,
    checks: Recent<Option<u16>, Check>,
    pub(crate) earlier: Option<Vec<Earlier>>,
    pub(crate) pdf: Option<Pdf>,
    /// By area, and by the work on what lies ahead where that is in it.
    statements: Recent<(Option<AreaId>, Option<String>), Report>,
    aheads: Desk<Ahead>,
    pub(crate) forecasts: Desk<Forecast>,
    pub(crate) cards: Desk<Result<Carried, String>>,
    pub(crate) backtests: Desk<Backtest>,
    pub(crate) gaps: Desk<gaps::Found>,
    pub(crate) papers: Papers,
    pub(crate) shelf: Box<dyn Shelf>,
    pub(crate) beds: Recent<String, Chosen>,
    pub(crate) spendings: Desk<Spending>,
    pub(crate) savings: Recent<String, OverTime>,
    pub(crate) comparisons: Recent<Vec<String>, Compared>,
    /// The pages of other authorities of the same database, for those of our people who chose one of them; made when first asked for.
    houses: Mutex<BTreeMap<Id<Authority>, Router>>,
    /// The measures that can be benchmarked, looked up once: the choice stands on every page of benchmarks.
    pub(crate) measures: Vec<Listed>,
}

/// Writes a report as PDF. The binary hands it in, so that pages do not link the typesetter.
pub type Pdf = fn(&Report) -> Result<Vec<u8>, String>;

impl State {
    /// Pages of an authority of which only the published figures are at hand.
    pub fn published(app: Arc<App>, profile: Profile) -> Self {
        Self::new(app, profile, None)
    }

    /// Pages of an authority, or of several, whose returns were read.
    pub fn with_returns(app: Arc<App>, holding: Arc<Holding>) -> Self {
        let profile = holding.profile().cloned().unwrap_or_else(|| Profile::unknown(&holding.name()));
        let profile = if profile.name.is_empty() { Profile { name: holding.name(), ..profile } } else { profile };
        Self::new(app, profile, Some(holding))
    }

    /// The same, the returns checked with what this names: a provider list, last year's returns.
    #[must_use]
    pub fn checked_with(self, check: checks::Request) -> Self {
        Self { check, ..self }
    }

    /// The same, with the findings of an earlier check to compare with.
    #[must_use]
    pub fn compared_with(self, earlier: Vec<Earlier>) -> Self {
        Self { earlier: Some(earlier), ..self }
    }

    /// The same, with a file that rooms work with beside the returns.
    #[must_use]
    pub fn with_paper(self, sheet: Sheet, paper: Paper) -> Self {
        self.papers.hold(sheet, paper);
        self
    }

    /// The same, with a place where scenarios lie; without one they last as long as the program.
    #[must_use]
    pub fn with_shelf(self, place: impl Shelf + 'static) -> Self {
        Self { shelf: Box::new(place), ..self }
    }

    /// The same, with a record that people sign in to: from then on every page asks who is there.
    #[must_use]
    pub fn with_record(self, record: Opened) -> Self {
        Self { record: Some(record), ..self }
    }

    /// The same, as a node whose requests are numbered after this word, in a process that says so how many bytes of memory it holds.
    #[must_use]
    pub fn on_node(self, word: String, memory: fn() -> Option<u64>) -> Self {
        Self { telemetry: Telemetry::new(word, memory), ..self }
    }

    /// The same, with statements as PDF too.
    #[must_use]
    pub fn with_pdf(self, pdf: Pdf) -> Self {
        Self { pdf: Some(pdf), ..self }
    }

    fn new(app: Arc<App>, profile: Profile, holding: Option<Arc<Holding>>) -> Self {
        let basis = match holding {
            _ if profile.fictitious => Basis::Fictitious,
            Some(_) => Basis::Returns,
            None => Basis::Published,
        };
        let measures = Listed::all(&app);
        let place = Place { authority: profile.name.clone(), basis };
        Self {
            place,
            app,
            profile,
            holding,
            record: None,
            telemetry: Telemetry::default(),
            cohorts: Recent::new(COHORTS),
            check: checks::Request::default(),
            checks: Recent::new(CHECKS),
            earlier: None,
            pdf: None,
            statements: Recent::new(STATEMENTS),
            aheads: Desk::new(1),
            forecasts: Desk::within(FORECASTS, FORECAST_BYTES, Forecast::bytes),
            cards: Desk::new(CARDS),
            backtests: Desk::new(BACKTESTS),
            gaps: Desk::new(GAPS),
            papers: Papers::default(),
            shelf: Box::new(Memory::default()),
            beds: Recent::new(BEDS),
            spendings: Desk::new(SPENDINGS),
            savings: Recent::new(SPENDINGS),
            comparisons: Recent::new(COMPARISONS),
            houses: Mutex::default(),
            measures,
        }
    }

    /// The pages of another authority of the same database, inside the house. Nothing that is held here of ours, returns, files or forecasts, is theirs:
    /// of them there is the record, and what is published.
    pub(crate) fn house_of(&self, opened: &Opened, authority: &Authority) -> Router {
        let mut houses = self.houses.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let profile = areas::find(&authority.name).map_or_else(|_| Profile::unknown(&authority.name), Profile::of);
            let profile = Profile { name: authority.name.clone(), fictitious: self.profile.fictitious, ..profile };
            let theirs =
                Self { pdf: self.pdf, record: Some(opened.of(authority.clone())), ..Self::published(Arc::clone(&self.app), profile) };
            let theirs = Arc::new(theirs);
            inside(&theirs, doors()).with_state(theirs)
        };
        houses.entry(authority.id).or_insert_with(make).clone()
    }

    /// Measures a cohort, or finds it among those measured lately: returns do not change while they are held.
    pub(crate) fn cohort(&self, holding: &Holding, request: &cohorts::Request) -> Result<Arc<Cohort>, service::Error> {
        let days = [request.on, request.range.map(|range| range.0), request.range.map(|range| range.1)];
        let mut key: Vec<String> = days.map(|day| day.map(|day| day.to_string()).unwrap_or_default()).into();
        key.extend(request.filters.iter().cloned());
        self.cohorts.find_or(key, || cohorts::measure(&self.app, holding, request))
    }

    /// The work on what lies ahead of ours, begun if it was not: it takes longer than a page may. Nothing without returns.
    pub(crate) fn ahead(&self) -> Option<Arc<Job<Ahead>>> {
        let holding = Arc::clone(self.holding.as_ref()?);
        let files = [Sheet::Supply, Sheet::Requests, Sheet::Prices, Sheet::Plan, Sheet::Held];
        let [supply, requests, prices, plan, held] = files.map(|sheet| self.papers.find(sheet));
        let files = [&supply, &requests, &prices, &plan, &held].map(|paper| paper.as_ref().map_or("", |paper| paper.sha256.as_str()));
        let key = format!("statement {}", files.join(" "));
        let look = move |progress: &_| {
            let [supply, requests, prices, plan, held] =
                [&supply, &requests, &prices, &plan, &held].map(|paper| paper.as_ref().map(|paper| paper.named()));
            let request = AheadRequest { supply, requests, prices, plan, held, ..AheadRequest::default() };
            statements::look_ahead(&holding, None, &request, progress)
        };
        Some(self.aheads.find_or_begin(&key, look))
    }

    /// Composes a statement, or finds it among those composed lately: of an authority from published figures, or of ours with its returns and,
    /// once it is worked out, what lies ahead.
    pub(crate) fn statement(&self, area: Option<AreaId>) -> Result<Arc<Report>, service::Error> {
        let about = match (area, &self.holding, self.profile.area) {
            (Some(area), ..) | (None, None, Some(area)) => About::Area(area),
            (None, Some(holding), _) => About::Holding(holding),
            (None, None, None) => {
                return Err(service::Error::Unusable(format!("Nothing is published about “{}”. Choose an authority.", self.profile.name)));
            }
        };
        let job = if area.is_none() { self.ahead() } else { None };
        let ahead = job.as_ref().and_then(|job| match job.standing() {
            Standing::Done(ahead) => Some(ahead.as_ref()),
            _ => None,
        });
        let request = statements::Request { about, as_of: None, ahead };
        let with = ahead.and(job.as_ref()).map(|job| job.key().to_owned());
        self.statements.find_or((area, with), || statements::compose(&self.app, &request))
    }

    /// Checks the returns by the rules of a return year, or finds what was found before; the latest year if none is named.
    pub(crate) fn check(&self, holding: &Holding, year: Option<u16>) -> Result<Arc<Check>, service::Error> {
        let year = year.or(self.check.year);
        self.checks.find_or(year, || checks::run(holding, &checks::Request { year, ..self.check.clone() }))
    }
}

/// Every address of Placewell, with what it asks of whoever comes.
pub fn doors() -> Doors {
    pages::routes().merge(api::routes()).route("/assets/{name}", Gate::Public, get(assets::show))
}

/// The whole of Placewell's pages. Without a record they are for a listener on a loopback address: any other host named in a request is refused.
pub fn router(state: State) -> Router {
    surround(state, doors())
}

/// Any routes inside the house: its door, its headers, its patience and its pages for what goes wrong.
pub fn surround(state: State, routes: Doors) -> Router {
    surrounded(Arc::new(state), routes)
}

/// Routes with what surrounds them once it is known who asks, and of which authority.
fn inside(state: &Arc<State>, routes: Doors) -> Router<Arc<State>> {
    routes
        .into_router()
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::wrong_method)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(Arc::clone(state), error::dress))
}

pub(crate) fn surrounded(state: Arc<State>, routes: Doors) -> Router {
    inside(&state, routes)
        .layer(from_fn_with_state(Arc::clone(&state), door::identify))
        .layer(from_fn_with_state(Arc::clone(&state), door::guard))
        // Pages are far below the limit of a first load either way; the reader's time goes to the page, not to the last byte.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Arc::clone(&state), headers::add))
        .layer(from_fn_with_state(Arc::clone(&state), operations::observe))
        .with_state(state)
}
