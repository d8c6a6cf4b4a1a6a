//! JSON of a forecast and of a backtest.

use serde::Serialize;
use service::forecasts::{self, Backtest, CardLine, RatioLine, ScoreLine};

/// `forecast`: children by date and group with their uncertainty.
#[derive(Debug, Serialize)]
pub struct Forecast {
    /// The last day that was known.
    pub from: String,
    /// Whose forecast.
    pub model: &'static str,
    /// Futures; `null` for a model that has none.
    pub paths: Option<usize>,
    /// Where chance comes from; `null` for a model without.
    pub seed: Option<u64>,
    /// Fingerprint of the returns.
    pub inputs_sha256: String,
    /// Every number, in the order authority, date, group, `Total` last.
    pub points: Vec<Point>,
    /// Sentences that stand beside the forecast.
    pub warnings: Vec<String>,
    /// How wrong such forecasts were; `null` where it was not asked for or the past is too short.
    pub card: Option<Carried>,
}

/// The card of a forecast.
#[derive(Debug, Serialize)]
pub struct Carried {
    /// The past days that were forecast from, nothing after the forecast's own day being used.
    pub origins: Vec<String>,
    /// Futures of each of them.
    pub paths: usize,
    /// What may be said of each horizon up to the forecast's last date.
    pub cards: Vec<Card>,
    /// Where the blend was nearer: every point, those in question pooled with simple forecasts; `null` where it was not.
    pub blend: Option<Vec<Point>>,
    /// What no such record can leave out.
    pub caveat: &'static str,
}

impl Carried {
    fn new(carried: &forecasts::Carried, exceeds: &[u32]) -> Self {
        Self {
            origins: carried.origins.iter().map(ToString::to_string).collect(),
            paths: carried.paths,
            cards: carried.lines.iter().map(Card::from).collect(),
            blend: carried.blend.as_ref().map(|points| points.iter().map(|point| Point::new(point, exceeds)).collect()),
            caveat: forecasts::CAVEAT,
        }
    }
}

/// One number ahead, in children.
#[derive(Debug, Serialize)]
pub struct Point {
    /// The date.
    pub date: String,
    /// The authority; `null` for all together.
    pub authority: Option<String>,
    /// A type of home, or `Total`.
    pub group: &'static str,
    /// Mean of all futures.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// As many futures below as above.
    pub median: f64,
    /// Half of all futures lie from here.
    pub lo50: f64,
    /// To here.
    pub hi50: f64,
    /// Eighty of a hundred lie from here.
    pub lo80: f64,
    /// To here.
    pub hi80: f64,
    /// Ninety-five of a hundred lie from here.
    pub lo95: f64,
    /// To here.
    pub hi95: f64,
    /// The chance of more children than each number asked about; left out where none was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceeds: Vec<Exceeds>,
}

/// The chance of more than so many.
#[derive(Debug, Serialize)]
pub struct Exceeds {
    /// So many children.
    pub children: u32,
    /// From 0 to 1; `null` for the compatible model, which prints a band and no chances.
    pub chance: Option<f64>,
}

impl Forecast {
    /// The body of an answer: with the card where there is one, and the chance of more than each of these numbers.
    pub fn new(forecast: &forecasts::Forecast, carried: Option<&forecasts::Carried>, exceeds: &[u32]) -> Self {
        let request = &forecast.request;
        Self {
            from: request.from.to_string(),
            model: request.model.name(),
            paths: forecast.paths.as_ref().map(|_| request.paths),
            seed: forecast.paths.as_ref().map(|_| request.seed),
            inputs_sha256: forecast.inputs_sha256.clone(),
            points: forecast.points.iter().map(|point| Point::new(point, exceeds)).collect(),
            warnings: forecast.warnings.clone(),
            card: carried.map(|carried| Carried::new(carried, exceeds)),
        }
    }
}

impl Point {
    fn new(point: &forecasts::Point, exceeds: &[u32]) -> Self {
        let spread = &point.spread.0;
        Self {
            date: point.date.to_string(),
            authority: point.authority.clone(),
            group: point.group,
            mean: spread.mean,
            sd: spread.sd,
            median: spread.median,
            lo50: spread.half.0,
            hi50: spread.half.1,
            lo80: spread.eighty.0,
            hi80: spread.eighty.1,
            lo95: spread.ninety_five.0,
            hi95: spread.ninety_five.1,
            exceeds: exceeds.iter().map(|&children| Exceeds { children, chance: point.chance_above(children) }).collect(),
        }
    }
}

/// `backtest`: how wrong forecasts from these returns would have been.
#[derive(Debug, Serialize)]
pub struct Examined {
    /// The past days that were forecast from.
    pub origins: Vec<String>,
    /// Days ahead.
    pub horizons: Vec<u32>,
    /// Futures of each forecast.
    pub paths: usize,
    /// Where chance comes from.
    pub seed: u64,
    /// Fingerprint of the returns.
    pub inputs_sha256: String,
    /// What may be said of each authority, horizon and level.
    pub cards: Vec<Card>,
    /// Every score.
    pub scores: Vec<Score>,
    /// Our own model and the blend by the others.
    pub ratios: Vec<Ratio>,
    /// What a blend would weigh today.
    pub weights: Vec<Weight>,
    /// What no such record can leave out.
    pub caveat: &'static str,
    /// Sentences that stand beside it.
    pub warnings: Vec<String>,
    /// Forecasts that others published, held against what came; left out where none was given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
}

/// A published forecast beside what came.
#[derive(Debug, Serialize)]
pub struct Claim {
    /// The authority.
    pub authority: String,
    /// Children on the day it starts from.
    pub children: u32,
    /// That day.
    pub on: String,
    /// Growth a year, as a share.
    pub growth: f64,
    /// The day that it speaks of.
    pub until: String,
    /// Children that it makes of that day.
    pub claimed: u32,
    /// Children who came; `null` where neither the returns nor the published counts tell.
    pub came: Option<u32>,
    /// `returns` or `published`.
    pub came_from: Option<&'static str>,
    /// By what share too many were claimed, below zero for too few.
    pub error: Option<f64>,
    /// Where it was published, as the file says.
    pub source: String,
    /// In words.
    pub says: String,
}

impl From<&forecasts::Claimed> for Claim {
    fn from(claimed: &forecasts::Claimed) -> Self {
        Self {
            authority: claimed.authority.clone(),
            children: claimed.claim.children,
            on: claimed.claim.on.to_string(),
            growth: claimed.claim.growth,
            until: claimed.until.to_string(),
            claimed: claimed.said,
            came: claimed.came.as_ref().ok().map(|&(came, _)| came),
            came_from: claimed.came.as_ref().ok().map(|(_, from)| from.name()),
            error: claimed.error(),
            source: claimed.source.clone(),
            says: claimed.says(),
        }
    }
}

/// One card.
#[derive(Debug, Serialize)]
pub struct Card {
    /// The authority.
    pub authority: String,
    /// Days ahead.
    pub horizon: u32,
    /// `Total`, or `Types`: each type of home by itself.
    pub group: &'static str,
    /// Past forecasts that it rests on.
    pub origins: usize,
    /// `own-forecast`, `blend` or `too-few-to-tell`.
    pub advice: &'static str,
    /// Models, the nearest first.
    pub ranks: Vec<&'static str>,
    /// Mean children that came.
    pub came: f64,
    /// Our own forecast's mean absolute error of the median; `null` where it took no part.
    pub mae: Option<f64>,
    /// Its mean error: above zero where too many were forecast.
    pub bias: Option<f64>,
    /// Share of what came inside its 80% band.
    pub covered80: Option<f64>,
    /// Share inside its 95% band.
    pub covered95: Option<f64>,
    /// In words.
    pub says: String,
}

/// Scores of one model, in children; smaller is better but for coverage, which should be what its name says.
#[derive(Debug, Serialize)]
pub struct Score {
    /// The authority; `null` for all.
    pub authority: Option<String>,
    /// Days ahead; `null` for all horizons.
    pub horizon: Option<u32>,
    /// A type of home, `Total`, or `Types` for the four together.
    pub group: &'static str,
    /// The model.
    pub model: &'static str,
    /// Forecasts that came.
    pub cells: usize,
    /// Mean absolute error of the median.
    pub mae: f64,
    /// Mean error of the mean: above zero where too many were forecast.
    pub bias: f64,
    /// Continuous ranked probability score.
    pub crps: f64,
    /// Interval score of the 95% band.
    pub interval_score: f64,
    /// Width of the 95% band.
    pub width95: f64,
    /// Share inside the 50% band, by the randomised probability integral transform.
    pub covered50: f64,
    /// Share inside the 80% band.
    pub covered80: f64,
    /// Share inside the 95% band.
    pub covered95: f64,
}

/// One model's score by another's.
#[derive(Debug, Serialize)]
pub struct Ratio {
    /// The model.
    pub model: &'static str,
    /// The one it is set against.
    pub against: &'static str,
    /// `crps` or `interval-score`.
    pub measure: &'static str,
    /// `Total` or `Types`.
    pub group: &'static str,
    /// Below one the model was better.
    pub ratio: f64,
    /// 95% interval of a paired bootstrap over authorities; nothing of fewer than five.
    pub lo95: Option<f64>,
    /// Its upper end.
    pub hi95: Option<f64>,
    /// Authorities.
    pub authorities: usize,
}

/// The shares of a blend.
#[derive(Debug, Serialize)]
pub struct Weight {
    /// Days ahead.
    pub horizon: u32,
    /// `Total` or `Types`.
    pub group: &'static str,
    /// The model.
    pub model: &'static str,
    /// Its share.
    pub share: f64,
}

impl Examined {
    /// The body of an answer to a request.
    pub fn new(backtest: &Backtest, request: &forecasts::BacktestRequest) -> Self {
        Self {
            origins: backtest.origins.iter().map(ToString::to_string).collect(),
            horizons: request.horizons.clone(),
            paths: request.paths,
            seed: request.seed,
            inputs_sha256: backtest.inputs_sha256.clone(),
            cards: backtest.cards.iter().map(Card::from).collect(),
            scores: backtest.scores.iter().map(Score::from).collect(),
            ratios: backtest.ratios.iter().map(Ratio::from).collect(),
            weights: backtest
                .weights
                .iter()
                .flat_map(|line| {
                    line.shares.iter().map(|&(model, share)| Weight { horizon: line.horizon, group: line.group, model, share })
                })
                .collect(),
            caveat: forecasts::CAVEAT,
            warnings: backtest.warnings.clone(),
            claims: Vec::new(),
        }
    }
}

impl From<&CardLine> for Card {
    fn from(line: &CardLine) -> Self {
        let own = line.own();
        Self {
            came: line.card.came,
            mae: own.map(|own| own.mae),
            bias: own.map(|own| own.bias),
            covered80: own.map(|own| own.covered[1]),
            covered95: own.map(|own| own.covered[2]),
            authority: line.authority.clone(),
            horizon: line.card.horizon,
            group: line.group,
            origins: line.card.origins,
            advice: line.advice,
            ranks: line.card.marks.iter().map(|(competitor, _)| competitor.name()).collect(),
            says: line.says.clone(),
        }
    }
}

impl From<&ScoreLine> for Score {
    fn from(line: &ScoreLine) -> Self {
        let summary = &line.summary;
        let [covered50, covered80, covered95] = summary.covered;
        Self {
            authority: line.authority.clone(),
            horizon: line.horizon,
            group: line.group,
            model: line.model,
            cells: summary.cells,
            mae: summary.mae,
            bias: summary.bias,
            crps: summary.crps,
            interval_score: summary.interval,
            width95: summary.width,
            covered50,
            covered80,
            covered95,
        }
    }
}

impl From<&RatioLine> for Ratio {
    fn from(line: &RatioLine) -> Self {
        Self {
            model: line.model,
            against: line.against,
            measure: line.measure,
            group: line.group,
            ratio: line.ratio.ratio,
            lo95: line.ratio.interval.map(|(low, _)| low),
            hi95: line.ratio.interval.map(|(_, high)| high),
            authorities: line.ratio.units,
        }
    }
}
