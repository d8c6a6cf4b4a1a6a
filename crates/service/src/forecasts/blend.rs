//! Our own forecast pooled with simple ones, by the weights that were best on this history's own past.

use domain::Day;
use forecast::counts::Counts;
use forecast::examiner::blend::Weights;
use forecast::examiner::naive;
use forecast::examiner::trial::{Exam, GROUPS, HORIZONS, microsimulate};
use forecast::known::Known;
use forecast::outlook::{Point, Split, TOTAL};
use forecast::paths::{Groups, Paths, Pick};
use forecast::stock_and_flow::{Fit, Series, Window, laws};

use crate::Error;
use crate::work::{Progress, stopped};

/// Futures of each past forecast that the weights are learnt from: enough to rank, few enough to wait for.
const PATHS: usize = 200;

/// Past forecasts at most.
const ORIGINS: usize = 9;

/// Weights that were best on the past of what is known; nothing after its day is used.
///
/// # Errors
/// When it was stopped.
pub(super) fn learn(known: &Known, seed: u64, progress: &Progress, warnings: &mut Vec<String>) -> Result<Weights, Error> {
    let origins = known.history.covers.map(|covers| Exam::half_yearly(covers, ORIGINS)).unwrap_or_default();
    if origins.is_empty() {
        warnings.push(
            "The returns are too short to look back at a single forecast, so nothing says which is nearer: the blend is our own forecast alone.".to_owned(),
        );
    }
    let exam = Exam { origins, horizons: HORIZONS.to_vec(), paths: PATHS, seed };
    let simulate = |known: &Known, dates: &[Day], paths: usize, seed: u64| {
        if progress.is_stopped() { None } else { microsimulate(known, dates, paths, seed) }
    };
    let weights = exam.sit(&known.history, Some(&simulate)).weights;
    if progress.is_stopped() { Err(stopped()) } else { Ok(weights) }
}

/// The pool of our own futures, of the four types, with the simple forecasts.
pub(super) fn points(known: &Known, split: Split, paths: &Paths, weights: &Weights) -> Vec<Point> {
    let names: Vec<&'static str> = Groups::Broad.names().into_iter().chain([TOTAL]).collect();
    let who: Vec<Pick> = match split {
        Split::Together => vec![Pick::Sum],
        Split::ByAuthority => (0..paths.authorities.len()).map(Pick::One).collect(),
    };
    let mut points = Vec::with_capacity(who.len() * paths.dates.len() * GROUPS);
    for who in who {
        let authority = match who {
            Pick::One(at) => Some(paths.authorities[at].clone()),
            Pick::Sum => None,
        };
        for (at, pooled) in pool(known, who, paths, weights).into_iter().enumerate() {
            for (&group, counts) in names.iter().zip(pooled) {
                points.push(Point::new(paths.dates[at], authority.clone(), group, counts));
            }
        }
    }
    points
}

/// The pool by date and group, the total last.
pub(crate) fn pool(known: &Known, who: Pick, paths: &Paths, weights: &Weights) -> Vec<[Counts; GROUPS]> {
    let series = Series::of(known, who);
    let laws = laws(&Fit::of(known, who, Window::AllHistory), &paths.dates);
    let at_date = |(at, &date): (usize, &Day)| {
        let ahead = date.since(known.on).max(1) as u32;
        std::array::from_fn(|group| {
            let pick = if group + 1 == GROUPS { Pick::Sum } else { Pick::One(group) };
            // In the order of `blend::MEMBERS`.
            let members =
                [Counts::sample(&paths.sample(who, at, pick)), laws[at][group].counts(), naive::last_value(&series, group, ahead)];
            let shares = weights.at(ahead, group);
            let parts: Vec<(f64, &Counts)> = shares.into_iter().zip(&members).filter(|(share, _)| *share > 0.0).collect();
            Counts::pool(&parts)
        })
    };
    paths.dates.iter().enumerate().map(at_date).collect()
}
