//! The truth about rates, counted while lives are made: nights at risk, events that came, and events that were to be expected.

use domain::Day;

use crate::kind::{KINDS, Kind};
use crate::rates::{Asylum, Cell, Night, ROUTES, Route};

/// Causes told apart: a move to each kind, and each route out.
pub(crate) const CAUSES: usize = KINDS + ROUTES;
const CELLS: usize = KINDS * 5 * 5 * 2;

/// Nights, events and expected events by kind, age, time in the placement and asylum; within a window of days.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    from: Day,
    to: Day,
    pub(crate) nights: Vec<u64>,
    pub(crate) expected: Vec<[f64; CAUSES]>,
    pub(crate) events: Vec<[u32; CAUSES]>,
}

/// The position of a cell in the tables.
pub(crate) const fn at(kind: usize, age: usize, in_placement: usize, asylum: usize) -> usize {
    ((kind * 5 + age) * 5 + in_placement) * 2 + asylum
}

fn of(cell: &Cell) -> usize {
    at(cell.kind as usize, cell.age, cell.in_placement, usize::from(cell.asylum == Asylum::Seeking))
}

impl Tally {
    /// Counts nights that begin in `from..to`, and events on the mornings after them.
    pub(crate) fn new(from: Day, to: Day) -> Self {
        Self { from, to, nights: vec![0; CELLS], expected: vec![[0.0; CAUSES]; CELLS], events: vec![[0; CAUSES]; CELLS] }
    }

    /// Nights in one cell, all with the same probabilities.
    pub(crate) fn nights(&mut self, cell: &Cell, night: &Night, from: Day, nights: i32) {
        let inside = from.plus(nights).min(self.to).since(from.max(self.from));
        if inside <= 0 {
            return;
        }
        let at = of(cell);
        self.nights[at] += inside as u64;
        let n = f64::from(inside);
        let both: f64 = night.both.iter().sum();
        let shares = night.shares();
        let total: f64 = shares.iter().sum();
        for (expected, (share, alone)) in self.expected[at].iter_mut().zip(shares.iter().zip(&night.moves)) {
            let joint = if total > 0.0 { both * share / total } else { 0.0 };
            *expected += n * (alone + joint);
        }
        for (route, rate) in night.routes().iter().enumerate() {
            self.expected[at][KINDS + route] += n * rate;
        }
    }

    /// A move, on a morning.
    pub(crate) fn moved(&mut self, cell: &Cell, to: Kind, on: Day) {
        if self.counts(on) {
            self.events[of(cell)][to as usize] += 1;
        }
    }

    /// An exit, on a morning.
    pub(crate) fn exit(&mut self, cell: &Cell, route: Route, on: Day) {
        if self.counts(on) {
            self.events[of(cell)][KINDS + route as usize] += 1;
        }
    }

    fn counts(&self, on: Day) -> bool {
        on > self.from && on <= self.to
    }
}
