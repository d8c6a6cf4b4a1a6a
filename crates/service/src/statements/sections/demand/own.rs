//! The forecast from the authority's own returns: a finding, the fan, and how it was made.

use domain::{Day, Value};
use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Table, Text};
use report::chart::{Band, Drawing, Line, Marker, Series, Unit};

use super::super::super::ahead::{Ahead, Chosen, Expected, Need};
use super::super::super::bench::own_source;
use super::super::super::draft::{Draft, bare_cell};
use super::super::super::foresight::{self, Part};
use super::super::super::tables::{self, chart_words};
use super::{kinds, published, record, scenarios};
use crate::forecasts::TOTAL;

pub(super) fn blocks(draft: &mut Draft<'_, '_>, ahead: &Ahead) -> Vec<Block> {
    let mut blocks = match &ahead.need {
        Ok(need) => expected(draft, ahead, need),
        Err(why) => {
            let mut blocks = vec![Block::Paragraph(Text::default().strong("The returns allow no forecast. ").and(why.clone()))];
            blocks.extend(published::next_year(draft));
            blocks.push(draft.not_known(
                "A forecast of children by kind of home, with its range",
                "several years of returns, as the sentence above says",
            ));
            blocks
        }
    };
    blocks.push(Block::Heading("How wrong such forecasts were".to_owned()));
    blocks.extend(record::blocks(draft, ahead));
    blocks.push(Block::Heading("Scenarios".to_owned()));
    blocks.extend(scenarios::blocks(draft, ahead));
    blocks
}

fn expected(draft: &mut Draft<'_, '_>, ahead: &Ahead, need: &Need) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(finding(draft, need))];
    blocks.push(fan(draft, ahead, need));
    blocks.push(Block::Note(three_numbers(ahead).into()));
    blocks.extend(kinds::blocks(draft, need));
    blocks.push(Block::Heading("How the forecast is made".to_owned()));
    blocks.push(Block::Paragraph(method(need).into()));
    blocks
}

/// The dates of the table and the finding: year by year from the last known day.
pub(super) fn years(need: &Need) -> Vec<Day> {
    need.dates().into_iter().skip(1).filter(|&date| (1..=10).any(|years| need.on.plus_months(12 * years) == date)).collect()
}

fn finding(draft: &mut Draft<'_, '_>, need: &Need) -> Text {
    let dates = years(need);
    let lines: Vec<&Expected> = dates.iter().filter_map(|&date| need.shown(TOTAL, date)).collect();
    let [first, ..] = lines.as_slice() else {
        return Text::plain("So few children are in care that numbers ahead are withheld, as those of today are.");
    };
    let why = foresight::why(draft.material, need, "Children in care, forecast", first);
    let number = |part: Part| foresight::figure(&foresight::id(TOTAL, first.date), part, Value::Known(part.of(&first.spread)), &why);
    let text = draft.say(Text::plain("Between "), &number(Part::Low80));
    let text = draft.say(text.and(" and "), &number(Part::High80));
    let text =
        text.and(format!(" children are expected in care on {}, in four of five futures; as many futures lie below ", first.date.long()));
    let mut text = draft.say(text, &number(Part::Middle)).and(" as above");
    let chance = foresight::chance(&foresight::id(TOTAL, first.date), Some(first.chance_of_more), MORE, &why);
    if let Some((_, today)) = need.past.last().and_then(|(date, today)| Some((date, today.known()?))) {
        text = draft.say(text.and(". The chance of more than the "), &today_figure(draft, need.on, today));
        text = draft.say(text.and(format!(" of {} is ", need.on.long())), &chance);
    }
    text.and(".")
}

const MORE: &str = "The share of futures with more children than on the last known day.";

fn today_figure(draft: &Draft<'_, '_>, on: Day, today: f64) -> super::super::super::draft::Figure {
    tables::own_figure(draft, &format!("total.{on}"), "Children in care", &on.long(), Value::Known(today))
}

/// Quarters before and ahead: what was, then the middle of what may come between its bands, and what is planned or aimed at.
fn fan(draft: &mut Draft<'_, '_>, ahead: &Ahead, need: &Need) -> Block {
    let ahead_dates: Vec<Day> = need.dates().into_iter().filter(|&date| date > need.on).collect();
    let dates: Vec<Day> = need.past.iter().map(|(date, _)| *date).chain(ahead_dates).collect();
    let was = |date: &Day| need.past.iter().find(|(day, _)| day == date).and_then(|(_, value)| value.known());
    let expected = |date: &Day| need.shown(TOTAL, *date);
    // The fan opens from the last known number.
    let edge = |part: Part| -> Vec<Option<f64>> {
        dates.iter().map(|date| if *date < need.on { None } else { expected(date).map(|line| part.of(&line.spread)) }).collect()
    };
    let band = |name: &str, low: Part, high: Part| Band { name: name.to_owned(), low: edge(low), high: edge(high) };
    let chosen = |what: &[Chosen]| -> Vec<Option<f64>> { dates.iter().map(|&date| between(what, date)).collect() };
    let mut series = vec![Series::subject("Children", dates.iter().map(was).collect()), Series::subject("Middle", edge(Part::Middle))];
    for (name, what) in [("Plan", &ahead.plan), ("Target", &ahead.target)] {
        if !what.is_empty() {
            series.push(Series::others(name, chosen(what)));
        }
    }
    let drawing = Line {
        x: dates.iter().map(|&date| quarter(date)).collect(),
        series,
        bands: vec![band("19 in 20", Part::Low95, Part::High95), band("4 in 5", Part::Low80, Part::High80)],
        unit: Unit::count(),
        marker: need.past.len().checked_sub(1).map(|at| Marker { at, label: "known until here".to_owned() }),
        ..Line::default()
    };
    let words = match need.dates().last().and_then(|&last| need.shown(TOTAL, last)) {
        Some(line) => {
            let shown = |part: Part| Unit::count().show(part.of(&line.spread));
            let title =
                format!("{} to {} children on {}, in four of five futures", shown(Part::Low80), shown(Part::High80), line.date.long());
            let summary = format!(
                "Children in care of {} at the end of each quarter, counted to {}, then the middle of all futures: {} on {}, nineteen in twenty from {} to {}.",
                draft.material.name,
                need.on.long(),
                shown(Part::Middle),
                line.date.long(),
                shown(Part::Low95),
                shown(Part::High95)
            );
            chart_words("forecast-fan", title, summary)
        }
        None => chart_words("forecast-fan", "Numbers ahead are withheld", "Too few children are in care for their number to be printed."),
    };
    let table = quarters(draft, ahead, need, &dates);
    Block::Chart(drawing.block(words, table))
}

/// A plan or target on a date: straight between its years' ends, nothing outside them.
fn between(chosen: &[Chosen], date: Day) -> Option<f64> {
    if let Some(exact) = chosen.iter().find(|chosen| chosen.on == date) {
        return Some(f64::from(exact.children));
    }
    let (before, after) = (chosen.iter().rev().find(|chosen| chosen.on < date)?, chosen.iter().find(|chosen| chosen.on > date)?);
    let share = f64::from(date.since(before.on)) / f64::from(after.on.since(before.on));
    Some(f64::from(before.children) + share * (f64::from(after.children) - f64::from(before.children)))
}

fn quarters(draft: &mut Draft<'_, '_>, ahead: &Ahead, need: &Need, dates: &[Day]) -> Table {
    let mut columns = vec![Column::header("Date"), Column::number("Counted").of(NumberKind::Actual)];
    columns.extend(["Middle", "80% from", "to", "95% from", "to"].map(|head| Column::number(head).of(NumberKind::Forecast)));
    let chosen = [("Plan", NumberKind::Plan, &ahead.plan), ("Target", NumberKind::Target, &ahead.target)];
    let given: Vec<_> = chosen.into_iter().filter(|(_, _, chosen)| !chosen.is_empty()).collect();
    columns.extend(given.iter().map(|(name, kind, _)| Column::number(*name).of(*kind)));
    let mut rows = Vec::new();
    for &date in dates {
        let mut cells = vec![Cell::words(date.long())];
        let counted = need.past.iter().find(|(day, _)| *day == date);
        cells.push(match counted {
            Some((_, value)) => {
                let figure = tables::own_figure(draft, &format!("total.{date}"), "Children in care", &date.long(), *value);
                draft.cell(&figure)
            }
            None => Cell::words(""),
        });
        cells.extend(bands(draft, need, TOTAL, date));
        for (_, _, chosen) in &given {
            let exact = chosen.iter().find(|chosen| chosen.on == date).map(|chosen| f64::from(chosen.children));
            cells.push(exact.map_or_else(|| Cell::words(""), |children| bare_cell(Value::Known(children), &Unit::count())));
        }
        rows.push(Row::new(cells));
    }
    Table {
        id: "forecast-fan-table".into(),
        caption: format!("Children in care of {} by quarter: counted, and expected", draft.material.name),
        columns,
        rows,
        note: Some(
            format!("Of one hundred futures eighty lie in the 80% band and ninety-five in the 95% band. {}.", foresight::drawn(need))
                .into(),
        ),
        source: Some(own_source(draft.material).source),
    }
}

/// Middle and bands of a group on a date; empty up to the last known day, marked where withheld.
pub(super) fn bands(draft: &mut Draft<'_, '_>, need: &Need, group: &'static str, date: Day) -> Vec<Cell> {
    let line = need.lines.iter().find(|line| line.group == group && line.date == date && date > need.on);
    let Some(line) = line else { return Part::BANDS.map(|_| Cell::words("")).to_vec() };
    let why = foresight::why(draft.material, need, &kinds::title(group), line);
    let shown = need.shown(group, date);
    Part::BANDS
        .into_iter()
        .map(|part| {
            let value = shown.map_or(Value::Suppressed, |line| Value::Known(part.of(&line.spread)));
            draft.cell(&foresight::figure(&foresight::id(group, date), part, value, &why))
        })
        .collect()
}

fn three_numbers(ahead: &Ahead) -> String {
    let given = match (ahead.plan.is_empty(), ahead.target.is_empty()) {
        (true, true) => "No plan and no target were given to set beside it",
        (false, true) => "The plan is what was chosen so that budgets hold; no target was given",
        (true, false) => "The target is what is aimed at; no plan was given",
        (false, false) => "The plan is what was chosen so that budgets hold, the target what is aimed at",
    };
    format!(
        "Forecast, plan and target are three numbers, never merged. The forecast is what is expected if children come, move and leave as they did. {given}."
    )
}

fn method(need: &Need) -> String {
    let blend = if need.blends() {
        " Where past forecasts from these returns show that a blend with simple forecasts was nearer, the numbers are that blend; each says so."
    } else {
        ""
    };
    format!(
        "Every child in care on {} is followed day by day through {} possible futures, and children who may yet come are added. How often children of an age, in a kind of \
         home, for so long, move, leave or turn 18 is learnt from the returns; rare events lean on what is common to all children. How many come swings about its mean as it \
         did. The number is what is needed if things go on as they did: new laws, a surge or a home that was never there are not foreseen. Where homes were short, history \
         holds where children lived, not what they needed.{blend}",
        need.on.long(),
        Unit::count().show(need.paths as f64)
    )
}

/// `Mar 2026`.
fn quarter(date: Day) -> String {
    let long = date.long();
    let mut words = long.split(' ').skip(1);
    let (month, year) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    format!("{} {year}", month.get(..3).unwrap_or(month))
}
