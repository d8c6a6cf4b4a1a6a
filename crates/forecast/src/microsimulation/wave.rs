//! A level that swings about its mean, and what many months of counts say about it.
//!
//! Counts are negative binomial about `offset × exp(level + x)`, where `x` is mean-reverting: `x' = ρ x + √(1 − ρ²) σ ε`, an AR(1) with stationary
//! standard deviation σ (a dynamic generalised linear model: West, Harrison and Migon, JASA 80, 1985). Persistence ρ, σ, the level and the
//! extra-Poisson shape are not plugged in: every combination on a grid is filtered exactly on a grid of `x/σ` (a hidden Markov model: Kitagawa,
//! JASA 82, 1987) and weighted by its likelihood and prior, and each path draws its own. Plugged in, intervals come out too narrow.

use rand_distr::{Distribution, StandardNormal};

use super::chance::Chance;

/// Points of the grid of `x/σ`, from −4 to 4.
const POINTS: usize = 41;
const STEP: f64 = 8.0 / (POINTS - 1) as f64;

/// What is tried.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Persistence from one step to the next.
    pub(super) persistence: &'static [f64],
    /// Stationary standard deviations of the logarithm.
    pub(super) deviation: &'static [f64],
    /// Prior mean of the deviation (exponential).
    pub(super) expected_deviation: f64,
    /// Shapes of the gamma that makes counts negative binomial.
    pub(super) shape: &'static [f64],
    /// Whether the mean level is unknown or that of the offsets.
    pub(super) level: Level,
}

/// What is known of the mean level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Nothing: it is found from the counts.
    Unknown,
    /// Offsets are right in the long run.
    Known,
}

/// One combination of parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) persistence: f64,
    pub(super) deviation: f64,
    pub(super) shape: f64,
    pub(super) level: f64,
}

/// The posterior: weighted combinations, and where each stands at the end.
#[derive(Clone, Debug)]
pub(super) struct Wave {
    settings: Vec<Setting>,
    /// Cumulative weights.
    weights: Vec<f64>,
    /// Cumulative probabilities of the grid's points at the last step, combination by combination.
    stands: Vec<[f64; POINTS]>,
}

/// One path ahead.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    /// `exp(level + x)` by step.
    pub(super) factors: Vec<f64>,
    /// Shape of the gamma of a step's count.
    pub(super) shape: f64,
}

impl Wave {
    /// What `counts` about `offsets` say, a step each. Steps without offset are gaps.
    pub(super) fn fit(counts: &[f64], offsets: &[f64], grid: &Grid) -> Self {
        let tried = trials(counts, offsets, grid);
        let logs: Vec<f64> = tried.iter().map(|(_, log, _)| *log).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut wave = Self { settings: Vec::new(), weights: Vec::new(), stands: Vec::new() };
        let mut sum = 0.0;
        for (setting, log, stand) in tried {
            let weight = (log - most).exp();
            // What weighs nothing is not kept: a path would never draw it.
            if weight > 1e-4 {
                sum += weight;
                wave.settings.push(setting);
                wave.weights.push(sum);
                wave.stands.push(cumulative(&stand));
            }
        }
        wave
    }

    /// A path of `steps` steps from the one after the last count.
    pub(super) fn draw(&self, chance: &mut Chance, steps: usize) -> Ahead {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let at = position(&self.weights, chance.unit() * total);
        let Some(&setting) = self.settings.get(at) else { return Ahead { factors: vec![1.0; steps], shape: f64::INFINITY } };
        let point = position(&self.stands[at], chance.unit());
        // Spread over the width of the grid's cell, so that values are not lumped.
        let mut x = STEP * (point as f64 + chance.unit() - 0.5) - 4.0;
        let (rho, innovation) = (setting.persistence, (1.0 - setting.persistence * setting.persistence).sqrt());
        let factors = (0..steps)
            .map(|_| {
                let normal: f64 = StandardNormal.sample(chance.source());
                x = rho * x + innovation * normal;
                (setting.level + setting.deviation * x).exp()
            })
            .collect();
        Ahead { factors, shape: setting.shape }
    }

    /// The smoothed course of `exp(level + x)` over the counts, under the most probable combination (forward filter, backward pass).
    pub(super) fn course(&self, counts: &[f64], offsets: &[f64]) -> Vec<f64> {
        let weights = self.weights.iter().scan(0.0, |before, &sum| Some(sum - std::mem::replace(before, sum)));
        let best = weights.zip(&self.settings).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, setting)) = best else { return vec![1.0; counts.len()] };
        smooth(counts, offsets, setting)
    }

    /// Posterior mean of a function of the parameters.
    #[cfg(test)]
    pub(super) fn mean(&self, of: impl Fn(&Setting) -> f64) -> f64 {
        let mut before = 0.0;
        let mut sum = 0.0;
        for (setting, &weight) in self.settings.iter().zip(&self.weights) {
            sum += of(setting) * (weight - before);
            before = weight;
        }
        sum / before
    }
}

/// Every combination with the logarithm of its posterior weight and its distribution at the last step.
fn trials(counts: &[f64], offsets: &[f64], grid: &Grid) -> Vec<(Setting, f64, [f64; POINTS])> {
    let (came, exposed) = (counts.iter().sum::<f64>(), offsets.iter().sum::<f64>());
    let months = counts.len().max(1) as f64;
    let mean_log = ((came + 0.5) / exposed.max(1e-9)).ln();
    let mut tried = Vec::new();
    for &persistence in grid.persistence {
        let kernel = kernel(persistence);
        for &deviation in grid.deviation {
            let variance = deviation * deviation;
            let (levels, spacing) = match grid.level {
                Level::Known => (vec![-variance / 2.0], 1.0),
                Level::Unknown => {
                    // The mean of so many months about the long-run mean.
                    let of_mean = (variance * (1.0 + persistence) / (1.0 - persistence) / months).min(variance);
                    let sd = (1.0 / (came + 0.5) + of_mean).sqrt();
                    ([-1.6, -0.8, 0.0, 0.8, 1.6].map(|z| mean_log - variance / 2.0 + z * sd).to_vec(), sd)
                }
            };
            for &shape in grid.shape {
                for &level in &levels {
                    let setting = Setting { persistence, deviation, shape, level };
                    let (log, stand) = filter(counts, offsets, &setting, &kernel);
                    let prior = -deviation / grid.expected_deviation + width(grid.deviation, deviation).ln();
                    tried.push((setting, log + prior + f64::ln(spacing), stand));
                }
            }
        }
    }
    tried
}

/// How much of the line a point of an uneven grid stands for.
fn width(grid: &[f64], point: f64) -> f64 {
    let at = grid.iter().position(|&other| other >= point).unwrap_or(0);
    let before = if at == 0 { point } else { grid[at - 1] };
    let after = grid.get(at + 1).copied().unwrap_or(point);
    ((after - before) / 2.0).max(1e-3)
}

/// Mean of `exp(level + x)` at each step, given all counts.
fn smooth(counts: &[f64], offsets: &[f64], setting: &Setting) -> Vec<f64> {
    let kernel = kernel(setting.persistence);
    let swings: [f64; POINTS] = std::array::from_fn(|i| (setting.level + setting.deviation * x(i)).exp());
    let filtered: Vec<[f64; POINTS]> = (1..=counts.len()).map(|n| filter(&counts[..n], &offsets[..n], setting, &kernel).1).collect();
    let mut after: Option<[f64; POINTS]> = None;
    let mut means: Vec<f64> = filtered
        .iter()
        .rev()
        .map(|now| {
            // P(x now | all) = P(x now | so far) Σ P(next | now) P(next | all) / P(next | so far).
            let smoothed = after.map_or(*now, |after| {
                let ahead: [f64; POINTS] = std::array::from_fn(|to| (0..POINTS).map(|from| now[from] * kernel[from][to]).sum());
                std::array::from_fn(|from| {
                    now[from] * (0..POINTS).map(|to| kernel[from][to] * after[to] / ahead[to].max(1e-300)).sum::<f64>()
                })
            });
            after = Some(smoothed);
            smoothed.iter().zip(swings).map(|(weight, swing)| weight * swing).sum()
        })
        .collect();
    means.reverse();
    means
}

/// The filter: logarithm of the likelihood, and the distribution of `x/σ` after the last count.
fn filter(counts: &[f64], offsets: &[f64], setting: &Setting, kernel: &[[f64; POINTS]; POINTS]) -> (f64, [f64; POINTS]) {
    let mut log = 0.0;
    let mut now = stationary();
    let swings: [f64; POINTS] = std::array::from_fn(|i| (setting.level + setting.deviation * x(i)).exp());
    let logs: [f64; POINTS] = std::array::from_fn(|i| setting.level + setting.deviation * x(i));
    for (&count, &offset) in counts.iter().zip(offsets) {
        let mut next = [0.0; POINTS];
        for (weight, row) in now.iter().zip(kernel) {
            for (next, step) in next.iter_mut().zip(row) {
                *next += weight * step;
            }
        }
        if offset > 0.0 {
            let terms: [f64; POINTS] = std::array::from_fn(|i| {
                let mean = offset * swings[i];
                if setting.shape.is_finite() {
                    count * (logs[i] + offset.ln()) - (count + setting.shape) * (1.0 + mean / setting.shape).ln()
                } else {
                    count * (logs[i] + offset.ln()) - mean
                }
            });
            let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut sum = 0.0;
            for (next, term) in next.iter_mut().zip(terms) {
                *next *= (term - most).exp();
                sum += *next;
            }
            log += most + sum.ln() + rising(setting.shape, count);
            for next in &mut next {
                *next /= sum;
            }
        }
        now = next;
    }
    (log, now)
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

/// From each point to each: normal with mean `ρ x` and variance `1 − ρ²`.
fn kernel(persistence: f64) -> [[f64; POINTS]; POINTS] {
    let variance = 1.0 - persistence * persistence;
    std::array::from_fn(|from| {
        let weights: [f64; POINTS] = std::array::from_fn(|to| (-(x(to) - persistence * x(from)).powi(2) / (2.0 * variance)).exp());
        let sum: f64 = weights.iter().sum();
        weights.map(|weight| weight / sum)
    })
}

fn cumulative(weights: &[f64; POINTS]) -> [f64; POINTS] {
    let mut sum = 0.0;
    weights.map(|weight| {
        sum += weight;
        sum
    })
}

/// The first position whose cumulative weight reaches a number; the last where rounding leaves none.
fn position(cumulative: &[f64], number: f64) -> usize {
    cumulative.partition_point(|&weight| weight < number).min(cumulative.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::super::chance::Purpose;
    use super::*;
    use rand_distr::Poisson;

    const GRID: Grid = Grid {
        persistence: &[0.5, 0.8, 0.95],
        deviation: &[0.02, 0.1, 0.3, 0.6],
        expected_deviation: 0.3,
        shape: &[10.0, f64::INFINITY],
        level: Level::Unknown,
    };

    fn series(deviation: f64, months: usize) -> Vec<f64> {
        let mut chance = Chance::new(3, 0, Purpose::Entries, 0);
        let mut x: f64 = 0.0;
        (0..months)
            .map(|_| {
                let normal: f64 = StandardNormal.sample(chance.source());
                x = 0.9 * x + deviation * (1.0f64 - 0.81).sqrt() * normal;
                Poisson::new(40.0 * x.exp()).unwrap().sample(chance.source())
            })
            .collect()
    }

    #[test]
    fn calm_counts_give_a_small_deviation_and_rough_ones_a_large_one() {
        let offsets = vec![1.0; 120];
        let calm = Wave::fit(&series(0.0, 120), &offsets, &GRID);
        let rough = Wave::fit(&series(0.5, 120), &offsets, &GRID);
        assert!(calm.mean(|setting| setting.deviation) < 0.12, "{}", calm.mean(|setting| setting.deviation));
        assert!(rough.mean(|setting| setting.deviation) > 0.25, "{}", rough.mean(|setting| setting.deviation));
        assert!((calm.mean(|setting| setting.level).exp() - 40.0).abs() < 2.0);
    }

    #[test]
    fn a_path_keeps_the_mean() {
        let wave = Wave::fit(&series(0.0, 120), &vec![1.0; 120], &GRID);
        let mean = (0..2000).map(|path| wave.draw(&mut Chance::new(1, path, Purpose::Entries, 0), 12).factors[11]).sum::<f64>() / 2000.0;
        assert!((mean - 40.0).abs() < 2.5, "{mean}");
    }

    #[test]
    fn a_single_month_is_no_panic() {
        let wave = Wave::fit(&[0.0], &[1.0], &GRID);
        assert!(wave.draw(&mut Chance::new(1, 0, Purpose::Entries, 0), 3).factors.iter().all(|factor| factor.is_finite()));
    }
}
