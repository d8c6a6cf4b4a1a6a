//! The card that a forecast carries: how wrong it would have been for this authority so far ahead, and whether a simple forecast was better.

use super::pool::Summary;
use super::trial::{Cell, Competitor, GROUPS, Trial};

/// Who is ranked: our own, its blend with simple forecasts by weights of earlier origins, and the simple ones. Drift is ranked and is no member of the blend
/// ([`super::blend::MEMBERS`]): where it was nearest it is named, and the advice rests on the blend's own marks all the same.
pub const RANKED: [Competitor; 5] =
    [Competitor::Microsimulation, Competitor::Blend, Competitor::LastValue, Competitor::Drift, Competitor::StockAndFlow];

/// What to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// The blend was no nearer than our own forecast.
    OwnForecast,
    /// The blend was nearer on the record, or there is no forecast of our own.
    Blend,
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
    /// The nearest simple forecast that was nearer than our own.
    pub fn simpler(&self) -> Option<Competitor> {
        let mut before = self.marks.iter().map(|&(marked, _)| marked).take_while(|&marked| marked != Competitor::Microsimulation);
        before.find(|&marked| marked != Competitor::Blend)
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
    let crps = |of: Competitor| marks.iter().find(|(marked, _)| *marked == of).map(|(_, marks)| marks.crps);
    let advice = match (crps(Competitor::Blend), crps(Competitor::Microsimulation)) {
        _ if origins.len() < ENOUGH => Advice::TooFewToTell,
        (Some(blend), Some(own)) if blend < own => Advice::Blend,
        (Some(_), None) => Advice::Blend,
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

    fn trial(origins: i32, marks: &[(Competitor, u32)]) -> Trial {
        let mut trial = Trial { units: vec!["A".to_owned()], ..Trial::default() };
        for at in 0..origins {
            let mut scores = [None; Competitor::ALL.len()];
            for &(competitor, said) in marks {
                scores[competitor as usize] = Some(Prediction::Counts(Counts::certain(said)).score(100));
            }
            trial.cells.push(Cell { unit: 0, origin: Day::year_end(2020).plus(at), horizon: 365, group: 4, came: 100, scores });
        }
        trial
    }

    fn of(origins: i32, own: u32, blend: u32, last: u32) -> Card {
        let marks = [(Competitor::Microsimulation, own), (Competitor::Blend, blend), (Competitor::LastValue, last)];
        cards(&trial(origins, &marks)).swap_remove(0)
    }

    #[test]
    fn a_blend_is_advised_where_the_blend_itself_was_nearer() {
        let both_nearer = of(5, 110, 106, 103);
        assert_eq!((both_nearer.advice, both_nearer.simpler()), (Advice::Blend, Some(Competitor::LastValue)));
        assert_eq!(both_nearer.marks.iter().map(|(of, _)| *of).collect::<Vec<_>>(), [RANKED[2], RANKED[1], RANKED[0]]);
        assert!((both_nearer.marks_of(Competitor::Microsimulation).unwrap().bias - 10.0).abs() < 1e-12);
        // A simple one was nearer, but to blend would have made it worse: as where the past taught the wrong weights.
        let only_simple = of(5, 110, 112, 103);
        assert_eq!((only_simple.advice, only_simple.simpler()), (Advice::OwnForecast, Some(Competitor::LastValue)));
        let only_blend = of(5, 102, 101, 103);
        assert_eq!((only_blend.advice, only_blend.simpler()), (Advice::Blend, None));
        // Of equals our own.
        assert_eq!((of(5, 103, 103, 103).advice, of(5, 103, 103, 103).simpler()), (Advice::OwnForecast, None));
        assert_eq!(of(3, 110, 101, 103).advice, Advice::TooFewToTell);
    }

    #[test]
    fn without_a_forecast_of_our_own_the_blend_of_the_others_is_left() {
        let card = &cards(&trial(5, &[(Competitor::Blend, 104), (Competitor::LastValue, 103)]))[0];
        assert_eq!(card.advice, Advice::Blend);
    }
}
