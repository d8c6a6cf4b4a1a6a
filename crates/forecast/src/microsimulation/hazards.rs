//! The rates of everything that can happen to a child, with how well each is known.
//!
//! For each cause: a log-linear surface ([`super::surface`]); times a factor of the pooled cell of kind, age, time in the placement and asylum; times
//! one of legal status, time in care and asylum; times one of the authority, and of the authority and kind ([`super::pooling`]); times the cause's
//! swing about its mean from quarter to quarter ([`super::wave`]). A path draws all factors once.

use domain::Day;
use rand_distr::{Distribution, Gamma};
use rayon::prelude::*;

use super::chance::{Chance, Purpose};
use super::exposure::Exposure;
use super::pooling::{Factor, pool};
use super::state::{AGES, Asylum, CAUSES, CELLS, FINE, IN_CARE, IN_PLACEMENT, KINDS, Legal, STANDINGS, State, cell, fine, standing};
use super::surface::Surface;
use super::wave::{Grid, Level, Wave};
use crate::kind::Kind;

/// Causes padded to whole vectors of four.
const WIDTH: usize = CAUSES.next_multiple_of(4);
/// A number for each cause.
pub(super) type Row = [f32; WIDTH];
/// Days of a step of the swing of rates.
pub(super) const QUARTER: i32 = 91;
/// Expected events in a cell below which its uncertainty moves nothing that anybody counts.
const NEGLIGIBLE: f64 = 0.1;
/// Events that the prior of a kind's share of a cause is worth.
const PRIOR: f64 = 0.5;

/// How rates may swing: little, by the year rather than by the quarter, unless the counts say otherwise.
const SWING: Grid = Grid {
    persistence: &[0.5, 0.75, 0.9, 0.97],
    deviation: &[0.01, 0.05, 0.1, 0.2, 0.35, 0.6],
    expected_deviation: 0.1,
    shape: &[f64::INFINITY],
    level: Level::Known,
};

/// An uncertain factor of a row's entry.
#[derive(Clone, Copy, Debug)]
struct Uncertain {
    row: u32,
    cause: u32,
    shape: f64,
}

/// The posterior of all rates.
#[derive(Clone, Debug)]
pub(super) struct Hazards {
    /// By kind, age, time in the placement and asylum.
    fine: Vec<Row>,
    /// Fine rows in which nights were seen, with their pooled cells.
    seen: Vec<(u32, u32)>,
    /// By legal status, time in care and asylum.
    standing: Vec<Row>,
    /// By placements so far.
    placements: [Row; 3],
    /// By authority and kind.
    authority: Vec<Row>,
    of_kind: Vec<Uncertain>,
    of_cell: Vec<Uncertain>,
    of_authority: Vec<Uncertain>,
    of_authority_kind: Vec<Uncertain>,
    swings: Vec<Wave>,
    /// Expected rates by state seen, for what is reported.
    pub(super) expected: Vec<[f64; CAUSES]>,
    /// Relative variances: of kind and asylum, by cause; of the cell; of the authority; of the authority and kind.
    pub(super) variances: Variances,
}

/// Relative posterior variances of the factors, for intervals of single rates.
#[derive(Clone, Debug)]
pub(super) struct Variances {
    pub(super) kind: Vec<[f64; CAUSES]>,
    pub(super) cell: Vec<[f64; CAUSES]>,
    pub(super) authority: Vec<[f64; CAUSES]>,
    pub(super) authority_kind: Vec<[f64; CAUSES]>,
}

/// What is found of one cause before authorities are told apart.
struct OfCause {
    surface: Surface,
    cells: Vec<Factor>,
    kinds: Vec<Factor>,
    standings: Vec<Factor>,
    /// By state.
    rates: Vec<f64>,
    /// Events to be expected by cell.
    cell_expected: Vec<f64>,
}

impl Hazards {
    /// Fits every cause to what was counted.
    pub(super) fn fit(exposure: &Exposure, until: Day) -> Self {
        let levels: Vec<[u8; 7]> = exposure.states.iter().map(State::levels).collect();
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
                            cause.surface.base * main * cause.cells[pooled].mean
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
                        f[1][legal as usize] * f[5][usize::from(in_care)] * cause.standings[at].mean
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
        let table = |rows: usize, of: &dyn Fn(&OfCause, usize) -> f64| -> Vec<[f64; CAUSES]> {
            (0..rows).map(|row| std::array::from_fn(|cause| of(&causes[cause], row))).collect()
        };
        let kind = table(KINDS * 2, &|cause, row| 1.0 / cause.kinds[row].shape);
        let of_cell = table(CELLS, &|cause, row| 1.0 / cause.cells[row].shape);
        Self {
            fine: fine_rows,
            seen,
            standing: standing_rows,
            placements: std::array::from_fn(|band| row(&|cause| cause.surface.factors[6][band])),
            authority: Vec::new(),
            of_kind: uncertain(causes, KINDS * 2, |cause, row| (kind_expected(cause, row), cause.kinds[row])),
            of_cell: uncertain(causes, CELLS, |cause, row| (cause.cell_expected[row], cause.cells[row])),
            of_authority: Vec::new(),
            of_authority_kind: Vec::new(),
            swings: Vec::new(),
            expected,
            variances: Variances { kind, cell: of_cell, authority: Vec::new(), authority_kind: Vec::new() },
        }
    }

    /// How each authority differs from its region. One alone differs from nothing.
    fn authorities(&mut self, exposure: &Exposure) {
        let count = exposure.windows.len();
        self.authority = vec![[1.0; WIDTH]; count * KINDS];
        self.variances.authority = vec![[0.0; CAUSES]; count];
        self.variances.authority_kind = vec![[0.0; CAUSES]; count * KINDS];
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
            let (_, of_authority) = pool(&all_came, &all_expected);
            let cells: Vec<f64> = came.iter().map(|row| row[cause]).collect();
            let cells_expected: Vec<f64> =
                expected.iter().enumerate().map(|(at, row)| row[cause] * of_authority[at / KINDS].mean).collect();
            let (_, of_cells) = pool(&cells, &cells_expected);
            for (authority, factor) in of_authority.iter().enumerate() {
                self.variances.authority[authority][cause] = 1.0 / factor.shape;
                if all_expected[authority] > NEGLIGIBLE {
                    self.of_authority.push(Uncertain { row: authority as u32, cause: cause as u32, shape: factor.shape });
                }
            }
            for (at, factor) in of_cells.iter().enumerate() {
                self.variances.authority_kind[at][cause] = 1.0 / factor.shape;
                self.authority[at][cause] = (of_authority[at / KINDS].mean * factor.mean) as f32;
                if cells_expected[at] > NEGLIGIBLE {
                    self.of_authority_kind.push(Uncertain { row: at as u32, cause: cause as u32, shape: factor.shape });
                }
            }
        }
    }

    /// How each cause's rate swung from quarter to quarter, counted back from the last day.
    fn swings(&mut self, exposure: &Exposure, until: Day) {
        let quarters = (exposure.days() / QUARTER).max(1) as usize;
        let quarter = |day: Day| (until.since(day) / QUARTER) as usize;
        let mut came = vec![[0.0; CAUSES]; quarters];
        let mut expected = vec![[0.0; CAUSES]; quarters];
        for run in &exposure.runs {
            let rates = &self.expected[run.state as usize];
            let own = &self.authority[usize::from(run.authority) * KINDS + exposure.states[run.state as usize].kind as usize];
            let end = run.start.plus(run.nights);
            let mut from = run.start;
            while from < end {
                let at = quarter(from.plus(1));
                // The last morning of this quarter.
                let last = until.plus(-(QUARTER * at as i32)).min(end);
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
            if let Some(counts) = came.get_mut(quarter(event.on)) {
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

    /// The rates of one path with `quarters` quarters ahead.
    pub(super) fn draw(&self, seed: u64, path: usize, quarters: usize) -> Drawn<'_> {
        let mut chance = Chance::new(seed, path, Purpose::Rates, 0);
        let mut of_kind = vec![[1.0; WIDTH]; KINDS * 2];
        multiply(&mut of_kind, &self.of_kind, &mut chance);
        let mut of_cell = vec![[1.0; WIDTH]; CELLS];
        multiply(&mut of_cell, &self.of_cell, &mut chance);
        let mut fine = self.fine.clone();
        for &(row, cell) in &self.seen {
            let kind = row as usize / (AGES.len() * IN_PLACEMENT.len() * 2) * 2 + row as usize % 2;
            for ((rate, cell), kind) in fine[row as usize].iter_mut().zip(&of_cell[cell as usize]).zip(&of_kind[kind]) {
                *rate *= cell * kind;
            }
        }
        let mut own = vec![[1.0; WIDTH]; self.authority.len() / KINDS];
        multiply(&mut own, &self.of_authority, &mut chance);
        let mut authority = self.authority.clone();
        multiply(&mut authority, &self.of_authority_kind, &mut chance);
        for (rows, own) in authority.chunks_mut(KINDS).zip(&own) {
            for row in rows {
                for (rate, own) in row.iter_mut().zip(own) {
                    *rate *= own;
                }
            }
        }
        let mut swing = vec![[1.0; WIDTH]; quarters];
        for (cause, wave) in self.swings.iter().enumerate() {
            let ahead = wave.draw(&mut Chance::new(seed, path, Purpose::Drift, cause as u64), quarters);
            for (row, factor) in swing.iter_mut().zip(ahead.factors) {
                row[cause] = factor as f32;
            }
        }
        Drawn { hazards: self, fine, authority, swing }
    }
}

/// Events expected of a kind and asylum.
fn kind_expected(cause: &OfCause, row: usize) -> f64 {
    let per_kind = CELLS / KINDS;
    let (kind, asylum) = (row / 2, row % 2);
    cause.cell_expected[kind * per_kind..(kind + 1) * per_kind].iter().skip(asylum).step_by(2).sum()
}

fn uncertain(causes: &[OfCause], rows: usize, of: impl Fn(&OfCause, usize) -> (f64, Factor)) -> Vec<Uncertain> {
    let mut list = Vec::new();
    for row in 0..rows {
        for (index, cause) in causes.iter().enumerate() {
            let (expected, factor) = of(cause, row);
            if expected > NEGLIGIBLE && factor.shape.is_finite() {
                list.push(Uncertain { row: row as u32, cause: index as u32, shape: factor.shape });
            }
        }
    }
    list
}

/// Multiplies entries by gamma factors of mean one.
fn multiply(rows: &mut [Row], factors: &[Uncertain], chance: &mut Chance) {
    for factor in factors {
        if let Ok(gamma) = Gamma::new(factor.shape, 1.0 / factor.shape) {
            rows[factor.row as usize][factor.cause as usize] *= gamma.sample(chance.source()) as f32;
        }
    }
}

fn of_cause(exposure: &Exposure, levels: &[[u8; 7]], events: &[f64]) -> OfCause {
    let surface = Surface::fit(levels, &exposure.nights, events);
    let mut rates: Vec<f64> = levels.iter().map(|levels| surface.rate(levels)).collect();
    let states = &exposure.states;
    let (cell_came, cell_expected) = gather(
        CELLS,
        |state| cell(states[state].kind, states[state].age, states[state].in_placement, states[state].asylum),
        exposure,
        events,
        &rates,
    );
    let (strength, cells) = pool(&cell_came, &cell_expected);
    for (rate, state) in rates.iter_mut().zip(states) {
        *rate *= cells[cell(state.kind, state.age, state.in_placement, state.asylum)].mean;
    }
    let place = |state: usize| standing(states[state].legal, states[state].in_care, states[state].asylum);
    let (came, expected) = gather(STANDINGS, place, exposure, events, &rates);
    let (_, standings) = pool(&came, &expected);
    for (state, rate) in rates.iter_mut().enumerate() {
        *rate *= standings[place(state)].mean;
    }
    let kinds = kinds(strength, &cell_came);
    OfCause { surface, cells, kinds, standings, rates, cell_expected }
}

/// What cells pooled hard leave uncertain of their kind as a whole: cells that say their own carry their uncertainty themselves, so a kind's share of it
/// is what their shrinking took away. Together they make up one over the kind's events.
fn kinds(strength: f64, came: &[f64]) -> Vec<Factor> {
    let per_kind = CELLS / KINDS;
    (0..KINDS * 2)
        .map(|row| {
            let cells = came[row / 2 * per_kind..(row / 2 + 1) * per_kind].iter().skip(row % 2).step_by(2);
            let (mut events, mut own) = (0.0, 0.0);
            for &came in cells {
                events += came;
                own += came * came / (strength + came);
            }
            let left = if events > 0.0 { 1.0 - own / events } else { 1.0 };
            Factor { shape: (PRIOR + events) / left.max(1e-6), mean: 1.0 }
        })
        .collect()
}

/// Events that came and events to be expected, by the cell of each state.
fn gather(cells: usize, of: impl Fn(usize) -> usize, exposure: &Exposure, events: &[f64], rates: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut came, mut expected) = (vec![0.0; cells], vec![0.0; cells]);
    for state in 0..rates.len() {
        let at = of(state);
        came[at] += events[state];
        expected[at] += exposure.nights[state] * rates[state];
    }
    (came, expected)
}

/// The rates of one path.
#[derive(Clone, Debug)]
pub(super) struct Drawn<'a> {
    hazards: &'a Hazards,
    fine: Vec<Row>,
    authority: Vec<Row>,
    swing: Vec<Row>,
}

impl Drawn<'_> {
    /// The probability of each cause in one night, and of any.
    pub(super) fn night(&self, state: &State, authority: u16, quarter: usize) -> (Row, f32) {
        let fine = &self.fine[fine(state.kind, state.age, state.in_placement, state.asylum)];
        let standing = &self.hazards.standing[standing(state.legal, state.in_care, state.asylum)];
        let placements = &self.hazards.placements[usize::from(state.placements)];
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
