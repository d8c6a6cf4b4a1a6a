//! The vault of a child: names, addresses and numbers. Opening this page is a reading by itself, and the log shows it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::child::Child;
use domain::vault::{Kept, Kind};
use maud::{Markup, html};
use service::record::access::{self, Action};
use service::record::case::{self, Word};

use super::super::form::{Sheet, Typed, choices};
use super::super::home::refused;
use super::super::id;
use super::show::{navigation, purpose};
use super::{Pairs, along, may_open, reading};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, InsetText, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

/// `GET /cases/{id}/names?as-known=2026-03-31`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Error> {
    let child: Id<Child> = id(&text)?;
    let as_known = Asked::new(pairs.clone()).day("as-known")?;
    let actor = reading(&acting, &pairs);
    let words = match case::vault(&acting.record, &actor, acting.authority.id, child, as_known).await {
        Err(service::Error::NotFound { .. }) if access::asks_purpose(&actor, Action::VaultRead, acting.authority.id) => {
            return Ok(purpose(&state, child, "/names", &pairs));
        }
        words => words?,
    };
    let along = along(&pairs);
    let writes = acting.may(Action::VaultWrite) && as_known.is_none();
    let changes = if writes { &[("correct", "Correct"), ("withdraw", "Take back")][..] } else { &[] };
    let body = html! {
        (navigation(child, &acting, &along, &format!("/cases/{child}/names")))
        @if let Some(day) = as_known {
            (InsetText(html! { "You are looking at the past: what was known at the end of " (day.long()) ". " a href=(along.without("as-known").of(&format!("/cases/{child}/names"))) { "See it as it is known now" } "." }))
        }
        @if words.is_empty() { p class="govuk-body" { "Nothing lies in the vault for this child." } } @else { (table(&acting, child, &words, changes, &along)) }
        @if writes { p class="govuk-body" { a href={ "/cases/" (child) "/names/new" } { "Add a name, address or number" } } }
    };
    let lede = html! { "They are sealed in the database with a key that lies outside it. That you opened them is in the log." };
    let here = along.of(&format!("/cases/{child}"));
    let trail = [("Cases", "/cases"), ("Case", here.as_str())];
    let page = Page { room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new("Names and addresses") };
    Ok(layout(Some(&state.place), &page).into_response())
}

fn table(acting: &Acting, child: Id<Child>, words: &[Word], changes: &[(&str, &str)], along: &Asked) -> Markup {
    let columns = ["What", "Word", "Recorded", "What you can do"].map(Column::text);
    let row = |word: &Word| {
        let at = format!("/cases/{child}/names/{}", word.id);
        let about = html! { span class="govuk-visually-hidden" { " " (word.kind.label()) } };
        vec![
            html! { (word.kind.label()) },
            html! { (word.text) },
            html! { (acting.said(word.recorded_at)) },
            html! {
                ul class="pw-actions" {
                    @for (verb, text) in changes { li { a href={ (at) "/" (verb) } { (text) (about) } } }
                    li { a href=(along.without("as-known").of(&format!("{at}/history"))) { "History" (about) } }
                }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = words.iter().map(row).collect();
    let caption = "Names, addresses and numbers";
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

fn form(state: &app::State, child: Id<Child>, typed: &Typed, heading: &str, (action, button): (&str, &str), fields: Markup) -> Response {
    let (case, names) = (format!("/cases/{child}"), format!("/cases/{child}/names"));
    let trail = [("Cases", "/cases"), ("Case", case.as_str()), ("Names and addresses", names.as_str())];
    typed.page_in(state, Room::Cases, Sheet { heading: heading.to_owned(), trail: &trail, action, button, fields })
}

fn back(child: Id<Child>) -> Response {
    Redirect::to(&format!("/cases/{child}/names")).into_response()
}

fn adding(state: &app::State, child: Id<Child>, typed: &Typed) -> Response {
    let fields = html! {
        (typed.choice("kind", "What it is", Some("Choose"), &choices!(Kind)))
        (typed.area("word", "Name, address or number", Some("An NHS number or unique pupil number is checked by its check digit")))
    };
    form(state, child, typed, "Add a name, address or number", (&format!("/cases/{child}/names/new"), "Seal it in the vault"), fields)
}

/// `GET /cases/{id}/names/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let child = id(&text)?;
    may_open(&acting, child, Action::VaultWrite).await?;
    Ok(adding(&state, child, &Typed::new(Vec::new())))
}

/// `POST /cases/{id}/names/new`
pub(super) async fn create(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let mut typed = Typed::new(pairs);
    let kind = typed.word("kind", "Choose what it is");
    let word = typed.needed("word", "Write the name, address or number");
    if let Some(kind) = kind.filter(|_| typed.is_right()) {
        let done = case::add_word(&acting.record, &acting.actor, acting.authority.id, child, kind, &word).await;
        if !refused(&mut typed, "word", done.map(|_| ()))? {
            return Ok(back(child));
        }
    }
    may_open(&acting, child, Action::VaultWrite).await?;
    Ok(adding(&state, child, &typed))
}

/// A word as it stands, for whoever is about to change it; opening it is in the log.
async fn find(acting: &Acting, child: Id<Child>, word: &str) -> Result<Word, Error> {
    may_open(acting, child, Action::VaultWrite).await?;
    let wanted: Id<Kept> = id(word)?;
    let words = case::vault(&acting.record, &acting.actor, acting.authority.id, child, None).await?;
    words
        .into_iter()
        .find(|word| word.id == wanted)
        .ok_or_else(|| Error::Missing("This name, address or number is not in the vault any more.".to_owned()))
}

fn correcting(state: &app::State, child: Id<Child>, typed: &Typed, known: &Word, now: Option<&str>) -> Response {
    let fields = html! {
        p class="govuk-body" { (known.kind.label()) @if let Some(now) = now { ". It says now: " (now) } }
        input type="hidden" name="version" value=(known.version);
        (typed.area("word", "Name, address or number", None))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask. Do not repeat the name or address here: the log is read by more people")))
    };
    form(
        state,
        child,
        typed,
        "Correct a name, address or number",
        (&format!("/cases/{child}/names/{}/correct", known.id), "Save the correction"),
        fields,
    )
}

/// `GET /cases/{id}/names/{word}/correct`
pub(super) async fn edit(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &word).await?;
    let typed = Typed::filled(&[("word", known.text.clone())]);
    Ok(correcting(&state, child, &typed, &known, None))
}

/// `POST /cases/{id}/names/{word}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &word).await?;
    let mut typed = Typed::new(pairs);
    let corrected = typed.needed("word", "Write the name, address or number");
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    let outdated = version != known.version;
    if outdated {
        typed.wrong("word", "Somebody else changed this meanwhile: read what it says now, and save yours only if it is still right");
    }
    if typed.is_right() {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = case::correct_word(record, &acting.actor, authority, child, (known.id, version), &corrected, &reason).await;
        if !refused(&mut typed, "word", done)? {
            return Ok(back(child));
        }
    }
    Ok(correcting(&state, child, &typed, &known, outdated.then_some(known.text.as_str())))
}

fn taking_back(state: &app::State, child: Id<Child>, typed: &Typed, known: &Word) -> Response {
    let fields = html! {
        p class="govuk-body" { (known.kind.label()) ": " (known.text) }
        p class="govuk-body" { "Take back what was never the child’s. A name or address that changed is added beside it." }
        input type="hidden" name="version" value=(known.version);
        (typed.line("reason", "Why it is taken back", Some("Do not repeat the name or address here")))
    };
    form(
        state,
        child,
        typed,
        "Take back a name, address or number",
        (&format!("/cases/{child}/names/{}/withdraw", known.id), "Take it back"),
        fields,
    )
}

/// `GET /cases/{id}/names/{word}/withdraw`
pub(super) async fn doubt(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &word).await?;
    Ok(taking_back(&state, child, &Typed::new(Vec::new()), &known))
}

/// `POST /cases/{id}/names/{word}/withdraw`
pub(super) async fn withdraw(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &word).await?;
    let mut typed = Typed::new(pairs);
    let reason = typed.needed("reason", "Say why it is taken back");
    let version: i64 = typed.text("version").parse().unwrap_or_default();
    if version != known.version {
        typed.wrong("reason", "Somebody else changed this meanwhile: read what it says now");
    }
    if typed.is_right() {
        case::withdraw_word(&acting.record, &acting.actor, acting.authority.id, child, (known.id, version), &reason).await?;
        return Ok(back(child));
    }
    Ok(taking_back(&state, child, &typed, &known))
}

/// `GET /cases/{id}/names/{word}/history`
pub(super) async fn history(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let child: Id<Child> = id(&text)?;
    let actor = reading(&acting, &pairs);
    let versions = case::word_history(&acting.record, &actor, acting.authority.id, child, id(&word)?).await?;
    let gone = versions.last().is_some_and(|last| last.superseded_at.is_some());
    let newest = versions.len();
    let columns = ["Recorded", "By", "Why", "Word"].map(Column::text);
    let row = |(at, one): (usize, &case::WrittenWord)| {
        vec![
            html! { (acting.said(one.word.recorded_at)) },
            html! { (one.who) },
            html! { (one.reason) },
            html! { @if gone && at + 1 == newest { "Taken back" } @else { (one.word.text) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = versions.iter().enumerate().rev().map(row).collect();
    let caption = "Versions, newest first";
    let body = html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } }) };
    let (case, names) = (format!("/cases/{child}"), format!("/cases/{child}/names"));
    let trail = [("Cases", "/cases"), ("Case", case.as_str()), ("Names and addresses", names.as_str())];
    Ok(layout(
        Some(&state.place),
        &Page { room: Some(Room::Cases), trail: &trail, body, ..Page::new("History of a name, address or number") },
    ))
}
