//! 1: the statement in brief, the duty it answers to, how to read it, and what it rests on.

use reference::published::data_set;
use report::block::{Block, Cell, Column, KeyFigure, List, Order, Row, Section, Table, Text};

use super::super::bench::{Bench, neighbours_named};
use super::super::draft::Draft;
use super::super::material::Material;
use super::super::series::Series;
use crate::benchmarks::Kind;
use crate::{dated, holdings};

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    blocks.extend(super::children::finding(draft).map(Block::Paragraph));
    let figures = key_figures(draft);
    if !figures.is_empty() {
        blocks.push(Block::KeyFigures(figures));
    }
    blocks.push(Block::Heading("The duty".into()));
    blocks.push(Block::Paragraph(
        Text::plain("A local authority must secure, so far as reasonably practicable, enough accommodation within its area that meets the needs of the children it looks after whose welfare is served by living there (")
            .link("section 22G of the Children Act 1989", "https://www.legislation.gov.uk/ukpga/1989/41/section/22G")
            .and("). The duty is strategic: it is about having the right homes, not about one child’s placement. It is more than a number of beds: the statutory guidance (")
            .emphasis("Securing sufficient accommodation for looked after children")
            .and(", 2010) asks for a range of homes and providers, in the right place, at the right time. ")
            .and(format!("This statement sets out what is known of that for {} on {}.", material.name, material.as_of.long())),
    ));
    blocks.push(Block::Heading("How to read it".into()));
    blocks.push(Block::List(List { order: Order::Loose, items: how_to_read(material) }));
    blocks.push(Block::Heading("Sources".into()));
    blocks.push(Block::Table(inputs(draft)));
    blocks.push(Block::Note(reference::notices().join(" ").into()));
    Section::new("purpose", "Purpose, and the statement in brief", blocks)
}

fn key_figures(draft: &mut Draft<'_, '_>) -> Vec<KeyFigure> {
    let material = draft.material;
    let to = material.last_year();
    let wanted: [(&str, Option<Series<'_>>); 4] = [
        ("Children in care per 10,000 under 18", Series::measure(material, "children-looked-after-rate")),
        ("Living inside the boundary", Series::share(material, "cla_31_march", "locality", "in")),
        ("Living with foster carers", Series::share(material, "cla_31_march", "placement", "foster")),
        ("Three or more placements in the year", Series::measure(material, "three-or-more-placements")),
    ];
    let mut figures = Vec::new();
    for (label, series) in wanted {
        let Some((series, first)) = series.and_then(|series| series.held.map(|held| (series, held.0))) else { continue };
        if first > to {
            continue;
        }
        let bench = material.bench(series, first, to);
        let Some(year) = bench.newest().filter(|&year| bench.own(material, year).known().is_some()) else { continue };
        let reason = beside(draft, &bench, year);
        figures.push(draft.key_figure(&format!("{label}, {year}"), &bench.own(material, year), reason));
    }
    figures
}

/// `England 67, statistical neighbours 99.6.`
fn beside(draft: &mut Draft<'_, '_>, bench: &Bench<'_>, year: u32) -> Text {
    let Some(others) = bench.newest_of_others(year) else { return Text::default() };
    let mut text = Text::default();
    for (kind, name) in [(Kind::StatisticalNeighbours, "statistical neighbours"), (Kind::Nation, "England")] {
        let Some(row) = bench.row(kind) else { continue };
        let figure = bench.figure(draft.material, row, others);
        if figure.known().is_some() {
            let join = if text.is_empty() { "" } else { ", " };
            text = draft.say(text.and(format!("{join}{name} ")), &figure);
        }
    }
    if others != year {
        text = text.and(format!(" in {others}"));
    }
    text.and(".")
}

fn how_to_read(material: &Material<'_>) -> Vec<Text> {
    vec![
        Text::default().strong("Every figure says where it comes from. ").and("Underlined numbers lead to their definition, source, edition and what is not known."),
        Text::default().strong("Kinds of number. ").and("Actual is what was counted for this authority; benchmark is what others have. A forecast is what is expected, a plan what was chosen so that budgets hold, a target what is aimed at: three numbers, never merged. Tables that hold more than one kind say which is which."),
        Text::default().strong("Marks. ").and("[c] withheld because the number is small or would give a small one away; [k] more than nothing but rounds to nothing; [u] not known; [x] not available; [z] not applicable. A mark is never a nought, and 0 is a counted nought."),
        Text::default().strong("Changes. ").and("Counts, rates and money change in percent; figures that are percentages change in percentage points. Both are worked out from unrounded figures and rounded half up once."),
        Text::default().strong("Comparison. ").and("Statistical neighbours (unweighted mean of those with a figure), region and England always stand apart. England and regions are rounded to 10 by the publisher."),
        Text::plain(neighbours_named(material)),
        Text::default().strong("Not known. ").and("Where the inputs cannot say something a statement should, it says so, with the record that would."),
    ]
}

/// The data sets and returns behind the statement.
fn inputs(draft: &Draft<'_, '_>) -> Table {
    const SETS: [&str; 13] = [
        "measures",
        "cla_31_march",
        "cla_started",
        "cla_ceased",
        "cla_new_placements",
        "cla_stability",
        "population_0_17",
        "statistical_neighbours",
        "adjacency",
        "postcodes",
        "ofsted_settings",
        "ofsted_movements",
        "ilacs",
    ];
    let material = draft.material;
    let mut rows = Vec::new();
    if let Some(own) = material.own() {
        let covers =
            own.holding.read.history.covers.map_or_else(String::new, |(first, last)| format!("{} to {}", first.long(), last.long()));
        let fingerprint = own.holding.fingerprint().map_or(holdings::CHANGED.to_owned(), |full| format!("SHA-256 {}…", &full[..16]));
        rows.push(Row::new(vec![
            Cell::words(format!("SSDA903 return of {}", material.name)),
            Cell::words(covers),
            Cell::words(fingerprint),
            Cell::words("The authority’s own"),
        ]));
    }
    for set in SETS.into_iter().filter_map(data_set) {
        let source = set.source();
        let vintages =
            material.app.published().table(set.name).map_or_else(|| source.vintage.clone(), |table| table.vintages().join("; then "));
        rows.push(Row::new(vec![
            Cell::words(format!("{}, {}", source.publisher, source.title)),
            Cell::words(set.years),
            Cell::words(dated::in_words(&vintages)),
            Cell::words(source.licence),
        ]));
    }
    rows.dedup_by(|a, b| a.cells.iter().map(|cell| &cell.shown).eq(b.cells.iter().map(|cell| &cell.shown)));
    Table {
        id: "inputs".into(),
        caption: "What this statement rests on".into(),
        columns: vec![Column::header("Source"), Column::words("Years"), Column::words("Edition"), Column::words("Licence")],
        rows,
        note: None,
        source: None,
    }
}
