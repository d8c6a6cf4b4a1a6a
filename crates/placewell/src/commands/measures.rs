//! `placewell measures`

use analysis::measure::{Measured, Unit};
use domain::number::half_up;
use domain::{Day, Value};
use service::cohorts::{self, Cohort, Request};
use service::{App, holdings};

use crate::cli::{Format, Measures, ReturnsFolder};
use crate::output::{self, Grid};

pub(crate) fn run(app: &App, args: &Measures) -> anyhow::Result<()> {
    let range = match (&args.from, &args.to) {
        (Some(from), Some(to)) => Some((date(from)?, date(to)?)),
        _ => None,
    };
    let request = Request { on: Some(date(&args.on)?), range, filters: args.filters.clone() };
    let holding = holdings::open(folder(&args.folder))?;
    let cohort = cohorts::measure(app, &holding, &request)?;
    for warning in &cohort.warnings {
        output::say(warning);
    }
    let rows = holding.read.history.rows;
    let json = web::api::measures::Measures::new(&cohort, rows);
    let words = format!(
        "Rows: {} read, {} used ({} of them repaired, {} cut), {} set aside.\n`placewell returns check` lists why.",
        rows.read, rows.used, rows.repaired, rows.cut, rows.set_aside
    );
    match args.format {
        Format::Csv => output::print(args.format, &json, &long(&cohort), ""),
        Format::Json => output::print(args.format, &json, &cards(&cohort), ""),
        Format::Table => {
            output::print(args.format, &json, &cards(&cohort), "")?;
            output::print(args.format, &json, &profile(&cohort), &words)
        }
    }
}

/// Where the returns lie, from the words of the command.
pub(crate) fn folder(args: &ReturnsFolder) -> holdings::Folder {
    holdings::Folder { path: args.returns.clone(), authority: args.authority.clone(), year: args.year }
}

/// A date as people write it.
pub(crate) fn date(text: &str) -> anyhow::Result<Day> {
    Day::parse(text.as_bytes()).ok_or_else(|| anyhow::anyhow!("“{text}” is not a date: write 2026-03-31 or 31/03/2026."))
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn cards(cohort: &Cohort) -> Grid {
    let row = |measured: &Measured| {
        let of = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        vec![
            measured.id.to_owned(),
            measured.label.to_owned(),
            shown(measured),
            of(measured.numerator),
            of(measured.denominator),
            measured.unknown.to_string(),
        ]
    };
    let title = format!("On {}", cohort.on.long());
    Grid {
        headings: headings(&["Id", &title, "Value", "Counted", "Of", "Not known"]),
        rows: cohort.measures.iter().map(row).collect(),
        numbers_from: 2,
    }
}

fn shown(measured: &Measured) -> String {
    match measured.value.0 {
        Value::Known(value) => match measured.unit {
            Unit::Ratio => format!("{:.1}%", half_up(value * 100.0, 1)),
            Unit::Children | Unit::Incidents => format!("{value}"),
            _ => format!("{:.1}", half_up(value, 1)),
        },
        mark => mark.words().unwrap_or_default().to_owned(),
    }
}

fn profile(cohort: &Cohort) -> Grid {
    let mut rows = Vec::new();
    for breakdown in &cohort.breakdowns {
        let line = |label: &str, count: u64| vec![breakdown.by.to_owned(), label.to_owned(), count.to_string()];
        // A single year of age each would fill the screen; it is in JSON and CSV.
        if breakdown.by == "age" {
            continue;
        }
        rows.extend(breakdown.rows.iter().map(|row| line(&row.label, row.count)));
        rows.push(line("not known", breakdown.unknown));
        rows.push(line("all", breakdown.total));
    }
    Grid { headings: headings(&["By", "Category", "Children"]), rows, numbers_from: 2 }
}

/// One number a line, for spreadsheets.
fn long(cohort: &Cohort) -> Grid {
    let mut rows = Vec::new();
    for measured in &cohort.measures {
        let value =
            measured.value.0.known().map_or_else(|| measured.value.0.symbol().unwrap_or_default().to_owned(), |value| value.to_string());
        let of = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
        rows.push(vec![
            "measure".to_owned(),
            measured.id.to_owned(),
            measured.label.to_owned(),
            value,
            of(measured.numerator),
            of(measured.denominator),
            measured.unknown.to_string(),
            measured.unit.word().to_owned(),
        ]);
    }
    for breakdown in &cohort.breakdowns {
        let line = |key: &str, label: &str, count: u64| {
            let empty = String::new;
            vec![
                breakdown.by.to_owned(),
                key.to_owned(),
                label.to_owned(),
                count.to_string(),
                empty(),
                empty(),
                empty(),
                "children".to_owned(),
            ]
        };
        rows.extend(breakdown.rows.iter().map(|row| line(&row.key, &row.label, row.count)));
        rows.push(line("unknown", "not known", breakdown.unknown));
        rows.push(line("total", "all", breakdown.total));
    }
    Grid { headings: headings(&["by", "key", "label", "value", "numerator", "denominator", "unknown", "unit"]), rows, numbers_from: 3 }
}
