//! One nomination: all that it ever said, and ending it, correcting it, taking it back.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::office::Nomination;
use maud::{Markup, html};
use service::people::{self, NominationPage};
use service::record::Versioned;
use service::record::access::Action;

use super::Pairs;
use super::office_form::{self, Typing, Wrong, standing_words};
use crate::app;
use crate::asked::Asked;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, InsetText, Look, Press, Size, Table};
use crate::page::{Page, layout};
use crate::pages::record::log;
use crate::parts::Scroll;

const TRAIL: &[(&str, &str)] = &[("Who decides", "/offices")];

async fn found(acting: &Acting, text: &str) -> Result<NominationPage, Error> {
    let id = text.parse().map_err(|_| Error::NotFound)?;
    Ok(people::nomination(&acting.record, &acting.actor, &acting.authority, id).await?)
}

/// The nomination as it stands; one that was taken back is changed no more.
fn standing(page: &NominationPage) -> Result<&Versioned<Nomination>, Error> {
    page.now().ok_or_else(|| Error::Missing("This nomination was taken back.".to_owned()))
}

fn version(asked: &Asked) -> i64 {
    asked.one("version").and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// `GET /offices/nominations/{id}`
pub(in crate::pages) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    Ok(page(&state, &acting, &found(&acting, &text).await?, &Asked::default(), None).into_response())
}

/// `POST /offices/nominations/{id}/end`
pub(in crate::pages) async fn end(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let id = standing(&one)?.fact.id;
    let asked = Asked::new(pairs);
    let needed = |day: Option<Day>| day.ok_or_else(|| ("ends-on", "Enter the day as 2026-03-31".to_owned()));
    let wrong = match office_form::day(&asked, "ends-on").and_then(needed) {
        Err(wrong) => Some(wrong),
        Ok(day) => {
            let reason = asked.one("end-reason").unwrap_or_default();
            let done = people::end_nomination(&acting.record, &acting.actor, &acting.authority, (id, version(&asked)), day, reason).await;
            office_form::refused(done, |words| if words.contains("Say why") { "end-reason" } else { "ends-on" })?
        }
    };
    Ok(answered(&state, &acting, &one, &asked, wrong.as_ref()))
}

/// `POST /offices/nominations/{id}/withdraw`
pub(in crate::pages) async fn withdraw(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let id = standing(&one)?.fact.id;
    let asked = Asked::new(pairs);
    let reason = asked.one("withdraw-reason").unwrap_or_default();
    let done = people::withdraw_nomination(&acting.record, &acting.actor, &acting.authority, (id, version(&asked)), reason).await;
    let wrong = office_form::refused(done, |_| "withdraw-reason")?;
    Ok(answered(&state, &acting, &one, &asked, wrong.as_ref()))
}

fn answered(state: &app::State, acting: &Acting, one: &NominationPage, asked: &Asked, wrong: Option<&Wrong>) -> Response {
    if wrong.is_none() {
        return Redirect::to("/offices").into_response();
    }
    (StatusCode::UNPROCESSABLE_ENTITY, page(state, acting, one, asked, wrong)).into_response()
}

fn page(state: &app::State, acting: &Acting, one: &NominationPage, asked: &Asked, wrong: Option<&Wrong>) -> Markup {
    let typing = Typing { asked, eligible: &[], wrong };
    let now = one.now().filter(|_| acting.may(Action::OfficeWrite));
    let body = html! {
        (typing.summary())
        @if one.now().is_none() { (InsetText(html! { "It was taken back. It stands here so that nothing is lost." })) }
        p class="govuk-body" { "Nothing is overwritten: each row is what the record said until the row above it." }
        (versions(acting, one))
        @if let Some(known) = now { (forms(known, &typing)) }
        (log(&one.log))
    };
    let correct = now.map(|known| format!("/offices/nominations/{}/correct", known.fact.id));
    let actions = html! {
        @if let Some(correct) = &correct { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(correct) }) }
    };
    let title = if wrong.is_some() { "Error: Nomination" } else { "Nomination" };
    layout(Some(&state.place), &Page { title: title.to_owned(), trail: TRAIL, actions, body, ..Page::new("Nomination") })
}

/// Every version, the latest first. The one that took it back says no more than that.
fn versions(acting: &Acting, one: &NominationPage) -> Markup {
    let stood = if one.now().is_some() { one.versions.len() } else { one.versions.len() - 1 };
    let row = |(known, name): &(Versioned<Nomination>, String)| {
        let fact = &known.fact;
        vec![
            html! { (acting.said(known.recorded_at)) },
            html! { (fact.office.words()) },
            html! { (name) },
            html! { (standing_words(fact.standing)) },
            html! { (fact.start.long()) },
            html! { (fact.end.map_or_else(|| "goes on".to_owned(), Day::long)) },
            html! { (fact.written) },
        ]
    };
    let rows: Vec<_> = one.versions[..stood].iter().rev().map(row).collect();
    let columns = ["Recorded", "Office", "Who", "As", "From", "Until", "Signed nomination"].map(Column::text);
    let caption = "Every version, the latest first";
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } }) }
}

fn forms(known: &Versioned<Nomination>, typing: &Typing<'_>) -> Markup {
    let here = format!("/offices/nominations/{}", known.fact.id);
    html! {
        div class="pw-prose" {
            h2 class="govuk-heading-m" { "End it" }
            form action={ (here) "/end" } method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(known.version);
                (typing.line("ends-on", "First day on which it holds no more", Some("Such as 2026-03-31. From that day on it makes no approval lawful.")))
                (typing.line("end-reason", "Why it ends", Some("Somebody will ask: the words stay in the history.")))
                (Button { text: "End the nomination", look: Look::Primary, press: Press::Submit })
            }
            h2 class="govuk-heading-m" { "Take it back" }
            p class="govuk-body" { "For a nomination that never was. One that was is ended instead." }
            form action={ (here) "/withdraw" } method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(known.version);
                (typing.line("withdraw-reason", "Why it is taken back", Some("Somebody will ask: the words stay in the history.")))
                (Button { text: "Take it back", look: Look::Warning, press: Press::Submit })
            }
        }
    }
}

/// `GET /offices/nominations/{id}/correct`
pub(in crate::pages) async fn edit(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let known = standing(&one)?;
    let fact = &known.fact;
    let mut pairs = vec![
        ("version", known.version.to_string()),
        ("office", fact.office.to_string()),
        ("standing", fact.standing.to_string()),
        ("person", fact.person.to_string()),
        ("start", fact.start.to_string()),
        ("written", fact.written.clone()),
    ];
    pairs.extend(fact.end.map(|end| ("end", end.to_string())));
    let asked = Asked::new(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    edit_page(&state, &acting, &one, &asked, None).await
}

/// `POST /offices/nominations/{id}/correct`
pub(in crate::pages) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let id = standing(&one)?.fact.id;
    let asked = Asked::new(pairs);
    let wrong = match office_form::nomination(&asked) {
        Err(wrong) => Some(wrong),
        Ok(corrected) => {
            let (at, reason) = ((id, version(&asked)), asked.one("reason").unwrap_or_default());
            let done = people::correct_nomination(&acting.record, &acting.actor, &acting.authority, at, corrected, reason).await;
            office_form::refused(done, office_form::about_nomination)?
        }
    };
    match wrong {
        None => Ok(Redirect::to(&format!("/offices/nominations/{id}")).into_response()),
        Some(wrong) => edit_page(&state, &acting, &one, &asked, Some(&wrong)).await,
    }
}

async fn edit_page(
    state: &app::State,
    acting: &Acting,
    one: &NominationPage,
    asked: &Asked,
    wrong: Option<&Wrong>,
) -> Result<Response, Error> {
    let fact = &standing(one)?.fact;
    let named = one.versions.last().map(|(known, name)| (known.fact.person, name.as_str()));
    let eligible = office_form::eligible(acting, named).await?;
    let typing = Typing { asked, eligible: &eligible, wrong };
    let here = format!("/offices/nominations/{}", fact.id);
    let body = html! {
        div class="pw-prose" {
            (typing.summary())
            form action={ (here) "/correct" } method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(version(asked));
                (typing.nomination())
                (typing.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history.")))
                (Button { text: "Save the correction", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let trail = [TRAIL[0], ("Nomination", here.as_str())];
    let (title, status) = match wrong {
        Some(_) => ("Error: Correct a nomination", StatusCode::UNPROCESSABLE_ENTITY),
        None => ("Correct a nomination", StatusCode::OK),
    };
    let page = Page { title: title.to_owned(), trail: &trail, body, ..Page::new("Correct a nomination") };
    Ok((status, layout(Some(&state.place), &page)).into_response())
}
