//! A figure of the authority beside its statistical neighbours, its region and England, always apart (dossier A042).

use std::collections::{BTreeMap, BTreeSet};

use domain::Value;
use reference::{AreaId, authority, neighbour};
use report::block::{Kind as NumberKind, Text, Why};
use report::chart::Unit;

use super::draft::{Draft, Figure};
use super::material::Material;
use super::series::Series;
use super::words;
use crate::benchmarks::{self, ChangeUnit, Kind, Row};
use crate::holdings;

/// A series with its rows.
pub(super) struct Bench<'a> {
    pub series: Series<'a>,
    pub from: u32,
    pub to: u32,
    /// The newest year that anything is published for: where the changes of all but the authority end.
    pub published_to: u32,
    /// The authority first; then, where there are any, the mean of its neighbours, its region, England.
    pub rows: Vec<Row>,
    /// The neighbours one by one.
    pub members: Vec<Row>,
    /// Years for which the authority's value is its own count.
    counted: BTreeSet<u32>,
}

impl<'a> Material<'a> {
    /// Compares. Where the authority has no published figure of a year and its returns count the same, its own count stands there.
    pub(super) fn bench(&self, series: Series<'a>, from: u32, to: u32) -> Bench<'a> {
        let mut counted = BTreeSet::new();
        let mut own_values = BTreeMap::new();
        for year in from..=to {
            let published = self.subject.map_or(Value::NotAvailable, |area| (series.value)(area, year));
            let value = match (published, series.own(self, year)) {
                (Value::NotAvailable, Some(own)) => {
                    counted.insert(year);
                    own
                }
                _ => published,
            };
            own_values.insert(year, value);
        }
        let alone = || (from..=to).map(|year| (year, 1)).collect();
        // The others' changes end with the newest published year: a later one is the authority's alone.
        let published_to = to.min(self.year).max(from);
        let with_later_years = |mut row: Row| {
            row.values.extend((published_to + 1..=to).map(|year| (year, Value::NotAvailable)));
            row
        };
        let area_row = |area: AreaId, kind: Kind| {
            let values = (from..=published_to).map(|year| (year, (series.value)(area, year))).collect();
            let name = authority::name(area).unwrap_or_default().to_owned();
            with_later_years(benchmarks::finish(name, Some(area), kind, alone(), values, series.change))
        };
        let mut rows = vec![benchmarks::finish(self.name.clone(), self.subject, Kind::Authority, alone(), own_values, series.change)];
        let members: Vec<Row> = self.neighbours.iter().map(|&area| area_row(area, Kind::Authority)).collect();
        if !members.is_empty() {
            rows.push(with_later_years(benchmarks::mean(&members, from, published_to, series.change)));
        }
        rows.extend(self.region.map(|region| area_row(region, Kind::Region)));
        rows.push(area_row(AreaId::ENGLAND, Kind::Nation));
        Bench { series, from, to, published_to, rows, members, counted }
    }
}

impl Bench<'_> {
    /// The authority alone, for figures that only sizes alike could be compared with.
    pub(super) fn alone(mut self) -> Self {
        self.rows.truncate(1);
        self
    }

    /// The authority's row.
    pub(super) fn subject(&self) -> &Row {
        &self.rows[0]
    }

    /// A row of those it is compared with.
    pub(super) fn row(&self, kind: Kind) -> Option<&Row> {
        self.rows.iter().skip(1).find(|row| row.kind == kind)
    }

    /// The newest year in which the authority has a figure or a mark of its own.
    pub(super) fn newest(&self) -> Option<u32> {
        self.subject().values.iter().rev().find(|(_, value)| **value != Value::NotAvailable).map(|(&year, _)| year)
    }

    /// The newest year, not after `year`, in which England has a figure: what others are looked at in.
    pub(super) fn newest_of_others(&self, year: u32) -> Option<u32> {
        let england = self.row(Kind::Nation)?;
        england.values.range(..=year).rev().find(|(_, value)| value.known().is_some()).map(|(&year, _)| year)
    }

    /// Whether nobody has a figure in any year.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.values.values().all(|value| *value == Value::NotAvailable))
    }

    /// How a row's values are written.
    pub(super) fn unit(&self, kind: Kind) -> &Unit {
        if kind == Kind::StatisticalNeighbours { &self.series.mean_unit } else { &self.series.unit }
    }

    /// A row's figure of a year.
    pub(super) fn figure(&self, material: &Material<'_>, row: &Row, year: u32) -> Figure {
        let value = row.values.get(&year).copied().unwrap_or(Value::NotAvailable);
        let is_subject = std::ptr::eq(row, self.subject());
        let why =
            if is_subject && self.counted.contains(&year) { own_why(material, &self.series, year) } else { self.why(material, row, year) };
        Figure {
            id: format!("{}.{}.{year}", self.series.key, who(row, is_subject)),
            value,
            unit: self.unit(row.kind).clone(),
            kind: if is_subject { NumberKind::Actual } else { NumberKind::Benchmark },
            why,
        }
    }

    /// The authority's figure of a year.
    pub(super) fn own(&self, material: &Material<'_>, year: u32) -> Figure {
        self.figure(material, self.subject(), year)
    }

    /// A row's change, over one year or from first to last.
    pub(super) fn change(&self, row: &Row, over: Over) -> Figure {
        let is_subject = std::ptr::eq(row, self.subject());
        let to = if is_subject { self.to } else { self.published_to };
        let (from, change) = match over {
            Over::Year => (to.saturating_sub(1), row.change_on_year),
            Over::Period => (self.from, row.change_over_period),
        };
        let words = match self.series.change {
            ChangeUnit::Percent => "Growth in percent of the earlier figure",
            ChangeUnit::PercentagePoints => "Difference in percentage points",
        };
        let why = Why {
            name: format!("{}: change", self.series.title),
            definition: format!("{words}, worked out from unrounded figures and rounded half up once."),
            source: "Placewell, from the figures beside it".to_owned(),
            rows: format!("{}, {} and {}", row.area, (self.series.year_label)(from), (self.series.year_label)(to)),
            ..Why::default()
        };
        Figure {
            id: format!("{}.{}.change.{from}-{to}", self.series.key, who(row, is_subject)),
            value: change.map_or_else(|| why_no_change(row, from, to), Value::Known),
            unit: self.change_unit(),
            kind: if is_subject { NumberKind::Actual } else { NumberKind::Benchmark },
            why,
        }
    }

    /// How changes are written; columns say whether in percent or in points.
    pub(super) fn change_unit(&self) -> Unit {
        match self.series.change {
            ChangeUnit::Percent => Unit::percent(1),
            ChangeUnit::PercentagePoints => Unit { places: 1, suffix: " pp".to_owned(), ..Unit::default() },
        }
    }

    fn why(&self, material: &Material<'_>, row: &Row, year: u32) -> Why {
        let source = (self.series.source)(year);
        let label = (self.series.year_label)(year);
        let value = row.values.get(&year).copied().unwrap_or(Value::NotAvailable);
        let (rows, unknown) = match row.kind {
            Kind::StatisticalNeighbours => {
                let known = |member: &&Row| member.values.get(&year).is_some_and(|value| value.known().is_some());
                let (with, without): (Vec<&Row>, Vec<&Row>) = self.members.iter().partition(known);
                let names = |rows: &[&Row]| words::list(&rows.iter().map(|row| row.area.clone()).collect::<Vec<_>>());
                let rows = format!("unweighted mean of {} of {} neighbours, {label}", with.len(), self.members.len());
                let unknown = if without.is_empty() { String::new() } else { format!("no figure: {}", names(&without)) };
                (rows, unknown)
            }
            _ => (format!("one published figure: {}, {label}", row.area), value.words().unwrap_or_default().to_owned()),
        };
        Why {
            name: self.series.title.clone(),
            definition: self.series.definition.clone(),
            source: source.as_ref().map_or_else(String::new, |source| format!("{}, {}", source.publisher, source.title)),
            vintage: source.as_ref().map_or_else(String::new, |source| crate::dated::in_words(&source.vintage)),
            licence: source.map_or_else(String::new, |source| source.licence),
            snapshot: snapshot(material, self.series.table),
            rows,
            unknown,
        }
    }

    /// What those it is compared with have: `Statistical neighbours average 9.4% (ten authorities), East Midlands has 10% and England 10%.`
    pub(super) fn standing(&self, draft: &mut Draft<'_, '_>, year: u32) -> Text {
        let Some(year_of_others) = self.newest_of_others(year) else {
            return Text::plain("There is no published figure to set beside it.");
        };
        let when = if year_of_others == year { String::new() } else { format!(" in {}", (self.series.year_label)(year_of_others)) };
        let mut parts: Vec<(String, Figure, String)> = Vec::new();
        for row in &self.rows[1..] {
            let figure = self.figure(draft.material, row, year_of_others);
            if figure.known().is_none() {
                continue;
            }
            match row.kind {
                Kind::StatisticalNeighbours => {
                    let behind = row.behind.get(&year_of_others).copied().unwrap_or(0);
                    parts.push((
                        "statistical neighbours average ".to_owned(),
                        figure,
                        format!(" (mean of {})", words::number_word(behind)),
                    ));
                }
                _ => parts.push((format!("{} has ", row.area), figure, String::new())),
            }
        }
        let last = parts.len().saturating_sub(1);
        let mut text = Text::default();
        for (at, (before, figure, after)) in parts.iter().enumerate() {
            let join = match at {
                0 => "",
                _ if at == last => " and ",
                _ => ", ",
            };
            let before = if at == 0 { words::sentence(before) } else { before.clone() };
            text = draft.say(text.and(format!("{join}{before}")), figure).and(after.clone());
        }
        text.and(format!("{when}."))
    }

    /// The finding of a trend: `Up since 2021, and above statistical neighbours and England`.
    pub(super) fn trend(&self, what: &str) -> String {
        let known: Vec<(u32, f64)> = self.subject().values.iter().filter_map(|(&year, value)| Some((year, value.known()?))).collect();
        let (Some(&(first, before)), Some(&(last, after))) = (known.first(), known.last()) else {
            return format!("{what}: no figure to show for {}", self.subject().area);
        };
        let places = self.series.unit.places;
        let label = |year| (self.series.year_label)(year);
        let moved = match words::Way::between(before, after, places) {
            _ if first == last => format!("{what} {} {}", self.series.unit.show(after), in_year(&label(last))),
            words::Way::Up => format!(
                "{what} up from {} {} to {} {}",
                self.series.unit.show(before),
                in_year(&label(first)),
                self.series.unit.show(after),
                in_year(&label(last))
            ),
            words::Way::Down => format!(
                "{what} down from {} {} to {} {}",
                self.series.unit.show(before),
                in_year(&label(first)),
                self.series.unit.show(after),
                in_year(&label(last))
            ),
            words::Way::Level => {
                format!("{what} the same {} as {}: {}", in_year(&label(last)), in_year(&label(first)), self.series.unit.show(after))
            }
        };
        let beside = self.newest_of_others(last).map(|year| {
            let of = |kind: Kind, name: &str| {
                let row = self.row(kind)?;
                let other = row.values.get(&year)?.known()?;
                Some((words::stands(after, other, self.unit(kind).places), name.to_owned()))
            };
            match (of(Kind::StatisticalNeighbours, "statistical neighbours"), of(Kind::Nation, "England")) {
                (Some((a, n)), Some((b, e))) if a == b => format!(", {a} {n} and {e}"),
                (Some((a, n)), Some((b, e))) => format!(", {a} {n} and {b} {e}"),
                (Some((a, n)), None) | (None, Some((a, n))) => format!(", {a} {n}"),
                (None, None) => String::new(),
            }
        });
        format!("{moved}{}", beside.unwrap_or_default())
    }
}

fn in_year(label: &str) -> String {
    if label.starts_with("mid-") { format!("at {label}") } else { format!("in {label}") }
}

/// Where a figure is marked its change is marked alike; growth from nought makes no sense.
fn why_no_change(row: &Row, from: u32, to: u32) -> Value {
    let marks = [to, from].map(|year| row.values.get(&year).copied().unwrap_or(Value::NotAvailable));
    let mark = marks.into_iter().find(|value| value.known().is_none());
    mark.unwrap_or(if from == to { Value::NotAvailable } else { Value::NotApplicable })
}

/// Over which time a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    Year,
    Period,
}

fn who(row: &Row, is_subject: bool) -> String {
    match (row.kind, row.id) {
        _ if is_subject && row.id.is_none() => "own".to_owned(),
        (Kind::StatisticalNeighbours, _) => "neighbours".to_owned(),
        (_, Some(area)) => area.to_string(),
        (_, None) => "own".to_owned(),
    }
}

/// Which tables stood behind the statement: the embedded release and any laid over it.
pub(super) fn snapshot(material: &Material<'_>, table: &str) -> String {
    let releases = material.app.published().table(table).map(|table| table.vintages().join("; then ")).unwrap_or_default();
    format!("table {table}: {}", crate::dated::in_words(&releases))
}

/// How the authority's own count of a series was made.
fn own_why(material: &Material<'_>, series: &Series<'_>, year: u32) -> Why {
    Why {
        name: format!("{} (own count)", series.title),
        definition: format!("Counted by Placewell from the authority's returns as the published figure is defined. {}", series.definition),
        rows: format!("own returns, year ending 31 March {year}"),
        ..own_source(material)
    }
}

/// Where an own count comes from.
pub(super) fn own_source(material: &Material<'_>) -> Why {
    let Some(own) = material.own() else { return Why::default() };
    let covers = own.holding.read.history.covers.map_or_else(String::new, |(first, last)| format!("{} to {}", first.long(), last.long()));
    Why {
        source: format!("SSDA903 return of {}", material.name),
        vintage: format!("returns for {covers}"),
        snapshot: own.holding.fingerprint().map_or(holdings::CHANGED.to_owned(), |full| format!("SHA-256 of the files {full}")),
        ..Why::default()
    }
}

/// Whom the authority is compared with, by name: told once.
pub(super) fn neighbours_named(material: &Material<'_>) -> String {
    if material.neighbours.is_empty() {
        return "No statistical neighbours are known for this authority.".to_owned();
    }
    let names: Vec<String> = material.neighbours.iter().filter_map(|&area| authority::name(area)).map(str::to_owned).collect();
    let list = if material.fictitious { "named in its profile" } else { neighbour::VINTAGE };
    format!("Statistical neighbours of {} are {} ({list}).", material.name, words::list(&names))
}

/// The sentence under tables with a mean.
pub(super) fn neighbours_note(material: &Material<'_>) -> String {
    match material.neighbours.len() {
        0 => "No statistical neighbours are known for this authority.".to_owned(),
        all => format!(
            "Statistical neighbours: unweighted mean of those of the {} named in section 1 that have a figure.",
            words::number_word(all)
        ),
    }
}
