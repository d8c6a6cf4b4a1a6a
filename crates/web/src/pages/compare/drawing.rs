//! The lines of base and scenarios, the difference that each makes, and the finding in a sentence.

use domain::Day;
use report::block::{Cell, Chart, Column, Kind, Row, Table, Text};
use report::chart::{Band, Drawing, Line, Marker, Series, Unit, Words};
use service::forecasts::{Forecast, Spread, TOTAL};

use super::Sides;
use super::ask::Ask;
use crate::pages::gap::whole;
use crate::shown;

/// Months of what was that stand before what may come.
const BEFORE: usize = 12;

/// What the first scenario does at the end: to the drawn group where one was chosen, else to the kind of home that it changes most.
pub(super) fn finding(ask: &Ask, sides: &Sides) -> String {
    let nothing = || "Nothing to compare".to_owned();
    let Some((kept, side)) = ask.kept.first().zip(sides.compared.sides.first()) else { return nothing() };
    let Some(date) = side.differences.children.last().map(|one| one.date) else { return nothing() };
    let at_end = side.differences.children.iter().filter(|one| one.date == date);
    let drawn = ask.group != TOTAL;
    let greatest = at_end
        .filter(|one| if drawn { one.group == ask.group } else { one.group != TOTAL })
        .max_by(|one, other| one.more.mean.abs().total_cmp(&other.more.mean.abs()));
    greatest.map_or_else(nothing, |one| format!("{}: {} {} on {}", kept.saved.name, changed(&one.more), of_words(one.group), date.long()))
}

/// `12 fewer`, `no more and no fewer`
pub(super) fn changed(more: &Spread) -> String {
    match more.mean.round() {
        number if number > 0.0 => format!("about {} more", whole(number)),
        number if number < 0.0 => format!("about {} fewer", whole(-number)),
        _ => "hardly more or fewer".to_owned(),
    }
}

pub(super) fn of_words(group: &str) -> String {
    if group == TOTAL { "children in care".to_owned() } else { format!("children in {}", group.to_lowercase()) }
}

/// The spreads of the drawn group over all dates.
fn spreads(forecast: &Forecast, group: &str) -> Vec<Spread> {
    forecast.points.iter().filter(|point| point.authority.is_none() && point.group == group).map(|point| point.spread.0).collect()
}

pub(super) fn lines(ask: &Ask, sides: &Sides) -> Chart {
    let base = spreads(&sides.base, ask.group);
    let past: Vec<(Day, f64)> = sides.base.past.iter().map(|month| (month.date, f64::from(count(ask, month)))).collect();
    let past = &past[past.len().saturating_sub(BEFORE)..];
    let known = past.last().map(|(_, count)| *count);
    let before = past.len();
    let ahead = |values: Vec<f64>| -> Vec<Option<f64>> {
        (0..before.saturating_sub(1)).map(|_| None).chain(known.map(Some)).chain(values.into_iter().map(Some)).collect()
    };
    let actual = past.iter().map(|(_, count)| Some(*count)).chain(base.iter().map(|_| None)).collect();
    let middle = |forecast: &Forecast| ahead(spreads(forecast, ask.group).iter().map(|spread| spread.median).collect());
    let mut series = vec![Series::subject("Nothing done", middle(&sides.base))];
    series.extend(ask.kept.iter().zip(&sides.others).map(|(kept, forecast)| Series::subject(kept.saved.name.clone(), middle(forecast))));
    series.push(Series::others("Counted", actual));
    if ask.group == TOTAL {
        for (at, plan) in &sides.compared.plans {
            let line = (0..before).map(|_| None).chain(plan.iter().map(|at| Some(f64::from(at.children.0)))).collect();
            series.push(Series::others(format!("Plan of {}", ask.kept[*at].saved.name), line));
        }
    }
    if let Some(target) = ask.target {
        let line = (0..before).map(|_| None).chain(base.iter().map(|_| Some(f64::from(target)))).collect();
        series.push(Series::others("Target", line));
    }
    let dates = sides.base.paths.as_ref().map_or(&[][..], |paths| &paths.dates);
    let line = Line {
        x: past.iter().map(|(date, _)| *date).chain(dates.iter().copied()).map(month).collect(),
        series,
        bands: vec![Band {
            name: "4 in 5, nothing done".to_owned(),
            low: ahead(base.iter().map(|spread| spread.eighty.0).collect()),
            high: ahead(base.iter().map(|spread| spread.eighty.1).collect()),
        }],
        unit: Unit::count(),
        marker: (before > 0).then(|| Marker { at: before - 1, label: "known until here".to_owned() }),
        ..Line::default()
    };
    let words = Words { id: "lines".to_owned(), title: title(ask.group), summary: summary(ask, sides) };
    line.block(words, numbers(ask, sides, dates))
}

fn title(group: &str) -> String {
    if group == TOTAL {
        "Children in care, with and without each scenario".to_owned()
    } else {
        format!("{group}: children, with and without each scenario")
    }
}

fn summary(ask: &Ask, sides: &Sides) -> String {
    let dates = sides.base.paths.as_ref().map_or(&[][..], |paths| &paths.dates);
    let (Some(last), Some(base)) = (dates.last(), spreads(&sides.base, ask.group).last().copied()) else { return String::new() };
    let others: Vec<String> = ask
        .kept
        .iter()
        .zip(&sides.others)
        .filter_map(|(kept, forecast)| Some(format!("with {} {}", kept.saved.name, whole(spreads(forecast, ask.group).last()?.median))))
        .collect();
    format!("On {} the middle is {} if nothing is done, and {}.", last.long(), whole(base.median), others.join(", "))
}

/// The numbers of the lines, kinds told apart.
fn numbers(ask: &Ask, sides: &Sides, dates: &[Day]) -> Table {
    let base = spreads(&sides.base, ask.group);
    let others: Vec<Vec<Spread>> = sides.others.iter().map(|forecast| spreads(forecast, ask.group)).collect();
    let number = |value: f64| Cell::number(value, whole(value));
    let plans: Vec<_> = sides.compared.plans.iter().filter(|_| ask.group == TOTAL).collect();
    let row = |(at, date): (usize, &Day)| {
        let cells = [Cell::words(date.long()), number(base[at].median)].into_iter();
        let middle = others.iter().map(|spreads| number(spreads[at].median));
        let plan = plans.iter().map(|(_, plan)| number(f64::from(plan[at].children.0)));
        Row::new(cells.chain(middle).chain(plan).chain(ask.target.map(|target| number(f64::from(target)))).collect())
    };
    let forecast = |name: String| Column::number(name).of(Kind::Forecast);
    let columns = [Column::header("On"), forecast("Nothing done".to_owned())].into_iter();
    Table {
        id: "lines-numbers".to_owned(),
        caption: format!("Numbers in the chart: {}", if ask.group == TOTAL { "all children" } else { ask.group }),
        columns: columns
            .chain(ask.kept.iter().map(|kept| forecast(kept.saved.name.clone())))
            .chain(plans.iter().map(|(at, _)| Column::number(ask.kept[*at].saved.name.clone()).of(Kind::Plan)))
            .chain(ask.target.map(|_| Column::number("Target").of(Kind::Target)))
            .collect(),
        rows: dates.iter().enumerate().map(row).collect(),
        note: Some(Text::plain("Forecasts are middles of all futures.")),
        source: Some("Own returns; forecast by Placewell".to_owned()),
    }
}

/// What one scenario changes, with its own band.
pub(super) fn difference(ask: &Ask, sides: &Sides, at: usize) -> Chart {
    let name = &ask.kept[at].saved.name;
    let found: Vec<_> = sides.compared.sides[at].differences.children.iter().filter(|one| one.group == ask.group).collect();
    let band = |name: &str, low: fn(&Spread) -> f64, high: fn(&Spread) -> f64| Band {
        name: name.to_owned(),
        low: found.iter().map(|one| Some(low(&one.more))).collect(),
        high: found.iter().map(|one| Some(high(&one.more))).collect(),
    };
    let line = Line {
        x: found.iter().map(|one| month(one.date)).collect(),
        series: vec![Series::subject("More or fewer", found.iter().map(|one| Some(one.more.mean)).collect())],
        bands: vec![
            band("19 in 20", |spread| spread.ninety_five.0, |spread| spread.ninety_five.1),
            band("4 in 5", |spread| spread.eighty.0, |spread| spread.eighty.1),
        ],
        unit: Unit { places: 1, ..Unit::count() },
        ..Line::default()
    };
    let last = found.last();
    let summary = last.map_or_else(String::new, |last| {
        let (low, high) = last.more.eighty;
        format!(
            "{} {} on {}, on average over all futures; four in five lie from {} to {}.",
            shown::capital(&changed(&last.more)),
            of_words(ask.group),
            last.date.long(),
            signed(low),
            signed(high)
        )
    });
    let row = |one: &&service::spending::Difference| {
        let more = &one.more;
        let cells = [more.mean, more.eighty.0, more.eighty.1, more.ninety_five.0, more.ninety_five.1]
            .map(|value| Cell::number(value, signed(value)));
        Row::new([Cell::words(one.date.long())].into_iter().chain(cells).collect())
    };
    let heads = ["Mean", "4 in 5: from", "to", "19 in 20: from", "to"].map(Column::number);
    let table = Table {
        id: format!("difference-{at}-numbers"),
        caption: format!("What {name} changes"),
        columns: [Column::header("On")].into_iter().chain(heads).collect(),
        rows: found.iter().map(row).collect(),
        note: Some(Text::plain("Children more, or fewer where there is a minus.")),
        source: Some("Own returns; forecast by Placewell".to_owned()),
    };
    line.block(Words { id: format!("difference-{at}"), title: format!("What {name} changes: {}", of_words(ask.group)), summary }, table)
}

/// `+1.5`, `-3.0`, `0.0`
pub(super) fn signed(value: f64) -> String {
    shown::change(Some(value)).shown
}

fn count(ask: &Ask, month: &service::forecasts::Past) -> u32 {
    let names = ask.base.groups.names();
    names.iter().position(|name| *name == ask.group).map_or_else(|| month.total(), |at| month.children[at])
}

fn month(day: Day) -> String {
    let long = day.long();
    long.split_once(' ').map_or(long.clone(), |(_, rest)| rest.to_owned())
}
