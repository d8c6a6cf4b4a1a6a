//! Who has looked at a case, and who has written in it: open to everybody who may open the case, since nobody's looking is a secret from its people.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::record::{self, Entries, Part, access::Action};

use super::super::id;
use super::show::{Opening, identity, navigation, open};
use super::{Pairs, along};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

/// Entries of each sort on a page.
const SHOWN: u32 = 200;

/// What was done, as people say it.
pub(in crate::pages::record) const fn did(action: Action) -> &'static str {
    match action {
        Action::ChildRead => "Case read",
        Action::VaultRead => "Names and addresses read",
        Action::VaultWrite => "Names and addresses changed",
        Action::PlacementWrite => "Placement changed",
        Action::ChildWrite => "Case changed",
        Action::ReviewWrite => "Review changed",
        Action::VoiceWrite => "The child’s words changed",
        Action::ChildMerge => "Entries joined or taken apart",
        Action::ChildAllocate | Action::ChildEntrust => "Somebody allocated",
        Action::ChildBreakGlass => "Opened in need",
        Action::GlassReview => "Opening in need looked at",
        Action::EmergencyRead => "Emergency decision read",
        Action::EmergencyApprove => "Emergency decision approved",
        Action::RecordImport => "Taken from a return, an export or a list",
        Action::RecordErase => "Erased by the rules of retention",
        Action::ChildList => "Shown in a list",
        Action::ChildExport => "Taken out as a file",
        Action::AlertResolve => "Alert resolved",
        Action::HomeRead => "Home read",
        Action::HomeWrite => "Home changed",
        Action::ProviderRead => "Provider read",
        Action::ProviderWrite => "Provider changed",
        Action::ContractRead => "Contract read",
        Action::ContractWrite => "Contract changed",
        Action::PayeeOpen => "Bank details opened",
        Action::PayeeRead => "Bank details read",
        Action::PayeeWrite => "Bank details changed",
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
    let readings = read(&acting, &pairs, &case, &READINGS).await?;
    let changes = read(&acting, &pairs, &case, &CHANGES).await?;
    let along = along(&pairs).without("as-known");
    let body = html! {
        (identity(&case, &acting))
        (navigation(child, &acting, &along, &format!("/cases/{child}/log")))
        h2 class="govuk-heading-m" { "Who has looked" }
        (table(&acting, &READINGS, &along, &readings))
        h2 class="govuk-heading-m" { "Who has written" }
        (table(&acting, &CHANGES, &along, &changes))
    };
    let lede = html! { "Every opening of this case is here, and this one will be when you look again. The log is sealed: nobody can take an entry out." };
    let heading = format!("Who looked at the case of child {}", case.child.fact.reference);
    let here = along.of(&format!("/cases/{child}"));
    let trail = [("Cases", "/cases"), ("Case", here.as_str())];
    let page = Page { title: "Who looked at a case".to_owned(), room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// One half of the log.
struct Half {
    which: Entries,
    caption: &'static str,
    /// Names the entry before which a page ends.
    before: &'static str,
    earlier: &'static str,
}

const READINGS: Half =
    Half { which: Entries::Readings, caption: "Who has looked, newest first", before: "looked-before", earlier: "See who looked earlier" };
const CHANGES: Half =
    Half { which: Entries::Changes, caption: "Who has written, newest first", before: "written-before", earlier: "See who wrote earlier" };

/// A page of one half, and one entry more where there are earlier ones.
async fn read(acting: &Acting, pairs: &Pairs, case: &record::Case, half: &Half) -> Result<Vec<record::Entry>, Error> {
    let before = Asked::new(pairs.clone()).one(half.before).and_then(|number| number.parse().ok());
    let part = Part { before, ..Part::last(half.which, SHOWN + 1) };
    Ok(record::log(&acting.record, case, part).await?)
}

fn table(acting: &Acting, half: &Half, along: &Asked, entries: &[record::Entry]) -> Markup {
    let columns = ["When", "Who", "What", "Why"].map(Column::text);
    let row = |entry: &record::Entry| {
        let why = [entry.purpose.as_deref().unwrap_or(""), entry.reason.as_str()];
        let why: Vec<&str> = why.into_iter().filter(|words| !words.is_empty()).collect();
        vec![
            html! { (acting.said(entry.at)) },
            html! { (entry.who) },
            html! { (did(entry.action)) },
            html! { @if why.is_empty() { "–" } @else { (why.join(": ")) } },
        ]
    };
    let (page, rest) = entries.split_at(entries.len().min(SHOWN as usize));
    let rows: Vec<Vec<Markup>> = page.iter().map(row).collect();
    html! {
        @if rows.is_empty() {
            p class="govuk-body" { "Nobody yet." }
        } @else {
            (Scroll { label: half.caption, body: html! { (Table { caption: half.caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
            @if let (Some(last), false) = (page.last(), rest.is_empty()) {
                p class="govuk-body" { a href=(along.with(half.before, &last.seq.to_string()).of("")) { (half.earlier) } }
            }
        }
    }
}
