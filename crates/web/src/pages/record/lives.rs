//! Who lives in a foster household: the list on its page, and saying that a foster placement is in it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, FosterHomePage, Names, Resident, case};

use super::add::child;
use super::fact::Pairs;
use super::form::{Sheet, Typed, dated};
use super::home::refused;
use super::id;
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::parts::Scroll;

/// Who lives there on the page's day, is to, and did: a child's reference for those alone who may see the child.
pub(super) fn residents(acting: &Acting, page: &FosterHomePage, names: &Names) -> Markup {
    let writes = acting.may(Action::PlacementWrite) && page.as_known.is_none();
    let columns = ["Child", "First night", "Moved out on", "What you can do"].map(Column::text);
    let row = |one: &Resident| {
        let seen = names.children.contains_key(&one.child);
        let shown = names.child(one.child);
        vec![
            html! { @if seen { a href={ "/cases/" (one.child) } { (shown) } } @else { (shown) } },
            html! { (one.from.long()) @if page.day < one.from { span class="pw-more" { "Planned" } } },
            html! { (one.to.map_or_else(|| "–".to_owned(), Day::long)) },
            html! {
                @if writes && seen {
                    a href={ "/cases/" (one.child) "/placements/" (one.placement) "/household" } {
                        "Say that it is another household" span class="govuk-visually-hidden" { ", for " (shown) }
                    }
                } @else { "–" }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = page.residents.iter().rev().map(row).collect();
    let caption = "Who lives there, is to, and did";
    html! {
        h2 class="govuk-heading-m" { (caption) }
        @if rows.is_empty() {
            p class="govuk-body" { "No placement names this household." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
        @if writes { p class="govuk-body pw-actions" { a href={ "/foster-homes/" (page.home.fact.id) "/lives" } { "Say that a child lives or lived here" } } }
    }
}

async fn sheet(state: &app::State, acting: &Acting, text: &str, typed: &Typed) -> Result<Response, Error> {
    let home = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.home.fact;
    let here = format!("/foster-homes/{text}");
    let trail = [("Foster homes", "/foster-homes"), (home.reference.as_str(), here.as_str())];
    let fields = html! {
        p class="govuk-body" { "For a foster placement that stands in the child’s case already. To make a new one, place the child." }
        (typed.line("child", "Child", Some("What returns and case system call the child")))
        (typed.date("night", "A night that the child spent here", Some("Any night of the placement, or one to come")))
        (typed.line("reason", "How this is known", Some("Somebody will ask: the words stay in the history")))
    };
    let action = format!("{here}/lives");
    Ok(typed
        .page(state, Sheet { heading: format!("A child in {}", home.reference), trail: &trail, action: &action, button: "Save", fields }))
}

/// `GET /foster-homes/{id}/lives`
pub(super) async fn ask(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let today = dated(["night-day", "night-month", "night-year"], Some(acting.record.today()));
    sheet(&state, &acting, &text, &Typed::filled(&today)).await
}

/// `POST /foster-homes/{id}/lives`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let mut typed = Typed::new(pairs);
    let child = child(&mut typed, &names);
    let night = typed.needed_day("night", "Enter a night that the child spent here");
    let reason = typed.needed("reason", "Say how this is known");
    if let (Some(child), Some(night), true) = (child, night, typed.is_right()) {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = case::lodge_on(record, &acting.actor, authority, (child, night), id(&text)?, &reason).await;
        if !refused(&mut typed, "child", done)? {
            return Ok(Redirect::to(&format!("/foster-homes/{text}")).into_response());
        }
    }
    sheet(&state, &acting, &text, &typed).await
}
