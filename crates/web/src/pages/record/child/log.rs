//! Who has looked at a case, and who has written in it: open to everybody who may open the case, since nobody's looking is a secret from its people.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::record::{self, access::Action};

use super::super::id;
use super::show::{Opening, identity, navigation, open};
use super::{Pairs, along};
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// Entries shown of each sort; the sentence above says of how many.
const SHOWN: usize = 300;

/// Whether an action only looked.
pub(super) const fn is_reading(action: Action) -> bool {
    matches!(action, Action::ChildRead | Action::VaultRead | Action::ChildList)
}

/// What was done, as people say it.
pub(super) const fn did(action: Action) -> &'static str {
    match action {
        Action::ChildRead => "Case read",
        Action::VaultRead => "Names and addresses read",
        Action::VaultWrite => "Names and addresses changed",
        Action::PlacementWrite => "Placement changed",
        Action::ChildWrite => "Case changed",
        Action::ReviewWrite => "Review changed",
        Action::VoiceWrite => "The child’s words changed",
        Action::ChildMerge => "Entries joined or taken apart",
        Action::ChildBreakGlass => "Opened in need",
        Action::GlassReview => "Opening in need looked at",
        other => other.name(),
    }
}

/// `GET /cases/{id}/log`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let case = match open(&state, &acting, child, ("/log", &pairs), None).await? {
        Opening::Case(case) => case,
        Opening::Purpose(asked) => return Ok(asked),
    };
    let (readings, changes): (Vec<&record::Entry>, Vec<&record::Entry>) = case.log.iter().partition(|entry| is_reading(entry.action));
    let along = along(&pairs).without("as-known");
    let body = html! {
        (identity(&case, &acting))
        (navigation(child, &acting, &along, &format!("/cases/{child}/log")))
        h2 class="govuk-heading-m" { "Who has looked" }
        (table(&acting, "Who has looked, newest first", "reading", "readings", &readings))
        h2 class="govuk-heading-m" { "Who has written" }
        (table(&acting, "Who has written, newest first", "change", "changes", &changes))
    };
    let lede = html! { "Every opening of this case is here, and this one will be when you look again. The log is sealed: nobody can take an entry out." };
    let heading = format!("Who looked at the case of child {}", case.child.fact.reference);
    let here = along.of(&format!("/cases/{child}"));
    let trail = [("Cases", "/cases"), ("Case", here.as_str())];
    let page = Page { title: "Who looked at a case".to_owned(), room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page).into_response())
}

fn table(acting: &Acting, caption: &str, one: &str, many: &str, entries: &[&record::Entry]) -> Markup {
    let columns = ["When", "Who", "What", "Why"].map(Column::text);
    let row = |entry: &&record::Entry| {
        let why = [entry.purpose.as_deref().unwrap_or(""), entry.reason.as_str()];
        let why: Vec<&str> = why.into_iter().filter(|words| !words.is_empty()).collect();
        vec![
            html! { (acting.said(entry.at)) },
            html! { (entry.who) },
            html! { (did(entry.action)) },
            html! { @if why.is_empty() { "–" } @else { (why.join(": ")) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = entries.iter().take(SHOWN).map(row).collect();
    let all = shown::counted(entries.len() as u64, one, many);
    html! {
        @if rows.is_empty() {
            p class="govuk-body" { "Nobody yet." }
        } @else {
            p class="govuk-body" { @if entries.len() > SHOWN { "The newest " (SHOWN) " of " (all) "." } @else { (shown::capital(&all)) "." } }
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
    }
}
