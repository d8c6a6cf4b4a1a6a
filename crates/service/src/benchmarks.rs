//! An authority's published figures beside its statistical neighbours, region and England (dossier A042-A050).

use std::collections::BTreeMap;

use domain::Value;
use domain::number::percent_change;
use reference::{AreaId, authority, neighbour};

use crate::indicators::{self, Indicator};
use crate::{App, Error};

/// Whom to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Neighbours {
    /// The ten of the Department's model.
    All,
    /// The nearest so many of them (A045: the nearest three are not the ten).
    Nearest(usize),
    /// These authorities, chosen by name.
    Chosen(Vec<AreaId>),
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// The authority.
    pub area: AreaId,
    /// A measure's id.
    pub measure: String,
    /// First year: the year in which the period ends.
    pub from: u32,
    /// Last year.
    pub to: u32,
    /// Whom to compare with.
    pub neighbours: Neighbours,
}

/// Who a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The authority itself, or one neighbour.
    Authority,
    /// The unweighted mean of the neighbours.
    StatisticalNeighbours,
    /// The region it lies in.
    Region,
    /// England.
    Nation,
}

/// The unit of a change. Percent of a percentage would be read as points, so the two are never mixed (dossier F11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeUnit {
    /// Growth, for counts, rates and money.
    Percent,
    /// Difference, for figures that are percentages already.
    PercentagePoints,
}

/// One line of the comparison.
#[derive(Clone, Debug)]
pub struct Row {
    /// Name of the area; `Statistical neighbours` for their mean.
    pub area: String,
    /// The area's number; none for a mean.
    pub id: Option<AreaId>,
    /// Who it is about.
    pub kind: Kind,
    /// How many authorities stand behind the value of each year: 1, or the neighbours that have a figure.
    pub behind: BTreeMap<u32, usize>,
    /// The figures, unrounded, for every year from first to last.
    pub values: BTreeMap<u32, Value>,
    /// From the year before the last to the last; none where either has no number.
    pub change_on_year: Option<f64>,
    /// From the first year to the last: as many points as years, one interval fewer (dossier A-check).
    pub change_over_period: Option<f64>,
}

/// The comparison.
#[derive(Clone, Debug)]
pub struct Comparison<'p> {
    /// The measure compared.
    pub indicator: Indicator<'p>,
    /// Unit of the changes.
    pub change_unit: ChangeUnit,
    /// First and last year.
    pub years: (u32, u32),
    /// The authority, its neighbours' mean, its region, England.
    pub rows: Vec<Row>,
    /// The neighbours one by one, in the order asked for.
    pub members: Vec<Row>,
}

impl Comparison<'_> {
    /// The release that the figures are from; where years come from several, each with its years (dossier F20): `2016 to 2025: as
    /// updated 2025-11-01; 2026: released 2026-11`.
    pub fn vintage(&self) -> String {
        let (from, to) = self.years;
        let by_year: Vec<(u32, String)> = (from..=to).map(|year| (year, self.indicator.source(year).vintage)).collect();
        let runs: Vec<&[(u32, String)]> = by_year.chunk_by(|one, next| one.1 == next.1).collect();
        match runs.as_slice() {
            [] => String::new(),
            [only] => only[0].1.clone(),
            several => several.iter().map(|run| vintage_of_run(run)).collect::<Vec<_>>().join("; "),
        }
    }
}

fn vintage_of_run(run: &[(u32, String)]) -> String {
    match run {
        [] => String::new(),
        [(year, vintage)] => format!("{year}: {vintage}"),
        [(first, vintage), .., (last, _)] => format!("{first} to {last}: {vintage}"),
    }
}

/// Compares. Arithmetic is on stored values; rounding is for whoever shows it.
///
/// # Errors
/// `NotFound` for a measure that does not exist, with the nearest ids; `Unusable` where the years are the wrong way round, the
/// measure has no year between them, or there is no neighbour to compare with.
pub fn compare<'a>(app: &'a App, request: &Request) -> Result<Comparison<'a>, Error> {
    let indicator = indicators::indicator(app.published(), &request.measure)?;
    let (from, to) = (request.from, request.to);
    if from > to {
        return Err(Error::Unusable(format!("The first year, {from}, comes after the last, {to}.")));
    }
    let (first_held, last_held) = indicator.years().unwrap_or_default();
    if to < first_held || from > last_held {
        return Err(Error::Unusable(format!(
            "“{}” is held for {first_held} to {last_held}, so there is nothing from {from} to {to}.",
            indicator.title()
        )));
    }
    let own = authority::by_id(request.area).ok_or_else(|| Error::Unusable(format!("Area {} is not an authority.", request.area)))?;
    let neighbours = neighbours_of(request.area, &request.neighbours)?;
    let change_unit = if indicator.is_percentage() { ChangeUnit::PercentagePoints } else { ChangeUnit::Percent };
    let row = |area: AreaId, kind: Kind| {
        let values: BTreeMap<u32, Value> = (from..=to).map(|year| (year, indicator.value(area, year))).collect();
        let behind = values.keys().map(|&year| (year, 1)).collect();
        finish(authority::name(area).unwrap_or_default().to_owned(), Some(area), kind, behind, values, change_unit)
    };
    let members: Vec<Row> = neighbours.iter().map(|&area| row(area, Kind::Authority)).collect();
    let rows = vec![
        row(own.id, Kind::Authority),
        mean(&members, from, to, change_unit),
        row(own.region, Kind::Region),
        row(AreaId::ENGLAND, Kind::Nation),
    ];
    Ok(Comparison { indicator, change_unit, years: (from, to), rows, members })
}

fn neighbours_of(area: AreaId, wanted: &Neighbours) -> Result<Vec<AreaId>, Error> {
    let ten = || neighbour::statistical(area).iter().map(|neighbour| neighbour.area);
    let chosen: Vec<AreaId> = match wanted {
        Neighbours::All => ten().collect(),
        Neighbours::Nearest(n) if *n > ten().count() => {
            let (name, held) = (authority::name(area).unwrap_or_default(), ten().count());
            return Err(Error::Unusable(format!("{name} has {held} statistical neighbours, so the nearest {n} cannot be compared.")));
        }
        Neighbours::Nearest(n) => ten().take(*n).collect(),
        Neighbours::Chosen(areas) => areas.iter().copied().filter(|&other| other != area).collect(),
    };
    if chosen.is_empty() {
        return Err(Error::Unusable("There is no neighbour to compare with: name at least one other authority.".to_owned()));
    }
    Ok(chosen)
}

/// The unweighted mean of the members that have a figure in the year; no figure where none has.
pub(crate) fn mean(members: &[Row], from: u32, to: u32, change_unit: ChangeUnit) -> Row {
    let mut values = BTreeMap::new();
    let mut behind = BTreeMap::new();
    for year in from..=to {
        let known: Vec<f64> = members.iter().filter_map(|member| member.values[&year].known()).collect();
        behind.insert(year, known.len());
        let mean = if known.is_empty() { Value::NotAvailable } else { Value::Known(known.iter().sum::<f64>() / known.len() as f64) };
        values.insert(year, mean);
    }
    finish("Statistical neighbours".to_owned(), None, Kind::StatisticalNeighbours, behind, values, change_unit)
}

/// A row with its changes: the one place where they are worked out.
pub(crate) fn finish(
    area: String,
    id: Option<AreaId>,
    kind: Kind,
    behind: BTreeMap<u32, usize>,
    values: BTreeMap<u32, Value>,
    unit: ChangeUnit,
) -> Row {
    let years: Vec<u32> = values.keys().copied().collect();
    let change = |from: Option<&u32>, to: Option<&u32>| {
        let (from, to) = (from?, to?);
        let (before, after) = (values[from].known()?, values[to].known()?);
        match unit {
            _ if from == to => None,
            ChangeUnit::Percent => percent_change(before, after),
            ChangeUnit::PercentagePoints => Some(after - before),
        }
    };
    let before_last = years.len().checked_sub(2).map(|at| &years[at]);
    let change_on_year = change(before_last, years.last());
    let change_over_period = change(years.first(), years.last());
    Row { area, id, kind, behind, values, change_on_year, change_over_period }
}
