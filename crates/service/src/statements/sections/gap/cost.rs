//! What a year of the missing homes would cost, at the prices that are held for their kinds.

use domain::{Money, Value};
use forecast::kind::Kind;
use report::block::{Cell, Column, Kind as NumberKind, Row, Table};
use report::chart::Unit;

use super::super::super::ahead::Need;
use super::super::super::draft::{Draft, Figure, bare_cell};
use super::super::super::foresight::publishable;
use super::found::{SHORT, why};
use crate::gaps::{Area, Found, HomeLine};
use crate::spending::Spending;

/// Weeks of the year that is costed.
const WEEKS: i64 = 52;

pub(super) fn table(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, spending: &Spending) -> Table {
    let inside: Vec<&HomeLine> = found.gap.homes.iter().filter(|line| line.area == Area::Inside).collect();
    let mut rows = Vec::with_capacity(inside.len());
    for line in inside {
        rows.push(row(draft, found, need, spending, line));
    }
    let heads = ["Short, middle", "A week from", "to", "52 weeks from", "to"].map(Column::number);
    Table {
        id: "gap-cost".into(),
        caption: "What a year of the homes missing in the area would cost".into(),
        columns: [Column::header("Home"), Column::words("On")].into_iter().chain(heads).collect(),
        rows,
        note: Some(
            "The middle shortfall at the cheapest and at the dearest price held for such homes. It is what the homes would cost, not what they would add: these children live \
             somewhere meanwhile, and that costs too. Without a price nothing is costed: unknown, not nothing. Where the shortfall is withheld, so is its cost."
                .into(),
        ),
        source: Some("The returns, the supply file and the price list".into()),
    }
}

fn row(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, spending: &Spending, line: &HomeLine) -> Row {
    let why = why(draft, found, need, &format!("{}: a year of the homes missing", line.home.name()), SHORT, line.date);
    let id = format!("gap.{}.inside.cost", line.home.name().to_lowercase());
    let figure = |part: &str, value: Value, unit: Unit| Figure {
        id: format!("{id}.{part}"),
        value,
        unit,
        kind: NumberKind::Forecast,
        why: why.clone(),
    };
    let short = publishable(line.shortfall.median);
    let names: Vec<&str> = line.home.kinds().map(Kind::name).collect();
    let weekly: Vec<Money> = spending.used.iter().filter(|(group, _)| names.contains(group)).map(|(_, price)| price.weekly).collect();
    let range = weekly.iter().min().zip(weekly.iter().max());
    let mut cells = vec![Cell::words(line.home.name()), Cell::words(line.date.long()), draft.cell(&figure("short", short, Unit::count()))];
    let Some((least, most)) = range else {
        cells.extend((0..4).map(|_| Cell::words("not costed")));
        return Row::new(cells);
    };
    for price in [least, most] {
        cells.push(bare_cell(Value::Known(price.pence() as f64 / 100.0), &Unit::pounds(0)));
    }
    for (part, price) in [("from", least), ("to", most)] {
        let value = match short {
            Value::Known(children) => Value::Known(children * (*price * WEEKS).pence() as f64 / 100.0),
            mark => mark,
        };
        cells.push(draft.cell(&figure(part, value, Unit::pounds(0))));
    }
    Row::new(cells)
}
