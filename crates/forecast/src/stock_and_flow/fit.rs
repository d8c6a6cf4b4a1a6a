//! Daily rates of the stock-and-flow model from a history.

use domain::Day;

use super::state::{STATES, Stretch, children_of, stretches};
use crate::known::Known;
use crate::paths::Pick;

/// Which days the rates are taken from. The choice moves the forecast more than anything else in this model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Window {
    /// From the first day that the returns cover.
    #[default]
    AllHistory,
    /// The months before the last day known.
    LastMonths(u32),
}

/// A fitted model: where children stand, and the daily rates at which they move, leave and come.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The last day with data; the forecast steps on from its stock.
    pub until: Day,
    /// Children in each state at the end of that day.
    pub stock: [u32; STATES],
    /// Chance a day of moving from the first state to the second; growing into the next age band is such a move.
    pub moves: Box<[[f64; STATES]; STATES]>,
    /// Chance a day of leaving care.
    pub exits: [f64; STATES],
    /// Children a day who come into care.
    pub entries: [f64; STATES],
    /// Days of the window.
    pub days: u32,
}

/// One event: the day, from where, to where; [`OUTSIDE`] is not in care.
struct Event {
    day: u32,
    from: u8,
    to: u8,
}

const OUTSIDE: u8 = STATES as u8;

impl Fit {
    /// Rates as the sector's model has them: for each pair of states the mean, over the days of the window with children in the first, of
    /// events that day by children there the evening before. One pass over the rows and one over the days.
    pub fn of(known: &Known, authority: Pick, window: Window) -> Self {
        let until = known.data_until();
        let first = first_day(known).min(until);
        let from = match window {
            Window::AllHistory => first,
            Window::LastMonths(months) => until.plus(1).plus_months(-(months as i32)).max(first),
        };
        let days = (until.since(from) + 1) as usize;
        // Row 0 is the evening before the window.
        let mut steps = vec![[0i32; STATES]; days + 1];
        let mut events: Vec<Event> = Vec::new();
        let row = |day: Day| (day.since(from) + 1).max(0) as usize;
        let mut of_child = Vec::new();
        for child in children_of(known, authority) {
            stretches(known, child, until, &mut of_child);
            let mut before: Option<Stretch> = None;
            for (at, stretch) in of_child.iter().enumerate() {
                steps[row(stretch.start)][stretch.state as usize] += 1;
                let came = before.is_none_or(|before| before.end != Some(stretch.start));
                if came && stretch.start >= from {
                    events.push(Event { day: row(stretch.start) as u32, from: OUTSIDE, to: stretch.state });
                }
                if let Some(end) = stretch.end {
                    steps[row(end)][stretch.state as usize] -= 1;
                    let to = of_child.get(at + 1).filter(|next| next.start == end).map_or(OUTSIDE, |next| next.state);
                    if end >= from {
                        events.push(Event { day: row(end) as u32, from: stretch.state, to });
                    }
                }
                before = Some(*stretch);
            }
        }
        rates(until, &mut steps, &events)
    }
}

/// Turns steps into stock and events into rates.
fn rates(until: Day, steps: &mut [[i32; STATES]], events: &[Event]) -> Fit {
    let mut held = [0u32; STATES];
    for day in 1..steps.len() {
        let before = steps[day - 1];
        for (state, count) in steps[day].iter_mut().enumerate() {
            *count += before[state];
            held[state] += u32::from(before[state] > 0);
        }
    }
    let days = steps.len() - 1;
    let mut fit = Fit {
        until,
        stock: steps[days].map(|count| count.max(0) as u32),
        moves: Box::new([[0.0; STATES]; STATES]),
        exits: [0.0; STATES],
        entries: [0.0; STATES],
        days: days as u32,
    };
    for event in events {
        if event.from == OUTSIDE {
            fit.entries[event.to as usize] += 1.0 / days as f64;
            continue;
        }
        let from = event.from as usize;
        let stock = steps[event.day as usize - 1][from];
        if stock <= 0 {
            continue;
        }
        let share = 1.0 / (f64::from(stock) * f64::from(held[from]));
        if event.to == OUTSIDE {
            fit.exits[from] += share;
        } else {
            fit.moves[from][event.to as usize] += share;
        }
    }
    fit
}

/// The first day covered; where that is not known, the first start.
pub(super) fn first_day(known: &Known) -> Day {
    let first_start = || known.history.episodes.start.iter().min().copied();
    known.history.covers.map(|(first, _)| first).or_else(first_start).unwrap_or(known.on)
}
