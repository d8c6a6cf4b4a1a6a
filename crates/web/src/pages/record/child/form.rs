//! Adding, correcting and taking back a fact about a child, and its history: the same for every kind.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::child::Child;
use maud::{Markup, html};
use service::record::{self, Versioned, case};

use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::super::id;
use super::described::{Context, Described};
use super::{Pairs, context, household, reading};
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, SummaryList, SummaryRow, Table, WarningText};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

/// Where a fact's forms are.
fn at<F: Described>(child: Id<Child>, fact: Id<F>, verb: &str) -> String {
    format!("/cases/{child}/{}/{fact}/{verb}", F::KIND.slug)
}

/// The page of the case that shows this kind.
fn back<F: Described>(child: Id<Child>) -> String {
    format!("/cases/{child}{}#{}", super::tab::tab_of(F::KIND.slug), F::KIND.slug)
}

fn sheet<'a>(heading: String, trail: &'a [(&'a str, &'a str)], action: &'a str, button: &'a str, fields: Markup) -> Sheet<'a> {
    Sheet { heading, trail, action, button, fields }
}

fn page<F: Described>(
    state: &app::State,
    child: Id<Child>,
    typed: &Typed,
    heading: &str,
    action: &str,
    button: &str,
    fields: Markup,
) -> Response {
    let case = back::<F>(child);
    let trail = [("Cases", "/cases"), ("Case", case.as_str())];
    typed.page_in(state, Room::Cases, sheet(heading.to_owned(), &trail, action, button, fields))
}

/// `GET /cases/{id}/{kind}/new`
pub(super) async fn new<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    super::may_open(&acting, child, F::WRITE).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let typed = Typed::new(Vec::new());
    let action = format!("/cases/{child}/{}/new", F::KIND.slug);
    Ok(page::<F>(&state, child, &typed, F::KIND.add, &action, "Save", fields::<F>(&typed, &cx)))
}

/// `POST /cases/{id}/{kind}/new`
pub(super) async fn create<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let mut typed = Typed::new(pairs);
    let beside = household::read::<F>(&mut typed, &cx);
    if let Some(fact) = F::read(&mut typed, &cx, acting.record.id(), child) {
        let done = case::add_beside(&acting.record, &acting.actor, acting.authority.id, child, &fact, beside).await;
        if !refused(&mut typed, F::FIELDS[0].name, done)? {
            return Ok(Redirect::to(&back::<F>(child)).into_response());
        }
    }
    let action = format!("/cases/{child}/{}/new", F::KIND.slug);
    Ok(page::<F>(&state, child, &typed, F::KIND.add, &action, "Save", fields::<F>(&typed, &cx)))
}

/// The fields of a fact, and what is asked beside it.
fn fields<F: Described>(typed: &Typed, cx: &Context) -> Markup {
    html! { (F::fields(typed, cx)) @if F::IN_HOUSEHOLD { (household::field(typed)) } }
}

async fn find<F: Described>(acting: &Acting, child: Id<Child>, fact: &str) -> Result<Versioned<F>, Error> {
    super::may_open(acting, child, F::WRITE).await?;
    Ok(case::find(&acting.record, &acting.actor, acting.authority.id, child, id(fact)?).await?)
}

/// What a correction asks beside the fields: which version was looked at, and why.
fn correcting<F: Described>(typed: &Typed, cx: &Context, version: i64, now: Option<&F>) -> Markup {
    html! {
        @if let Some(now) = now {
            (WarningText("Somebody else changed this while you were typing. What you typed is below. This is what it says now:"))
            (facts(now, cx))
        }
        input type="hidden" name="version" value=(version);
        (fields::<F>(typed, cx))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    }
}

/// A fact, field by field.
fn facts<F: Described>(fact: &F, cx: &Context) -> Markup {
    let said = fact.said(cx);
    let rows: Vec<SummaryRow<'_>> =
        F::FIELDS.iter().zip(&said).map(|(about, said)| SummaryRow { key: about.label, value: html! { (said) }, actions: &[] }).collect();
    html! { (SummaryList(&rows)) }
}

/// `GET /cases/{id}/{kind}/{fact}/correct`
pub(super) async fn edit<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, fact)): Path<(String, String)>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find::<F>(&acting, child, &fact).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let mut filled = known.fact.filled(&cx);
    if F::IN_HOUSEHOLD {
        filled.extend(household::filled(&acting, child, id(&fact)?, &cx).await?);
    }
    let typed = Typed::new(filled);
    let fields = correcting::<F>(&typed, &cx, known.version, None);
    Ok(page::<F>(&state, child, &typed, &heading::<F>("Correct"), &at(child, known.fact.id(), "correct"), "Save the correction", fields))
}

fn heading<F: Described>(verb: &str) -> String {
    format!("{verb}: {}", F::WHAT)
}

/// `POST /cases/{id}/{kind}/{fact}/correct`. Where somebody else was quicker, the form comes back with what stands there now: saving it again is a decision.
pub(super) async fn correct<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, fact)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let mut known = find::<F>(&acting, child, &fact).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let mut typed = Typed::new(pairs);
    let beside = household::read::<F>(&mut typed, &cx);
    let corrected = F::read(&mut typed, &cx, known.fact.id(), known.fact.child());
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(corrected) = corrected.filter(|_| typed.is_right() && version == known.version) {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = case::correct_beside(record, &acting.actor, authority, child, version, (&corrected, beside), &reason).await;
        if matches!(done, Err(service::Error::Stale)) {
            // Somebody was quicker between the look and the writing.
            known = find::<F>(&acting, child, &fact).await?;
        } else if !refused(&mut typed, F::FIELDS[0].name, done)? {
            return Ok(Redirect::to(&back::<F>(child)).into_response());
        }
    }
    let outdated = version != known.version;
    if outdated {
        typed.wrong(
            F::FIELDS[0].name,
            "Somebody else changed this meanwhile: read what it says now, and save yours only if it is still right",
        );
    }
    let fields = correcting::<F>(&typed, &cx, known.version, outdated.then_some(&known.fact));
    Ok(page::<F>(&state, child, &typed, &heading::<F>("Correct"), &at(child, known.fact.id(), "correct"), "Save the correction", fields))
}

fn taking_back<F: Described>(typed: &Typed, cx: &Context, known: &Versioned<F>) -> Markup {
    html! {
        p class="govuk-body" { "Take back what never was. Where it was true and ended, correct it instead: give it its last day." }
        (facts(&known.fact, cx))
        input type="hidden" name="version" value=(known.version);
        (typed.line("reason", "Why it is taken back", Some("Somebody will ask: what it said stays in the history")))
    }
}

/// `GET /cases/{id}/{kind}/{fact}/withdraw`
pub(super) async fn doubt<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, fact)): Path<(String, String)>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find::<F>(&acting, child, &fact).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let typed = Typed::new(Vec::new());
    let fields = taking_back(&typed, &cx, &known);
    Ok(page::<F>(&state, child, &typed, &heading::<F>("Take back"), &at(child, known.fact.id(), "withdraw"), "Take it back", fields))
}

/// `POST /cases/{id}/{kind}/{fact}/withdraw`
pub(super) async fn withdraw<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, fact)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let mut known = find::<F>(&acting, child, &fact).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let mut typed = Typed::new(pairs);
    let reason = typed.needed("reason", "Say why it is taken back");
    let version: i64 = typed.text("version").parse().unwrap_or_default();
    if typed.is_right() && version == known.version {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = case::withdraw(record, &acting.actor, authority, child, (known.fact.id(), version), &reason).await;
        if !matches!(done, Err(service::Error::Stale)) {
            done?;
            return Ok(Redirect::to(&back::<F>(child)).into_response());
        }
        known = find::<F>(&acting, child, &fact).await?;
    }
    if version != known.version {
        typed.wrong("reason", "Somebody else changed this meanwhile: read what it says now, and take it back only if it still never was");
    }
    let fields = taking_back(&typed, &cx, &known);
    Ok(page::<F>(&state, child, &typed, &heading::<F>("Take back"), &at(child, known.fact.id(), "withdraw"), "Take it back", fields))
}

/// `GET /cases/{id}/{kind}/{fact}/history`: every version with who wrote it, when and why.
pub(super) async fn history<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, fact)): Path<(String, String)>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let child = id(&text)?;
    let actor = reading(&acting, &pairs);
    let versions = case::history::<F>(&acting.record, &actor, acting.authority.id, child, id(&fact)?).await?;
    let cx = context::<F>(&acting, &actor).await?;
    let gone = versions.last().is_some_and(|last| last.known.superseded_at.is_some());
    let newest = versions.len();
    let columns: Vec<Column<'_>> =
        ["Recorded", "By", "Why"].into_iter().chain(F::FIELDS.iter().map(|about| about.label)).map(Column::text).collect();
    let row = |(at, one): (usize, &record::case::Written<F>)| {
        let taken_back = gone && at + 1 == newest;
        let mut cells = vec![html! { (acting.said(one.known.recorded_at)) }, html! { (one.who) }, html! { (one.reason) }];
        if taken_back {
            cells.push(html! { "Taken back" });
            cells.resize_with(F::FIELDS.len() + 3, || html! { "–" });
        } else {
            cells.extend(one.known.fact.said(&cx).into_iter().map(|said| html! { (said) }));
        }
        cells
    };
    let rows: Vec<Vec<Markup>> = versions.iter().enumerate().rev().map(row).collect();
    let caption = format!("Versions of this {}", F::WHAT);
    let body = html! {
        (Scroll { label: &caption, body: html! { (Table { caption: &caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
    };
    let case = back::<F>(child);
    let trail = [("Cases", "/cases"), ("Case", case.as_str())];
    let lede = html! { "Nothing is overwritten: each row is what the record said from then until the row above it." };
    Ok(layout(
        Some(&state.place),
        &Page { room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(format!("History of a {}", F::WHAT)) },
    ))
}
