//! JSON of a benchmark.

use std::collections::BTreeMap;

use domain::number::half_up;
use serde::Serialize;
use service::benchmarks::{ChangeUnit, Comparison, Kind};

use super::figure::Figure;

/// `benchmark`: published figures side by side.
#[derive(Debug, Serialize)]
pub struct Benchmark {
    /// The measure's id.
    pub measure: String,
    /// Its title.
    pub title: String,
    /// `children`, `percent`, `per 10,000`, …
    pub unit: String,
    /// What is counted, as the publisher defines it.
    pub definition: String,
    /// The authority, its neighbours' mean, its region, England.
    pub rows: Vec<Row>,
    /// The neighbours one by one.
    pub members: Vec<Row>,
}

/// One area.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Name.
    pub area: String,
    /// `authority`, `statistical-neighbours`, `region`, `nation`.
    pub kind: &'static str,
    /// Authorities behind the last year's value.
    pub n: usize,
    /// The same for each year.
    pub n_by_year: BTreeMap<String, usize>,
    /// A number, or a mark such as `{"symbol": "c"}`.
    pub values: BTreeMap<String, Figure>,
    /// From the year before the last, half-up to one place.
    pub change_on_year: Option<f64>,
    /// From the first year to the last.
    pub change_over_period: Option<f64>,
    /// `percent` or `percentage-points`.
    pub change_unit: &'static str,
    /// Publisher and title.
    pub source: String,
    /// Date of the edition; where a newer one was loaded for some years, each edition with its years.
    pub vintage: String,
}

impl From<&Comparison<'_>> for Benchmark {
    fn from(comparison: &Comparison) -> Self {
        let indicator = &comparison.indicator;
        let (source, vintage) = (indicator.source(comparison.years.1), comparison.vintage());
        let row = |row: &service::benchmarks::Row| Row {
            area: row.area.clone(),
            kind: match row.kind {
                Kind::Authority => "authority",
                Kind::StatisticalNeighbours => "statistical-neighbours",
                Kind::Region => "region",
                Kind::Nation => "nation",
            },
            n: row.behind.values().next_back().copied().unwrap_or(0),
            n_by_year: row.behind.iter().map(|(year, n)| (year.to_string(), *n)).collect(),
            values: row.values.iter().map(|(year, value)| (year.to_string(), Figure::from(*value))).collect(),
            change_on_year: row.change_on_year.map(|change| half_up(change, 1)),
            change_over_period: row.change_over_period.map(|change| half_up(change, 1)),
            change_unit: match comparison.change_unit {
                ChangeUnit::Percent => "percent",
                ChangeUnit::PercentagePoints => "percentage-points",
            },
            source: format!("{}: {}", source.publisher, source.title),
            vintage: vintage.clone(),
        };
        Self {
            measure: indicator.id().to_owned(),
            title: indicator.title().to_owned(),
            unit: indicator.unit().to_owned(),
            definition: indicator.definition().to_owned(),
            rows: comparison.rows.iter().map(row).collect(),
            members: comparison.members.iter().map(row).collect(),
        }
    }
}
