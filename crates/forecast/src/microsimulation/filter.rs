//! The exact filter of a level that swings and shifts, on a grid (a hidden Markov model: Kitagawa, JASA 82, 1987).
//!
//! A distribution is held regime by regime of [`Shifts`], the usual one first, and within each point by point of `x/σ`.

use super::shifts::Shifts;
use super::wave::Setting;

/// Points of the grid of `x/σ`, from −4 to 4.
pub(super) const POINTS: usize = 41;
/// The way from one point to the next.
pub(super) const STEP: f64 = 8.0 / (POINTS - 1) as f64;

/// Mean of `exp(level + x)` at each step, given all counts (forward filter, backward pass).
pub(super) fn smooth(counts: &[f64], offsets: &[f64], setting: &Setting, shifts: &'static Shifts) -> Vec<f64> {
    let kernel = Kernel::new(setting.persistence, shifts);
    let swings: Vec<f64> = logs(setting, shifts).iter().map(|log| log.exp()).collect();
    let mut filtered: Vec<Vec<f64>> = Vec::with_capacity(counts.len());
    filter(counts, offsets, setting, &kernel, |now| filtered.push(now.to_vec()));
    let mut after: Option<Vec<f64>> = None;
    let mut means: Vec<f64> = filtered
        .into_iter()
        .rev()
        .map(|now| {
            // P(now | all) = P(now | so far) Σ P(next | now) P(next | all) / P(next | so far).
            let smoothed: Vec<f64> = match &after {
                None => now,
                Some(after) => {
                    let ratios: Vec<f64> = after.iter().zip(kernel.forward(&now)).map(|(after, ahead)| after / ahead.max(1e-300)).collect();
                    now.iter().zip(kernel.backward(&ratios)).map(|(now, ratio)| now * ratio).collect()
                }
            };
            let mean = smoothed.iter().zip(&swings).map(|(weight, swing)| weight * swing).sum();
            after = Some(smoothed);
            mean
        })
        .collect();
    means.reverse();
    means
}

/// What a filter leaves.
pub(super) struct Filtered {
    /// Logarithm of the likelihood.
    pub(super) log: f64,
    /// The distribution over regimes and points after the last count.
    pub(super) now: Vec<f64>,
}

/// Runs through the counts and tells the distribution after each.
pub(super) fn filter(counts: &[f64], offsets: &[f64], setting: &Setting, kernel: &Kernel, mut tell: impl FnMut(&[f64])) -> Filtered {
    let mut log = 0.0;
    let mut now = kernel.stationary();
    let logs = logs(setting, kernel.shifts);
    let swings: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
    let mut terms = vec![0.0; logs.len()];
    for (&count, &offset) in counts.iter().zip(offsets) {
        let mut next = kernel.forward(&now);
        if offset > 0.0 {
            let log_offset = offset.ln();
            for ((term, swing), log) in terms.iter_mut().zip(&swings).zip(&logs) {
                let mean = offset * swing;
                *term = if setting.shape.is_finite() {
                    count * (log + log_offset) - (count + setting.shape) * (1.0 + mean / setting.shape).ln()
                } else {
                    count * (log + log_offset) - mean
                };
            }
            let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut sum = 0.0;
            for (next, term) in next.iter_mut().zip(&terms) {
                *next *= (term - most).exp();
                sum += *next;
            }
            log += most + sum.ln() + rising(setting.shape, count);
            for next in &mut next {
                *next /= sum;
            }
        }
        now = next;
        tell(&now);
    }
    Filtered { log, now }
}

/// `level + x`, regime by regime, point by point.
fn logs(setting: &Setting, shifts: &Shifts) -> Vec<f64> {
    (0..shifts.regimes())
        .flat_map(|regime| (0..POINTS).map(move |at| setting.level + shifts.size(regime) + setting.deviation * x(at)))
        .collect()
}

/// Logarithm of `Γ(s + n) / (Γ(s) sⁿ)`: what differs between shapes in the probability of a count.
fn rising(shape: f64, count: f64) -> f64 {
    if shape.is_finite() { (0..count as u32).map(|i| (1.0 + f64::from(i) / shape).ln()).sum() } else { 0.0 }
}

fn x(point: usize) -> f64 {
    STEP * point as f64 - 4.0
}

/// A standard normal on the grid.
fn stationary() -> [f64; POINTS] {
    let weights: [f64; POINTS] = std::array::from_fn(|i| (-x(i) * x(i) / 2.0).exp());
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}

/// Where a step leads from each regime and point.
pub(super) struct Kernel {
    /// From each point to a run of points: normal with mean `ρ x` and variance `1 − ρ²`.
    rows: Vec<(usize, Vec<f64>)>,
    shifts: &'static Shifts,
}

impl Kernel {
    pub(super) fn new(persistence: f64, shifts: &'static Shifts) -> Self {
        /// Weights below this part of the greatest are left out.
        const NEGLIGIBLE: f64 = 1e-9;
        let variance = 1.0 - persistence * persistence;
        let row = |from: usize| {
            let weight = |to: usize| (-(x(to) - persistence * x(from)).powi(2) / (2.0 * variance)).exp();
            let most = (0..POINTS).map(weight).fold(0.0, f64::max);
            let first = (0..POINTS).find(|&to| weight(to) > NEGLIGIBLE * most).unwrap_or(0);
            let weights: Vec<f64> = (first..POINTS).map(weight).take_while(|&weight| weight > NEGLIGIBLE * most).collect();
            let sum: f64 = weights.iter().sum();
            (first, weights.into_iter().map(|weight| weight / sum).collect())
        };
        Self { rows: (0..POINTS).map(row).collect(), shifts }
    }

    /// A standard normal at the usual level or, as often as shifts last, at another.
    fn stationary(&self) -> Vec<f64> {
        let usual = self.shifts.end / (self.shifts.onset + self.shifts.end);
        let shares = std::iter::once(usual).chain(self.shifts.sizes.iter().map(|(_, chance)| (1.0 - usual) * chance));
        shares.flat_map(|share| stationary().map(|weight| share * weight)).collect()
    }

    /// The distribution one step on.
    fn forward(&self, now: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; now.len()];
        for (now, next) in now.chunks(POINTS).zip(next.chunks_mut(POINTS)) {
            for (weight, (first, row)) in now.iter().zip(&self.rows) {
                for (next, step) in next[*first..].iter_mut().zip(row) {
                    *next += weight * step;
                }
            }
        }
        let Shifts { onset, end, sizes } = *self.shifts;
        let (usual, shifted) = next.split_at_mut(POINTS);
        for (at, here) in usual.iter_mut().enumerate() {
            let was = *here;
            *here *= 1.0 - onset;
            for (regime, (_, chance)) in sizes.iter().enumerate() {
                let there = &mut shifted[regime * POINTS + at];
                *here += *there * end;
                *there = *there * (1.0 - end) + was * onset * chance;
            }
        }
        next
    }

    /// For each regime and point, the mean of a function of the next.
    fn backward(&self, next: &[f64]) -> Vec<f64> {
        let Shifts { onset, end, sizes } = *self.shifts;
        let mut mixed = next.to_vec();
        let (usual, shifted) = mixed.split_at_mut(POINTS);
        for (at, here) in usual.iter_mut().enumerate() {
            let was = *here;
            *here *= 1.0 - onset;
            for (regime, (_, chance)) in sizes.iter().enumerate() {
                let there = &mut shifted[regime * POINTS + at];
                *here += *there * onset * chance;
                *there = *there * (1.0 - end) + was * end;
            }
        }
        let step = |of: &[f64]| -> Vec<f64> {
            self.rows.iter().map(|(first, row)| row.iter().zip(&of[*first..]).map(|(step, next)| step * next).sum()).collect()
        };
        mixed.chunks(POINTS).flat_map(step).collect()
    }
}
