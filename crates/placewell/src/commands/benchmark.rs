//! `placewell benchmark`

use domain::Value;
use domain::number::half_up;
use service::benchmarks::{self, ChangeUnit, Comparison, Neighbours, Request, Row};
use service::{App, areas};

use crate::cli::Benchmark;
use crate::output::{self, Grid};

pub(crate) fn run(app: &App, args: &Benchmark) -> anyhow::Result<()> {
    let area = areas::find(&args.authority)?.id;
    let neighbours = neighbours(args.neighbours.as_deref())?;
    let request = Request { area, measure: args.measure.clone(), from: args.from.into(), to: args.to.into(), neighbours };
    let comparison = benchmarks::compare(app, &request)?;
    output::print(args.format, &web::api::benchmark::Benchmark::from(&comparison), &grid(&comparison, args.members), &words(&comparison))
}

/// A number is that many of the nearest; anything else is names with commas between.
fn neighbours(given: Option<&str>) -> anyhow::Result<Neighbours> {
    let Some(given) = given else { return Ok(Neighbours::All) };
    if let Ok(nearest) = given.trim().parse() {
        return Ok(Neighbours::Nearest(nearest));
    }
    let chosen = given.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).map(|name| areas::find(name).map(|found| found.id));
    Ok(Neighbours::Chosen(chosen.collect::<Result<_, _>>()?))
}

fn grid(comparison: &Comparison<'_>, members: bool) -> Grid {
    let (from, to) = comparison.years;
    let unit = match comparison.change_unit {
        ChangeUnit::Percent => "%",
        ChangeUnit::PercentagePoints => "points",
    };
    let mut headings = vec!["Area".to_owned()];
    headings.extend((from..=to).map(|year| comparison.indicator.year_label(year).trim_end_matches(" (OT)").to_owned()));
    headings.push(format!("On year, {unit}"));
    headings.push(format!("{from} to {to}, {unit}"));
    let cells = |row: &Row| {
        let mut cells = vec![row.area.clone()];
        cells.extend(row.values.values().map(|&value| shown(value)));
        cells.extend([row.change_on_year, row.change_over_period].map(signed));
        cells
    };
    let others = comparison.members.iter().filter(|_| members);
    let grid = Grid { headings, rows: comparison.rows.iter().chain(others).map(cells).collect(), numbers_from: 1 };
    // Many years stand down the page, where there is room.
    if to - from > 6 && !members { grid.transposed("Year") } else { grid }
}

/// Whole numbers as they are, others to one place, marks as the publisher prints them.
fn shown(value: Value) -> String {
    match value {
        Value::Known(number) if number.fract() == 0.0 => format!("{number}"),
        Value::Known(number) => format!("{:.1}", half_up(number, 1)),
        mark => format!("[{}]", mark.symbol().unwrap_or("x")),
    }
}

fn signed(change: Option<f64>) -> String {
    change.map_or_else(|| "–".to_owned(), |change| format!("{:+.1}", half_up(change, 1)))
}

fn words(comparison: &Comparison<'_>) -> String {
    let indicator = &comparison.indicator;
    let source = indicator.source(comparison.years.1);
    let members: Vec<&str> = comparison.members.iter().map(|member| member.area.as_str()).collect();
    let marks: Vec<String> = comparison
        .rows
        .iter()
        .flat_map(|row| row.values.values())
        .filter_map(|value| Some(format!("[{}] {}", value.symbol()?, value.words()?)))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let words = format!(
        "{}.\nStatistical neighbours are the unweighted mean of those with a figure, of: {}.\nSource: {}, {}, {}. {}.",
        indicator.title(),
        members.join(", "),
        source.publisher,
        source.title,
        comparison.vintage(),
        source.licence
    );
    if marks.is_empty() { words } else { format!("{words}\n{}.", marks.join("; ")) }
}
