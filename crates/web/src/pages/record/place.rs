//! Placing a child: what stands against it, holding a bed, making the placement, recording one that has happened; beds that are held; homes for a child.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::capacity::{Hold, Sharing};
use domain::code::Code;
use domain::foster_home::Kinship;
use domain::lodging::Place;
use maud::{Markup, html};
use serde::Serialize;
use service::record::access::Action;
use service::record::{self, HeldBed, LONGEST_HOLD, Names, Outlook, Placing, Suited, Tense, Wanted};

use super::add::child;
use super::fact::Pairs;
use super::form::{Sheet, Typed, choices, dated};
use super::home::refused;
use super::id;
use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// What is to be done, as the form says it.
const DONE: [(&str, &str); 4] = [
    ("look", "Nothing yet: say what stands against it"),
    ("hold", "Hold the bed for some hours"),
    ("plan", "Make the placement"),
    ("happened", "Record that the child is there already"),
];

/// Where a child is to be placed, and how its page is called.
struct At {
    place: Place,
    here: String,
    name: String,
    /// Placement codes that children have there.
    kinds: Vec<Code>,
}

impl At {
    async fn home(acting: &Acting, text: &str) -> Result<Self, Error> {
        let page = record::setting(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?;
        let setting = &page.setting.fact;
        let (place, kinds) = (Place::Setting(setting.id), setting.kind.codes().to_vec());
        Ok(Self { place, here: format!("/homes/{text}"), name: setting.name.clone(), kinds })
    }

    async fn foster_home(acting: &Acting, text: &str) -> Result<Self, Error> {
        let home = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.home.fact;
        let kinds = domain::setting::Kind::FosteringService.codes().to_vec();
        Ok(Self { place: Place::FosterHome(home.id), here: format!("/foster-homes/{text}"), name: home.reference, kinds })
    }

    const fn is_household(&self) -> bool {
        matches!(self.place, Place::FosterHome(_))
    }

    fn fields(&self, typed: &Typed) -> Markup {
        let kinds: Vec<(String, String)> = self.kinds.iter().map(|kind| (kind.to_string(), kind.to_string())).collect();
        let done = DONE.iter().filter(|(word, _)| !(self.is_household() && *word == "hold"));
        let done: Vec<(String, String)> = done.map(|(word, text)| ((*word).to_owned(), (*text).to_owned())).collect();
        let siblings = [("all", "Yes: all are brothers and sisters, and their cases say so"), ("no", "No, or nobody knows")];
        let siblings = siblings.map(|(word, text)| (word.to_owned(), text.to_owned()));
        html! {
            (typed.line("child", "The child’s reference", Some("As it stands in the case system and the returns")))
            (typed.date("from", "First night", None))
            (typed.date("to", "The day on which the stay is to end", Some("Empty while that is open")))
            @if self.is_household() {
                (typed.choice("siblings", "Are all who will live there brothers and sisters?", None, &siblings))
            } @else {
                (typed.choice("sharing", "Whether the home is shared", None, &choices!(Sharing)))
            }
            @if kinds.len() != 1 { (typed.choice("kind", "Placement code of the return", Some("Choose a code"), &kinds)) }
            (typed.choice("done", "What is to be done", None, &done))
            @if !self.is_household() { (typed.figure("hours", "Hours that the bed is held", Some("Only for holding: 24 by custom, 4 in an emergency"))) }
            (typed.line("leaves", "Why the home before ends", Some("Reason for a change of placement, like CARPL; empty where there was none")))
        }
    }

    fn sheet<'a>(&'a self, typed: &Typed, action: &'a str, trail: &'a [(&'a str, &'a str)], outlook: Option<&Outlook>) -> Sheet<'a> {
        let fields = html! { @if let Some(outlook) = outlook { (told(outlook)) } (self.fields(typed)) };
        Sheet { heading: format!("Place a child: {}", self.name), trail, action, button: "Go on", fields }
    }

    fn page(&self, state: &app::State, typed: &Typed, outlook: Option<&Outlook>) -> Response {
        let action = format!("{}/place", self.here);
        let list = if self.is_household() { ("Foster homes", "/foster-homes") } else { ("Homes", "/homes") };
        let trail = [list, (self.name.as_str(), self.here.as_str())];
        typed.page(state, self.sheet(typed, &action, &trail, outlook))
    }
}

/// What stands against a placement, put beside the page that says so: the API tells it to programs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Against {
    said: Vec<String>,
    /// Of these, what keeps it from being planned.
    refused: Vec<String>,
}

/// What stands against a placement.
fn told(outlook: &Outlook) -> Markup {
    html! {
        div class="govuk-inset-text" {
            @if outlook.said.is_empty() {
                p class="govuk-body" { "Nothing that the record knows stands against it." }
            } @else {
                p class="govuk-body" {
                    @if outlook.refused.is_empty() { "It can be planned. A person decides; to be thought of:" } @else { "It cannot be planned:" }
                }
                ul class="govuk-list govuk-list--bullet" {
                    @for said in &outlook.said { li { (said) @if outlook.refused.contains(said) { " (refused)" } } }
                }
            }
        }
    }
}

fn begun(acting: &Acting) -> Typed {
    let mut values =
        vec![("done", "look".to_owned()), ("sharing", "shared".to_owned()), ("siblings", "no".to_owned()), ("hours", "24".to_owned())];
    values.extend(dated(["from-day", "from-month", "from-year"], Some(acting.record.today())));
    Typed::filled(&values)
}

/// What was typed, with the word of what is to be done; nothing where something is wrong.
fn read(typed: &mut Typed, at: &At, names: &Names) -> Option<(Placing, String)> {
    let child = child(typed, names);
    let from = typed.needed_day("from", "Enter the first night");
    let to = typed.after("to", from, "The stay must end at least a day after it begins");
    let sharing = if at.is_household() { Some(Sharing::Shared) } else { typed.word("sharing", "Choose whether the home is shared") };
    let kinship = if typed.text("siblings") == "all" { Kinship::AllSiblings } else { Kinship::NotAll };
    let kind = typed.maybe("kind", "Choose the placement code");
    let leaves = typed.code("leaves", "Enter the code of a reason, like CARPL, or leave it empty");
    let done = typed.text("done");
    if !DONE.iter().any(|(word, _)| *word == done) {
        typed.wrong("done", "Choose what is to be done");
    }
    let tense = if done == "happened" { Tense::Happened } else { Tense::Planned };
    let placing = Placing { child: child?, place: at.place, tense, from: from?, to, kind, sharing: sharing?, kinship, leaves };
    typed.is_right().then_some((placing, done))
}

async fn take(state: &app::State, acting: &Acting, at: &At, pairs: Pairs) -> Result<Response, Error> {
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let mut typed = Typed::new(pairs);
    let Some((placing, done)) = read(&mut typed, at, &names) else { return Ok(at.page(state, &typed, None)) };
    let (record, actor, authority) = (&acting.record, &acting.actor, acting.authority.id);
    let kept = match (done.as_str(), at.place) {
        ("hold", Place::Setting(setting)) => {
            let Placing { child, from, to, sharing, .. } = placing;
            let wanted = Wanted { setting, child, from, to, sharing };
            match typed.word("hours", &format!("Enter 1 to {LONGEST_HOLD} hours")) {
                Some(hours) => record::hold(record, actor, authority, &wanted, hours).await.map(drop),
                None => return Ok(at.page(state, &typed, None)),
            }
        }
        ("plan" | "happened", _) => record::place(record, actor, authority, &placing).await.map(drop),
        _ => {
            let outlook = record::outlook(record, actor, authority, &placing).await?;
            let mut page = at.page(state, &typed, Some(&outlook));
            page.extensions_mut().insert(Against { said: outlook.said, refused: outlook.refused });
            return Ok(page);
        }
    };
    if refused(&mut typed, "child", kept)? { Ok(at.page(state, &typed, None)) } else { Ok(Redirect::to(&at.here).into_response()) }
}

/// `GET /homes/{id}/place`
pub(super) async fn in_home(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    Ok(At::home(&acting, &text).await?.page(&state, &begun(&acting), None))
}

/// `POST /homes/{id}/place`
pub(super) async fn take_home(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    take(&state, &acting, &At::home(&acting, &text).await?, pairs).await
}

/// `GET /foster-homes/{id}/place`
pub(super) async fn in_foster_home(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
) -> Result<Response, Error> {
    Ok(At::foster_home(&acting, &text).await?.page(&state, &begun(&acting), None))
}

/// `POST /foster-homes/{id}/place`
pub(super) async fn take_foster_home(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    take(&state, &acting, &At::foster_home(&acting, &text).await?, pairs).await
}

/// Beds of a home that are held, each with the way to let it go.
pub(super) async fn held(acting: &Acting, text: &str) -> Result<Markup, Error> {
    let held = record::held_beds(&acting.record, &acting.actor, acting.authority.id, id(text)?).await?;
    let columns = ["For", "First night", "Lapses", "Held by", "Let it go"].map(Column::text);
    let writes = acting.may(Action::PlacementWrite);
    let row = |one: &HeldBed| {
        let release = format!("/homes/{text}/holds/{}/release", one.hold.id);
        vec![
            html! { (one.child.as_deref().unwrap_or("a child")) @if one.hold.sharing == Sharing::Alone { span class="pw-more" { "Alone" } } },
            html! { (one.hold.from.long()) },
            html! { (one.lapses) },
            html! { (one.by) },
            html! {
                @if writes && one.child.is_some() {
                    form action=(release) method="post" { (form_token()) (Button { text: "Let it go", look: Look::Secondary, press: Press::Submit }) }
                } @else { "–" }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = held.iter().map(row).collect();
    let caption = "Beds that are held";
    Ok(html! {
        h2 class="govuk-heading-m" { (caption) }
        @if rows.is_empty() {
            p class="govuk-body" { "No bed is held." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
    })
}

/// `POST /homes/{id}/holds/{hold}/release`
pub(super) async fn release(acting: Acting, Path((text, wanted)): Path<(String, String)>) -> Result<Response, Error> {
    let wanted: Id<Hold> = id(&wanted)?;
    let held = record::held_beds(&acting.record, &acting.actor, acting.authority.id, id(&text)?).await?;
    let one = held.into_iter().find(|one| one.hold.id == wanted);
    let one = one.ok_or_else(|| Error::Missing("This bed is not held any more: it lapsed or was let go.".to_owned()))?;
    record::release(&acting.record, &acting.actor, acting.authority.id, one.hold.child, wanted).await?;
    Ok(Redirect::to(&format!("/homes/{text}")).into_response())
}

fn for_child(state: &app::State, typed: &Typed, found: Option<&Suited>) -> Response {
    let fields = html! {
        (typed.line("child", "The child’s reference", Some("As it stands in the case system and the returns")))
        (typed.date("from", "First night", None))
        (typed.date("to", "The day on which the stay is to end", Some("Empty while that is open")))
        (typed.choice("sharing", "Whether the home is shared", None, &choices!(Sharing)))
    };
    let Some(found) = found else {
        let heading = "Homes for a child".to_owned();
        return typed
            .page(state, Sheet { heading, trail: &[("Homes", "/homes")], action: "/homes/for-child", button: "Show homes", fields });
    };
    let columns = [Column::text("Home"), Column::text("Provider"), Column::number("Available"), Column::text("To be thought of")];
    let row = |one: &record::SuitedHome| {
        vec![
            html! { a href={ "/homes/" (one.setting.id) "/place" } { (one.setting.name) } span class="pw-more" { (one.setting.kind.label()) } },
            html! { (one.provider) },
            html! { (one.available) },
            html! { @if one.said.is_empty() { "Nothing that the record knows" } @else { (one.said.join("; ")) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = found.homes.iter().map(row).collect();
    let caption = "Homes that the child could be planned into, those of which the least is said first";
    let body = html! {
        p class="govuk-body" {
            "Of " (shown::counted(found.looked_at as u64, "open home", "open homes")) " on the register, " (found.with_bed) " have a bed that night for some child, and "
            (found.homes.len()) " could take this one by their registration and on every night. Matching the children who live there is for people."
        }
        @if !rows.is_empty() {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
        }
        h2 class="govuk-heading-m" { "Ask again" }
        div class="pw-prose" {
            form action="/homes/for-child" method="post" novalidate {
                (form_token())
                (fields)
                (Button { text: "Show homes", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let heading = format!("{} for this child", shown::counted(found.homes.len() as u64, "home", "homes"));
    let page = Page { room: Some(Room::Homes), trail: &[("Homes", "/homes")], body, ..Page::new(heading) };
    (StatusCode::OK, layout(Some(&state.place), &page)).into_response()
}

/// `GET /homes/for-child`
pub(super) async fn ask(State(state): State<Arc<app::State>>, acting: Acting) -> Response {
    for_child(&state, &begun(&acting), None)
}

/// `POST /homes/for-child`: which homes are open to this child. Sent, not asked by the address: no address names a child.
pub(super) async fn answer(State(state): State<Arc<app::State>>, acting: Acting, Sent(pairs): Sent<Pairs>) -> Result<Response, Error> {
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let mut typed = Typed::new(pairs);
    let child = child(&mut typed, &names);
    let from = typed.needed_day("from", "Enter the first night");
    let to = typed.after("to", from, "The stay must end at least a day after it begins");
    let sharing = typed.word("sharing", "Choose whether the home is shared");
    let (Some(child), Some(from), Some(sharing), true) = (child, from, sharing, typed.is_right()) else {
        return Ok(for_child(&state, &typed, None));
    };
    let found = record::suited(&acting.record, &acting.actor, acting.authority.id, child, (from, to), sharing).await?;
    Ok(for_child(&state, &typed, Some(&found)))
}
