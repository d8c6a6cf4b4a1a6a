//! Many futures of many children.

use domain::Day;
use rayon::prelude::*;

use super::chance::{Chance, Purpose};
use super::child::Child;
use super::drawn::Drawn;
use super::fit::Fit;
use super::hazards::STEP;
use super::life::{Ahead, End, Walker};
use super::state::{Asylum, Legal};
use crate::kind::Kind;
use crate::paths::{Groups, Paths};

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

/// Counts of children on the dates of a question, path by path.
pub fn simulate(fit: &Fit, question: &Question) -> Paths {
    let mut paths = Paths::empty(fit.authorities.clone(), question.dates.clone(), question.groups, question.paths);
    let width = paths.width();
    let each = fit.authorities.len() * question.dates.len() * width;
    let Some(&until) = question.dates.last() else { return paths };
    if each > 0 {
        paths.children.par_chunks_mut(each).enumerate().for_each(|(path, children)| {
            let mut counts = Counts { dates: &question.dates, groups: question.groups, width, children };
            run(fit, until, question.seed, path, &mut counts);
        });
    }
    paths
}

/// Shows every path, from the day after the last known to `until`, to its own watcher; gives the watchers in the order of paths.
pub fn watch<W: Watch + Send>(fit: &Fit, until: Day, paths: usize, seed: u64, new: impl Fn(usize) -> W + Sync) -> Vec<W> {
    (0..paths)
        .into_par_iter()
        .map(|path| {
            let mut watcher = new(path);
            run(fit, until, seed, path, &mut watcher);
            watcher
        })
        .collect()
}

/// One path.
fn run(fit: &Fit, until: Day, seed: u64, path: usize, watcher: &mut impl Watch) {
    let steps = until.since(fit.from).max(0) / STEP + 1;
    let rates = Drawn::new(&fit.hazards, seed, path, steps as usize);
    let entries = fit.entries.draw(seed, path, fit.from, until);
    for authority in 0..fit.authorities.len() {
        let local = rates.local(authority);
        let ahead = Ahead { from: fit.from, until, rates: &local, away: &fit.away };
        let live = |walker: Walker, on: Day, number: u64, watcher: &mut _| one(walker, on, number, &ahead, (seed, path), watcher);
        let (from, to) = fit.stock_of[authority];
        for (number, walker) in (from..to).zip(&fit.stock[from..to]) {
            live(*walker, fit.from, number as u64 | 1 << 63, watcher);
        }
        entries.arrive(authority, |arriving| {
            let child = arriving.child;
            watcher.arrival(&Arrival {
                authority,
                child: arriving.number,
                family: arriving.number & !0xff,
                together: arriving.family,
                on: child.in_care_since,
                born: child.born,
                kind: child.kind,
                asylum: child.asylum,
            });
            live(Walker::new(child, child.in_care_since), child.in_care_since, arriving.number, watcher);
        });
    }
}

/// One child of one path.
fn one(walker: Walker, on: Day, number: u64, ahead: &Ahead<'_>, (seed, path): (u64, usize), watcher: &mut impl Watch) {
    let chance = Chance::new(seed, path, Purpose::Life, number);
    let authority = usize::from(walker.child.authority);
    let adult_on = walker.adult_on;
    let mut last = on;
    let end = walker.live(on, ahead, chance, &mut |child: &Child, kind, from, until| {
        last = until;
        if until > from {
            watcher.stay(&Stay { authority, child: number, kind, from, until, born: child.born, asylum: child.asylum, legal: child.legal });
        }
    });
    if end != End::Open {
        watcher.exit(authority, number, if end == End::Birthday { adult_on } else { last }, end);
    }
}

/// Counts by date and group.
struct Counts<'a> {
    dates: &'a [Day],
    groups: Groups,
    width: usize,
    children: &'a mut [u32],
}

impl Watch for Counts<'_> {
    fn stay(&mut self, stay: &Stay) {
        let group = match self.groups {
            Groups::Broad => stay.kind.broad() as usize,
            Groups::Detailed => stay.kind as usize,
        };
        let from = self.dates.partition_point(|&date| date < stay.from);
        let counted = self.dates[from..].iter().take_while(|&&date| date < stay.until).count();
        let first = (stay.authority * self.dates.len() + from) * self.width + group;
        for at in 0..counted {
            self.children[first + at * self.width] += 1;
        }
    }
}
