//! Documents that have run out or soon will, of all providers and homes.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Day;
use maud::{Markup, html};
use service::record::{self, ExpiringDocument};

use super::fact::{Pairs, address};
use crate::app;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// Months ahead that is looked, unless the address says otherwise.
const AHEAD: i32 = 3;

/// The farthest that is looked ahead, in months.
const FARTHEST: i32 = 60;

/// How many months ahead an address asks to look, and the day after them.
pub(crate) fn until(acting: &Acting, asked: &Asked) -> Result<(i32, Day), Error> {
    let months = asked.number::<i32>("months")?.unwrap_or(AHEAD);
    if !(1..=FARTHEST).contains(&months) {
        return Err(Error::Unreadable(format!("Look 1 to {FARTHEST} months ahead.")));
    }
    Ok((months, acting.record.today().plus_months(months)))
}

/// `GET /documents?months=3`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let asked = Asked::new(pairs).only(&["months"]);
    let (months, until) = until(&acting, &asked)?;
    let all = record::expiring_documents(&acting.record, &acting.actor, acting.authority.id, until).await?;
    let today = acting.record.today();
    let columns = ["Runs out", "What it is", "Whose", "About"].map(Column::text);
    let row = |one: &ExpiringDocument| {
        let fact = &one.document.fact;
        let day = fact.to.map(Day::long).unwrap_or_default();
        vec![
            html! { (day) @if fact.to.is_some_and(|to| to <= today) { span class="pw-more" { "Has run out" } } },
            html! { a href=(address(fact.id)) { (fact.kind.label()) } span class="pw-more" { (fact.title) } },
            html! { a href={ "/providers/" (fact.provider) } { (one.provider) } },
            html! { @match (fact.setting, &one.about) { (Some(setting), Some(about)) => a href={ "/homes/" (setting) } { (about) }, (None, Some(about)) => (about), _ => "the provider" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let caption = "Documents by the day on which they run out";
    let body = html! {
        p class="govuk-body" {
            "Look ahead " @for (number, other) in [1, 3, 6, 12].into_iter().enumerate() {
                @if number > 0 { ", " }
                @if other == months { strong { (other) } } @else { a href={ "/documents?months=" (other) } { (other) } }
            } " months. A document that another of its kind has followed is not here."
        }
        @if rows.is_empty() {
            p class="govuk-body" { "Nothing has run out, and nothing does before " (until.long()) ", as far as the record knows." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
    };
    let csv = asked.of("/documents.csv");
    let actions = html! { (Button { text: "All documents", look: Look::Secondary, press: Press::Follow("/documents/all") }) (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) }) };
    let heading = format!("{} run out", shown::counted(all.len() as u64, "document has or will", "documents have or will"));
    let trail = [("Homes", "/homes"), ("Providers", "/providers")];
    Ok(layout(
        Some(&state.place),
        &Page { title: "Documents".to_owned(), room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new(heading) },
    ))
}

/// `GET /documents.csv?months=3`
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, until) = until(&acting, &Asked::new(pairs))?;
    let all = record::expiring_documents(&acting.record, &acting.actor, acting.authority.id, until).await?;
    let row = |one: ExpiringDocument| {
        let fact = one.document.fact;
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![day(fact.to), fact.kind.word().to_owned(), fact.title, one.provider, one.about.unwrap_or_default(), fact.from.to_string()]
    };
    let headings = ["runs_out", "kind", "title", "provider", "about", "from"];
    Ok(csv_file(&format!("documents-{}", acting.record.today()), headings, all.into_iter().map(row)))
}
