//! A pool of forecasts by weights that were best on earlier origins: stacking by the continuous ranked probability score (Gneiting and Ranjan
//! 2013; Yao and others 2018). A linear pool keeps every future of every member, so it never claims more than its members do together.

use domain::Day;

use super::score::Prediction;
use super::trial::{Cell, Competitor, GROUPS};
use crate::counts::Counts;

/// Who may be pooled. The first is trusted until the past says otherwise.
pub const MEMBERS: [Competitor; 3] = [Competitor::Microsimulation, Competitor::StockAndFlow, Competitor::LastValue];

/// Shares of [`MEMBERS`], summing to one.
pub type Shares = [f64; MEMBERS.len()];

/// The grid of shares: tenths.
const TENTHS: usize = 10;

/// How many origins' worth of evidence the first member's trust is: with so many past origins the learnt weights count half.
const TRUST: f64 = 4.0;

/// Learnt weights by horizon, for types and for the total.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// Horizon in days, shares for types, shares for the total; ascending.
    pub by_horizon: Vec<(u32, Shares, Shares)>,
}

impl Weights {
    /// The shares of the horizon nearest to so many days; the first member alone where nothing was learnt.
    pub fn at(&self, days: u32, group: usize) -> Shares {
        let nearest = self.by_horizon.iter().min_by_key(|(horizon, _, _)| horizon.abs_diff(days));
        nearest.map_or(alone(0), |(_, types, total)| if group + 1 == GROUPS { *total } else { *types })
    }
}

/// One cell while it is examined: the predictions, and what the pool needs of them.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    cell: Cell,
    members: [Option<Counts>; MEMBERS.len()],
    /// Expected distance of each member from what came.
    misses: Shares,
    /// Expected distance between draws of two members.
    apart: [Shares; MEMBERS.len()],
}

impl Entry {
    pub(super) fn new(unit: usize, origin: Day, horizon: u32, group: usize, came: u32, predictions: Vec<Option<Prediction>>) -> Self {
        let mut cell = Cell { unit, origin, horizon, group, came, scores: [None; Competitor::ALL.len()] };
        let mut members: [Option<Counts>; MEMBERS.len()] = [None, None, None];
        for (competitor, prediction) in Competitor::ALL.into_iter().zip(predictions) {
            let Some(prediction) = prediction else { continue };
            cell.scores[competitor as usize] = Some(prediction.score(came));
            if let (Some(at), Prediction::Counts(counts)) = (MEMBERS.iter().position(|&member| member == competitor), prediction) {
                members[at] = Some(counts);
            }
        }
        let misses = std::array::from_fn(|at| members[at].as_ref().map_or(0.0, |counts| counts.distance_to(came)));
        let apart = std::array::from_fn(|a| {
            std::array::from_fn(|b| match (&members[a], &members[b]) {
                (Some(one), Some(_)) if a == b => one.mean_difference(),
                (Some(one), Some(other)) => one.distance(other),
                _ => 0.0,
            })
        });
        Self { cell, members, misses, apart }
    }

    /// The score of the pool with these shares, without building it.
    fn crps(&self, shares: &Shares) -> f64 {
        let miss: f64 = shares.iter().zip(&self.misses).map(|(share, miss)| share * miss).sum();
        let apart: f64 = shares.iter().zip(&self.apart).map(|(a, row)| a * shares.iter().zip(row).map(|(b, d)| b * d).sum::<f64>()).sum();
        miss - 0.5 * apart
    }

    /// When what came was known.
    fn known_on(&self) -> Day {
        self.cell.origin.plus(self.cell.horizon as i32)
    }
}

/// Blends every cell with weights of the cells that were known by its origin, and learns the weights of today from all.
pub(super) fn examine(mut entries: Vec<Entry>) -> (Vec<Cell>, Weights) {
    let takes_part = |at: usize| entries.iter().all(|entry| entry.members[at].is_some());
    let present: Vec<bool> = (0..MEMBERS.len()).map(takes_part).collect();
    let mut questions: Vec<(Day, u32)> = entries.iter().map(|entry| (entry.cell.origin, entry.cell.horizon)).collect();
    questions.sort_unstable();
    questions.dedup();
    for (origin, horizon) in questions {
        for total in [Level::Types, Level::Total] {
            let shares = learn(&entries, horizon, total, &present, |entry| entry.known_on() <= origin);
            let asked =
                |entry: &Entry| entry.cell.origin == origin && entry.cell.horizon == horizon && Level::of(entry.cell.group) == total;
            for entry in entries.iter_mut().filter(|entry| asked(entry)) {
                let parts: Vec<(f64, &Counts)> =
                    shares.iter().zip(&entry.members).filter_map(|(share, member)| Some((*share, member.as_ref()?))).collect();
                if parts.is_empty() {
                    continue;
                }
                let mut score = Prediction::Counts(Counts::pool(&parts)).score(entry.cell.came);
                score.crps = entry.crps(&shares);
                entry.cell.scores[Competitor::Blend as usize] = Some(score);
            }
        }
    }
    let mut horizons: Vec<u32> = entries.iter().map(|entry| entry.cell.horizon).collect();
    horizons.sort_unstable();
    horizons.dedup();
    let shares = |horizon, level| learn(&entries, horizon, level, &present, |_| true);
    let by_horizon = horizons.into_iter().map(|horizon| (horizon, shares(horizon, Level::Types), shares(horizon, Level::Total))).collect();
    (entries.into_iter().map(|entry| entry.cell).collect(), Weights { by_horizon })
}

/// Types and the total are learnt apart: the mix moves slowly, the total with entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Types,
    Total,
}

impl Level {
    const fn of(group: usize) -> Self {
        if group + 1 == GROUPS { Self::Total } else { Self::Types }
    }
}

/// The shares with the least sum of scores over what is known, drawn towards the first member that takes part while little is known.
fn learn(entries: &[Entry], horizon: u32, level: Level, present: &[bool], known: impl Fn(&Entry) -> bool) -> Shares {
    let trusted = alone(present.iter().position(|&present| present).unwrap_or(0));
    let past: Vec<&Entry> =
        entries.iter().filter(|entry| entry.cell.horizon == horizon && Level::of(entry.cell.group) == level && known(entry)).collect();
    let mut origins: Vec<Day> = past.iter().map(|entry| entry.cell.origin).collect();
    origins.dedup();
    if origins.is_empty() {
        return trusted;
    }
    // The sum is a quadratic form in the shares, so the past is added up once.
    let mut sum = Entry { misses: [0.0; MEMBERS.len()], apart: [[0.0; MEMBERS.len()]; MEMBERS.len()], ..past[0].clone() };
    for entry in past {
        for a in 0..MEMBERS.len() {
            sum.misses[a] += entry.misses[a];
            (0..MEMBERS.len()).for_each(|b| sum.apart[a][b] += entry.apart[a][b]);
        }
    }
    let best = grid().filter(|shares| shares.iter().zip(present).all(|(&share, &present)| present || share <= 0.0));
    let best = best.min_by(|a, b| sum.crps(a).total_cmp(&sum.crps(b))).unwrap_or(trusted);
    let learnt = origins.len() as f64 / (origins.len() as f64 + TRUST);
    std::array::from_fn(|at| learnt * best[at] + (1.0 - learnt) * trusted[at])
}

/// All shares in tenths.
fn grid() -> impl Iterator<Item = Shares> {
    (0..=TENTHS).flat_map(|a| (0..=TENTHS - a).map(move |b| [a, b, TENTHS - a - b].map(|tenths| tenths as f64 / TENTHS as f64)))
}

/// One member has everything.
fn alone(member: usize) -> Shares {
    std::array::from_fn(|at| f64::from(at == member))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A member that is right and one that is far off; nobody else.
    fn entry(origin: Day, came: u32, own: u32, simple: u32) -> Entry {
        let mut predictions = vec![None; Competitor::ALL.len()];
        predictions[Competitor::Microsimulation as usize] = Some(Prediction::Counts(Counts::certain(own)));
        predictions[Competitor::LastValue as usize] = Some(Prediction::Counts(Counts::certain(simple)));
        Entry::new(0, origin, 91, 4, came, predictions)
    }

    #[test]
    fn weights_come_from_what_was_known_and_not_from_what_came_later() {
        let origin = |at: i32| Day::year_end(2020).plus(100 * at);
        // Our own is wrong by ten each time, the simple one is right.
        let entries: Vec<Entry> = (0..6).map(|at| entry(origin(at), 50, 60, 50)).collect();
        let (cells, weights) = examine(entries);
        let blend: Vec<f64> = cells.iter().map(|cell| cell.of(Competitor::Blend).unwrap().crps).collect();
        // The first knows nothing and trusts our own; each later one has seen one origin more.
        assert!((blend[0] - 10.0).abs() < 1e-9, "{blend:?}");
        assert!(blend.windows(2).all(|pair| pair[1] < pair[0]), "{blend:?}");
        let today = weights.at(100, 4);
        assert!((today[2] - 0.6).abs() < 1e-9 && (today[0] - 0.4).abs() < 1e-9, "{today:?}");
    }

    #[test]
    fn the_pools_score_without_building_it_is_that_of_the_pool() {
        let mut entry = entry(Day::year_end(2020), 7, 3, 9);
        entry.members[0] = Some(Counts::sample(&[3, 5, 8]));
        let mut predictions = vec![None; Competitor::ALL.len()];
        for (at, member) in MEMBERS.iter().enumerate() {
            predictions[*member as usize] = entry.members[at].clone().map(Prediction::Counts);
        }
        predictions[Competitor::Microsimulation as usize] = Some(Prediction::Counts(Counts::empirical(&[3, 5, 8])));
        let entry = Entry::new(0, Day::year_end(2020), 91, 4, 7, predictions);
        let shares = [0.3, 0.0, 0.7];
        let parts: Vec<(f64, &Counts)> = [0, 2].map(|at| (shares[at], entry.members[at].as_ref().unwrap())).to_vec();
        let built = Prediction::Counts(Counts::pool(&parts)).score(7).crps;
        assert!((entry.crps(&shares) - built).abs() < 1e-9, "{} {built}", entry.crps(&shares));
    }
}
