//! Why a measure is what it is: definition, source, snapshot, and the rows behind it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use service::cohorts::{self, RowBehind, Why};
use service::counts::measure::{Measured, Unit};
use service::holdings::Holding;

use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, Size, SummaryList, SummaryRow, Table};
use crate::page::{Page, Room, layout};
use crate::pages::children::question::Question;
use crate::parts::Scroll;
use crate::{app, shown};

/// Rows on the page; the file has them all.
const SHOWN: usize = 200;

/// `GET /why/{measure}`, for the children of `/children` with the same query.
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    Path(measure): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Markup, Error> {
    let (holding, question) = (state.holding.as_ref().ok_or(Error::NotFound)?, Question::read(&Asked::new(pairs))?);
    let why = cohorts::why(&state.app, holding, &question.request, &measure)?;
    let measured = &why.measured;
    let rows_file = question.asked.of(&format!("/why/{}/rows.csv", measured.id));
    let back = question.asked.of("/children");
    let body = html! {
        (facts(&state, holding, &question, measured)?)
        @if measured.why_not.is_none() { div class="pw-prose" { h2 { "What would change it" } (levers(measured)) } }
        (rows("Rows behind the figure", "counted", &why.counted))
        (rows("Rows for which it is not known", "unknown", &why.not_known))
    };
    let actions = html! {
        @if !why.counted.is_empty() || !why.not_known.is_empty() {
            (Button { text: "Download every row (CSV)", look: Look::Secondary, press: Press::Follow(&rows_file) })
        }
    };
    let heading = format!("{}: {}", measured.label, shown::measured(measured));
    let page = Page {
        title: format!("Why: {}", measured.label),
        room: Some(Room::Children),
        trail: &[("Children", &back)],
        actions,
        body,
        ..Page::new(heading)
    };
    Ok(layout(Some(&state.place), &page))
}

/// `GET /why/{measure}/rows.csv`
pub(super) async fn rows_csv(
    State(state): State<Arc<app::State>>,
    Path(measure): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let (holding, question) = (state.holding.as_ref().ok_or(Error::NotFound)?, Question::read(&Asked::new(pairs))?);
    let Why { measured, counted, not_known } = cohorts::why(&state.app, holding, &question.request, &measure)?;
    let line = |answer: &str, row: &RowBehind| vec![answer.to_owned(), row.child.clone(), row.file.clone(), line_of(row)];
    let rows = counted.iter().map(|row| line("counted", row)).chain(not_known.iter().map(|row| line("not known", row)));
    Ok(csv_file(&format!("why-{}", measured.id), ["answer", "child", "file", "line"], rows))
}

fn facts(state: &app::State, holding: &Holding, question: &Question, measured: &Measured) -> Result<Markup, Error> {
    let cohort = state.cohort(holding, &question.request)?;
    let covers = holding.read.history.covers.map(|(first, last)| format!(", {} to {}", first.long(), last.long()));
    let counted = match (measured.numerator, measured.denominator) {
        (Some(part), Some(whole)) => format!("{} of {}", shown::count(part), shown::count(whole)),
        (Some(part), None) => shown::count(part),
        (None, _) => "could not be counted".to_owned(),
    };
    let whom = if question.is_everybody() {
        "all children".to_owned()
    } else {
        format!("the children with {}", question.request.filters.join(", "))
    };
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let mut facts = vec![
        row(
            "Figure",
            html! { strong { (shown::measured(measured)) } " " (shown::unit_words(measured.unit)) @if let Some(why_not) = &measured.why_not { span class="pw-more" { " " (why_not) } } },
        ),
        row("Counted", html! { (counted) }),
        row("Not known", html! { (shown::count(measured.unknown)) }),
        row(
            "Whom and when",
            html! { (whom) " on " (cohort.on.long()) "; flows from " (cohort.range.from.long()) " to " (cohort.range.to.long()) },
        ),
        row("What is counted", html! { (measured.definition) }),
        row("Whose definition", html! { (measured.source) }),
        row(
            "Source",
            html! { "The returns in " code { (holding.folder.path.file_name().map_or_else(|| holding.folder.path.to_string_lossy(), |name| name.to_string_lossy())) } (covers.unwrap_or_default()) },
        ),
        row(
            "Snapshot",
            html! { code class="pw-fingerprint" { (holding.fingerprint().unwrap_or(service::holdings::CHANGED)) } span class="pw-more" { " the same files always have this fingerprint" } },
        ),
    ];
    if !cohort.warnings.is_empty() {
        facts.push(row("Mind", html! { @for warning in &cohort.warnings { p class="govuk-body" { (warning) } } }));
    }
    Ok(html! { (SummaryList(&facts)) })
}

/// What moves the figure: one more counted, and what is not known.
fn levers(measured: &Measured) -> Markup {
    let step = measured.denominator.filter(|&whole| whole > 0 && measured.unit == Unit::Ratio).map(|whole| 100.0 / whole as f64);
    html! {
        ul class="govuk-list govuk-list--bullet" {
            @if let Some(points) = step {
                li { "One more or one fewer counted, among as many, moves it by " (report::chart::Unit { places: 2, ..Default::default() }.show(points)) " percentage points." }
            } @else {
                li { "Each of the rows below that is mended or added in the return counts as the definition says." }
            }
            @if measured.unknown > 0 {
                li { (shown::counted(measured.unknown, "row is", "rows are")) " not known. Completing the record answers for each of them; they are listed below." }
            } @else {
                li { "Nothing is unknown: only a correction of the return would change it." }
            }
        }
    }
}

fn rows(caption: &str, id: &str, rows: &[RowBehind]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let many = rows.len() as u64;
    let caption = if rows.len() > SHOWN {
        format!("{caption}: the first {SHOWN} of {}", shown::count(many))
    } else {
        format!("{caption}: {}", shown::count(many))
    };
    let columns = [Column::text("Child"), Column::text("File"), Column::number("Line")];
    let lines: Vec<Vec<Markup>> = rows
        .iter()
        .take(SHOWN)
        .map(|row| vec![html! { (row.child) }, html! { @if row.file.is_empty() { "–" } @else { (row.file) } }, html! { (line_of(row)) }])
        .collect();
    let table = html! { div id=(id) { (Table { caption: &caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &lines }) } };
    html! { (Scroll { label: &caption, body: table }) }
}

/// Only episodes keep their line.
fn line_of(row: &RowBehind) -> String {
    if row.line == 0 { "–".to_owned() } else { row.line.to_string() }
}
