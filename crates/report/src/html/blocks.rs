//! Each block as markup.

use maud::{Markup, PreEscaped, html};

use super::Links;
use crate::block::{
    Block, Cell, Chart, Column, FigureId, KeyFigure, Kind, List, NotKnown, Order, Role, Row, Span, Table, Text, Tone, Weight, Why,
};

/// Any block. A page break is a mark that only print sees.
pub fn block(block: &Block, links: &Links) -> Markup {
    match block {
        Block::Paragraph(text) => paragraph(text, links),
        Block::Heading(heading) => html! { h3 class="pw-heading" { (heading) } },
        Block::KeyFigures(figures) => key_figures(figures, links),
        Block::Table(t) => table(t, links),
        Block::Chart(c) => chart(c, links),
        Block::Note(text) => note(text, links),
        Block::List(l) => list(l, links),
        Block::NotKnown(gap) => not_known(gap, links),
        Block::PageBreak => html! { div class="pw-page-break" {} },
    }
}

/// A paragraph.
pub fn paragraph(words: &Text, links: &Links) -> Markup {
    html! { p class="pw-p" { (text(words, links)) } }
}

/// Text with its emphasis and links.
pub fn text(words: &Text, links: &Links) -> Markup {
    html! {
        @for span in &words.0 {
            @match span {
                Span::Plain(text) => (text),
                Span::Strong(text) => strong { (text) },
                Span::Emphasis(text) => em { (text) },
                Span::Link { text, address } => a href=(address) { (text) },
                Span::Figure { shown, id } => (figure(shown, Some(id), links)),
            }
        }
    }
}

/// A few big figures side by side.
pub fn key_figures(figures: &[KeyFigure], links: &Links) -> Markup {
    html! {
        dl class="pw-figures" {
            @for figure in figures {
                div class="pw-figure" {
                    dt { (figure.label) @if figure.kind != Kind::Actual { (kind_tag(figure.kind)) } }
                    dd {
                        span class={ "pw-number" (tone_class(figure.tone)) } { (figure.shown) }
                        div class="pw-reason" {
                            (text(&figure.reason, links))
                            @if let Some(address) = figure.figure.as_ref().and_then(|id| links.address(id)) {
                                " " a href=(address) { "Why" span class="pw-hidden" { " is " (figure.label) " " (figure.shown) } "?" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A table with caption, headers, the meaning of its marks, note and source. Wide tables scroll inside themselves.
pub fn table(table: &Table, links: &Links) -> Markup {
    let id = format!("{}-caption", table.id);
    html! {
        div class="pw-table" id=(table.id) {
            div class="pw-scroll" role="region" aria-labelledby=(id) tabindex="0" {
                table {
                    caption id=(id) { (table.caption) }
                    thead { tr { @for column in &table.columns { (column_header(column, table.mixes_kinds())) } } }
                    tbody { @for row in &table.rows { (table_row(row, table, links)) } }
                }
            }
            @if let Some(key) = table.key_to_marks() { p class="pw-under" { (key) } }
            @if let Some(note) = &table.note { p class="pw-under" { (text(note, links)) } }
            @if let Some(source) = &table.source { p class="pw-under" { "Source: " (source) } }
        }
    }
}

fn column_header(column: &Column, kinds: bool) -> Markup {
    html! {
        th scope="col" class=[numeric(column)] {
            (column.header)
            @if let Some(kind) = column.kind.filter(|_| kinds) { (kind_tag(kind)) }
        }
    }
}

fn table_row(row: &Row, table: &Table, links: &Links) -> Markup {
    let kinds = table.mixes_kinds();
    html! {
        tr class=[(row.weight == Weight::Total).then_some("pw-total")] {
            @for (cell, column) in row.cells.iter().zip(&table.columns) {
                @if column.role == Role::Header {
                    th scope="row" { (cell_content(cell, kinds, links)) @if let Some(kind) = row.kind.filter(|_| kinds) { (kind_tag(kind)) } }
                } @else {
                    td class=[numeric(column)] { (cell_content(cell, kinds, links)) }
                }
            }
        }
    }
}

fn cell_content(cell: &Cell, kinds: bool, links: &Links) -> Markup {
    html! {
        (figure(&cell.shown, cell.figure.as_ref(), links))
        @if let Some(kind) = cell.kind.filter(|_| kinds) { (kind_tag(kind)) }
    }
}

/// A drawing under its finding, with its summary, and its table to open beneath.
pub fn chart(chart: &Chart, links: &Links) -> Markup {
    let title = format!("{}-finding", chart.id);
    html! {
        figure class="pw-chart" id=(chart.id) {
            figcaption {
                strong class="pw-finding" id=(title) { (chart.title) }
                span class="pw-summary" { (chart.summary) }
            }
            div class="pw-drawing pw-scroll" role="region" aria-labelledby=(title) tabindex="0" { (PreEscaped(&chart.svg)) }
            details class="pw-numbers" {
                summary { "Numbers in this chart" span class="pw-hidden" { ": " (chart.title) } }
                (table(&chart.table, links))
            }
            @if let Some(source) = &chart.table.source { p class="pw-under pw-screen" { "Source: " (source) } }
        }
    }
}

/// Something to bear in mind, set apart.
pub fn note(words: &Text, links: &Links) -> Markup {
    html! { p class="pw-note" { (text(words, links)) } }
}

/// A list.
pub fn list(list: &List, links: &Links) -> Markup {
    let items = html! { @for item in &list.items { li { (text(item, links)) } } };
    match list.order {
        Order::Loose => html! { ul class="pw-list" { (items) } },
        Order::Numbered => html! { ol class="pw-list" { (items) } },
    }
}

/// What the inputs cannot say, and what would fill it.
pub fn not_known(gap: &NotKnown, links: &Links) -> Markup {
    html! {
        div class="pw-gap" {
            p { strong { (gap.label()) ": " } (text(&gap.what, links)) }
            p { "What would fill it: " (text(&gap.filled_by, links)) }
        }
    }
}

/// How one figure was made, as a list of facts; empty facts are left out.
pub fn why(why: &Why) -> Markup {
    let facts = [
        ("Definition", &why.definition),
        ("Source", &why.source),
        ("Vintage", &why.vintage),
        ("Licence", &why.licence),
        ("Snapshot", &why.snapshot),
        ("Rows", &why.rows),
        ("Not known", &why.unknown),
    ];
    html! {
        dl class="pw-why" {
            @for (label, fact) in facts {
                @if !fact.is_empty() { div { dt { (label) } dd { (fact) } } }
            }
        }
    }
}

fn figure(shown: &str, id: Option<&FigureId>, links: &Links) -> Markup {
    html! {
        @if let Some(address) = id.and_then(|id| links.address(id)) { a class="pw-ask" href=(address) { (shown) } } @else { (shown) }
    }
}

fn kind_tag(kind: Kind) -> Markup {
    html! { " " span class="pw-kind" { (kind.word()) } }
}

fn numeric(column: &Column) -> Option<&'static str> {
    (column.role == Role::Number).then_some("pw-n")
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "",
        Tone::Good => " pw-good",
        Tone::Poor => " pw-poor",
    }
}
