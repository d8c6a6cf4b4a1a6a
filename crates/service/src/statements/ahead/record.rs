//! How wrong such forecasts were: over several past days, and a year ago.

use domain::Day;

use crate::Error;
use crate::forecasts::{self, Backtest, BacktestRequest, Groups, Request, Split, Spread, TOTAL};
use crate::holdings::Holding;
use crate::work::Progress;

/// The examination behind the card.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Record {
    /// Cards, scores and weights.
    pub examined: Backtest,
    /// Futures of each past forecast.
    pub paths: usize,
}

/// What was forecast a year before the last known day, for that day.
#[derive(Clone, Debug)]
pub(in crate::statements) struct LastYear {
    /// The day from which it was forecast.
    pub from: Day,
    /// The day it was forecast for.
    pub on: Day,
    /// The total.
    pub total: Spread,
    /// Children in foster homes, kin among them.
    pub fostering: Spread,
}

/// Days ahead that are examined: up to where the whole way is seen often enough.
const HORIZONS: [u32; 4] = [91, 182, 365, 730];

/// Past days and futures: fewer than the room of forecasts takes, so that a statement stays quick; the statement says how many.
const ORIGINS: usize = 5;
const PATHS: usize = 200;

/// Examines forecasts from these returns up to a day.
pub(super) fn record(holding: &Holding, until: Day) -> Result<Record, String> {
    let request = BacktestRequest {
        most: ORIGINS,
        until: Some(until),
        split: Split::Together,
        horizons: HORIZONS.to_vec(),
        paths: PATHS,
        seed: super::SEED,
        ..BacktestRequest::default()
    };
    let examined = forecasts::backtest(holding, &request, &Progress::default()).map_err(|fault| in_words(&fault))?;
    Ok(Record { examined, paths: PATHS })
}

/// The forecast of a year before.
pub(super) fn last_year(holding: &Holding, on: Day) -> Result<LastYear, String> {
    let from = on.plus_months(-12);
    let asked = Request { at: vec![on], paths: super::PATHS, seed: super::SEED, groups: Groups::Broad, ..Request::ahead(from, 0) };
    let forecast = forecasts::forecast(holding, &asked, &Progress::default()).map_err(|fault| in_words(&fault))?;
    let of = |group: &str| forecast.points.iter().find(|point| point.group == group).map(|point| point.spread.0);
    let both = of(TOTAL).zip(of(Groups::Broad.names()[0]));
    let (total, fostering) = both.ok_or("The forecast of a year before has no total.")?;
    Ok(LastYear { from, on, total, fostering })
}

fn in_words(fault: &Error) -> String {
    fault.to_string()
}
