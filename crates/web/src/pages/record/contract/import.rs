//! Taking a list of a contract's prices or members: all of it or nothing, with everything that stands against it.

use std::sync::Arc;

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::record::{self, ContractList};

use super::super::id;
use super::forms::TRAIL;
use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, FileUpload, Look, Press, Problem};
use crate::page::{Page, Room, layout};
use crate::sent;

fn list(word: &str) -> Result<(ContractList, &'static str), Error> {
    match word {
        "prices" => Ok((ContractList::Prices, "Take a list of prices")),
        "members" => Ok((ContractList::Members, "Take a list of members")),
        _ => Err(Error::NotFound),
    }
}

fn page(state: &app::State, (text, reference): (&str, &str), word: &str, problems: &[String]) -> Result<Markup, Error> {
    let (list, heading) = list(word)?;
    let (here, action) = (format!("/contracts/{text}"), format!("/contracts/{text}/import/{word}"));
    let shown: Vec<Problem<'_>> = problems.iter().map(|text| Problem { text, href: Some("#file") }).collect();
    let error = problems.first().map(|_| "Nothing of the file was taken: mend what is listed above, and send it again");
    let body = html! {
        div class="pw-prose" {
            @if !shown.is_empty() { (ErrorSummary { description: Some("Nothing was taken. Everything that stands against the file is here."), problems: &shown }) }
            p class="govuk-body" { "A CSV file with the columns " code class="pw-fingerprint" { (list.columns().join(",")) } ". Dates are written 2026-04-01; an empty price is unknown." }
            p class="govuk-body" { "All of it is taken or nothing. What the record has already stays as it is, so a longer list can be taken again." }
            form action=(action) method="post" enctype="multipart/form-data" {
                (form_token())
                (FileUpload { field: Field { error, ..Field::new("file", "Choose the file") } })
                (Button { text: "Take this list", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let trail = [TRAIL[0], TRAIL[1], (reference, here.as_str())];
    let title = if problems.is_empty() { heading.to_owned() } else { format!("Error: {heading}") };
    let heading = format!("{heading}: {reference}");
    Ok(layout(Some(&state.place), &Page { title, room: Some(Room::Homes), trail: &trail, body, ..Page::new(heading) }))
}

/// `GET /contracts/{id}/import/{what}`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Markup, Error> {
    let contract = record::contract(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    page(&state, (&text, &contract.vehicle.fact.reference), &word, &[])
}

/// `POST /contracts/{id}/import/{what}`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    form: Multipart,
) -> Result<Response, Error> {
    let contract = record::contract(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let (list, _) = list(&word)?;
    let refused = |problems: &[String]| -> Result<Response, Error> {
        let page = page(&state, (&text, &contract.vehicle.fact.reference), &word, problems)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Some(sent) = sent::file(form).await? else {
        return refused(&["Choose a file with at least one line".to_owned()]);
    };
    let file = (sent.name.as_str(), sent.bytes.as_slice());
    let taken = record::take_contract_lines(&acting.record, &acting.actor, acting.authority.id, id(&text)?, list, file).await?;
    if taken.applied {
        return Ok(Redirect::to(&format!("/contracts/{text}")).into_response());
    }
    let problems: Vec<String> = taken.findings.into_iter().map(|finding| finding.message).collect();
    refused(&problems)
}
