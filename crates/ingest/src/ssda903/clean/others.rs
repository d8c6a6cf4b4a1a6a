//! Rows of the other tables: each fact once, the newest return's, under its child.

use domain::Day;
use domain::history::History;

use super::super::cell::Marks;
use super::super::issue::{self, At, Issue, Note};
use super::super::kind::Kind;
use super::super::typed::{AuthorityRows, Fact, OtherRow};
use super::Held;
use super::children::{self, ChosenChildren, NOBODY};

/// Cleans the other tables and writes them to the history, each sorted by child and date.
pub(super) fn clean(rows: &mut AuthorityRows, children: &ChosenChildren, held: &[Held], history: &mut History, notes: &mut Vec<Note>) {
    let is_other = |kind: Kind| !matches!(kind, Kind::Header | Kind::Episodes | Kind::Uasc);
    history.tables_held = held.iter().filter(|held| held.used && is_other(held.kind)).map(|held| (held.kind.name(), held.year)).collect();
    history.tables_held.dedup();
    let mut others = std::mem::take(&mut rows.others);
    for row in &mut others {
        settle(row, rows, children, notes);
    }
    // Newest last among rows that say the same thing.
    let order = order(&others, children);
    for (at, &position) in order.iter().enumerate() {
        let row = others[position as usize];
        if row.place.marks.has(Marks::SET_ASIDE) {
            continue;
        }
        let next = order.get(at + 1).map(|&next| others[next as usize]);
        if let Some(next) = next
            && next.child == row.child
            && next.fact.kind() == row.fact.kind()
            && key(&next) == key(&row)
            && !next.place.marks.has(Marks::SET_ASIDE)
        {
            if next.place.year == row.place.year {
                let message = "The row stands twice in this table; the later line is used. Delete one of them.";
                note(&mut others[position as usize], rows, notes, issue::ROW_REPEATED, "CHILD", message.to_owned());
            }
            continue;
        }
        write(&mut others[position as usize], rows, children, held, history, notes);
    }
    rows.others = others;
}

/// Sets rows aside that belong to no child with a date of birth, or whose dates make no sense. Care leavers need no Header.
fn settle(row: &mut OtherRow, rows: &AuthorityRows, children: &ChosenChildren, notes: &mut Vec<Note>) {
    if row.place.marks.has(Marks::SET_ASIDE) {
        return;
    }
    let at =
        At { file: row.place.file, kind: row.fact.kind(), year: row.place.year, line: row.place.line, child: rows.children.id(row.child) };
    if children.place[row.child as usize] == NOBODY && row.fact.kind() != Kind::Oc3 {
        row.place.marks.add(Marks::SET_ASIDE);
        notes.push(children::without_header(at, children.named[row.child as usize]));
        return;
    }
    // Facts that carry their year do so from before the years were settled.
    match &mut row.fact {
        Fact::Health(fact) => fact.year = row.place.year,
        Fact::Leaver(fact) => fact.year = row.place.year,
        Fact::Adoption(fact) => fact.year = row.place.year,
        Fact::Permanence(fact) => fact.year = row.place.year,
        _ => {}
    }
    if let Some((start, Some(end))) = span(&row.fact)
        && end < start
    {
        row.place.marks.add(Marks::SET_ASIDE);
        let message = format!(
            "The end {} is before the start {}, so the row is set aside. Correct one of the dates.",
            end.statutory(),
            start.statutory()
        );
        notes.push(issue::ENDS_BEFORE_START.at(at, "", end.statutory().as_bytes(), message));
    }
}

fn order(others: &[OtherRow], children: &ChosenChildren) -> Vec<u32> {
    let mut order: Vec<u32> = (0..others.len() as u32).collect();
    order.sort_by_key(|&at| {
        let row = &others[at as usize];
        // Rows set aside come first, so that they stand between no two others.
        let used = !row.place.marks.has(Marks::SET_ASIDE);
        (used, row.fact.kind(), children.place[row.child as usize], row.child, key(row), row.place.year, row.place.file, row.place.line)
    });
    order
}

/// What makes two rows of a child and table the same: the day that begins the fact, or the year of the return.
fn key(row: &OtherRow) -> u32 {
    match &row.fact {
        Fact::Review(review) => review.on.number(),
        Fact::Decision(decision) => decision.decided.number(),
        fact => span(fact).map_or(u32::from(row.place.year), |(start, _)| start.number()),
    }
}

/// Start and end of facts that last.
fn span(fact: &Fact) -> Option<(Day, Option<Day>)> {
    match fact {
        Fact::Missing(fact) => Some((fact.start, fact.end)),
        Fact::Worker(fact) => Some((fact.start, fact.end)),
        Fact::Order(fact) => Some((fact.start, fact.end)),
        _ => None,
    }
}

fn note(row: &mut OtherRow, rows: &AuthorityRows, notes: &mut Vec<Note>, issue: Issue, column: &str, message: String) {
    row.place.marks.add(match issue.action {
        domain::Treatment::Cut => Marks::CUT,
        domain::Treatment::Repaired => Marks::REPAIRED,
        domain::Treatment::SetAside => Marks::SET_ASIDE,
        domain::Treatment::Kept => Marks::default(),
    });
    let id = rows.children.id(row.child);
    let at = At { file: row.place.file, kind: row.fact.kind(), year: row.place.year, line: row.place.line, child: id };
    notes.push(issue.at(at, column, &[], message));
}

/// The end of a fact that lasts: a later return of the same table would show it again if it had gone on, so an open row of an older one ended by the
/// last day of its year (stitching rule 2, as for episodes).
fn end(row: &mut OtherRow, rows: &AuthorityRows, held: &[Held], notes: &mut Vec<Note>) -> Option<Day> {
    let (start, end) = span(&row.fact)?;
    if end.is_some() {
        return end;
    }
    let kind = row.fact.kind();
    let newest = held.iter().filter(|held| held.used && held.kind == kind).map(|held| held.year).max()?;
    if row.place.year >= newest {
        return None;
    }
    let closed = Day::year_end(u32::from(row.place.year)).max(start);
    let message = format!(
        "The row is open in the return of {} and in no later one; it is read as ending on {}. Enter the end.",
        row.place.year,
        closed.statutory()
    );
    note(row, rows, notes, issue::OPEN_CLOSED_AT_YEAR_END, "", message);
    Some(closed)
}

fn write(row: &mut OtherRow, rows: &AuthorityRows, children: &ChosenChildren, held: &[Held], history: &mut History, notes: &mut Vec<Note>) {
    let end = end(row, rows, held, notes);
    let child = children.place[row.child as usize];
    match row.fact {
        Fact::Review(fact) => history.reviews.push(domain::history::Review { child, ..fact }),
        Fact::Health(fact) => history.health.push(domain::history::Health { child, ..fact }),
        Fact::Leaver(fact) => {
            let id = history.other_ids.push(&String::from_utf8_lossy(rows.children.id(row.child)));
            history.care_leavers.push(domain::history::CareLeaver { id, ..fact });
        }
        Fact::Adoption(fact) => history.adoptions.push(domain::history::Adoption { child, ..fact }),
        Fact::Decision(fact) => history.adoption_decisions.push(domain::history::AdoptionDecision { child, ..fact }),
        Fact::Permanence(fact) => history.previous_permanence.push(domain::history::PreviousPermanence { child, ..fact }),
        Fact::Missing(fact) => history.missing.push(domain::history::Missing { child, end, ..fact }),
        Fact::Worker(fact) => {
            let worker = history.other_ids.push(&String::from_utf8_lossy(rows.workers.id(fact.worker)));
            history.social_workers.push(domain::history::SocialWorker { child, worker, end, ..fact });
        }
        Fact::Order(fact) => history.dol_orders.push(domain::history::DolOrder { child, end, ..fact }),
    }
}
