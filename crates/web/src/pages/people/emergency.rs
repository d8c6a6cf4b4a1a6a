//! A decision made in an emergency, for whoever holds the office that approves it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::Id;
use domain::case::EmergencyDecision;
use domain::clock::{self, State as Stands};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::case::{self, Put};

use super::Pairs;
use crate::app;
use crate::asked::Asked;
use crate::door::{Acting, form_token};
use crate::error::{Answered, Error};
use crate::govuk::{Button, ErrorSummary, InsetText, Look, Press, Problem, SummaryList, SummaryRow, WarningText};
use crate::page::{Page, Room, layout};

/// `GET /emergencies/{id}`
pub(in crate::pages) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Markup, Error> {
    let put = case::put(&acting.record, &acting.actor, acting.authority.id, id(&text)?).await?;
    Ok(page(&state, &acting, &put, None))
}

/// `POST /emergencies/{id}`
pub(in crate::pages) async fn approve(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let id = id(&text)?;
    let version = Asked::new(pairs).one("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    match case::approve(&acting.record, &acting.actor, acting.authority.id, (id, version)).await {
        Ok(()) => Ok(Redirect::to("/work").into_response()),
        Err(service::Error::Unusable(problem)) => {
            let put = case::put(&acting.record, &acting.actor, acting.authority.id, id).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &acting, &put, Some(&problem))).into_response())
        }
        Err(service::Error::Stale) => {
            // Somebody approved it meanwhile, perhaps this very person in another tab: the page says who.
            let put = case::put(&acting.record, &acting.actor, acting.authority.id, id).await?;
            let problem = if put.approver.is_some() {
                "This was approved already: nothing was written again"
            } else {
                "This was changed meanwhile: read what it says now"
            };
            Ok((StatusCode::CONFLICT, Extension(Answered), page(&state, &acting, &put, Some(problem))).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn id(text: &str) -> Result<Id<EmergencyDecision>, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn page(state: &app::State, acting: &Acting, put: &Put, problem: Option<&str>) -> Markup {
    let fact = &put.decision.fact;
    let child = fact.child;
    let about = html! {
        @if acting.may(Action::ChildRead) { a href={ "/cases/" (child) "/decisions" } { "Child " (put.reference) } } @else { "Child " (put.reference) }
    };
    let by = match (put.standing.state, &put.approver) {
        (_, Some(approver)) => approver.clone(),
        (Stands::Due { by } | Stands::Overdue { by }, None) => format!("{}, by {}", fact.kind.office().words(), by.long()),
        (_, None) => fact.kind.office().words().to_owned(),
    };
    let rows = [
        SummaryRow { key: "About", value: about, actions: &[] },
        SummaryRow { key: "What was decided", value: html! { (fact.kind.label()) ", " (fact.day.long()) }, actions: &[] },
        SummaryRow { key: "By", value: html! { (put.decider) ", " (fact.capacity) }, actions: &[] },
        SummaryRow { key: "Why it could not wait", value: html! { (fact.reasons) }, actions: &[] },
        SummaryRow { key: if put.approver.is_some() { "Approved by" } else { "To be approved by" }, value: html! { (by) }, actions: &[] },
    ];
    let late = put.standing.state.days_late(acting.record.today());
    let action = format!("/emergencies/{}", fact.id);
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: None }] }) }
            (SummaryList(&rows))
            @if let Some(day) = fact.approved {
                (InsetText(html! { "Approved on " (day.long()) ". " a href="/work" { "Back to your work" } }))
            } @else {
                @if late > 0 { (WarningText("The next working day has passed: your approval is recorded as late.")) }
                form action=(action) method="post" {
                    (form_token())
                    input type="hidden" name="version" value=(put.decision.version);
                    (Button { text: "Approve this decision", look: Look::Primary, press: Press::Submit })
                }
                p class="govuk-body" { "If you cannot approve it, tell whoever decided what must change: until you do, it stands as not approved." }
            }
            p class="govuk-body" { (clock::Duty::EmergencyApproval.source()) "." }
        }
    };
    let heading = "A decision made in an emergency";
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.to_owned() };
    let lede = html! { "What could not wait is put before whoever the law leaves it to, on the next working day." };
    layout(Some(&state.place), &Page { title, room: Some(Room::Work), trail: &[("Your work", "/work")], lede, body, ..Page::new(heading) })
}
