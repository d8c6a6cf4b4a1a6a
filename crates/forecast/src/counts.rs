//! Distributions of a number of children: whole numbers, none below zero.

use crate::outlook::Spread;

/// The chances of each whole number from `first` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    first: u32,
    /// Chance of at most `first + i`; the last is 1.
    cumulative: Vec<f64>,
    /// How many equally likely futures it stands for, where it is a sample: scores then allow for the sample being finite.
    sample: Option<usize>,
}

/// Mass that may be cut off at each end of a distribution that goes on for ever.
const NEGLIGIBLE: f64 = 1e-12;

impl Counts {
    /// How many bytes it takes beside itself.
    pub fn bytes(&self) -> usize {
        size_of::<f64>() * self.cumulative.len()
    }

    /// Exactly so many.
    pub fn certain(children: u32) -> Self {
        Self { first: children, cumulative: vec![1.0], sample: None }
    }

    /// Equally likely futures of a simulation, of which more could be drawn. None at all is read as zero children.
    pub fn sample(futures: &[u32]) -> Self {
        Self { sample: Some(futures.len()), ..Self::empirical(futures) }
    }

    /// The distribution of some numbers, taken as it is. None at all is read as zero children.
    pub fn empirical(numbers: &[u32]) -> Self {
        let (Some(&first), Some(&last)) = (numbers.iter().min(), numbers.iter().max()) else { return Self::certain(0) };
        let mut mass = vec![0.0; (last - first) as usize + 1];
        for &number in numbers {
            mass[(number - first) as usize] += 1.0;
        }
        Self::of_mass(first, mass)
    }

    /// `trials` children of whom each is there with this chance.
    pub fn binomial(trials: u32, chance: f64) -> Self {
        if chance <= 0.0 || trials == 0 {
            return Self::certain(0);
        }
        if chance >= 1.0 {
            return Self::certain(trials);
        }
        let odds = chance / (1.0 - chance);
        let n = f64::from(trials);
        let mode = ((n + 1.0) * chance).floor().min(n) as u32;
        // Ratios of neighbouring chances.
        Self::around(mode, Some(trials), |k| (n - f64::from(k)) / (f64::from(k) + 1.0) * odds)
    }

    /// Children who come independently, so many on average.
    pub fn poisson(mean: f64) -> Self {
        if mean <= 0.0 {
            return Self::certain(0);
        }
        Self::around(mean.floor() as u32, None, |k| mean / (f64::from(k) + 1.0))
    }

    /// A normal distribution rounded to whole numbers, what lies below zero counted as zero.
    pub fn normal(mean: f64, sd: f64) -> Self {
        let reach = 7.5 * sd.max(1e-9);
        let first = (mean - reach).floor().max(0.0) as u32;
        let last = (mean + reach).ceil().max(f64::from(first)) as u32;
        let cumulative: Vec<f64> = (first..=last).map(|k| normal_cdf((f64::from(k) + 0.5 - mean) / sd.max(1e-9))).collect();
        Self { first, cumulative, sample: None }.closed()
    }

    /// From the most likely number outwards; `ratio(k)` is the chance of `k + 1` over that of `k`.
    fn around(mode: u32, most: Option<u32>, ratio: impl Fn(u32) -> f64) -> Self {
        let mut below = Vec::new();
        let mut chance = 1.0;
        for k in (0..mode).rev() {
            chance /= ratio(k);
            if chance < NEGLIGIBLE {
                break;
            }
            below.push(chance);
        }
        let first = mode - below.len() as u32;
        let mut mass: Vec<f64> = below.into_iter().rev().chain([1.0]).collect();
        chance = 1.0;
        let mut k = mode;
        while most.is_none_or(|most| k < most) {
            chance *= ratio(k);
            if chance < NEGLIGIBLE {
                break;
            }
            mass.push(chance);
            k += 1;
        }
        Self::of_mass(first, mass)
    }

    /// From weights that need not add up to one.
    fn of_mass(first: u32, mass: Vec<f64>) -> Self {
        let whole: f64 = mass.iter().sum();
        let mut sum = 0.0;
        let cumulative = mass
            .into_iter()
            .map(|mass| {
                sum += mass / whole;
                sum
            })
            .collect();
        Self { first, cumulative, sample: None }.closed()
    }

    /// The last chance is one, whatever rounding says.
    fn closed(mut self) -> Self {
        if let Some(last) = self.cumulative.last_mut() {
            *last = 1.0;
        }
        self
    }

    /// The chance of exactly each number, from `first` on.
    fn mass(&self) -> Vec<f64> {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        self.cumulative.iter().zip(before).map(|(at_most, before)| at_most - before).collect()
    }

    /// The sum of two independent numbers.
    pub fn plus(&self, other: &Self) -> Self {
        let (a, b) = (self.mass(), other.mass());
        let mut mass = vec![0.0; a.len() + b.len() - 1];
        for (i, a) in a.iter().enumerate() {
            for (to, b) in mass[i..].iter_mut().zip(&b) {
                *to += a * b;
            }
        }
        let mut first = self.first + other.first;
        // What is cut off is less than anybody can see, and keeps sums short.
        while mass.len() > 1 && mass.last().is_some_and(|&last| last < NEGLIGIBLE) {
            mass.pop();
        }
        let empty = mass.iter().take_while(|&&mass| mass < NEGLIGIBLE).count().min(mass.len() - 1);
        mass.drain(..empty);
        first += empty as u32;
        Self::of_mass(first, mass)
    }

    /// One of several distributions, each with its weight; a linear pool. Weights must add up to one.
    pub fn pool(parts: &[(f64, &Self)]) -> Self {
        let used = || parts.iter().filter(|(weight, _)| *weight > 0.0);
        let (Some(first), Some(last)) = (used().map(|(_, part)| part.first).min(), used().map(|(_, part)| part.last()).max()) else {
            return Self::certain(0);
        };
        let cumulative = (first..=last).map(|k| used().map(|(weight, part)| weight * part.at_most(k)).sum()).collect();
        let sample = used().filter_map(|(_, part)| part.sample).min();
        Self { first, cumulative, sample }.closed()
    }

    /// The greatest number that has a chance.
    fn last(&self) -> u32 {
        self.first + self.cumulative.len() as u32 - 1
    }

    /// The chance of at most `children`.
    pub fn at_most(&self, children: u32) -> f64 {
        match children.checked_sub(self.first) {
            None => 0.0,
            Some(at) => self.cumulative.get(at as usize).copied().unwrap_or(1.0),
        }
    }

    /// The smallest number that is not exceeded with this chance.
    pub fn quantile(&self, chance: f64) -> u32 {
        // Rounding in a sum must not push a quantile one child up.
        let at = self.cumulative.partition_point(|&at_most| at_most < chance - 1e-12);
        self.first + at.min(self.cumulative.len() - 1) as u32
    }

    /// Expected children.
    pub fn mean(&self) -> f64 {
        f64::from(self.first) + self.cumulative.iter().map(|at_most| 1.0 - at_most).sum::<f64>()
    }

    /// Middle, bands and standard deviation.
    pub fn spread(&self) -> Spread {
        let mean = self.mean();
        let variance: f64 = self.mass().iter().zip(self.first..).map(|(mass, k)| mass * (f64::from(k) - mean).powi(2)).sum();
        // A sample's own mean lies nearer to it than the mean of all futures.
        let variance = self.sample.filter(|&n| n > 1).map_or(variance, |n| variance * n as f64 / (n as f64 - 1.0));
        let at = |chance: f64| f64::from(self.quantile(chance));
        Spread {
            mean,
            sd: variance.max(0.0).sqrt(),
            median: at(0.5),
            half: (at(0.25), at(0.75)),
            eighty: (at(0.1), at(0.9)),
            ninety_five: (at(0.025), at(0.975)),
        }
    }

    /// Expected distance between two independent draws; of a sample, between two different futures of it.
    pub fn mean_difference(&self) -> f64 {
        let distance = 2.0 * self.cumulative.iter().map(|f| f * (1.0 - f)).sum::<f64>();
        match self.sample {
            Some(n) if n > 1 => distance * n as f64 / (n as f64 - 1.0),
            _ => distance,
        }
    }

    /// Expected distance between a draw of this and a draw of the other.
    pub fn distance(&self, other: &Self) -> f64 {
        let (first, last) = (self.first.min(other.first), self.last().max(other.last()));
        let apart = |k: u32| {
            let (f, g) = (self.at_most(k), other.at_most(k));
            f * (1.0 - g) + g * (1.0 - f)
        };
        (first..=last).map(apart).sum()
    }

    /// Expected distance from what came.
    pub fn distance_to(&self, came: u32) -> f64 {
        let above: f64 = self.cumulative.iter().zip(self.first..).filter(|&(_, k)| k >= came).map(|(f, _)| 1.0 - f).sum();
        let below: f64 = self.cumulative.iter().zip(self.first..).filter(|&(_, k)| k < came).map(|(f, _)| f).sum();
        // Outside the range of the numbers the whole way counts.
        above + below + f64::from(self.first.saturating_sub(came)) + f64::from(came.saturating_sub(self.last() + 1))
    }
}

/// The chance that a standard normal number is below `z`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_known_distributions() {
        let binomial = Counts::binomial(40, 0.3).spread();
        assert!((binomial.mean - 12.0).abs() < 1e-9 && (binomial.sd.powi(2) - 8.4).abs() < 1e-8);
        let poisson = Counts::poisson(7.5).spread();
        assert!((poisson.mean - 7.5).abs() < 1e-9 && (poisson.sd.powi(2) - 7.5).abs() < 1e-7);
        let sum = Counts::binomial(40, 0.3).plus(&Counts::poisson(7.5)).spread();
        assert!((sum.mean - 19.5).abs() < 1e-8 && (sum.sd.powi(2) - 15.9).abs() < 1e-6);
        assert_eq!(Counts::poisson(0.0), Counts::certain(0));
        assert_eq!(Counts::binomial(5, 1.0), Counts::certain(5));
    }

    #[test]
    fn the_normal_distribution_at_known_points() {
        // Abramowitz and Stegun, table 26.1.
        for (z, chance) in
            [(0.0, 0.5), (1.0, 0.841_344_746_068_5), (-1.96, 0.024_997_895_148_2), (3.0, 0.998_650_101_968_4), (-4.0, 3.167_124_18e-5)]
        {
            assert!((normal_cdf(z) - chance).abs() < 1e-10, "{z}: {}", normal_cdf(z));
        }
        let spread = Counts::normal(100.0, 10.0).spread();
        assert!((spread.mean - 100.0).abs() < 1e-6 && (spread.sd.powi(2) - (100.0 + 1.0 / 12.0)).abs() < 1e-3);
        assert!(Counts::normal(1.0, 5.0).spread().ninety_five.0.abs() < 1e-9);
    }

    #[test]
    fn a_sample_keeps_its_quantiles_and_distances() {
        let sample = Counts::sample(&[4, 1, 4, 7]);
        assert_eq!((sample.quantile(0.25), sample.quantile(0.5), sample.quantile(1.0)), (1, 4, 7));
        assert!((sample.at_most(4) - 0.75).abs() < 1e-12);
        // Pairs of different futures: 3, 0, 3, 3, 6, 3 over six.
        assert!((sample.mean_difference() - 18.0 / 6.0).abs() < 1e-12);
        for came in [0, 1, 3, 4, 7, 12] {
            let by_hand = [4, 1, 4, 7].iter().map(|&value: &i32| f64::from((value - came).abs())).sum::<f64>() / 4.0;
            assert!((sample.distance_to(came as u32) - by_hand).abs() < 1e-12, "{came}");
        }
        let other = Counts::sample(&[2, 9]);
        let by_hand = [4, 1, 4, 7].iter().flat_map(|a: &i32| [2, 9].map(|b| f64::from((a - b).abs()))).sum::<f64>() / 8.0;
        assert!((sample.distance(&other) - by_hand).abs() < 1e-12);
    }

    #[test]
    fn a_pool_lies_between_its_parts() {
        let (a, b) = (Counts::certain(2), Counts::sample(&[6, 8]));
        let pool = Counts::pool(&[(0.5, &a), (0.5, &b)]);
        assert!((pool.mean() - 4.5).abs() < 1e-12);
        assert_eq!((pool.quantile(0.5), pool.quantile(0.75), pool.quantile(0.9)), (2, 6, 8));
    }
}
