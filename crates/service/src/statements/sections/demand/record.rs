//! How wrong such forecasts were: the examiner's card, and the forecast of a year before beside what came.

use analysis::field::Field;
use domain::Value;
use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Table, Text, Why};
use report::chart::Unit;

use super::super::super::ahead::{Ahead, LastYear, Record};
use super::super::super::bench::own_source;
use super::super::super::draft::{Draft, Figure, bare_cell};
use super::super::super::own::Own;
use super::super::super::words;
use super::kinds;
use crate::forecasts::{CAVEAT, CardLine, ScoreLine, Spread, TOTAL, TYPES};

pub(super) fn blocks(draft: &mut Draft<'_, '_>, ahead: &Ahead) -> Vec<Block> {
    let mut blocks = match &ahead.last_year {
        Ok(last) => last_year(draft, last),
        Err(why) => vec![not_told(draft, "What the forecast of a year before would have said of today", why)],
    };
    match &ahead.record {
        Ok(record) => blocks.extend(card(draft, record)),
        Err(why) => blocks.push(not_told(draft, "How wrong forecasts from these returns would have been at 3, 6, 12 and 24 months", why)),
    }
    blocks
}

fn not_told(draft: &Draft<'_, '_>, what: &str, why: &str) -> Block {
    draft.not_known(what, &format!("longer returns. {why}"))
}

/// The forecast of a year before, made again with what was known then, and what came.
fn last_year(draft: &mut Draft<'_, '_>, last: &LastYear) -> Vec<Block> {
    let now = draft.material.own().map(|own| (own.now.total, fostered(own)));
    let (total, fostering) = now.unwrap_or((Value::NotAvailable, Value::NotAvailable));
    let mut rows = Vec::new();
    for (group, spread, came) in [(TOTAL, &last.total, total), ("Fostering", &last.fostering, fostering)] {
        rows.push(compared(draft, last, group, spread, came));
    }
    let table = Table {
        id: "forecast-last-year".into(),
        caption: format!("What was forecast on {} for {}, and what came", last.from.long(), last.on.long()),
        columns: vec![
            Column::header("Children"),
            Column::number("Middle").of(NumberKind::Forecast),
            Column::number("80% from").of(NumberKind::Forecast),
            Column::number("to").of(NumberKind::Forecast),
            Column::number("Came").of(NumberKind::Actual),
            Column::number("Too many (+) or too few (−)"),
            Column::number("In percent of what came"),
        ],
        rows,
        note: Some("The forecast is made again by today’s method with nothing but what was known on that day. Kinds whose count no other table of this statement prints are left out.".into()),
        source: Some(own_source(draft.material).source),
    };
    vec![Block::Paragraph(finding(draft, last, total)), Block::Table(table)]
}

/// Children in foster homes as another table prints them; withheld where it withholds them.
fn fostered(own: &Own<'_>) -> Value {
    own.now.stock(Field::PlacementGroup).and_then(|counts| counts.value("foster")).unwrap_or(Value::NotAvailable)
}

fn finding(draft: &mut Draft<'_, '_>, last: &LastYear, total: Value) -> Text {
    let why = why(draft, last, TOTAL);
    let text = Text::plain(format!("A year before, on {}, ", last.from.long()));
    let middle = number("middle", last, TOTAL, shown(total, last.total.median), &why);
    let text = draft.say(text, &middle).and(format!(" children would have been forecast for {}", last.on.long()));
    let Some(came) = total.known() else { return text.and(", and what came is withheld or not held.") };
    let text = draft.say(text.and("; "), &came_figure(draft, last, TOTAL, total)).and(" came: ");
    let error = last.total.median - came;
    let (low, high) = last.total.eighty;
    let inside = if (low..=high).contains(&came) { "inside" } else { "outside" };
    let difference = match error.round() {
        0.0 => "the forecast was right to the child".to_owned(),
        more if more > 0.0 => format!("{} too many were forecast", Unit::count().show(more)),
        fewer => format!("{} too few were forecast", Unit::count().show(-fewer)),
    };
    text.and(format!(
        "{difference} ({} of what came), {inside} the band that should hold four of five.",
        words::signed(&Unit::percent(1), error / came.max(1.0) * 100.0)
    ))
}

/// A number of a forecast may be printed where what came may.
fn shown(came: Value, number: f64) -> Value {
    if came == Value::Suppressed { Value::Suppressed } else { Value::Known(number) }
}

fn compared(draft: &mut Draft<'_, '_>, last: &LastYear, group: &str, spread: &Spread, came: Value) -> Row {
    let why = why(draft, last, group);
    let mut cells = vec![Cell::words(kinds::title(group))];
    for (part, value) in [("middle", spread.median), ("lo80", spread.eighty.0), ("hi80", spread.eighty.1)] {
        cells.push(draft.cell(&number(part, last, group, shown(came, value), &why)));
    }
    cells.push(draft.cell(&came_figure(draft, last, group, came)));
    let error = came.known().map(|came| spread.median - came);
    let mark = if came == Value::Suppressed { Value::Suppressed } else { Value::NotAvailable };
    let signed = |value: Option<f64>, unit: &Unit| match value {
        Some(value) => Cell::number(value, words::signed(unit, value)),
        None => bare_cell(mark, unit),
    };
    cells.push(signed(error, &Unit::count()));
    cells.push(signed(error.zip(came.known()).map(|(error, came)| error / came.max(1.0) * 100.0), &Unit::percent(1)));
    Row::new(cells)
}

fn why(draft: &Draft<'_, '_>, last: &LastYear, group: &str) -> Why {
    Why {
        name: format!("{}: forecast of {} for {}", kinds::title(group), last.from.long(), last.on.long()),
        definition:
            "Children looked after on the later day, expected by Placewell’s microsimulation from what was known on the earlier one."
                .to_owned(),
        rows: "1,000 futures, seed 1".to_owned(),
        ..own_source(draft.material)
    }
}

fn number(part: &str, last: &LastYear, group: &str, value: Value, why: &Why) -> Figure {
    let id = format!("forecast.of-{}.{}.{}.{part}", last.from, group.to_lowercase(), last.on);
    Figure { id, value, unit: Unit::count(), kind: NumberKind::Forecast, why: why.clone() }
}

fn came_figure(draft: &Draft<'_, '_>, last: &LastYear, group: &str, came: Value) -> Figure {
    let id = format!("{}.came.{}", group.to_lowercase(), last.on);
    super::super::super::tables::own_figure(draft, &id, &kinds::title(group), &last.on.long(), came)
}

/// The card: by horizon, for the total and for the types.
fn card(draft: &mut Draft<'_, '_>, record: &Record) -> Vec<Block> {
    let examined = &record.examined;
    let mut rows = Vec::new();
    for line in &examined.cards {
        let score = |model: &str| {
            let of = |score: &&ScoreLine| score.horizon == Some(line.card.horizon) && score.group == line.group && score.model == model;
            examined.scores.iter().find(of).map(|score| score.summary)
        };
        let Some(own) = score("microsimulation") else { continue };
        let one = Unit { places: 1, ..Unit::default() };
        let percent = Unit::percent(0);
        let share = if line.card.came > 0.0 {
            Cell::number(own.mae / line.card.came * 100.0, Unit::percent(1).show(own.mae / line.card.came * 100.0))
        } else {
            Cell::words("")
        };
        rows.push(Row::new(vec![
            Cell::words(ahead_words(line.card.horizon)),
            Cell::words(if line.group == TOTAL { "All children" } else { "A kind of home, on average" }),
            Cell::number(line.card.origins as f64, Unit::count().show(line.card.origins as f64)),
            Cell::number(own.mae, one.show(own.mae)),
            share,
            Cell::number(own.bias, words::signed(&one, own.bias)),
            Cell::number(own.covered[1] * 100.0, percent.show(own.covered[1] * 100.0)),
            Cell::number(own.covered[2] * 100.0, percent.show(own.covered[2] * 100.0)),
            Cell::words(advice(line)),
        ]));
    }
    if rows.is_empty() {
        return vec![draft.not_known("How wrong our own forecasts from these returns would have been", "longer returns")];
    }
    let days: Vec<String> = examined.origins.iter().map(|day| day.long()).collect();
    let mut columns = vec![Column::header("Ahead"), Column::words("Of")];
    columns.extend(
        ["Past forecasts", "Mean miss", "Of what came", "Too many (+) or too few (−)", "Came in 80% band", "Came in 95% band"]
            .map(Column::number),
    );
    columns.push(Column::words("What was nearest"));
    let table = Table {
        id: "forecast-record".into(),
        caption: "How wrong forecasts from these returns would have been".into(),
        columns,
        rows,
        note: Some(
            format!(
                "Forecasts made again as if on {}, with nothing but what was known that day, {} futures each, and compared with what came. Misses are children; of so few forecasts \
                 the shares in a band are rough. Nearest by the continuous ranked probability score. {CAVEAT}",
                words::list(&days),
                record.paths
            )
            .into(),
        ),
        source: Some(own_source(draft.material).source),
    };
    let mut blocks = Vec::new();
    for (days, group) in [(365, TOTAL), (730, TOTAL), (365, TYPES)] {
        if let Some(line) = examined.cards.iter().find(|line| line.card.horizon == days && line.group == group) {
            blocks.push(Block::Paragraph(line.says.clone().into()));
        }
    }
    blocks.push(Block::Table(table));
    blocks
}

fn ahead_words(days: u32) -> String {
    match days {
        91 => "3 months".to_owned(),
        182 => "6 months".to_owned(),
        365 => "1 year".to_owned(),
        730 => "2 years".to_owned(),
        days => format!("{days} days"),
    }
}

fn advice(line: &CardLine) -> String {
    match line.advice {
        "blend" => "The blend with simple forecasts, which is used".to_owned(),
        "own-forecast" => match line.card.simpler() {
            None => "This forecast".to_owned(),
            Some(_) => "A simple forecast, but not the blend: this one is used".to_owned(),
        },
        _ => "Too few to tell".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn horizons_are_said_as_people_say_them() {
        assert_eq!((ahead_words(365), ahead_words(547)), ("1 year".to_owned(), "547 days".to_owned()));
    }
}
