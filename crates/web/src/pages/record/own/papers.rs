//! The papers of the reader's own provider, and telling of another one.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::document::Document;
use domain::provider_user::Fact;
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::{self, OwnProvider, Versioned};

use super::super::add::About;
use super::super::fact::Form as _;
use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::{Pairs, TRAIL, names, own};
use crate::app;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, Table, Tag, Tone};
use crate::page::Room;
use crate::parts::Scroll;

fn about(own: &OwnProvider, document: &Document) -> String {
    let home = document.setting.and_then(|id| own.homes.iter().find(|(home, _)| home.id == id));
    match (home, document.foster_home) {
        (Some((home, _)), _) => home.name.clone(),
        (None, Some(_)) => "a foster home".to_owned(),
        (None, None) => "the provider".to_owned(),
    }
}

fn is_told(own: &OwnProvider, document: &Document) -> bool {
    own.told.contains(&Id::<Fact>::from_uuid(document.id.uuid()))
}

/// The part of the provider's page that shows its papers.
pub(super) fn section(own: &OwnProvider) -> Markup {
    let row = |known: &Versioned<Document>| {
        let paper = &known.fact;
        let ends = paper.to.map_or_else(|| "does not run out".to_owned(), Day::long);
        let late = paper.to.is_some_and(|to| to <= own.day);
        vec![
            html! { (paper.kind.label()) span class="pw-more" { (paper.title) } },
            html! { (about(own, paper)) },
            html! { (paper.from.long()) },
            html! { (ends) @if late { " " (Tag { text: "Has run out", tone: Tone::Now }) } },
            html! {
                @if is_told(own, paper) { "You " a href={ "/your-provider/documents/" (paper.id) "/take-back" } { "Take back" span class="govuk-visually-hidden" { ": " (paper.kind.label()) ", " (paper.title) } } }
                @else { "The authority" }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = own.documents.iter().map(row).collect();
    let columns = ["What it is", "About", "Holds from", "Runs out", "Said by"].map(Column::text);
    let missing: Vec<&str> = own.missing.iter().map(|kind| kind.label()).collect();
    let caption = "Documents";
    html! {
        h2 class="govuk-heading-m" id="documents" { (caption) }
        @if !missing.is_empty() {
            p class="govuk-body" { "The authority wants these and has none that holds today: " (missing.join(", ").to_lowercase()) ". " a href="/your-provider/documents/new" { "Add a document" } }
        }
        @if rows.is_empty() {
            p class="govuk-body" { "No document is on record. Add each that you have sent to the authority, with the day on which it runs out." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
            p class="govuk-body" { a href="/your-provider/documents.csv" { "Documents as a file (CSV)" } }
        }
    }
}

/// `GET /your-provider/documents.csv`
pub(super) async fn csv(acting: Acting) -> Result<Response, Error> {
    let own = own(&acting).await?;
    let row = |known: &Versioned<Document>| {
        let paper = &known.fact;
        let ends = paper.to.map(|day| day.to_string()).unwrap_or_default();
        let said = if is_told(&own, paper) { "provider" } else { "authority" };
        vec![paper.kind.word().to_owned(), paper.title.clone(), about(&own, paper), paper.from.to_string(), ends, said.to_owned()]
    };
    let rows: Vec<Vec<String>> = own.documents.iter().map(row).collect();
    Ok(csv_file(&format!("own-documents-{}", own.day), ["kind", "title", "about", "from", "runs_out", "said_by"], rows.into_iter()))
}

fn sheet(state: &app::State, typed: &Typed, own: &OwnProvider) -> Response {
    let fields = html! {
        p class="govuk-body" { "Send the paper itself to the authority as you do. Here you tell that it is there, and how long it holds." }
        (Document::fields(typed, &names(own), (own.provider.id, About::Chosen)))
    };
    let sheet = Sheet {
        heading: "Add a document".to_owned(),
        trail: TRAIL,
        action: "/your-provider/documents/new",
        button: "Tell the authority",
        fields,
    };
    typed.page_in(state, Room::OwnProvider, sheet)
}

/// `GET /your-provider/documents/new`
pub(super) async fn ask(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    Ok(sheet(&state, &Typed::filled(&[]), &own(&acting).await?))
}

/// `POST /your-provider/documents/new`
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, Sent(pairs): Sent<Pairs>) -> Result<Response, Error> {
    let own = own(&acting).await?;
    let mut typed = Typed::new(pairs);
    if let Some(paper) = Document::read(&mut typed, acting.record.id(), (own.provider.id, About::Chosen), &names(&own)) {
        let done = record::tell(&acting.record, &acting.actor, acting.authority.id, &paper).await;
        if !refused(&mut typed, Document::FIRST, done)? {
            return Ok(Redirect::to("/your-provider#documents").into_response());
        }
    }
    Ok(sheet(&state, &typed, &own))
}
