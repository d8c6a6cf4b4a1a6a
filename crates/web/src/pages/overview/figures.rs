//! The four figures at the top, and the rest of the measures beneath.

use domain::Value;
use domain::number::Benchmark;
use maud::{Markup, html};
use report::block::{FigureId, KeyFigure, Kind, Text, Tone};
use service::benchmarks::{self, Neighbours};
use service::cohorts::Cohort;
use service::counterparts;
use service::counts::measure::{Direction, Measured, Unit};
use service::record::access::Action;

use crate::door;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::parts::Scroll;
use crate::{app, shown};

/// Distance, moves, stability, and who provides the foster homes.
const FOUR: [(&str, &str); 4] = [
    ("M05", "More than 20 miles from home"),
    ("M03", "Three or more homes this year"),
    ("M04", "In the same home for two years"),
    ("M08", "In-house share of fostering"),
];

/// A difference of shares that is none to colour.
const TRIFLE: f64 = 0.02;

/// The others that a director asks for, in this order.
const MORE: [&str; 7] = ["M01b", "M02a", "M02b", "M06", "M07", "M09", "M11a"];

pub(super) fn four(state: &app::State, year: u32, cohort: &Cohort) -> Vec<KeyFigure> {
    FOUR.into_iter().filter_map(|(id, label)| Some(figure(state, year, find(cohort, id)?, label))).collect()
}

fn find<'a>(cohort: &'a Cohort, id: &str) -> Option<&'a Measured> {
    cohort.measures.iter().find(|measured| measured.id == id)
}

fn figure(state: &app::State, year: u32, measured: &Measured, label: &str) -> KeyFigure {
    let peers = neighbours(state, year, measured);
    let tone = match (measured.value.0, &peers) {
        (Value::Known(own), Some(peers)) => tone(measured.direction, own, peers.value.0),
        _ => Tone::Neutral,
    };
    let reason = match peers {
        Some(peers) => {
            format!("similar authorities {} in {} (benchmark).", shown::card_value(Value::Known(peers.value.0), measured.unit), peers.year)
        }
        None => of_whom(measured),
    };
    KeyFigure {
        label: label.to_owned(),
        shown: shown::measured(measured),
        reason: Text::plain(reason),
        figure: Some(FigureId::new(measured.id)),
        kind: Kind::Actual,
        tone,
    }
}

/// Within two points either way is neither good nor poor: the neighbours' figures are printed in whole points and are of the year before,
/// and a colour should not send a reader after a trifle.
fn tone(direction: Direction, own: f64, peers: f64) -> Tone {
    let ahead = match direction {
        Direction::High => own - peers,
        Direction::Low => peers - own,
        Direction::Context => 0.0,
    };
    match ahead {
        ahead if ahead > TRIFLE => Tone::Good,
        ahead if ahead < -TRIFLE => Tone::Poor,
        _ => Tone::Neutral,
    }
}

fn of_whom(measured: &Measured) -> String {
    match (measured.numerator, measured.denominator, measured.unknown) {
        (Some(part), Some(whole), 0) => format!("{} of {}.", shown::count(part), shown::count(whole)),
        (Some(part), Some(whole), unknown) => {
            format!("{} of {}; {} not known.", shown::count(part), shown::count(whole), shown::count(unknown))
        }
        _ => measured.why_not.clone().unwrap_or_default(),
    }
}

/// The newest published mean of the neighbours up to a year, in the card's own unit.
struct Peers {
    value: Benchmark<f64>,
    year: u32,
}

fn neighbours(state: &app::State, year: u32, measured: &Measured) -> Option<Peers> {
    let pair = counterparts::of_card(measured.id).filter(|_| measured.unit != Unit::Children)?;
    let indicator = service::indicators::indicator(state.app.published(), pair.indicator).ok()?;
    let (first, last) = indicator.years()?;
    let neighbours = Neighbours::Chosen(state.profile.neighbours.clone());
    let request =
        benchmarks::Request { area: state.profile.area?, measure: pair.indicator.to_owned(), from: first, to: last.min(year), neighbours };
    let comparison = benchmarks::compare(&state.app, &request).ok()?;
    let mean = comparison.rows.iter().find(|row| row.kind == benchmarks::Kind::StatisticalNeighbours)?;
    let (&year, value) = mean.values.iter().rev().find(|(_, value)| value.known().is_some())?;
    Some(Peers { value: Benchmark(value.known()? / pair.factor), year })
}

pub(super) fn all(state: &app::State, year: u32, cohort: &Cohort) -> Markup {
    let caption = "More about these children";
    let columns = [
        Column::text("Measure"),
        Column::number("Ours"),
        Column::number("Similar authorities"),
        Column::number("Not known"),
        Column::text("Why"),
    ];
    let asks = door::reader().is_none_or(|acting| acting.may(Action::AnalysisRead));
    let row = |measured: &Measured| {
        let peers = neighbours(state, year, measured);
        let unit = shown::unit_words(measured.unit);
        vec![
            html! { (measured.label) @if !unit.is_empty() && !measured.label.contains(unit) { span class="pw-more" { (unit) } } },
            html! { @if measured.value.0.known().is_some() { strong { (shown::measured(measured)) } } @else { span class="pw-mark" { (shown::measured(measured)) } } },
            html! { @if let Some(peers) = peers { (shown::card_value(Value::Known(peers.value.0), measured.unit)) span class="pw-more" { "benchmark, " (peers.year) } } @else { "–" } },
            html! { (shown::count(measured.unknown)) },
            html! { @if asks { a href={ "/why/" (measured.id) } { "Why" span class="govuk-visually-hidden" { " is " (measured.label) " what it is?" } } } @else { "–" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = MORE.into_iter().filter_map(|id| find(cohort, id)).map(row).collect();
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Scroll { label: caption, body: table }) }
}
