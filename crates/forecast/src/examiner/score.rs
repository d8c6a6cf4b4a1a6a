//! How good a prediction was, once it is known what came.

use crate::counts::{Counts, normal_cdf};

/// What a forecast says of one number.
#[derive(Clone, Debug, PartialEq)]
pub enum Prediction {
    /// A distribution of whole numbers.
    Counts(Counts),
    /// A normal distribution, which may reach below zero: what an interval of two standard deviations means.
    Normal {
        /// Its centre.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
}

/// The central bands that are examined: 50, 80 and 95 of a hundred.
pub const BANDS: [f64; 3] = [0.5, 0.8, 0.95];

/// One prediction against what came. All but coverage are in children, and smaller is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The median less what came.
    pub error: f64,
    /// The mean less what came; its average is the bias.
    pub mean_error: f64,
    /// Continuous ranked probability score (Gneiting and Raftery 2007); of a sample the fair estimator (Ferro 2014).
    pub crps: f64,
    /// Interval score of the 95% band: its width, and forty times the miss (Gneiting and Raftery 2007).
    pub interval: f64,
    /// Width of the 95% band.
    pub width: f64,
    /// The chance that the randomised probability integral transform lies in the middle 50, 80, 95% ([`BANDS`]): between 0 and 1 because a
    /// whole number has a chance of its own, which the transform spreads out (Czado, Gneiting and Held 2009).
    pub covered: [f64; BANDS.len()],
}

impl Prediction {
    /// Its score.
    pub fn score(&self, came: u32) -> Score {
        let truth = f64::from(came);
        let (median, mean, low, high, crps) = match self {
            Self::Counts(counts) => (
                f64::from(counts.quantile(0.5)),
                counts.mean(),
                f64::from(counts.quantile(0.025)),
                f64::from(counts.quantile(0.975)),
                counts.distance_to(came) - 0.5 * counts.mean_difference(),
            ),
            Self::Normal { mean, sd } => {
                const REACH: f64 = 1.959_963_984_540_054;
                (*mean, *mean, mean - REACH * sd, mean + REACH * sd, normal_crps(*mean, *sd, truth))
            }
        };
        let miss = (low - truth).max(truth - high).max(0.0);
        Score {
            error: median - truth,
            mean_error: mean - truth,
            crps,
            interval: high - low + 2.0 / 0.05 * miss,
            width: high - low,
            covered: self.covered(came),
        }
    }

    /// The chance of each band of holding the transform, which is uniform between the chance of fewer and the chance of at most what came.
    fn covered(&self, came: u32) -> [f64; BANDS.len()] {
        let (fewer, at_most) = match self {
            Self::Counts(counts) => (came.checked_sub(1).map_or(0.0, |below| counts.at_most(below)), counts.at_most(came)),
            Self::Normal { mean, sd } => {
                let below = |edge: f64| normal_cdf((edge - mean) / sd.max(1e-9));
                (below(f64::from(came) - 0.5), below(f64::from(came) + 0.5))
            }
        };
        BANDS.map(|band| {
            let (low, high) = (0.5 - band / 2.0, 0.5 + band / 2.0);
            if at_most - fewer < 1e-12 {
                return f64::from(low <= fewer && fewer <= high);
            }
            ((at_most.min(high) - fewer.max(low)) / (at_most - fewer)).max(0.0)
        })
    }
}

/// The score of a normal distribution in closed form (Gneiting and others 2005).
fn normal_crps(mean: f64, sd: f64, came: f64) -> f64 {
    if sd <= 0.0 {
        return (came - mean).abs();
    }
    let z = (came - mean) / sd;
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    sd * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * density - std::f64::consts::PI.sqrt().recip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_agrees_with_the_sum_over_whole_numbers() {
        let (mean, sd) = (200.0, 14.0);
        for came in [150, 190, 200, 222, 260] {
            let closed = Prediction::Normal { mean, sd }.score(came);
            let summed = Prediction::Counts(Counts::normal(mean, sd)).score(came);
            assert!((closed.crps - summed.crps).abs() < 0.01, "{came}: {} {}", closed.crps, summed.crps);
            assert!((closed.covered[2] - summed.covered[2]).abs() < 1e-6);
            assert!((closed.interval - summed.interval).abs() < 41.0);
        }
    }

    #[test]
    fn a_certain_prediction_scores_its_distance() {
        let score = Prediction::Counts(Counts::certain(10)).score(13);
        assert!((score.crps - 3.0).abs() < 1e-12 && (score.interval - 120.0).abs() < 1e-12 && (score.error + 3.0).abs() < 1e-12);
        assert!(score.covered.iter().all(|&share| share < 1e-12));
        // What was certain and came lies in each band with the band's own chance.
        let right = Prediction::Counts(Counts::certain(10)).score(10).covered;
        assert!(right.iter().zip(BANDS).all(|(share, band)| (share - band).abs() < 1e-9), "{right:?}");
    }

    #[test]
    fn the_fair_score_of_a_small_sample_is_that_of_its_distribution_on_average() {
        // All pairs of futures from 0..6 as samples of two: their fair scores average to the score of the whole.
        let whole = Prediction::Counts(Counts::empirical(&[0, 1, 2, 3, 4, 5])).score(4).crps;
        let mut pairs = Vec::new();
        for a in 0..6 {
            for b in 0..6 {
                pairs.push(Prediction::Counts(Counts::sample(&[a, b])).score(4).crps);
            }
        }
        let mean = pairs.iter().sum::<f64>() / pairs.len() as f64;
        assert!((mean - whole).abs() < 1e-12, "{mean} {whole}");
    }

    #[test]
    fn a_calibrated_prediction_is_covered_as_often_as_it_says() {
        let counts = Counts::poisson(3.0);
        let mut covered = [0.0; 3];
        for came in 0..40u32 {
            let chance = counts.at_most(came) - came.checked_sub(1).map_or(0.0, |below| counts.at_most(below));
            let score = Prediction::Counts(counts.clone()).score(came);
            covered.iter_mut().zip(score.covered).for_each(|(sum, share)| *sum += chance * share);
        }
        covered.iter().zip(BANDS).for_each(|(covered, band)| assert!((covered - band).abs() < 1e-9));
    }
}
