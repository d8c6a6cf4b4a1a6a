//! Rates as a reader may check them: events, exposure, posterior mean and interval of each cell.

use super::exposure::Exposure;
use super::hazards::Hazards;
use super::state::{AGE_WORDS, Asylum, CAUSES, CELLS, Cause, IN_PLACEMENT_WORDS, KINDS, State, cell};
use crate::kind::Kind;

/// What is known of one rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Position in the history's authorities.
    pub authority: usize,
    /// Kind of home of the night before.
    pub kind: Kind,
    /// Position in [`AGE_WORDS`].
    pub age: usize,
    /// Position in [`IN_PLACEMENT_WORDS`].
    pub in_placement: usize,
    /// Whether alone and seeking asylum.
    pub asylum: Asylum,
    /// What happens.
    pub cause: Cause,
    /// Nights at risk.
    pub nights: f64,
    /// How often it happened.
    pub events: u32,
    /// Posterior mean of the probability in one night, averaged over these nights.
    pub mean: f64,
    /// Limits of the 95% posterior interval.
    pub ninety_five: (f64, f64),
}

/// The 2.5% and 97.5% points of a standard normal.
const Z: f64 = 1.959_964;

pub(super) fn rates(hazards: &Hazards, exposure: &Exposure) -> Vec<Rate> {
    let at = |authority: usize, state: &State| authority * CELLS + cell(state.kind, state.age, state.in_placement, state.asylum);
    let cells = exposure.windows.len() * CELLS;
    let mut nights = vec![0.0; cells];
    let mut expected = vec![[0.0; CAUSES]; cells];
    let mut events = vec![[0u32; CAUSES]; cells];
    for run in &exposure.runs {
        let state = &exposure.states[run.state as usize];
        let authority = usize::from(run.authority);
        let own = hazards.own(authority, state.kind);
        let cell = at(authority, state);
        nights[cell] += f64::from(run.nights);
        for ((sum, rate), own) in expected[cell].iter_mut().zip(&hazards.expected[run.state as usize]).zip(own) {
            *sum += rate * f64::from(run.nights) * f64::from(*own);
        }
    }
    for event in &exposure.events {
        events[at(usize::from(event.authority), &exposure.states[event.state as usize])][event.cause.index()] += 1;
    }
    let mut rates = Vec::new();
    for (row, &nights) in nights.iter().enumerate().filter(|(_, nights)| **nights > 0.0) {
        let (authority, cell) = (row / CELLS, row % CELLS);
        let asylum = if cell % 2 == 0 { Asylum::No } else { Asylum::Seeking };
        let in_placement = cell / 2 % IN_PLACEMENT_WORDS.len();
        let age = cell / (2 * IN_PLACEMENT_WORDS.len()) % AGE_WORDS.len();
        let kind = cell / (2 * IN_PLACEMENT_WORDS.len() * AGE_WORDS.len());
        for cause in 0..CAUSES {
            let mean = expected[row][cause] / nights;
            if mean <= 0.0 {
                continue;
            }
            let variance = hazards.cell_variance[cell][cause] + hazards.own_variance[authority * KINDS + kind][cause];
            rates.push(Rate {
                authority,
                kind: Kind::ALL[kind],
                age,
                in_placement,
                asylum,
                cause: Cause::at(cause),
                nights,
                events: events[row][cause],
                mean,
                ninety_five: (mean * quantile(1.0 / variance, -Z), mean * quantile(1.0 / variance, Z)),
            });
        }
    }
    rates
}

/// Quantile of a gamma of mean one (Wilson and Hilferty, PNAS 17, 1931: within one per cent from shape five on).
fn quantile(shape: f64, z: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    (1.0 - ninth + z * ninth.sqrt()).max(0.0).powi(3)
}
