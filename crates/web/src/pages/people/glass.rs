//! Cases that somebody opened in need, for the director to look at.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{self, Broken};
use service::record;

use super::Pairs;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, Look, Press, Problem, SummaryList, SummaryRow, TextInput, WarningText};
use crate::page::{Page, layout};

/// `GET /opened-cases`
pub(in crate::pages) async fn list(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let broken = people::broken(&acting.record, &acting.actor, &acting.authority).await?;
    Ok(page(&state, &acting, &broken, None))
}

/// `POST /opened-cases/{glass}`
pub(in crate::pages) async fn review(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let glass = id.parse().map_err(|_| Error::NotFound)?;
    let asked = Asked::new(pairs);
    let finding = asked.one("finding").unwrap_or_default();
    match people::review_glass(&acting.record, &acting.actor, &acting.authority, glass, finding).await {
        Ok(()) => Ok(Redirect::to("/opened-cases").into_response()),
        Err(service::Error::Unusable(problem)) => {
            let broken = people::broken(&acting.record, &acting.actor, &acting.authority).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &acting, &broken, Some((&id, &problem)))).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn page(state: &app::State, acting: &Acting, broken: &[Broken], problem: Option<(&str, &str)>) -> Markup {
    let waiting = broken.iter().filter(|one| one.glass.reviewed_by.is_none()).count();
    let heading = match waiting {
        0 => "No opened case waits for you".to_owned(),
        1 => "One opened case waits for you".to_owned(),
        _ => format!("{waiting} opened cases wait for you"),
    };
    let body = html! {
        div class="pw-prose" {
            @if let Some((id, text)) = problem {
                (ErrorSummary { description: None, problems: &[Problem { text, href: Some(&format!("#finding-{id}")) }] })
            }
            @for one in broken { (entry(acting, one, problem)) }
        }
    };
    let lede =
        html! { "Somebody who was not allocated to a child opened its case because they needed it at once. Look at each within a day." };
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.clone() };
    layout(Some(&state.place), &Page { title, lede, body, ..Page::new(heading) })
}

fn entry(acting: &Acting, one: &Broken, problem: Option<(&str, &str)>) -> Markup {
    let id = one.glass.id.to_string();
    let opened = format!(
        "{}, open until {}",
        acting.said(record::Instant::new(one.glass.opened_at)),
        acting.said(record::Instant::new(one.glass.ends_at))
    );
    let mut rows = vec![
        SummaryRow { key: "Who", value: html! { (one.person) }, actions: &[] },
        SummaryRow { key: "When", value: html! { (opened) }, actions: &[] },
        SummaryRow { key: "Why", value: html! { (one.glass.reason) }, actions: &[] },
    ];
    if let Some(finding) = &one.glass.finding {
        rows.push(SummaryRow { key: "What was found", value: html! { (finding) }, actions: &[] });
    }
    let field = format!("finding-{id}");
    let error = problem.filter(|(of, _)| *of == id).map(|(_, text)| text);
    html! {
        h2 { "Child " (one.child) }
        @if one.overdue { (WarningText("This has waited for more than a day.")) }
        (SummaryList(&rows))
        @if one.glass.reviewed_by.is_none() {
            form action={ "/opened-cases/" (id) } method="post" novalidate {
                (door::form_token())
                (TextInput::new(Field { error, ..Field { id: &field, ..Field::new("finding", "What you found") } }, ""))
                (Button { text: "Record what was found", look: Look::Primary, press: Press::Submit })
            }
        }
    }
}
