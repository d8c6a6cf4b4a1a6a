//! Pooling of many small cells: each cell's rate is its expected rate times a gamma factor of mean one (Gamma-Poisson, empirical Bayes).
//!
//! With `n` events where the prior expects `m`, the factor is Gamma(κ + n, κ + m) a posteriori: a cell with no events keeps the prior, one with many
//! says its own. The strength κ is found by marginal likelihood, in which `n` is negative binomial (Clayton and Kaldor, Biometrics 43, 1987).

/// Strengths tried: from "cells differ by a factor of four" to "cells are the same".
const STRENGTHS: [f64; 12] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// The posterior of one cell's factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Factor {
    /// Shape of the gamma; infinite where nothing is uncertain.
    pub(super) shape: f64,
    /// Its mean.
    pub(super) mean: f64,
}

impl Factor {
    /// Exactly one.
    pub(super) const ONE: Self = Self { shape: f64::INFINITY, mean: 1.0 };
}

/// Pools cells with events `came` where `expected` were to be expected. Gives the strength and each cell's posterior.
pub(super) fn pool(came: &[f64], expected: &[f64]) -> (f64, Vec<Factor>) {
    let strength = strength(came, expected);
    let factors = came
        .iter()
        .zip(expected)
        .map(|(&came, &expected)| Factor { shape: strength + came, mean: (strength + came) / (strength + expected) })
        .collect();
    (strength, factors)
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
        let (strong, factors) = pool(&alike, &expected);
        assert!(strong >= 256.0 && factors.iter().all(|factor| (factor.mean - 1.0).abs() < 0.05), "{strong}");
        let apart: Vec<f64> = (0..40).map(|i| if i % 2 == 0 { 5.0 } else { 35.0 }).collect();
        let (weak, factors) = pool(&apart, &expected);
        assert!(weak <= 4.0 && factors[0].mean < 0.5 && factors[1].mean > 1.5, "{weak}");
    }

    #[test]
    fn a_cell_without_exposure_keeps_the_prior() {
        let (strength, factors) = pool(&[0.0, 10.0], &[0.0, 10.0]);
        assert!((factors[0].mean - 1.0).abs() < 1e-12 && (factors[0].shape - strength).abs() < 1e-12);
    }
}
