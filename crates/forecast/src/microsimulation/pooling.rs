//! Pooling of many small cells: each cell's rate is its expected rate times a gamma factor of mean one (Gamma-Poisson, empirical Bayes).
//!
//! With `n` events where the prior expects `m`, the factor is Gamma(κ + n, κ + m) a posteriori: a cell with no events keeps the prior, one with many
//! says its own. The strength κ is found by marginal likelihood, in which `n` is negative binomial (Clayton and Kaldor, Biometrics 43, 1987).

/// Strengths tried: from "cells differ by a factor of four" to "cells are the same".
const STRENGTHS: [f64; 12] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// Pooled cells: each factor is Gamma(strength + came, strength + expected).
#[derive(Clone, Debug)]
pub(super) struct Pooled {
    /// κ: how many events the prior of each cell is worth.
    pub(super) strength: f64,
    /// Events.
    pub(super) came: Vec<f64>,
    /// Events that the prior expects.
    pub(super) expected: Vec<f64>,
}

impl Pooled {
    /// Posterior mean of a cell's factor.
    pub(super) fn mean(&self, cell: usize) -> f64 {
        (self.strength + self.came[cell]) / (self.strength + self.expected[cell])
    }

    /// Shape of its gamma: one over its relative variance.
    pub(super) fn shape(&self, cell: usize) -> f64 {
        self.strength + self.came[cell]
    }
}

/// Pools cells with events `came` where `expected` were to be expected.
pub(super) fn pool(came: Vec<f64>, expected: Vec<f64>) -> Pooled {
    Pooled { strength: strength(&came, &expected), came, expected }
}

/// The strength with the greatest marginal likelihood.
fn strength(came: &[f64], expected: &[f64]) -> f64 {
    let mut best = (f64::NEG_INFINITY, STRENGTHS[STRENGTHS.len() - 1]);
    for strength in STRENGTHS {
        let likelihood: f64 = came
            .iter()
            .zip(expected)
            .filter(|(came, expected)| **came > 0.0 || **expected > 0.0)
            .map(|(&came, &expected)| log_likelihood(came, expected, strength))
            .sum();
        if likelihood > best.0 {
            best = (likelihood, strength);
        }
    }
    best.1
}

/// Logarithm of the negative binomial probability of `came`, up to a term that does not depend on the strength.
fn log_likelihood(came: f64, expected: f64, strength: f64) -> f64 {
    // ln Γ(κ + n) − ln Γ(κ) as a sum, because n is a whole number.
    let rising: f64 = (0..came as u32).map(|i| (strength + f64::from(i)).ln()).sum();
    rising - (strength + came) * (strength + expected).ln() + strength * strength.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_agree_are_pooled_hard_and_cells_that_differ_keep_their_own() {
        let expected = vec![20.0; 40];
        let alike: Vec<f64> = (0..40).map(|i| 20.0 + f64::from(i % 5) * 2.0 - 4.0).collect();
        let strong = pool(alike, expected.clone());
        assert!(strong.strength >= 256.0 && (0..40).all(|cell| (strong.mean(cell) - 1.0).abs() < 0.05), "{}", strong.strength);
        let apart: Vec<f64> = (0..40).map(|i| if i % 2 == 0 { 5.0 } else { 35.0 }).collect();
        let weak = pool(apart, expected);
        assert!(weak.strength <= 4.0 && weak.mean(0) < 0.5 && weak.mean(1) > 1.5, "{}", weak.strength);
    }

    #[test]
    fn a_cell_without_exposure_keeps_the_prior() {
        let pooled = pool(vec![0.0, 10.0], vec![0.0, 10.0]);
        assert!((pooled.mean(0) - 1.0).abs() < 1e-12 && (pooled.shape(0) - pooled.strength).abs() < 1e-12);
    }
}
