//! The rota: who is on duty each night, for which offices they may decide, and one entry of it with its history.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::office::{Duty, Office, Standing};
use maud::{Markup, html};
use service::people::{self, DutyPage, Night, OnDuty};
use service::record::Versioned;
use service::record::access::Action;

use super::Pairs;
use super::office_form::{self, Typing, Wrong, standing_words};
use crate::app;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{Button, Column, Field, FirstCell, InsetText, Look, Press, Size, Table, TextInput};
use crate::page::{Page, layout};
use crate::pages::record::log;
use crate::parts::Scroll;

const TRAIL: &[(&str, &str)] = &[("Who decides", "/offices"), ("Rota", "/offices/rota")];

/// Nights that are shown where nobody says how many.
const AHEAD: i32 = 27;

async fn asked_for(acting: &Acting, asked: &Asked) -> Result<((Day, Day), Vec<Night>), Error> {
    let from = asked.day("from")?.unwrap_or_else(|| acting.record.today());
    let to = asked.day("to")?.unwrap_or_else(|| from.plus(AHEAD));
    let nights = people::rota(&acting.record, &acting.actor, &acting.authority, (from, to)).await;
    match nights {
        Ok(nights) => Ok(((from, to), nights)),
        Err(service::Error::Unusable(words)) => Err(Error::Unreadable(words)),
        Err(fault) => Err(fault.into()),
    }
}

/// `Director of children’s services (holder)`, of each office.
fn held(offices: &[(Office, Standing)]) -> String {
    let one = |(office, standing): &(Office, Standing)| format!("{} ({})", office.words(), standing_words(*standing).to_lowercase());
    offices.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn words(offices: &[Office]) -> String {
    offices.iter().map(|office| office.words()).collect::<Vec<_>>().join(", ")
}

/// `GET /offices/rota?from=2026-11-22&to=2026-12-20`
pub(in crate::pages) async fn list(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let asked = Asked::new(pairs).only(&["from", "to"]);
    let ((from, to), nights) = asked_for(&acting, &asked).await?;
    let row = |night: &Night| {
        let decides = |one: &OnDuty| if one.offices.is_empty() { "decides for no office".to_owned() } else { held(&one.offices) };
        vec![
            html! { a href={ "/offices?on=" (night.day) "&hour=18" } { (night.day.long()) } },
            html! {
                @if night.on_duty.is_empty() { "Nobody" }
                @for one in &night.on_duty {
                    div { a href={ "/offices/rota/" (one.duty.id) } { (one.name) } ", " (one.duty.telephone) span class="pw-more" { (decides(one)) } }
                }
            },
            html! { (if night.without.is_empty() { "–".to_owned() } else { words(&night.without) }) },
        ]
    };
    let rows: Vec<_> = nights.iter().map(row).collect();
    let columns = ["Night", "On duty", "Nobody on duty decides for"].map(Column::text);
    let caption = format!("The rota from {} to {}", from.long(), to.long());
    let (first, last) = (from.to_string(), to.to_string());
    let day = |name: &'static str, label: &'static str, value: &str| {
        let field = Field { hint: Some("Such as 2026-03-31."), ..Field::new(name, label) };
        html! { (TextInput { width: Some(10), ..TextInput::new(field, value) }) }
    };
    let body = html! {
        form action="/offices/rota" method="get" class="pw-prose" {
            (day("from", "First night", &first))
            (day("to", "Last night", &last))
            (Button { text: "Show these nights", look: Look::Secondary, press: Press::Submit })
        }
        (Scroll { label: &caption, body: html! { (Table { caption: &caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
    };
    let csv = asked.of("/offices/rota.csv");
    let actions = html! {
        @if acting.may(Action::OfficeWrite) { (Button { text: "Put somebody on the rota", look: Look::Primary, press: Press::Follow("/offices#on-duty") }) }
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let lede =
        html! { "Who answers from five to nine and at weekends. Whoever is on duty and holds no office rings its holder or a deputy." };
    Ok(layout(Some(&state.place), &Page { lede, trail: &TRAIL[..1], actions, body, ..Page::new("Rota") }))
}

/// `GET /offices/rota.csv`: a line for everybody on duty, and one for a night that nobody has.
pub(in crate::pages) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, nights) = asked_for(&acting, &Asked::new(pairs)).await?;
    let lines = |night: &Night| {
        let without = words(&night.without);
        let line = |who: String, telephone: String, decides: String| vec![night.day.to_string(), who, telephone, decides, without.clone()];
        if night.on_duty.is_empty() {
            return vec![line(String::new(), String::new(), String::new())];
        }
        night.on_duty.iter().map(|one| line(one.name.clone(), one.duty.telephone.clone(), held(&one.offices))).collect()
    };
    let headings = ["night", "on_duty", "telephone", "decides_for", "nobody_decides_for"];
    Ok(csv_file(&format!("rota-{}", acting.record.today()), headings, nights.iter().flat_map(lines)))
}

async fn found(acting: &Acting, text: &str) -> Result<DutyPage, Error> {
    let id = text.parse().map_err(|_| Error::NotFound)?;
    Ok(people::duty(&acting.record, &acting.actor, &acting.authority, id).await?)
}

/// The entry as it stands; one that was taken back is changed no more.
fn standing(page: &DutyPage) -> Result<&Versioned<Duty>, Error> {
    page.now().ok_or_else(|| Error::Missing("They were taken off the rota of that night.".to_owned()))
}

fn version(asked: &Asked) -> i64 {
    asked.one("version").and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// `GET /offices/rota/{id}`
pub(in crate::pages) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    Ok(page(&state, &acting, &found(&acting, &text).await?, &Asked::default(), None).into_response())
}

/// `POST /offices/rota/{id}/withdraw`
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
    let done = people::withdraw_duty(&acting.record, &acting.actor, &acting.authority, (id, version(&asked)), reason).await;
    Ok(match office_form::refused(done, |_| "withdraw-reason")? {
        None => Redirect::to("/offices/rota").into_response(),
        Some(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, page(&state, &acting, &one, &asked, Some(&wrong))).into_response(),
    })
}

fn page(state: &app::State, acting: &Acting, one: &DutyPage, asked: &Asked, wrong: Option<&Wrong>) -> Markup {
    let typing = Typing { asked, eligible: &[], wrong };
    let now = one.now().filter(|_| acting.may(Action::OfficeWrite));
    let stood = if one.now().is_some() { one.versions.len() } else { one.versions.len() - 1 };
    let row = |(known, name): &(Versioned<Duty>, String)| {
        vec![
            html! { (acting.said(known.recorded_at)) },
            html! { (name) },
            html! { (known.fact.day.long()) },
            html! { (known.fact.telephone) },
        ]
    };
    let rows: Vec<_> = one.versions[..stood].iter().rev().map(row).collect();
    let columns = ["Recorded", "Who", "Night", "Telephone number"].map(Column::text);
    let caption = "Every version, the latest first";
    let body = html! {
        (typing.summary())
        @if one.now().is_none() { (InsetText(html! { "It was taken back. It stands here so that nothing is lost." })) }
        (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        @if let Some(known) = now {
            div class="pw-prose" {
                h2 class="govuk-heading-m" { "Take them off this night" }
                form action={ "/offices/rota/" (known.fact.id) "/withdraw" } method="post" novalidate {
                    (form_token())
                    input type="hidden" name="version" value=(known.version);
                    (typing.line("withdraw-reason", "Why", Some("Somebody will ask: the words stay in the history.")))
                    (Button { text: "Take them off the rota", look: Look::Warning, press: Press::Submit })
                }
            }
        }
        (log(&one.log))
    };
    let correct = now.map(|known| format!("/offices/rota/{}/correct", known.fact.id));
    let actions = html! {
        @if let Some(correct) = &correct { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(correct) }) }
    };
    let title = if wrong.is_some() { "Error: On duty" } else { "On duty" };
    layout(Some(&state.place), &Page { title: title.to_owned(), trail: TRAIL, actions, body, ..Page::new("On duty") })
}

/// `GET /offices/rota/{id}/correct`
pub(in crate::pages) async fn edit(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let known = standing(&one)?;
    let pairs = [
        ("version", known.version.to_string()),
        ("on-duty", known.fact.person.to_string()),
        ("night", known.fact.day.to_string()),
        ("telephone", known.fact.telephone.clone()),
    ];
    let asked = Asked::new(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    edit_page(&state, &acting, &one, &asked, None).await
}

/// `POST /offices/rota/{id}/correct`
pub(in crate::pages) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let one = found(&acting, &text).await?;
    let id = standing(&one)?.fact.id;
    let asked = Asked::new(pairs);
    let wrong = match office_form::duty(&asked) {
        Err(wrong) => Some(wrong),
        Ok((person, day)) => {
            let said = (person, day, asked.one("telephone").unwrap_or_default());
            let (at, reason) = ((id, version(&asked)), asked.one("reason").unwrap_or_default());
            let done = people::correct_duty(&acting.record, &acting.actor, &acting.authority, at, said, reason).await;
            office_form::refused(done, office_form::about_duty)?
        }
    };
    match wrong {
        None => Ok(Redirect::to(&format!("/offices/rota/{id}")).into_response()),
        Some(wrong) => edit_page(&state, &acting, &one, &asked, Some(&wrong)).await,
    }
}

async fn edit_page(state: &app::State, acting: &Acting, one: &DutyPage, asked: &Asked, wrong: Option<&Wrong>) -> Result<Response, Error> {
    let fact = &standing(one)?.fact;
    let named = one.versions.last().map(|(known, name)| (known.fact.person, name.as_str()));
    let eligible = office_form::eligible(acting, named).await?;
    let typing = Typing { asked, eligible: &eligible, wrong };
    let here = format!("/offices/rota/{}", fact.id);
    let body = html! {
        div class="pw-prose" {
            (typing.summary())
            form action={ (here) "/correct" } method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(version(asked));
                (typing.duty())
                (typing.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history.")))
                (Button { text: "Save the correction", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let trail = [TRAIL[0], TRAIL[1], ("On duty", here.as_str())];
    let (title, status) = match wrong {
        Some(_) => ("Error: Correct the rota", StatusCode::UNPROCESSABLE_ENTITY),
        None => ("Correct the rota", StatusCode::OK),
    };
    let page = Page { title: title.to_owned(), trail: &trail, body, ..Page::new("Correct the rota") };
    Ok((status, layout(Some(&state.place), &page)).into_response())
}
