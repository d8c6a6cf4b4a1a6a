//! How wrong forecasts from these returns would have been: scores, who was better, and a sentence for each horizon.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::Day;
use forecast::examiner::blend::{MEMBERS, Weights};
use forecast::examiner::card::{self, Advice, Card, Level};
use forecast::examiner::pool::{Measure, Ratio, Summary};
use forecast::examiner::trial::{Cell, Competitor, Exam, GROUPS, HORIZONS, Trial, microsimulate};
use forecast::known::Known;
use forecast::outlook::{Split, TOTAL};
use forecast::paths::Groups;

use super::reach::{self, Reach};
use crate::Error;
use crate::holdings::{CHANGED, Holding};
use crate::work::{Progress, stopped};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BacktestRequest {
    /// Past days to forecast from; the ends of half-years that have two years before them if left out.
    pub origins: Vec<Day>,
    /// How many of those ends of half-years at most.
    pub most: usize,
    /// Nothing that came after this day is used; the end of the returns if left out.
    pub until: Option<Day>,
    /// Rates and entries are learnt from this day on only.
    pub history_from: Option<Day>,
    /// Each authority by itself, or all of them added up.
    pub split: Split,
    /// Days ahead.
    pub horizons: Vec<u32>,
    /// Futures of each forecast.
    pub paths: usize,
    /// Where chance comes from.
    pub seed: u64,
}

impl Default for BacktestRequest {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            most: ORIGINS,
            until: None,
            history_from: None,
            split: Split::ByAuthority,
            horizons: HORIZONS.to_vec(),
            paths: 400,
            seed: 1,
        }
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Backtest {
    /// The past days that were forecast from.
    pub origins: Vec<Day>,
    /// Scores by authority (and all of them), horizon, group and model.
    pub scores: Vec<ScoreLine>,
    /// Our own model and the blend by the others.
    pub ratios: Vec<RatioLine>,
    /// What may be said of each authority and horizon.
    pub cards: Vec<CardLine>,
    /// What a blend would weigh today.
    pub weights: Vec<WeightLine>,
    /// The same, as a blend of today takes it.
    pub pool: Weights,
    /// Fingerprint of the returns, or why there is none.
    pub inputs_sha256: String,
    /// Sentences that stand beside it.
    pub warnings: Vec<String>,
}

/// The scores of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreLine {
    /// The authority; nothing for the cells of all.
    pub authority: Option<String>,
    /// Days ahead; nothing for all horizons.
    pub horizon: Option<u32>,
    /// A broad type, `Total`, or `Types` for the four types together.
    pub group: &'static str,
    /// The model.
    pub model: &'static str,
    /// Its marks.
    pub summary: Summary,
}

/// One model by another.
#[derive(Clone, Debug, PartialEq)]
pub struct RatioLine {
    /// The model.
    pub model: &'static str,
    /// The one it is set against.
    pub against: &'static str,
    /// `crps` or `interval-score`.
    pub measure: &'static str,
    /// `Total` or `Types`.
    pub group: &'static str,
    /// The ratio with its interval.
    pub ratio: Ratio,
}

/// A card in words and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct CardLine {
    /// The authority.
    pub authority: String,
    /// `Total` or `Types`.
    pub group: &'static str,
    /// `own-forecast`, `blend` or `too-few-to-tell`.
    pub advice: &'static str,
    /// The card.
    pub card: Card,
    /// What a reader should know.
    pub says: String,
}

impl CardLine {
    /// The marks of our own forecast; nothing where it took no part.
    pub fn own(&self) -> Option<&Summary> {
        self.card.marks_of(Competitor::Microsimulation)
    }
}

/// Shares of a blend.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightLine {
    /// Days ahead.
    pub horizon: u32,
    /// `Total` or `Types`.
    pub group: &'static str,
    /// Model and share, summing to one.
    pub shares: Vec<(&'static str, f64)>,
}

/// Examines forecasts on past days of these returns, with only what was known then.
///
/// # Errors
/// `Unusable` where the returns are too short for a single past forecast, or a day asked for lies outside them.
pub fn backtest(holding: &Holding, request: &BacktestRequest, progress: &Progress) -> Result<Backtest, Error> {
    let Reach { last: end, warning, .. } = reach::reach(&holding.read.history).ok_or_else(no_dates)?;
    let mut history = reach::known(&holding.read.history, request.until.unwrap_or(end)).history;
    reach::learnt_from(&mut history, request.history_from);
    let history = &history;
    let (first, last) = history.covers.ok_or_else(no_dates)?;
    let shortest = request.horizons.iter().min().copied().unwrap_or(HORIZONS[0]) as i32;
    let mut origins = if request.origins.is_empty() { Exam::half_yearly((first, last), request.most) } else { request.origins.clone() };
    origins.sort_unstable();
    origins.dedup();
    if origins.is_empty() {
        return Err(Error::Unusable(format!(
            "There are returns to learn from over {} to {}. A past forecast needs two years before it and three months after it: add earlier returns.",
            first.long(),
            last.long()
        )));
    }
    if let Some(outside) = origins.iter().find(|&&origin| origin.since(first) < YEAR - 1 || origin.plus(shortest) > last) {
        return Err(Error::Unusable(format!(
            "A past forecast from {} needs a year of returns before it and {shortest} days after it, and they cover {} to {}: choose a day between.",
            outside.long(),
            first.long(),
            last.long()
        )));
    }
    let exam = Exam { origins: origins.clone(), horizons: request.horizons.clone(), paths: request.paths, seed: request.seed };
    let (steps, done) = (origins.len() as u32, AtomicU32::new(0));
    progress.set(0, steps);
    let simulate = |known: &Known, dates: &[Day], paths: usize, seed: u64| {
        let made = if progress.is_stopped() { None } else { microsimulate(known, dates, paths, seed) };
        progress.set(done.fetch_add(1, Ordering::Relaxed) + 1, steps);
        made
    };
    let mut trial = match request.split {
        Split::ByAuthority => exam.sit(history, Some(&simulate)),
        Split::Together => exam.sit_together(history, Some(&simulate)),
    };
    if request.split == Split::Together && history.authorities.len() > 1 {
        trial.units = vec![holding.name()];
    }
    if progress.is_stopped() {
        return Err(stopped());
    }
    Ok(Backtest {
        origins,
        scores: scores(&trial, &request.horizons),
        ratios: ratios(&trial),
        cards: card::cards(&trial).into_iter().map(|card| card_line(&trial, card)).collect(),
        weights: weights(&trial),
        pool: trial.weights,
        inputs_sha256: holding.fingerprint().unwrap_or(CHANGED).to_owned(),
        warnings: warning.into_iter().collect(),
    })
}

fn no_dates() -> Error {
    Error::Unusable("The returns hold no dates, so there is no past to forecast from.".to_owned())
}

/// What no cut of the returns can undo, and so every record of past forecasts has to say.
pub const CAVEAT: &str = "Past forecasts use the returns as they are now. What came after the day is left out, but a row that was mended in the light of a \
                          later return stays mended, so the errors may be a little smaller than they would have been.";

/// Past forecasts, if the returns are long enough.
const ORIGINS: usize = 9;

/// Days of the shortest history that a forecast is made from.
const YEAR: i32 = 365;

/// The name of the types together.
pub const TYPES: &str = "Types";

fn name(level: Level) -> &'static str {
    match level {
        Level::Total => TOTAL,
        Level::Types => TYPES,
    }
}

fn scores(trial: &Trial, horizons: &[u32]) -> Vec<ScoreLine> {
    let units: Vec<Option<usize>> =
        if trial.units.len() > 1 { (0..trial.units.len()).map(Some).chain([None]).collect() } else { vec![Some(0)] };
    let groups: Vec<&'static str> = Groups::Broad.names().into_iter().chain([TOTAL, TYPES]).collect();
    let mut lines = Vec::new();
    for unit in units {
        for horizon in horizons.iter().copied().map(Some).chain([None]) {
            for (at, &group) in groups.iter().enumerate() {
                let holds = |cell: &&Cell| {
                    unit.is_none_or(|unit| cell.unit == unit)
                        && horizon.is_none_or(|horizon| cell.horizon == horizon)
                        && if at == GROUPS { Level::Types.holds(cell) } else { cell.group == at }
                };
                for model in Competitor::ALL {
                    if let Some(summary) = Summary::of(trial.cells.iter().filter(holds), model) {
                        let authority = unit.map(|unit| trial.units[unit].clone());
                        lines.push(ScoreLine { authority, horizon, group, model: model.name(), summary });
                    }
                }
            }
        }
    }
    lines
}

fn ratios(trial: &Trial) -> Vec<RatioLine> {
    let against = [Competitor::LastValue, Competitor::Drift, Competitor::StockAndFlow, Competitor::StockAndFlowYear];
    let mut lines = Vec::new();
    for model in [Competitor::Microsimulation, Competitor::Blend] {
        for by in against {
            for (measure, of) in [("crps", Measure::Crps), ("interval-score", Measure::Interval)] {
                for level in [Level::Total, Level::Types] {
                    if let Some(ratio) = Ratio::of(trial.cells.iter().filter(|cell| level.holds(cell)), model, by, of) {
                        lines.push(RatioLine { model: model.name(), against: by.name(), measure, group: name(level), ratio });
                    }
                }
            }
        }
    }
    lines
}

fn weights(trial: &Trial) -> Vec<WeightLine> {
    let named = |shares: [f64; MEMBERS.len()]| MEMBERS.iter().map(|member| member.name()).zip(shares).collect();
    let both = |&(horizon, types, total): &(u32, _, _)| {
        [WeightLine { horizon, group: TOTAL, shares: named(total) }, WeightLine { horizon, group: TYPES, shares: named(types) }]
    };
    trial.weights.by_horizon.iter().flat_map(both).collect()
}

fn card_line(trial: &Trial, card: Card) -> CardLine {
    let advice = match card.advice {
        Advice::OwnForecast => "own-forecast",
        Advice::Blend => "blend",
        Advice::TooFewToTell => "too-few-to-tell",
    };
    let says = says(&card);
    CardLine { authority: trial.units[card.unit].clone(), group: name(card.level), advice, card, says }
}

/// The card as a sentence or two.
fn says(card: &Card) -> String {
    let of = match card.level {
        Level::Total => "the total",
        Level::Types => "a type of home",
    };
    let ahead = format!("{} days ahead", card.horizon);
    let Some(own) = card.marks_of(Competitor::Microsimulation) else {
        return format!("No forecast of our own could be made {ahead} from these past days, so there is nothing to say of it.");
    };
    let share = if card.came > 0.0 { format!(" ({:.1}% of {:.0})", own.mae / card.came * 100.0, card.came) } else { String::new() };
    let first = format!(
        "{ahead}, over {} past forecasts, ours missed {of} by {:.1} children on average{share}; its 80% band held {:.0}% of what came.",
        card.origins,
        own.mae,
        own.covered[1] * 100.0
    );
    let second = match (card.advice, card.simpler().map(plain)) {
        (Advice::OwnForecast, None) => "No simple forecast was nearer.".to_owned(),
        (Advice::OwnForecast, Some(simple)) => {
            format!("A simple forecast, {simple}, was nearer, but our blend with simple ones was not: ours stands.")
        }
        (Advice::Blend, None) => format!("Nearer still was {BLEND}: use that."),
        (Advice::Blend, Some(simple)) => format!("A simple forecast, {simple}, was nearer. So was {BLEND}: use that."),
        (Advice::TooFewToTell, _) => "These are too few to tell which forecast is nearest.".to_owned(),
    };
    format!("{first} {second}")
}

/// The blend in words.
const BLEND: &str = "the blend of ours with the stock-and-flow model and the last value";

/// A competitor in words.
fn plain(competitor: Competitor) -> &'static str {
    match competitor {
        Competitor::LastValue => "the last value carried forward",
        Competitor::Drift => "the line of the past carried on",
        Competitor::StockAndFlow | Competitor::PublishedInterval => "the stock-and-flow model",
        Competitor::StockAndFlowYear | Competitor::PublishedIntervalYear => "the stock-and-flow model of the last twelve months",
        Competitor::Microsimulation => "our own",
        Competitor::Blend => "the blend",
    }
}
