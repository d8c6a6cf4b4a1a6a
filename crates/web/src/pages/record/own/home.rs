//! A home of the reader's own provider: what it is registered for, its beds night by night, and telling which cannot be used.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::capacity::CapacityEvent;
use domain::provider_user::Fact;
use domain::setting::Setting;
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::{self, Names, OwnHome, Versioned};

use super::super::beds;
use super::super::fact::Form as _;
use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::{Pairs, TRAIL, id};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, Size, SummaryList, SummaryRow, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

async fn home(acting: &Acting, text: &str, from: Day) -> Result<OwnHome, Error> {
    let nights = (from, from.plus(beds::NIGHTS));
    Ok(record::own_home(&acting.record, &acting.actor, acting.authority.id, id(text)?, nights).await?)
}

/// `GET /your-provider/homes/{id}?from=2026-04-01`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let from = Asked::new(pairs).day("from")?.unwrap_or_else(|| acting.record.today());
    let home = home(&acting, &text, from).await?;
    let here = format!("/your-provider/homes/{text}");
    let (earlier, later) = (format!("{here}?from={}", from.plus(-beds::NIGHTS)), format!("{here}?from={}", from.plus(beds::NIGHTS)));
    let tell = format!("{here}/beds");
    let body = html! {
        (registered(&home))
        h2 class="govuk-heading-m" { "Beds from " (from.long()) " to " (from.plus(beds::NIGHTS - 1).long()) }
        p class="govuk-body" { (beds::words(&home.nights)) }
        (beds::table(&home.nights))
        p class="govuk-body" { a href=(earlier) { "Four weeks earlier" } " · " a href=(later) { "Four weeks later" } }
        (events(&home))
    };
    let actions = html! { (Button { text: "Tell of beds", look: Look::Primary, press: Press::Follow(&tell) }) };
    Ok(layout(
        Some(&state.place),
        &Page { room: Some(Room::OwnProvider), trail: TRAIL, actions, body, ..Page::new(home.setting.name.clone()) },
    ))
}

fn registered(home: &OwnHome) -> Markup {
    let Setting { kind, urn, .. } = &home.setting;
    let terms = home.terms.as_ref();
    let places = terms.and_then(|terms| terms.places).map_or_else(|| "not written down".to_owned(), |places| places.to_string());
    let ages = terms.and_then(|terms| terms.youngest.zip(terms.oldest));
    let ages = ages.map_or_else(|| "not written down".to_owned(), |(youngest, oldest)| format!("{youngest} to {oldest}"));
    let number = if urn.is_blank() { "none".to_owned() } else { urn.to_string() };
    let stopped: Vec<String> = home.restrictions.iter().map(|one| format!("{} since {}", one.kind.label(), one.from.long())).collect();
    let stopped = if stopped.is_empty() { "nothing".to_owned() } else { stopped.join("; ") };
    let row = |key: &'static str, value: String| SummaryRow { key, value: html! { (value) }, actions: &[] };
    let rows = [
        row("What it is", kind.label().to_owned()),
        row("Ofsted’s number", number),
        row("Registered places", places),
        row("Ages", ages),
        row("Judgement", home.judged.to_owned()),
        row("Stopped", stopped),
    ];
    html! { (SummaryList(&rows)) }
}

fn events(home: &OwnHome) -> Markup {
    let own = |event: &CapacityEvent| home.told.contains(&Id::<Fact>::from_uuid(event.id.uuid()));
    let row = |known: &Versioned<CapacityEvent>| {
        let event = &known.fact;
        let until = event.to.map_or_else(|| "goes on".to_owned(), Day::long);
        let end = html! {
            @if own(event) { a href={ "/your-provider/beds/" (event.id) "/take-back" } { "Take back" span class="govuk-visually-hidden" { ": " (event.beds) " from " (event.from.long()) } } }
        };
        vec![
            html! { (event.from.long()) },
            html! { (until) },
            html! { (event.beds) },
            html! { (event.reason.label()) @if !event.note.is_empty() { span class="pw-more" { (event.note) } } },
            html! { @if own(event) { "You" } @else { "The authority" } },
            end,
        ]
    };
    let rows: Vec<Vec<Markup>> = home.events.iter().rev().map(row).collect();
    let columns = ["First night", "Usable again", "Beds", "Why", "Said by", "Change"].map(Column::text);
    let caption = "Beds that cannot be used";
    html! {
        h2 class="govuk-heading-m" { (caption) }
        @if rows.is_empty() {
            p class="govuk-body" { "None is on record. When beds cannot be used, or children of other authorities live there, tell the authority: it counts on every bed that it knows nothing of." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
    }
}

fn sheet(state: &app::State, typed: &Typed, home: &Setting) -> Response {
    let (here, action) = (format!("/your-provider/homes/{}", home.id), format!("/your-provider/homes/{}/beds", home.id));
    let trail = [TRAIL[0], (home.name.as_str(), here.as_str())];
    let fields = CapacityEvent::fields(typed, &Names::default(), home.id);
    let heading = format!("Beds of {} that cannot be used", home.name);
    typed.page_in(state, Room::OwnProvider, Sheet { heading, trail: &trail, action: &action, button: "Tell the authority", fields })
}

/// `GET /your-provider/homes/{id}/beds`
pub(super) async fn ask(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let today = acting.record.today();
    let home = home(&acting, &text, today).await?;
    Ok(sheet(&state, &Typed::filled(&CapacityEvent::begun(today)), &home.setting))
}

/// `POST /your-provider/homes/{id}/beds`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    let home = home(&acting, &text, acting.record.today()).await?.setting;
    let mut typed = Typed::new(pairs);
    if let Some(event) = CapacityEvent::read(&mut typed, acting.record.id(), home.id, &Names::default()) {
        let done = record::tell(&acting.record, &acting.actor, acting.authority.id, &event).await;
        let field = match &done {
            Err(service::Error::Unusable(words)) if words.contains("first night") => "from",
            Err(service::Error::Unusable(words)) if words.contains("note") => "note",
            _ => CapacityEvent::FIRST,
        };
        if !refused(&mut typed, field, done)? {
            return Ok(Redirect::to(&format!("/your-provider/homes/{}", home.id)).into_response());
        }
    }
    Ok(sheet(&state, &typed, &home))
}
