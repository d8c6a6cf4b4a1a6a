//! One provider with its owners, homes and papers; adding one and correcting it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::provider::{Provider, Sector, Status, is_company_number};
use maud::{Markup, html};
use service::record;
use service::record::access::Action;

use super::fact::{address, listing};
use super::form::{Sheet, Typed, choices};
use super::home::{log, refused};
use super::{id, word};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Button, InsetText, Look, Press, SummaryList, SummaryRow, Tag, Tone};
use crate::page::{Page, Room, layout};

type Pairs = Vec<(String, String)>;

const TRAIL: &[(&str, &str)] = &[("Homes", "/homes"), ("Providers", "/providers")];

/// `GET /providers/{id}?as-known=2026-03-31`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let page = record::provider(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    let provider = &page.provider.fact;
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
    let rows = [
        SummaryRow { key: "Legal name", value: html! { (or(&provider.legal_name, "not written down")) }, actions: &[] },
        SummaryRow { key: "Company number", value: html! { (or(&provider.company.to_string(), "not written down")) }, actions: &[] },
        SummaryRow { key: "Sector", value: html! { (provider.sector.label()) }, actions: &[] },
        SummaryRow { key: "Status", value: html! { (provider.status.label()) }, actions: &[] },
    ];
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let here = format!("/providers/{text}");
    let adding = (acting.may(Action::ProviderWrite) && as_known.is_none()).then_some(here.as_str());
    // Who is paid where is no part of the past that is shown: it has a page of its own with all that was proposed.
    let payees = if as_known.is_none() && acting.may(Action::PayeeRead) {
        Some(record::payees(&acting.record, &acting.actor, acting.authority.id, provider.id).await?)
    } else {
        None
    };
    let told = word::told(&acting).await?;
    let ownerships: Vec<_> = page.ownerships.iter().map(|(known, _)| known.clone()).collect();
    let missing: Vec<&str> = page.missing.iter().map(|kind| kind.label()).collect();
    let body = html! {
        @if let Some(day) = as_known {
            (InsetText(html! { "As it was known at the end of " (day.long()) ". " a href={ "/providers/" (text) } { "See it as it is known now" } "." }))
        }
        (SummaryList(&rows))
        @if !missing.is_empty() { p class="govuk-body" { "Due diligence wants what nobody holds today: " (missing.join(", ").to_lowercase()) "." } }
        @if let Some(payees) = &payees {
            h2 class="govuk-heading-m" { "Bank details" }
            p class="govuk-body" {
                @match payees.in_force() { Some(one) => { "Paid to the account ending " (one.ending) ". " } None => { "No account is on record. " } }
                @if payees.waiting().is_some() { (Tag { text: "Waiting for a second person", tone: Tone::Soon }) " " }
                a href={ (here) "/payee" } { "Bank details" span class="govuk-visually-hidden" { " of " (provider.name) } }
            }
        }
        (listing(adding, "Owners", &ownerships, &names, "Nobody wrote down who owns it."))
        @if !page.ownerships.is_empty() {
            p class="govuk-body" { "What else they have: " @for (number, (known, name)) in page.ownerships.iter().enumerate() { @if number > 0 { ", " } a href={ "/owners/" (known.fact.owner) } { (name) } } }
        }
        (listing(adding, "Documents", &page.documents, &names, "No document is on record."))
        (word::note(&told, &page.documents, &names))
        h2 class="govuk-heading-m" { "Homes, agencies and services" }
        @if page.settings.is_empty() {
            p class="govuk-body" { "None is on record." }
        } @else {
            ul class="govuk-list govuk-list--bullet" {
                @for known in &page.settings {
                    li { a href={ "/homes/" (known.fact.id) } { (known.fact.name) } ", " (known.fact.kind.label()) @if let Some(day) = known.fact.closed { ", closed " (day.long()) } }
                }
            }
        }
        (log(&page.log))
    };
    let correct = format!("/providers/{text}/correct");
    let history = address(provider.id);
    let people = format!("/people/providers?provider={text}");
    let actions = html! {
        @if acting.may(Action::ProviderInvite) && as_known.is_none() { (Button { text: "Its people", look: Look::Secondary, press: Press::Follow(&people) }) }
        @if acting.may(Action::ProviderWrite) && as_known.is_none() { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(&correct) }) }
        (Button { text: "History", look: Look::Secondary, press: Press::Follow(&history) })
    };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: TRAIL, actions, body, ..Page::new(provider.name.clone()) }))
}

fn fields(typed: &Typed) -> Markup {
    html! {
        (typed.line("name", "Name", Some("The name it goes by")))
        (typed.line("legal_name", "Legal name", Some("The legal entity that signs")))
        (typed.line("company", "Company number", Some("Eight characters, like 01234567; empty where there is none")))
        (typed.choice("sector", "Sector", Some("Choose"), &choices!(Sector)))
        (typed.choice("status", "Status", Some("Choose"), &choices!(Status)))
    }
}

fn read(typed: &mut Typed, provider: Id<Provider>) -> Option<Provider> {
    let name = typed.needed("name", "Enter the provider's name");
    let company = typed.code("company", "A company number has eight characters");
    if !company.is_blank() && !is_company_number(company) {
        typed.wrong("company", "A company number has eight figures, or two letters and six figures");
    }
    let sector = typed.word("sector", "Choose the sector");
    let status = typed.word("status", "Choose the status");
    let provider = Provider { id: provider, name, legal_name: typed.text("legal_name"), company, sector: sector?, status: status? };
    typed.is_right().then_some(provider)
}

fn new_sheet(typed: &Typed) -> Sheet<'static> {
    Sheet {
        heading: "Add a provider".to_owned(),
        trail: TRAIL,
        action: "/providers/new",
        button: "Add this provider",
        fields: fields(typed),
    }
}

/// `GET /providers/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    let typed = Typed::filled(&[("status", "prospect".to_owned())]);
    typed.page(&state, new_sheet(&typed))
}

/// `POST /providers/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    if let Some(provider) = read(&mut typed, acting.record.id()) {
        let done = record::add(&acting.record, &acting.actor, acting.authority.id, &provider).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to(&format!("/providers/{}", provider.id)).into_response());
        }
    }
    Ok(typed.page(&state, new_sheet(&typed)))
}

fn edit_page(state: &app::State, typed: &Typed, text: &str, name: &str) -> Response {
    let (here, action) = (format!("/providers/{text}"), format!("/providers/{text}/correct"));
    let trail = [TRAIL[0], TRAIL[1], (name, here.as_str())];
    let fields = html! {
        input type="hidden" name="version" value=(typed.text("version"));
        (fields(typed))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    };
    typed.page(state, Sheet { heading: format!("Correct {name}"), trail: &trail, action: &action, button: "Save the correction", fields })
}

/// `GET /providers/{id}/correct`
pub(super) async fn edit(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let page = record::provider(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let fact = &page.provider.fact;
    let values = [
        ("version", page.provider.version.to_string()),
        ("name", fact.name.clone()),
        ("legal_name", fact.legal_name.clone()),
        ("company", fact.company.to_string()),
        ("sector", fact.sector.to_string()),
        ("status", fact.status.to_string()),
    ];
    Ok(edit_page(&state, &Typed::filled(&values), &text, &fact.name))
}

/// `POST /providers/{id}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let page = record::provider(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let known = &page.provider.fact;
    let mut typed = Typed::new(pairs);
    let corrected = read(&mut typed, known.id);
    let reason = typed.needed("reason", "Say why it is corrected");
    if let Some(provider) = &corrected
        && !known.status.may_become(provider.status)
    {
        typed.wrong("status", format!("A provider does not go from “{}” to “{}” at once", known.status.label(), provider.status.label()));
    }
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(provider) = corrected.filter(|_| typed.is_right()) {
        let done = record::correct_entry(&acting.record, &acting.actor, acting.authority.id, version, &provider, &reason).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to(&format!("/providers/{text}")).into_response());
        }
    }
    Ok(edit_page(&state, &typed, &text, &known.name))
}
