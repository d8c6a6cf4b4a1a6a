//! Who decides what the law leaves to an office, at this hour or at another, and the nominations and rota that say so.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::office::{Nomination, Office, Standing};
use domain::person::Person;
use maud::{Markup, html};
use service::people::{self, Approver, NewNomination};
use service::record::access::Action;

use super::Pairs;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{
    Button, Choice, Chosen, Column, ErrorSummary, Field, FirstCell, InputMode, Look, Press, Problem, Select, Size, Table, TextInput,
};
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

/// `POST /offices/nominations`
pub(in crate::pages) async fn nominate(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let day = |name: &str| asked.one(name).map(|text| Day::parse(text.as_bytes()).ok_or(())).transpose();
    let read = (asked.one("office").and_then(|word| word.parse::<Office>().ok()), asked.one("person").and_then(|id| id.parse().ok()));
    let ((Some(office), Some(person)), Ok(Some(start)), Ok(end)) = (read, day("start"), day("end")) else {
        return refused(&state, &acting, &asked, ("start", "Choose office and person, and enter the days as 2026-03-31")).await;
    };
    let standing = asked.one("standing").and_then(|word| word.parse().ok()).unwrap_or(Standing::Deputy);
    let written = asked.one("written").unwrap_or_default().to_owned();
    let new = NewNomination { office, standing, person, start, end, written };
    match people::nominate(&acting.record, &acting.actor, &acting.authority, new).await {
        Ok(_) => Ok(Redirect::to("/offices").into_response()),
        Err(service::Error::Unusable(problem)) => {
            let field = match &problem {
                problem if problem.contains("yourself") => "person",
                problem if problem.contains("paper") || problem.contains("nomination") => "written",
                _ => "start",
            };
            refused(&state, &acting, &asked, (field, &problem)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /offices/rota`
pub(in crate::pages) async fn put_on_duty(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let day = asked.one("night").and_then(|text| Day::parse(text.as_bytes()));
    let (Some(day), Some(person)) = (day, asked.one("on-duty").and_then(|id| id.parse().ok())) else {
        return refused(&state, &acting, &asked, ("night", "Choose a person, and enter the day as 2026-03-31")).await;
    };
    let telephone = asked.one("telephone").unwrap_or_default();
    match people::put_on_duty(&acting.record, &acting.actor, &acting.authority, person, day, telephone).await {
        Ok(_) => Ok(Redirect::to(&format!("/offices?on={day}&hour=18")).into_response()),
        Err(service::Error::Unusable(problem)) => refused(&state, &acting, &asked, ("telephone", &problem)).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn refused(state: &app::State, acting: &Acting, asked: &Asked, problem: (&str, &str)) -> Result<Response, Error> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(state, acting, asked, Some(problem)).await?).into_response())
}

async fn page(state: &app::State, acting: &Acting, asked: &Asked, problem: Option<(&str, &str)>) -> Result<Markup, Error> {
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
    let eligible = if acting.may(Action::OfficeWrite) {
        people::eligible(&acting.record, &acting.actor, &acting.authority).await?
    } else {
        Vec::new()
    };
    let nominations = people::nominations(&acting.record, &acting.actor, &acting.authority).await?;
    let body = html! {
        @if let Some((field, text)) = problem {
            (ErrorSummary { description: None, problems: &[Problem { text, href: Some(&format!("#{field}")) }] })
        }
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
        @if !eligible.is_empty() { div class="pw-prose" { (forms(asked, &eligible, problem)) } }
    };
    let lede = html! { "A decision that the law leaves to an office is made by its holder or by somebody nominated in writing. Offices are shut from five to nine and at weekends." };
    let title = if problem.is_some() { "Error: Who decides" } else { "Who decides" };
    Ok(layout(Some(&state.place), &Page { title: title.to_owned(), lede, body, ..Page::new("Who decides") }))
}

fn answers(office: Office, found: &[Approver]) -> Vec<Vec<Markup>> {
    let row = |one: &Approver| {
        let standing = if one.standing == Standing::Holder { "Holder" } else { "Deputy" };
        let reached = one.telephone.as_ref().map_or_else(|| one.person.email.clone(), |number| format!("{number} (on duty)"));
        vec![html! { (office.words()) }, html! { (one.person.name) }, html! { (standing) }, html! { (reached) }, html! { (one.written) }]
    };
    found.iter().map(row).collect()
}

fn register(nominations: &[(Nomination, String)]) -> Markup {
    let row = |(one, name): &(Nomination, String)| {
        let end = one.end.map_or_else(|| "goes on".to_owned(), Day::long);
        vec![
            html! { (one.office.words()) },
            html! { (name) },
            html! { (if one.standing == Standing::Holder { "Holder" } else { "Deputy" }) },
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

fn forms(asked: &Asked, eligible: &[Person], problem: Option<(&str, &str)>) -> Markup {
    let error = |name: &str| problem.filter(|(field, _)| *field == name).map(|(_, text)| text);
    let typed = |name: &str| asked.one(name).unwrap_or_default();
    let ids: Vec<String> = eligible.iter().map(|person| person.id.to_string()).collect();
    let somebody = |name: &str| -> Vec<Choice<'_>> {
        let chosen = typed(name).to_owned();
        ids.iter().zip(eligible).map(|(id, person)| Choice::new(id, &person.name).chosen_if(&chosen)).collect()
    };
    let words = Office::ALL.map(|office| (office.to_string(), office.words()));
    let offices: Vec<_> = words.iter().map(|(word, text)| Choice::new(word, text).chosen_if(typed("office"))).collect();
    let deputy = Choice { state: Chosen::Yes, ..Choice::new("deputy", "Deputy") };
    let standings = if typed("standing") == "holder" {
        vec![Choice { state: Chosen::Yes, ..Choice::new("holder", "Holder") }, Choice::new("deputy", "Deputy")]
    } else {
        vec![deputy, Choice::new("holder", "Holder")]
    };
    let text = |name: &'static str, label: &'static str, hint: Option<&'static str>| {
        let field = Field { hint, error: error(name), ..Field::new(name, label) };
        html! { (TextInput::new(field, typed(name))) }
    };
    html! {
        h2 { "Record a nomination" }
        form action="/offices/nominations" method="post" novalidate {
            (door::form_token())
            (Select { field: Field::new("office", "Office"), choices: &offices })
            (Select { field: Field::new("standing", "As"), choices: &standings })
            (Select { field: Field::new("person", "Who"), choices: &somebody("person") })
            (text("start", "First day", Some("Such as 2026-03-31.")))
            (text("end", "Day on which it ends", Some("Leave it blank where the paper names none.")))
            (text("written", "Where the signed paper is", None))
            (Button { text: "Record the nomination", look: Look::Primary, press: Press::Submit })
        }
        h2 { "Put somebody on the rota" }
        form action="/offices/rota" method="post" novalidate {
            (door::form_token())
            (Select { field: Field::new("on-duty", "Who"), choices: &somebody("on-duty") })
            (text("night", "Day on whose evening it begins", Some("At weekends, the whole day and night.")))
            (text("telephone", "Telephone number", None))
            (Button { text: "Put them on the rota", look: Look::Secondary, press: Press::Submit })
        }
    }
}
