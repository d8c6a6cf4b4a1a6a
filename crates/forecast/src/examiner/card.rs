//! The card that a forecast carries: how wrong it would have been for this authority so far ahead, and whether a simple forecast was better.

use super::pool::Summary;
use super::trial::{Cell, Competitor, GROUPS, Trial};

/// The competitors that a forecast is ranked against, our own first.
pub const RANKED: [Competitor; 4] = [Competitor::Microsimulation, Competitor::LastValue, Competitor::Drift, Competitor::StockAndFlow];

/// What to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Our own forecast was the nearest, or as near as any.
    OwnForecast,
    /// A simple forecast was nearer: say so, and use the blend.
    Blend {
        /// The nearest.
        nearest: Competitor,
    },
    /// Too few past forecasts to tell: fewer than [`ENOUGH`] origins.
    TooFewToTell,
}

/// Origins below which a card does not judge.
pub const ENOUGH: usize = 4;

/// One authority, one horizon, the total or the types.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Position in [`Trial::units`].
    pub unit: usize,
    /// Days ahead.
    pub horizon: u32,
    /// What it speaks of.
    pub level: Level,
    /// Past forecasts that it rests on.
    pub origins: usize,
    /// The marks of [`RANKED`] that took part, nearest first by CRPS.
    pub marks: Vec<(Competitor, Summary)>,
    /// Mean children that came, so that errors can be set against something.
    pub came: f64,
    /// What to use.
    pub advice: Advice,
}

/// What a card speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The total.
    Total,
    /// The types, each by itself, added up.
    Types,
}

impl Level {
    /// Whether a cell is of this level.
    pub fn holds(self, cell: &Cell) -> bool {
        (cell.group + 1 == GROUPS) == (self == Self::Total)
    }
}

impl Card {
    /// The place of a competitor, 1 for the nearest; nothing if it did not take part.
    pub fn rank(&self, competitor: Competitor) -> Option<usize> {
        self.marks.iter().position(|&(marked, _)| marked == competitor).map(|at| at + 1)
    }

    /// The marks of one competitor.
    pub fn marks_of(&self, competitor: Competitor) -> Option<&Summary> {
        self.marks.iter().find(|(marked, _)| *marked == competitor).map(|(_, summary)| summary)
    }
}

/// The cards of a trial, by authority, horizon, total first. Where our own model did not take part, the first that did stands for it.
pub fn cards(trial: &Trial) -> Vec<Card> {
    let mut horizons: Vec<u32> = trial.cells.iter().map(|cell| cell.horizon).collect();
    horizons.sort_unstable();
    horizons.dedup();
    let mut cards = Vec::new();
    for unit in 0..trial.units.len() {
        for &horizon in &horizons {
            for level in [Level::Total, Level::Types] {
                let cells: Vec<&Cell> =
                    trial.cells.iter().filter(|cell| cell.unit == unit && cell.horizon == horizon && level.holds(cell)).collect();
                if !cells.is_empty() {
                    cards.push(card(unit, horizon, level, &cells));
                }
            }
        }
    }
    cards
}

fn card(unit: usize, horizon: u32, level: Level, cells: &[&Cell]) -> Card {
    let mut origins: Vec<_> = cells.iter().map(|cell| cell.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let marks = |competitor| Some((competitor, Summary::of(cells.iter().copied(), competitor)?));
    let mut marks: Vec<(Competitor, Summary)> = RANKED.into_iter().filter_map(marks).collect();
    // Stable, so that of equals our own comes first.
    marks.sort_by(|a, b| a.1.crps.total_cmp(&b.1.crps));
    let advice = match marks.first() {
        _ if origins.len() < ENOUGH => Advice::TooFewToTell,
        Some(&(nearest, _)) if nearest != Competitor::Microsimulation => Advice::Blend { nearest },
        _ => Advice::OwnForecast,
    };
    let came = cells.iter().map(|cell| f64::from(cell.came)).sum::<f64>() / cells.len() as f64;
    Card { unit, horizon, level, origins: origins.len(), marks, came, advice }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;
    use crate::examiner::score::Prediction;
    use domain::Day;

    fn trial(origins: i32, own: u32, last: u32) -> Trial {
        let mut trial = Trial { units: vec!["A".to_owned()], ..Trial::default() };
        for at in 0..origins {
            let mut scores = [None; Competitor::ALL.len()];
            scores[Competitor::Microsimulation as usize] = Some(Prediction::Counts(Counts::certain(own)).score(100));
            scores[Competitor::LastValue as usize] = Some(Prediction::Counts(Counts::certain(last)).score(100));
            trial.cells.push(Cell { unit: 0, origin: Day::year_end(2020).plus(at), horizon: 365, group: 4, came: 100, scores });
        }
        trial
    }

    #[test]
    fn the_card_says_when_a_simple_forecast_was_nearer() {
        let simple_is_nearer = &cards(&trial(5, 110, 103))[0];
        assert_eq!(simple_is_nearer.advice, Advice::Blend { nearest: Competitor::LastValue });
        assert_eq!((simple_is_nearer.rank(Competitor::LastValue), simple_is_nearer.rank(Competitor::Microsimulation)), (Some(1), Some(2)));
        assert!((simple_is_nearer.marks_of(Competitor::Microsimulation).unwrap().bias - 10.0).abs() < 1e-12);
        assert_eq!(cards(&trial(5, 101, 103))[0].advice, Advice::OwnForecast);
        // Of equals our own.
        assert_eq!(cards(&trial(5, 103, 103))[0].advice, Advice::OwnForecast);
        assert_eq!(cards(&trial(3, 110, 103))[0].advice, Advice::TooFewToTell);
    }
}
