//! Scores of many cells put together, and how sure it is that one competitor is better than another.

use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::score::{BANDS, Score};
use super::trial::{Cell, Competitor};

/// The scores of one competitor over some cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Cells.
    pub cells: usize,
    /// Mean absolute error of the median, in children.
    pub mae: f64,
    /// Mean of the mean's error, in children: above zero where too many were predicted.
    pub bias: f64,
    /// Mean continuous ranked probability score, in children.
    pub crps: f64,
    /// Mean interval score of the 95% band, in children.
    pub interval: f64,
    /// Mean width of the 95% band, in children.
    pub width: f64,
    /// Share of cells in the 50, 80 and 95% band, by the randomised transform.
    pub covered: [f64; BANDS.len()],
}

impl Summary {
    /// The summary of one competitor over the cells in which it took part; nothing if there is none.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>, competitor: Competitor) -> Option<Self> {
        Self::of_scores(cells.into_iter().filter_map(|cell| cell.of(competitor)))
    }

    /// The summary of some scores; nothing if there is none.
    pub fn of_scores<'a>(scores: impl IntoIterator<Item = &'a Score>) -> Option<Self> {
        let mut sum = Self::default();
        scores.into_iter().for_each(|score| sum.add(score));
        (sum.cells > 0).then(|| sum.over(sum.cells as f64))
    }

    fn add(&mut self, score: &Score) {
        self.cells += 1;
        self.mae += score.error.abs();
        self.bias += score.mean_error;
        self.crps += score.crps;
        self.interval += score.interval;
        self.width += score.width;
        self.covered.iter_mut().zip(score.covered).for_each(|(sum, share)| *sum += share);
    }

    fn over(self, n: f64) -> Self {
        Self {
            cells: self.cells,
            mae: self.mae / n,
            bias: self.bias / n,
            crps: self.crps / n,
            interval: self.interval / n,
            width: self.width / n,
            covered: self.covered.map(|sum| sum / n),
        }
    }
}

/// Which score a ratio is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Continuous ranked probability score.
    Crps,
    /// Interval score of the 95% band.
    Interval,
    /// Absolute error of the median.
    AbsoluteError,
}

impl Measure {
    fn of(self, score: &Score) -> f64 {
        match self {
            Self::Crps => score.crps,
            Self::Interval => score.interval,
            Self::AbsoluteError => score.error.abs(),
        }
    }
}

/// One competitor's score by another's; below one it is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Sum of the one by sum of the other.
    pub ratio: f64,
    /// 95% interval of a paired bootstrap over authorities; nothing of fewer than five, who say too little of how authorities differ.
    pub interval: Option<(f64, f64)>,
    /// Authorities.
    pub units: usize,
}

/// Fewer authorities than these have no interval: that of a single one would have no width.
const FEWEST: usize = 5;

/// How often authorities are drawn again.
const DRAWS: usize = 2000;

impl Ratio {
    /// The ratio over the cells that both predicted. Whole authorities are drawn again with replacement, both competitors' scores together,
    /// because the cells of one authority share its fortunes. Nothing where there is no cell, or where the other was never wrong.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>, of: Competitor, by: Competitor, measure: Measure) -> Option<Self> {
        Self::of_pairs(cells.into_iter().filter_map(|cell| Some((cell.unit, cell.of(of)?, cell.of(by)?))), measure)
    }

    /// The same of pairs of scores, each with the position of its authority.
    pub fn of_pairs<'a>(pairs: impl IntoIterator<Item = (usize, &'a Score, &'a Score)>, measure: Measure) -> Option<Self> {
        let mut sums: Vec<(f64, f64)> = Vec::new();
        for (unit, one, other) in pairs {
            if sums.len() <= unit {
                sums.resize(unit + 1, (0.0, 0.0));
            }
            sums[unit].0 += measure.of(one);
            sums[unit].1 += measure.of(other);
        }
        sums.retain(|&(one, other)| one > 0.0 || other > 0.0);
        let total = |sums: &mut dyn Iterator<Item = (f64, f64)>| sums.fold((0.0, 0.0), |(a, b), (one, other)| (a + one, b + other));
        let (one, other) = total(&mut sums.iter().copied());
        if other <= 0.0 {
            return None;
        }
        let mut dice = Xoshiro256PlusPlus::seed_from_u64(DRAWS as u64);
        let mut drawn: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let (one, other) = total(&mut (0..sums.len()).map(|_| sums[dice.random_range(0..sums.len())]));
                one / other
            })
            .filter(|ratio| ratio.is_finite())
            .collect();
        drawn.sort_unstable_by(f64::total_cmp);
        let at = |share| crate::outlook::quantile(&drawn, share);
        let interval = (sums.len() >= FEWEST).then(|| (at(0.025), at(0.975)));
        Some(Self { ratio: one / other, interval, units: sums.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;
    use crate::examiner::score::Prediction;
    use domain::Day;

    fn cell(unit: usize, came: u32, one: u32, other: u32) -> Cell {
        let mut scores = [None; Competitor::ALL.len()];
        scores[Competitor::Drift as usize] = Some(Prediction::Counts(Counts::certain(one)).score(came));
        scores[Competitor::LastValue as usize] = Some(Prediction::Counts(Counts::certain(other)).score(came));
        Cell { unit, origin: Day::year_end(2020), horizon: 91, group: 4, came, scores }
    }

    #[test]
    fn a_summary_is_the_mean_of_its_cells() {
        let cells = [cell(0, 10, 12, 10), cell(0, 10, 7, 10)];
        let summary = Summary::of(&cells, Competitor::Drift).unwrap();
        assert_eq!(summary.cells, 2);
        assert!((summary.mae - 2.5).abs() < 1e-12 && (summary.bias + 0.5).abs() < 1e-12 && (summary.crps - 2.5).abs() < 1e-12);
        assert_eq!(Summary::of(&cells, Competitor::Microsimulation), None);
    }

    #[test]
    fn the_bootstrap_draws_whole_authorities() {
        // In each authority the one is wrong by half as much: there is nothing to be unsure of.
        let cells: Vec<Cell> = (0..10).flat_map(|unit| [cell(unit, 50, 50 + unit as u32 + 1, 50 + 2 * (unit as u32 + 1))]).collect();
        let ratio = Ratio::of(&cells, Competitor::Drift, Competitor::LastValue, Measure::Crps).unwrap();
        assert!((ratio.ratio - 0.5).abs() < 1e-12 && ratio.units == 10);
        let (low, high) = ratio.interval.unwrap();
        assert!((low - 0.5).abs() < 1e-12 && (high - 0.5).abs() < 1e-12);
        let alone = Ratio::of(&cells[..1], Competitor::Drift, Competitor::LastValue, Measure::Crps).unwrap();
        assert_eq!((alone.interval, alone.units), (None, 1), "one authority says nothing of others");
        // Where authorities differ, the interval is wide and holds the ratio.
        let mixed: Vec<Cell> = (0..10).map(|unit| if unit % 2 == 0 { cell(unit, 50, 51, 54) } else { cell(unit, 50, 54, 51) }).collect();
        let ratio = Ratio::of(&mixed, Competitor::Drift, Competitor::LastValue, Measure::Crps).unwrap();
        let (low, high) = ratio.interval.unwrap();
        assert!(low < 0.8 && high > 1.2 && (ratio.ratio - 1.0).abs() < 1e-12);
    }
}
