//! The comparison as tables.

use report::block::{Cell, Column, Kind, Row as Line, Table, Text};
use service::benchmarks::{ChangeUnit, Comparison, Kind as Who, Row};
use service::indicators::Indicator;

use super::ask::Ask;
use super::own::Figures;
use crate::shown;

/// The rows that were published about the area: not the borrowed one of an authority that is made up.
pub(super) fn published<'a>(ask: &Ask, comparison: &'a Comparison<'_>) -> impl Iterator<Item = &'a Row> {
    let own_area = ask.name.clone();
    comparison.rows.iter().filter(move |row| row.kind != Who::Authority || row.area == own_area)
}

pub(super) fn name(row: &Row) -> String {
    match row.kind {
        Who::StatisticalNeighbours => {
            let most = row.behind.values().copied().max().unwrap_or(0);
            format!("Mean of {most} neighbours")
        }
        _ => row.area.clone(),
    }
}

/// The authority, its neighbours' mean, region and England.
pub(super) fn rows(ask: &Ask, comparison: &Comparison<'_>, own: Option<&Figures>) -> Table {
    let mut lines = Vec::new();
    if let Some(own) = own {
        let mut cells = vec![Cell::words(own.name.clone())];
        cells.extend(own.values.values().map(|&value| shown::published(value)));
        cells.extend([Cell::words("–"), Cell::words("–")]);
        lines.push(Line::new(cells).of(Kind::Actual));
    }
    lines.extend(
        published(ask, comparison).map(|row| line(row, name(row), if row.kind == Who::Authority { Kind::Actual } else { Kind::Benchmark })),
    );
    let source = comparison.indicator.source(comparison.years.1);
    let marked = Text::plain(
        "The mean of the neighbours is unweighted, over those with a figure in the year. Changes are worked out on unrounded figures.",
    );
    Table {
        id: "comparison".to_owned(),
        caption: format!("{}, {}", ask.name, comparison.indicator.title()),
        columns: columns(comparison),
        rows: lines,
        note: Some(marked),
        source: Some(format!("{}, {}, {}", source.publisher, source.title, service::dated::in_words(&source.vintage))),
    }
}

/// The neighbours one by one.
pub(super) fn members(comparison: &Comparison<'_>) -> Table {
    Table {
        id: "members".to_owned(),
        caption: "The neighbours one by one, nearest first".to_owned(),
        columns: columns(comparison),
        rows: comparison.members.iter().map(|row| line(row, row.area.clone(), Kind::Benchmark)).collect(),
        note: None,
        source: None,
    }
}

fn line(row: &Row, name: String, kind: Kind) -> Line {
    let mut cells = vec![Cell::words(name)];
    cells.extend(row.values.values().map(|&value| shown::published(value)));
    cells.extend([shown::change(row.change_on_year), shown::change(row.change_over_period)]);
    Line::new(cells).of(kind)
}

fn columns(comparison: &Comparison<'_>) -> Vec<Column> {
    let (from, to) = comparison.years;
    let unit = match comparison.change_unit {
        ChangeUnit::Percent => "%",
        ChangeUnit::PercentagePoints => "points",
    };
    let years = (from..=to).map(|year| Column::number(year_label(&comparison.indicator, year)));
    let changes = [format!("On year, {unit}"), format!("Since {}, {unit}", year_label(&comparison.indicator, from))];
    [Column::header("Area")].into_iter().chain(years).chain(changes.map(Column::number)).collect()
}

/// As the publisher writes it, without the mark for outturn.
pub(super) fn year_label(indicator: &Indicator<'_>, year: u32) -> String {
    indicator.year_label(year).trim_end_matches(" (OT)").to_owned()
}
