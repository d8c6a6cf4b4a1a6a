//! Files beside the returns: what each must look like, which one is in use, and another in its place.

use std::sync::Arc;

use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Finding;
use maud::{Markup, html};
use service::sheets::{self, Sheet};

use super::forecast::work::room_of;
use crate::app;
use crate::asked::Asked;
use crate::door::form_token;
use crate::error::Error;
use crate::govuk::{Button, Details, ErrorSummary, Field, FileUpload, Look, Press, Problem};
use crate::page::{Page, Room, layout};
use crate::papers::{Origin, Paper};
use crate::sent;
use crate::shown;

type Pairs = Vec<(String, String)>;

/// `GET /files/supply?back=/gap`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    Path(word): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let sheet = Sheet::named(&word).ok_or(Error::NotFound)?;
    Ok(page(&state, sheet, &Asked::new(pairs), None))
}

/// `GET /files/supply/sample.csv`: a few invented lines to begin from.
pub(super) async fn sample(Path(word): Path<String>) -> Result<Response, Error> {
    let sheet = Sheet::named(&word).ok_or(Error::NotFound)?;
    let disposition = format!("attachment; filename=\"{word}-sample.csv\"");
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)], sheet.sample()).into_response())
}

/// `POST /files/supply?back=/gap`: holds the file, unless nothing in it can be read; then the one before stays in use.
pub(super) async fn hold(
    State(state): State<Arc<app::State>>,
    Path(word): Path<String>,
    Query(pairs): Query<Pairs>,
    form: Multipart,
) -> Result<Response, Error> {
    let sheet = Sheet::named(&word).ok_or(Error::NotFound)?;
    let asked = Asked::new(pairs);
    let refused = |problem: &str| (StatusCode::UNPROCESSABLE_ENTITY, page(&state, sheet, &asked, Some(problem))).into_response();
    let Some(sent) = sent::file(form).await? else {
        return Ok(refused("Choose a file with at least one line"));
    };
    let paper = Paper::new(sent.name, sent.bytes, Origin::Sent);
    if let Err(fault) = sheets::check(sheet, paper.named()) {
        return Ok(refused(&fault.to_string()));
    }
    state.papers.hold(sheet, paper);
    Ok(Redirect::to(room_of(asked.one("back").unwrap_or_default())).into_response())
}

fn page(state: &app::State, sheet: Sheet, asked: &Asked, problem: Option<&str>) -> Markup {
    let back = room_of(asked.one("back").unwrap_or_default());
    let held = state.papers.find(sheet);
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#file") }] }) }
        p class="govuk-body" { a href=(back) { "Go back without a new file" } }
        p class="govuk-body" {
            @match &held {
                Some(paper) => {
                    "In use now: " strong { (paper.name) } ", "
                    @if paper.origin == Origin::Sent { "sent since Placewell was started" } @else { "given when Placewell was started" }
                    ". Fingerprint " code { (&paper.sha256[..16]) } "."
                },
                None => "None is in use.",
            }
        }
        (form(sheet, back, problem))
    };
    let heading = format!("The file of {}", name(sheet));
    let lede = html! { (sheet.about()) };
    layout(Some(&state.place), &Page { room: Some(Room::Forecast), lede, body, ..Page::new(heading) })
}

/// What the file must look like, a sample, and the way to send one: for the file's own page and for a room that has none yet.
pub(super) fn form(sheet: Sheet, back: &str, problem: Option<&str>) -> Markup {
    let action = Asked::default().with("back", back).of(&format!("/files/{}", sheet.word()));
    let sample = format!("/files/{}/sample.csv", sheet.word());
    let label = format!("Choose the file of {}", name(sheet));
    let hint = "CSV. It is read on this machine and kept in memory until Placewell is stopped.";
    html! {
        h2 { "What it must look like" }
        p class="govuk-body" { "A CSV file with the columns " code class="pw-fingerprint" { (sheet.heading()) } ". Other columns are let be." }
        p class="govuk-body" { a href=(sample) { "Download a sample with invented lines" } }
        form action=(action) method="post" enctype="multipart/form-data" {
            (form_token())
            (FileUpload { field: Field { hint: Some(hint), error: problem, ..Field::new("file", &label) } })
            (Button { text: "Use this file", look: Look::Primary, press: Press::Submit })
        }
    }
}

/// As it stands in a sentence.
pub(super) const fn name(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Supply => "homes",
        Sheet::Requests => "requests",
        Sheet::Prices => "prices",
        Sheet::Plan => "the placement plan",
        Sheet::Held => "contracts held",
    }
}

/// Which file a room works with, and the way to another.
pub(super) fn line(state: &app::State, sheet: Sheet, back: &str) -> Markup {
    let address = Asked::default().with("back", back).of(&format!("/files/{}", sheet.word()));
    html! {
        @match state.papers.find(sheet) {
            Some(paper) => { (paper.name) " (fingerprint " code { (&paper.sha256[..16]) } ")" },
            None => "none",
        }
        ". " a href=(address) { "Give another file of " (name(sheet)) }
    }
}

/// Lines of files that were left out or read with care; nothing where there are none.
pub(super) fn findings(findings: &[Finding]) -> Markup {
    let text = html! { ul class="govuk-list govuk-list--bullet" { @for finding in findings { li { (finding.message) } } } };
    let summary = format!("{} in the files that were read with care or left out", shown::counted(findings.len() as u64, "line", "lines"));
    html! { @if !findings.is_empty() { (Details { id: None, summary: &summary, text }) } }
}
