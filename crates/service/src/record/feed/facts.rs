//! Times missing, reviews, visits, plans, brothers and sisters as a feed says them.

use domain::case::{Absence, Interview, Kin, MissingEpisode, Participation, Plan, PlanKind, Review, Seen, Sibling, Together, Visit};
use domain::child::Child;
use domain::date::share_a_night;
use domain::{Day, Id};
use ingest::feed::Row;

use super::Known;
use super::fact::{Cell, Fault, Fed, cell, day, written};
use super::stays::starts;

/// The word of a list, blank where it says that nobody knows.
fn known_word<T: PartialEq + ToString>(name: &'static str, value: &T, not_known: &T) -> Cell {
    cell(name, &if value == not_known { String::new() } else { value.to_string() })
}

impl Fed for MissingEpisode {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        Ok(Self {
            id,
            child,
            kind: row.word("kind", held.map_or(Absence::Missing, |held| held.kind), Absence::Missing),
            start: starts(row, "start")?,
            end: row.day("end", held.and_then(|held| held.end)),
            offered: row.day("offered", held.and_then(|held| held.offered)),
            interview: row.word("interview", held.map_or(Interview::NotKnown, |held| held.interview), Interview::NotKnown),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.start == other.start
    }

    fn may_be_same(&self, other: &Self) -> bool {
        share_a_night((self.start, self.end), (other.start, other.end))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            cell("kind", &self.kind),
            day("start", Some(self.start)),
            day("end", self.end),
            day("offered", self.offered),
            known_word("interview", &self.interview, &Interview::NotKnown),
        ]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.start, self.end, true))
    }
}

impl Fed for Review {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        let participation = held.map_or(Participation::NotKnown, |held| held.participation);
        Ok(Self {
            id,
            child,
            due: starts(row, "due")?,
            held: row.day("held", held.and_then(|review| review.held)),
            participation: row.word("participation", participation, Participation::NotKnown),
            decisions: row.text("decisions", held.map_or("", |held| &held.decisions)),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.due == other.due
    }

    fn may_be_same(&self, other: &Self) -> bool {
        self.held.is_some() && self.held == other.held
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            day("due", Some(self.due)),
            day("held", self.held),
            known_word("participation", &self.participation, &Participation::NotKnown),
            written("decisions", &self.decisions),
        ]
    }
}

impl Fed for Visit {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        let visit = Self {
            id,
            child,
            due: row.day("due", held.and_then(|held| held.due)),
            made: row.day("made", held.and_then(|held| held.made)),
            seen: row.word("seen", held.map_or(Seen::NotKnown, |held| held.seen), Seen::NotKnown),
            by: row.text("by", held.map_or("", |held| &held.by)),
            words: row.text("words", held.map_or("", |held| &held.words)),
        };
        let dated = visit.due.is_some() || visit.made.is_some();
        dated.then_some(visit).ok_or_else(|| ("made", "Say when the visit was made, or by when it is due.".to_owned()))
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.made.is_some() && self.made == other.made) || (self.made.is_none() && other.made.is_none() && self.due == other.due)
    }

    fn may_be_same(&self, other: &Self) -> bool {
        self.due.is_some() && self.due == other.due && (self.made.is_none() || other.made.is_none())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            day("due", self.due),
            day("made", self.made),
            known_word("seen", &self.seen, &Seen::NotKnown),
            written("by", &self.by),
            written("words", &self.words),
        ]
    }
}

impl Fed for Plan {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        Ok(Self {
            id,
            child,
            kind: row.word("kind", held.map_or(PlanKind::Care, |held| held.kind), PlanKind::Care),
            agreed: starts(row, "agreed")?,
            again: row.day("again", held.and_then(|held| held.again)),
            ended: row.day("ended", held.and_then(|held| held.ended)),
            aim: row.text("aim", held.map_or("", |held| &held.aim)),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.agreed == other.agreed
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            cell("plan", &self.kind),
            day("agreed", Some(self.agreed)),
            day("again", self.again),
            day("ended", self.ended),
            written("aim", &self.aim),
        ]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.agreed, self.ended, true))
    }
}

impl Fed for Sibling {
    fn of_row(row: &Row, known: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        let other = match row.plain("other") {
            None => held.and_then(|held| held.other),
            Some(reference) => Some(known.children.get(reference).map(|other| other.id).ok_or_else(|| {
                let said =
                    "The record has no child of this number: leave the cell empty for one who is not in care, or take the children first.";
                ("other", said.to_owned())
            })?),
        };
        if other == Some(child) {
            return Err(("other", "A child is not their own brother or sister.".to_owned()));
        }
        Ok(Self {
            id,
            child,
            other,
            kin: row.word("kin", held.map_or(Kin::Full, |held| held.kin), Kin::Full),
            born: row.day("born", held.and_then(|held| held.born)),
            wish: row.word("wish", held.map_or(Together::NotKnown, |held| held.wish), Together::NotKnown),
            plan: row.word("plan", held.map_or(Together::NotKnown, |held| held.plan), Together::NotKnown),
            words: row.text("words", held.map_or("", |held| &held.words)),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        if self.other.is_some() || other.other.is_some() {
            self.other == other.other
        } else {
            self.born.is_some() && self.born == other.born
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let other = self.other.map_or_else(String::new, |other| other.to_string());
        vec![
            cell("other", &other),
            cell("kin", &self.kin),
            day("born", self.born),
            known_word("wish", &self.wish, &Together::NotKnown),
            known_word("plan", &self.plan, &Together::NotKnown),
            written("words", &self.words),
        ]
    }
}
