//! Need ahead from returns, and how wrong such forecasts would have been.

mod backtest;
mod blend;
mod card;
mod claims;
mod compatible;
mod demand;
mod past;
mod published;
mod reach;

use domain::Day;
use forecast::counts::Counts;
use forecast::known::Known;
use forecast::microsimulation::{self, Fit};
use forecast::outlook::Outlook;
use forecast::paths::Paths;
use forecast::scenario::Scenario;
use forecast::stock_and_flow::{self, Window};

use crate::Error;
use crate::holdings::{CHANGED, Holding};
use crate::scenarios::{Saved, lever_in_words};
use crate::work::{Progress, stopped};
use reach::Reach;

pub use backtest::{Backtest, BacktestRequest, CAVEAT, CardLine, RatioLine, ScoreLine, TYPES, WeightLine, backtest};
pub(crate) use blend::pool;
pub use card::{Carried, carry};
pub(crate) use card::{advises_blend, known};
pub use claims::{Claimed, CountedIn, claims};
pub use demand::demand_csv;
pub use forecast::outlook::{Point, Split, Spread, TOTAL};
pub use forecast::paths::Groups;
pub use past::Past;
pub use published::{NextYear, next_year};
pub(crate) use reach::known_until;

/// Whose forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Model {
    /// Our own: every child's way ahead, many times over.
    #[default]
    Microsimulation,
    /// The sector's, on our counts and with the right uncertainty.
    StockAndFlow,
    /// The sector's to the letter, faults included.
    Compatible,
    /// Our own pooled with the sector's and the last value, by weights learnt on this history's past.
    Blend,
}

impl Model {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microsimulation => "microsimulation",
            Self::StockAndFlow => "stock-and-flow",
            Self::Compatible => "stock-and-flow-compatible",
            Self::Blend => "blend",
        }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// The last day that may be known.
    pub from: Day,
    /// Month ends ahead, counted from the first one after `from`.
    pub months: u32,
    /// Only these dates, in place of month ends.
    pub at: Vec<Day>,
    /// Rates and entries are learnt from this day on only.
    pub history_from: Option<Day>,
    /// Futures.
    pub paths: usize,
    /// Where chance comes from.
    pub seed: u64,
    /// Four types or thirteen.
    pub groups: Groups,
    /// All authorities together or one by one.
    pub split: Split,
    /// Whose forecast.
    pub model: Model,
    /// What is to be different; only our own model can say what follows.
    pub scenario: Option<Saved>,
}

impl Request {
    /// So many months ahead of a day by our own model: a thousand futures of four types, all authorities together.
    pub const fn ahead(from: Day, months: u32) -> Self {
        Self {
            from,
            months,
            at: Vec::new(),
            history_from: None,
            paths: 1000,
            seed: 1,
            groups: Groups::Broad,
            split: Split::Together,
            model: Model::Microsimulation,
            scenario: None,
        }
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// What was asked.
    pub request: Request,
    /// Every number, in the order authority, date, group, the total last.
    pub points: Vec<Point>,
    /// What was, at the ends of the months before: three years of them.
    pub past: Vec<Past>,
    /// Every future by authority; nothing for a model that has none.
    pub paths: Option<Paths>,
    /// Fingerprint of the returns (and of the scenario), or why there is none.
    pub inputs_sha256: String,
    /// Sentences that stand beside the forecast.
    pub warnings: Vec<String>,
}

impl Forecast {
    /// How many bytes it takes in memory, nearly: for whoever keeps several.
    pub fn bytes(&self) -> usize {
        let counts = self.paths.as_ref().map_or(0, |paths| paths.children.len());
        let chances: usize = self.points.iter().filter_map(|point| point.counts.as_ref()).map(Counts::bytes).sum();
        size_of::<u32>() * counts + size_of::<Point>() * self.points.len() + chances
    }
}

/// How much of what was stands before what may come.
const PAST_MONTHS: u32 = 36;

/// How long after the last return a forecast may begin.
const MONTHS_AFTER_DATA: i32 = 12;

/// Days of history below which the sector's model is not fitted: it would take chance for rates.
const LEAST_DAYS: i32 = 364;

/// Forecasts need at dates ahead.
///
/// # Errors
/// `Unusable` for dates that cannot be forecast from these returns, and where there is too little history, each with the way out.
pub fn forecast(holding: &Holding, request: &Request, progress: &Progress) -> Result<Forecast, Error> {
    progress.set(0, STEPS);
    let mut basis = basis(holding, request)?;
    progress.set(1, STEPS);
    if request.model != Model::Microsimulation {
        broad_only(request)?;
    }
    let points = match request.model {
        Model::Microsimulation => {
            let fit = learn(&mut basis, request)?;
            progress.set(2, STEPS);
            return own(holding, basis, request, &fit, progress);
        }
        Model::Blend => {
            let fit = learn(&mut basis, request)?;
            progress.set(2, STEPS);
            let paths = draw(&basis, request, &fit, progress)?;
            let weights = blend::learn(&basis.known, request.seed, progress, &mut basis.warnings)?;
            blend::points(&basis.known, request.split, &paths, &weights)
        }
        Model::StockAndFlow => {
            enough(&basis.known)?;
            stock_and_flow::outlook(&basis.known, &basis.dates, Window::AllHistory, request.split).points
        }
        Model::Compatible => compatible::points(holding, request, &basis.dates, &mut basis.warnings)?,
    };
    Ok(basis.answered(holding, request, points, None))
}

/// The forecast of our own model, of what it learnt: whoever counts more in its futures than children by kind of home can watch them again with the
/// question's seed.
///
/// # Errors
/// When stopped.
pub(crate) fn own(holding: &Holding, basis: Basis, request: &Request, fit: &Fit, progress: &Progress) -> Result<Forecast, Error> {
    let paths = draw(&basis, request, fit, progress)?;
    let points = Outlook::of(&paths, request.from, request.split).points;
    Ok(basis.answered(holding, request, points, Some(paths)))
}

/// What a forecast begins with, whatever its model.
pub(crate) struct Basis {
    /// What was known on the day that is asked from.
    pub(crate) known: Known,
    /// Ascending, each once.
    pub(crate) dates: Vec<Day>,
    pub(crate) inputs_sha256: String,
    pub(crate) warnings: Vec<String>,
}

impl Basis {
    fn answered(self, holding: &Holding, request: &Request, points: Vec<Point>, paths: Option<Paths>) -> Forecast {
        let past = past::past(holding, self.known.on, PAST_MONTHS, request.groups);
        Forecast { request: request.clone(), past, points, paths, inputs_sha256: self.inputs_sha256, warnings: self.warnings }
    }
}

/// The steps that are told of work on futures: what is known, what is learnt, what is drawn.
pub(crate) const STEPS: u32 = 3;

/// Judges a question, and cuts the returns off at the day that it is asked from.
///
/// # Errors
/// As [`forecast`].
pub(crate) fn basis(holding: &Holding, request: &Request) -> Result<Basis, Error> {
    let history = &holding.read.history;
    let Reach { first, last, warning } =
        reach::reach(history).ok_or_else(|| unusable("The returns hold no dates, so nothing can be forecast from them."))?;
    let dates = dates(request)?;
    let mut warnings: Vec<String> = warning.into_iter().filter(|_| request.from > last).collect();
    if request.from < first {
        return Err(Error::Unusable(format!(
            "The returns begin on {}, after {}: choose a day from {} on.",
            first.long(),
            request.from.long(),
            first.long()
        )));
    }
    if request.from > last.plus(1).plus_months(MONTHS_AFTER_DATA).plus(-1) {
        return Err(Error::Unusable(format!(
            "The returns end on {}, more than {MONTHS_AFTER_DATA} months before {}: add the later returns, or choose an earlier day.",
            last.long(),
            request.from.long()
        )));
    }
    if request.from > last {
        warnings.push(format!(
            "The returns end on {}: what happened from then to {} is forecast too, so the bands are wider. Add later returns to narrow them.",
            last.long(),
            request.from.long()
        ));
    }
    let mut known = Known::at(history, request.from.min(last));
    if let Some(from) = request.history_from {
        if from > known.on {
            return Err(Error::Unusable(format!(
                "History from {} leaves nothing to learn from before {}: choose an earlier day.",
                from.long(),
                known.on.long()
            )));
        }
        if request.model == Model::Compatible {
            return Err(unusable(
                "The compatible model learns from every row of the files, as the sector's tool does: leave out the first day of history, or take the stock-and-flow model.",
            ));
        }
        reach::learnt_from(&mut known.history, Some(from));
    }
    if request.paths == 0 {
        return Err(unusable("No future is asked for, so nothing can be said of any: ask for 1,000, or for one at least."));
    }
    if request.scenario.is_some() && request.model != Model::Microsimulation {
        return Err(unusable("Only the microsimulation can follow a scenario: leave the other model out, or the scenario."));
    }
    let returns = holding.fingerprint().unwrap_or(CHANGED);
    let inputs_sha256 = match &request.scenario {
        None => returns.to_owned(),
        Some(saved) => crate::fingerprint(&[returns.as_bytes(), saved.sha256.as_bytes()]),
    };
    Ok(Basis { known, dates, inputs_sha256, warnings })
}

/// Fits our own model to what is known.
///
/// # Errors
/// `Unusable` where there is too little of it.
pub(crate) fn learn(basis: &mut Basis, request: &Request) -> Result<Fit, Error> {
    let known = &basis.known;
    let fit = microsimulation::fit(&known.history, &known.timeline, known.on).map_err(|refusal| Error::Unusable(refusal.to_string()))?;
    basis.warnings.extend(fit.warnings.iter().map(ToString::to_string));
    if let Some(saved) = &request.scenario {
        basis.warnings.extend(idle(&fit, &saved.scenario));
    }
    Ok(fit)
}

/// Draws the futures of a question.
///
/// # Errors
/// When stopped.
fn draw(basis: &Basis, request: &Request, fit: &Fit, progress: &Progress) -> Result<Paths, Error> {
    let question =
        microsimulation::Question { dates: basis.dates.clone(), paths: request.paths, seed: request.seed, groups: request.groups };
    let none = Scenario::default();
    let scenario = request.scenario.as_ref().map_or(&none, |saved| &saved.scenario);
    let paths = microsimulation::simulate_while(fit, &question, scenario, &|| progress.go_on()).ok_or_else(stopped)?;
    // Returns may end before the day that is asked from: what is told of the nights between is not asked.
    Ok(Paths { from: Some(request.from), ..paths })
}

/// What is said of levers that change nothing.
fn idle(fit: &microsimulation::Fit, scenario: &Scenario) -> Vec<String> {
    let say = |lever: usize| {
        format!(
            "Lever {} ({}) changes nothing: no such child came in the last three years of returns, so there is nobody to be like.",
            lever + 1,
            lever_in_words(&scenario.levers[lever])
        )
    };
    microsimulation::idle_levers(fit, scenario).into_iter().map(say).collect()
}

/// The dates asked for, ascending, each once.
fn dates(request: &Request) -> Result<Vec<Day>, Error> {
    let mut dates = request.at.clone();
    if dates.is_empty() {
        let (year, month, _) = request.from.plus(1).ymd();
        let first = Day::from_ymd(year, month, 1).unwrap_or(request.from);
        dates = (1..=request.months as i32).map(|months| first.plus_months(months).plus(-1)).collect();
    }
    dates.sort_unstable();
    dates.dedup();
    match dates.first() {
        None => Err(unusable("There is no date to forecast: ask for at least one month, or for a date.")),
        Some(early) if *early < request.from => Err(Error::Unusable(format!(
            "{} is before {}, the last day that may be known: ask for later dates.",
            early.long(),
            request.from.long()
        ))),
        Some(_) => Ok(dates),
    }
}

fn broad_only(request: &Request) -> Result<(), Error> {
    match request.groups {
        Groups::Broad => Ok(()),
        Groups::Detailed => Err(unusable(
            "The stock-and-flow model, and so the blend, knows four types of home, not thirteen: leave the detailed groups out, or take the microsimulation.",
        )),
    }
}

fn enough(known: &Known) -> Result<(), Error> {
    let days = known.history.covers.map_or(0, |(first, _)| known.data_until().since(first));
    if days < LEAST_DAYS {
        return Err(Error::Unusable(format!(
            "There are {} days of returns before {} and a forecast needs a whole year: choose a later day, or add earlier returns.",
            days + 1,
            known.on.long()
        )));
    }
    Ok(())
}

fn unusable(words: &str) -> Error {
    Error::Unusable(words.to_owned())
}
