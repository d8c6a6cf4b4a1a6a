//! M28: missing from care.

use domain::code::Code;
use domain::history::Missing;

use super::{Card, Direction, Member, Over, Settings, Tally, Unit};
use crate::view::View;

const MISSING: Code = Code::of("M");
const AWAY: Code = Code::of("A");
const SOURCE: &str =
    "Department for Education, children missing from care; some authorities record no A, so their M is too high (dossier B9)";

pub(super) static CARDS: [Card; 3] = [
    Card {
        id: "M28a",
        label: "Children who went missing",
        unit: Unit::Ratio,
        direction: Direction::Low,
        definition: "Children looked after on any day of the range who went missing (M, whereabouts not known) in it, over all children looked after on any \
                     day of it.",
        source: SOURCE,
        needs: Some(("Missing", Over::Range)),
        count: children_missing,
    },
    Card {
        id: "M28b",
        label: "Incidents of going missing",
        unit: Unit::Incidents,
        direction: Direction::Low,
        definition: "Times that children looked after went missing (M) in the range of days, counted on the day they began.",
        source: SOURCE,
        needs: Some(("Missing", Over::Range)),
        count: incidents,
    },
    Card {
        id: "M28c",
        label: "Children away without authorisation",
        unit: Unit::Ratio,
        direction: Direction::Low,
        definition: "Children looked after on any day of the range who were away from their placement without authorisation (A, whereabouts known) in it, \
                     over all children looked after on any day of it.",
        source: SOURCE,
        needs: Some(("Missing", Over::Range)),
        count: children_away,
    },
];

/// A child's rows, and the position of the first.
fn rows_of<'a>(view: &View<'a>, child: u32) -> (usize, &'a [Missing]) {
    let missing = &view.history.missing;
    let from = missing.partition_point(|row| row.child < child);
    let until = from + missing[from..].partition_point(|row| row.child == child);
    (from, &missing[from..until])
}

fn began(view: &View, row: &Missing, kind: Code) -> bool {
    row.kind == kind && view.range.from <= row.start && row.start <= view.range.to
}

fn children_missing(view: &View, _: &Settings, tally: &mut Tally) {
    children(view, MISSING, tally);
}

fn children_away(view: &View, _: &Settings, tally: &mut Tally) {
    children(view, AWAY, tally);
}

fn children(view: &View, kind: Code, tally: &mut Tally) {
    for at in view.admitted(view.timeline.looked_after_during(view.history, view.range.from, view.range.to)) {
        if rows_of(view, at.child).1.iter().any(|row| began(view, row, kind)) { tally.yes(&at) } else { tally.no() }
    }
}

fn incidents(view: &View, _: &Settings, tally: &mut Tally) {
    for at in view.admitted(view.timeline.looked_after_during(view.history, view.range.from, view.range.to)) {
        let (first, rows) = rows_of(view, at.child);
        let counted = rows.iter().enumerate().filter(|(_, row)| began(view, row, MISSING));
        counted.for_each(|(at, _)| tally.yes(Member::Missing((first + at) as u32)));
    }
}
