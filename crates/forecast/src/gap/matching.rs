//! Placing a future's children in what there is: one largest flow over all need bands together.

use domain::number::whole_down;
use domain::supply::{Notice, Vehicle};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::ages::YEARS;
use super::flow::{Flow, Network};
use super::need::unit;
use super::{Area, Cell, Cohort, Home, Lot, Need, NeedBand, Special};
use crate::kind::Kind;
use crate::scenario::Ages;

/// How far the supply is this authority's, by [`Home::ALL`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Of homes shared with other authorities, the share that comes to this one.
    pub shares: [f64; 5],
    /// Of the places of ordinary homes, the part that takes complex need.
    pub complex: [f64; 5],
}

impl Terms {
    /// As they are with the homes and the children of the last known day. `share` is that of every shared home, where it is given; else it is what comes
    /// today: this authority's children outside its own and block places ÷ shared usable places, at most one. Contracts that end later leave a gap,
    /// they do not raise the share. Ordinary homes take complex need as far as its children do not fit into specialist places today.
    pub fn today(lots: &[Lot], cohort: &Cohort, share: Option<f64>) -> Self {
        let shares = Home::ALL.map(|home| share.unwrap_or_else(|| share_today(home, lots, cohort)));
        let terms = Self { shares, complex: [0.0; 5] };
        Self { complex: Home::ALL.map(|home| terms.complex_today(home, lots, cohort)), ..terms }
    }

    fn complex_today(&self, home: Home, lots: &[Lot], cohort: &Cohort) -> f64 {
        let profiles = &cohort.profiles[home as usize];
        let complex = profiles.iter().filter(|profile| profile.band == NeedBand::Complex).count() as f64;
        let specialist = lots.iter().filter(|lot| lot.home == home && lot.special == Special::Complex);
        let in_specialist = specialist.map(|lot| f64::from(lot.usable) * self.ours(lot)).sum::<f64>().min(complex);
        let in_ordinary = profiles.len() as f64 - in_specialist;
        if in_ordinary > 0.0 { (complex - in_specialist) / in_ordinary } else { 0.0 }
    }

    /// The part of a lot's places that is this authority's.
    pub fn ours(&self, lot: &Lot) -> f64 {
        if lot.vehicle.is_shared() { self.shares[lot.home as usize] } else { 1.0 }
    }

    /// The part of a home's places that takes a need band.
    pub(super) fn takes(&self, home: Home, special: Special, band: NeedBand) -> f64 {
        match (special, band) {
            (Special::ParentAndChild | Special::ShortBreaks, _) => 0.0,
            (Special::None, NeedBand::Complex) => self.complex[home as usize],
            (Special::None | Special::Complex, _) => 1.0,
        }
    }
}

/// Places of one kind with the ages they take, on the day, for one home and one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    ages: Ages,
    specialist: bool,
    vehicle: Vehicle,
    places: u32,
}

/// The supply of one day, by home and notice.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Supply {
    slots: Vec<Slot>,
}

/// The homes of one kind for one notice.
#[derive(Clone, Debug, PartialEq)]
struct Slot {
    network: Network,
    /// Ordinary rows' places that take complex need: edge, places to a fraction, and what the row is known by. Five rows with four tenths of a place each
    /// hold two children, so each future draws which of them have a whole one.
    loose: Vec<(usize, f64, u64)>,
}

impl Slot {
    /// The homes as one future finds them. A row's luck is its own, so that a home more changes nobody else's.
    fn in_future(&self, path: usize) -> Flow<'_> {
        let mut flow = Flow::new(&self.network);
        let mut luck = ChaCha8Rng::seed_from_u64(ROW_LUCK);
        luck.set_stream(path as u64);
        for &(edge, places, row) in &self.loose {
            luck.set_word_pos(u128::from(row) << 1);
            flow.widen(edge, whole_down(places + unit(&mut luck)));
        }
        flow
    }
}

/// Tells the luck of rows from that of children.
const ROW_LUCK: u64 = 1;

/// Sources of the network: children of one year of age with complex need, then those with any other.
const SOURCES: usize = 2 * YEARS;
/// The node that all shared homes pass: only so many of their places come to this authority, whichever they are.
const GATE: usize = SOURCES;
/// The node that every child with a home reaches.
const PLACED: usize = SOURCES + 1;
/// The first node of a row; each has two, the row and the part of it that takes complex need.
const ROWS: usize = SOURCES + 2;

impl Supply {
    /// What lots give within an area.
    pub(super) fn new(lots: &[Lot], area: Area, terms: &Terms) -> Self {
        let mut rows: Vec<Vec<Row>> = vec![Vec::new(); 2 * Home::ALL.len()];
        for lot in lots.iter().filter(|lot| lot.is_lived_in() && (area == Area::Anywhere || lot.area == Area::Inside)) {
            let row = Row { ages: lot.ages, specialist: lot.special == Special::Complex, vehicle: lot.vehicle, places: 0 };
            let of = &mut rows[slot(lot.home, lot.notice)];
            match of.iter_mut().find(|known| Row { places: 0, ..**known } == row) {
                Some(known) => known.places += lot.usable,
                None => of.push(Row { places: lot.usable, ..row }),
            }
        }
        let homes = Home::ALL.into_iter().flat_map(|home| Notice::ALL.map(|_| home));
        Self { slots: rows.into_iter().zip(homes).map(|(rows, home)| homes_of(rows, home, terms)).collect() }
    }

    /// What every future leaves without a home, as [`Self::unmet`] has it, in the order of the futures.
    pub(super) fn unmet_in_all(&self, need: &Need) -> Vec<Vec<u32>> {
        (0..need.paths).into_par_iter().map(|path| self.unmet(need, path)).collect()
    }

    /// How many children of each cell are left without a home in one future, in the order of the need's cells.
    ///
    /// As many children have a home as can have one, all bands together; among all ways to do that, as many with complex need as can, then with
    /// enhanced need. Within a band children come in an order drawn for the future, so that a shortage falls on no age by rule. Emergency places are
    /// kept for emergencies, and emergencies need one (A003, A131).
    pub(super) fn unmet(&self, need: &Need, path: usize) -> Vec<u32> {
        let children = need.path(path);
        let mut left = children.to_vec();
        let mut chance = ChaCha8Rng::seed_from_u64(0);
        chance.set_stream(path as u64);
        for home in Home::ALL {
            for notice in Notice::ALL {
                let mut flow = self.slots[slot(home, notice)].in_future(path);
                for band in NeedBand::ALL.into_iter().rev() {
                    let meant = |cell: &Cell| (cell.home, cell.notice, cell.band) == (home, notice, band);
                    let cells: Vec<(usize, usize)> = (0..need.cells.len())
                        .filter(|&at| children[at] > 0 && meant(&need.cells[at]))
                        .map(|at| (at, source(band, need.cells[at].years)))
                        .collect();
                    place(&mut flow, &cells, &mut left, &mut chance);
                }
            }
        }
        left
    }
}

/// Places the children of one band: all at once where there is room for all, else one by one in a drawn order. `cells` are positions in `left`, which
/// holds those without a home, with their sources.
fn place(flow: &mut Flow<'_>, cells: &[(usize, usize)], left: &mut [u32], chance: &mut ChaCha8Rng) {
    let before = flow.left().to_vec();
    if cells.iter().all(|&(at, source)| flow.send(source, left[at]) == left[at]) {
        for &(at, _) in cells {
            left[at] = 0;
        }
        return;
    }
    flow.restore(&before);
    let mut queue: Vec<(usize, usize)> =
        cells.iter().flat_map(|&(at, source)| std::iter::repeat_n((at, source), left[at] as usize)).collect();
    shuffle(&mut queue, chance);
    let mut full = [false; SOURCES];
    for (at, source) in queue {
        // Where one child of an age found no way in, none of that age will: what is sent later only moves what was sent before.
        if !full[source] && flow.send(source, 1) == 1 {
            left[at] -= 1;
        } else {
            full[source] = true;
        }
    }
}

/// Sources, through rows that take their age, to [`PLACED`]. Rows that take the fewest ages come first, specialist ones last where they need not be used.
fn homes_of(mut rows: Vec<Row>, home: Home, terms: &Terms) -> Slot {
    rows.sort_by_key(|row| (row.ages.years(), row.ages.from, row.specialist, row.vehicle as u8));
    let mut network = Network::new(ROWS + 2 * rows.len(), PLACED);
    let mut loose = Vec::new();
    let share = terms.shares[home as usize];
    let shared: u32 = rows.iter().filter(|row| row.vehicle.is_shared()).map(|row| row.places).sum();
    network.join(GATE, PLACED, whole_down(f64::from(shared) * share));
    for (at, row) in rows.iter().enumerate() {
        let node = ROWS + 2 * at;
        network.join(node, if row.vehicle.is_shared() { GATE } else { PLACED }, row.places);
        if !row.specialist {
            let ours = if row.vehicle.is_shared() { share } else { 1.0 };
            let edge = network.join(node + 1, node, 0);
            loose.push((edge, f64::from(row.places) * ours * terms.complex[home as usize], row.known_by()));
        }
    }
    for years in 0..YEARS as u32 {
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.ages.holds(years)) {
            let node = ROWS + 2 * at;
            network.join(source(NeedBand::Standard, years), node, u32::MAX / 2);
            network.join(source(NeedBand::Complex, years), if row.specialist { node } else { node + 1 }, u32::MAX / 2);
        }
    }
    Slot { network, loose }
}

impl Row {
    /// A number that no other ordinary row of the same home and notice has.
    fn known_by(&self) -> u64 {
        (u64::from(self.ages.from) << 10 | u64::from(self.ages.to)) << 2 | self.vehicle as u64
    }
}

/// Children with others ÷ places with others, on the last known day.
fn share_today(home: Home, lots: &[Lot], cohort: &Cohort) -> f64 {
    let places = |shared: bool| -> u32 {
        let lived_in = lots.iter().filter(|lot| lot.home == home && lot.is_lived_in());
        lived_in.filter(|lot| lot.vehicle.is_shared() == shared && (shared || lot.vehicle == Vehicle::Block)).map(|lot| lot.usable).sum()
    };
    // Children in unregistered or unnamed places live in no home of the market.
    let elsewhere = |kind: &Kind| !matches!(kind, Kind::InHouseFostering | Kind::OwnHome | Kind::Other);
    let with_others: u32 = home.kinds().filter(elsewhere).map(|kind| cohort.stock[kind as usize]).sum();
    let (block, shared) = (places(false), places(true));
    if shared == 0 { 0.0 } else { (f64::from(with_others.saturating_sub(block)) / f64::from(shared)).min(1.0) }
}

fn source(band: NeedBand, years: u32) -> usize {
    let years = (years as usize).min(YEARS - 1);
    if band == NeedBand::Complex { years } else { YEARS + years }
}

/// Fisher and Yates' shuffle.
fn shuffle<T>(queue: &mut [T], chance: &mut ChaCha8Rng) {
    for last in (1..queue.len()).rev() {
        let other = ((chance.next_u64() >> 32) * (last as u64 + 1)) >> 32;
        queue.swap(last, other as usize);
    }
}

fn slot(home: Home, notice: Notice) -> usize {
    home as usize * 2 + usize::from(notice == Notice::Planned)
}

#[cfg(test)]
pub(super) mod tests;
