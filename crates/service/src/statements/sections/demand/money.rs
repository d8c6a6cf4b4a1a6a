//! What the nights that are expected cost, by financial year (dossier A068-A073): what has no price is counted and in no amount.

use domain::Value;
use domain::number::half_up;
use report::block::{Block, Column, Kind as NumberKind, Row, Table, Why};
use report::chart::Unit;

use super::super::super::ahead::{Ahead, Need};
use super::super::super::draft::{Draft, Figure};
use super::super::super::foresight::{self, Part};
use crate::spending::{Spending, Year};

pub(super) fn blocks(draft: &mut Draft<'_, '_>, ahead: &Ahead) -> Vec<Block> {
    let Ok(need) = &ahead.need else { return Vec::new() };
    let mut blocks = vec![Block::Heading("Money ahead".to_owned())];
    match &ahead.money {
        Some(spending) => blocks.push(Block::Table(years(draft, need, spending))),
        None => blocks.push(draft.not_known(
            "What the children expected will cost",
            "a price list: what a week costs by kind of home, with the date and the source of each price",
        )),
    }
    blocks
}

fn years(draft: &mut Draft<'_, '_>, need: &Need, spending: &Spending) -> Table {
    let rows = spending.ahead.years.iter().map(|year| row(draft, need, spending, year)).collect();
    let heads = ["Cost, middle", "80% from", "to", "Children with a price", "Children not costed"].map(Column::number);
    let missing = if spending.missing.is_empty() {
        "Every kind of home in which children are expected has a price.".to_owned()
    } else {
        format!(
            "Not costed, because no price is held: {}. What they cost is unknown, not nothing, and in no amount.",
            spending.missing.join(", ")
        )
    };
    Table {
        id: "money-ahead".into(),
        caption: "What the nights of the children expected cost, by financial year".into(),
        columns: [Column::header("Year"), Column::number("Nights covered")].into_iter().chain(heads).collect(),
        rows,
        note: Some(
            format!(
                "To the nearest thousand pounds, at today’s prices without a rise but those that contracts held name. {missing} A count at the end of a quarter stands for its nights; children are those of an average night. \
                 A forecast, not the plan and not a budget."
            )
            .into(),
        ),
        source: Some(format!("The returns and the price list ({})", prices(spending))),
    }
}

/// The dates and sources of the prices: each once, in the order of the list.
fn prices(spending: &Spending) -> String {
    let mut told: Vec<String> = Vec::new();
    for (_, price) in &spending.used {
        let dated = price.price_date.map_or_else(|| "no date".to_owned(), domain::Day::long);
        let source = if price.source.is_empty() { "no source" } else { price.source.as_str() };
        let one = format!("{source}, {dated}");
        if !told.contains(&one) {
            told.push(one);
        }
    }
    if !spending.held.is_empty() {
        told.push("contracts held at their own prices".to_owned());
    }
    told.join("; ")
}

fn row(draft: &mut Draft<'_, '_>, need: &Need, spending: &Spending, year: &Year) -> Row {
    let period = format!("{}-{:02}", year.year_end - 1, year.year_end % 100);
    let nights = year.covers.nights();
    let why = Why {
        name: format!("Cost of the nights of {period}"),
        definition: format!(
            "Every night from {} to {} of every future, at the price of its kind of home; contracts held first, each at its own price until it ends.",
            year.covers.from.long(),
            year.covers.end.plus(-1).long()
        ),
        rows: format!("{}; prices and futures SHA-256 {}", foresight::drawn(need), spending.sha256),
        ..foresight::rests_on(draft.material, need)
    };
    let mut cells =
        vec![report::block::Cell::words(period.clone()), report::block::Cell::number(nights.into(), Unit::count().show(nights.into()))];
    let each_night = |lived: f64| lived / f64::from(nights.max(1));
    let priced = foresight::publishable(each_night(year.costed_nights));
    for part in [Part::Middle, Part::Low80, Part::High80] {
        // An amount for a few children tells how many they are; one for none is unknown, since nobody lives anywhere for nothing.
        let value = match priced {
            Value::Known(children) if children > 0.0 => Value::Known(half_up(part.of(&year.cost) / 100_000.0, 0) * 1000.0),
            Value::Known(_) => Value::NotAvailable,
            mark => mark,
        };
        let id = format!("money.{period}");
        cells.push(draft.cell(&Figure { unit: Unit::pounds(0), ..foresight::figure(&id, part, value, &why) }));
    }
    for (what, value) in [("costed", priced), ("uncosted", foresight::publishable(each_night(year.uncosted_nights)))] {
        let why = Why {
            name: format!("Children {what} in {period}"),
            definition: format!("Children on an average night of {period}, expected."),
            ..why.clone()
        };
        cells.push(draft.cell(&foresight::figure(&format!("money.{period}.{what}"), Part::Mean, value, &why)));
    }
    Row::new(cells).of(NumberKind::Forecast)
}
