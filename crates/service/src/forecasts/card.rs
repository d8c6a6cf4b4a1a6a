//! The card that a forecast carries, and the blend where the card says that it was nearer.

use domain::Day;
use forecast::examiner::trial::HORIZONS;
use forecast::known::Known;
use forecast::outlook::{Point, Split, TOTAL};
use forecast::paths::Groups;

use super::backtest::{Backtest, BacktestRequest, CardLine, TYPES, backtest};
use super::{Forecast, Model, blend, reach};
use crate::Error;
use crate::holdings::Holding;
use crate::work::Progress;

/// Past forecasts that a card rests on at most: enough to judge, few enough to come with every forecast.
const ORIGINS: usize = 5;

/// Futures of each of them.
const PATHS: usize = 100;

/// How wrong forecasts like this one were, on the past that it knew.
#[derive(Clone, Debug)]
pub struct Carried {
    /// What may be said of each authority and horizon, the total before the types; horizons as far as the forecast reaches.
    pub lines: Vec<CardLine>,
    /// The past days that were forecast from.
    pub origins: Vec<Day>,
    /// Futures of each past forecast.
    pub paths: usize,
    /// Where the blend was nearer: every point of the forecast, those in question pooled with simple forecasts.
    pub blend: Option<Vec<Point>>,
}

impl Carried {
    /// The lines of the horizon nearest to so many days.
    pub fn nearest(&self, days: u32) -> impl Iterator<Item = &CardLine> {
        let nearest = nearest(&self.lines, days);
        self.lines.iter().filter(move |line| Some(line.card.horizon) == nearest)
    }
}

fn nearest(lines: &[CardLine], days: u32) -> Option<u32> {
    lines.iter().map(|line| line.card.horizon).min_by_key(|horizon| horizon.abs_diff(days))
}

/// Examines forecasts like this one on the past that it knew.
///
/// # Errors
/// `Unusable` where the returns before it are too short for a single past forecast.
pub fn carry(holding: &Holding, forecast: &Forecast, progress: &Progress) -> Result<Carried, Error> {
    let request = &forecast.request;
    let furthest = forecast.points.iter().map(|point| point.date).max().map_or(0, |date| date.since(request.from).max(0) as u32);
    let last = HORIZONS.iter().position(|&horizon| horizon >= furthest).unwrap_or(HORIZONS.len() - 1);
    let asked = BacktestRequest {
        most: ORIGINS,
        until: Some(request.from),
        history_from: request.history_from,
        split: request.split,
        horizons: HORIZONS[..=last].to_vec(),
        paths: PATHS,
        seed: request.seed,
        ..BacktestRequest::default()
    };
    let examined = backtest(holding, &asked, progress)?;
    Ok(Carried { blend: blended(holding, forecast, &examined), lines: examined.cards, origins: examined.origins, paths: PATHS })
}

/// The forecast with the points pooled of which the cards say that the blend was nearer; nothing where they say so of none, or where
/// there is nothing to pool: a scenario is compared future by future, and simple forecasts know four types of home.
fn blended(holding: &Holding, forecast: &Forecast, examined: &Backtest) -> Option<Vec<Point>> {
    let request = &forecast.request;
    let paths = forecast.paths.as_ref()?;
    if request.model != Model::Microsimulation || request.groups != Groups::Broad || request.scenario.is_some() {
        return None;
    }
    let advised = |point: &Point| {
        let who = point.authority.as_deref().filter(|_| request.split == Split::ByAuthority);
        advises_blend(&examined.cards, who, point.group, point.date.since(request.from).max(0) as u32)
    };
    if !forecast.points.iter().any(advised) {
        return None;
    }
    let mut known = known(holding, request.from);
    reach::learnt_from(&mut known.history, request.history_from);
    let pooled = blend::points(&known, request.split, paths, &examined.pool);
    Some(forecast.points.iter().zip(pooled).map(|(own, pooled)| if advised(own) { pooled } else { own.clone() }).collect())
}

/// Whether the card of the nearest horizon says that the blend was nearer for a group; of one authority, or of whoever the cards are about.
pub(crate) fn advises_blend(cards: &[CardLine], authority: Option<&str>, group: &str, days: u32) -> bool {
    let level = if group == TOTAL { TOTAL } else { TYPES };
    let of = |line: &&CardLine| line.group == level && authority.is_none_or(|name| line.authority == name);
    let card = cards.iter().filter(of).min_by_key(|line| line.card.horizon.abs_diff(days));
    card.is_some_and(|line| line.advice == "blend")
}

/// The returns as they stood on a day, or where those of every authority end if that is earlier.
pub(crate) fn known(holding: &Holding, on: Day) -> Known {
    reach::known(&holding.read.history, on)
}
