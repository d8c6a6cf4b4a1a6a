//! Who the children are: one line of facts a child from all its Header and UASC rows, the newest year first.

use domain::history::{History, Uasc};
use domain::{Code, Day};

use super::super::cell::Marks;
use super::super::issue::{self, At, Note};
use super::super::kind::Kind;
use super::super::typed::{AuthorityRows, HeaderRow};

/// Number of a child that is in no Header, or has no date of birth.
pub(super) const NOBODY: u32 = u32::MAX;

/// Facts of one child.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child {
    /// Number among the rows read.
    pub(super) read_as: u32,
    pub(super) born: Day,
    sex: Code,
    ethnicity: Code,
    uasc: Uasc,
}

/// The children in the order of their identifiers, and the way from the number a child was read as to its place among them.
pub(super) struct ChosenChildren {
    pub(super) all: Vec<Child>,
    pub(super) place: Vec<u32>,
    /// For children that are not chosen: whether a Header row names them (without a date of birth).
    pub(super) named: Vec<bool>,
}

/// Chooses the facts of each child and marks the rows that say nothing of use.
pub(super) fn choose(rows: &mut AuthorityRows, notes: &mut Vec<Note>) -> ChosenChildren {
    let newest = newest_headers(rows, notes);
    let mut all: Vec<Child> = Vec::with_capacity(newest.len());
    let mut named = vec![false; newest.len()];
    for (read_as, facts) in (0..).zip(&newest) {
        let Some(facts) = facts else { continue };
        named[read_as as usize] = true;
        if let Some(born) = facts.born {
            all.push(Child { read_as, born, sex: facts.sex, ethnicity: facts.ethnicity, uasc: Uasc::Never });
        }
    }
    let ids = &rows.children;
    // Each year's newcomers stand in order already, which a sort that keeps the order of equals makes use of.
    all.sort_by(|a, b| ids.compare(a.read_as, b.read_as));
    let mut place = vec![NOBODY; newest.len()];
    for (at, child) in (0..).zip(&all) {
        place[child.read_as as usize] = at;
    }
    for row in &mut rows.headers {
        if place[row.child as usize] == NOBODY && !row.place.marks.has(Marks::SET_ASIDE) {
            row.place.marks.add(Marks::SET_ASIDE);
            let at = At { file: row.place.file, kind: Kind::Header, year: row.place.year, line: row.place.line, child: ids.id(row.child) };
            let message =
                "The child has no date of birth in any year, so no age can be told and the child's rows are set aside. Enter DOB.";
            notes.push(issue::NO_DATE_OF_BIRTH.at(at, "DOB", &[], message));
        }
    }
    let mut chosen = ChosenChildren { all, place, named };
    asylum(rows, &mut chosen, notes);
    chosen
}

/// Facts gathered for one child while its rows go by.
#[derive(Clone, Copy, Debug)]
struct Facts {
    year: u16,
    born: Option<Day>,
    sex: Code,
    ethnicity: Code,
}

/// The newest year's facts of each child that any row names; a blank is filled from the newest year that has the value.
fn newest_headers(rows: &mut AuthorityRows, notes: &mut Vec<Note>) -> Vec<Option<Facts>> {
    let ids = &rows.children;
    let mut facts: Vec<Option<Facts>> = vec![None; ids.len()];
    // Oldest year first, so that later years overwrite; rows of one year keep the order of their files.
    let mut order: Vec<u32> = (0..rows.headers.len() as u32).collect();
    if !rows.headers.is_sorted_by_key(|row| row.place.year) {
        order.sort_by_key(|&at| rows.headers[at as usize].place.year);
    }
    for at in order {
        let row = rows.headers[at as usize];
        if row.place.marks.has(Marks::SET_ASIDE) {
            continue;
        }
        let Some(known) = &mut facts[row.child as usize] else {
            facts[row.child as usize] = Some(Facts { year: row.place.year, born: row.born, sex: row.sex, ethnicity: row.ethnicity });
            continue;
        };
        let place =
            || At { file: row.place.file, kind: Kind::Header, year: row.place.year, line: row.place.line, child: ids.id(row.child) };
        if known.year == row.place.year {
            rows.headers[at as usize].place.marks.add(Marks::CUT);
            let message = "The child stands in the Header of this year already; the rows are read as one. Delete one of them.";
            notes.push(issue::ROW_REPEATED.at(place(), "CHILD", &[], message));
        }
        if let (Some(was), Some(is)) = (known.born, row.born)
            && was != is
        {
            let message = format!(
                "DOB is {} here and {} in an earlier row of the child; the date of the newest row is used for all years. Check the date of birth.",
                is.statutory(),
                was.statutory()
            );
            notes.push(issue::BORN_CHANGED.at(place(), "DOB", is.statutory().as_bytes(), message));
        }
        *known = newer(known, &row);
    }
    facts
}

fn newer(known: &Facts, row: &HeaderRow) -> Facts {
    let or = |new: Code, old: Code| if new.is_blank() { old } else { new };
    Facts {
        year: row.place.year,
        born: row.born.or(known.born),
        sex: or(row.sex, known.sex),
        ethnicity: or(row.ethnicity, known.ethnicity),
    }
}

/// Gives each child its asylum status from the newest UASC row.
fn asylum(rows: &mut AuthorityRows, chosen: &mut ChosenChildren, notes: &mut Vec<Note>) {
    let ids = &rows.children;
    rows.uasc.sort_by_key(|row| row.place.year);
    let mut year_of = vec![0u16; chosen.all.len()];
    for row in &mut rows.uasc {
        if row.place.marks.has(Marks::SET_ASIDE) {
            continue;
        }
        let place = At { file: row.place.file, kind: Kind::Uasc, year: row.place.year, line: row.place.line, child: ids.id(row.child) };
        let at = chosen.place[row.child as usize];
        let Some(child) = chosen.all.get_mut(at as usize) else {
            row.place.marks.add(Marks::SET_ASIDE);
            notes.push(without_header(place, chosen.named[row.child as usize]));
            continue;
        };
        if year_of[at as usize] == row.place.year && child.uasc != Uasc::Never {
            row.place.marks.add(Marks::CUT);
            let message = "The child stands in the UASC table of this year already; the rows are read as one. Delete one of them.";
            notes.push(issue::ROW_REPEATED.at(place, "CHILD", &[], message));
        }
        year_of[at as usize] = row.place.year;
        let known = if let Uasc::Until(until) = child.uasc { until } else { None };
        child.uasc = Uasc::Until(row.until.or(known));
    }
}

/// The note on a row of a child that cannot be used because the Header lacks the child or its date of birth.
pub(super) fn without_header(at: At<'_>, named: bool) -> Note {
    if named {
        let message =
            "The child has no date of birth in any Header, so no age can be told and the row is set aside. Enter DOB in the Header.";
        issue::NO_DATE_OF_BIRTH.at(at, "CHILD", at.child, message)
    } else {
        let message =
            "The child is in no Header, so sex, age and ethnicity are not known and the row is set aside. Add the child to the Header.";
        issue::NO_HEADER.at(at, "CHILD", at.child, message)
    }
}

/// Writes the children's columns.
pub(super) fn write(rows: &AuthorityRows, chosen: &ChosenChildren, history: &mut History) {
    let children = &mut history.children;
    children.authority = vec![0; chosen.all.len()];
    children.born = chosen.all.iter().map(|child| child.born).collect();
    children.sex = chosen.all.iter().map(|child| child.sex).collect();
    children.ethnicity = chosen.all.iter().map(|child| child.ethnicity).collect();
    children.uasc = chosen.all.iter().map(|child| child.uasc).collect();
    for child in &chosen.all {
        children.id.push(&String::from_utf8_lossy(rows.children.id(child.read_as)));
    }
}
