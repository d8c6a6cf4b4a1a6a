//! The rates of one path: one draw from the posterior of everything that is uncertain about them.
//!
//! Drawn from the top down, each given what stands above it: main effects of the surface, factors of pooled cells and of legal standing, authorities, and
//! the swing of each cause ahead. Levels of an effect are drawn about their common mean, so that a cause's total is as uncertain as its events make it
//! and no more.

use rand_distr::{Distribution, Gamma};

use super::chance::{Chance, Purpose};
use super::hazards::{Hazards, Row, Uncertain, WIDTH};
use super::state::{AGE_WORDS, AGES, CELLS, IN_CARE, IN_PLACEMENT, IN_PLACEMENT_WORDS, KINDS, LEVELS, STANDINGS, State, fine, standing};

/// The rates of one path.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    fine: Vec<Row>,
    standing: Vec<Row>,
    placements: [Row; 3],
    authority: Vec<Row>,
    swing: Vec<Row>,
}

impl Drawn {
    /// Draws a path's rates with `quarters` quarters ahead.
    pub(super) fn new(hazards: &Hazards, seed: u64, path: usize, quarters: usize) -> Self {
        let mut chance = Chance::new(seed, path, Purpose::Rates, 0);
        let effects = effects(hazards, &mut chance);
        let mut of_cell: Vec<Row> = (0..CELLS).map(|cell| surface_at(&effects, cell)).collect();
        given(&mut of_cell, &hazards.of_cell, &mut chance);
        let mut fine = hazards.fine.clone();
        for &(row, cell) in &hazards.seen {
            times(&mut fine[row as usize], &of_cell[cell as usize]);
        }
        let mut own = vec![[1.0; WIDTH]; hazards.authority.len() / KINDS];
        given(&mut own, &hazards.of_authority, &mut chance);
        let mut authority = hazards.authority.clone();
        let mut parts = vec![[1.0; WIDTH]; authority.len()];
        given(&mut parts, &hazards.of_authority_kind, &mut chance);
        for (at, row) in authority.iter_mut().enumerate() {
            times(row, &own[at / KINDS]);
            times(row, &parts[at]);
        }
        let mut placements = hazards.placements;
        for (row, effect) in placements.iter_mut().zip(&effects[6]) {
            times(row, effect);
        }
        Self { fine, standing: standings(hazards, &effects), placements, authority, swing: swing(hazards, seed, path, quarters) }
    }

    /// The probability of each cause in one night, and of any.
    pub(super) fn night(&self, state: &State, authority: u16, quarter: usize) -> (Row, f32) {
        let fine = &self.fine[fine(state.kind, state.age, state.in_placement, state.asylum)];
        let standing = &self.standing[standing(state.legal, state.in_care, state.asylum)];
        let placements = &self.placements[usize::from(state.placements)];
        let authority = &self.authority[usize::from(authority) * KINDS + state.kind as usize];
        let swing = &self.swing[quarter.min(self.swing.len() - 1)];
        let mut row = [0.0; WIDTH];
        for i in 0..WIDTH {
            row[i] = fine[i] * standing[i] * placements[i] * authority[i] * swing[i];
        }
        // Four sums side by side, which the compiler turns into one vector.
        let mut sums = [0.0f32; 4];
        for four in row.chunks_exact(4) {
            for (sum, rate) in sums.iter_mut().zip(four) {
                *sum += rate;
            }
        }
        (row, sums[0] + sums[1] + sums[2] + sums[3])
    }
}

fn times(row: &mut Row, by: &Row) {
    for (rate, factor) in row.iter_mut().zip(by) {
        *rate *= factor;
    }
}

/// A gamma of mean one.
fn unit_gamma(shape: f64, chance: &mut Chance) -> f64 {
    Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma| gamma.sample(chance.source()))
}

/// What is uncertain of each level of each main effect; the base of a cause goes with the first effect.
fn effects(hazards: &Hazards, chance: &mut Chance) -> [Vec<Row>; LEVELS.len()] {
    let mut rows = LEVELS.map(|levels| vec![[1.0; WIDTH]; levels]);
    let mut drawn = Vec::new();
    for effect in &hazards.effects {
        let cause = effect.cause as usize;
        drawn.clear();
        let mut before: Option<f64> = None;
        for &(shape, _) in &effect.levels {
            // Neighbouring bands that are known together are drawn together.
            let again = before.is_some_and(|other| (other - shape).abs() < f64::EPSILON && matches!(effect.effect, 3 | 4));
            drawn.push(if again { drawn[drawn.len() - 1] } else { unit_gamma(shape, chance) });
            before = Some(shape);
        }
        match rows.get_mut(effect.effect as usize) {
            Some(rows) => {
                let mean: f64 = effect.levels.iter().zip(&drawn).map(|((_, share), draw)| share * draw).sum();
                for (row, draw) in rows.iter_mut().zip(&drawn) {
                    row[cause] *= (draw / mean) as f32;
                }
            }
            None => rows[0].iter_mut().for_each(|row| row[cause] *= drawn[0] as f32),
        }
    }
    rows
}

/// The surface's uncertain factor in a cell. Of the fine bands of one reported band the first stands for all: they are drawn as one.
fn surface_at(effects: &[Vec<Row>; LEVELS.len()], cell: usize) -> Row {
    let (ages, bands) = (AGE_WORDS.len(), IN_PLACEMENT_WORDS.len());
    let age = super::state::BROAD_AGE.iter().position(|&broad| broad == cell / (2 * bands) % ages).unwrap_or(0);
    let band = super::state::BROAD_IN_PLACEMENT.iter().position(|&broad| broad == cell / 2 % bands).unwrap_or(0);
    let mut row = effects[0][cell / (2 * ages * bands)];
    times(&mut row, &effects[2][cell % 2]);
    times(&mut row, &effects[3][age.min(AGES.len() - 1)]);
    times(&mut row, &effects[4][band.min(IN_PLACEMENT.len() - 1)]);
    row
}

/// Draws pooled factors given what they multiply: `rows` hold the drawn factor `g` of the prior, and come back as
/// `g · Gamma(κ + n) / (κ + g m)` over its mean at `g = 1`.
fn given(rows: &mut [Row], factors: &[Uncertain], chance: &mut Chance) {
    for factor in factors {
        let entry = &mut rows[factor.row as usize][factor.cause as usize];
        let shape = factor.strength + factor.came;
        *entry *= unit_gamma(f64::from(shape), chance) as f32 * (factor.strength + factor.expected)
            / (factor.strength + factor.expected * *entry);
    }
}

/// Rates by legal standing: levels are drawn, and cells with events of their own hold against them.
fn standings(hazards: &Hazards, effects: &[Vec<Row>; LEVELS.len()]) -> Vec<Row> {
    let mut drawn: Vec<Row> = (0..STANDINGS)
        .map(|at| {
            let mut row = effects[1][at / (2 * IN_CARE.len())];
            times(&mut row, &effects[5][at / 2 % IN_CARE.len()]);
            row
        })
        .collect();
    for factor in &hazards.of_standing {
        let entry = &mut drawn[factor.row as usize][factor.cause as usize];
        *entry *= (factor.strength + factor.expected) / (factor.strength + factor.expected * *entry);
    }
    for (row, drawn) in drawn.iter_mut().zip(&hazards.standing) {
        times(row, drawn);
    }
    drawn
}

fn swing(hazards: &Hazards, seed: u64, path: usize, quarters: usize) -> Vec<Row> {
    let mut swing = vec![[1.0; WIDTH]; quarters];
    for (cause, wave) in hazards.swings.iter().enumerate() {
        let ahead = wave.draw(&mut Chance::new(seed, path, Purpose::Drift, cause as u64), quarters);
        for (row, factor) in swing.iter_mut().zip(ahead.factors) {
            row[cause] = factor as f32;
        }
    }
    swing
}
