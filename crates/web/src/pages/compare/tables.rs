//! Base and scenarios side by side as tables.

use domain::Day;
use domain::number::chance_in_words;
use report::block::{Cell, Column, Kind, Row, Table, Text};
use service::forecasts::{Forecast, Spread, TOTAL};
use service::scenarios::Kept;

use super::Sides;
use super::ask::Ask;
use super::drawing::signed;
use crate::pages::gap::whole;
use crate::shown;

/// Each kind of home on one date.
pub(super) fn children(ask: &Ask, sides: &Sides) -> Table {
    let dates = sides.base.paths.as_ref().map_or(&[][..], |paths| &paths.dates);
    let on = ask.on.filter(|day| dates.contains(day)).or_else(|| dates.last().copied()).unwrap_or(sides.base.request.from);
    let middle = |forecast: &Forecast, group: &str| {
        let point = forecast.points.iter().find(|point| point.date == on && point.group == group && point.authority.is_none());
        point.map_or_else(|| Cell::words("–"), |point| Cell::number(point.spread.0.median, whole(point.spread.0.median)))
    };
    let row = |name: &'static str| {
        let mut cells = vec![Cell::words(name), middle(&sides.base, name)];
        for (forecast, side) in sides.others.iter().zip(&sides.compared.sides) {
            cells.push(middle(forecast, name));
            let found = side.differences.children.iter().find(|one| one.date == on && one.group == name);
            cells.push(found.map_or_else(|| Cell::words("–"), |one| Cell::number(one.more.mean, signed(one.more.mean))));
            cells.push(found.map_or_else(|| Cell::words("–"), |one| Cell::words(band(&one.more))));
        }
        let row = Row::new(cells).of(Kind::Forecast);
        if name == TOTAL { row.total() } else { row }
    };
    let heads = ask.kept.iter().flat_map(|kept| {
        let name = &kept.saved.name;
        [Column::number(name.clone()), Column::number(format!("{name}: more or fewer")), Column::words("4 in 5 futures")]
    });
    Table {
        id: "kinds".to_owned(),
        caption: format!("Each kind of home on {}", on.long()),
        columns: [Column::header("Kind of home"), Column::number("Nothing done")].into_iter().chain(heads).collect(),
        rows: ask.base.groups.names().into_iter().chain([TOTAL]).map(row).collect(),
        note: Some(Text::plain(
            "Children are middles of all futures; more or fewer is the mean difference future by future, which is not the difference of the middles.",
        )),
        source: Some("Own returns; forecast by Placewell".to_owned()),
    }
}

fn band(more: &Spread) -> String {
    unbroken(&format!("{} to {}", signed(more.eighty.0), signed(more.eighty.1)))
}

/// With signs that stay at their numbers where a line ends (U+2060, word joiner).
fn unbroken(text: &str) -> String {
    text.replace('−', "−\u{2060}").replace('+', "+\u{2060}")
}

/// What they cost over all dates; nothing where no price is held.
pub(super) fn pounds(ask: &Ask, sides: &Sides) -> Option<Table> {
    let base = sides.compared.base_cost?;
    let none = || Cell::words("–");
    let first = Row::new(vec![Cell::words("Nothing done"), money(base.median), Cell::words(money_band(&base)), none(), none(), none()])
        .of(Kind::Forecast);
    let row = |(kept, side): (&Kept, &service::comparisons::Side)| {
        let (cost, more) = (side.cost?, side.differences.cost?);
        let chance = side.differences.chance_cheaper.map_or_else(none, |chance| Cell::number(chance * 100.0, chance_in_words(chance)));
        let cells = vec![
            Cell::words(kept.saved.name.clone()),
            money(cost.median),
            Cell::words(money_band(&cost)),
            money_change(more.mean),
            Cell::words(unbroken(&format!("{} to {}", money_change(more.eighty.0).shown, money_change(more.eighty.1).shown))),
            chance,
        ];
        Some(Row::new(cells).of(Kind::Forecast))
    };
    let (from, to) = span(sides)?;
    Some(Table {
        id: "pounds".to_owned(),
        caption: format!("What the nights from {} to {} cost, for what has a price", from.long(), to.long()),
        columns: vec![
            Column::header("Scenario"),
            Column::number("Middle"),
            Column::words("4 in 5 futures"),
            Column::number("More or less"),
            Column::words("4 in 5 futures"),
            Column::number("Chance that it costs less"),
        ],
        rows: [first].into_iter().chain(ask.kept.iter().zip(&sides.compared.sides).filter_map(row)).collect(),
        note: Some(Text::plain(format!(
            "What a scenario itself costs (a home to build, carers to find) is not in it.{}",
            if sides.compared.missing.is_empty() {
                String::new()
            } else {
                format!(" No price is held for {}.", sides.compared.missing.join(", "))
            }
        ))),
        source: Some(format!("Own returns; {}", sources(sides))),
    })
}

fn span(sides: &Sides) -> Option<(Day, Day)> {
    let dates = &sides.base.paths.as_ref()?.dates;
    Some((*dates.first()?, *dates.last()?))
}

fn sources(sides: &Sides) -> String {
    let mut sources: Vec<String> = sides
        .compared
        .used
        .iter()
        .map(|(_, price)| {
            let when = price.price_date.map_or_else(|| "without a date".to_owned(), |day| format!("of {}", day.long()));
            format!("prices {when}, {}", if price.source.is_empty() { "source not named" } else { &price.source })
        })
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources.join("; ")
}

/// Pence as pounds to the nearest thousand: an expected amount is not sure to the penny.
fn money(pence: f64) -> Cell {
    Cell::number(pence / 100.0, shown::thousands(pence))
}

fn money_change(pence: f64) -> Cell {
    let sign = if pence >= 50_000.0 { "+" } else { "" };
    Cell::number(pence / 100.0, format!("{sign}{}", shown::thousands(pence)))
}

fn money_band(spread: &Spread) -> String {
    format!("{} to {}", shown::thousands(spread.eighty.0), shown::thousands(spread.eighty.1))
}
