//! The children in care on a date: who they are and how they fare, for all or for a part of them.
//!
//! Real numbers, small ones included: the page is for staff, on this machine. What is published is the statement.

mod breakdowns;
mod choices;
mod export;
mod measures;
pub(crate) mod question;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use maud::{Markup, html};
use service::cohorts::Cohort;
use service::holdings::Holding;

use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, InsetText, Look, Press, Problem};
use crate::page::{Page, Room, layout};
use crate::parts::{SubNavigation, SubPage};
use crate::{app, shown};
use question::{FormDate, Question, View};

/// `GET /children`: the measures.
pub(super) async fn measures(state: State<Arc<app::State>>, asked: Query<Vec<(String, String)>>) -> Result<Response, Error> {
    show(&state, &Asked::new(asked.0), View::Measures)
}

/// `GET /children/profile`: who the children are.
pub(super) async fn profile(state: State<Arc<app::State>>, asked: Query<Vec<(String, String)>>) -> Result<Response, Error> {
    show(&state, &Asked::new(asked.0), View::Profile)
}

/// `GET /children/flows`: who came, left and moved.
pub(super) async fn flows(state: State<Arc<app::State>>, asked: Query<Vec<(String, String)>>) -> Result<Response, Error> {
    show(&state, &Asked::new(asked.0), View::Flows)
}

fn show(state: &app::State, asked: &Asked, view: View) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(without_returns(state).into_response()) };
    match question::form_date(asked) {
        // The address that people keep has one date, not the three boxes of the form.
        FormDate::Day(day) => {
            let kept = question::without_boxes(asked).with("on", &day.to_string());
            return Ok(Redirect::to(&kept.of(view.path())).into_response());
        }
        FormDate::Wrong => {
            let wrong = Wrong { boxes: question::boxes(asked), problem: "Enter a date that exists, like 31 3 2026" };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, wrong_date(state, holding, asked, view, wrong)?).into_response());
        }
        FormDate::None => {}
    }
    let question = Question::read(asked)?;
    if let Some((day, problem)) = outside_the_returns(holding, &question) {
        let (year, month, day) = day.ymd();
        let wrong = Wrong { boxes: Some([day, month, year].map(|part| part.to_string())), problem: &problem };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, wrong_date(state, holding, asked, view, wrong)?).into_response());
    }
    let cohort = state.cohort(holding, &question.request)?;
    let everybody = state.cohort(holding, &question.of_everybody())?;
    Ok(layout(Some(&state.place), &page(holding, &question, &cohort, total(&everybody), view, None)).into_response())
}

/// `GET /children.csv`: the measures and the profile of the same children.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let question = Question::read(&Asked::new(pairs))?;
    if let Some((_, problem)) = outside_the_returns(holding, &question) {
        return Err(Error::Unreadable(format!("{problem}.")));
    }
    let cohort = state.cohort(holding, &question.request)?;
    Ok(export::children(&cohort))
}

/// A date on which the returns cannot say who was in care, and why: a count of it would be a nought that nobody counted.
fn outside_the_returns(holding: &Holding, question: &Question) -> Option<(Day, String)> {
    let (day, (first, last)) = (question.request.on?, holding.read.history.covers?);
    let is_outside = !(first..=last).contains(&day);
    is_outside.then(|| (day, format!("Enter a date from {} to {}: that is what the returns cover", first.long(), last.long())))
}

fn total(cohort: &Cohort) -> u64 {
    cohort.breakdowns.first().map_or(0, |breakdown| breakdown.total)
}

fn page(holding: &Holding, question: &Question, cohort: &Cohort, all: u64, view: View, problem: Option<&str>) -> Page<'static> {
    let children = total(cohort);
    let on = cohort.on.long();
    let heading = if question.is_everybody() {
        format!("{} in our care on {on}", shown::counted(children, "child", "children"))
    } else {
        format!("{} of {} in our care on {on}", shown::count(children), shown::counted(all, "child", "children"))
    };
    let body = html! {
        @if let Some(text) = problem {
            (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#on-day") }] })
        }
        (sub_navigation(question, view))
        @for warning in &cohort.warnings { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (choices::panel(holding, question, cohort.on, view, problem))
            div {
                @if children == 0 {
                    p class="govuk-body" { "No child fits these choices on this date. Remove a choice, or choose another date." }
                } @else {
                    @match view {
                        View::Measures => (measures::table(question, cohort)),
                        View::Profile => (breakdowns::profile(question, cohort)),
                        View::Flows => (breakdowns::flows(cohort)),
                    }
                }
            }
        }
    };
    let lede = html! {
        "Flows are those of the year from " (cohort.range.from.long()) " to " (cohort.range.to.long())
        ". These are real numbers for staff, small ones included: the statement is the form to publish."
    };
    let csv = question.asked.of("/children.csv");
    let json = question.asked.of("/api/v1/measures");
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) })
    };
    Page {
        title: format!("Children: {}", view.words().to_lowercase()),
        room: Some(Room::Children),
        lede,
        actions,
        body,
        ..Page::new(heading)
    }
}

fn sub_navigation(question: &Question, view: View) -> Markup {
    let addresses = View::ALL.map(|view| question.asked.of(view.path()));
    let pages: Vec<SubPage<'_>> = View::ALL.iter().zip(&addresses).map(|(view, href)| SubPage { text: view.words(), href }).collect();
    html! { (SubNavigation { label: "Children", pages: &pages, here: &question.asked.of(view.path()) }) }
}

/// A date that cannot be answered.
struct Wrong<'a> {
    /// What the boxes shall hold again.
    boxes: Option<[String; 3]>,
    problem: &'a str,
}

/// The page as it was, with what is wrong above it and beside the boxes.
fn wrong_date(state: &app::State, holding: &Holding, asked: &Asked, view: View, wrong: Wrong<'_>) -> Result<Markup, Error> {
    let kept = question::without_boxes(asked).without("on");
    let mut question = Question::read(&kept)?;
    question.boxes = wrong.boxes;
    let cohort = state.cohort(holding, &question.request)?;
    let everybody = state.cohort(holding, &question.of_everybody())?;
    Ok(layout(Some(&state.place), &page(holding, &question, &cohort, total(&everybody), view, Some(wrong.problem))))
}

fn without_returns(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" {
                "Published figures say how many children there are, not who they are. With the folder of returns that "
                (state.place.authority) " sends to the Department for Education, this page shows the children in care on any date, by age, legal "
                "status, placement, provider and distance, and every measure with the rows behind it."
            }
            h2 { "What to do first" }
            p class="govuk-body" { "Start Placewell with the folder of returns: " code { "placewell serve FOLDER" } ". Nothing leaves this machine." }
            p class="govuk-body" { a href="/benchmarks" { "See the published figures instead" } }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::Children), body, ..Page::new("No returns have been given") })
}
