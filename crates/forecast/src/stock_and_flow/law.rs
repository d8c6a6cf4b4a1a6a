//! Stepping the stock-and-flow model forward, with the uncertainty that it has by its own assumptions.
//!
//! Each child moves by itself, and children come as a Poisson process. So the number in a set of states after `t` days is exactly a sum of
//! binomials, one for each state that held children at the start, and of a Poisson for those who came since. Its mean and variance are
//! those of the recursion `V' = M V M^T + diag(M x) - M diag(x) M^T + diag(e)`, and it is never below zero. Uncertainty about
//! the rates themselves is not in it: the model has none.

use domain::Day;

use super::fit::Fit;
use super::state::{STATES, broad_of};
use crate::counts::Counts;
use crate::kind::Broad;

/// The number of children in a group on a day, as the model has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Children in each state on the last day known.
    pub stock: [u32; STATES],
    /// Chance that a child of each state is in the group on the day.
    pub chance: [f64; STATES],
    /// Expected number in the group who came after the last day known.
    pub arrived: f64,
}

impl Law {
    /// Expected children.
    pub fn mean(&self) -> f64 {
        self.stock.iter().zip(&self.chance).map(|(&n, p)| f64::from(n) * p).sum::<f64>() + self.arrived
    }

    /// Variance.
    pub fn variance(&self) -> f64 {
        self.stock.iter().zip(&self.chance).map(|(&n, p)| f64::from(n) * p * (1.0 - p)).sum::<f64>() + self.arrived
    }

    /// The whole distribution: exact up to some thousands of children, beyond that its normal approximation on whole numbers.
    pub fn counts(&self) -> Counts {
        const EXACT: f64 = 3000.0;
        if self.variance() > EXACT {
            return Counts::normal(self.mean(), self.variance().sqrt());
        }
        let stayed = self.stock.iter().zip(&self.chance).filter(|&(&n, _)| n > 0);
        stayed.fold(Counts::poisson(self.arrived), |sum, (&n, &p)| sum.plus(&Counts::binomial(n, p)))
    }
}

/// The model at some dates: for each date the laws of [`Broad::ALL`], then of the total.
pub fn laws(fit: &Fit, dates: &[Day]) -> Vec<[Law; 5]> {
    let ahead: Vec<usize> = dates.iter().map(|date| date.since(fit.until).max(0) as usize).collect();
    let furthest = ahead.iter().copied().max().unwrap_or(0);
    // Chance of being in the group after so many days, by the state in which a child stands; stepped backwards.
    let mut chance: [[f64; STATES]; 5] =
        std::array::from_fn(|group| std::array::from_fn(|state| f64::from(group == 4 || broad_of(state) == group)));
    let mut arrived = [0.0; 5];
    let mut found: Vec<Option<[Law; 5]>> = vec![None; dates.len()];
    let stay = stay(fit);
    for day in 0..=furthest {
        for (at, _) in ahead.iter().enumerate().filter(|&(_, &ahead)| ahead == day) {
            found[at] = Some(std::array::from_fn(|group| Law { stock: fit.stock, chance: chance[group], arrived: arrived[group] }));
        }
        for group in 0..5 {
            arrived[group] += fit.entries.iter().zip(&chance[group]).map(|(e, p)| e * p).sum::<f64>();
            chance[group] = back(fit, &stay, &chance[group]);
        }
    }
    found.into_iter().flatten().collect()
}

/// Chance of staying in each state for a day.
pub(super) fn stay(fit: &Fit) -> [f64; STATES] {
    std::array::from_fn(|from| (1.0 - fit.exits[from] - fit.moves[from].iter().sum::<f64>()).max(0.0))
}

/// One day earlier: the chance of the next day, weighted by where a child may be then.
fn back(fit: &Fit, stay: &[f64; STATES], chance: &[f64; STATES]) -> [f64; STATES] {
    std::array::from_fn(|from| stay[from] * chance[from] + fit.moves[from].iter().zip(chance).map(|(rate, p)| rate * p).sum::<f64>())
}

/// The sector's own interval: its centre and the variance `v' = v + (M o (1 - M)) x + e` that its interval of two standard deviations rests
/// on, by date for [`Broad::ALL`] and the total. Kept as a challenger: it omits that children who left are gone, so it grows without limit.
pub fn published_interval(fit: &Fit, dates: &[Day]) -> Vec<[(f64, f64); 5]> {
    let ahead: Vec<usize> = dates.iter().map(|date| date.since(fit.until).max(0) as usize).collect();
    let furthest = ahead.iter().copied().max().unwrap_or(0);
    let stay = stay(fit);
    let mut x = fit.stock.map(f64::from);
    let mut v = [0.0; STATES];
    let mut found = vec![[(0.0, 0.0); 5]; dates.len()];
    for day in 0..=furthest {
        for (at, _) in ahead.iter().enumerate().filter(|&(_, &ahead)| ahead == day) {
            for state in 0..STATES {
                for group in [broad_of(state), Broad::ALL.len()] {
                    found[at][group].0 += x[state];
                    found[at][group].1 += v[state];
                }
            }
        }
        let (mut next, mut spread) = (fit.entries, fit.entries);
        for from in 0..STATES {
            next[from] += stay[from] * x[from];
            spread[from] += v[from] + stay[from] * (1.0 - stay[from]) * x[from];
            for (to, &rate) in fit.moves[from].iter().enumerate() {
                next[to] += rate * x[from];
                spread[to] += rate * (1.0 - rate) * x[from];
            }
        }
        (x, v) = (next, spread);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some states with children, moves, exits and entries.
    fn fit() -> Fit {
        let mut fit = Fit {
            until: Day::year_end(2024),
            stock: [0; STATES],
            moves: Box::new([[0.0; STATES]; STATES]),
            exits: [0.0; STATES],
            entries: [0.0; STATES],
            days: 365,
        };
        for state in 0..STATES {
            fit.stock[state] = (state as u32 * 7) % 23;
            fit.exits[state] = 0.0005 + 0.0001 * (state % 3) as f64;
            fit.entries[state] = 0.01 * (state % 4) as f64;
            fit.moves[state][(state + 1) % STATES] = 0.0011;
            fit.moves[state][(state + 4) % STATES] = 0.0007;
        }
        fit
    }

    /// The recursion of the domain file, on whole matrices.
    fn recursion(fit: &Fit, days: usize) -> ([f64; STATES], Vec<Vec<f64>>) {
        let stay = stay(fit);
        let m = |to: usize, from: usize| if to == from { stay[from] + fit.moves[from][from] } else { fit.moves[from][to] };
        let mut x = fit.stock.map(f64::from);
        let mut v = vec![vec![0.0; STATES]; STATES];
        for _ in 0..days {
            let mut next = vec![vec![0.0; STATES]; STATES];
            let mut mx = [0.0; STATES];
            for r in 0..STATES {
                mx[r] = (0..STATES).map(|s| m(r, s) * x[s]).sum();
                for (q, cell) in next[r].iter_mut().enumerate() {
                    let inner: f64 = (0..STATES).map(|s| (0..STATES).map(|t| m(r, s) * v[s][t] * m(q, t)).sum::<f64>()).sum();
                    *cell = inner - (0..STATES).map(|s| m(r, s) * x[s] * m(q, s)).sum::<f64>();
                }
                next[r][r] += mx[r] + fit.entries[r];
            }
            v = next;
            x = std::array::from_fn(|r| mx[r] + fit.entries[r]);
        }
        (x, v)
    }

    #[test]
    fn mean_and_variance_are_those_of_the_right_recursion() {
        let fit = fit();
        let laws = laws(&fit, &[fit.until.plus(60)]);
        let (x, v) = recursion(&fit, 60);
        for (group, law) in laws[0].iter().enumerate() {
            let inside = |state: &usize| group == 4 || broad_of(*state) == group;
            let states: Vec<usize> = (0..STATES).filter(inside).collect();
            let mean: f64 = states.iter().map(|&state| x[state]).sum();
            let variance: f64 = states.iter().map(|&r| states.iter().map(|&q| v[r][q]).sum::<f64>()).sum();
            assert!((law.mean() - mean).abs() < 1e-9 && (law.variance() - variance).abs() < 1e-9, "{group}: {} {variance}", law.variance());
            // The published interval has the same centre and is wider.
            let published = published_interval(&fit, &[fit.until.plus(60)])[0][group];
            assert!((published.0 - mean).abs() < 1e-9 && published.1 > variance);
        }
    }

    #[test]
    fn the_distribution_has_the_moments_of_its_law() {
        let fit = fit();
        for law in &laws(&fit, &[fit.until.plus(400)])[0] {
            let spread = law.counts().spread();
            assert!((spread.mean - law.mean()).abs() < 1e-6, "{} {}", spread.mean, law.mean());
            assert!((spread.sd.powi(2) - law.variance()).abs() < 1e-4);
        }
    }

    #[test]
    fn on_the_first_day_everything_is_certain() {
        let fit = fit();
        let laws = laws(&fit, &[fit.until]);
        let total: u32 = fit.stock.iter().sum();
        assert_eq!(laws[0][4].counts().spread().ninety_five, (f64::from(total), f64::from(total)));
    }
}
