//! Questions to the timeline: who is in care on a day, who came and went in a range of days, which placements ended, how many nights.

use domain::Day;
use domain::code::{place, rec};
use domain::history::History;
use rayon::prelude::*;

use super::{Kind, Opening, Timeline};

/// One child at one moment of its care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The day: of the count, of the start, or of the end.
    pub on: Day,
    /// Position in [`domain::history::Children`].
    pub child: u32,
    /// Position in [`super::Periods`].
    pub period: u32,
    /// The child's row of this day, in [`domain::history::Episodes`].
    pub episode: u32,
    /// The row that says where the child lives: the same, or during a temporary stay the last one of the main placement.
    pub home_episode: u32,
    /// The main placement, in [`super::Placements`].
    pub placement: u32,
}

/// Children a task takes at a time; the result does not depend on it.
const CHUNK: usize = 8192;

impl Timeline {
    /// The day from which a period no longer counts: its end or the 18th birthday, whichever comes first. Both may lie in the future.
    pub fn counts_until(&self, period: usize) -> Day {
        let adult_on = self.adult_on[self.periods.child[period] as usize];
        self.periods.end[period].map_or(adult_on, |end| end.min(adult_on))
    }

    /// Whether a period of care counts on at least one day; short breaks and a start at 18 or over never do.
    pub fn counts(&self, period: usize) -> bool {
        self.periods.kind[period] == Kind::Care && self.periods.start[period] < self.counts_until(period)
    }

    /// Where a child stands on a day, if it is looked after: DECOM on or before the day, DEC after it or none, under 18, no short break.
    pub fn standing(&self, history: &History, child: usize, on: Day) -> Option<Standing> {
        let period = self
            .periods_of(child)
            .rev()
            .find(|&period| self.periods.start[period] <= on)
            .filter(|&period| self.periods.kind[period] == Kind::Care && on < self.counts_until(period))?;
        Some(self.standing_in(history, period, on))
    }

    /// Where a child stands in a period, at the last row that begins on or before the day.
    pub fn standing_in(&self, history: &History, period: usize, on: Day) -> Standing {
        let rows = self.periods.episodes(period);
        let episode = rows.clone().rev().find(|&row| history.episodes.start[row] <= on).unwrap_or(rows.start);
        let home_episode = (rows.start..=episode).rev().find(|&row| !place::is_temporary(history.episodes.place[row])).unwrap_or(episode);
        Standing {
            on,
            child: self.periods.child[period],
            period: period as u32,
            episode: episode as u32,
            home_episode: home_episode as u32,
            placement: self.main_of(self.placement_of[episode]),
        }
    }

    /// Every child looked after on a day, in the order of children.
    pub fn stock(&self, history: &History, on: Day) -> Vec<Standing> {
        self.by_child(|child| self.standing(history, child, on))
    }

    /// Children who started to be looked after from `from` to `to`, both included: each once, at the first start that is on record (dossier B2).
    pub fn starters(&self, history: &History, from: Day, to: Day) -> Vec<Standing> {
        self.by_child(|child| {
            let period = self.periods_of(child).find(|&period| {
                let start = self.periods.start[period];
                self.counts(period) && self.periods.opening[period] == Opening::Recorded && from <= start && start <= to
            })?;
            Some(self.standing_in(history, period, self.periods.start[period]))
        })
    }

    /// Children who ceased to be looked after from `from` to `to`, both included: each once, at the last end (dossier B2). Ends whose reason
    /// is blank or X1 are among them, because the child did go; [`Standing::episode`] holds the reason.
    pub fn leavers(&self, history: &History, from: Day, to: Day) -> Vec<Standing> {
        self.by_child(|child| {
            let period = self.periods_of(child).rev().find(|&period| {
                self.counts(period) && self.periods.end[period].is_some_and(|end| from <= end && end <= to) && self.leaves(child, period)
            })?;
            let mut standing = self.standing_in(history, period, self.periods.end[period].unwrap_or(to).plus(-1));
            standing.on = self.periods.end[period].unwrap_or(to);
            Some(standing)
        })
    }

    /// Whether a period's end is an end of care: not where the next one goes on the same day without an end being recorded.
    fn leaves(&self, child: usize, period: usize) -> bool {
        let recorded = !(self.periods.ceased[period].is_blank() || self.periods.ceased[period] == rec::X1);
        recorded || !self.periods_of(child).any(|next| next > period && Some(self.periods.start[next]) == self.periods.end[period])
    }

    /// Children looked after on at least one day from `from` to `to`, both included, each where it last stood.
    pub fn looked_after_during(&self, history: &History, from: Day, to: Day) -> Vec<Standing> {
        self.by_child(|child| {
            let period = self
                .periods_of(child)
                .rev()
                .find(|&period| self.counts(period) && self.periods.start[period] <= to && from < self.counts_until(period))?;
            let last = self.counts_until(period).plus(-1).min(to);
            Some(self.standing_in(history, period, last))
        })
    }

    /// Entries to care from `from` to `to`, every one: a child that comes twice counts twice.
    pub fn entries(&self, from: Day, to: Day) -> impl Iterator<Item = usize> + '_ {
        (0..self.periods.len()).filter(move |&period| {
            let start = self.periods.start[period];
            self.counts(period) && from <= start && start <= to
        })
    }

    /// Exits from care from `from` to `to`, every one, 18th birthdays among them. Stock at a day is stock at an earlier day, plus the
    /// entries, less the exits since.
    pub fn exits(&self, from: Day, to: Day) -> impl Iterator<Item = usize> + '_ {
        (0..self.periods.len()).filter(move |&period| {
            let until = self.counts_until(period);
            self.counts(period) && from <= until && until <= to
        })
    }

    /// Main placements in care that began from `from` to `to`, both included.
    pub fn placements_begun(&self, from: Day, to: Day) -> impl Iterator<Item = usize> + '_ {
        (0..self.placements.len()).filter(move |&placement| {
            let start = self.placements.start[placement];
            self.counts_as_home(placement) && from <= start && start <= to
        })
    }

    /// Main placements in care that ended from `from` to `to`, both included; not those that the 18th birthday alone takes out of the count.
    pub fn placements_ended(&self, from: Day, to: Day) -> impl Iterator<Item = usize> + '_ {
        (0..self.placements.len()).filter(move |&placement| {
            let adult_on = self.adult_on[self.periods.child[self.placements.period[placement] as usize] as usize];
            self.counts_as_home(placement) && self.placements.end[placement].is_some_and(|end| from <= end && end <= to && end <= adult_on)
        })
    }

    /// Main placements of care that cover a day.
    pub fn placements_open(&self, on: Day) -> impl Iterator<Item = usize> + '_ {
        (0..self.placements.len()).filter(move |&placement| {
            let until = self.counts_until(self.placements.period[placement] as usize);
            self.counts_as_home(placement)
                && self.placements.start[placement] <= on
                && on < self.placements.end[placement].map_or(until, |end| end.min(until))
        })
    }

    /// Whether a placement is a main one in care that counts on at least one day.
    fn counts_as_home(&self, placement: usize) -> bool {
        let period = self.placements.period[placement] as usize;
        self.placements.is_main(placement) && self.counts(period) && self.placements.start[placement] < self.counts_until(period)
    }

    /// Nights that a period counts from `from` to `to`: the night of a day belongs to the day on which it begins (trap F4).
    pub fn nights_of_period(&self, period: usize, from: Day, to: Day) -> u32 {
        overlap(self.periods.start[period], self.counts_until(period), from, to)
    }

    /// Nights spent in a placement from `from` to `to`. Nights of a temporary stay are the stay's, not the main placement's, so the nights of
    /// a period's placements add up to the nights of the period.
    pub fn nights_of_placement(&self, placement: usize, from: Day, to: Day) -> u32 {
        let period = self.placements.period[placement] as usize;
        let until = self.counts_until(period);
        let span = |at: usize| overlap(self.placements.start[at], self.placements.end[at].map_or(until, |end| end.min(until)), from, to);
        let main = placement as u32;
        let away: u32 = self
            .periods
            .placements(period)
            .filter(|&at| matches!(self.placements.role[at], super::Role::Temporary { within } if within == main))
            .map(span)
            .sum();
        span(placement) - away
    }

    /// Asks every child and keeps the answers in the order of children, whatever the number of threads.
    fn by_child<T: Send>(&self, ask: impl Fn(usize) -> Option<T> + Sync) -> Vec<T> {
        let ranges: Vec<usize> = (0..self.children()).step_by(CHUNK).collect();
        let parts: Vec<Vec<T>> =
            ranges.into_par_iter().map(|from| (from..self.children().min(from + CHUNK)).filter_map(&ask).collect()).collect();
        let mut whole = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        for part in parts {
            whole.extend(part);
        }
        whole
    }
}

/// Nights of `start..end` that begin from `from` to `to`, both included.
fn overlap(start: Day, end: Day, from: Day, to: Day) -> u32 {
    end.min(to.plus(1)).since(start.max(from)).max(0) as u32
}
