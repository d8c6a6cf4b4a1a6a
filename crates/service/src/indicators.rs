//! The published measures as people compare them: the Department's, and those that follow from one by subtraction.

use domain::Value;
use reference::AreaId;
use reference::published::{Direction, Measure, Published, Source, definitions};

use crate::Error;

/// A measure that can be benchmarked.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'p> {
    of: Measure<'p>,
    complement: Option<&'static Complement>,
}

/// 100 less a published percentage, under the name of what that is.
#[derive(Debug)]
struct Complement {
    id: &'static str,
    of: &'static str,
    title: &'static str,
    definition: &'static str,
}

/// Strategies print this one as "placed within 20 miles of home", which it is not (dossier A-check X1, F1).
const COMPLEMENTS: [Complement; 1] = [Complement {
    id: "inside-area-or-within-20-miles",
    of: "outside-area-over-20-miles",
    title: "Children looked after at 31 March, placed inside the area's boundary or within 20 miles of home (%)",
    definition: "100 less the published percentage of children placed more than 20 miles from home and outside the authority's boundary. \
                 It is not the share placed within 20 miles of home: children placed farther away but inside the boundary, and those whose \
                 distance is not known, are counted in it.",
}];

/// Finds a measure by its id: one of the contract's (`children-looked-after`), any short name of the Department's tool (`lacnum`), or
/// one that Placewell derives.
///
/// # Errors
/// `NotFound` with the nearest ids, or all that the contract names where none is near.
pub fn indicator<'p>(published: &'p Published, id: &str) -> Result<Indicator<'p>, Error> {
    let complement = COMPLEMENTS.iter().find(|complement| complement.id == id);
    match published.measure(complement.map_or(id, |complement| complement.of)) {
        Some(of) => Ok(Indicator { of, complement }),
        None => Err(Error::NotFound { what: "measure", name: id.to_owned(), near: near(id) }),
    }
}

/// Every id that can be asked for, the contract's first.
pub fn ids() -> Vec<&'static str> {
    let mut first = named();
    first.extend(definitions().iter().filter(|definition| definition.benchmark_id.is_none()).map(|definition| definition.id));
    first
}

/// The ids that the contract names, by name.
fn named() -> Vec<&'static str> {
    let published = definitions().iter().filter_map(|definition| definition.benchmark_id);
    let mut named: Vec<&str> = published.chain(COMPLEMENTS.iter().map(|complement| complement.id)).collect();
    named.sort_unstable();
    named
}

fn near(id: &str) -> Vec<String> {
    let asked = id.to_lowercase();
    let mut scored: Vec<(f64, &str)> = ids().into_iter().map(|known| (strsim::jaro_winkler(&asked, known), known)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<&str> = scored.into_iter().take_while(|(likeness, _)| *likeness > 0.75).take(3).map(|(_, known)| known).collect();
    let offered = if near.is_empty() { named() } else { near };
    offered.into_iter().map(str::to_owned).collect()
}

impl Indicator<'_> {
    /// The id that the contract gives it, else the Department's short name.
    pub fn id(&self) -> &'static str {
        self.complement.map_or(self.of.definition.benchmark_id.unwrap_or(self.of.definition.id), |complement| complement.id)
    }

    /// Its title.
    pub fn title(&self) -> &'static str {
        self.complement.map_or(self.of.definition.title, |complement| complement.title)
    }

    /// Its subject: `cla`, `adoption`, `care_leavers`, `finance`, `workforce`, …
    pub fn topic(&self) -> &'static str {
        self.of.definition.topic
    }

    /// What it counts, in the publisher's words where it is published.
    pub fn definition(&self) -> &'static str {
        self.complement.map_or(self.of.definition.description, |complement| complement.definition)
    }

    /// The unit in a word or two: `children`, `percent`, `per 10,000 children`, `pounds a week`.
    pub fn unit(&self) -> &'static str {
        let published = self.of.definition.unit;
        if self.is_percentage() {
            return "percent";
        }
        match published {
            "Rate per 10,000" => "per 10,000 children",
            "Unit Cost" => "pounds a week",
            "Spend" => "pounds",
            "Number of Children Looked After" | "Number of Children" | "Number of children" | "Number with 3 or more placements" => {
                "children"
            }
            other => other,
        }
    }

    /// Whether its figures are percentages, so that their changes are in points.
    pub fn is_percentage(&self) -> bool {
        let unit = self.of.definition.unit;
        unit.starts_with('%') || matches!(unit, "Absence Rate" | "Turnover rate")
    }

    /// Which way is better, where the publisher says.
    pub fn good(&self) -> Option<Direction> {
        match (self.of.definition.good, self.complement) {
            (Some(Direction::High), Some(_)) => Some(Direction::Low),
            (Some(Direction::Low), Some(_)) => Some(Direction::High),
            (good, _) => good,
        }
    }

    /// The published figure, or what follows from it.
    pub fn value(&self, area: AreaId, year: u32) -> Value {
        match (self.of.value(area, year), self.complement) {
            (Value::Known(percent), Some(_)) => Value::Known(100.0 - percent),
            (value, _) => value,
        }
    }

    /// The first and last year published for anyone.
    pub fn years(&self) -> Option<(u32, u32)> {
        let years = self.of.years();
        Some((*years.first()?, *years.last()?))
    }

    /// How the publisher writes a year: `2025`, `2024-25`.
    pub fn year_label(&self, year: u32) -> String {
        self.of.definition.year_label(year)
    }

    /// Where the figures of a year come from.
    pub fn source(&self, year: u32) -> Source {
        self.of.source(year)
    }
}
