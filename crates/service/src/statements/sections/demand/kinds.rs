//! What is expected of each kind of home, year by year.

use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Table};

use super::super::super::ahead::{GROUPS, Need, names};
use super::super::super::bench::own_source;
use super::super::super::draft::Draft;
use super::super::super::foresight;
use super::own::{bands, years};
use crate::forecasts::TOTAL;

/// What a group of the forecast is called in a statement.
pub(super) fn title(group: &str) -> String {
    match group {
        "Fostering" => "Foster care, family and friends among it".to_owned(),
        "Residential" => "Children’s homes and residential schools".to_owned(),
        "Supported" => "Supported accommodation and independent living".to_owned(),
        "Other" => "Everywhere else: adopters, parents, secure homes, others".to_owned(),
        _ => "All children in care".to_owned(),
    }
}

pub(super) fn blocks(draft: &mut Draft<'_, '_>, need: &Need) -> Vec<Block> {
    let mut rows = Vec::new();
    for date in years(need) {
        for group in names() {
            let Some(line) = need.lines.iter().find(|line| line.group == group && line.date == date) else { continue };
            let why = foresight::why(draft.material, need, &title(group), line);
            let shown = need.shown(group, date).map(|line| line.chance_of_more);
            let chance = foresight::chance(
                &foresight::id(group, date),
                shown,
                "The share of futures with more children there than on the last known day.",
                &why,
            );
            let mut cells = vec![Cell::words(title(group)), Cell::words(date.long())];
            cells.extend(bands(draft, need, group, date));
            cells.push(foresight::chance_cell(draft, &chance));
            let row = Row::new(cells).of(NumberKind::Forecast);
            rows.push(if group == TOTAL { row.total() } else { row });
        }
    }
    let mut columns = vec![Column::header("Kind of home"), Column::words("On")];
    columns.extend(["Middle", "80% from", "to", "95% from", "to", "Chance of more than now"].map(Column::number));
    let mut note = "Kinds need not add up to the total: the middle of a sum is not the sum of middles. Today’s numbers by these kinds are not printed here, because other \
                    sections divide the same children otherwise and small differences would show."
        .to_owned();
    if need.withheld[..GROUPS - 1].contains(&true) {
        note.push_str(" A kind that holds few children now is withheld at every date, and another one with it.");
    }
    vec![Block::Table(Table {
        id: "forecast-kinds".into(),
        caption: format!("Children of {} expected by kind of home", draft.material.name),
        columns,
        rows,
        note: Some(note.into()),
        source: Some(own_source(draft.material).source),
    })]
}
