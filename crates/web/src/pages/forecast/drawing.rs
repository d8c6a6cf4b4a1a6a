//! The fan: what was, then the middle of what may come between its bands; and the same in a sentence.

use domain::Day;
use domain::number::chance_in_words;
use report::block::Chart;
use report::chart::{Band, Drawing, Line, Marker, Series, Unit, Words};
use service::forecasts::{Forecast, Past, Point, Spread, TOTAL};

use super::ask::Ask;
use super::tables;
use super::work::Shown;
use crate::shown;

pub(super) fn fan(ask: &Ask, shown: &Shown) -> Chart {
    let forecast = &shown.forecast;
    let past = &forecast.past;
    let points: Vec<&Point> = of_group(shown, ask.group).collect();
    let was: Vec<f64> = past.iter().map(|month| f64::from(count(ask, month))).collect();
    let before = was.len();
    let actual = was.iter().map(|&value| Some(value)).chain(points.iter().map(|_| None)).collect();
    // The fan opens from the last known number.
    let ahead = |value: fn(&Spread) -> f64| -> Vec<Option<f64>> {
        let known = was.last().copied();
        (0..before.saturating_sub(1))
            .map(|_| None)
            .chain(known.map(Some))
            .chain(points.iter().map(|point| Some(value(&point.spread.0))))
            .collect()
    };
    let band =
        |name: &str, low: fn(&Spread) -> f64, high: fn(&Spread) -> f64| Band { name: name.to_owned(), low: ahead(low), high: ahead(high) };
    let line = Line {
        x: past.iter().map(|month| month.date).chain(points.iter().map(|point| point.date)).map(month).collect(),
        series: vec![Series::subject("Children", actual), Series::subject("Middle", ahead(|spread| spread.median))],
        bands: vec![
            band("19 in 20", |spread| spread.ninety_five.0, |spread| spread.ninety_five.1),
            band("4 in 5", |spread| spread.eighty.0, |spread| spread.eighty.1),
            band("1 in 2", |spread| spread.half.0, |spread| spread.half.1),
        ],
        unit: Unit::count(),
        marker: (before > 0).then(|| Marker { at: before - 1, label: "known until here".to_owned() }),
        ..Line::default()
    };
    let words = Words { id: "fan".to_owned(), title: title(ask), summary: summary(ask, forecast, &points) };
    line.block(words, tables::months(ask, &points))
}

/// The farthest date in a sentence.
pub(super) fn finding(ask: &Ask, shown: &Shown) -> String {
    let Some(point) = of_group(shown, ask.group).last() else { return "Nothing to forecast".to_owned() };
    let (low, high) = point.spread.0.eighty;
    format!(
        "{} to {} {} on {}, most likely near {}",
        whole(low),
        whole(high),
        of_words(ask.group),
        point.date.long(),
        whole(point.spread.0.median)
    )
}

fn title(ask: &Ask) -> String {
    if ask.group == TOTAL { "Children in care".to_owned() } else { format!("Children in care: {}", ask.group.to_lowercase()) }
}

fn summary(ask: &Ask, forecast: &Forecast, points: &[&Point]) -> String {
    let Some(last) = points.last() else { return "There is no point ahead.".to_owned() };
    let (low, high) = last.spread.0.ninety_five;
    let chance = ask.more_than.and_then(|number| Some((number, last.chance_above(number)?)));
    let chance = chance.map_or(String::new(), |(number, chance)| {
        format!(" The chance of more than {} is {}.", shown::count(number.into()), chance_in_words(chance))
    });
    format!(
        "From {} the middle of all futures is {} on {}; nineteen in twenty lie from {} to {}.{chance}",
        forecast.request.from.long(),
        whole(last.spread.0.median),
        last.date.long(),
        whole(low),
        whole(high),
    )
}

pub(super) fn of_words(group: &str) -> String {
    if group == TOTAL { "children in care".to_owned() } else { format!("children in {}", group.to_lowercase()) }
}

pub(super) fn of_group<'a>(shown: &'a Shown, group: &'a str) -> impl Iterator<Item = &'a Point> {
    shown.points().iter().filter(move |point| point.authority.is_none() && point.group == group)
}

fn count(ask: &Ask, month: &Past) -> u32 {
    let names = ask.request.groups.names();
    names.iter().position(|name| *name == ask.group).map_or_else(|| month.total(), |at| month.children[at])
}

fn month(day: Day) -> String {
    let long = day.long();
    long.split_once(' ').map_or(long.clone(), |(_, rest)| rest.to_owned())
}

pub(super) fn whole(number: f64) -> String {
    shown::count(number.round() as u64)
}
