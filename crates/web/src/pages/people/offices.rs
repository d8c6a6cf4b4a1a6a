//! Who decides what the law leaves to an office, at this hour or at another, and the nominations and rota that say so.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::office::{Nomination, Office};
use maud::{Markup, html};
use service::people::{self, Approver, Gaps};
use service::record::access::Action;

use super::Pairs;
use super::office_form::{self, Typing, Wrong, standing_words};
use crate::app;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, Column, Field, FirstCell, InputMode, Look, Press, Size, Table, TextInput, WarningText};
use crate::page::{Page, layout};
use crate::parts::Scroll;

/// `GET /offices?on=2026-11-22&hour=18`
pub(in crate::pages) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    page(&state, &acting, &Asked::new(pairs), None).await
}

/// `GET /offices/nominations.csv`: every nomination that stands.
pub(in crate::pages) async fn csv(acting: Acting) -> Result<Response, Error> {
    let all = people::nominations(&acting.record, &acting.actor, &acting.authority).await?;
    let row = |(one, name): (Nomination, String)| {
        let end = one.end.map(|day| day.to_string()).unwrap_or_default();
        vec![one.office.to_string(), name, one.standing.to_string(), one.start.to_string(), end, one.written]
    };
    let headings = ["office", "who", "standing", "from", "until", "written"];
    Ok(csv_file(&format!("nominations-{}", acting.record.today()), headings, all.into_iter().map(row)))
}

/// `POST /offices/nominations`
pub(in crate::pages) async fn nominate(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let wrong = match office_form::nomination(&asked) {
        Err(wrong) => Some(wrong),
        Ok(new) => {
            let done = people::nominate(&acting.record, &acting.actor, &acting.authority, new).await;
            office_form::refused(done, office_form::about_nomination)?
        }
    };
    answered(&state, &acting, &asked, wrong, "/offices").await
}

/// `POST /offices/rota`
pub(in crate::pages) async fn put_on_duty(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let telephone = asked.one("telephone").unwrap_or_default();
    let (wrong, way) = match office_form::duty(&asked) {
        Err(wrong) => (Some(wrong), String::new()),
        Ok((person, day)) => {
            let done = people::put_on_duty(&acting.record, &acting.actor, &acting.authority, person, day, telephone).await;
            (office_form::refused(done, office_form::about_duty)?, format!("/offices?on={day}&hour=18"))
        }
    };
    answered(&state, &acting, &asked, wrong, &way).await
}

async fn answered(state: &app::State, acting: &Acting, asked: &Asked, wrong: Option<Wrong>, way: &str) -> Result<Response, Error> {
    if wrong.is_none() {
        return Ok(Redirect::to(way).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(state, acting, asked, wrong.as_ref()).await?).into_response())
}

async fn page(state: &app::State, acting: &Acting, asked: &Asked, wrong: Option<&Wrong>) -> Result<Markup, Error> {
    let (today, this_hour) = acting.record.clock();
    let day = asked.day("on")?.unwrap_or(today);
    let hour = asked.number::<u8>("hour")?.filter(|hour| *hour < 24).unwrap_or(this_hour);
    let mut rows = Vec::new();
    for office in Office::ALL {
        let found = people::approvers(&acting.record, &acting.actor, &acting.authority, office, (day, hour)).await?;
        rows.extend(answers(office, &found));
    }
    let columns = ["Office", "Who", "As", "Reached on", "Signed nomination"].map(Column::text);
    let caption = format!("Who decides on {}, {hour:02}:00", day.long());
    let table = Table { caption: &caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    let (on, hour_text) = (day.to_string(), hour.to_string());
    let eligible = office_form::eligible(acting, None).await?;
    let gaps = if acting.may(Action::OfficeWrite) {
        people::gaps(&acting.record, &acting.actor, &acting.authority).await?
    } else {
        Gaps::default()
    };
    let typing = Typing { asked, eligible: &eligible, wrong };
    let nominations = people::nominations(&acting.record, &acting.actor, &acting.authority).await?;
    let body = html! {
        (typing.summary())
        (warnings(&gaps))
        form action="/offices" method="get" class="pw-prose" {
            (TextInput { width: Some(10), ..TextInput::new(Field { hint: Some("Such as 2026-03-31."), ..Field::new("on", "Day") }, &on) })
            (TextInput { width: Some(2), mode: InputMode::Numeric, ..TextInput::new(Field { hint: Some("0 to 23, by the clock in England."), ..Field::new("hour", "Hour") }, &hour_text) })
            (Button { text: "Show who decides then", look: Look::Secondary, press: Press::Submit })
        }
        @if !rows.is_empty() {
            (Scroll { label: &caption, body: html! { (table) } })
        } @else {
            p class="govuk-body" { "Nobody is nominated. Until somebody is, nobody but the holder of the office decides." }
        }
        (register(&nominations))
        @if !eligible.is_empty() { div class="pw-prose" { (forms(&typing)) } }
    };
    let lede = html! { "A decision that the law leaves to an office is made by its holder or by somebody nominated in writing. Offices are shut from five to nine and at weekends." };
    let title = if wrong.is_some() { "Error: Who decides" } else { "Who decides" };
    let actions = html! {
        (Button { text: "Rota", look: Look::Secondary, press: Press::Follow("/offices/rota") })
        (Button { text: "Download nominations as CSV", look: Look::Secondary, press: Press::Follow("/offices/nominations.csv") })
    };
    Ok(layout(Some(&state.place), &Page { title: title.to_owned(), lede, actions, body, ..Page::new("Who decides") }))
}

/// What the register leaves open, for those who keep it.
fn warnings(gaps: &Gaps) -> Markup {
    html! {
        @for (office, from) in &gaps.uncovered {
            (WarningText(&format!("{}: from {} nobody can decide. Record a nomination.", office.words(), from.long())))
        }
        @if !gaps.unfounded.is_empty() {
            p class="govuk-body" { "These approved a decision on a day on which, as the register is now, they did not hold the office. Either a nomination is missing here, or somebody lawful must decide again:" }
            ul class="govuk-list govuk-list--bullet" {
                @for (office, who, on) in &gaps.unfounded { li { (who) ", " (on.long()) ": " (office.words()) } }
            }
        }
    }
}

fn answers(office: Office, found: &[Approver]) -> Vec<Vec<Markup>> {
    let row = |one: &Approver| {
        let reached = one.telephone.as_ref().map_or_else(|| one.person.email.clone(), |number| format!("{number} (on duty)"));
        vec![
            html! { (office.words()) },
            html! { (one.person.name) },
            html! { (standing_words(one.standing)) },
            html! { (reached) },
            html! { (one.written) },
        ]
    };
    found.iter().map(row).collect()
}

fn register(nominations: &[(Nomination, String)]) -> Markup {
    let row = |(one, name): &(Nomination, String)| {
        let end = one.end.map_or_else(|| "goes on".to_owned(), Day::long);
        vec![
            html! { (one.office.words()) },
            html! { a href={ "/offices/nominations/" (one.id) } { (name) } },
            html! { (standing_words(one.standing)) },
            html! { (one.start.long()) },
            html! { (end) },
            html! { (one.written) },
        ]
    };
    let rows: Vec<_> = nominations.iter().map(row).collect();
    let columns = ["Office", "Who", "As", "From", "Until", "Signed nomination"].map(Column::text);
    let caption = "Every nomination";
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    html! { @if !rows.is_empty() { (Scroll { label: caption, body: html! { (table) } }) } }
}

fn forms(typing: &Typing<'_>) -> Markup {
    html! {
        h2 { "Record a nomination" }
        form action="/offices/nominations" method="post" novalidate {
            (door::form_token())
            (typing.nomination())
            (Button { text: "Record the nomination", look: Look::Primary, press: Press::Submit })
        }
        h2 { "Put somebody on the rota" }
        form action="/offices/rota" method="post" novalidate {
            (door::form_token())
            (typing.duty())
            (Button { text: "Put them on the rota", look: Look::Secondary, press: Press::Submit })
        }
    }
}
