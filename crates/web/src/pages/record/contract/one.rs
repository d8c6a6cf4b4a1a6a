//! One contract: what it is, until when, who is in it, what it costs; and what a place under it costs on a night.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use domain::Day;
use domain::contract::block::{BlockBeds, NoWeek};
use domain::contract::price::Bought;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, ContractPage};

use super::super::fact::{Pairs, address, listing, options};
use super::super::home::log;
use super::super::id;
use super::forms::TRAIL;
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Button, Choice, Field, InputMode, InsetText, Look, Press, Select, Size, SummaryList, SummaryRow, TextInput, WarningText,
};
use crate::page::{Page, Room, layout};
use crate::shown::counted;

/// `GET /contracts/{id}?as-known=2026-03-31`, and with `on`, `lot`, `provider`, `setting` and `tier` what a place costs on a night.
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let asked = Asked::new(pairs);
    let as_known = asked.day("as-known")?;
    let page = record::contract(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    let vehicle = &page.vehicle.fact;
    let writes = acting.may(Action::ContractWrite) && as_known.is_none();
    let names = &page.names;
    let here = format!("/contracts/{text}");
    let adding = writes.then_some(here.as_str());
    let body = html! {
        @if let Some(day) = as_known {
            (InsetText(html! { "As it was known at the end of " (day.long()) ". " a href={ "/contracts/" (text) } { "See it as it is known now" } "." }))
        }
        (breaches(&page))
        (facts(&page))
        (listing(adding, "Options to go on", &page.extensions, names, "No option is recorded: the contract ends when it says."))
        (listing(adding, "Lots", &page.lots, names, "It has no lots."))
        (listing(adding, "Members", &page.members, names, "No provider is a member."))
        @if writes { p class="govuk-body" { a href={ "/contracts/" (text) "/import/members" } { "Take a list of members" } } }
        (listing(adding, "Windows for joining", &page.windows, names, "No window is recorded."))
        (listing(adding, "Suspensions of members", &page.suspensions, names, "No member was suspended."))
        (listing(adding, "Prices", &page.prices, names, "No price is recorded: what places cost under it is not known."))
        @if writes { p class="govuk-body" { a href={ "/contracts/" (text) "/import/prices" } { "Take a list of prices" } } }
        (price(&page, &asked)?)
        (listing(adding, "Blocks of beds", &page.blocks, names, "No beds are bought in block."))
        (empty_blocks(&page))
        (listing(adding, "Rises of prices", &page.indexations, names, "Nothing is recorded about rises."))
        (late_rises(&page))
        (listing(adding, "Accreditations", &page.accreditations, names, "Nobody and no property is accredited under it."))
        (listing(adding, "Outcomes paid for", &page.outcomes, names, "It pays for no outcomes."))
        (log(&page.log))
    };
    let correct = format!("/contracts/{text}/correct");
    let history = address(vehicle.id);
    let actions = html! {
        @if writes { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(&correct) }) }
        (Button { text: "History", look: Look::Secondary, press: Press::Follow(&history) })
    };
    let lede = html! { (vehicle.kind.label()) ", " (vehicle.reference) ". " (page.phase().label()) "." };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: TRAIL, lede, actions, body, ..Page::new(vehicle.title.clone()) }))
}

fn facts(page: &ContractPage) -> Markup {
    let vehicle = &page.vehicle.fact;
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
    let day = |day: Option<Day>, otherwise: &str| day.map_or_else(|| otherwise.to_owned(), Day::long);
    let row = |key, value: String| SummaryRow { key, value: html! { (value) }, actions: &[] };
    let rows = [
        row("Law of procurement", vehicle.regime.label().to_owned()),
        row("Led by", or(&vehicle.lead, "this authority")),
        row("Who may call on it", or(&vehicle.callers, "not written down")),
        row("Begins", vehicle.from.long()),
        row("Ends, by the options taken", day(page.end(), "has no end")),
        row("Ends at the latest, if every option left is taken", day(page.latest_end(), "has no end")),
        row("What was called off ends by", day(page.last(), "has no end")),
        row("Notes", or(&vehicle.notes, "none")),
    ];
    html! { (SummaryList(&rows)) }
}

/// What happened outside the contract's time or windows.
fn breaches(page: &ContractPage) -> Markup {
    let found = page.breaches();
    html! {
        @if !found.is_empty() {
            (WarningText("Recorded as it happened, outside what the contract allows"))
            ul class="govuk-list govuk-list--bullet" { @for one in &found { li { (one) "." } } }
        }
    }
}

/// Rises that come when nothing new can be bought.
fn late_rises(page: &ContractPage) -> Markup {
    let late = page.rises_in_run_off();
    html! {
        @if !late.is_empty() {
            p class="govuk-body" { "In the run-off, so only of what was called off before the contract ended, prices rise " (late.join(", and ")) "." }
        }
    }
}

/// What the guaranteed beds cost while nobody lives in them, each block by itself.
fn empty_blocks(page: &ContractPage) -> Markup {
    let words = |block: &BlockBeds| {
        let whole = match (block.minimum, block.beds) {
            (0, beds) => return format!("Of its {} none is paid for while it stands empty", counted(u64::from(beds), "bed", "beds")),
            (minimum, beds) => format!(
                "Of its {} {minimum} {} paid for while empty",
                counted(u64::from(beds), "bed", "beds"),
                if minimum == 1 { "is" } else { "are" }
            ),
        };
        match block.week(0) {
            Ok(week) => format!("{whole}: {} a week if nobody lives there", week.voids),
            Err(NoWeek::Unpriced | NoWeek::Full { .. }) => format!("{whole}, and what that costs is not known: no price is written down"),
        }
    };
    let blocks = page.blocks_today();
    html! {
        @if !blocks.is_empty() {
            p class="govuk-body" { "Blocks that run on " (page.day.long()) ", at that day’s prices:" }
            ul class="govuk-list govuk-list--bullet" { @for block in &blocks { li { (words(block)) "." } } }
        }
    }
}

/// The question what a place costs on a night, and its answer.
fn price(page: &ContractPage, asked: &Asked) -> Result<Markup, Error> {
    let unreadable = |_| Error::Unreadable("A lot, provider or home in this address is none of the record’s.".to_owned());
    let bought = Bought {
        lot: asked.one("lot").map(str::parse).transpose().map_err(unreadable)?,
        provider: asked.one("provider").map(str::parse).transpose().map_err(unreadable)?,
        setting: asked.one("setting").map(str::parse).transpose().map_err(unreadable)?,
        tier: asked.one("tier").unwrap_or_default().to_owned(),
    };
    let on = asked.day("on")?;
    let day = on.unwrap_or(page.day).to_string();
    let names = &page.names;
    let members: Vec<_> = page.members.iter().map(|known| known.fact.provider).collect();
    let priced: Vec<_> = page.prices.iter().filter_map(|known| known.fact.setting).collect();
    let lots = options(page.lots.iter().map(|known| (known.fact.id, known.fact.name.clone())));
    let providers = options(names.providers.iter().filter(|(id, _)| members.contains(id)).map(|(id, name)| (*id, name.clone())));
    let of_members = |id, provider| members.contains(provider) || priced.contains(id);
    let homes = names.settings.iter().filter(|(id, (_, provider))| of_members(*id, provider)).map(|(id, (name, _))| (*id, name.clone()));
    let select = |name: &'static str, label: &'static str, none: &'static str, values: &[(String, String)]| {
        let now = asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", none)].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let date = TextInput {
        mode: InputMode::Text,
        width: Some(10),
        ..TextInput::new(Field { size: Size::Small, hint: Some("Like 2026-04-01"), ..Field::new("on", "Night of") }, &day)
    };
    Ok(html! {
        @if !page.prices.is_empty() {
            h2 class="govuk-heading-m" id="price" { "What a place costs on a night" }
            form action={ "/contracts/" (page.vehicle.fact.id) "#price" } method="get" {
                (date)
                (select("lot", "Lot", "Not said", &lots))
                (select("provider", "Provider", "Not said, or the one that runs the home", &providers))
                (select("setting", "Home", "Not said", &options(homes)))
                (TextInput::new(Field { size: Size::Small, ..Field::new("tier", "Tier") }, &bought.tier))
                (Button { text: "Say what it costs", look: Look::Secondary, press: Press::Submit })
            }
            @if let Some(on) = on {
                (InsetText(html! { "On the night of " (on.long()) ": " (page.price(&bought, on).words) "." }))
            }
        }
    })
}
