//! The rates of everything that can happen to a child, with how well each is known.
//!
//! For each cause: a log-linear surface ([`super::surface`]); times a factor of the pooled cell of kind, age, time in the placement and asylum; times
//! one of legal status, time in care and asylum; times one of the authority, and of the authority and kind ([`super::pooling`]); times the cause's
//! swing about its mean from half-year to half-year ([`super::wave`]). A path draws all factors once.

use domain::Day;
use rayon::prelude::*;

use super::exposure::Exposure;
use super::pooling::{Pooled, pool};
use super::shifts::Shifts;
use super::state::{
    AGE_WORDS, AGES, Asylum, BROAD_AGE, BROAD_IN_PLACEMENT, CAUSES, CELLS, FINE, IN_CARE, IN_PLACEMENT, IN_PLACEMENT_WORDS, KINDS, LEVELS,
    Legal, STANDINGS, cell, fine, standing,
};
use super::surface::Surface;
use super::wave::{Grid, Level, NO_GROWTH, Wave};
use crate::kind::Kind;

/// Causes padded to whole vectors of four.
pub(super) const WIDTH: usize = CAUSES.next_multiple_of(4);
/// A number for each cause.
pub(super) type Row = [f32; WIDTH];
/// Days of a step of the swing of rates.
pub(super) const STEP: i32 = 182;
/// Expected events in a cell below which its uncertainty moves nothing that anybody counts.
const NEGLIGIBLE: f64 = 0.5;
/// Events that the prior of a kind's share of a cause is worth.
const PRIOR: f64 = 0.5;
/// Levels of each main effect as they are drawn: [`LEVELS`] with ages and times in the placement as reported.
pub(super) const EFFECTS: [usize; LEVELS.len()] =
    [LEVELS[0], LEVELS[1], LEVELS[2], AGE_WORDS.len(), IN_PLACEMENT_WORDS.len(), LEVELS[5], LEVELS[6]];

/// How rates may swing: little, by the year rather than by the month, unless the counts say otherwise.
const SWING: Grid = Grid {
    persistence: &[0.3, 0.6, 0.85, 0.95],
    deviation: &[0.01, 0.05, 0.1, 0.2, 0.35, 0.6],
    expected_deviation: 0.1,
    shape: &[f64::INFINITY],
    level: Level::Known,
    shifts: &Shifts::NEVER,
    growth: NO_GROWTH,
};

/// A pooled factor of one row and cause: its posterior given the rates that it multiplies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncertain {
    pub(super) row: u32,
    pub(super) cause: u32,
    /// κ: how many events the prior is worth.
    pub(super) strength: f32,
    pub(super) came: f32,
    pub(super) expected: f32,
}

/// One main effect of one cause: how well each level is known.
#[derive(Clone, Debug)]
pub(super) struct Effect {
    pub(super) cause: u32,
    /// Position in [`LEVELS`], or the number of effects for the base.
    pub(super) of: u32,
    /// Shape of each level's gamma, and its share of the cause's events.
    pub(super) levels: Vec<(f64, f64)>,
}

/// The posterior of all rates.
#[derive(Clone, Debug)]
pub(super) struct Hazards {
    /// By kind, age, time in the placement and asylum.
    pub(super) fine: Vec<Row>,
    /// Fine rows in which nights were seen, with their pooled cells.
    pub(super) seen: Vec<(u32, u32)>,
    /// By legal status, time in care and asylum.
    pub(super) standing: Vec<Row>,
    /// By placements so far.
    pub(super) placements: [Row; 3],
    /// By authority and kind.
    pub(super) authority: Vec<Row>,
    pub(super) effects: Vec<Effect>,
    pub(super) of_cell: Vec<Uncertain>,
    pub(super) of_standing: Vec<Uncertain>,
    pub(super) of_authority: Vec<Uncertain>,
    pub(super) of_authority_kind: Vec<Uncertain>,
    pub(super) swings: Vec<Wave>,
    /// Expected rates by state seen, for what is reported.
    pub(super) expected: Vec<[f64; CAUSES]>,
    /// Relative variance of each cell's rate in the region, by cause.
    pub(super) cell_variance: Vec<[f64; CAUSES]>,
    /// Relative variance of an authority's own factor, by authority and kind.
    pub(super) own_variance: Vec<[f64; CAUSES]>,
}

/// What is found of one cause before authorities are told apart.
struct OfCause {
    surface: Surface,
    cells: Pooled,
    standings: Pooled,
    /// By state.
    rates: Vec<f64>,
    /// Relative variance that each cell has from effects that it averages over.
    within: Vec<f64>,
}

impl Hazards {
    /// Fits every cause to what was counted.
    pub(super) fn fit(exposure: &Exposure, until: Day) -> Self {
        let levels: Vec<[u8; LEVELS.len()]> = exposure.states.iter().map(|state| state.levels()).collect();
        let mut events: Vec<Vec<f64>> = vec![vec![0.0; levels.len()]; CAUSES];
        for event in &exposure.events {
            events[event.cause.index()][event.state as usize] += 1.0;
        }
        let causes: Vec<OfCause> = events.par_iter().map(|events| of_cause(exposure, &levels, events)).collect();
        let expected: Vec<[f64; CAUSES]> = (0..levels.len()).map(|state| std::array::from_fn(|cause| causes[cause].rates[state])).collect();
        let mut hazards = Self::tables(exposure, &causes, expected);
        hazards.authorities(exposure);
        hazards.swings(exposure, until);
        hazards
    }

    fn tables(exposure: &Exposure, causes: &[OfCause], expected: Vec<[f64; CAUSES]>) -> Self {
        let row = |of: &dyn Fn(&OfCause) -> f64| {
            let mut row = [0.0; WIDTH];
            for (entry, cause) in row.iter_mut().zip(causes) {
                *entry = of(cause) as f32;
            }
            row
        };
        let asylums = [Asylum::No, Asylum::Seeking];
        let mut fine_rows = vec![[0.0; WIDTH]; FINE];
        for kind in Kind::ALL {
            for age in 0..AGES.len() as u8 {
                for in_placement in 0..IN_PLACEMENT.len() as u8 {
                    for asylum in asylums {
                        let pooled = cell(kind, age, in_placement, asylum);
                        fine_rows[fine(kind, age, in_placement, asylum)] = row(&|cause| {
                            let f = &cause.surface.factors;
                            let main =
                                f[0][kind as usize] * f[2][asylum as usize] * f[3][usize::from(age)] * f[4][usize::from(in_placement)];
                            cause.surface.base * main * cause.cells.mean(pooled)
                        });
                    }
                }
            }
        }
        let mut standing_rows = vec![[0.0; WIDTH]; STANDINGS];
        for legal in Legal::ALL {
            for in_care in 0..IN_CARE.len() as u8 {
                for asylum in asylums {
                    let at = standing(legal, in_care, asylum);
                    standing_rows[at] = row(&|cause| {
                        let f = &cause.surface.factors;
                        f[1][legal as usize] * f[5][usize::from(in_care)] * cause.standings.mean(at)
                    });
                }
            }
        }
        let mut seen: Vec<(u32, u32)> = exposure
            .states
            .iter()
            .map(|s| (fine(s.kind, s.age, s.in_placement, s.asylum) as u32, cell(s.kind, s.age, s.in_placement, s.asylum) as u32))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        Self {
            fine: fine_rows,
            seen,
            standing: standing_rows,
            placements: std::array::from_fn(|band| row(&|cause| cause.surface.factors[6][band])),
            authority: Vec::new(),
            effects: causes.iter().enumerate().flat_map(|(index, cause)| effects(index as u32, &cause.surface)).collect(),
            of_cell: uncertain(causes, |cause| &cause.cells),
            of_standing: uncertain(causes, |cause| &cause.standings),
            of_authority: Vec::new(),
            of_authority_kind: Vec::new(),
            swings: Vec::new(),
            expected,
            cell_variance: (0..CELLS).map(|cell| std::array::from_fn(|cause| cell_variance(&causes[cause], cell))).collect(),
            own_variance: Vec::new(),
        }
    }

    /// How each authority differs from its region. One alone differs from nothing.
    fn authorities(&mut self, exposure: &Exposure) {
        let count = exposure.windows.len();
        self.authority = vec![[1.0; WIDTH]; count * KINDS];
        self.own_variance = vec![[0.0; CAUSES]; count * KINDS];
        if count < 2 {
            return;
        }
        let at = |authority: u16, state: u32| usize::from(authority) * KINDS + exposure.states[state as usize].kind as usize;
        let mut came = vec![[0.0; CAUSES]; count * KINDS];
        let mut expected = vec![[0.0; CAUSES]; count * KINDS];
        for run in &exposure.runs {
            let rates = &self.expected[run.state as usize];
            for (sum, rate) in expected[at(run.authority, run.state)].iter_mut().zip(rates) {
                *sum += rate * f64::from(run.nights);
            }
        }
        for event in &exposure.events {
            came[at(event.authority, event.state)][event.cause.index()] += 1.0;
        }
        for cause in 0..CAUSES {
            let whole =
                |rows: &[[f64; CAUSES]]| -> Vec<f64> { rows.chunks(KINDS).map(|kinds| kinds.iter().map(|row| row[cause]).sum()).collect() };
            let (all_came, all_expected) = (whole(&came), whole(&expected));
            let whole = pool(all_came, all_expected);
            let cells: Vec<f64> = came.iter().map(|row| row[cause]).collect();
            let cells_expected = expected.iter().enumerate().map(|(at, row)| row[cause] * whole.mean(at / KINDS)).collect();
            let parts = pool(cells, cells_expected);
            for at in 0..count * KINDS {
                self.own_variance[at][cause] = 1.0 / whole.shape(at / KINDS) + 1.0 / parts.shape(at);
                self.authority[at][cause] = (whole.mean(at / KINDS) * parts.mean(at)) as f32;
            }
            self.of_authority.extend(significant(cause as u32, &whole));
            self.of_authority_kind.extend(significant(cause as u32, &parts));
        }
    }

    /// How each cause's rate swung from half-year to half-year, counted back from the last day.
    fn swings(&mut self, exposure: &Exposure, until: Day) {
        let halves = (exposure.days() / STEP).max(1) as usize;
        let half = |day: Day| (until.since(day) / STEP) as usize;
        let mut came = vec![[0.0; CAUSES]; halves];
        let mut expected = vec![[0.0; CAUSES]; halves];
        for run in &exposure.runs {
            let rates = &self.expected[run.state as usize];
            let own = &self.authority[usize::from(run.authority) * KINDS + exposure.states[run.state as usize].kind as usize];
            let end = run.start.plus(run.nights);
            let mut from = run.start;
            while from < end {
                let at = half(from.plus(1));
                // The last morning of this half-year.
                let last = until.plus(-(STEP * at as i32)).min(end);
                let nights = f64::from(last.since(from));
                if let Some(sums) = expected.get_mut(at) {
                    for ((sum, rate), own) in sums.iter_mut().zip(rates).zip(own) {
                        *sum += rate * f64::from(*own) * nights;
                    }
                }
                from = last;
            }
        }
        for event in &exposure.events {
            if let Some(counts) = came.get_mut(half(event.on)) {
                counts[event.cause.index()] += 1.0;
            }
        }
        self.swings = (0..CAUSES)
            .into_par_iter()
            .map(|cause| {
                let column = |rows: &[[f64; CAUSES]]| -> Vec<f64> { rows.iter().rev().map(|row| row[cause]).collect() };
                Wave::fit(&column(&came), &column(&expected), &SWING)
            })
            .collect();
    }

    /// Posterior mean of an authority's factors of the region's rates, for a kind of home.
    pub(super) fn own(&self, authority: usize, kind: Kind) -> &Row {
        &self.authority[authority * KINDS + kind as usize]
    }
}

fn uncertain(causes: &[OfCause], of: impl Fn(&OfCause) -> &Pooled) -> Vec<Uncertain> {
    causes.iter().enumerate().flat_map(|(index, cause)| significant(index as u32, of(cause))).collect()
}

/// The cells whose uncertainty somebody could notice.
fn significant(cause: u32, pooled: &Pooled) -> Vec<Uncertain> {
    (0..pooled.came.len())
        .filter(|&row| pooled.expected[row] > NEGLIGIBLE)
        .map(|row| Uncertain {
            row: row as u32,
            cause,
            strength: pooled.strength as f32,
            came: pooled.came[row] as f32,
            expected: pooled.expected[row] as f32,
        })
        .collect()
}

/// How well the levels of a cause's main effects are known: as well as so many events tell.
fn effects(cause: u32, surface: &Surface) -> Vec<Effect> {
    let total: f64 = surface.came[0].iter().sum();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut effects: Vec<Effect> = surface
        .came
        .iter()
        .enumerate()
        .map(|(effect, came)| {
            let levels = reported(effect, came).into_iter().map(|events| (PRIOR + events, events / total)).collect();
            Effect { cause, of: effect as u32, levels }
        })
        .collect();
    effects.push(Effect { cause, of: LEVELS.len() as u32, levels: vec![(PRIOR + total, 1.0)] });
    effects
}

/// Events of an effect's levels, bands that are reported as one put together: they are drawn as one.
fn reported(effect: usize, came: &[f64]) -> Vec<f64> {
    let bands: &[usize] = match effect {
        3 => &BROAD_AGE,
        4 => &BROAD_IN_PLACEMENT,
        _ => return came.to_vec(),
    };
    let mut sums = vec![0.0; EFFECTS[effect]];
    for (events, &band) in came.iter().zip(bands) {
        sums[band] += events;
    }
    sums
}

/// Relative variance of a cell's rate: that of the surface as far as the cell leans on it, and its own.
///
/// The posterior mean is `λ (κ + n) / (κ + λE)`, whose elasticity to the surface λ is `κ / (κ + λE)`. The variance of a fitted main-effects surface is
/// the sum over effects of one over the level's events, less what they have in common.
fn cell_variance(cause: &OfCause, cell: usize) -> f64 {
    let came = &cause.surface.came;
    let total: f64 = PRIOR + came[0].iter().sum::<f64>();
    let age = cell / (2 * 5) % 5;
    let in_placement = cell / 2 % 5;
    let level = |events: f64| (1.0 / (PRIOR + events) - 1.0 / total).max(0.0);
    let surface = 1.0 / total
        + level(came[0][cell / (2 * 5 * 5)])
        + level(came[2][cell % 2])
        + level(reported(3, &came[3])[age])
        + level(reported(4, &came[4])[in_placement]);
    let (strength, expected) = (cause.cells.strength, cause.cells.expected[cell]);
    let leans = strength / (strength + expected);
    leans * leans * (surface + cause.within[cell]) + 1.0 / cause.cells.shape(cell)
}

fn of_cause(exposure: &Exposure, levels: &[[u8; LEVELS.len()]], events: &[f64]) -> OfCause {
    let surface = Surface::fit(levels, &exposure.nights, events);
    let mut rates: Vec<f64> = levels.iter().map(|levels| surface.rate(*levels)).collect();
    let states = &exposure.states;
    let of_cell = |state: usize| cell(states[state].kind, states[state].age, states[state].in_placement, states[state].asylum);
    let cells = gather(CELLS, of_cell, exposure, events, &rates);
    for (state, rate) in rates.iter_mut().enumerate() {
        *rate *= cells.mean(of_cell(state));
    }
    let of_standing = |state: usize| standing(states[state].legal, states[state].in_care, states[state].asylum);
    let standings = gather(STANDINGS, of_standing, exposure, events, &rates);
    for (state, rate) in rates.iter_mut().enumerate() {
        *rate *= standings.mean(of_standing(state));
    }
    let within = within(exposure, &surface, &rates, of_cell);
    OfCause { surface, cells, standings, rates, within }
}

/// Relative variance of a cell's rate from the effects over which it is an average (legal status, time in care, placements so far): each level's by the
/// square of its share of the cell's expected events.
fn within(exposure: &Exposure, surface: &Surface, rates: &[f64], of_cell: impl Fn(usize) -> usize) -> Vec<f64> {
    const AVERAGED: [usize; 3] = [1, 5, 6];
    let total: f64 = PRIOR + surface.came[0].iter().sum::<f64>();
    let mut variances = vec![0.0; CELLS];
    for effect in AVERAGED {
        let levels = LEVELS[effect];
        let mut expected = vec![0.0; CELLS * levels];
        for (state, rate) in rates.iter().enumerate() {
            expected[of_cell(state) * levels + usize::from(exposure.states[state].levels()[effect])] += exposure.nights[state] * rate;
        }
        for (variance, expected) in variances.iter_mut().zip(expected.chunks(levels)) {
            let all: f64 = expected.iter().sum();
            if all > 0.0 {
                let of_levels: f64 =
                    expected.iter().zip(&surface.came[effect]).map(|(part, came)| (part / all).powi(2) / (PRIOR + came)).sum();
                *variance += (of_levels - 1.0 / total).max(0.0);
            }
        }
    }
    variances
}

/// Pools the cells that states belong to.
fn gather(cells: usize, of: impl Fn(usize) -> usize, exposure: &Exposure, events: &[f64], rates: &[f64]) -> Pooled {
    let (mut came, mut expected) = (vec![0.0; cells], vec![0.0; cells]);
    for state in 0..rates.len() {
        let at = of(state);
        came[at] += events[state];
        expected[at] += exposure.nights[state] * rates[state];
    }
    pool(came, expected)
}
