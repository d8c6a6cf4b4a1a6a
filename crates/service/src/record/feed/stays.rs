//! Periods of care, legal statuses, placements and allocations as a feed says them: each holds from one day to another.

use domain::case::Allocation;
use domain::child::Child;
use domain::code::Code;
use domain::date::share_a_night;
use domain::legal_status::LegalStatus;
use domain::period::{Kind, PeriodOfCare};
use domain::placement::Placement;
use domain::{Day, Id};
use ingest::feed::Row;

use super::Known;
use super::fact::{Cell, Fault, Fed, cell, day};

/// The first day of a row. Reading gives no row without one.
pub(super) fn starts(row: &Row, field: &'static str) -> Result<Day, Fault> {
    row.must_day(field).ok_or_else(|| (field, "There is no date.".to_owned()))
}

impl Fed for PeriodOfCare {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        Ok(Self {
            id,
            child,
            kind: row.word("kind", held.map_or(Kind::Care, |held| held.kind), Kind::Care),
            start: starts(row, "start")?,
            end: row.day("end", held.and_then(|held| held.end)),
            ceased: row.code("ceased", held.map_or(Code::BLANK, |held| held.ceased)),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.start == other.start
    }

    fn may_be_same(&self, other: &Self) -> bool {
        self.kind == other.kind && share_a_night((self.start, self.end), (other.start, other.end))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![cell("kind", &self.kind), day("start", Some(self.start)), day("end", self.end), cell("ceased", &self.ceased)]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.start, self.end, false))
    }
}

impl Fed for LegalStatus {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        Ok(Self {
            id,
            child,
            status: row.code("status", held.map_or(Code::BLANK, |held| held.status)),
            need: row.code("need", held.map_or(Code::BLANK, |held| held.need)),
            start: starts(row, "start")?,
            end: row.day("end", held.and_then(|held| held.end)),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.start == other.start
    }

    fn may_be_same(&self, other: &Self) -> bool {
        share_a_night((self.start, self.end), (other.start, other.end))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![cell("status", &self.status), cell("need", &self.need), day("start", Some(self.start)), day("end", self.end)]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.start, self.end, false))
    }
}

impl Fed for Placement {
    fn of_row(row: &Row, _: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        let code = |field: &str, of: fn(&Self) -> Code| row.code(field, held.map_or(Code::BLANK, of));
        Ok(Self {
            id,
            child,
            start: starts(row, "start")?,
            end: row.day("end", held.and_then(|held| held.end)),
            kind: code("kind", |held| held.kind),
            provider: code("provider", |held| held.provider),
            urn: code("urn", |held| held.urn),
            postcode: row.postcode("postcode", held.and_then(|held| held.postcode)),
            ended: code("ended", |held| held.ended),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_temporary() == other.is_temporary() && self.start == other.start
    }

    fn may_be_same(&self, other: &Self) -> bool {
        self.is_temporary() == other.is_temporary() && share_a_night((self.start, self.end), (other.start, other.end))
    }

    fn cells(&self) -> Vec<Cell> {
        let postcode = self.postcode.map_or_else(String::new, |postcode| postcode.to_string());
        vec![
            cell("type", &self.kind),
            day("start", Some(self.start)),
            day("end", self.end),
            cell("provider", &self.provider),
            cell("number", &self.urn),
            cell("postcode", &postcode),
            cell("ended", &self.ended),
        ]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.start, self.end, false))
    }
}

impl Fed for Allocation {
    fn of_row(row: &Row, known: &Known, (id, child): (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault> {
        let email = row.plain("person").unwrap_or_default();
        let person = known.people.get(email).copied().ok_or_else(|| {
            let said = "Nobody of this address may sign in: add them with `placewell user add` or on the page of people, or translate the address in \
                        the mapping.";
            ("person", said.to_owned())
        })?;
        Ok(Self { id, child, person, start: starts(row, "start")?, end: row.day("end", held.and_then(|held| held.end)) })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.person == other.person && self.start == other.start
    }

    fn may_be_same(&self, other: &Self) -> bool {
        self.person == other.person && share_a_night((self.start, self.end), (other.start, other.end))
    }

    fn cells(&self) -> Vec<Cell> {
        vec![cell("person", &self.person), day("start", Some(self.start)), day("end", self.end)]
    }

    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        Some((self.start, self.end, false))
    }
}
