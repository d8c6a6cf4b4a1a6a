//! The open demand model for regions (cs-demand-model-regional, 2026-05) to the letter, faults included: `--compatible`.
//!
//! Its known faults, kept here on purpose: rates are means of daily ratios, not events per child-day; the interval is too wide and goes below
//! zero; short breaks (V3, V4) are counted; a change of placement type recorded with the same carer is lost; its centre is rounded. Rows
//! become parts in [`analysis::compatible`]; here parts become stock, rates and a forecast.

use std::collections::{BTreeMap, BTreeSet};

use analysis::compatible::{self, BANDS, EpisodeRow, HeaderRow, Part, SameCarer};
use domain::Day;

use crate::kind::Broad;

/// A state of the model: an age band with a type of placement, or with none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// Position in [`BANDS`].
    pub band: usize,
    /// Position in [`Broad::ALL`]; nothing for `Not in care`.
    pub broad: Option<usize>,
}

impl State {
    /// `10 to 16 - Fostering`.
    pub fn name(self) -> String {
        let broad = self.broad.map_or("Not in care", |broad| Broad::ALL[broad].name());
        format!("{} - {broad}", BANDS[self.band])
    }

    /// Its row in the columns of the stock.
    fn column(self) -> Option<usize> {
        Some(self.band * Broad::ALL.len() + self.broad?)
    }
}

const STATES: usize = BANDS.len() * Broad::ALL.len();

/// The model fitted to all of its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Compatible {
    /// First day of history: 1 April before the smallest YEAR.
    pub first: Day,
    /// Last day of history: the 31 March on or after the latest date. The forecast starts here.
    pub last: Day,
    /// Children at the end of each day from `first` to `last`, by band and type, the type fastest.
    pub stock: Vec<[f64; STATES]>,
    /// Daily rates by from and to, from a state to itself among them; pairs of types that occur in a band are listed even if never seen.
    pub rates: BTreeMap<(State, State), f64>,
    /// Entries a day by state.
    pub entries: BTreeMap<State, f64>,
}

/// One number of the model's forecast, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// The date.
    pub date: Day,
    /// Position in [`Broad::ALL`]; nothing for the total.
    pub broad: Option<usize>,
    /// Children: the sum of states, each rounded to whole children, halves to even.
    pub children: f64,
    /// That less two standard deviations, which may be below zero.
    pub lower: f64,
    /// That and two standard deviations.
    pub upper: f64,
}

impl Compatible {
    /// Fits the model; nothing where no row has a date.
    pub fn fit(headers: &[HeaderRow], rows: &[EpisodeRow]) -> Option<Self> {
        let (first, last) = compatible::history(rows)?;
        let parts = compatible::parts(&compatible::stays(headers, rows, SameCarer::Merged), last);
        let days = last.since(first) as usize + 1;
        let mut stock = vec![[0.0; STATES]; days + 1];
        let at = |day: Day| day.since(first).clamp(0, days as i32) as usize;
        for part in &parts {
            let column = part.band * Broad::ALL.len() + part.broad_type;
            stock[at(part.start)][column] += 1.0;
            if let Some(end) = part.end {
                stock[at(end)][column] -= 1.0;
            }
        }
        stock.pop();
        for day in 1..days {
            let before = stock[day - 1];
            stock[day].iter_mut().zip(before).for_each(|(count, before)| *count += before);
        }
        let rates = rates(&parts, &stock, first);
        let entries = entries(&parts, &rates, days, first);
        Some(Self { first, last, stock, rates, entries })
    }

    /// The forecast at some dates after the last day of history, each in the order of [`Broad::ALL`] and the total.
    pub fn forecast(&self, dates: &[Day]) -> Vec<Line> {
        let furthest = dates.iter().map(|date| date.since(self.last)).max().unwrap_or(0);
        let mut x = self.stock.last().copied().unwrap_or([0.0; STATES]);
        let mut v = [0.0; STATES];
        let mut lines = Vec::with_capacity(dates.len() * (Broad::ALL.len() + 1));
        for ahead in 0..=furthest {
            let today = self.last.plus(ahead);
            if dates.contains(&today) {
                lines.extend(lines_at(today, &x, &v));
            }
            (x, v) = self.step(&x, &v);
        }
        lines
    }

    /// One day: `v + (M o (1 - M)) x + e` with the stock before the step, and `M x + e`.
    fn step(&self, x: &[f64; STATES], v: &[f64; STATES]) -> ([f64; STATES], [f64; STATES]) {
        let mut leaving = [0.0; STATES];
        let (mut next, mut spread) = ([0.0; STATES], *v);
        for (&(from, to), &rate) in &self.rates {
            let Some(of) = from.column().filter(|_| from != to) else { continue };
            leaving[of] += rate;
            if let Some(column) = to.column() {
                next[column] += rate * x[of];
                spread[column] += rate * (1.0 - rate) * x[of];
            }
        }
        for column in 0..STATES {
            let stay = 1.0 - leaving[column];
            next[column] += stay * x[column];
            spread[column] += stay * (1.0 - stay) * x[column];
        }
        for (state, rate) in &self.entries {
            if let Some(column) = state.column() {
                next[column] += rate;
                spread[column] += rate;
            }
        }
        (next, spread)
    }
}

/// The lines of one day: by type, then the total.
fn lines_at(date: Day, x: &[f64; STATES], v: &[f64; STATES]) -> Vec<Line> {
    let line = |broad: Option<usize>| {
        let inside = |column: &usize| broad.is_none_or(|broad| column % Broad::ALL.len() == broad);
        let children: f64 = (0..STATES).filter(inside).map(|column| x[column].round_ties_even()).sum();
        let reach = 2.0 * (0..STATES).filter(inside).map(|column| v[column]).sum::<f64>().sqrt();
        Line { date, broad, children, lower: children - reach, upper: children + reach }
    };
    (0..Broad::ALL.len()).map(Some).chain([None]).map(line).collect()
}

/// Where each part leads, if it has ended: the state after it.
fn goes_to(parts: &[Part], at: usize) -> Option<(Day, State)> {
    let part = &parts[at];
    let end = part.end?;
    let next = parts.get(at + 1).filter(|next| next.child == part.child && next.start == end);
    // A part that goes on in the next band was cut on the birthday; any other is in its own band on its last day.
    let band = next.map_or(part.band, |next| next.band);
    Some((end, State { band, broad: next.map(|next| next.broad_type) }))
}

/// The mean over the days with stock the evening before of moves that day by that stock. The first day of history has no evening before.
fn rates(parts: &[Part], stock: &[[f64; STATES]], first: Day) -> BTreeMap<(State, State), f64> {
    let state = |part: &Part| State { band: part.band, broad: Some(part.broad_type) };
    let held: [u32; STATES] =
        std::array::from_fn(|column| stock[..stock.len().saturating_sub(1)].iter().filter(|day| day[column] > 0.0).count() as u32);
    // Moves of one day and pair are divided together, as the model does it.
    let mut moves: BTreeMap<(State, State), BTreeMap<usize, f64>> = BTreeMap::new();
    for at in 0..parts.len() {
        if let Some((end, to)) = goes_to(parts, at)
            && let Ok(day) = usize::try_from(end.since(first))
            && (1..stock.len()).contains(&day)
        {
            *moves.entry((state(&parts[at]), to)).or_default().entry(day).or_default() += 1.0;
        }
    }
    let mut rates: BTreeMap<(State, State), f64> = BTreeMap::new();
    let occurring: BTreeSet<State> = parts.iter().map(state).collect();
    for &from in &occurring {
        for &to in occurring.iter().filter(|to| to.band == from.band) {
            rates.insert((from, to), 0.0);
        }
        rates.insert((from, State { band: from.band, broad: None }), 0.0);
    }
    for ((from, to), by_day) in moves {
        let Some(column) = from.column() else { continue };
        let sum: f64 = by_day.into_iter().filter(|&(day, _)| stock[day - 1][column] > 0.0).map(|(day, n)| n / stock[day - 1][column]).sum();
        rates.insert((from, to), sum / f64::from(held[column].max(1)));
    }
    rates
}

/// Parts that begin in history where the child was not in care before, by state a day; 0 for every other state that a rate leads to.
fn entries(parts: &[Part], rates: &BTreeMap<(State, State), f64>, days: usize, first: Day) -> BTreeMap<State, f64> {
    let mut entries: BTreeMap<State, f64> = rates.keys().map(|&(_, to)| (to, 0.0)).collect();
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &parts[before]);
        let goes_on = before.is_some_and(|before| before.child == part.child && before.end == Some(part.start));
        if !goes_on && part.start >= first && part.start.since(first) < days as i32 {
            *entries.entry(State { band: part.band, broad: Some(part.broad_type) }).or_default() += 1.0;
        }
    }
    for count in entries.values_mut() {
        *count /= days as f64;
    }
    entries
}
