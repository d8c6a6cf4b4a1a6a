//! Many futures of many children.

use std::collections::HashMap;
use std::ops::ControlFlow;

use domain::Day;
use rayon::prelude::*;

use super::chance::{Chance, Purpose};
use super::child::Child;
use super::drawn::Drawn;
use super::entries;
use super::fit::Fit;
use super::hazards::STEP;
use super::levers::{Changes, Levers, Nothing, is_home};
use super::life::{Ahead, End, Walker};
use super::state::{Asylum, Legal};
use crate::kind::Kind;
use crate::paths::{Groups, Paths};
use crate::scenario::Scenario;

/// What is asked of the future.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Days at whose end children are counted, ascending, none before the last day known.
    pub dates: Vec<Day>,
    /// How many futures.
    pub paths: usize,
    /// Where all chance comes from. The same seed gives base and scenario the same luck.
    pub seed: u64,
    /// What the columns are.
    pub groups: Groups,
}

/// One child in one home for some nights of one future.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stay {
    /// Position in [`Fit::authorities`].
    pub authority: usize,
    /// Names the child on its path.
    pub child: u64,
    /// Kind of home.
    pub kind: Kind,
    /// First day, the first day ahead at the earliest.
    pub from: Day,
    /// The day it ended, which is not a night of it; the day after the last one asked for where it goes on.
    pub until: Day,
    /// Date of birth.
    pub born: Day,
    /// Whether alone and seeking asylum.
    pub asylum: Asylum,
    /// Legal status during the last nights.
    pub legal: Legal,
}

/// A child who comes into care ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrival {
    /// Position in [`Fit::authorities`].
    pub authority: usize,
    /// Names the child on its path.
    pub child: u64,
    /// Names the brothers and sisters who come on the same day, on this path.
    pub family: u64,
    /// Children who come together, this one included.
    pub together: u32,
    /// The day.
    pub on: Day,
    /// Date of birth.
    pub born: Day,
    /// First home.
    pub kind: Kind,
    /// Whether alone and seeking asylum.
    pub asylum: Asylum,
}

/// Somebody who watches one path go by: counts, nights, costs.
pub trait Watch {
    /// A stay, told when it is over. Stays of a child come in order; children come authority by authority.
    fn stay(&mut self, stay: &Stay);

    /// A child who comes, told before its stays.
    fn arrival(&mut self, arrival: &Arrival) {
        let _ = arrival;
    }

    /// A child who leaves on a day.
    fn exit(&mut self, authority: usize, child: u64, on: Day, end: End) {
        let _ = (authority, child, on, end);
    }
}

/// Asked before each path whether to go on.
pub type GoOn<'a> = &'a (dyn Fn() -> ControlFlow<()> + Sync);

/// Counts of children on the dates of a question, path by path.
pub fn simulate(fit: &Fit, question: &Question) -> Paths {
    futures(fit, question, &Scenario::default(), &|| ControlFlow::Continue(())).0
}

/// Levers of a scenario, by their position, that change arrivals of children like whom none came lately: nothing will happen, and that must be said.
pub fn idle_levers(fit: &Fit, scenario: &Scenario) -> Vec<usize> {
    Levers::new(fit, scenario, fit.from).idle()
}

/// The same under a scenario, asking before each path whether to go on; nothing once the answer was to break off. Path `n` meets the luck of the base's
/// path `n`, so that the difference of the two is the scenario's alone.
pub fn simulate_while(fit: &Fit, question: &Question, scenario: &Scenario, go_on: GoOn<'_>) -> Option<Paths> {
    let (paths, gone) = futures(fit, question, scenario, go_on);
    gone.is_continue().then_some(paths)
}

/// The paths, and whether they were gone through to the end.
fn futures(fit: &Fit, question: &Question, scenario: &Scenario, go_on: GoOn<'_>) -> (Paths, ControlFlow<()>) {
    let mut paths = Paths::empty(fit.authorities.clone(), question.dates.clone(), question.groups, question.paths);
    let width = paths.width();
    let each = fit.authorities.len() * question.dates.len() * width;
    let Some(&until) = question.dates.last() else { return (paths, ControlFlow::Continue(())) };
    let mut gone = ControlFlow::Continue(());
    if each > 0 {
        let levers = Levers::new(fit, scenario, until);
        let dates = Dates::new(&question.dates, fit.from, until);
        gone = paths.children.par_chunks_mut(each).enumerate().try_for_each(|(path, children)| {
            go_on()?;
            let mut counts = Counts { from: fit.from, dates: &dates, groups: question.groups, width, children };
            run(fit, &levers, until, (question.seed, path), &mut counts);
            counts.add_up();
            ControlFlow::Continue(())
        });
    }
    (paths, gone)
}

/// Shows every path under a scenario, from the day after the last known to `until`, to its own watcher; gives the watchers in the order of paths, or
/// nothing once the answer was to break off.
pub fn watch_while<W: Watch + Send>(
    fit: &Fit,
    scenario: &Scenario,
    until: Day,
    (paths, seed): (usize, u64),
    go_on: GoOn<'_>,
    new: impl Fn() -> W + Sync,
) -> Option<Vec<W>> {
    let levers = Levers::new(fit, scenario, until);
    (0..paths)
        .into_par_iter()
        .map(|path| {
            go_on().continue_value()?;
            let mut watcher = new();
            run(fit, &levers, until, (seed, path), &mut watcher);
            Some(watcher)
        })
        .collect()
}

/// One path.
fn run(fit: &Fit, levers: &Levers<'_>, until: Day, (seed, path): (u64, usize), watcher: &mut impl Watch) {
    let steps = until.since(fit.from).max(0) / STEP + 1;
    let rates = Drawn::new(&fit.hazards, seed, path, steps as usize);
    let entries = fit.entries.draw(seed, path, fit.from, until);
    for authority in 0..fit.authorities.len() {
        let local = rates.local(authority);
        let ahead = Ahead { from: fit.from, until, rates: &local, away: &fit.away };
        let mut one = One { fit, levers, entries: &entries, ahead, seed, path, authority, steps_down: HashMap::new() };
        if levers.steps_down() {
            // Who is in a children's home when is known only once everybody has lived; then those who step down live again.
            let mut homes = Homes::default();
            one.everybody(&mut homes);
            one.steps_down = levers.chosen(seed, path, authority, &homes.stays);
        }
        one.everybody(watcher);
    }
}

/// One authority of one path.
struct One<'a> {
    fit: &'a Fit,
    levers: &'a Levers<'a>,
    entries: &'a entries::Drawn<'a>,
    ahead: Ahead<'a>,
    seed: u64,
    path: usize,
    authority: usize,
    steps_down: HashMap<u64, Day>,
}

impl One<'_> {
    fn everybody(&self, watcher: &mut impl Watch) {
        let (from, to) = self.fit.stock_of[self.authority];
        for (number, walker) in (from..to).zip(&self.fit.stock[from..to]) {
            self.lives(*walker, self.fit.from, number as u64 | 1 << 63, watcher);
        }
        let unchanged = self.levers.scenario.levers.is_empty();
        self.entries.arrive(self.authority, |arriving| {
            let together = arriving.children.len() as u32;
            if unchanged {
                for (member, &child) in (1..).zip(arriving.children) {
                    self.comes(child, arriving.number | member, together, watcher);
                }
                return;
            }
            // One draw for all of a family: brothers and sisters whom a lever means alike come, stay away or come again together.
            let unit = Chance::new(self.seed, self.path, Purpose::Lever, 1 << 60 | arriving.number).unit();
            let times: Vec<u64> = arriving.children.iter().map(|child| self.levers.times(child, unit)).collect();
            for copy in 0..times.iter().copied().max().unwrap_or(0) {
                let together = times.iter().filter(|&&times| times > copy).count() as u32;
                for ((member, &child), _) in (1..).zip(arriving.children).zip(&times).filter(|(_, times)| **times > copy) {
                    self.comes(child, arriving.number | member | copy << 56, together, watcher);
                }
            }
        });
        self.levers.more(self.seed, self.path, self.authority, |child, number| self.comes(child, number, 1, watcher));
    }

    fn comes(&self, mut child: Child, number: u64, together: u32, watcher: &mut impl Watch) {
        let on = child.in_care_since;
        if !self.levers.scenario.levers.is_empty() {
            let mut changes = self.levers.of(self.seed, self.path, 1 << 59 | number, None);
            child.kind = changes.home(child.kind, on);
        }
        watcher.arrival(&Arrival {
            authority: self.authority,
            child: number,
            family: number & !0xff,
            together,
            on,
            born: child.born,
            kind: child.kind,
            asylum: child.asylum,
        });
        self.lives(Walker::new(child, on), on, number, watcher);
    }

    fn lives(&self, walker: Walker, on: Day, number: u64, watcher: &mut impl Watch) {
        if self.levers.scenario.levers.is_empty() {
            self.life(walker, on, number, &mut Nothing, watcher);
        } else {
            let mut changes = self.levers.of(self.seed, self.path, number, self.steps_down.get(&number).copied());
            self.life(walker, on, number, &mut changes, watcher);
        }
    }

    fn life(&self, walker: Walker, on: Day, number: u64, changes: &mut impl Changes, watcher: &mut impl Watch) {
        let chance = Chance::new(self.seed, self.path, Purpose::Life, number);
        let (authority, adult_on) = (self.authority, walker.adult_on);
        let mut last = on;
        let end = walker.live(on, &self.ahead, chance, changes, &mut |child: &Child, kind, from, until| {
            last = until;
            if until > from {
                let (born, asylum, legal) = (child.born, child.asylum, child.legal);
                watcher.stay(&Stay { authority, child: number, kind, from, until, born, asylum, legal });
            }
        });
        if end != End::Open {
            watcher.exit(authority, number, if end == End::Birthday { adult_on } else { last }, end);
        }
    }
}

/// Who is in a children's home from when to when.
#[derive(Default)]
struct Homes {
    stays: Vec<(u64, Day, Day)>,
}

impl Watch for Homes {
    fn stay(&mut self, stay: &Stay) {
        if is_home(stay.kind) {
            self.stays.push((stay.child, stay.from, stay.until));
        }
    }
}

/// The dates of a question by day ahead.
struct Dates {
    /// For each day from the last known to the one after the last asked for, how many dates are before it.
    before: Vec<u32>,
    count: usize,
}

impl Dates {
    fn new(dates: &[Day], from: Day, until: Day) -> Self {
        let before = |ahead: i32| dates.partition_point(|date| date.since(from) < ahead) as u32;
        Self { before: (0..=until.since(from).max(0) + 1).map(before).collect(), count: dates.len() }
    }

    /// The first date on or after a day.
    fn first(&self, ahead: i32) -> usize {
        self.before.get(ahead.max(0) as usize).map_or(self.count, |&before| before as usize)
    }
}

/// Counts by date and group: while a path goes by, who is there from a date on less who is no longer; the counts themselves once it is added up.
struct Counts<'a> {
    from: Day,
    dates: &'a Dates,
    groups: Groups,
    width: usize,
    children: &'a mut [u32],
}

impl Counts<'_> {
    /// From changes to counts, date by date.
    fn add_up(&mut self) {
        for authority in self.children.chunks_mut(self.dates.count * self.width) {
            for at in self.width..authority.len() {
                authority[at] = authority[at].wrapping_add(authority[at - self.width]);
            }
        }
    }
}

impl Watch for Counts<'_> {
    fn stay(&mut self, stay: &Stay) {
        let group = match self.groups {
            Groups::Broad => stay.kind.broad() as usize,
            Groups::Detailed => stay.kind as usize,
        };
        let (first, last) = (self.dates.first(stay.from.since(self.from)), self.dates.first(stay.until.since(self.from)));
        let at = |date: usize| (stay.authority * self.dates.count + date) * self.width + group;
        // A change that is taken back by a later one may pass below nought: whole numbers that wrap add up all the same.
        if first < last {
            self.children[at(first)] = self.children[at(first)].wrapping_add(1);
            if last < self.dates.count {
                self.children[at(last)] = self.children[at(last)].wrapping_sub(1);
            }
        }
    }
}
