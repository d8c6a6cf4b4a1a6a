//! The gap itself, as it may be published: numbers of children from 1 to 4, and shortfalls that would tell them, are withheld.

use analysis::publish::Rule;
use domain::number::chance_in_words;
use domain::{Day, Value};
use report::block::{Block, Cell, Column, Kind as NumberKind, List, Order, Row, Table, Text, Why};
use report::chart::Unit;

use super::super::super::ahead::Need;
use super::super::super::draft::{Draft, Figure, bare_cell};
use super::super::super::foresight::{self, publishable};
use super::super::super::words;
use super::cost;
use crate::forecasts::Spread;
use crate::gaps::{self, Area, Found, HomeLine, Line, TopicLine, Way};
use crate::spending::Spending;

/// Lines shown: those most likely short.
const SHOWN: usize = 12;

/// From this chance on a line is in the table.
const LIKELY: f64 = 0.1;

pub(super) fn blocks(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, money: Option<&Spending>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(finding(draft, found, need)), homes(draft, found, need)];
    blocks.push(match money {
        Some(spending) => Block::Table(cost::table(draft, found, need, spending)),
        None => draft.not_known("What a year of the missing homes would cost", "a price list: what a week costs by kind of home"),
    });
    blocks.extend(lines(draft, found, need));
    blocks.push(topics(draft, found, need));
    blocks.push(Block::Note(found.constrained.words(|count| !Rule::default().is_small(count.into())).into()));
    blocks.push(Block::Heading("Known moves ahead".to_owned()));
    blocks.extend(moves(found));
    blocks
}

/// What every number of the gap shares.
pub(super) fn why(draft: &Draft<'_, '_>, found: &Found, need: &Need, name: &str, definition: &str, on: Day) -> Why {
    Why {
        name: name.to_owned(),
        definition: format!("{definition} On {}, from what was known on {}.", on.long(), found.from.long()),
        rows: format!("{}; supply SHA-256 {}", foresight::drawn(need), found.sha256),
        ..foresight::rests_on(draft.material, need)
    }
}

fn figure(id: &str, value: Value, why: &Why) -> Figure {
    Figure { id: format!("gap.{id}"), value, unit: Unit::count(), kind: NumberKind::Forecast, why: why.clone() }
}

fn chance(draft: &mut Draft<'_, '_>, id: &str, chance: f64, why: &Why) -> Cell {
    let figure = Figure {
        id: format!("gap.{id}.chance"),
        value: Value::Known(chance * 100.0),
        unit: Unit::percent(0),
        kind: NumberKind::Forecast,
        why: Why { definition: format!("The share of futures in which any child is without. {}", why.definition), ..why.clone() },
    };
    foresight::chance_cell(draft, &figure)
}

fn finding(draft: &mut Draft<'_, '_>, found: &Found, need: &Need) -> Text {
    let inside = found.gap.homes.iter().filter(|line| line.area == Area::Inside);
    let worst = inside.max_by(|one, other| one.shortfall.mean.total_cmp(&other.shortfall.mean));
    let Some(worst) = worst.filter(|line| line.chance > 0.0) else {
        return Text::plain(format!("No future drawn is short of a home by {}.", found.gap.date.long()));
    };
    let why = why(draft, found, need, &format!("{}: shortfall in the area", worst.home.name()), SHORT, worst.date);
    let id = format!("{}.inside.short", worst.home.name().to_lowercase());
    let middle = figure(&id, publishable(worst.shortfall.median), &why);
    let text = format!(
        "The greatest gap in the area by {} is of {}: on {}, in the middle of all futures ",
        found.gap.date.long(),
        many(worst.home),
        worst.date.long()
    );
    let text = draft.say(Text::plain(text), &middle);
    text.and(format!(" children are without one, and the chance that any is without is {}.", chance_in_words(worst.chance)))
}

fn many(home: gaps::Home) -> &'static str {
    match home {
        gaps::Home::Foster => "foster homes",
        gaps::Home::ChildrensHome => "children’s homes",
        gaps::Home::Supported => "supported accommodation",
        gaps::Home::Secure => "secure homes",
        gaps::Home::School => "residential schools",
    }
}

pub(super) const SHORT: &str = "Children left without a home that takes their age, need and notice, once all share what there is.";

fn forecast(head: &str) -> Column {
    Column::number(head).of(NumberKind::Forecast)
}

fn actual(head: &str) -> Column {
    Column::number(head).of(NumberKind::Actual)
}

fn homes(draft: &mut Draft<'_, '_>, found: &Found, need: &Need) -> Block {
    let mut rows = Vec::new();
    for line in &found.gap.homes {
        rows.push(home(draft, found, need, line));
    }
    let mut columns = vec![Column::header("Home"), Column::words("Where"), Column::words("Worst on")];
    columns.extend(
        ["Needed, middle", "80% from", "to", "Registered", "Usable", "Short, middle", "Short, one in ten", "Chance of any"]
            .map(Column::number),
    );
    Block::Table(Table {
        id: "gap-homes".into(),
        caption: format!("Homes needed and homes that can be used, each on its worst date by {}", found.gap.date.long()),
        columns,
        rows,
        note: Some(
            "Usable is registered less closed and blocked, contracts in force, and of homes shared with other authorities the share that comes to this one. Homes with relatives, parents and \
             adopters are found for one child and are not stocked. Shortfalls can exceed the difference: a home may not take a child’s age, need or notice."
                .into(),
        ),
        source: Some("The returns and the supply file".into()),
    })
}

fn home(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, line: &HomeLine) -> Row {
    let place = area(line.area);
    let id = format!("{}.{place}", line.home.name().to_lowercase());
    let needed = why(
        draft,
        found,
        need,
        &format!("{}: needed", line.home.name()),
        "Children who need such a home, counted in the futures.",
        line.date,
    );
    let short = why(draft, found, need, &format!("{}: shortfall {place}", line.home.name()), SHORT, line.date);
    let mut cells = vec![
        Cell::words(line.home.name()),
        Cell::words(if line.area == Area::Inside { "In the area" } else { "Anywhere" }),
        Cell::words(line.date.long()),
    ];
    cells.extend(needed_cells(draft, &id, &line.need, &needed));
    for places in [line.registered, line.usable] {
        cells.push(Cell::number(f64::from(places), Unit::count().show(f64::from(places))));
    }
    cells.extend(short_cells(draft, &id, &line.shortfall, &short));
    cells.push(chance(draft, &id, line.chance, &short));
    Row::new(cells)
}

fn needed_cells(draft: &mut Draft<'_, '_>, id: &str, need: &Spread, why: &Why) -> Vec<Cell> {
    [("middle", need.median), ("lo80", need.eighty.0), ("hi80", need.eighty.1)]
        .into_iter()
        .map(|(part, value)| draft.cell(&figure(&format!("{id}.need.{part}"), publishable(value), why)))
        .collect()
}

fn short_cells(draft: &mut Draft<'_, '_>, id: &str, short: &Spread, why: &Why) -> Vec<Cell> {
    [("short", short.median), ("short.hi80", short.eighty.1)]
        .into_iter()
        .map(|(part, value)| draft.cell(&figure(&format!("{id}.{part}"), publishable(value), why)))
        .collect()
}

fn area(area: Area) -> &'static str {
    match area {
        Area::Inside => "inside",
        Area::Anywhere => "anywhere",
    }
}

/// The lines of the area, which is what the duty is about, the greatest expected shortfall first.
fn lines(draft: &mut Draft<'_, '_>, found: &Found, need: &Need) -> Vec<Block> {
    let likely: Vec<&Line> = found.gap.lines.iter().filter(|line| line.area == Area::Inside && line.chance >= LIKELY).collect();
    if likely.is_empty() {
        return vec![Block::Paragraph("No cohort is short in one future of ten.".into())];
    }
    let rows = likely.iter().take(SHOWN).map(|line| cohort(draft, found, need, line)).collect();
    let more = likely.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" {more} further cohorts are short in at least one future of ten.") } else { String::new() };
    let mut columns = vec![Column::header("Cohort")];
    columns.extend([forecast("Needed"), actual("Available")]);
    columns.extend(["Short", "Short, one in ten", "Chance"].map(forecast));
    columns.extend([Column::words("Worst on"), Column::words("What would close it"), Column::words("Short from")]);
    vec![Block::Table(Table {
        id: "gap-cohorts".into(),
        caption: format!("The greatest gaps in the area by {}", found.gap.date.long()),
        columns,
        rows,
        note: Some(format!("Needed and short are the middle of all futures. What would close it leaves nine of ten futures without a gap. Numbers from 1 to 4 are withheld.{rest}").into()),
        source: Some("The returns and the supply file".into()),
    })]
}

fn cohort(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, line: &Line) -> Row {
    let name = format!("{}, ages {}, {} need, {}", line.home.name(), gaps::age_band(line.ages), line.band.name(), line.notice.word());
    let id = format!("{}.{}-{}.{}.{}", line.home.name().to_lowercase(), line.ages.from, line.ages.to, line.band.name(), line.notice.word());
    let needed = why(draft, found, need, &format!("{name}: needed"), "Children who need such a home, counted in the futures.", line.date);
    let short = why(draft, found, need, &format!("{name}: shortfall in the area"), SHORT, line.date);
    let mut cells = vec![Cell::words(name)];
    cells.push(draft.cell(&figure(&format!("{id}.need"), publishable(line.need.median), &needed)));
    cells.push(Cell::number(f64::from(line.usable), Unit::count().show(f64::from(line.usable))));
    cells.extend(short_cells(draft, &id, &line.shortfall, &short));
    cells.push(chance(draft, &id, line.chance, &short));
    cells.push(Cell::words(line.date.long()));
    cells.push(Cell::words(line.ways.iter().map(|&way| action(way, line)).collect::<Vec<_>>().join(" ")));
    cells.push(Cell::words(line.short_from.map_or_else(|| "less likely than not".to_owned(), Day::long)));
    Row::new(cells)
}

/// What would close a line, small numbers of places in words: with what there is they would tell the shortfall.
fn action(way: Way, line: &Line) -> String {
    let places = |count: u32| if Rule::default().is_small(count.into()) { "a few places".to_owned() } else { format!("{count} places") };
    words::sentence(&gaps::way_with(way, line, places))
}

fn topics(draft: &mut Draft<'_, '_>, found: &Found, need: &Need) -> Block {
    let mut rows = Vec::new();
    for line in &found.gap.topics {
        rows.push(topic(draft, found, need, line));
    }
    let mut columns = vec![Column::header("What is needed")];
    columns.extend([forecast("Needed, middle"), actual("Usable"), forecast("Short, middle"), forecast("Chance of any")]);
    columns.extend([Column::words("Worst on"), Column::words("How to read it")]);
    Block::Table(Table {
        id: "gap-topics".into(),
        caption: format!(
            "Siblings, emergencies, 16 and over, parents with a child and short breaks, each on its worst date by {}",
            found.gap.date.long()
        ),
        columns,
        rows,
        note: Some("Siblings are counted in groups and homes with room for the group, everything else in children and places.".into()),
        source: Some("The returns and the supply file".into()),
    })
}

fn topic(draft: &mut Draft<'_, '_>, found: &Found, need: &Need, line: &TopicLine) -> Row {
    let (name, note) = gaps::topic(line.topic);
    let why = why(draft, found, need, &name, "From the futures and the children looked after now.", line.date);
    let id = name.split([':', ',']).next().unwrap_or(&name).to_lowercase();
    let id = format!(
        "{id}.{}",
        match line.topic {
            gaps::Topic::Siblings(size) => size.to_string(),
            _ => "all".to_owned(),
        }
    );
    let mut cells = vec![Cell::words(name), draft.cell(&figure(&format!("{id}.need"), publishable(line.need.median), &why))];
    let usable = line.usable.map_or(Value::NotAvailable, |usable| Value::Known(f64::from(usable)));
    cells.push(bare_cell(usable, &Unit::count()));
    let short = line.shortfall.map_or(Value::NotAvailable, |short| publishable(short.median));
    cells.push(draft.cell(&figure(&format!("{id}.short"), short, &why)));
    cells.push(match line.chance {
        Some(share) => chance(draft, &id, share, &why),
        None => bare_cell(Value::NotAvailable, &Unit::count()),
    });
    cells.push(Cell::words(line.date.long()));
    // The note of the first stands for every size of group.
    let repeats = matches!(line.topic, gaps::Topic::Siblings(size) if size > 2);
    cells.push(Cell::words(if repeats { "As above." } else { note }));
    Row::new(cells)
}

/// Eighteenth birthdays and homes that end (A185), without a child or a home that could be known by them.
fn moves(found: &Found) -> Vec<Block> {
    let turning = match Rule::default().number(found.birthdays.len() as u64) {
        Value::Known(count) => words::children(count),
        _ => "a few children (the number is withheld)".to_owned(),
    };
    let until = found.from.plus(7 * gaps::WEEKS_AHEAD as i32);
    let mut items = vec![Text::plain(format!("From {} to {} {turning} in care will turn 18.", found.from.plus(1).long(), until.long()))];
    for home in &found.ending {
        items.push(Text::plain(format!(
            "{}: {} until {}.",
            home.kind,
            words::counted(f64::from(home.places), "place", "places"),
            home.on.long()
        )));
    }
    if found.ending.is_empty() {
        items.push(Text::plain("No contract or home in the supply file ends in that time.".to_owned()));
    }
    vec![Block::List(List { order: Order::Loose, items })]
}
