//! What was read from the returns, what was found in them, and what to mend.

mod accounts;
mod changes;
mod list;
mod person;
mod rule;
mod status;

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::Finding;
use maud::{Markup, html};
use service::checks::{self, Check};
use service::holdings::Holding;

use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::error::Error;
use crate::govuk::{Button, Look, Press};
use crate::page::{Page, Room, layout};
use crate::parts::{SubNavigation, SubPage};
use crate::{app, shown};
pub(crate) use list::Choice;

/// `GET /returns`: what was read.
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    page(&state, pairs, View::Read, |holding, _, _| Ok(html! { (accounts::rows(holding)) (accounts::tables(holding)) }))
}

/// `GET /returns/findings?severity=error&rule=…&table=…&year=…&page=2`; `rules=2025` runs the statutory rules on that return instead of the
/// latest.
pub(super) async fn findings(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    page(&state, pairs, View::Findings, |holding, choice, check| {
        let found: Vec<&Finding> = choice.of(&check.findings);
        Ok(
            html! { div class="pw-filtered" { (list::panel(holding, choice, check)) div { (list::page(View::Findings.path(), choice, check, &found)?) } } },
        )
    })
}

/// `GET /returns/rules`: the Department's rules with what became of each.
pub(super) async fn rules(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    page(&state, pairs, View::Rules, |_, _, check| Ok(status::rules(check)))
}

/// `GET /returns/changes`: what is new and what is mended since an earlier check.
pub(super) async fn changes(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    page(&state, pairs, View::Changes, |_, choice, check| changes::body(state.earlier.as_deref(), choice, check))
}

/// The pages of the room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Read,
    Findings,
    Changes,
    Rules,
}

impl View {
    const ALL: [Self; 4] = [Self::Read, Self::Findings, Self::Changes, Self::Rules];

    const fn path(self) -> &'static str {
        match self {
            Self::Read => "/returns",
            Self::Findings => "/returns/findings",
            Self::Changes => "/returns/changes",
            Self::Rules => "/returns/rules",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Read => "What was read",
            Self::Findings => "Findings",
            Self::Changes => "Since the last check",
            Self::Rules => "Statutory rules",
        }
    }
}

/// Heading, ways to take the findings away, and the pages beside this one, around what the page says.
fn page(
    state: &app::State,
    pairs: Vec<(String, String)>,
    view: View,
    body: impl FnOnce(&Holding, &Choice, &Check) -> Result<Markup, Error>,
) -> Result<Markup, Error> {
    let Some(holding) = &state.holding else { return Ok(without_returns(state)) };
    let choice = Choice::read(&Asked::new(pairs))?;
    let check = state.check(holding, choice.checked)?;
    let addresses = View::ALL.map(|view| choice.beside(view.path()));
    let pages: Vec<SubPage<'_>> = View::ALL.iter().zip(&addresses).map(|(view, href)| SubPage { text: view.words(), href }).collect();
    let body = html! {
        (SubNavigation { label: "Returns", pages: &pages, here: &choice.beside(view.path()) })
        (body(holding, &choice, &check)?)
    };
    let csv = choice.asked.without("page").of("/returns/findings.csv");
    let actions = html! {
        (Button { text: "Workbook by child", look: Look::Secondary, press: Press::Follow(&choice.beside("/returns/findings.xlsx")) })
        (Button { text: "CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&choice.beside("/api/v1/returns")) })
    };
    let rows = shown::counted(check.rows.read, "row", "rows");
    let heading = match check.findings.len() as u64 {
        0 => format!("{rows} read, and nothing found wrong"),
        many => format!("{rows} read, {}", shown::counted(many, "finding", "findings")),
    };
    let lede = html! {
        "Every row is accounted for: a bad one is set aside or repaired and never refuses its file. The Department's rules were run on the return for " (check.year) "."
    };
    let page = Page {
        title: format!("Returns: {}", view.words().to_lowercase()),
        room: Some(Room::Returns),
        lede,
        actions,
        body,
        ..Page::new(heading)
    };
    Ok(layout(Some(&state.place), &page))
}

/// `GET /returns/findings.csv`, for the same choices.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let choice = Choice::read(&Asked::new(pairs))?;
    let check = state.check(holding, choice.checked)?;
    let line = |one: &Finding| {
        let words = [
            one.rule,
            one.severity.word(),
            &one.file,
            one.table,
            &list::year(one.year),
            &one.row.to_string(),
            &one.child,
            &one.column,
            &one.value,
            &one.message,
            one.action.word(),
        ];
        words.map(str::to_owned).to_vec()
    };
    let headings = ["rule", "severity", "file", "table", "year", "row", "child", "column", "value", "message", "action"];
    Ok(csv_file("findings", headings, choice.of(&check.findings).into_iter().map(line)))
}

/// `GET /returns/children/{place}`: what was found about one child. The address has a place in the list, not the child's identifier, which
/// would stay behind in histories and logs.
pub(super) async fn child(
    State(state): State<Arc<app::State>>,
    Path(place): Path<usize>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Markup, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let choice = Choice::read(&Asked::new(pairs))?;
    person::page(&state, &*state.check(holding, choice.checked)?, &choice, place)
}

/// `GET /returns/rules/{code}`: what a rule means, and what it found.
pub(super) async fn rule(
    State(state): State<Arc<app::State>>,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Markup, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let choice = Choice::read(&Asked::new(pairs))?;
    rule::page(&state, &*state.check(holding, choice.checked)?, &choice, &code)
}

/// `GET /returns/findings.xlsx`: by child, for the people who mend the record.
pub(super) async fn workbook(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let check = state.check(holding, Choice::read(&Asked::new(pairs))?.checked)?;
    let changes = state.earlier.as_deref().map(|earlier| checks::compare(&check.findings, earlier));
    let bytes = report::xlsx::write(&checks::workbook(holding, &check, changes.as_ref())).map_err(|fault| {
        tracing::error!(%fault, "a workbook could not be written");
        Error::Internal
    })?;
    let disposition = format!("attachment; filename=\"findings-{}.xlsx\"", check.year);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

fn without_returns(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "Placewell reads the SSDA903 files of one year or many, CSV or Excel, as they are sent to the Department for Education: Header, Episodes, UASC, Reviews, OC2, OC3, AD1 and the others. It finds them by their columns, whatever they are called." }
            h2 { "What to do first" }
            p class="govuk-body" { "Start Placewell with their folder: " code { "placewell serve FOLDER" } ". Nothing leaves this machine." }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::Returns), body, ..Page::new("No returns have been given") })
}
