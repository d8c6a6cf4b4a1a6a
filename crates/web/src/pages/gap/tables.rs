//! The gap as tables, and its finding.

use std::collections::BTreeMap;

use domain::Day;
use domain::number::chance_in_words;
use maud::{Markup, html};
use report::block::{Cell, Column as BlockColumn, Row, Table as BlockTable, Text};
use service::gaps::{self, Area, Found, Line, WEEKS_AHEAD};

use super::ask::{Ask, line_address};
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::parts::Scroll;
use crate::shown;

/// The greatest shortfall in a sentence.
pub(super) fn finding(found: &Found, lines: &[&Line]) -> String {
    match lines.first() {
        Some(line) if line.shortfall.median >= 0.5 => {
            format!("{} most likely {} short on {}", name(line), whole(line.shortfall.median), line.date.long())
        }
        Some(line) if line.chance > 0.1 => {
            format!("{} may be short on {}: a chance of {}", name(line), line.date.long(), chance_in_words(line.chance))
        }
        _ => format!("Nothing is short in nine of ten futures on any date up to {}", found.gap.date.long()),
    }
}

/// `Children's homes for ages 10 to 15 with complex need`
pub(super) fn name(line: &Line) -> String {
    let notice = if line.notice == domain::supply::Notice::Emergency { ", the same day" } else { "" };
    format!("{}, ages {}, {} need{notice}:", line.home.name(), gaps::age_band(line.ages), line.band.name())
}

/// What history cannot tell, and what would.
pub(super) fn constrained(found: &Found) -> String {
    let words = found.constrained.words(|_| true);
    if found.constrained.wanted.is_some() { words } else { words + " A register of requests tells what was sought." }
}

/// A number of children, rounded once.
pub(crate) fn whole(number: f64) -> String {
    shown::count(number.round().max(0.0) as u64)
}

pub(super) fn lines(ask: &Ask, found: &Found, caption: &str, lines: &[&Line]) -> Markup {
    let columns = [
        Column::text("Home needed"),
        Column::text("Need and notice"),
        Column::number("Children, middle"),
        Column::number("Usable places"),
        Column::number("Short, middle"),
        Column::number("1 in 10: more than"),
        Column::number("Chance"),
        Column::text("What would close it"),
    ];
    let rows: Vec<Vec<Markup>> = lines.iter().map(|line| row(ask, found, line)).collect();
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Scroll { label: caption, body: table }) }
}

fn row(ask: &Ask, found: &Found, line: &Line) -> Vec<Markup> {
    let elsewhere = elsewhere(found, line).filter(|_| line.area == Area::Inside);
    vec![
        html! { a href=(line_address(&ask.asked, line)) { (line.home.name()) ", " (gaps::age_band(line.ages)) } },
        html! { (line.band.name()) ", " (line.notice.word()) span class="pw-more" { "worst on " (line.date.long()) } },
        html! { (whole(line.need.median)) },
        html! { (shown::count(line.usable.into())) },
        html! { (whole(line.shortfall.median)) },
        html! { (whole(line.shortfall.eighty.1)) },
        html! {
            (chance_in_words(line.chance))
            @if let Some(other) = elsewhere { span class="pw-more" { "anywhere " (chance_in_words(other.chance)) } }
        },
        html! { @match line.ways.first() { Some(&way) => (gaps::way(way, line)), None => "–" } },
    ]
}

/// The same children against homes anywhere, or in the area.
pub(super) fn elsewhere<'a>(found: &'a Found, line: &Line) -> Option<&'a Line> {
    let key = |line: &Line| (line.home, line.ages.from, line.band, line.notice);
    found.gap.lines.iter().find(|other| other.area != line.area && key(other) == key(line))
}

/// What does not fit a cell and has a line of its own.
pub(super) fn topics(found: &Found) -> BlockTable {
    let dash = || Cell::words("not known");
    let number = |value: f64| Cell::number(value, whole(value));
    let row = |line: &gaps::TopicLine| {
        let (label, note) = gaps::topic(line.topic);
        Row::new(vec![
            Cell::words(label),
            Cell::words(line.date.long()),
            number(line.need.median),
            line.usable.map_or_else(dash, |usable| number(usable.into())),
            line.shortfall.map_or_else(dash, |short| number(short.median)),
            line.chance.map_or_else(dash, |chance| Cell::number(chance * 100.0, chance_in_words(chance))),
            Cell::words(note),
        ])
    };
    let heads = ["Need, middle", "Usable", "Short, middle", "Chance"].map(BlockColumn::number);
    BlockTable {
        id: "own-lines".to_owned(),
        caption: "Lines of their own, against homes anywhere".to_owned(),
        columns: [BlockColumn::header("What"), BlockColumn::words("Worst on")]
            .into_iter()
            .chain(heads)
            .chain([BlockColumn::words("What it can tell")])
            .collect(),
        rows: found.gap.topics.iter().map(row).collect(),
        note: Some(Text::plain(
            "Siblings are counted in groups, everything else in children and places. These lines count children of the lines above once more: never add them up.",
        )),
        source: Some("Own returns and the file of homes; worked out by Placewell".to_owned()),
    }
}

/// Eighteenth birthdays by kind of home and month: numbers, no names.
pub(super) fn moves(found: &Found) -> BlockTable {
    let turning = found.turning();
    let mut months: Vec<Day> = turning.iter().map(|turning| turning.month).collect();
    months.dedup();
    let mut kinds: BTreeMap<&'static str, Vec<u64>> = BTreeMap::new();
    for turning in &turning {
        let counts = kinds.entry(turning.kind).or_insert_with(|| vec![0; months.len()]);
        if let Ok(at) = months.binary_search(&turning.month) {
            counts[at] += u64::from(turning.children);
        }
    }
    let number = |count: u64| Cell::number(count as f64, shown::count(count));
    let row = |name: &str, counts: &[u64]| {
        let all = number(counts.iter().sum());
        Row::new([Cell::words(name)].into_iter().chain(counts.iter().map(|&count| number(count))).chain([all]).collect())
    };
    let total: Vec<u64> = (0..months.len()).map(|at| kinds.values().map(|counts| counts[at]).sum()).collect();
    let heads = months.iter().map(|month| {
        let day = month.long();
        BlockColumn::number(day.split_once(' ').map_or(day.clone(), |(_, rest)| rest.to_owned()))
    });
    BlockTable {
        id: "birthdays".to_owned(),
        caption: format!("{} turn 18 in the next {WEEKS_AHEAD} weeks", shown::counted(found.birthdays.len() as u64, "child", "children")),
        columns: [BlockColumn::header("Living now in")].into_iter().chain(heads).chain([BlockColumn::number("All")]).collect(),
        rows: kinds.iter().map(|(kind, counts)| row(kind, counts)).chain([row("All", &total).total()]).collect(),
        note: Some(Text::plain("Counted, not forecast. Real numbers for staff, small ones included.")),
        source: Some("Own returns".to_owned()),
    }
}

/// Homes that are known to end soon.
pub(super) fn ending(found: &Found) -> Option<BlockTable> {
    let row = |home: &gaps::Ending| {
        let name = if home.setting.is_empty() { "not named" } else { &home.setting };
        Row::new(vec![
            Cell::words(name),
            Cell::words(&home.kind),
            Cell::number(home.places.into(), home.places.to_string()),
            Cell::words(home.on.long()),
        ])
    };
    (!found.ending.is_empty()).then(|| BlockTable {
        id: "ending".to_owned(),
        caption: format!("Homes that end in the next {WEEKS_AHEAD} weeks"),
        columns: vec![
            BlockColumn::header("Home"),
            BlockColumn::words("Kind"),
            BlockColumn::number("Usable places"),
            BlockColumn::words("Last day"),
        ],
        rows: found.ending.iter().map(row).collect(),
        note: None,
        source: Some("The file of homes".to_owned()),
    })
}
