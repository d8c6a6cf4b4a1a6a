//! The examination itself: on past days, with what was known then, each forecast says what will be; then what came is looked up.

use domain::Day;
use domain::history::History;

use super::blend;
use super::naive;
use super::score::{Prediction, Score};
use crate::counts::Counts;
use crate::known::Known;
use crate::microsimulation;
use crate::paths::{Groups, Paths, Pick};
use crate::stock_and_flow::{Fit, Series, Window, laws, published_interval};

/// A forecast that is examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Competitor {
    /// The last value carried forward.
    LastValue,
    /// The line from the first value to the last carried on.
    Drift,
    /// The stock-and-flow model with rates of all history and the right variance.
    StockAndFlow,
    /// The same with rates of the last twelve months.
    StockAndFlowYear,
    /// The stock-and-flow model of all history with the interval that its sector's tool prints: too wide, and below zero.
    PublishedInterval,
    /// The same with rates of the last twelve months.
    PublishedIntervalYear,
    /// Our own: each child by age, kind of home and time in care.
    Microsimulation,
    /// Our own pooled with simple ones by weights learnt on earlier origins only.
    Blend,
}

impl Competitor {
    /// Everyone, the simple ones first.
    pub const ALL: [Self; 8] = [
        Self::LastValue,
        Self::Drift,
        Self::StockAndFlow,
        Self::StockAndFlowYear,
        Self::PublishedInterval,
        Self::PublishedIntervalYear,
        Self::Microsimulation,
        Self::Blend,
    ];

    /// The name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LastValue => "last-value",
            Self::Drift => "drift",
            Self::StockAndFlow => "stock-and-flow",
            Self::StockAndFlowYear => "stock-and-flow-12-months",
            Self::PublishedInterval => "stock-and-flow-published-interval",
            Self::PublishedIntervalYear => "stock-and-flow-12-months-published-interval",
            Self::Microsimulation => "microsimulation",
            Self::Blend => "blend",
        }
    }
}

/// A model of paths: what was known, the dates, how many paths, the seed. The paths hold every authority of the history, by broad type;
/// nothing where the model refuses.
pub type Simulate<'a> = dyn Fn(&Known, &[Day], usize, u64) -> Option<Paths> + Sync + 'a;

/// Our own model, as an examinee.
pub fn microsimulate(known: &Known, dates: &[Day], paths: usize, seed: u64) -> Option<Paths> {
    let fit = microsimulation::fit(&known.history, &known.timeline, known.on).ok()?;
    let question = microsimulation::Question { dates: dates.to_vec(), paths, seed, groups: Groups::Broad };
    Some(microsimulation::simulate(&fit, &question))
}

/// What is examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// The past days on which forecasts are made, ascending.
    pub origins: Vec<Day>,
    /// Days ahead.
    pub horizons: Vec<u32>,
    /// Paths of each simulation.
    pub paths: usize,
    /// Where the simulation's chance comes from.
    pub seed: u64,
}

/// A quarter, half a year, a year, a year and a half, two years.
pub const HORIZONS: [u32; 5] = [91, 182, 365, 547, 730];

/// Groups of a cell: [`crate::kind::Broad::ALL`], then the total.
pub const GROUPS: usize = 5;

/// One number that was predicted by everyone and came.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Position in [`Trial::units`].
    pub unit: usize,
    /// The day on which it was predicted.
    pub origin: Day,
    /// Days ahead.
    pub horizon: u32,
    /// Broad type, or 4 for the total.
    pub group: usize,
    /// What came.
    pub came: u32,
    /// The scores in the order of [`Competitor::ALL`]; nothing for one that did not take part.
    pub scores: [Option<Score>; Competitor::ALL.len()],
}

impl Cell {
    /// The score of one competitor.
    pub fn of(&self, competitor: Competitor) -> Option<&Score> {
        self.scores[competitor as usize].as_ref()
    }
}

/// Everything that was examined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trial {
    /// The authorities.
    pub units: Vec<String>,
    /// By origin, unit, horizon, group.
    pub cells: Vec<Cell>,
    /// What the blend would weigh today, when every cell is known.
    pub weights: blend::Weights,
}

impl Trial {
    /// Adds the trial of other authorities.
    pub fn extend(&mut self, other: Self) {
        let before = self.units.len();
        self.units.extend(other.units);
        self.cells.extend(other.cells.into_iter().map(|cell| Cell { unit: cell.unit + before, ..cell }));
    }
}

impl Exam {
    /// Origins at the ends of half-years (31 March, 30 September) that have two years of history before them and at least the shortest horizon
    /// after them; at most so many. Empty where the history is too short.
    pub fn half_yearly(covers: (Day, Day), most: usize) -> Vec<Day> {
        let (first, last) = covers;
        let shortest = HORIZONS[0] as i32;
        let mut origins = Vec::new();
        let mut end = Day::year_end(first.return_year());
        while end.plus(shortest) <= last {
            if end.since(first) >= 2 * 365 - 1 {
                origins.push(end);
            }
            end = end.plus(1).plus_months(6).plus(-1);
        }
        // The newest from which the whole way can be seen; where they are too few, newer ones fill up.
        let furthest = HORIZONS[HORIZONS.len() - 1] as i32;
        let whole = origins.iter().filter(|origin| origin.plus(furthest) <= last).count();
        let until = whole.max(most.min(origins.len()));
        origins[until.saturating_sub(most)..until].to_vec()
    }

    /// Sits the exam on each authority of a history. Horizons that reach beyond the data have no cell.
    pub fn sit(&self, history: &History, simulate: Option<&Simulate<'_>>) -> Trial {
        let each = history.authorities.iter().cloned().enumerate().map(|(at, name)| (name, Pick::One(at)));
        self.sit_on(history, each.collect(), simulate)
    }

    /// Sits the exam on all authorities of a history added up: whether what they share is in the spread of a region.
    pub fn sit_together(&self, history: &History, simulate: Option<&Simulate<'_>>) -> Trial {
        self.sit_on(history, vec![(history.authorities.join(" and "), Pick::Sum)], simulate)
    }

    fn sit_on(&self, history: &History, units: Vec<(String, Pick)>, simulate: Option<&Simulate<'_>>) -> Trial {
        let (units, picks): (Vec<String>, Vec<Pick>) = units.into_iter().unzip();
        let last = history.covers.map(|(_, last)| last).or(history.last_event);
        let Some(last) = last else { return Trial { units, ..Trial::default() } };
        let whole = Known::at(history, last);
        let came: Vec<Series> = picks.iter().map(|&pick| Series::of(&whole, pick)).collect();
        drop(whole);
        let mut entries = Vec::new();
        for &origin in &self.origins {
            let horizons: Vec<u32> = self.horizons.iter().copied().filter(|&horizon| origin.plus(horizon as i32) <= last).collect();
            if horizons.is_empty() {
                continue;
            }
            let known = Known::at(history, origin);
            let dates: Vec<Day> = horizons.iter().map(|&horizon| origin.plus(horizon as i32)).collect();
            let paths = simulate.and_then(|simulate| simulate(&known, &dates, self.paths, self.seed));
            for (unit, came) in came.iter().enumerate() {
                let opened = open(&known, picks[unit], &dates, paths.as_ref());
                for (at, (horizon, date)) in horizons.iter().zip(&dates).enumerate() {
                    let Some(came) = came.on(*date) else { continue };
                    for (group, &came) in came.iter().enumerate() {
                        let predictions = opened.predictions(group, at, *horizon);
                        entries.push(blend::Entry::new(unit, origin, *horizon, group, came, predictions));
                    }
                }
            }
        }
        let (cells, weights) = blend::examine(entries);
        Trial { units, cells, weights }
    }
}

/// What the competitors have made of one authority at one origin.
struct Opened<'a> {
    series: Series,
    all: Models,
    year: Models,
    paths: Option<&'a Paths>,
    who: Pick,
}

/// The stock-and-flow model of one window at each date.
struct Models {
    laws: Vec<[crate::stock_and_flow::Law; GROUPS]>,
    published: Vec<[(f64, f64); GROUPS]>,
}

fn open<'a>(known: &Known, who: Pick, dates: &[Day], paths: Option<&'a Paths>) -> Opened<'a> {
    let models = |window| {
        let fit = Fit::of(known, who, window);
        Models { laws: laws(&fit, dates), published: published_interval(&fit, dates) }
    };
    Opened { series: Series::of(known, who), all: models(Window::AllHistory), year: models(Window::LastMonths(12)), paths, who }
}

impl Opened<'_> {
    /// In the order of [`Competitor::ALL`], the blend apart.
    fn predictions(&self, group: usize, date: usize, horizon: u32) -> Vec<Option<Prediction>> {
        let normal = |(mean, variance): (f64, f64)| Prediction::Normal { mean, sd: variance.sqrt() };
        let pick = if group + 1 == GROUPS { Pick::Sum } else { Pick::One(group) };
        let simulated = self.paths.map(|paths| Counts::sample(&paths.sample(self.who, date, pick)));
        vec![
            Some(Prediction::Counts(naive::last_value(&self.series, group, horizon))),
            Some(Prediction::Counts(naive::drift(&self.series, group, horizon))),
            Some(Prediction::Counts(self.all.laws[date][group].counts())),
            Some(Prediction::Counts(self.year.laws[date][group].counts())),
            Some(normal(self.all.published[date][group])),
            Some(normal(self.year.published[date][group])),
            simulated.map(Prediction::Counts),
            None,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{child, day, story};

    /// Four years in which children come every three weeks and stay for half a year to two years.
    fn history() -> History {
        let mut history = story();
        let first = day("2016-04-01");
        for at in 0..70 {
            let start = first.plus(21 * at);
            let place = if at % 3 == 0 { "K2 PR4" } else { "U6 PR1" };
            let row = format!("{start} {} S C2 {place} E11 -", start.plus(180 + (at * 97) % 550));
            child(&mut history, "2008-05-01", &[&row]);
        }
        history.covers = Some((first, day("2020-03-31")));
        history
    }

    fn exam() -> Exam {
        Exam { origins: Exam::half_yearly((day("2016-04-01"), day("2020-03-31")), 9), horizons: HORIZONS.to_vec(), paths: 30, seed: 1 }
    }

    #[test]
    fn origins_have_two_years_behind_them_and_the_way_ahead() {
        let origins = exam().origins.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(origins, ["2018-03-31", "2018-09-30", "2019-03-31", "2019-09-30"]);
        let long = Exam::half_yearly((day("2010-04-01"), day("2026-03-31")), 9);
        assert_eq!((long.len(), long[8].to_string()), (9, "2024-03-31".to_owned()));
        assert!(Exam::half_yearly((day("2024-04-01"), day("2026-03-31")), 9).is_empty());
    }

    #[test]
    fn everyone_sits_and_what_came_is_counted() {
        let history = history();
        let trial = exam().sit(&history, Some(&microsimulate));
        let whole = Series::of(&Known::at(&history, day("2020-03-31")), Pick::One(0));
        // Horizons that reach beyond the data have no cell: 5, 4, 3 and 2 of them, by five groups.
        assert_eq!(trial.cells.len(), (5 + 4 + 3 + 2) * GROUPS);
        for cell in &trial.cells {
            assert_eq!(cell.came, whole.on(cell.origin.plus(cell.horizon as i32)).unwrap()[cell.group]);
            assert!(cell.scores.iter().all(Option::is_some), "{cell:?}");
        }
        assert_eq!(exam().sit(&history, Some(&microsimulate)), trial, "the same again, number for number");
    }

    #[test]
    fn one_authority_together_is_itself() {
        let history = history();
        let (each, together) = (exam().sit(&history, None), exam().sit_together(&history, None));
        assert_eq!(each.cells, together.cells);
        assert_eq!(together.units, ["Nottingham"]);
    }

    #[test]
    fn what_came_later_changes_no_prediction() {
        let whole = history();
        let mut other = history();
        // A wave of children after the first origin, of whom nobody could know.
        for at in 0..40 {
            let start = day("2018-04-01").plus(at);
            child(&mut other, "2009-05-01", &[&format!("{start} - S C2 U6 PR1 - -")]);
        }
        let exam = Exam { origins: vec![day("2018-03-31")], ..exam() };
        let (one, two) = (exam.sit(&whole, Some(&microsimulate)), exam.sit(&other, Some(&microsimulate)));
        for (a, b) in one.cells.iter().zip(&two.cells) {
            for (a_score, b_score) in a.scores.iter().flatten().zip(b.scores.iter().flatten()) {
                let (a, b) = (a_score.error + f64::from(a.came), b_score.error + f64::from(b.came));
                assert!((a - b).abs() < 1e-9, "{a} {b}");
                assert!((a_score.width - b_score.width).abs() < 1e-9);
            }
        }
        assert!(one.cells.iter().zip(&two.cells).any(|(a, b)| a.came != b.came));
    }
}
