//! JSON of a measured cohort.

use domain::history::RowCount;
use serde::Serialize;
use service::cohorts::Cohort;
use service::counts::measure::Measured;
use service::counts::profile;

use super::Figure;

/// `measures`: the cards and the profile.
#[derive(Debug, Serialize)]
pub struct Measures {
    /// The date of counts.
    pub on: String,
    /// First day of flows.
    pub from: String,
    /// Last day of flows.
    pub to: String,
    /// The authority; `null` for several.
    pub authority: Option<String>,
    /// What became of the rows of the returns.
    pub rows: Rows,
    /// Every card.
    pub measures: Vec<Measure>,
    /// The profile.
    pub breakdowns: Vec<Breakdown>,
    /// Sentences about dates that the returns do not cover.
    pub warnings: Vec<String>,
}

/// What became of the rows: `read = used + set_aside`.
#[derive(Debug, Serialize)]
pub struct Rows {
    /// Rows in the files.
    pub read: u64,
    /// Rows that counts rest on.
    pub used: u64,
    /// Of them: with a value read differently.
    pub repaired: u64,
    /// Of them: shortened or merged.
    pub cut: u64,
    /// Rows that counts do not rest on.
    pub set_aside: u64,
}

/// One card.
#[derive(Debug, Serialize)]
pub struct Measure {
    /// Dossier B13, lettered.
    pub id: &'static str,
    /// In plain English.
    pub label: &'static str,
    /// Unrounded; ratios are 0 to 1. A mark where there is no number.
    pub value: Figure,
    /// How many of the kind counted.
    pub numerator: Option<u64>,
    /// Of how many; `null` for a plain count.
    pub denominator: Option<u64>,
    /// For how many it cannot be told.
    pub unknown: u64,
    /// `children`, `ratio`, `per 1,000 nights`, …
    pub unit: &'static str,
    /// `high`, `low` or `context`.
    pub good: &'static str,
    /// What is counted, over what, without whom.
    pub definition: String,
    /// Why there is no figure.
    pub why_not: Option<String>,
}

/// The children by one field.
#[derive(Debug, Serialize)]
pub struct Breakdown {
    /// The field.
    pub by: &'static str,
    /// In plain English.
    pub label: &'static str,
    /// Every category.
    pub rows: Vec<Category>,
    /// Not recorded or not to be told.
    pub unknown: u64,
    /// The rows and the unknown.
    pub total: u64,
}

/// One category.
#[derive(Debug, Serialize)]
pub struct Category {
    /// Short name.
    pub key: String,
    /// In plain English.
    pub label: String,
    /// How many.
    pub count: u64,
}

impl From<RowCount> for Rows {
    fn from(rows: RowCount) -> Self {
        Self { read: rows.read, used: rows.used, repaired: rows.repaired, cut: rows.cut, set_aside: rows.set_aside }
    }
}

impl From<&Measured> for Measure {
    fn from(measured: &Measured) -> Self {
        Self {
            id: measured.id,
            label: measured.label,
            value: measured.value.0.into(),
            numerator: measured.numerator,
            denominator: measured.denominator,
            unknown: measured.unknown,
            unit: measured.unit.word(),
            good: measured.direction.word(),
            definition: measured.definition.clone().into_owned(),
            why_not: measured.why_not.clone(),
        }
    }
}

impl From<&profile::Breakdown> for Breakdown {
    fn from(breakdown: &profile::Breakdown) -> Self {
        let category = |row: &profile::Row| Category { key: row.key.to_string(), label: row.label.to_string(), count: row.count };
        Self {
            by: breakdown.by,
            label: breakdown.label,
            rows: breakdown.rows.iter().map(category).collect(),
            unknown: breakdown.unknown,
            total: breakdown.total,
        }
    }
}

impl Measures {
    /// The cohort beside the rows that it rests on.
    pub fn new(cohort: &Cohort, rows: RowCount) -> Self {
        Self {
            on: cohort.on.to_string(),
            from: cohort.range.from.to_string(),
            to: cohort.range.to.to_string(),
            authority: cohort.authority.clone(),
            rows: rows.into(),
            measures: cohort.measures.iter().map(Measure::from).collect(),
            breakdowns: cohort.breakdowns.iter().map(Breakdown::from).collect(),
            warnings: cohort.warnings.clone(),
        }
    }
}
