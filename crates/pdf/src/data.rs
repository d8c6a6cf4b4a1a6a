//! The report as the template reads it: plain JSON, so that no text can ever be read as markup.

use report::Report;
use report::block::{Block, Cell, Chart, FigureId, KeyFigure, Kind, Order, Raw, Role, Row, Span, Table, Text, Tone, Weight};
use report::layout;
use report::provenance::{self, Provenance};
use serde_json::{Value, json};

/// Sizes of text in tables, in points: as a rule, and the least that still reads on paper.
const TABLE: f64 = 9.5;
const LEAST_TABLE: f64 = 8.0;

/// Labels of key figures are set smaller than the text that line counts are measured at: more fits on a line.
const LABEL_SIZE: f64 = 1.08;

/// The data, and each drawing with the file name that the data calls it by.
pub(crate) fn of(report: &Report) -> (Value, Vec<(String, &str)>) {
    let provenance = Provenance::by_source(&report.figures);
    let mut drawings = Vec::new();
    let sections: Vec<Value> = report
        .sections
        .iter()
        .map(|section| {
            let blocks: Vec<Value> = section.blocks.iter().map(|each| block(each, &provenance, &mut drawings)).collect();
            json!({ "title": section.title, "blocks": blocks })
        })
        .collect();
    let behind: Vec<Value> = charts(report).map(|chart| table(&chart.table, &provenance)).collect();
    let entries: Vec<Value> = provenance
        .entries
        .iter()
        .map(|entry| {
            let facts: Vec<Value> = entry.edition().into_iter().map(|(label, text)| json!([label, text])).collect();
            let ways: Vec<Value> = entry.ways().iter().map(|way| json!({ "title": way.title(), "what": way.what })).collect();
            json!({ "number": entry.number, "name": entry.publication(), "facts": facts, "ways": ways })
        })
        .collect();
    let data = json!({
        "title": report.title,
        "subtitle": report.subtitle,
        "authority": report.authority,
        "date": report.as_of_words(),
        "language": report.language.tag(),
        "notices": report.notices.iter().map(text).collect::<Vec<_>>(),
        "sections": sections,
        "behind": behind,
        "how_title": provenance::TITLE,
        "how_in_short": provenance::IN_SHORT,
        "how": entries,
    });
    (data, drawings)
}

fn charts(report: &Report) -> impl Iterator<Item = &Chart> {
    report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    })
}

fn block<'a>(block: &'a Block, provenance: &Provenance<'_>, drawings: &mut Vec<(String, &'a str)>) -> Value {
    match block {
        Block::Paragraph(words) => json!({ "is": "paragraph", "text": text(words) }),
        Block::Heading(heading) => json!({ "is": "heading", "text": heading }),
        Block::KeyFigures(figures) => {
            // Labels take the same height, so that the numbers under them stand in line.
            let share = 0.9 / figures.len().clamp(1, 4) as f64;
            let lines = figures.iter().map(|figure| layout::line_count(&key_label(figure), share * LABEL_SIZE)).max();
            let figures: Vec<Value> = figures.iter().map(|figure| key_figure(figure, provenance)).collect();
            json!({ "is": "figures", "figures": figures, "label_lines": lines })
        }
        Block::Table(t) => json!({ "is": "table", "table": table(t, provenance) }),
        Block::Chart(chart) => {
            let name = format!("chart-{}.svg", drawings.len() + 1);
            drawings.push((name.clone(), &chart.svg));
            json!({
                "is": "chart", "file": name, "title": chart.title, "summary": chart.summary, "source": chart.table.source,
                "number": drawings.len(), "how": how(provenance, chart.table.figures()),
            })
        }
        Block::Note(words) => json!({ "is": "note", "text": text(words) }),
        Block::List(list) => {
            let items: Vec<Value> = list.items.iter().map(text).collect();
            json!({ "is": "list", "numbered": list.order == Order::Numbered, "items": items })
        }
        Block::NotKnown(gap) => {
            json!({ "is": "gap", "label": gap.label(), "what": text(&gap.what), "filled_by": text(&gap.filled_by) })
        }
        Block::PageBreak => json!({ "is": "break" }),
    }
}

fn text(words: &Text) -> Value {
    let span = |span: &Span| match span {
        Span::Plain(text) => json!({ "is": "plain", "text": text }),
        Span::Strong(text) => json!({ "is": "strong", "text": text }),
        Span::Emphasis(text) => json!({ "is": "emphasis", "text": text }),
        Span::Link { text, address } => json!({ "is": "link", "text": text, "address": address }),
        Span::Figure { shown, .. } => json!({ "is": "plain", "text": shown }),
    };
    Value::Array(words.0.iter().map(span).collect())
}

fn key_figure(figure: &KeyFigure, provenance: &Provenance<'_>) -> Value {
    let tone = match figure.tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Poor => "poor",
    };
    json!({
        "label": key_label(figure), "shown": figure.shown, "reason": text(&figure.reason), "tone": tone,
        "how": how(provenance, figure.figure.iter()),
    })
}

fn key_label(figure: &KeyFigure) -> String {
    if figure.kind == Kind::Actual { figure.label.clone() } else { format!("{} ({})", figure.label, figure.kind.word()) }
}

fn how<'a>(provenance: &Provenance<'_>, figures: impl Iterator<Item = &'a FigureId>) -> Vec<usize> {
    provenance.numbers(figures)
}

fn table(table: &Table, provenance: &Provenance<'_>) -> Value {
    let mixed = table.mixes_kinds();
    // Wide tables are set smaller first; what then is still too wide breaks its words.
    let widths = layout::fitted_widths(table, layout::ROOM * TABLE / LEAST_TABLE);
    let wanted: f64 = widths.iter().sum();
    let columns: Vec<Value> = table
        .columns
        .iter()
        .zip(&widths)
        .map(|(column, width)| {
            let kind = column.kind.filter(|_| mixed).map(report::block::Kind::word);
            json!({ "header": column.header, "numeric": column.role == Role::Number, "kind": kind, "share": width / wanted.max(1.0) })
        })
        .collect();
    let rows: Vec<Value> = table.rows.iter().map(|each| row(each, table, mixed)).collect();
    json!({
        "caption": table.caption, "columns": columns, "rows": rows, "row_headers": table.has_row_headers(),
        "marks": table.key_to_marks(), "note": table.note.as_ref().map(text), "source": table.source,
        "how": how(provenance, table.figures()),
        "size": (TABLE * layout::ROOM / wanted.max(layout::ROOM)).clamp(LEAST_TABLE, TABLE),
    })
}

fn row(row: &Row, table: &Table, mixed: bool) -> Value {
    let cells: Vec<Value> = row
        .cells
        .iter()
        .zip(&table.columns)
        .map(|(cell, column)| {
            let heads = column.role == Role::Header;
            let kind = cell.kind.or(row.kind.filter(|_| heads)).filter(|_| mixed).map(report::block::Kind::word);
            json!({ "shown": shown(cell), "kind": kind })
        })
        .collect();
    json!({ "cells": cells, "total": row.weight == Weight::Total })
}

fn shown(cell: &Cell) -> &str {
    // An empty number cell reads as a fault; a dash says that nothing was meant to stand there.
    if cell.shown.is_empty() && cell.raw != Raw::Words { "–" } else { &cell.shown }
}
