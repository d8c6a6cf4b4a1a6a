//! Chance from a seed. Every subject (an authority's months, one child's life, one child's papers) draws from its own stream, so the
//! same settings give the same bytes on any number of threads, and a new question about one child changes no other child.

use domain::Day;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson, StandardNormal};

/// What a stream of chance is for.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(crate) enum Purpose {
    /// Character of an authority: size, mix, names.
    Character,
    /// Entries month by month.
    Entries,
    /// Entries month by month, shared by the authorities of a region.
    Region,
    /// Who enters: siblings, ages, legal status.
    Family,
    /// One child's way through care.
    Life,
    /// One child's header and papers.
    Papers,
    /// Which setting takes which child.
    Market,
    /// Contracts, requests, prices, plans.
    Supply,
    /// Short breaks.
    ShortBreaks,
    /// Injected faults.
    Dirt,
    /// What people write about a child.
    Told,
}

/// One stream of chance.
#[derive(Clone, Debug)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of one subject: `authority` below 65,536, `number` below 2^40.
    pub(crate) fn new(seed: u64, authority: usize, purpose: Purpose, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream((authority as u64) << 48 | (purpose as u64) << 40 | number);
        Self(rng)
    }

    /// Uniform in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform among `0..n`; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// Uniform among `low..=high`.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).max(1) as usize) as i32
    }

    /// One of a list.
    pub(crate) fn any<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Position drawn by weight. The weights need not add to one; 0 where they are all nothing.
    pub(crate) fn weighted(&mut self, weights: impl IntoIterator<Item = f64> + Clone) -> usize {
        let total: f64 = weights.clone().into_iter().sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (i, weight) in weights.into_iter().enumerate() {
            if weight > 0.0 {
                if left < weight {
                    return i;
                }
                left -= weight;
                last = i;
            }
        }
        last
    }

    /// A value from a table of values with weights.
    pub(crate) fn by_weight<T: Copy>(&mut self, table: &[(T, f64)]) -> T {
        table[self.weighted(table.iter().map(|&(_, weight)| weight))].0
    }

    /// Which of the next `nights` nights is the first on which something happens that happens each night with this probability
    /// (1 for the first); nothing if it happens on none of them.
    pub(crate) fn first_night_within(&mut self, probability: f64, nights: i32) -> Option<i32> {
        if probability <= 0.0 || nights <= 0 {
            return None;
        }
        if probability >= 1.0 {
            return Some(1);
        }
        let quiet = ((1.0 - self.unit()).ln() / (-probability).ln_1p()).floor();
        (quiet < f64::from(nights)).then(|| 1 + quiet as i32)
    }

    /// The nights until something happens that happens after this many nights on average; at least one, at most 20,000.
    pub(crate) fn wait(&mut self, mean: f64) -> i32 {
        self.first_night_within(1.0 / mean.max(1.0), 20_000).unwrap_or(20_000)
    }

    /// A factor around one: lognormal with mean one and this standard deviation of the logarithm.
    pub(crate) fn unit_spread(&mut self, deviation: f64) -> f64 {
        (deviation * self.normal() - deviation * deviation / 2.0).exp()
    }

    /// Standard normal.
    pub(crate) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Poisson with this mean; 0 where the mean is not positive.
    fn poisson(&mut self, mean: f64) -> u32 {
        Poisson::new(mean).map_or(0, |poisson| poisson.sample(&mut self.0) as u32)
    }

    /// Negative binomial: Poisson whose mean varies by a gamma of this shape.
    pub(crate) fn poisson_gamma(&mut self, mean: f64, shape: f64) -> u32 {
        let factor = self.gamma(shape);
        self.poisson(mean * factor)
    }

    /// Gamma with mean one and this shape (variance one over shape).
    fn gamma(&mut self, shape: f64) -> f64 {
        Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma| gamma.sample(&mut self.0))
    }

    /// A day in `from..to`.
    pub(crate) fn day_between(&mut self, from: Day, to: Day) -> Day {
        from.plus(self.below(to.since(from).max(1) as usize) as i32)
    }

    /// This many digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| (b'0' + self.below(10) as u8) as char).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_do_not_depend_on_order() {
        let draw = |number| Dice::new(7, 3, Purpose::Life, number).unit();
        let (a, b) = (draw(1), draw(2));
        assert_eq!((b.to_bits(), a.to_bits()), (draw(2).to_bits(), draw(1).to_bits()));
        assert_ne!(a.to_bits(), b.to_bits());
        assert_ne!(Dice::new(7, 3, Purpose::Papers, 1).unit().to_bits(), a.to_bits());
    }

    #[test]
    fn nights_until_the_first_event_have_the_mean_of_the_hazard() {
        let mut dice = Dice::new(1, 0, Purpose::Life, 0);
        let n = 40_000;
        let mean = (0..n).map(|_| f64::from(dice.wait(50.0))).sum::<f64>() / f64::from(n);
        assert!((mean - 50.0).abs() < 1.0, "{mean}");
        assert_eq!(dice.first_night_within(0.0, 100), None);
        assert_eq!(dice.first_night_within(1.0, 100), Some(1));
    }
}
