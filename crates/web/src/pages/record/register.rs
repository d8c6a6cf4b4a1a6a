//! Taking Ofsted's register, or an authority's own list of homes: what changed since, what is kept, and who must be told.

use std::sync::Arc;

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render as _, html};
use service::record::{self, News, Taken};

use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Checkboxes, Choice, Chosen, Column, ErrorSummary, Field, FileUpload, FirstCell, Group, Look, Press, Problem,
    Radios, Size, Table,
};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::sent;
use crate::shown;

/// Largest form with a register: all of England's is a few megabytes.
pub(super) const MOST_BYTES: usize = 24 * 1024 * 1024;

/// More lines than this are not shown on one page.
const MOST_SHOWN: usize = 500;

const HEADING: &str = "Ofsted's register";

/// What was asked for.
#[derive(Clone, Copy)]
struct Asked {
    looks: bool,
    news: News,
}

/// What the page says beside its form.
#[derive(Default)]
struct Answer {
    problems: Vec<String>,
    taken: Option<Taken>,
}

fn page(state: &app::State, asked: Asked, answer: &Answer) -> Markup {
    let shown: Vec<Problem<'_>> = answer.problems.iter().take(MOST_SHOWN).map(|text| Problem { text, href: Some("#file") }).collect();
    let body = html! {
        @if !shown.is_empty() {
            (ErrorSummary { description: Some("Nothing was taken. Everything that stands against the file is here."), problems: &shown })
        }
        @if let Some(taken) = &answer.taken { (became(taken, asked)) }
        div class="pw-prose" { (form(asked, answer)) }
    };
    let lede = html! {
        "Places, judgements, suspensions and closures come into the record from their day on, and whoever answers for a child there is told. "
        "What people wrote down stays, and what the register says differently is shown."
    };
    let title = if shown.is_empty() { HEADING.to_owned() } else { format!("Error: {HEADING}") };
    let trail = [("Homes", "/homes")];
    layout(Some(&state.place), &Page { title, room: Some(Room::Homes), trail: &trail, lede, body, ..Page::new(HEADING) })
}

fn form(asked: Asked, answer: &Answer) -> Markup {
    let error = answer.problems.first().map(|_| "Mend what is listed above, and send the file again");
    let chosen = |is: bool| if is { Chosen::Yes } else { Chosen::No };
    let choices = [
        Choice {
            value: "look",
            text: "Only look",
            hint: Some("Nothing is written. You see what would change."),
            state: chosen(asked.looks),
        },
        Choice {
            value: "take",
            text: "Take it",
            hint: Some("Alerts are raised for what changed for the worse."),
            state: chosen(!asked.looks),
        },
    ];
    let known = [Choice {
        value: "known",
        text: "Only homes that the record knows",
        hint: Some("A register of all England adds thousands of homes otherwise."),
        state: chosen(asked.news == News::Leave),
    }];
    let group = |id, legend| Group { id, name: id, legend, size: Size::Small, hint: None, error: None };
    html! {
        form action="/homes/register" method="post" enctype="multipart/form-data" {
            (form_token())
            (FileUpload {
                field: Field {
                    error,
                    hint: Some("Ofsted's monthly or quarterly list of homes as CSV, or a list of your own with the same headings, up to 24 MB."),
                    ..Field::new("file", "Choose the register")
                },
            })
            (Checkboxes { group: group("homes", "Which homes"), arrangement: Arrangement::Small, choices: &known })
            (Radios { group: group("do", "What to do with it"), arrangement: Arrangement::Stacked, choices: &choices })
            (Button { text: "Send the register", look: Look::Primary, press: Press::Submit })
        }
    }
}

/// What the register changed, or would.
fn became(taken: &Taken, asked: Asked) -> Markup {
    let Taken { as_at, added, providers, unchanged, left, changes, differences, alerts, .. } = taken;
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "–".to_owned());
    let home = |urn: &domain::Code, name: &str| format!("{name} ({urn})");
    let changed = if asked.looks { "would change" } else { "changed" };
    let cells = |cells: [String; 5]| cells.map(|cell| html! { (cell) }).to_vec();
    let rows: Vec<Vec<Markup>> = changes
        .iter()
        .map(|one| cells([home(&one.urn, &one.name), one.what.to_string(), word(&one.before), word(&one.after), changed.to_owned()]))
        .chain(differences.iter().map(|one| {
            cells([home(&one.urn, &one.name), one.what.to_owned(), one.recorded.clone(), one.register.clone(), "kept".to_owned()])
        }))
        .take(MOST_SHOWN)
        .collect();
    let columns = ["Home", "What", "The record said", "The register says", "The record"].map(Column::text);
    let caption = if changes.len() + differences.len() > MOST_SHOWN { "The first of what differs" } else { "What differs" };
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    let counted = |number: usize, one, many| shown::counted(number as u64, one, many);
    html! {
        p class="govuk-body" role="status" {
            @if asked.looks { "Nothing was written. " } @else { "The register is taken. " }
            "As at " (as_at.long()) ": "
            (counted(*added, "home", "homes")) " new of " (counted(*providers, "new provider", "new providers")) ", "
            (counted(changes.len(), "change", "changes")) ", " (unchanged) " as they were"
            @if *left > 0 { ", " (left) " unknown to the record and left out" }
            "; " (differences.len()) " said differently and kept."
        }
        @if !alerts.is_empty() {
            p class="govuk-body" {
                (counted(alerts.len(), "alert", "alerts"))
                @if asked.looks { " would be raised." } @else { " raised. " a href="/homes/alerts" { "See what must be looked at" } "." }
            }
        }
        @if !rows.is_empty() { (Scroll { label: caption, body: table.render() }) }
    }
}

/// `GET /homes/register`
pub(super) async fn show(State(state): State<Arc<app::State>>, _acting: Acting) -> Markup {
    page(&state, Asked { looks: true, news: News::Leave }, &Answer::default())
}

/// `POST /homes/register`
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, form: Multipart) -> Result<Response, Error> {
    let (files, words) = sent::files(form, MOST_BYTES).await?;
    let asked = Asked {
        looks: words.get("do").is_none_or(|word| word != "take"),
        news: if words.contains_key("homes") { News::Leave } else { News::Add },
    };
    let answered = |problems: Vec<String>, taken: Option<Taken>| {
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, page(&state, asked, &Answer { problems, taken })).into_response()
    };
    let Some(file) = files.first() else { return Ok(answered(vec!["Choose a register".to_owned()], None)) };
    let (record, actor, authority) = (&acting.record, &acting.actor, acting.authority.id);
    let file = (file.name.as_str(), file.bytes.as_slice());
    let taken = if asked.looks {
        record::look_at_register(record, actor, authority, file, asked.news).await
    } else {
        record::take_register(record, actor, authority, file, asked.news).await
    };
    match taken {
        Ok(taken) if taken.applied => Ok(answered(Vec::new(), Some(taken))),
        Ok(taken) => Ok(answered(taken.findings.into_iter().map(|finding| finding.message).collect(), None)),
        Err(service::Error::Unusable(words)) => Ok(answered(vec![words], None)),
        Err(fault) => Err(fault.into()),
    }
}
