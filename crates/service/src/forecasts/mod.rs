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

use std::ops::ControlFlow;

use domain::Day;
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
        size_of::<u32>() * counts + size_of::<Point>() * self.points.len()
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
    forecast_with_fit(holding, request, progress).map(|(forecast, _)| forecast)
}

/// The same with what our own model learnt, for whoever counts more in its futures than children by kind of home: with the question's seed they can
/// be watched again. Nothing for another's model.
///
/// # Errors
/// As [`forecast`].
pub(crate) fn forecast_with_fit(holding: &Holding, request: &Request, progress: &Progress) -> Result<(Forecast, Option<Fit>), Error> {
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
    progress.set(0, 3);
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
    progress.set(1, 3);
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
    let mut learnt = None;
    let (points, paths) = match request.model {
        Model::Microsimulation | Model::Blend => {
            if request.model == Model::Blend {
                broad_only(request)?;
            }
            let fit =
                microsimulation::fit(&known.history, &known.timeline, known.on).map_err(|refusal| Error::Unusable(refusal.to_string()))?;
            warnings.extend(fit.warnings.iter().map(ToString::to_string));
            progress.set(2, 3);
            if progress.is_stopped() {
                return Err(stopped());
            }
            let question =
                microsimulation::Question { dates: dates.clone(), paths: request.paths, seed: request.seed, groups: request.groups };
            let none = Scenario::default();
            let scenario = request.scenario.as_ref().map_or(&none, |saved| &saved.scenario);
            warnings.extend(idle(&fit, scenario));
            let go_on = || if progress.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
            let paths = microsimulation::simulate_while(&fit, &question, scenario, &go_on).ok_or_else(stopped)?;
            if request.model == Model::Blend {
                let weights = blend::learn(&known, request.seed, progress, &mut warnings)?;
                (blend::points(&known, request.split, &paths, &weights), None)
            } else {
                learnt = Some(fit);
                (Outlook::of(&paths, request.from, request.split).points, Some(paths))
            }
        }
        Model::StockAndFlow => {
            broad_only(request)?;
            enough(&known)?;
            (stock_and_flow::outlook(&known, &dates, Window::AllHistory, request.split).points, None)
        }
        Model::Compatible => {
            broad_only(request)?;
            (compatible::points(holding, request, &dates, &mut warnings)?, None)
        }
    };
    progress.set(3, 3);
    let past = past::past(holding, known.on, PAST_MONTHS, request.groups);
    Ok((Forecast { request: request.clone(), past, points, paths, inputs_sha256, warnings }, learnt))
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
