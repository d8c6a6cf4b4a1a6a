//! Taking the statutory returns into the record: what they would add, what they say differently, and whose word counts for which child.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render as _, html};
use service::holdings::Holding;
use service::record::{self, Difference, Imported};

use super::Pairs;
use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Checkboxes, Choice, Chosen, Column, ErrorSummary, FirstCell, Group, Look, Press, Problem, Size, Table,
};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// More children than this are not shown on one page: what so many returns say differently is of one cause, to be mended where the returns are made.
const MOST_SHOWN: usize = 200;

const HEADING: &str = "Returns and the record";

/// What was done with the returns.
enum Answer {
    /// Nothing yet.
    Asked,
    /// They were compared with the record.
    Looked(Imported),
    /// They were taken.
    Taken(Imported),
    /// They cannot be, and why: a problem a line.
    Refused(Vec<String>),
}

fn page(state: &app::State, answer: &Answer) -> Markup {
    let problems: &[String] = if let Answer::Refused(problems) = answer { problems } else { &[] };
    let shown: Vec<Problem<'_>> = problems.iter().map(|text| Problem { text, href: None }).collect();
    let body = html! {
        @if !shown.is_empty() { (ErrorSummary { description: Some("Nothing was taken."), problems: &shown }) }
        @match (&state.holding, answer) {
            (None, _) => p class="govuk-body" {
                "Placewell was started without returns. Start it with their folder: " code { "placewell serve FOLDER" } "."
            },
            (Some(holding), Answer::Asked | Answer::Refused(_)) => (asking(holding)),
            (Some(_), Answer::Looked(imported)) => (choosing(imported)),
            (Some(_), Answer::Taken(imported)) => {
                p class="govuk-body" role="status" { "The returns are in the record. " (did(imported)) }
                (differing(&imported.differences))
                p class="govuk-body" { a href="/cases" { "Go to the cases" } }
            },
        }
    };
    let lede = html! { "What is new in the returns comes into the record. Where they say something else than the record, you choose for each child whose word counts." };
    let title = if shown.is_empty() { HEADING.to_owned() } else { format!("Error: {HEADING}") };
    let trail = [("Cases", "/cases")];
    layout(Some(&state.place), &Page { title, room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(HEADING) })
}

fn asking(holding: &Holding) -> Markup {
    let children = shown::counted(holding.read.history.children.len() as u64, "child", "children");
    html! {
        div class="pw-prose" {
            p class="govuk-body" {
                "The returns that these pages were opened with hold " (children)
                @if let Some((from, to)) = holding.read.history.covers { ", " (from.long()) " to " (to.long()) }
                ". " a href="/returns/findings" { "What was found in them" } "."
            }
            form action="/cases/returns" method="post" {
                (form_token())
                input type="hidden" name="do" value="look";
                (Button { text: "Compare them with the record", look: Look::Primary, press: Press::Submit })
            }
            p class="govuk-hint" { "Nothing is written yet. That somebody looked is kept in the log." }
        }
    }
}

/// What returns would do, and the children of whom they say something else.
fn choosing(imported: &Imported) -> Markup {
    let of_children = by_child(&imported.differences);
    let hints: Vec<(String, String)> = of_children
        .iter()
        .take(MOST_SHOWN)
        .map(|(child, differences)| (format!("Child {child}"), differences.iter().map(|one| said(one)).collect::<Vec<_>>().join("; ")))
        .collect();
    let choices: Vec<Choice<'_>> = of_children
        .keys()
        .zip(&hints)
        .map(|(child, (text, hint))| Choice { value: child, text, hint: Some(hint), state: Chosen::No })
        .collect();
    let left = of_children.len().saturating_sub(choices.len());
    html! {
        p class="govuk-body" role="status" { "Compared, and nothing written. " (would(imported)) }
        @if imported.hidden > 0 {
            p class="govuk-body" {
                (shown::counted(imported.hidden as u64, "difference is", "differences are")) " in cases that are not open to you. There the record stays as it is."
            }
        }
        form action="/cases/returns" method="post" {
            (form_token())
            input type="hidden" name="do" value="take";
            @if !choices.is_empty() {
                (Checkboxes {
                    group: Group {
                        id: "child",
                        name: "child",
                        legend: "Take the returns' word for these children",
                        size: Size::Medium,
                        hint: Some("The record is corrected to what the returns say, and what it said stays in its history. Of all others the record stays."),
                        error: None,
                    },
                    arrangement: Arrangement::Small,
                    choices: &choices,
                })
            }
            @if left > 0 {
                p class="govuk-body" { "These are the first " (MOST_SHOWN) " children; " (left) " more follow when these are settled." }
            }
            (Button { text: "Take the returns into the record", look: Look::Primary, press: Press::Submit })
        }
        p class="govuk-body" { a href="/cases/returns" { "Leave the record as it is" } }
    }
}

fn by_child(differences: &[Difference]) -> BTreeMap<&str, Vec<&Difference>> {
    let mut children: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for one in differences {
        children.entry(&one.child).or_default().push(one);
    }
    children
}

/// One difference in words.
fn said(one: &Difference) -> String {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "nothing".to_owned());
    format!("{}: the record says {}, the returns {}", one.what, word(&one.recorded), word(&one.returned))
}

fn would(imported: &Imported) -> String {
    let Imported { children, added, completed, unchanged, .. } = imported;
    let children = shown::counted(*children as u64, "child", "children");
    format!(
        "{children} would be new, with {added} stays, periods and legal statuses; {completed} would be completed; {unchanged} stand as the returns have them."
    )
}

fn did(imported: &Imported) -> String {
    let Imported { children, added, completed, unchanged, .. } = imported;
    let children = shown::counted(*children as u64, "child", "children");
    format!("{children} new, with {added} stays, periods and legal statuses; {completed} completed; {unchanged} as they were.")
}

/// What was said differently, and what became of it.
fn differing(differences: &[Difference]) -> Markup {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<Vec<Markup>> = differences
        .iter()
        .take(MOST_SHOWN)
        .map(|one| {
            let became = if one.taken { "corrected" } else { "kept" };
            [one.child.clone(), one.what.to_owned(), word(&one.recorded), word(&one.returned), became.to_owned()]
                .map(|cell| html! { (cell) })
                .to_vec()
        })
        .collect();
    let columns = ["Child", "What", "The record said", "The returns say", "The record was"].map(Column::text);
    let caption = if differences.len() > MOST_SHOWN { "The first of what was said differently" } else { "What was said differently" };
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    html! {
        @if !rows.is_empty() { (Scroll { label: caption, body: table.render() }) }
    }
}

/// `GET /cases/returns`
pub(super) async fn show(State(state): State<Arc<app::State>>, _acting: Acting) -> Markup {
    page(&state, &Answer::Asked)
}

/// `POST /cases/returns`
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &Answer::Asked)).into_response()) };
    let takes = pairs.iter().any(|(name, value)| name == "do" && value == "take");
    let children: BTreeSet<String> = pairs.into_iter().filter(|(name, _)| name == "child").map(|(_, value)| value).collect();
    let (record, actor, authority) = (&acting.record, &acting.actor, &acting.authority);
    let done = if takes {
        record::import_choosing(record, actor, authority, holding, &children).await.map(Answer::Taken)
    } else {
        record::look_at_returns(record, actor, authority, holding).await.map(Answer::Looked)
    };
    match done {
        Ok(answer) => Ok(page(&state, &answer).into_response()),
        Err(service::Error::Unusable(words)) => {
            let problems = words.lines().map(str::to_owned).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &Answer::Refused(problems))).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}
