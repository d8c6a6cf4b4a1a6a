//! JSON of a backtest.

use serde::Serialize;
use service::backtests;

/// `backtest`: how wrong forecasts would have been.
#[derive(Debug, Serialize)]
pub struct Backtest {
    /// Past days on which forecasts were made.
    pub origins: Vec<String>,
    /// Futures drawn on each.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
    /// SHA-256 over the returns and the question.
    pub inputs_sha256: String,
    /// Scores by horizon, group and model, all authorities together.
    pub scores: Vec<Score>,
    /// The microsimulation against each other model.
    pub ratios: Vec<Ratio>,
    /// What may be believed, an authority, horizon and level at a time.
    pub cards: Vec<Card>,
}

/// Scores in children, shares 0 to 1.
#[derive(Debug, Serialize)]
pub struct Score {
    /// Days ahead.
    pub horizon_days: u32,
    /// A broad type, or `Total`.
    pub group: &'static str,
    /// Whose forecast.
    pub model: &'static str,
    /// Numbers predicted and come.
    pub cells: usize,
    /// Mean absolute error of the median.
    pub mae: f64,
    /// Mean error of the mean: above zero where too many were predicted.
    pub bias: f64,
    /// Mean continuous ranked probability score.
    pub crps: f64,
    /// Mean interval score of the 95% band.
    pub interval_score: f64,
    /// Mean width of the 95% band.
    pub width: f64,
    /// Share that came in the 50% band.
    pub coverage50: f64,
    /// Share that came in the 80% band.
    pub coverage80: f64,
    /// Share that came in the 95% band.
    pub coverage95: f64,
}

/// CRPS by CRPS; below 1 the first is nearer.
#[derive(Debug, Serialize)]
pub struct Ratio {
    /// Whose.
    pub of: &'static str,
    /// By whose.
    pub by: &'static str,
    /// `types` or `total`.
    pub level: &'static str,
    /// The ratio.
    pub ratio: f64,
    /// Lower end of its 95% interval, from a paired bootstrap over authorities.
    pub lo95: f64,
    /// Upper end.
    pub hi95: f64,
    /// Authorities.
    pub authorities: usize,
}

/// What one authority may believe so far ahead.
#[derive(Debug, Serialize)]
pub struct Card {
    /// The authority.
    pub authority: String,
    /// Days ahead.
    pub horizon_days: u32,
    /// `types` or `total`.
    pub level: &'static str,
    /// Past forecasts.
    pub origins: usize,
    /// Models, the nearest first.
    pub ranking: Vec<&'static str>,
    /// `own-forecast`, `blend` or `too-few-to-tell`.
    pub advice: &'static str,
    /// The same for people.
    pub words: String,
}

const fn level(of: backtests::Level) -> &'static str {
    match of {
        backtests::Level::Total => "total",
        backtests::Level::Types => "types",
    }
}

impl From<&backtests::Backtest> for Backtest {
    fn from(of: &backtests::Backtest) -> Self {
        let score = |mark: &backtests::Mark| Score {
            horizon_days: mark.horizon,
            group: mark.group,
            model: mark.competitor.name(),
            cells: mark.summary.cells,
            mae: mark.summary.mae,
            bias: mark.summary.bias,
            crps: mark.summary.crps,
            interval_score: mark.summary.interval,
            width: mark.summary.width,
            coverage50: mark.summary.covered[0],
            coverage80: mark.summary.covered[1],
            coverage95: mark.summary.covered[2],
        };
        let ratio = |contest: &backtests::Contest| Ratio {
            of: backtests::Competitor::Microsimulation.name(),
            by: contest.against.name(),
            level: level(contest.level),
            ratio: contest.ratio.ratio,
            lo95: contest.ratio.interval.0,
            hi95: contest.ratio.interval.1,
            authorities: contest.ratio.units,
        };
        let card = |(authority, card): &(String, backtests::Card)| Card {
            authority: authority.clone(),
            horizon_days: card.horizon,
            level: level(card.level),
            origins: card.origins,
            ranking: card.marks.iter().map(|(competitor, _)| competitor.name()).collect(),
            advice: match card.advice {
                backtests::Advice::OwnForecast => "own-forecast",
                backtests::Advice::Blend { .. } => "blend",
                backtests::Advice::TooFewToTell => "too-few-to-tell",
            },
            words: backtests::sentence(card),
        };
        Self {
            origins: of.origins.iter().map(ToString::to_string).collect(),
            paths: of.asked.paths,
            seed: of.asked.seed,
            inputs_sha256: of.inputs_sha256.clone(),
            scores: of.marks.iter().map(score).collect(),
            ratios: of.contests.iter().map(ratio).collect(),
            cards: of.cards.iter().map(card).collect(),
        }
    }
}
