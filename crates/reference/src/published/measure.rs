//! The measures of the Department's Local Authority Interactive Tool, and the ten that benchmark reports use.

use std::sync::OnceLock;

use domain::Value;

use super::Published;
use super::source::{Source, data_set};
use super::table::Table;
use crate::AreaId;
use crate::embedded::deflated_rows;

/// What a measure means.
#[derive(Debug)]
pub struct Definition {
    /// The tool's short name in lower case: `lacnum`.
    pub id: &'static str,
    /// Name in the command-line contract, for the ten that benchmark reports use: `children-looked-after`.
    pub benchmark_id: Option<&'static str>,
    /// Subject: `cla`, `adoption`, `care_leavers`, `cin`, `cp`, `finance`, `workforce`.
    pub topic: &'static str,
    /// Title as published.
    pub title: &'static str,
    /// Unit as published: `Rate per 10,000`, `% Children Looked After`.
    pub unit: &'static str,
    /// Decimal places it is shown with, where the publisher says so.
    pub decimals: Option<u8>,
    /// Which way is better, where the publisher says so.
    pub good: Option<Direction>,
    /// What a year is: `Financial Year`, `Academic Year`, `Annual (end of Sept)`.
    pub year_type: &'static str,
    /// How a year is written.
    year_label: YearLabel,
    /// What it counts, in the publisher's words.
    pub description: &'static str,
    /// How, in the publisher's words; may be empty.
    pub methodology: &'static str,
    publisher: &'static str,
    /// When the publisher last updated it, in the embedded release.
    last_update: &'static str,
    source_page: &'static str,
}

/// Which way a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    High,
    /// Less is better.
    Low,
}

/// How the tool writes a measure's years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum YearLabel {
    /// `2025`
    Year,
    /// `2024-25`
    Span,
    /// `2024-25 (OT)`: outturn.
    Outturn,
}

/// A measure with its figures.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'p> {
    /// What it means.
    pub definition: &'static Definition,
    table: &'p Table,
}

impl std::ops::Deref for Measure<'_> {
    type Target = Definition;
    fn deref(&self) -> &Definition {
        self.definition
    }
}

impl Measure<'_> {
    /// The published figure or mark for the year that ends in `year`; [`Value::NotAvailable`] where nothing was published.
    pub fn value(&self, area: AreaId, year: u32) -> Value {
        self.table.value(area, year, self.id, "")
    }

    /// The years in which an area has a figure or mark, with it, ascending.
    pub fn series(&self, area: AreaId) -> Vec<(u32, Value)> {
        self.table.by_year(area, self.id, "")
    }

    /// The years for which it was published for any area, ascending.
    pub fn years(&self) -> Vec<u32> {
        let years = self.table.years().iter().copied();
        years.filter(|&year| self.table.areas().iter().any(|&area| self.table.published_value(area, year, self.id, "").is_some())).collect()
    }

    /// Where the figures of a year come from.
    pub fn source(&self, year: u32) -> Source {
        let vintage = self.table.vintage(self.id, "", year);
        let embedded = data_set("measures");
        let is_embedded = embedded.is_some_and(|set| set.vintage == vintage);
        Source {
            publisher: full_name(self.publisher).to_owned(),
            title: format!("Local Authority Interactive Tool: {}", self.title),
            vintage: if is_embedded { format!("as updated {}", self.last_update) } else { vintage.to_owned() },
            licence: embedded.map(|set| set.source().licence).unwrap_or_default(),
            page: self.source_page.to_owned(),
        }
    }
}

impl Definition {
    /// The year as the tool writes it: `2025`, `2024-25`, `2024-25 (OT)` (outturn).
    pub fn year_label(&self, year: u32) -> String {
        let span = || format!("{}-{:02}", year - 1, year % 100);
        match self.year_label {
            YearLabel::Year => year.to_string(),
            YearLabel::Span => span(),
            YearLabel::Outturn => format!("{} (OT)", span()),
        }
    }
}

/// All measures, by id.
pub fn definitions() -> &'static [Definition] {
    static DEFINITIONS: OnceLock<Vec<Definition>> = OnceLock::new();
    DEFINITIONS.get_or_init(|| {
        deflated_rows(include_bytes!("../../data/measure_dictionary.csv.deflate"), |row| {
            Some(Definition {
                id: row.text("measure_id"),
                benchmark_id: Some(row.text("benchmark_id")).filter(|id| !id.is_empty()),
                topic: row.text("topic"),
                title: row.text("title"),
                unit: row.text("unit"),
                decimals: row.number("decimals"),
                good: match row.cell("good_direction") {
                    "high" => Some(Direction::High),
                    "low" => Some(Direction::Low),
                    _ => None,
                },
                year_type: row.text("year_type"),
                year_label: match row.cell("year_label") {
                    "span" => YearLabel::Span,
                    "outturn" => YearLabel::Outturn,
                    _ => YearLabel::Year,
                },
                description: row.text("description"),
                methodology: row.text("methodology"),
                publisher: row.text("publisher"),
                last_update: row.text("last_update"),
                source_page: row.text("source_page"),
            })
        })
    })
}

impl Published {
    /// A measure by its benchmark name (`children-looked-after`) or the tool's short name (`lacnum`, in any case).
    pub fn measure(&self, id: &str) -> Option<Measure<'_>> {
        let definition =
            definitions().iter().find(|definition| definition.benchmark_id == Some(id) || definition.id.eq_ignore_ascii_case(id))?;
        Some(Measure { definition, table: self.table("measures")? })
    }
}

fn full_name(publisher: &str) -> &str {
    match publisher {
        "DfE" | "" => "Department for Education",
        other => other,
    }
}
