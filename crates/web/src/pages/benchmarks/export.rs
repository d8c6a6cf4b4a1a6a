//! The comparison as CSV: one line an area and year, unrounded.

use axum::response::Response;
use domain::Value;
use service::benchmarks::Comparison;

use super::ask::Ask;
use super::own::Figures;
use super::tables;
use crate::csv_file::csv_file;

const HEADINGS: [&str; 9] = ["measure", "area", "row", "kind", "year", "value", "mark", "authorities_behind", "unit"];

pub(super) fn comparison(ask: &Ask, comparison: &Comparison<'_>, own: Option<&Figures>) -> Response {
    let indicator = &comparison.indicator;
    let line = |area: &str, row: &str, kind: &str, year: u32, value: Value, behind: usize| {
        let number = value.known().map(|number| number.to_string()).unwrap_or_default();
        let mark = value.symbol().unwrap_or_default();
        [indicator.id(), area, row, kind, &year.to_string(), &number, mark, &behind.to_string(), indicator.unit()]
            .map(str::to_owned)
            .to_vec()
    };
    let own = own.iter().flat_map(|own| own.values.iter().map(|(&year, &value)| line(&own.name, "own-returns", "actual", year, value, 1)));
    let published = tables::published(ask, comparison).flat_map(|row| {
        let (word, kind) = match row.kind {
            service::benchmarks::Kind::Authority => ("authority", "actual"),
            service::benchmarks::Kind::StatisticalNeighbours => ("statistical-neighbours", "benchmark"),
            service::benchmarks::Kind::Region => ("region", "benchmark"),
            service::benchmarks::Kind::Nation => ("nation", "benchmark"),
        };
        row.values.iter().map(move |(&year, &value)| line(&row.area, word, kind, year, value, row.behind.get(&year).copied().unwrap_or(0)))
    });
    let members = comparison
        .members
        .iter()
        .flat_map(|row| row.values.iter().map(|(&year, &value)| line(&row.area, "neighbour", "benchmark", year, value, 1)));
    csv_file(&format!("benchmark-{}", indicator.id()), HEADINGS, own.chain(published).chain(members))
}
