//! The numbers ahead as tables.

use domain::number::chance_in_words;
use report::block::{Cell, Column, Kind, Row, Table, Text};
use service::forecasts::{Point, TOTAL};

use super::ask::Ask;
use super::drawing::{of_group, whole};
use super::work::Shown;

/// One group, month by month: the numbers in the fan.
pub(super) fn months(ask: &Ask, points: &[&Point]) -> Table {
    let row = |point: &&Point| {
        let spread = point.spread.0;
        let values = [spread.median, spread.eighty.0, spread.eighty.1, spread.ninety_five.0, spread.ninety_five.1];
        let chance = ask.more_than.map(|number| point.chance_above(number));
        let chance =
            chance.map(|chance| chance.map_or_else(|| Cell::words("–"), |chance| Cell::number(chance * 100.0, chance_in_words(chance))));
        Row::new([Cell::words(point.date.long())].into_iter().chain(values.map(number)).chain(chance).collect()).of(Kind::Forecast)
    };
    let chance = ask.more_than.map(|number| Column::number(format!("Chance of more than {number}")));
    let heads = ["Middle", "4 in 5: from", "to", "19 in 20: from", "to"].map(Column::number);
    Table {
        id: "months-ahead".to_owned(),
        caption: format!("Numbers in the chart: {}", if ask.group == TOTAL { "all children" } else { ask.group }),
        columns: [Column::header("On")].into_iter().chain(heads).chain(chance).collect(),
        rows: points.iter().map(row).collect(),
        note: None,
        source: Some("Own returns; forecast by Placewell".to_owned()),
    }
}

/// Every group at the farthest date and half way.
pub(super) fn ahead(of: &Shown) -> Table {
    let dates: Vec<_> = of_group(of, TOTAL).map(|point| point.date).collect();
    let shown: Vec<_> = [dates.len() / 2, dates.len()].into_iter().filter_map(|at| dates.get(at.checked_sub(1)?).copied()).collect();
    let names = of.forecast.request.groups.names();
    let row = |name: &'static str| {
        let cells = shown.iter().flat_map(|&date| {
            let spread = of_group(of, name).find(|point| point.date == date).map(|point| point.spread.0);
            spread.map_or_else(
                || vec![Cell::words("–"), Cell::words("–")],
                |spread| vec![number(spread.median), Cell::words(format!("{} to {}", whole(spread.eighty.0), whole(spread.eighty.1)))],
            )
        });
        let row = Row::new([Cell::words(name)].into_iter().chain(cells).collect()).of(Kind::Forecast);
        if name == TOTAL { row.total() } else { row }
    };
    let heads = shown.iter().flat_map(|date| [Column::number(date.long()), Column::words("4 in 5 futures")]);
    Table {
        id: "groups-ahead".to_owned(),
        caption: "Each kind of home".to_owned(),
        columns: [Column::header("Kind of home")].into_iter().chain(heads).collect(),
        rows: names.into_iter().chain([TOTAL]).map(row).collect(),
        note: Some(Text::plain(
            "Middles do not add up to the middle of the total, and bands do not add up to its bands: what is high in one kind is often low in another.",
        )),
        source: Some("Own returns; forecast by Placewell".to_owned()),
    }
}

fn number(value: f64) -> Cell {
    Cell::number(value, whole(value))
}
