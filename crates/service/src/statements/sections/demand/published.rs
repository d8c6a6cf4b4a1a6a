//! What published figures alone can say: the number of children a year ahead, and how good such forecasts were.

use domain::Value;
use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Table, Text, Why};
use report::chart::Unit;

use super::super::super::bench::{Bench, snapshot};
use super::super::super::draft::{Draft, Figure};
use super::super::super::foresight;
use super::super::super::series::Series;
use super::super::super::words;
use crate::dated;
use crate::forecasts::{self, NextYear, Spread};

pub(super) fn blocks(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let mut blocks = next_year(draft);
    if draft.material.own().is_some() {
        blocks.push(Block::Paragraph(
            Text::default()
                .strong("No forecast from the returns is in this edition. ")
                .and("It takes longer than reading a page and is worked out apart."),
        ));
        blocks.rotate_right(1);
        return blocks;
    }
    if blocks.is_empty() {
        blocks.push(draft.not_known(
            "How many children to expect next year",
            "a published number of this authority for the last year and at least two before it, or its returns",
        ));
    }
    blocks.push(draft.not_known(
        "A forecast by kind of home, further than a year, with scenarios and its own record",
        "several years of the authority’s returns: published figures hold no child’s history",
    ));
    blocks
}

/// The authority's published number a year ahead; nothing where it has none.
pub(super) fn next_year(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(next) = material.subject.and_then(|area| forecasts::next_year(material.app, area, material.year)) else { return Vec::new() };
    let Some(series) = Series::measure(material, "children-looked-after") else { return Vec::new() };
    let bench = material.bench(series, next.known.saturating_sub(1), next.known);
    vec![Block::Paragraph(finding(draft, &bench, &next)), Block::Table(numbers(draft, &bench, &next)), Block::Note(record(&next).into())]
}

fn finding(draft: &mut Draft<'_, '_>, bench: &Bench<'_>, next: &NextYear) -> Text {
    let year = next.known + 1;
    let figure = |part: &str, value: f64| figure(bench, draft, year, part, value);
    let (low, middle, high) =
        (figure("lo80", next.spread.eighty.0), figure("middle", next.spread.median), figure("hi80", next.spread.eighty.1));
    let text = draft.say(Text::plain("Between "), &low);
    let text = draft.say(text.and(" and "), &high);
    let text = draft.say(text.and(format!(" children are expected in care on 31 March {year}, in four of five cases, with ")), &middle);
    let text = draft.say(text.and(" in the middle, after "), &bench.own(draft.material, next.known)).and(format!(" in {}. ", next.known));
    text.and("This rests on published counts alone: it knows no child, no kind of home and nothing beyond a year.")
}

fn figure(bench: &Bench<'_>, draft: &Draft<'_, '_>, year: u32, part: &str, value: f64) -> Figure {
    let source = (bench.series.source)(year - 1);
    Figure {
        id: format!("forecast.published.{year}.{part}"),
        value: Value::Known(value),
        unit: Unit::count(),
        kind: NumberKind::Forecast,
        why: Why {
            name: format!("Children looked after on 31 March {year}, forecast"),
            definition: format!(
                "The published number of {} moved on by the mean growth of all authorities, drawn towards none, and by the part of the authority’s own growth beside it that was \
                 found again a year later in the past of all; spread by the same rule’s own past errors. {}",
                year - 1,
                part_words(part)
            ),
            source: source.as_ref().map_or_else(String::new, |source| format!("Placewell, from {}, {}", source.publisher, source.title)),
            vintage: source.as_ref().map_or_else(String::new, |source| dated::in_words(&source.vintage)),
            licence: source.map_or_else(String::new, |source| source.licence),
            snapshot: snapshot(draft.material, bench.series.table),
            rows: "one number a year and authority, every authority of England".to_owned(),
            ..Why::default()
        },
    }
}

fn part_words(part: &str) -> &'static str {
    match part {
        "middle" => "As many cases lie below as above.",
        "lo80" => "One case in ten lies below.",
        "hi80" => "One case in ten lies above.",
        "lo95" => "One case in forty lies below.",
        "hi95" => "One case in forty lies above.",
        _ => "The share of cases with more children than in the last published year.",
    }
}

fn numbers(draft: &mut Draft<'_, '_>, bench: &Bench<'_>, next: &NextYear) -> Table {
    let mut rows = Vec::new();
    let line = |draft: &mut Draft<'_, '_>, year: u32, spread: &Spread| -> Vec<Cell> {
        let parts = [
            ("middle", spread.median),
            ("lo80", spread.eighty.0),
            ("hi80", spread.eighty.1),
            ("lo95", spread.ninety_five.0),
            ("hi95", spread.ninety_five.1),
        ];
        let mut cells = vec![Cell::words(format!("31 March {year}"))];
        for (part, value) in parts {
            let figure = figure(bench, draft, year, part, value);
            cells.push(draft.cell(&figure));
        }
        cells
    };
    if let Some(before) = &next.a_year_before {
        let mut cells = line(draft, next.known, before);
        cells.push(draft.cell(&bench.own(draft.material, next.known)));
        let error = before.median - next.last;
        cells.push(Cell::number(error, words::signed(&Unit::count(), error)));
        cells.push(Cell::words(""));
        rows.push(Row::new(cells));
    }
    let mut cells = line(draft, next.known + 1, &next.spread);
    cells.extend([Cell::words("not yet"), Cell::words("")]);
    let chance = Figure {
        unit: Unit::percent(0),
        value: Value::Known(next.chance_of_more * 100.0),
        ..figure(bench, draft, next.known + 1, "chance-of-more", 0.0)
    };
    cells.push(foresight::chance_cell(draft, &chance));
    rows.push(Row::new(cells));
    let mut columns = vec![Column::header("Date")];
    columns.extend(["Middle", "80% from", "to", "95% from", "to"].map(|head| Column::number(head).of(NumberKind::Forecast)));
    columns.push(Column::number("Published").of(NumberKind::Actual));
    columns.push(Column::number("Too many (+) or too few (−)"));
    columns.push(Column::number("Chance of more than the year before").of(NumberKind::Forecast));
    Table {
        id: "published-forecast".into(),
        caption: format!("Children looked after by {}: expected from published counts", draft.material.name),
        columns,
        rows,
        note: Some("The first row is what the same rule would have said a year before, and what came.".into()),
        source: (bench.series.source)(next.known).map(|source| format!("{}, {} ({})", source.publisher, source.title, source.licence)),
    }
}

fn record(next: &NextYear) -> String {
    let record = &next.record;
    let one = Unit { places: 1, ..Unit::default() };
    let nearer = match record.ratio.interval {
        Some((_, high)) if high < 1.0 => "it was nearer than carrying the last number forward",
        Some((low, _)) if low > 1.0 => "carrying the last number forward was nearer",
        _ => "it was neither nearer nor farther than carrying the last number forward, as far as so few years can tell",
    };
    let interval = record.ratio.interval.map_or_else(String::new, |(low, high)| format!(", 95% interval {low:.2} to {high:.2}"));
    format!(
        "How such forecasts did: over {} authorities and the years {} to {}, each from what was published before it, the middle missed by {} children on average (the last number \
         carried forward by {}), {:.0}% of what came lay in the 80% band and {:.0}% in the 95% band; {nearer} (score {:.2} of its score{interval}). Years are few and a shock reaches all \
         authorities at once, as in 2020-21.",
        record.authorities,
        record.years.0,
        record.years.1,
        one.show(record.summary.mae),
        one.show(record.last_value.mae),
        record.summary.covered[1] * 100.0,
        record.summary.covered[2] * 100.0,
        record.ratio.ratio
    )
}
