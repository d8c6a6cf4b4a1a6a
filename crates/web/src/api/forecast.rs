//! JSON of a forecast.

use serde::Serialize;
use service::forecasts;

/// `forecast`: numbers ahead, in children.
#[derive(Debug, Serialize)]
pub struct Forecast {
    /// The last day that was known.
    pub from: String,
    /// `microsimulation` or `stock-and-flow`.
    pub model: &'static str,
    /// How many futures were drawn; 0 where the numbers are worked out.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
    /// SHA-256 over the returns, the scenario and the question.
    pub inputs_sha256: String,
    /// Sentences that a reader of the numbers must know.
    pub warnings: Vec<String>,
    /// Every number.
    pub points: Vec<Point>,
}

/// One group at one date. Half of the futures lie from `lo50` to `hi50`, and so on.
#[derive(Debug, Serialize)]
pub struct Point {
    /// The date.
    pub date: String,
    /// The authority; `null` for all of them together.
    pub authority: Option<String>,
    /// The group, or `Total`.
    pub group: &'static str,
    /// Mean of all futures.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// The middle.
    pub median: f64,
    /// Lower end of the band of 50 in 100.
    pub lo50: f64,
    /// Its upper end.
    pub hi50: f64,
    /// Lower end of the band of 80 in 100.
    pub lo80: f64,
    /// Its upper end.
    pub hi80: f64,
    /// Lower end of the band of 95 in 100.
    pub lo95: f64,
    /// Its upper end.
    pub hi95: f64,
}

impl From<&forecasts::Forecast> for Forecast {
    fn from(of: &forecasts::Forecast) -> Self {
        Self {
            from: of.outlook.from.to_string(),
            model: of.asked.model.word(),
            paths: of.paths.as_ref().map_or(0, |paths| paths.paths),
            seed: of.asked.seed,
            inputs_sha256: of.inputs_sha256.clone(),
            warnings: of.warnings.clone(),
            points: of.outlook.points.iter().map(Point::from).collect(),
        }
    }
}

impl From<&forecasts::Point> for Point {
    fn from(of: &forecasts::Point) -> Self {
        let spread = of.spread;
        Self {
            date: of.date.to_string(),
            authority: of.authority.clone(),
            group: of.group,
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
