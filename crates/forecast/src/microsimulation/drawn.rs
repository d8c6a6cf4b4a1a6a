//! The rates of one path: one draw from the posterior of everything that is uncertain about them.
//!
//! Drawn from the top down, each given what stands above it: main effects of the surface, factors of pooled cells and of legal standing, authorities, and
//! the swing of each cause ahead. Levels of an effect are drawn about their common mean, so that a cause's total is as uncertain as its events make it
//! and no more.

use rand_distr::{Distribution, Gamma, StandardNormal};

use super::chance::{Chance, Purpose};
use super::hazards::{EFFECTS, Hazards, Row, Uncertain, WIDTH};
use super::state::{AGE_WORDS, CELLS, Cause, IN_CARE, IN_PLACEMENT_WORDS, KINDS, STANDINGS, State, fine, standing};

/// Shape from which a gamma is drawn as the cube of a normal (Wilson and Hilferty, PNAS 17, 1931), which is right to a third of a per cent there.
const NEARLY_NORMAL: f64 = 8.0;

/// The rates of one path.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    fine: Vec<Row>,
    authority: Vec<Row>,
    /// Legal standing, placements so far and swing multiplied: by standing, placements band, then step ahead.
    rest: Vec<Row>,
    steps: usize,
}

/// The rates of one path in one authority.
#[derive(Clone, Debug)]
pub(super) struct Local<'a> {
    fine: Vec<Row>,
    of: &'a Drawn,
}

impl Drawn {
    /// Draws a path's rates for `steps` steps of [`super::hazards::STEP`] days ahead.
    pub(super) fn new(hazards: &Hazards, seed: u64, path: usize, steps: usize) -> Self {
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
        let swing = swing(hazards, seed, path, steps);
        let mut rest = Vec::with_capacity(STANDINGS * placements.len() * steps);
        for standing in standings(hazards, &effects) {
            for placements in &placements {
                for swing in &swing {
                    let mut row = standing;
                    times(&mut row, placements);
                    times(&mut row, swing);
                    rest.push(row);
                }
            }
        }
        Self { fine, authority, rest, steps }
    }

    /// The rates in an authority.
    pub(super) fn local(&self, authority: usize) -> Local<'_> {
        let per_kind = self.fine.len() / KINDS;
        let mut fine = self.fine.clone();
        for (rows, own) in fine.chunks_mut(per_kind).zip(&self.authority[authority * KINDS..]) {
            for row in rows {
                times(row, own);
            }
        }
        Local { fine, of: self }
    }
}

impl Local<'_> {
    #[inline]
    fn rows(&self, state: State, step: usize) -> (&Row, &Row) {
        let standing = standing(state.legal, state.in_care, state.asylum) * 3 + usize::from(state.placements);
        let rest = standing * self.of.steps + step.min(self.of.steps - 1);
        (&self.fine[fine(state.kind, state.age, state.in_placement, state.asylum)], &self.of.rest[rest])
    }

    /// The probability that anything happens in one night.
    #[inline]
    pub(super) fn night(&self, state: State, step: usize) -> f32 {
        let (fine, rest) = self.rows(state, step);
        // Four sums side by side, which the compiler turns into one vector.
        let mut sums = [0.0f32; 4];
        for (fine, rest) in fine.chunks_exact(4).zip(rest.chunks_exact(4)) {
            for (sum, (fine, rest)) in sums.iter_mut().zip(fine.iter().zip(rest)) {
                *sum += fine * rest;
            }
        }
        sums[0] + sums[1] + sums[2] + sums[3]
    }

    /// The probability of one cause in one night.
    pub(super) fn rate(&self, state: State, step: usize, cause: Cause) -> f32 {
        let (fine, rest) = self.rows(state, step);
        fine[cause.index()] * rest[cause.index()]
    }

    /// The cause whose share of the night holds `unit`.
    pub(super) fn cause(&self, state: State, step: usize, unit: f32) -> Cause {
        let (fine, rest) = self.rows(state, step);
        let mut left = unit * self.night(state, step);
        let mut last = 0;
        for (index, (fine, rest)) in fine.iter().zip(rest).enumerate() {
            let rate = fine * rest;
            if rate > 0.0 {
                last = index;
                if left <= rate {
                    break;
                }
                left -= rate;
            }
        }
        Cause::at(last)
    }
}

fn times(row: &mut Row, by: &Row) {
    for (rate, factor) in row.iter_mut().zip(by) {
        *rate *= factor;
    }
}

/// A gamma of mean one.
fn unit_gamma(shape: f64, chance: &mut Chance) -> f64 {
    if shape >= NEARLY_NORMAL {
        let normal: f64 = StandardNormal.sample(chance.source());
        let ninth = 1.0 / (9.0 * shape);
        return (1.0 - ninth + normal * ninth.sqrt()).max(0.0).powi(3);
    }
    Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma| gamma.sample(chance.source()))
}

/// What is uncertain of each level of each main effect; the base of a cause goes with the first effect.
fn effects(hazards: &Hazards, chance: &mut Chance) -> [Vec<Row>; EFFECTS.len()] {
    let mut rows = EFFECTS.map(|levels| vec![[1.0; WIDTH]; levels]);
    for effect in &hazards.effects {
        let cause = effect.cause as usize;
        let drawn: Vec<f64> = effect.levels.iter().map(|&(shape, _)| unit_gamma(shape, chance)).collect();
        match rows.get_mut(effect.of as usize) {
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

/// The surface's uncertain factor in a cell.
fn surface_at(effects: &[Vec<Row>; EFFECTS.len()], cell: usize) -> Row {
    let (ages, bands) = (AGE_WORDS.len(), IN_PLACEMENT_WORDS.len());
    let mut row = effects[0][cell / (2 * ages * bands)];
    times(&mut row, &effects[2][cell % 2]);
    times(&mut row, &effects[3][cell / (2 * bands) % ages]);
    times(&mut row, &effects[4][cell / 2 % bands]);
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
fn standings(hazards: &Hazards, effects: &[Vec<Row>; EFFECTS.len()]) -> Vec<Row> {
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

fn swing(hazards: &Hazards, seed: u64, path: usize, steps: usize) -> Vec<Row> {
    let mut swing = vec![[1.0; WIDTH]; steps];
    for (cause, wave) in hazards.swings.iter().enumerate() {
        let ahead = wave.draw(&mut Chance::new(seed, path, Purpose::Drift, cause as u64), steps);
        for (row, factor) in swing.iter_mut().zip(ahead.factors) {
            row[cause] = factor as f32;
        }
    }
    swing
}
