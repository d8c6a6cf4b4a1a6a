//! What would follow if something were done or something came, beside what is expected.

use report::block::{Block, Cell, Column, Kind as NumberKind, List, Order, Row, Table, Text, Why};
use report::chart::Unit;

use super::super::super::ahead::{Ahead, Compared, Difference, Need};
use super::super::super::bench::own_source;
use super::super::super::draft::{Draft, Figure};
use super::super::super::foresight::{self, Part};
use super::super::super::words;
use super::kinds;
use super::own::years;
use crate::forecasts::TOTAL;

pub(super) fn blocks(draft: &mut Draft<'_, '_>, ahead: &Ahead) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Ok(need) = &ahead.need {
        for (at, compared) in ahead.scenarios.iter().enumerate() {
            blocks.extend(scenario(draft, need, compared, at));
        }
    }
    if blocks.is_empty() {
        blocks.push(draft.not_known(
            "What would follow from more carers, another home, fewer entries or a surge",
            "a scenario: a file of dated changes",
        ));
    }
    blocks
}

fn scenario(draft: &mut Draft<'_, '_>, need: &Need, compared: &Compared, at: usize) -> Vec<Block> {
    let mut items: Vec<Text> = compared.levers.iter().map(|lever| Text::plain(words::sentence(lever))).collect();
    if let Some(plan) = compared.plan.as_ref().and_then(|plan| plan.last()) {
        items.push(Text::plain(format!(
            "The plan’s own line reaches {} on {}: a plan, in no forecast.",
            words::children(f64::from(plan.children.0)),
            plan.date.long()
        )));
    }
    let mut rows = Vec::new();
    for date in years(need) {
        for line in compared.lines.iter().filter(|line| line.date == date) {
            let row = row(draft, need, compared, line, at);
            rows.push(if line.group == TOTAL { row.total() } else { row });
        }
    }
    let mut columns = vec![Column::header("Kind of home"), Column::words("On")];
    columns.extend(["Middle", "80% from", "to", "More than expected", "80% from", "to"].map(Column::number));
    let table = Table {
        id: format!("scenario-{}", at + 1),
        caption: format!("Children under “{}”, and how many more than expected without it", compared.name),
        columns,
        rows,
        note: Some(
            format!(
                "Both are drawn with the same luck, so that differences are the scenario’s alone. Scenarios are set beside the forecast of the microsimulation, before any blend; {} futures each.",
                Unit::count().show(compared.paths as f64)
            )
            .into(),
        ),
        source: Some(own_source(draft.material).source),
    };
    let lead = Text::default().strong(format!("{}. ", compared.name)).and("What is different:");
    vec![Block::Paragraph(lead), Block::List(List { order: Order::Loose, items }), Block::Table(table)]
}

fn row(draft: &mut Draft<'_, '_>, need: &Need, compared: &Compared, line: &Difference, at: usize) -> Row {
    let why = Why {
        name: format!("{} under “{}”", kinds::title(line.group), compared.name),
        definition: format!("Children looked after on {}, by Placewell’s microsimulation with the scenario’s changes.", line.date.long()),
        rows: format!("{} futures, seed {}; scenario SHA-256 {}", Unit::count().show(compared.paths as f64), need.seed, compared.sha256),
        ..foresight::rests_on(draft.material, need)
    };
    let mut cells = vec![Cell::words(kinds::title(line.group)), Cell::words(line.date.long())];
    let numbers = [
        (Part::Middle, &line.children, "children"),
        (Part::Low80, &line.children, "children"),
        (Part::High80, &line.children, "children"),
        (Part::Mean, &line.more, "more"),
        (Part::Low80, &line.more, "more"),
        (Part::High80, &line.more, "more"),
    ];
    for (part, spread, what) in numbers {
        let id = format!("scenario-{}.{what}.{}", at + 1, foresight::id(line.group, line.date));
        let figure: Figure = foresight::figure(&id, part, domain::Value::Known(part.of(spread)), &why);
        let mut cell = draft.cell(&figure);
        if what == "more" {
            cell.shown = words::signed(&Unit { places: 1, ..Unit::default() }, part.of(spread));
        }
        cells.push(cell);
    }
    Row::new(cells).of(NumberKind::Forecast)
}
