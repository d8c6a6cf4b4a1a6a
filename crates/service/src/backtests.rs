//! How wrong forecasts made from these returns would have been: the examiner, put to the authority's own past.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::Day;
use forecast::examiner::card;
use forecast::examiner::pool::{Measure, Ratio, Summary};
use forecast::examiner::trial::{self, Exam, GROUPS, HORIZONS, Trial};
use forecast::kind::Broad;
use forecast::outlook::TOTAL;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::holdings::{CHANGED, Holding};
use crate::work::{Progress, stopped};

pub use forecast::examiner::card::{Advice, Card, Level};
pub use forecast::examiner::trial::Competitor;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// At most so many past days on which forecasts are made, half a year apart.
    pub origins: usize,
    /// Futures drawn on each.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
}

impl Default for Request {
    /// Nine origins: four years of half-years.
    fn default() -> Self {
        Self { origins: 9, paths: 400, seed: 1 }
    }
}

/// Everything that was examined, and what follows.
#[derive(Clone, Debug)]
pub struct Backtest {
    /// What was asked.
    pub asked: Request,
    /// The past days on which forecasts were made.
    pub origins: Vec<Day>,
    /// Scores of each competitor by group and horizon, all authorities together.
    pub marks: Vec<Mark>,
    /// Our own against each other competitor, by what is scored.
    pub contests: Vec<Contest>,
    /// One card an authority, horizon and level.
    pub cards: Vec<(String, Card)>,
    /// SHA-256 over the returns and the question.
    pub inputs_sha256: String,
}

/// One competitor's scores for one group and horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Days ahead.
    pub horizon: u32,
    /// A broad type, or `Total`.
    pub group: &'static str,
    /// Whose.
    pub competitor: Competitor,
    /// In children.
    pub summary: Summary,
}

/// Our own forecast's CRPS by another's: below one, ours is nearer.
#[derive(Clone, Debug, PartialEq)]
pub struct Contest {
    /// The other.
    pub against: Competitor,
    /// Over the types, or over the total.
    pub level: Level,
    /// With its interval over authorities; of a single authority the interval is the ratio itself.
    pub ratio: Ratio,
}

/// Examines forecasts from the returns on past days, with what was known then.
///
/// # Errors
/// `Unusable` where the history is too short for one past forecast, and where the work was stopped.
pub fn backtest(holding: &Holding, request: &Request, progress: &Progress) -> Result<Backtest, Error> {
    let history = &holding.read.history;
    let covers = history.covers.ok_or_else(|| Error::Unusable("The returns hold no dates.".to_owned()))?;
    let origins = Exam::half_yearly(covers, request.origins);
    if origins.is_empty() {
        return Err(Error::Unusable(format!(
            "The returns tell from {} to {}. To look back at one forecast takes two years before it and {} days after it: add earlier returns.",
            covers.0.long(),
            covers.1.long(),
            HORIZONS[0]
        )));
    }
    let steps = origins.len() as u32;
    progress.set(0, steps);
    let done = AtomicU32::new(0);
    let simulate = |known: &forecast::known::Known, dates: &[Day], paths: usize, seed: u64| {
        if progress.is_stopped() {
            return None;
        }
        let paths = trial::microsimulate(known, dates, paths, seed);
        progress.set(done.fetch_add(1, Ordering::Relaxed) + 1, steps);
        paths
    };
    let exam = Exam { origins, horizons: HORIZONS.to_vec(), paths: request.paths, seed: request.seed };
    let trial = exam.sit(history, Some(&simulate));
    if progress.is_stopped() {
        return Err(stopped());
    }
    let cards = card::cards(&trial).into_iter().map(|card| (trial.units[card.unit].clone(), card)).collect();
    let hash = Sha256::new().chain_update(holding.fingerprint().unwrap_or(CHANGED)).chain_update(format!("{request:?}"));
    Ok(Backtest {
        asked: *request,
        origins: exam.origins,
        marks: marks(&trial),
        contests: contests(&trial),
        cards,
        inputs_sha256: format!("{:x}", hash.finalize()),
    })
}

/// The name of a cell's group.
fn group_name(group: usize) -> &'static str {
    Broad::ALL.get(group).map_or(TOTAL, |broad| broad.name())
}

fn marks(trial: &Trial) -> Vec<Mark> {
    let mut marks = Vec::new();
    for horizon in HORIZONS {
        for group in 0..GROUPS {
            for competitor in Competitor::ALL {
                let cells = trial.cells.iter().filter(|cell| cell.horizon == horizon && cell.group == group);
                marks.extend(Summary::of(cells, competitor).map(|summary| Mark { horizon, group: group_name(group), competitor, summary }));
            }
        }
    }
    marks
}

fn contests(trial: &Trial) -> Vec<Contest> {
    let mut contests = Vec::new();
    for level in [Level::Types, Level::Total] {
        for against in Competitor::ALL.into_iter().filter(|&other| other != Competitor::Microsimulation) {
            let cells = trial.cells.iter().filter(|cell| level.holds(cell));
            let ratio = Ratio::of(cells, Competitor::Microsimulation, against, Measure::Crps);
            contests.extend(ratio.map(|ratio| Contest { against, level, ratio }));
        }
    }
    contests
}

/// What a card says, in a sentence or two.
pub fn sentence(card: &Card) -> String {
    let of = match card.level {
        Level::Total => "the number of children in care",
        Level::Types => "the number in each type of home",
    };
    let ours = card.marks_of(Competitor::Microsimulation);
    let missed = ours.map_or(String::new(), |ours| {
        format!(
            "Over {} past forecasts {} ahead, ours missed {of} by {:.1} children on average, of {:.0}. ",
            card.origins,
            ahead(card.horizon),
            ours.mae,
            card.came
        )
    });
    let verdict = match card.advice {
        Advice::OwnForecast => "No simple forecast was nearer.".to_owned(),
        Advice::Blend { nearest } => format!("{} was nearer: use the blend of the two.", plain_name(nearest)),
        Advice::TooFewToTell => format!("That is too few to judge by: {} are needed.", card::ENOUGH),
    };
    missed + &verdict
}

/// A horizon in words.
pub fn ahead(days: u32) -> String {
    match days {
        91 => "three months".to_owned(),
        182 => "six months".to_owned(),
        365 => "a year".to_owned(),
        547 => "a year and a half".to_owned(),
        730 => "two years".to_owned(),
        days => format!("{days} days"),
    }
}

/// A competitor as people call it.
pub const fn plain_name(competitor: Competitor) -> &'static str {
    match competitor {
        Competitor::LastValue => "The last value carried forward",
        Competitor::Drift => "The past change carried on",
        Competitor::StockAndFlow => "Stock and flow, all history",
        Competitor::StockAndFlowYear => "Stock and flow, last 12 months",
        Competitor::PublishedInterval => "Stock and flow with its published interval",
        Competitor::PublishedIntervalYear => "Stock and flow, last 12 months, with its published interval",
        Competitor::Microsimulation => "Child by child (ours)",
        Competitor::Blend => "The blend",
    }
}
