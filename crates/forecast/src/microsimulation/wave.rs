//! A level that swings about its mean, and what many months of counts say about it.
//!
//! Counts are negative binomial about `offset × exp(level + x)`, where `x` is mean-reverting: `x' = ρ x + √(1 − ρ²) σ ε`, an AR(1) with stationary
//! standard deviation σ (a dynamic generalised linear model: West, Harrison and Migon, JASA 80, 1985). Persistence ρ, σ, the level and the
//! extra-Poisson shape are not plugged in: every combination on a grid is filtered exactly on a grid of `x/σ` (a hidden Markov model: Kitagawa,
//! JASA 82, 1987) and weighted by its likelihood and prior, and each path draws its own. Plugged in, intervals come out too narrow.
//!
//! Counts may also grow: a lasting growth is tried like the other parameters, and a path goes on with it while it fades ([`DAMPING`]).
//!
//! Where arrivals come in waves a calm past is no promise: the level may also shift at once by a large factor and come back later ([`Shifts`], a
//! Markov-switching mean: Hamilton, Econometrica 57, 1989). The shift that holds in a month is part of what is filtered, and paths go on shifting.

use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::chance::Chance;
use super::filter::{Kernel, POINTS, STEP, filter, smooth};
use super::shifts::Shifts;

/// Unknown levels that are tried, in standard deviations of what the mean of the counts says.
const LEVELS: [f64; 5] = [-1.6, -0.8, 0.0, 0.8, 1.6];

/// What the evidence of another series counts of its own: they are alike, not the same.
const ALIKE: f64 = 0.5;

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
    /// Shifts of the level that may come.
    pub(super) shifts: &'static Shifts,
    /// Lasting growth, a year and of the logarithm, with its prior probability.
    pub(super) growth: &'static [(f64, f64)],
}

/// Counts that do not grow.
pub(super) const NO_GROWTH: &[(f64, f64)] = &[(0.0, 1.0)];

/// What is left of a growth from one month ahead to the next: half after two years (a damped trend: Gardner and McKenzie, Management Science 31, 1985).
const DAMPING: f64 = 0.97;

/// What is known of the mean level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Nothing: it is found from the counts.
    Unknown,
    /// Offsets are right in the long run.
    Known,
}

impl Level {
    /// How many levels are tried.
    const fn tried(self) -> usize {
        match self {
            Self::Unknown => LEVELS.len(),
            Self::Known => 1,
        }
    }
}

/// One combination of parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) persistence: f64,
    pub(super) deviation: f64,
    pub(super) shape: f64,
    /// Of the logarithm; at the last count where counts grow.
    pub(super) level: f64,
    /// A year, of the logarithm.
    pub(super) growth: f64,
}

/// The posterior: weighted combinations, and where each stands at the end.
#[derive(Clone, Debug)]
pub(super) struct Wave {
    settings: Vec<Setting>,
    /// Cumulative weights.
    weights: Vec<f64>,
    /// Cumulative probabilities of regimes and points at the last step, combination by combination.
    stands: Vec<Vec<f64>>,
    shifts: &'static Shifts,
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
        let prior = vec![0.0; tried.len()];
        Self::weighed(tried, &prior, grid)
    }

    /// What several series say that swing much alike, each about a level and on a course of its own. Persistence, deviation and shape are learnt from
    /// all, because a few years of one can hardly tell a calm series from a slow one; what others say counts [`ALIKE`].
    pub(super) fn fit_alike(counts: &[Vec<f64>], offsets: &[Vec<f64>], grid: &Grid) -> Vec<Self> {
        let tried: Vec<Vec<Trial>> = counts.par_iter().zip(offsets).map(|(counts, offsets)| trials(counts, offsets, grid)).collect();
        let levels = grid.level.tried();
        // The evidence of each for each combination, its level integrated out.
        let evidence: Vec<Vec<f64>> =
            tried.iter().map(|tried| tried.chunks(levels).map(|trials| log_sum(trials.iter().map(|trial| trial.log))).collect()).collect();
        let together: Vec<f64> =
            (0..evidence.first().map_or(0, Vec::len)).map(|at| evidence.iter().map(|evidence| evidence[at]).sum()).collect();
        tried
            .into_iter()
            .zip(&evidence)
            .map(|(tried, own)| {
                let others: Vec<f64> = (0..tried.len()).map(|at| ALIKE * (together[at / levels] - own[at / levels])).collect();
                Self::weighed(tried, &others, grid)
            })
            .collect()
    }

    /// Weighs what was tried by its evidence, what others say of it, and the prior.
    fn weighed(tried: Vec<Trial>, others: &[f64], grid: &Grid) -> Self {
        let prior = |setting: &Setting| -setting.deviation / grid.expected_deviation + width(grid.deviation, setting.deviation).ln();
        let logs: Vec<f64> = tried.iter().zip(others).map(|(trial, others)| trial.log + others + prior(&trial.setting)).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut wave = Self { settings: Vec::new(), weights: Vec::new(), stands: Vec::new(), shifts: grid.shifts };
        let mut sum = 0.0;
        for (trial, log) in tried.into_iter().zip(logs) {
            let weight = (log - most).exp();
            // What weighs nothing is not kept: a path would never draw it.
            if weight > 1e-4 {
                sum += weight;
                wave.settings.push(trial.setting);
                wave.weights.push(sum);
                wave.stands.push(cumulative(&trial.now));
            }
        }
        wave
    }

    /// A path of `steps` steps from the one after the last count.
    pub(super) fn draw(&self, chance: &mut Chance, steps: usize) -> Ahead {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let at = position(&self.weights, chance.unit() * total);
        let Some(&setting) = self.settings.get(at) else { return Ahead { factors: vec![1.0; steps], shape: f64::INFINITY } };
        let stand = position(&self.stands[at], chance.unit());
        let (mut regime, point) = (stand / POINTS, stand % POINTS);
        // Spread over the width of the grid's cell, so that values are not lumped.
        let mut x = STEP * (point as f64 + chance.unit() - 0.5) - 4.0;
        let (rho, innovation) = (setting.persistence, (1.0 - setting.persistence * setting.persistence).sqrt());
        let (mut grown, mut growth) = (0.0, setting.growth / 12.0);
        let factors = (0..steps)
            .map(|_| {
                growth *= DAMPING;
                grown += growth;
                let normal: f64 = StandardNormal.sample(chance.source());
                x = rho * x + innovation * normal;
                regime = self.shifts.next(regime, chance);
                (setting.level + grown + self.shifts.size(regime) + setting.deviation * x).exp()
            })
            .collect();
        Ahead { factors, shape: setting.shape }
    }

    /// The smoothed course of `exp(level + x)` over the counts, under the most probable combination (forward filter, backward pass).
    pub(super) fn course(&self, counts: &[f64], offsets: &[f64]) -> Vec<f64> {
        let weights = self.weights.iter().scan(0.0, |before, &sum| Some(sum - std::mem::replace(before, sum)));
        let best = weights.zip(&self.settings).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, setting)) = best else { return vec![1.0; counts.len()] };
        let grown = grown(counts.len(), setting.growth);
        let offsets = times(offsets, &grown);
        smooth(counts, &offsets, setting, self.shifts).into_iter().zip(grown).map(|(factor, grown)| factor * grown).collect()
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

/// One combination and what the counts say of it.
struct Trial {
    setting: Setting,
    /// Logarithm of the likelihood by the width of the level that it stands for.
    log: f64,
    /// Its distribution at the last step.
    now: Vec<f64>,
}

/// Factors of a growth by month, one in the last.
fn grown(months: usize, growth: f64) -> Vec<f64> {
    (0..months).map(|at| (growth * (at as f64 + 1.0 - months as f64) / 12.0).exp()).collect()
}

fn times(offsets: &[f64], factors: &[f64]) -> Vec<f64> {
    offsets.iter().zip(factors).map(|(offset, factor)| offset * factor).collect()
}

/// Every combination, its levels one after another.
fn trials(counts: &[f64], offsets: &[f64], grid: &Grid) -> Vec<Trial> {
    let with = |&(growth, prior): &(f64, f64)| {
        let growing = times(offsets, &grown(counts.len(), growth));
        // A known level is that of the whole time; growing counts end above or below it.
        let known = (offsets.iter().sum::<f64>() / growing.iter().sum::<f64>().max(1e-9)).ln();
        trials_with(counts, &growing, grid, (growth, prior), known)
    };
    grid.growth.par_iter().flat_map_iter(with).collect()
}

/// Those with one growth, which the offsets hold already.
fn trials_with(counts: &[f64], offsets: &[f64], grid: &Grid, (growth, prior): (f64, f64), known: f64) -> Vec<Trial> {
    let (came, exposed) = (counts.iter().sum::<f64>(), offsets.iter().sum::<f64>());
    let months = counts.len().max(1) as f64;
    let mean_log = ((came + 0.5) / exposed.max(1e-9)).ln();
    let mut tried = Vec::new();
    for &persistence in grid.persistence {
        let kernel = Kernel::new(persistence, grid.shifts);
        for &deviation in grid.deviation {
            let variance = deviation * deviation;
            let (levels, spacing) = match grid.level {
                Level::Known => (vec![known - variance / 2.0], 1.0),
                Level::Unknown => {
                    // The mean of so many months about the long-run mean.
                    let of_mean = (variance * (1.0 + persistence) / (1.0 - persistence) / months).min(variance);
                    let sd = (1.0 / (came + 0.5) + of_mean + grid.shifts.variance_of_mean(months)).sqrt();
                    (LEVELS.map(|z| mean_log - variance / 2.0 + z * sd).to_vec(), sd)
                }
            };
            for &shape in grid.shape {
                for &level in &levels {
                    let setting = Setting { persistence, deviation, shape, level, growth };
                    let filtered = filter(counts, offsets, &setting, &kernel, |_| ());
                    tried.push(Trial { setting, log: filtered.log + f64::ln(spacing * prior), now: filtered.now });
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

/// Logarithm of a sum of exponentials.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    most + logs.map(|log| (log - most).exp()).sum::<f64>().ln()
}

fn cumulative(weights: &[f64]) -> Vec<f64> {
    let sums = weights.iter().scan(0.0, |sum, weight| {
        *sum += weight;
        Some(*sum)
    });
    sums.collect()
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
        shifts: &Shifts::NEVER,
        growth: NO_GROWTH,
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

    const GROWING: Grid = Grid { growth: &[(-0.05, 0.1), (0.0, 0.8), (0.05, 0.1)], ..GRID };

    #[test]
    fn growth_is_found_goes_on_and_fades_and_calm_counts_have_none() {
        let calm = Wave::fit(&series(0.0, 120), &vec![1.0; 120], &GROWING);
        assert!(calm.mean(|setting| setting.growth).abs() < 0.01, "{}", calm.mean(|setting| setting.growth));
        let growing: Vec<f64> = series(0.0, 120).iter().zip(grown(120, 0.05)).map(|(count, grown)| count * grown).collect();
        let wave = Wave::fit(&growing, &vec![1.0; 120], &GROWING);
        assert!(wave.mean(|setting| setting.growth) > 0.04, "{}", wave.mean(|setting| setting.growth));
        // Forty at the end; two years of the whole growth would make 44.2, the fading one makes 42.8.
        let ahead = |step: usize| {
            (0..4000).map(|path| wave.draw(&mut Chance::new(1, path, Purpose::Entries, 0), 24).factors[step]).sum::<f64>() / 4000.0
        };
        assert!((40.0..44.2).contains(&ahead(23)) && ahead(23) > ahead(0) + 1.0, "{} {}", ahead(0), ahead(23));
        let course = wave.course(&growing, &vec![1.0; 120]);
        assert!((course[119] / course[0] - 1.642).abs() < 0.15, "{} {}", course[0], course[119]);
    }

    const SHIFTS: Shifts = Shifts { onset: 0.03, end: 0.06, sizes: &[(-1.4, 0.5), (1.4, 0.5)] };
    const SHIFTING: Grid = Grid { shifts: &SHIFTS, ..GRID };

    /// Forty a month, and four times as many in the year from the sixth on.
    fn surge(months: usize) -> Vec<f64> {
        series(0.0, months)
            .into_iter()
            .enumerate()
            .map(|(month, count)| if (60..72).contains(&month) { 4.0 * count } else { count })
            .collect()
    }

    fn mean_ahead(counts: &[f64], grid: &Grid, step: usize) -> f64 {
        let wave = Wave::fit(counts, &vec![1.0; counts.len()], grid);
        (0..2000).map(|path| wave.draw(&mut Chance::new(1, path, Purpose::Entries, 0), 30).factors[step]).sum::<f64>() / 2000.0
    }

    #[test]
    fn a_shift_is_believed_at_once_expected_to_end_and_forgotten_when_it_has() {
        let during = surge(66);
        assert!((mean_ahead(&during, &SHIFTING, 0) / 160.0 - 1.0).abs() < 0.15, "{}", mean_ahead(&during, &SHIFTING, 0));
        assert!(mean_ahead(&during, &SHIFTING, 29) < 100.0, "{}", mean_ahead(&during, &SHIFTING, 29));
        let after = mean_ahead(&surge(96), &SHIFTING, 2);
        assert!((after / 40.0 - 1.0).abs() < 0.2, "{after}");
    }

    #[test]
    fn a_calm_past_does_not_rule_out_a_shift() {
        let wave = Wave::fit(&series(0.0, 96), &vec![1.0; 96], &SHIFTING);
        let ahead = (0..2000).map(|path| wave.draw(&mut Chance::new(1, path, Purpose::Entries, 0), 12).factors[11]);
        let shifted = ahead.filter(|factor| *factor > 100.0).count() as f64 / 2000.0;
        assert!((0.05..0.15).contains(&shifted), "{shifted}");
    }

    #[test]
    fn the_course_follows_a_shift() {
        let counts = surge(96);
        let offsets = vec![40.0; 96];
        let course = Wave::fit(&counts, &offsets, &SHIFTING).course(&counts, &offsets);
        assert!((course[65] / 4.0 - 1.0).abs() < 0.15 && (course[50] - 1.0).abs() < 0.2 && (course[90] - 1.0).abs() < 0.2, "{course:?}");
    }

    #[test]
    fn a_single_month_is_no_panic() {
        let wave = Wave::fit(&[0.0], &[1.0], &GRID);
        assert!(wave.draw(&mut Chance::new(1, 0, Purpose::Entries, 0), 3).factors.iter().all(|factor| factor.is_finite()));
    }
}
