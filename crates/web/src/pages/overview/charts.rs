//! Children over the years, and where they live.

use report::block::{Cell, Chart, Column, Kind, Row, Table};
use report::chart::{Base, Drawing, Line, Scale, Series, Stacked, StackedRow, Unit, Words};
use service::cohorts::Cohort;
use service::counts::field::Field;
use service::counts::profile::Breakdown;

use super::{Years, count};
use crate::shown;

const SOURCE: &str = "own returns, children in care on 31 March";

pub(super) fn children(years: &Years) -> Chart {
    let counts: Vec<(u32, u64)> = years.0.iter().map(|(year, cohort)| (*year, count(cohort))).collect();
    let rows = counts
        .iter()
        .map(|(year, count)| Row::new(vec![Cell::words(year.to_string()), Cell::number(*count as f64, shown::count(*count))]))
        .collect();
    let table = Table {
        id: "children-by-year".to_owned(),
        caption: "Children in our care on 31 March".to_owned(),
        columns: vec![Column::header("Year"), Column::number("Children").of(Kind::Actual)],
        rows,
        note: None,
        source: Some(SOURCE.to_owned()),
    };
    let line = Line {
        x: counts.iter().map(|(year, _)| year.to_string()).collect(),
        series: vec![Series::subject("Children", counts.iter().map(|(_, count)| Some(*count as f64)).collect())],
        unit: Unit::count(),
        base: Base::Near,
        ..Line::default()
    };
    let (title, summary) = course(&counts);
    line.block(Words { id: "children".to_owned(), title, summary }, table)
}

/// Where the line went: its finding, and what it shows.
fn course(counts: &[(u32, u64)]) -> (String, String) {
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return ("No year end".to_owned(), String::new()) };
    let (highest, lowest) =
        (counts.iter().max_by_key(|(_, count)| *count).unwrap_or(last), counts.iter().min_by_key(|(_, count)| *count).unwrap_or(last));
    // A change within one in a hundred is none to speak of.
    let hardly_changed = first.1.abs_diff(last.1) * 100 <= first.1;
    let title = match counts {
        [_] => format!("{} in {}", shown::counted(last.1, "child", "children"), last.0),
        _ if last.1 == first.1 => format!("As many children as in {}", first.0),
        _ if hardly_changed => format!("About as many children as in {}", first.0),
        _ if last == highest => format!("The most children since {}", first.0),
        _ if last == lowest => format!("The fewest children since {}", first.0),
        _ if last.1 > first.1 => format!("More children than in {}, fewer than in {}", first.0, highest.0),
        _ => format!("Fewer children than in {}, more than in {}", first.0, lowest.0),
    };
    let summary = format!(
        "{} in {} and {} in {}; highest {} in {}, lowest {} in {}.",
        shown::count(first.1),
        first.0,
        shown::count(last.1),
        last.0,
        shown::count(highest.1),
        highest.0,
        shown::count(lowest.1),
        lowest.0
    );
    (title, summary)
}

/// The last three year ends, newest first, and the first, by broad type of home.
pub(super) fn homes(years: &Years) -> Chart {
    let of = |cohort: &Cohort| -> Option<Breakdown> { cohort.breakdowns.iter().find(|by| by.by == Field::BroadType.name()).cloned() };
    let recent = years.0.len().saturating_sub(3).max(1);
    let picked = years.0.iter().skip(recent).rev().chain(years.0.iter().take(1));
    let rows: Vec<(u32, Breakdown)> = picked.filter_map(|(year, cohort)| Some((*year, of(cohort)?))).collect();
    let segments: Vec<String> = rows.first().map_or_else(Vec::new, |(_, by)| by.rows.iter().map(|row| row.label.to_string()).collect());
    let stacked = Stacked {
        segments: segments.clone(),
        rows: rows
            .iter()
            .map(|(year, by)| StackedRow { label: year.to_string(), values: by.rows.iter().map(|row| Some(row.count as f64)).collect() })
            .collect(),
        scale: Scale::Shares,
        unit: Unit::count(),
    };
    let table = Table {
        id: "homes-by-year".to_owned(),
        caption: "Children in our care on 31 March, by type of home".to_owned(),
        columns: [Column::header("Year")].into_iter().chain(segments.iter().map(Column::number)).chain([Column::number("All")]).collect(),
        rows: rows.iter().map(|(year, by)| mix_row(*year, by)).collect(),
        note: None,
        source: Some(SOURCE.to_owned()),
    };
    let (title, summary) = mix(&rows);
    stacked.block(Words { id: "homes".to_owned(), title, summary }, table)
}

fn mix_row(year: u32, by: &Breakdown) -> Row {
    let number = |count: u64| Cell::number(count as f64, shown::count(count));
    Row::new(
        [Cell::words(year.to_string())].into_iter().chain(by.rows.iter().map(|row| number(row.count))).chain([number(by.total)]).collect(),
    )
}

/// The largest type of home, and what it was.
fn mix(rows: &[(u32, Breakdown)]) -> (String, String) {
    let Some((year, by)) = rows.first() else { return ("No year end".to_owned(), String::new()) };
    let Some(largest) = by.rows.iter().max_by_key(|row| row.count) else { return ("No home".to_owned(), String::new()) };
    let whole = |part: u64, all: u64| if all == 0 { "–".to_owned() } else { Unit::percent(0).show(part as f64 / all as f64 * 100.0) };
    let title = format!("{} is home to {} of our children", largest.label, whole(largest.count, by.total));
    let parts: Vec<String> = by.rows.iter().map(|row| format!("{} {}", row.label.to_lowercase(), whole(row.count, by.total))).collect();
    let then = rows.last().filter(|(first, _)| first != year).and_then(|(first, by)| {
        let row = by.rows.iter().find(|row| row.key == largest.key)?;
        Some(format!(" {} was {} in {first}.", largest.label, whole(row.count, by.total)))
    });
    (title, format!("In {year}: {}.{}", parts.join(", "), then.unwrap_or_default()))
}
