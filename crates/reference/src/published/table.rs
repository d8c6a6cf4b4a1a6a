//! A published table in memory: figures by series, area and year.

use std::collections::HashMap;

use domain::Value;

use super::figure::Figure;
use super::schema::Schema;
use crate::AreaId;

/// Figures by area and year, in series named by a group and a category, with the release that each came in.
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) schema: &'static Schema,
    /// Sorted.
    pub(crate) areas: Vec<AreaId>,
    /// Sorted.
    pub(crate) years: Vec<u32>,
    pub(crate) series: Vec<Series>,
    /// One for each series, area and year, in that order of nesting.
    pub(crate) values: Vec<Figure>,
    /// As `values`; empty for a table without percentages.
    pub(crate) percents: Vec<Figure>,
    /// Vintages of the releases laid over each other, the embedded one first.
    pub(crate) vintages: Vec<String>,
    /// Which release each series and year is from.
    pub(crate) vintage_of: Vec<u16>,
    pub(crate) position: HashMap<(String, String), usize>,
}

/// One series of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    pub(crate) group: String,
    pub(crate) category: String,
}

impl Table {
    /// An empty table: no series, area or year.
    pub(crate) fn empty(schema: &'static Schema, vintage: &str) -> Self {
        Self {
            schema,
            areas: Vec::new(),
            years: Vec::new(),
            series: Vec::new(),
            values: Vec::new(),
            percents: Vec::new(),
            vintages: vec![vintage.to_owned()],
            vintage_of: Vec::new(),
            position: HashMap::new(),
        }
    }

    /// A table of absent figures with room for these series, areas and years (sorted, without repeats).
    pub(crate) fn blank(schema: &'static Schema, vintage: &str, series: Vec<Series>, areas: Vec<AreaId>, years: Vec<u32>) -> Self {
        let cells = series.len() * areas.len() * years.len();
        Self {
            schema,
            values: vec![Figure::ABSENT; cells],
            percents: vec![Figure::ABSENT; if schema.percent { cells } else { 0 }],
            vintages: vec![vintage.to_owned()],
            vintage_of: vec![0; series.len() * years.len()],
            position: series.iter().enumerate().map(|(at, one)| ((one.group.clone(), one.category.clone()), at)).collect(),
            areas,
            years,
            series,
        }
    }

    /// The table's name: `cla_31_march`.
    pub fn name(&self) -> &'static str {
        self.schema.name
    }

    /// The areas it has rows for, by number.
    pub fn areas(&self) -> &[AreaId] {
        &self.areas
    }

    /// The years it has rows for, ascending. `year_end` in most tables, mid-year in the population.
    pub fn years(&self) -> &[u32] {
        &self.years
    }

    /// Its series as (group, category), in the order of the file; [`super::categories`] has them in reading order.
    pub fn series(&self) -> impl Iterator<Item = (&str, &str)> {
        self.series.iter().map(|one| (one.group.as_str(), one.category.as_str()))
    }

    /// How many figures and marks it holds (a number and its percentage are one).
    pub fn len(&self) -> usize {
        self.values.iter().filter(|&&figure| figure != Figure::ABSENT).count()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both hold the same figures and marks for the same series, areas and years.
    pub fn has_the_figures_of(&self, other: &Self) -> bool {
        let values = |figures: &[Figure]| figures.iter().map(|figure| figure.value()).collect::<Vec<_>>();
        (&self.series, &self.areas, &self.years) == (&other.series, &other.areas, &other.years)
            && values(&self.values) == values(&other.values)
            && values(&self.percents) == values(&other.percents)
    }

    /// The published figure or mark; [`Value::NotAvailable`] where nothing was published for this area and year.
    pub fn value(&self, area: AreaId, year: u32, group: &str, category: &str) -> Value {
        self.published_value(area, year, group, category).unwrap_or(Value::NotAvailable)
    }

    /// The published figure or mark; nothing where there is no row, so that "never published" and a mark can be told apart.
    pub fn published_value(&self, area: AreaId, year: u32, group: &str, category: &str) -> Option<Value> {
        let series = self.find(group, category)?;
        self.values[self.cell(series, area, year)?].value()
    }

    /// The published percentage of the group's total (whole numbers, so they need not add to 100); [`Value::NotAvailable`] where none was.
    pub fn percent(&self, area: AreaId, year: u32, group: &str, category: &str) -> Value {
        let percent = || {
            let series = self.find(group, category)?;
            self.percents.get(self.cell(series, area, year)?)?.value()
        };
        percent().unwrap_or(Value::NotAvailable)
    }

    /// The years in which an area has a figure or mark in this series, with it, ascending.
    pub fn by_year(&self, area: AreaId, group: &str, category: &str) -> Vec<(u32, Value)> {
        self.years.iter().filter_map(|&year| Some((year, self.published_value(area, year, group, category)?))).collect()
    }

    /// The vintage of the release that a series' figures of a year are from.
    pub fn vintage(&self, group: &str, category: &str, year: u32) -> &str {
        let release = || {
            let at = self.find(group, category)? * self.years.len() + self.years.binary_search(&year).ok()?;
            self.vintages.get(usize::from(*self.vintage_of.get(at)?))
        };
        release().or_else(|| self.vintages.last()).map_or("", String::as_str)
    }

    /// The vintages of all releases in the table, the embedded one first.
    pub fn vintages(&self) -> &[String] {
        &self.vintages
    }

    pub(crate) fn find(&self, group: &str, category: &str) -> Option<usize> {
        self.position.get(&(group.to_owned(), category.to_owned())).copied()
    }

    /// Where the figure of a series for an area and year is held.
    pub(crate) fn cell(&self, series: usize, area: AreaId, year: u32) -> Option<usize> {
        let area = self.areas.binary_search(&area).ok()?;
        let year = self.years.binary_search(&year).ok()?;
        Some((series * self.areas.len() + area) * self.years.len() + year)
    }

    /// Lays a newer release over this one. Publishers revise whole years of a series together, so for each series and year that the newer
    /// release has any row for, its rows stand alone, areas it leaves out included; all else stays as it was (dossier F20).
    #[must_use]
    pub fn overlaid_with(&self, newer: &Self) -> Self {
        let union = |older: &[u32], newer: &[u32]| {
            let mut all = [older, newer].concat();
            all.sort_unstable();
            all.dedup();
            all
        };
        let numbers = |areas: &[AreaId]| areas.iter().map(|area| u32::from(area.0)).collect::<Vec<_>>();
        let areas = union(&numbers(&self.areas), &numbers(&newer.areas)).into_iter().map(|number| AreaId(number as u16)).collect();
        let mut series = self.series.clone();
        for one in &newer.series {
            if self.find(&one.group, &one.category).is_none() {
                series.push(one.clone());
            }
        }
        let mut laid = Self::blank(self.schema, "", series, areas, union(&self.years, &newer.years));
        laid.vintages.clone_from(&self.vintages);
        laid.copy_from(self, 0);
        laid.vintages.push(newer.vintages.join(", "));
        laid.copy_from(newer, laid.vintages.len() as u16 - 1);
        laid
    }

    /// Copies every series and year that `other` has any row for; for the table laid first, release numbers stay its own.
    fn copy_from(&mut self, other: &Self, release: u16) {
        for (from, one) in other.series.iter().enumerate() {
            let Some(to) = self.find(&one.group, &one.category) else { continue };
            for (at, &year) in other.years.iter().enumerate() {
                let held = |area: &AreaId| other.cell(from, *area, year).filter(|&cell| other.values[cell] != Figure::ABSENT);
                if !other.areas.iter().any(|area| held(area).is_some()) {
                    continue;
                }
                for area in self.areas.clone() {
                    let Some(target) = self.cell(to, area, year) else { continue };
                    let source = other.cell(from, area, year);
                    let figure = |figures: &[Figure]| source.and_then(|cell| figures.get(cell)).copied().unwrap_or(Figure::ABSENT);
                    self.values[target] = figure(&other.values);
                    if let Some(percent) = self.percents.get_mut(target) {
                        *percent = figure(&other.percents);
                    }
                }
                let Ok(year_at) = self.years.binary_search(&year) else { continue };
                self.vintage_of[to * self.years.len() + year_at] =
                    if release == 0 { other.vintage_of[from * other.years.len() + at] } else { release };
            }
        }
    }
}
