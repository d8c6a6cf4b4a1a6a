//! In which foster household a placement is: the field beside a placement's own, and a page that asks for nothing else.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::placement::Placement;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::case::Beside;
use service::record::{self, Versioned, case};

use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::super::id;
use super::described::{Context, Described};
use super::{Pairs, may_open};
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::page::Room;

/// The field's name.
const FIELD: &str = "foster_home";

/// What is said where nobody fosters under what was typed.
const UNKNOWN: &str = "No foster home of the register has this reference: correct it, or leave it empty";

/// Every foster home by reference.
pub(super) async fn all(acting: &Acting) -> Result<Vec<(String, Id<FosterHome>)>, Error> {
    Ok(record::foster_home_references(&acting.record, &acting.actor, acting.authority.id).await?)
}

/// The field.
pub(super) fn field(typed: &Typed) -> Markup {
    typed.line(FIELD, "Foster home", Some("The household’s reference in the register; empty for any other home, or where nobody knows"))
}

fn chosen(typed: &mut Typed, households: &[(String, Id<FosterHome>)]) -> Option<Id<FosterHome>> {
    let reference = typed.text(FIELD);
    let found = households.iter().find(|(known, _)| *known == reference).map(|(_, id)| *id);
    if found.is_none() && !reference.is_empty() {
        typed.wrong(FIELD, UNKNOWN);
    }
    found
}

/// What was typed beside a fact; nothing where the field was not sent at all.
pub(super) fn read<F: Described>(typed: &mut Typed, cx: &Context) -> Beside {
    if F::IN_HOUSEHOLD && !typed.all(FIELD).is_empty() { Beside::Household(chosen(typed, &cx.households)) } else { Beside::Nothing }
}

/// What stands in the field for a placement that is known.
pub(super) async fn filled(
    acting: &Acting,
    child: Id<Child>,
    placement: Id<Placement>,
    cx: &Context,
) -> Result<Option<(String, String)>, Error> {
    let home = case::household(&acting.record, &acting.actor, acting.authority.id, child, placement).await?;
    let named = home.and_then(|home| cx.households.iter().find(|(_, id)| *id == home));
    Ok(named.map(|(reference, _)| (FIELD.to_owned(), reference.clone())))
}

fn page(state: &app::State, typed: &Typed, child: Id<Child>, known: &Versioned<Placement>) -> Response {
    let back = format!("/cases/{child}#placements");
    let trail = [("Cases", "/cases"), ("Case", back.as_str())];
    let since = known.fact.start.long();
    let until = known.fact.end.map_or_else(|| ", and goes on".to_owned(), |end| format!(", until {}", end.long()));
    let fields = html! {
        p class="govuk-body" { "The foster placement since " (since) (until) ". Empty means that it is in no household of the register." }
        input type="hidden" name="version" value=(known.version);
        (field(typed))
        (typed.line("reason", "How this is known", Some("Somebody will ask: the words stay in the history")))
    };
    let action = format!("/cases/{child}/placements/{}/household", known.fact.id);
    let heading = "This placement is in a foster home".to_owned();
    typed.page_in(state, Room::Cases, Sheet { heading, trail: &trail, action: &action, button: "Save", fields })
}

async fn find(acting: &Acting, child: Id<Child>, placement: &str) -> Result<Versioned<Placement>, Error> {
    may_open(acting, child, Action::PlacementWrite).await?;
    Ok(case::find(&acting.record, &acting.actor, acting.authority.id, child, id(placement)?).await?)
}

/// `GET /cases/{id}/placements/{fact}/household`
pub(super) async fn ask(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, placement)): Path<(String, String)>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &placement).await?;
    let cx = super::context::<Placement>(&acting, &acting.actor).await?;
    let values = filled(&acting, child, known.fact.id, &cx).await?.into_iter().collect();
    Ok(page(&state, &Typed::new(values), child, &known))
}

/// `POST /cases/{id}/placements/{fact}/household`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, placement)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let known = find(&acting, child, &placement).await?;
    let mut typed = Typed::new(pairs);
    let home = chosen(&mut typed, &all(&acting).await?);
    let reason = typed.needed("reason", "Say how this is known");
    let version = typed.text("version").parse().unwrap_or_default();
    if typed.is_right() && version != known.version {
        typed.wrong(
            FIELD,
            "Somebody else changed this placement meanwhile: read what it says now, and save yours only if it is still right",
        );
    }
    if typed.is_right() {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = case::lodge(record, &acting.actor, authority, child, (known.fact.id, version), home, &reason).await;
        if !refused(&mut typed, FIELD, done)? {
            return Ok(Redirect::to(&format!("/cases/{child}#placements")).into_response());
        }
    }
    Ok(page(&state, &typed, child, &known))
}
