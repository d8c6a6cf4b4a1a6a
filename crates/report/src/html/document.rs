//! One file with everything in it: no script, no other host.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Links, anchor, block, block_css, text};
use crate::block::{Report, Section};
use crate::provenance::{self, Entry};

/// The id of the part that tells how figures were made.
const HOW: &str = "how-figures-were-made";

/// The whole report as an HTML file.
pub fn write(report: &Report) -> String {
    let provenance = report.provenance();
    let links = Links::Here;
    html! {
        (DOCTYPE)
        html lang=(report.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Placewell";
                title { (report.title) " – " (report.authority) }
                style { (PreEscaped(block_css())) (PreEscaped(include_str!("document.css"))) }
            }
            body {
                a class="doc-skip" href="#main" { "Skip to main content" }
                header class="doc-cover" {
                    p class="doc-authority" { (report.authority) }
                    h1 { (report.title) }
                    p class="doc-subtitle" { (report.subtitle) }
                    p class="doc-date" { "As at " (report.as_of_words()) }
                    @for notice in &report.notices { p class="pw-note" { (text(notice, &links)) } }
                }
                (contents(report, !provenance.entries.is_empty()))
                main id="main" {
                    @for (i, part) in report.sections.iter().enumerate() { (section(i + 1, part, &links)) }
                    @if !provenance.entries.is_empty() { (how(&provenance.entries)) }
                }
                footer class="doc-foot" { p { (report.title) ", " (report.authority) ", as at " (report.as_of_words()) ". Made with Placewell." } }
            }
        }
    }
    .into_string()
}

fn contents(report: &Report, how: bool) -> Markup {
    html! {
        nav class="doc-contents" aria-labelledby="contents" {
            h2 id="contents" { "Contents" }
            ol {
                @for part in &report.sections { li { a href={ "#" (part.id) } { (part.title) } } }
                @if how { li { a href={ "#" (HOW) } { (provenance::TITLE) } } }
            }
        }
    }
}

fn section(number: usize, part: &Section, links: &Links) -> Markup {
    html! {
        section id=(part.id) aria-labelledby={ (part.id) "-heading" } {
            h2 id={ (part.id) "-heading" } { span class="doc-number" { (number) } " " (part.title) }
            @for each in &part.blocks { (block(each, links)) }
        }
    }
}

fn how(entries: &[Entry<'_>]) -> Markup {
    html! {
        section id=(HOW) aria-labelledby={ (HOW) "-heading" } {
            h2 id={ (HOW) "-heading" } { (provenance::TITLE) }
            p class="pw-p" { "Every underlined number leads here: what it counts, where it comes from, and what is not known." }
            @for entry in entries {
                details class="doc-how" open {
                    summary { (entry.number) ". " (entry.shared.name) }
                    dl class="pw-why" { @for (label, fact) in entry.facts() { div { dt { (label) } dd { (fact) } } } }
                    ul class="doc-ids" {
                        @for (id, why) in &entry.figures {
                            li id=(anchor(id)) {
                                code { (id) }
                                @if !why.rows.is_empty() { " · rows: " (why.rows) }
                                @if !why.unknown.is_empty() { " · not known: " (why.unknown) }
                            }
                        }
                    }
                }
            }
        }
    }
}
