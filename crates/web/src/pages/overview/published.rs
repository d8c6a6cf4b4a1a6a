//! The first page of an authority whose returns are not at hand: what is published about it.

use maud::{Markup, html};
use report::block::{Block, Cell, Chart, Column, FigureId, KeyFigure, Kind, Row as Line, Table, Text, Tone};
use report::chart::{Drawing, Line as LineChart, Series, Unit, Words};
use report::html::{self as blocks, Links};
use service::areas::AreaId;
use service::benchmarks::{self, Comparison, Neighbours, Row};
use service::indicators;

use crate::error::Error;
use crate::page::{Page, Room, layout};
use crate::parts::Panel;
use crate::{app, shown};

const FOUR: [(&str, &str); 4] = [
    ("children-looked-after-rate", "Children per 10,000 residents"),
    ("outside-area-over-20-miles", "Over 20 miles and outside the area"),
    ("three-or-more-placements", "Three or more homes in the year"),
    ("long-term-stability", "In the same home for two years"),
];

pub(super) fn page(state: &app::State, area: AreaId) -> Result<Markup, Error> {
    let number = compare(state, area, "children-looked-after")?;
    let rate = compare(state, area, "children-looked-after-rate")?;
    let figures = FOUR.into_iter().map(|(id, label)| Ok(figure(&compare(state, area, id)?, label))).collect::<Result<Vec<_>, Error>>()?;
    let links = Links::Under("/benchmarks?measure=".to_owned());
    let body = html! {
        (blocks::block(&Block::KeyFigures(figures), &links))
        div class="pw-row" {
            div class="pw-8" { div class="pw-panel" { (blocks::block(&Block::Chart(chart(state, &rate)), &Links::Nowhere)) } }
            div class="pw-4" { (Panel { id: "more", heading: "See far more with your returns", body: html! {
                p class="govuk-body" { "These are published figures. With the folder of SSDA903 returns Placewell shows the children on any date, every measure with its rows, and what the returns get wrong." }
                p class="govuk-body" { code { "placewell serve FOLDER" } }
                p class="govuk-body" { a href="/benchmarks" { "Compare any measure" } }
            } }) }
        }
    };
    let newest = number.rows.first().and_then(|row| row.values.iter().rev().find_map(|(year, value)| Some((*year, value.known()?))));
    let heading = newest.map_or_else(
        || state.place.authority.clone(),
        |(year, children)| format!("{} children looked after on 31 March {year}", shown::plain(children)),
    );
    let change = number.rows.first().and_then(|row| row.change_on_year);
    let lede = html! {
        (state.place.authority)
        @if let Some(change) = change { ": " (shown::change(Some(change)).shown) "% on the year before" }
        ". Published by the Department for Education."
    };
    Ok(layout(Some(&state.place), &Page { title: "Overview".to_owned(), room: Some(Room::Overview), lede, body, ..Page::new(heading) }))
}

fn compare<'a>(state: &'a app::State, area: AreaId, measure: &str) -> Result<Comparison<'a>, Error> {
    let (from, to) = indicators::indicator(state.app.published(), measure)?.years().unwrap_or_default();
    let request = benchmarks::Request { area, measure: measure.to_owned(), from, to, neighbours: Neighbours::All };
    Ok(benchmarks::compare(&state.app, &request)?)
}

fn figure(comparison: &Comparison<'_>, label: &str) -> KeyFigure {
    let percent = if comparison.indicator.is_percentage() { "%" } else { "" };
    let newest = |row: Option<&Row>| row.and_then(|row| row.values.iter().rev().find_map(|(year, value)| Some((*year, value.known()?))));
    let own = newest(comparison.rows.first());
    let peers = newest(comparison.rows.get(1));
    let reason = match (own, peers) {
        (Some((year, _)), Some((_, peers))) => format!("in {year}; similar authorities {}{percent} (benchmark).", shown::plain(peers)),
        _ => "nothing was published.".to_owned(),
    };
    KeyFigure {
        label: label.to_owned(),
        shown: own.map_or_else(|| "not available".to_owned(), |(_, value)| format!("{}{percent}", shown::plain(value))),
        reason: Text::plain(reason),
        figure: Some(FigureId::new(comparison.indicator.id())),
        kind: Kind::Actual,
        tone: Tone::Neutral,
    }
}

fn chart(state: &app::State, comparison: &Comparison<'_>) -> Chart {
    let values = |row: &Row| row.values.values().map(|value| value.known()).collect::<Vec<_>>();
    let (from, to) = comparison.years;
    let series: Vec<Series> = comparison
        .rows
        .iter()
        .map(|row| match row.kind {
            benchmarks::Kind::Authority => Series::subject(row.area.clone(), values(row)),
            benchmarks::Kind::StatisticalNeighbours => Series::others("Similar authorities", values(row)),
            _ => Series::others(row.area.clone(), values(row)),
        })
        .collect();
    let kind = |row: &Row| if row.kind == benchmarks::Kind::Authority { Kind::Actual } else { Kind::Benchmark };
    let line = |row: &Row| {
        Line::new([Cell::words(row.area.clone())].into_iter().chain(row.values.values().map(|&value| shown::published(value))).collect())
            .of(kind(row))
    };
    let source = comparison.indicator.source(to);
    let table = Table {
        id: "rate-by-year".to_owned(),
        caption: comparison.indicator.title().to_owned(),
        columns: [Column::header("Area")].into_iter().chain((from..=to).map(|year| Column::number(year.to_string()))).collect(),
        rows: comparison.rows.iter().map(line).collect(),
        note: None,
        source: Some(format!("{}, {}, {}", source.publisher, source.title, service::dated::in_words(&source.vintage))),
    };
    let last = |row: Option<&Row>| row.and_then(|row| row.values.get(&to)?.known());
    let title = match (last(comparison.rows.first()), last(comparison.rows.get(1))) {
        (Some(own), Some(peers)) if own > peers => "More children per resident than similar authorities".to_owned(),
        (Some(own), Some(peers)) if own < peers => "Fewer children per resident than similar authorities".to_owned(),
        _ => comparison.indicator.title().to_owned(),
    };
    let summary = format!(
        "Children looked after per 10,000 residents aged 0 to 17, {} beside similar authorities, its region and England, {from} to {to}.",
        state.place.authority
    );
    LineChart { x: (from..=to).map(|year| year.to_string()).collect(), series, unit: Unit::count(), ..LineChart::default() }
        .block(Words { id: "rate".to_owned(), title, summary }, table)
}
