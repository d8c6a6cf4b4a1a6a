//! The prior mean of a cause's rates: a log-linear surface of main effects, fitted by iterative proportional scaling.
//!
//! `rate = base × Π factor[effect][level]`. Scaling one effect at a time until expected events meet the events that came is maximum likelihood
//! for Poisson counts with exposure (Deming and Stephan, 1940; Laird and Olivier, JASA 76, 1981). Each factor has a gamma prior of mean one
//! that is worth half an event, so that a level never seen with an event is rare, not impossible.

use super::state::LEVELS;

/// Events that the prior of a factor is worth.
const PRIOR: f64 = 0.5;
/// Sweeps at most; effects settle within ten on histories with strong confounding.
const SWEEPS: usize = 20;
/// Relative change of a factor below which it counts as settled.
const SETTLED: f64 = 1e-3;

/// A cause's main effects. The rate is of a night.
#[derive(Clone, Debug)]
pub(super) struct Surface {
    pub(super) base: f64,
    /// By effect, then level, in the order of [`super::state::State::levels`].
    pub(super) factors: [Vec<f64>; LEVELS.len()],
    /// Events by effect, then level.
    pub(super) came: [Vec<f64>; LEVELS.len()],
}

impl Surface {
    /// Fits `events` (by state) on `nights` (by state); `levels` are the states' positions in each effect. A cause that never came has rate zero.
    pub(super) fn fit(levels: &[[u8; LEVELS.len()]], nights: &[f64], events: &[f64]) -> Self {
        let total: f64 = events.iter().sum();
        let exposed: f64 = nights.iter().sum();
        let mut surface = Self {
            base: if exposed > 0.0 { total / exposed } else { 0.0 },
            factors: LEVELS.map(|levels| vec![1.0; levels]),
            came: LEVELS.map(|levels| vec![0.0; levels]),
        };
        if surface.base <= 0.0 {
            surface.base = 0.0;
            return surface;
        }
        for (levels, &events) in levels.iter().zip(events).filter(|(_, events)| **events > 0.0) {
            for (came, &level) in surface.came.iter_mut().zip(levels) {
                came[usize::from(level)] += events;
            }
        }
        let mut expected: Vec<f64> = nights.iter().map(|nights| nights * surface.base).collect();
        for _ in 0..SWEEPS {
            let mut moved: f64 = 0.0;
            for effect in 0..LEVELS.len() {
                moved = moved.max(surface.scale(effect, levels, &mut expected));
            }
            if moved < SETTLED {
                break;
            }
        }
        surface
    }

    /// Scales one effect's factors to the events that came; gives the greatest relative change.
    fn scale(&mut self, effect: usize, levels: &[[u8; LEVELS.len()]], expected: &mut [f64]) -> f64 {
        let came = &self.came[effect];
        let mut sums = vec![0.0; came.len()];
        for (levels, expected) in levels.iter().zip(expected.iter()) {
            sums[usize::from(levels[effect])] += expected;
        }
        let mut moved: f64 = 0.0;
        let ratios: Vec<f64> = sums
            .iter()
            .zip(came)
            .zip(&mut self.factors[effect])
            .map(|((sum, came), factor)| {
                let next = (PRIOR + came) / (PRIOR + sum / *factor);
                let ratio = next / *factor;
                *factor = next;
                if *came > 0.0 {
                    moved = moved.max((ratio - 1.0).abs());
                }
                ratio
            })
            .collect();
        for (levels, expected) in levels.iter().zip(expected.iter_mut()) {
            *expected *= ratios[usize::from(levels[effect])];
        }
        moved
    }

    /// The rate of a night in a state.
    pub(super) fn rate(&self, levels: [u8; LEVELS.len()]) -> f64 {
        self.factors.iter().zip(levels).fold(self.base, |rate, (factors, level)| rate * factors[usize::from(level)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_effects_is_found_again() {
        // Two kinds and two ages, with exposure that confounds them: rates 0.01, ×3 for the second kind, ×½ for the second age.
        let mut levels = Vec::new();
        let (mut nights, mut events) = (Vec::new(), Vec::new());
        for (kind, age, exposed) in [(0, 0, 90_000.0), (0, 1, 10_000.0), (1, 0, 20_000.0), (1, 1, 80_000.0)] {
            levels.push([kind, 0, 0, age, 0, 0, 0]);
            nights.push(exposed);
            events.push(exposed * 0.01 * if kind == 1 { 3.0 } else { 1.0 } * if age == 1 { 0.5 } else { 1.0 });
        }
        let surface = Surface::fit(&levels, &nights, &events);
        for (levels, (nights, events)) in levels.iter().zip(nights.iter().zip(&events)) {
            let rate = surface.rate(*levels);
            assert!((rate / (events / nights) - 1.0).abs() < 0.01, "{rate} {}", events / nights);
        }
    }

    #[test]
    fn a_cause_that_never_came_has_no_rate() {
        let surface = Surface::fit(&[[0; 7]], &[1000.0], &[0.0]);
        assert!(surface.rate([0; 7]) <= 0.0);
    }
}
