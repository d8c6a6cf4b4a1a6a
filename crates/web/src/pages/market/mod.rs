//! The market for homes in an area: who is registered there, who owns it, what inspectors found, and whose children live there.

mod drawing;
mod tables;

use std::sync::Arc;

use axum::extract::{Query, State};
use maud::{Markup, html};
use report::block::{Block, KeyFigure, Kind, Text, Tone};
use report::chart::Unit;
use report::html::{self as blocks, Links};
use service::areas;
use service::markets::{self, Market, Provision};

use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Choice, Field, InsetText, Select, Size};
use crate::page::{Page, Room, layout};
use crate::parts::Filter;
use crate::{app, shown};

/// `GET /market?area=Nottingham`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    let asked = Asked::new(pairs);
    let area = match (asked.one("area"), state.profile.area) {
        (Some(name), _) => areas::find(name)?.id,
        (None, Some(area)) => area,
        (None, None) => {
            return Err(Error::Missing(format!(
                "Nobody publishes the market of “{}”. Name an authority: /market?area=Nottingham.",
                state.profile.name
            )));
        }
    };
    let market = markets::of(&state.app, area);
    let borrowed = state.profile.fictitious && asked.one("area").is_none();
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let name = areas::name(area);
    let body = html! {
        div class="pw-filtered" {
            (choices(name))
            div {
                @if borrowed {
                    (InsetText(html! { (state.place.authority) " is made up and borrows the map of " (name) ". What is shown is the market of " (name) ", which is real." }))
                }
                @if let Some(before) = market.listed_under_predecessor() {
                    (InsetText(html! { "The register was taken before " (name) " was made, so it lists these settings under " (before) ", all of it." }))
                }
                (plain(Block::KeyFigures(figures(&market))))
                (plain(Block::Table(tables::places(&market))))
                (plain(Block::Table(tables::judgements(&market))))
                (plain(Block::Table(tables::owners(&market))))
                @if let Some(chart) = drawing::living_here(name, &market) { (plain(Block::Chart(chart))) }
                @if let Some(table) = tables::fostering(&market) { (plain(Block::Table(table))) }
                @if let Some(table) = tables::movements(&market) { (plain(Block::Table(table))) }
            }
        }
    };
    let heading = finding(name, &market);
    let lede = html! {
        "From Ofsted's register of " (market.register_day.long()) ": good for the shape of a market, and no directory. Registered places are not vacancies; supported "
        "accommodation was not registered then. Homes for short breaks only stand in the table, not in the heading."
    };
    let page = Page { title: "Market".to_owned(), room: Some(Room::Market), lede, body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page))
}

fn finding(name: &str, market: &Market) -> String {
    let places = shown::counted(market.places(Provision::ChildrensHome).into(), "place", "places");
    let homes = shown::counted(market.settings(Provision::ChildrensHome).into(), "children's home", "children's homes");
    match market.owners.as_slice() {
        [first, ..] if first.share >= 0.25 => {
            format!("{name}: {places} in {homes}, and one owner has {} of the market", shown::share_of(first.share))
        }
        _ => format!("{name}: {places} in {homes}"),
    }
}

fn choices(name: &str) -> Markup {
    let names = areas::names();
    let choices: Vec<Choice<'_>> = names.iter().map(|one| Choice::new(one, one).chosen_if(name)).collect();
    let fields = html! { (Select { field: Field { size: Size::Small, ..Field::new("area", "Authority") }, choices: &choices }) };
    html! { (Filter { title: "Filter", action: "/market", fields, chosen: &[], button: "Show this market", all: "/market" }) }
}

fn figures(market: &Market) -> Vec<KeyFigure> {
    let figure = |label: &str, shown: String, reason: String| KeyFigure {
        label: label.to_owned(),
        shown,
        reason: Text::plain(reason),
        figure: None,
        kind: Kind::Actual,
        tone: Tone::Neutral,
    };
    let concentration = &market.concentration;
    let mut figures = vec![figure(
        "Places in private and voluntary homes",
        shown::count(concentration.owned.1.into()),
        format!(
            "in {}; {} in the council's own.",
            shown::counted(concentration.owned.0.into(), "home", "homes"),
            shown::count(concentration.internal.1.into())
        ),
    )];
    if let Some(hhi) = concentration.hhi {
        figures.push(figure("Concentration (HHI) by owner", Unit::count().show(hhi), "10,000 is one owner of everything.".to_owned()));
    }
    if let Some(homes) = market.judgements.iter().find(|judged| judged.provision == Provision::ChildrensHome) {
        let inspected: u32 = homes.grades.iter().map(|grade| grade.1).sum();
        let good: u32 = homes.grades.iter().take(2).map(|grade| grade.1).sum();
        let reason = format!("{} of {} inspected; {} not inspected yet.", good, inspected, homes.not_inspected.0);
        figures.push(figure("Children's homes good or outstanding", shown::share(good.into(), inspected.into()), reason));
    }
    if let Some((year, here)) = market.living_here.iter().next_back()
        && let (Some(imported), Some(exported), Some(balance)) = (here.other_authorities.known(), here.own_outside.known(), here.balance())
    {
        let reason = format!("{} of others live here, {} of its own live outside, {year}.", shown::plain(imported), shown::plain(exported));
        let label = if balance < 0.0 { "Net: more of its own live outside" } else { "Net: more of others' children live here" };
        figures.push(figure(label, shown::plain(balance.abs()), reason));
    }
    figures
}
