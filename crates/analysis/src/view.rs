//! One look at a timeline: a date, a range of days, the children meant, and the facts from outside.

use domain::Day;
use domain::history::History;
use rayon::prelude::*;

use crate::facts::{self, Distance, Facts, Whereabouts};
use crate::field::{self, Category, Field};
use crate::filter::Filter;
use crate::timeline::{Standing, Timeline};

/// Children a task takes at least: fewer are not worth sharing out.
const MIN_LEN: usize = 1024;

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

/// Where a child lives, seen from its home and from its authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lives {
    /// From home. Unknown where a postcode is missing or cannot be located, and for present and former unaccompanied children, whose homes the
    /// return does not hold (dossier B5, rule 406).
    pub distance: Option<Distance>,
    /// Inside or outside the responsible authority.
    pub whereabouts: Option<Whereabouts>,
}

/// A child of the stock with its characteristics, worked out once.
#[derive(Clone, Copy, Debug)]
struct Member {
    lives: Lives,
    categories: [Category; Field::ALL.len()],
}

/// A question put to a timeline. Who is in care, and each characteristic of theirs, is found once; the look-ups of postcodes are for them only.
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
    members: Vec<Member>,
    starters: Vec<Standing>,
    leavers: Vec<Standing>,
}

impl<'a> View<'a> {
    /// Finds the children meant.
    pub fn new(history: &'a History, timeline: &'a Timeline, facts: Facts<'a>, question: Question) -> Self {
        let Question { on, range, filter } = question;
        let (stock, members, starters, leavers) = Default::default();
        let mut view = Self { history, timeline, facts, on, range, filter, stock, members, starters, leavers };
        let stock = timeline.stock(history, on);
        view.stock = view.admitted(stock);
        // Found here and not when first asked for: cards that ask side by side would wait for each other.
        (view.starters, view.leavers) = rayon::join(
            || view.admitted(timeline.starters(history, range.from, range.to)),
            || view.admitted(timeline.leavers(history, range.from, range.to)),
        );
        view.members = view.stock.par_iter().with_min_len(MIN_LEN).map(|at| view.member(at)).collect();
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
    pub fn categories(&self, field: Field) -> impl Iterator<Item = Category> + '_ {
        self.members.iter().map(move |member| member.categories[field as usize])
    }

    /// Where each child lives, in the order of [`View::stock`].
    pub fn all_live(&self) -> impl Iterator<Item = Lives> + '_ {
        self.members.iter().map(|member| member.lives)
    }

    fn member(&self, at: &Standing) -> Member {
        let lives = self.lives(at);
        let years = self.history.children.born[at.child as usize].age_at(at.on);
        let categories = Field::ALL.map(|field| match field {
            Field::AgeBand => field::age_band(years),
            Field::Age => field::age(years),
            Field::DistanceBand => field::distance_band(lives.distance),
            Field::Locality => field::locality(lives.whereabouts),
            _ => field.of(self, at),
        });
        Member { lives, categories }
    }

    /// The standings that the filter admits, each judged at its own moment: starters at the start, leavers at the end.
    pub fn admitted(&self, standings: Vec<Standing>) -> Vec<Standing> {
        if self.filter.is_empty() {
            return standings;
        }
        standings.into_par_iter().with_min_len(MIN_LEN).filter(|at| self.admits(at)).collect()
    }

    /// Whether the filter admits a child at a moment.
    pub fn admits(&self, at: &Standing) -> bool {
        self.filter.admits(|field| field.of(self, at))
    }

    /// Starters of the range (dossier B2).
    pub fn starters(&self) -> &[Standing] {
        &self.starters
    }

    /// Leavers of the range, reason given or not.
    pub fn leavers(&self) -> &[Standing] {
        &self.leavers
    }

    /// Whether the filter admits the child of a placement on the last day of it.
    pub fn admits_end_of(&self, placement: usize) -> bool {
        let placements = &self.timeline.placements;
        let last_day = || placements.end[placement].map_or(placements.start[placement], |end| end.plus(-1));
        self.filter.is_empty() || self.admits(&self.timeline.standing_in(self.history, placements.period[placement] as usize, last_day()))
    }

    /// Where a child lives at a moment; during a temporary stay, where the placement is that goes on.
    pub fn lives(&self, at: &Standing) -> Lives {
        let row = at.home_episode as usize;
        let Some(placed) = self.history.episodes.placed[row].map(self.facts.place) else {
            return Lives { distance: None, whereabouts: None };
        };
        let child = at.child as usize;
        let home = self.history.episodes.home[row].filter(|_| !self.history.children.uasc[child].came_alone());
        let responsible = self.facts.authorities.get(self.history.children.authority[child] as usize).copied().flatten();
        Lives {
            distance: home.and_then(|home| facts::distance((self.facts.place)(home), placed)),
            whereabouts: responsible.and_then(|responsible| facts::whereabouts(responsible, placed)),
        }
    }
}
