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
    /// Where a simple forecast was nearer: every point, those in question pooled with simple forecasts; `null` where none was.
    pub blend: Option<Vec<Point>>,
}

impl From<&forecasts::Carried> for Carried {
    fn from(carried: &forecasts::Carried) -> Self {
        Self {
            origins: carried.origins.iter().map(ToString::to_string).collect(),
            paths: carried.paths,
            cards: carried.lines.iter().map(Card::from).collect(),
            blend: carried.blend.as_ref().map(|points| points.iter().map(Point::from).collect()),
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
}

impl From<&forecasts::Forecast> for Forecast {
    fn from(forecast: &forecasts::Forecast) -> Self {
        let request = &forecast.request;
        Self {
            from: request.from.to_string(),
            model: request.model.name(),
            paths: forecast.paths.as_ref().map(|_| request.paths),
            seed: forecast.paths.as_ref().map(|_| request.seed),
            inputs_sha256: forecast.inputs_sha256.clone(),
            points: forecast.points.iter().map(Point::from).collect(),
            warnings: forecast.warnings.clone(),
            card: None,
        }
    }
}

impl From<&forecasts::Point> for Point {
    fn from(point: &forecasts::Point) -> Self {
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
