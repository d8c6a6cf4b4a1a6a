//! Children who may stand in the record twice: found, joined by a person with a reason, and taken apart again.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::child::Child;
use domain::merge::Merge;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Case, Versioned, case};

use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::super::id;
use super::{Pairs, may_open, reachable};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::page::{Page, Room, layout};
use crate::shown;

/// `GET /cases/duplicates`
pub(super) async fn list(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let found = case::duplicates(&acting.record, &acting.actor, acting.authority.id).await?;
    let body = html! {
        @if found.is_empty() { p class="govuk-body" { "No two entries look like one child." } }
        @for one in &found {
            (pair(one))
        }
    };
    let lede = html! {
        "Two entries with the same number in the vault, or with the same day of birth, sex and another reason. Twins look alike, too: open both before you join them. "
        "Nothing is joined by itself."
    };
    let heading = format!("{} may be one child each", shown::counted(found.len() as u64, "pair of entries", "pairs of entries"));
    let trail = [("Cases", "/cases")];
    let page =
        Page { title: "Children recorded twice".to_owned(), room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page))
}

fn pair(one: &case::Suspicion) -> Markup {
    let (a, b) = (&one.one, &one.other);
    html! {
        section class="pw-section" aria-label={ "Child " (a.reference) " and child " (b.reference) } {
            h2 class="govuk-heading-s" {
                a href={ "/cases/" (a.id) } { "Child " (a.reference) } " and " a href={ "/cases/" (b.id) } { "child " (b.reference) }
            }
            ul class="govuk-list govuk-list--bullet" { @for reason in &one.reasons { li { (reason) "." } } }
            p class="govuk-body" {
                a href={ "/cases/" (a.id) "/merge?with=" (b.id) } { "They are one child" span class="govuk-visually-hidden" { ": child " (a.reference) " and child " (b.reference) } }
            }
        }
    }
}

fn merging(state: &app::State, child: Id<Child>, typed: &Typed) -> Response {
    let here = format!("/cases/{child}");
    let fields = html! {
        p class="govuk-body" {
            "What was recorded of the other entry is shown in this case from then on. Nothing is moved, and both can be taken apart again with all that was recorded of each."
        }
        (typed.line("other", "Reference of the other entry", Some("It will not be listed by itself any more")))
        (typed.line("reason", "How you know that they are one child", Some("Somebody will ask")))
    };
    let trail = [("Cases", "/cases"), ("Case", here.as_str())];
    let action = format!("/cases/{child}/merge");
    let sheet =
        Sheet { heading: "Two entries, one child".to_owned(), trail: &trail, action: &action, button: "Show them as one child", fields };
    typed.page_in(state, Room::Cases, sheet)
}

/// `GET /cases/{id}/merge?with={id}`
pub(super) async fn ask(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    may_open(&acting, child, Action::ChildMerge).await?;
    let with: Option<Id<Child>> = Asked::new(pairs).one("with").map(id).transpose()?;
    let reference = reachable(&acting).await?.into_iter().find(|(_, known)| Some(*known) == with).map(|(reference, _)| reference);
    Ok(merging(&state, child, &Typed::filled(&[("other", reference.unwrap_or_default())])))
}

/// `POST /cases/{id}/merge`
pub(super) async fn merge(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    may_open(&acting, child, Action::ChildMerge).await?;
    let mut typed = Typed::new(pairs);
    let reference = typed.needed("other", "Enter what the case system calls the other entry");
    let reason = typed.needed("reason", "Say how you know that they are one child");
    let other = reachable(&acting).await?.into_iter().find(|(known, _)| *known == reference).map(|(_, id)| id);
    if !reference.is_empty() && other.is_none() {
        typed.wrong("other", "No child whose case is open to you has this reference: check it for slips");
    }
    if let Some(other) = other.filter(|_| typed.is_right()) {
        let done = case::merge(&acting.record, &acting.actor, acting.authority.id, other, child, &reason).await;
        if !refused(&mut typed, "other", done.map(|_| ()))? {
            return Ok(Redirect::to(&format!("/cases/{child}")).into_response());
        }
    }
    Ok(merging(&state, child, &typed))
}

async fn find(acting: &Acting, text: &str, merge: &str) -> Result<(Box<Case>, Versioned<Merge>, Child), Error> {
    let wanted: Id<Merge> = id(merge)?;
    let case = record::show(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?;
    let found = case.merged.iter().find(|(known, _)| known.fact.id == wanted).cloned();
    let (known, other) = found.ok_or_else(|| Error::Missing("These entries are not joined any more.".to_owned()))?;
    Ok((Box::new(case), known, other))
}

fn parting(state: &app::State, case: &Case, known: &Versioned<Merge>, other: &Child, typed: &Typed) -> Response {
    let child = &case.child.fact;
    let here = format!("/cases/{}", child.id);
    let fields = html! {
        p class="govuk-body" { "Child " (other.reference) " will stand by itself again, with all that was recorded of it. What was recorded of child " (child.reference) " stays there." }
        input type="hidden" name="version" value=(known.version);
        (typed.line("reason", "How you know that they are two children", Some("Somebody will ask")))
    };
    let trail = [("Cases", "/cases"), ("Case", here.as_str())];
    let action = format!("{here}/unmerge/{}", known.fact.id);
    let sheet = Sheet { heading: "Take two entries apart".to_owned(), trail: &trail, action: &action, button: "Take them apart", fields };
    typed.page_in(state, Room::Cases, sheet)
}

/// `GET /cases/{id}/unmerge/{merge}`
pub(super) async fn doubt(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, merge)): Path<(String, String)>,
) -> Result<Response, Error> {
    let (case, known, other) = find(&acting, &text, &merge).await?;
    Ok(parting(&state, &case, &known, &other, &Typed::new(Vec::new())))
}

/// `POST /cases/{id}/unmerge/{merge}`
pub(super) async fn unmerge(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, merge)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let (case, known, other) = find(&acting, &text, &merge).await?;
    let mut typed = Typed::new(pairs);
    let reason = typed.needed("reason", "Say how you know that they are two children");
    let version = typed.text("version").parse().unwrap_or_default();
    if typed.is_right() {
        let (record, authority, under) = (&acting.record, acting.authority.id, case.child.fact.id);
        case::unmerge(record, &acting.actor, authority, under, (known.fact.id, version), &reason).await?;
        return Ok(Redirect::to(&format!("/cases/{under}")).into_response());
    }
    Ok(parting(&state, &case, &known, &other, &typed))
}
