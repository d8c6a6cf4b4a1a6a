//! Chance from a seed, by counter: every path, child and purpose has its own stream, so that the same seed gives the same bytes on any number
//! of threads, and base and scenario meet the same luck (common random numbers: Glasserman and Yao, Management Science 38, 1992).

use rand::{Rng, SeedableRng};
use rand_xoshiro::SplitMix64;

/// What a stream is for. Streams of different purposes never meet.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(super) enum Purpose {
    /// The rates of a path.
    Rates,
    /// How rates drift on a path.
    Drift,
    /// How many come into care.
    Entries,
    /// Who comes.
    Family,
    /// Which arrivals of the past stand for those ahead.
    Resample,
    /// One child's way.
    Life,
    /// What a scenario changes of it.
    Lever,
}

/// One stream. SplitMix64 is a counter behind a mixing function (Steele, Lea and Flood, OOPSLA 2014): the n-th number of a stream depends
/// on the key and on n alone.
#[derive(Clone, Debug)]
pub(super) struct Chance(SplitMix64);

impl Chance {
    /// The stream of a purpose on a path, for one subject (a child, or a month of an authority).
    pub(super) fn new(seed: u64, path: usize, purpose: Purpose, subject: u64) -> Self {
        let key = mix(mix(mix(seed) ^ path as u64) ^ purpose as u64) ^ subject;
        Self(SplitMix64::seed_from_u64(mix(key)))
    }

    /// Uniform in `(0, 1]`, so that its logarithm is finite.
    pub(super) fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Uniform among `0..n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        (((self.0.next_u64() >> 32) * n as u64) >> 32) as usize
    }

    /// Exponential with mean one.
    pub(super) fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// For distributions of `rand_distr`.
    pub(super) fn source(&mut self) -> &mut impl Rng {
        &mut self.0
    }
}

/// The mixing function of SplitMix64, as its first output.
fn mix(value: u64) -> u64 {
    SplitMix64::seed_from_u64(value).next_u64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_depend_on_their_key_alone() {
        let draw = |path, subject| Chance::new(7, path, Purpose::Life, subject).unit().to_bits();
        let first = (draw(1, 1), draw(1, 2), draw(2, 1));
        assert_eq!((draw(1, 1), draw(1, 2), draw(2, 1)), first);
        assert!(first.0 != first.1 && first.0 != first.2 && first.1 != first.2);
        assert_ne!(Chance::new(7, 1, Purpose::Life, 1).unit().to_bits(), Chance::new(7, 1, Purpose::Family, 1).unit().to_bits());
    }

    #[test]
    fn numbers_are_uniform_and_exponential() {
        let n = 20_000;
        let mean = (0..n).map(|subject| Chance::new(1, 0, Purpose::Life, subject).unit()).sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let mut chance = Chance::new(1, 0, Purpose::Drift, 0);
        let mean = (0..n).map(|_| chance.exponential()).sum::<f64>() / n as f64;
        assert!((mean - 1.0).abs() < 0.03, "{mean}");
        assert_eq!(chance.below(0), 0);
        assert!((0..1000).all(|_| chance.below(3) < 3));
    }
}
