//! Our own forecast pooled with simple ones, by the weights that were best on this history's own past.

use domain::{Day, number};
use forecast::counts::Counts;
use forecast::examiner::naive;
use forecast::examiner::trial::{Exam, GROUPS, HORIZONS, microsimulate};
use forecast::known::Known;
use forecast::outlook::{Point, Split, TOTAL};
use forecast::paths::{Groups, Paths, Pick};
use forecast::stock_and_flow::{Fit, Series, Window, laws};

use super::Request;

/// Futures of each past forecast that the weights are learnt from: enough to rank, few enough to wait for.
const PATHS: usize = 200;

/// Past forecasts at most.
const ORIGINS: usize = 9;

/// The pool at each date, by authority where asked for. Nothing after the day of `known` is used for the weights either.
pub(super) fn points(known: &Known, request: &Request, dates: &[Day], paths: &Paths, warnings: &mut Vec<String>) -> Vec<Point> {
    let origins = known.history.covers.map(|covers| Exam::half_yearly(covers, ORIGINS)).unwrap_or_default();
    if origins.is_empty() {
        warnings.push(
            "The returns are too short to look back at a single forecast, so nothing says which is nearer: the blend is our own forecast alone.".to_owned(),
        );
    }
    let exam = Exam { origins, horizons: HORIZONS.to_vec(), paths: PATHS, seed: request.seed };
    let weights = exam.sit(&known.history, Some(&microsimulate)).weights;
    let names: Vec<&'static str> = Groups::Broad.names().into_iter().chain([TOTAL]).collect();
    let who: Vec<Pick> = match request.split {
        Split::Together => vec![Pick::Sum],
        Split::ByAuthority => (0..paths.authorities.len()).map(Pick::One).collect(),
    };
    let mut points = Vec::with_capacity(who.len() * dates.len() * GROUPS);
    for who in who {
        let authority = match who {
            Pick::One(at) => Some(paths.authorities[at].clone()),
            Pick::Sum => None,
        };
        let series = Series::of(known, who);
        let laws = laws(&Fit::of(known, who, Window::AllHistory), dates);
        for (at, &date) in dates.iter().enumerate() {
            let ahead = date.since(known.on).max(1) as u32;
            for (group, &name) in names.iter().enumerate() {
                let pick = if group + 1 == GROUPS { Pick::Sum } else { Pick::One(group) };
                // In the order of `blend::MEMBERS`.
                let members =
                    [Counts::sample(&paths.sample(who, at, pick)), laws[at][group].counts(), naive::last_value(&series, group, ahead)];
                let shares = weights.at(ahead, group);
                let parts: Vec<(f64, &Counts)> = shares.into_iter().zip(&members).filter(|(share, _)| *share > 0.0).collect();
                points.push(Point {
                    date,
                    authority: authority.clone(),
                    group: name,
                    spread: number::Forecast(Counts::pool(&parts).spread()),
                });
            }
        }
    }
    points
}
