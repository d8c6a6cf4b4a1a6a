//! One look at a timeline: a date, a range of days, the children meant, and the facts from outside.

use std::sync::OnceLock;

use domain::Day;
use domain::history::{History, Uasc};
use rayon::prelude::*;

use crate::facts::{Facts, Whereabouts};
use crate::field::{Category, Field};
use crate::filter::Filter;
use crate::timeline::{Standing, Timeline};

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Days {
    /// The twelve months that end on a day: 1 April to 31 March for a 31 March.
    pub fn year_to(on: Day) -> Self {
        Self { from: on.plus(1).plus_months(-12), to: on }
    }
}

/// What is asked: stock measures are at `on`, flow measures over `range`.
#[derive(Clone, Debug)]
pub struct Question {
    /// The date of counts.
    pub on: Day,
    /// The days of flows.
    pub range: Days,
    /// Which children are meant.
    pub filter: Filter,
}

impl Question {
    /// All children at a date, and the twelve months that end on it.
    pub fn at(on: Day) -> Self {
        Self { on, range: Days::year_to(on), filter: Filter::default() }
    }

    /// The same for the children that a filter admits.
    pub fn of(on: Day, filter: Filter) -> Self {
        Self { on, range: Days::year_to(on), filter }
    }
}

/// A question put to a timeline. Who is in care is found once; each characteristic of theirs is worked out once, when first asked for.
#[derive(Debug)]
pub struct View<'a> {
    /// What the returns say.
    pub history: &'a History,
    /// The same as periods and placements.
    pub timeline: &'a Timeline,
    /// What they do not say.
    pub facts: Facts<'a>,
    /// Date of counts.
    pub on: Day,
    /// Days of flows.
    pub range: Days,
    filter: Filter,
    stock: Vec<Standing>,
    categories: [OnceLock<Vec<Category>>; Field::ALL.len()],
}

impl<'a> View<'a> {
    /// Finds the children meant.
    pub fn new(history: &'a History, timeline: &'a Timeline, facts: Facts<'a>, question: Question) -> Self {
        let Question { on, range, filter } = question;
        let mut view = Self { history, timeline, facts, on, range, filter, stock: Vec::new(), categories: Default::default() };
        let stock = timeline.stock(history, on);
        view.stock = view.admitted(stock);
        view
    }

    /// The children looked after on the date.
    pub fn stock(&self) -> &[Standing] {
        &self.stock
    }

    /// The filter in force.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Each child's category, in the order of [`View::stock`].
    pub fn categories(&self, field: Field) -> &[Category] {
        self.categories[field as usize].get_or_init(|| self.stock.par_iter().with_min_len(2048).map(|at| field.of(self, at)).collect())
    }

    /// The standings that the filter admits, each judged at its own moment: starters at the start, leavers at the end.
    pub fn admitted(&self, standings: Vec<Standing>) -> Vec<Standing> {
        if self.filter.is_empty() {
            return standings;
        }
        standings.into_par_iter().with_min_len(2048).filter(|at| self.admits(at)).collect()
    }

    /// Whether the filter admits a child at a moment.
    pub fn admits(&self, at: &Standing) -> bool {
        self.filter.admits(|field| field.of(self, at))
    }

    /// Starters of the range (dossier B2).
    pub fn starters(&self) -> Vec<Standing> {
        self.admitted(self.timeline.starters(self.history, self.range.from, self.range.to))
    }

    /// Leavers of the range, reason given or not.
    pub fn leavers(&self) -> Vec<Standing> {
        self.admitted(self.timeline.leavers(self.history, self.range.from, self.range.to))
    }

    /// Where the child of a main placement stood on its last day, or on its first if it has no end.
    pub fn standing_at_end(&self, placement: usize) -> Standing {
        let placements = &self.timeline.placements;
        let day = placements.end[placement].map_or(placements.start[placement], |end| end.plus(-1));
        self.timeline.standing_in(self.history, placements.period[placement] as usize, day)
    }

    /// Miles in tenths from home to where the child lives. Unknown where a postcode is missing or cannot be located, and for present and
    /// former unaccompanied children, whose homes the return does not hold (dossier B5, rule 406).
    pub fn distance(&self, at: &Standing) -> Option<u32> {
        if self.history.children.uasc[at.child as usize] != Uasc::Never {
            return None;
        }
        let episode = at.home_episode as usize;
        (self.facts.distance)(self.history.episodes.home[episode]?, self.history.episodes.placed[episode]?)
    }

    /// Whether the child lives inside the responsible authority's boundary (dossier B7).
    pub fn inside(&self, at: &Standing) -> Option<Whereabouts> {
        let responsible = (*self.facts.authorities.get(self.history.children.authority[at.child as usize] as usize)?)?;
        (self.facts.whereabouts)(responsible, self.history.episodes.placed[at.home_episode as usize]?)
    }
}
