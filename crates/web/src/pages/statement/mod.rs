//! The sufficiency statement: any authority's from published figures, ours with its returns; read here by section, or taken away.

mod download;
mod reading;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::Markup;
use service::areas::{self, AreaId};
use service::work::Standing;

use crate::app;
use crate::asked::Asked;
use crate::error::Error;

/// `GET /statement?area=Nottingham&section=…`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    let asked = Asked::new(pairs).only(&["area", "section"]);
    let Some(area) = area(&state, &asked)? else { return Ok(reading::choose(&state)) };
    let report = state.statement(area.other())?;
    reading::page(&state, &asked, &report)
}

/// `GET /statement/why?area=Nottingham&figure=…`
pub(super) async fn why(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    let asked = Asked::new(pairs).only(&["area", "section", "figure"]);
    let area = area(&state, &asked)?.ok_or(Error::NotFound)?;
    let report = state.statement(area.other())?;
    reading::why(&state, &asked, &report)
}

/// `GET /statement/{file}`: `statement.html`, `statement.pdf`, `statement.docx`, `statement.xlsx`.
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    Path(file): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let area = area(&state, &Asked::new(pairs))?.ok_or(Error::NotFound)?;
    if area.other().is_none() {
        whole(&state).await;
    }
    let report = state.statement(area.other())?;
    let format = download::Format::of_file(&file).ok_or(Error::NotFound)?;
    download::answer(format, report, state.pdf).await
}

/// Waits until what lies ahead of ours is worked out: a page may be read without, a document that is taken away is whole.
async fn whole(state: &app::State) {
    if let Some(job) = state.ahead() {
        while matches!(job.standing(), Standing::Running(..)) {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}

const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Whose statement.
#[derive(Clone, Copy)]
enum Whose {
    Ours,
    Other(AreaId),
}

impl Whose {
    fn other(self) -> Option<AreaId> {
        match self {
            Self::Ours => None,
            Self::Other(area) => Some(area),
        }
    }
}

/// The authority named, ours if none is; nothing where ours is unknown to everybody.
fn area(state: &app::State, asked: &Asked) -> Result<Option<Whose>, Error> {
    match asked.one("area") {
        Some(name) if !name.eq_ignore_ascii_case(&state.profile.name) => Ok(Some(Whose::Other(areas::find(name)?.id))),
        _ => Ok((state.holding.is_some() || state.profile.area.is_some()).then_some(Whose::Ours)),
    }
}
