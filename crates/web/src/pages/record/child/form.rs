//! Adding, correcting and taking back a fact about a child, and its history: the same for every kind.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::Id;
use domain::child::Child;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Versioned, case};

use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::super::id;
use super::described::{Context, Described};
use super::{Pairs, context, household, reading};
use crate::app;
use crate::door::{Acting, Done};
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

/// A form of a case. It says whose it is, so that nobody with two cases open writes in the wrong one; the title, which stays behind in the browser's history,
/// names nobody.
fn page<F: Described>(
    state: &app::State,
    whose: &Child,
    typed: &Typed,
    heading: &str,
    action: &str,
    button: &str,
    fields: Markup,
) -> Response {
    let (case, named) = (back::<F>(whose.id), format!("Child {}", whose.reference));
    let trail = [("Cases", "/cases"), (named.as_str(), case.as_str())];
    let lede = html! { "Of child " b { (whose.reference) } ", born " (whose.born.long()) "." };
    typed.page_about(state, Room::Cases, lede, sheet(heading.to_owned(), &trail, action, button, fields))
}

/// What the case refuses, beside the field whose day or name the sentence has; else beside the first.
fn refused_at<F: Described>(typed: &mut Typed, done: Result<(), service::Error>) -> Result<bool, Error> {
    let field = match &done {
        Err(service::Error::Unusable(words)) => typed.meant(words, F::FIELDS.iter().map(|about| (about.name, about.label))),
        _ => None,
    };
    refused(typed, field.unwrap_or(F::FIELDS[0].name), done)
}

async fn whose<F: Described>(acting: &Acting, child: Id<Child>) -> Result<Child, Error> {
    Ok(case::whose(&acting.record, &acting.actor, acting.authority.id, child, F::WRITE).await?)
}

/// Where a change leads: to the page of the case that shows it, or to the list where the case is not open any more to whoever changed it.
async fn onward<F: Described>(acting: &Acting, child: Id<Child>) -> Result<Response, Error> {
    if case::still_opens(&acting.record, &acting.actor, acting.authority.id, child).await? {
        return Ok(Redirect::to(&back::<F>(child)).into_response());
    }
    Ok((Extension(Done::Shut), Redirect::to("/cases")).into_response())
}

/// `GET /cases/{id}/{kind}/new`
pub(super) async fn new<F: Described>(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let whose = whose::<F>(&acting, child).await?;
    let cx = context::<F>(&acting, &acting.actor).await?;
    let typed = Typed::new(Vec::new());
    let action = format!("/cases/{child}/{}/new", F::KIND.slug);
    Ok(page::<F>(&state, &whose, &typed, F::KIND.add, &action, "Save", fields::<F>(&typed, &cx)))
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
    let once = typed.once(&acting.record);
    if let Some(fact) = F::read(&mut typed, &cx, once, child) {
        let (record, actor, authority) = (&acting.record, &acting.actor, acting.authority.id);
        let mut done = case::add_beside(record, actor, authority, child, &fact, beside).await;
        if matches!(done, Err(service::Error::Unusable(_))) {
            // The same form may have come twice: then it is saved already. If it came with other words, it is another fact.
            let stands = case::find::<F>(record, actor, authority, child, fact.id()).await;
            done = match (stands, F::read(&mut typed, &cx, record.id(), child)) {
                (Ok(known), _) if known.fact == fact => Ok(()),
                (_, Some(another)) => case::add_beside(record, actor, authority, child, &another, beside).await,
                (_, None) => done,
            };
        }
        if !refused_at::<F>(&mut typed, done)? {
            return onward::<F>(&acting, child).await;
        }
    }
    let whose = whose::<F>(&acting, child).await?;
    let action = format!("/cases/{child}/{}/new", F::KIND.slug);
    Ok(page::<F>(&state, &whose, &typed, F::KIND.add, &action, "Save", fields::<F>(&typed, &cx)))
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
    let whose = whose::<F>(&acting, child).await?;
    let fields = correcting::<F>(&typed, &cx, known.version, None);
    Ok(page::<F>(&state, &whose, &typed, &heading::<F>("Correct"), &at(child, known.fact.id(), "correct"), "Save the correction", fields))
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
        } else if !refused_at::<F>(&mut typed, done)? {
            return onward::<F>(&acting, child).await;
        }
    }
    let outdated = version != known.version;
    if outdated {
        typed.outdated(
            F::FIELDS[0].name,
            "Somebody else changed this meanwhile: read what it says now, and save yours only if it is still right",
        );
    }
    let whose = whose::<F>(&acting, child).await?;
    let fields = correcting::<F>(&typed, &cx, known.version, outdated.then_some(&known.fact));
    Ok(page::<F>(&state, &whose, &typed, &heading::<F>("Correct"), &at(child, known.fact.id(), "correct"), "Save the correction", fields))
}

fn taking_back<F: Described>(typed: &Typed, cx: &Context, known: &Versioned<F>) -> Markup {
    html! {
        p class="govuk-body" { "Take back what never was. Where it was true and ended, correct it instead: give it its last day." }
        @if F::KIND.slug == "allocations" {
            (WarningText("Whoever is no longer allocated to the child may not be able to open this case any more. If it is you, it leads you back to the list."))
        }
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
    let whose = whose::<F>(&acting, child).await?;
    let fields = taking_back(&typed, &cx, &known);
    Ok(page::<F>(&state, &whose, &typed, &heading::<F>("Take back"), &at(child, known.fact.id(), "withdraw"), "Take it back", fields))
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
            return onward::<F>(&acting, child).await;
        }
        known = find::<F>(&acting, child, &fact).await?;
    }
    if version != known.version {
        typed
            .outdated("reason", "Somebody else changed this meanwhile: read what it says now, and take it back only if it still never was");
    }
    let whose = whose::<F>(&acting, child).await?;
    let fields = taking_back(&typed, &cx, &known);
    Ok(page::<F>(&state, &whose, &typed, &heading::<F>("Take back"), &at(child, known.fact.id(), "withdraw"), "Take it back", fields))
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
    let whose = case::whose(&acting.record, &actor, acting.authority.id, child, Action::ChildRead).await?;
    let (case, named) = (back::<F>(child), format!("Child {}", whose.reference));
    let trail = [("Cases", "/cases"), (named.as_str(), case.as_str())];
    let lede = html! { "Of child " b { (whose.reference) } ", born " (whose.born.long()) ". Nothing is overwritten: each row is what the record said from then until the row above it." };
    Ok(layout(
        Some(&state.place),
        &Page { room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(format!("History of a {}", F::WHAT)) },
    ))
}
