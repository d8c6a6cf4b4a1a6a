//! A level that may shift suddenly by a large factor and comes back: a Markov-switching mean (Hamilton, Econometrica 57, 1989).

use super::chance::Chance;

/// Sudden shifts of the level, from one step to the next. They are a prior: a few years of one region cannot tell how often they come.
#[derive(Debug, PartialEq)]
pub(super) struct Shifts {
    /// Chance of a shift at a step.
    pub(super) onset: f64,
    /// Chance at a step that a shift is over.
    pub(super) end: f64,
    /// Logarithms of the factors, with the chance of each.
    pub(super) sizes: &'static [(f64, f64)],
}

impl Shifts {
    /// The level never shifts.
    pub(super) const NEVER: Self = Self { onset: 0.0, end: 1.0, sizes: &[] };

    /// The logarithm of the factor in a regime; 0 is the usual one.
    pub(super) fn size(&self, regime: usize) -> f64 {
        regime.checked_sub(1).map_or(0.0, |at| self.sizes[at].0)
    }

    /// The regime of the next step.
    pub(super) fn next(&self, regime: usize, chance: &mut Chance) -> usize {
        if self.sizes.is_empty() {
            return 0;
        }
        let (unit, which) = (chance.unit(), chance.unit());
        if regime > 0 {
            return if unit <= self.end { 0 } else { regime };
        }
        if unit > self.onset {
            return 0;
        }
        let mut left = which;
        let found = self.sizes.iter().position(|(_, chance)| {
            left -= chance;
            left <= 0.0
        });
        1 + found.unwrap_or(self.sizes.len() - 1)
    }

    /// Usual level and shifts.
    pub(super) fn regimes(&self) -> usize {
        1 + self.sizes.len()
    }

    /// Variance of the logarithm that shifts add to the mean of so many steps.
    pub(super) fn variance_of_mean(&self, steps: f64) -> f64 {
        let (share, together) = (self.onset / (self.onset + self.end), self.onset + self.end);
        let variance: f64 = self.sizes.iter().map(|(log, chance)| share * chance * log * log).sum();
        variance * (2.0 / (together * steps)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::chance::Purpose;
    use super::*;

    #[test]
    fn shifts_come_and_go_as_often_as_is_said() {
        let shifts = Shifts { onset: 0.04, end: 0.08, sizes: &[(-0.7, 0.25), (0.7, 0.75)] };
        let mut chance = Chance::new(1, 0, Purpose::Entries, 0);
        let mut steps = [0.0f64; 3];
        let mut regime = 0;
        for _ in 0..60_000 {
            regime = shifts.next(regime, &mut chance);
            steps[regime] += 1.0 / 60_000.0;
        }
        // A third of the time shifted, a quarter of that down.
        for (share, expected) in steps.iter().zip([2.0f64 / 3.0, 1.0 / 12.0, 0.25]) {
            assert!((share - expected).abs() < 0.03, "{steps:?}");
        }
        assert_eq!(Shifts::NEVER.next(0, &mut chance), 0);
    }
}
