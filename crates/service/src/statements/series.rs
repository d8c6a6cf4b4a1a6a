//! One figure over years and areas: what it is called, how it is counted, where it comes from, and the authority's own count of it.

use analysis::field::Field;
use domain::Value;
use reference::AreaId;
use reference::published::{Source, category};
use report::chart::Unit;

use super::material::Material;
use super::own::published_group;
use crate::benchmarks::ChangeUnit;
use crate::indicators;

/// A figure that areas have, year by year.
pub(super) struct Series<'a> {
    /// Start of the ids of its figures: `children-looked-after`.
    pub key: String,
    pub title: String,
    pub definition: String,
    /// How an area's figure is written.
    pub unit: Unit,
    /// How a mean of areas is written: counts and whole percentages alike get no more places than they carry.
    pub mean_unit: Unit,
    pub change: ChangeUnit,
    /// How a year is written.
    pub year_label: Box<dyn Fn(u32) -> String + 'a>,
    pub value: Box<dyn Fn(AreaId, u32) -> Value + 'a>,
    pub source: Box<dyn Fn(u32) -> Option<Source> + 'a>,
    /// Data set that it stands in.
    pub table: &'static str,
    own: OwnCount,
    /// Years published for anyone.
    pub held: Option<(u32, u32)>,
}

/// How the returns count the same thing.
#[derive(Clone, Copy, Debug)]
enum OwnCount {
    /// They do not.
    None,
    /// A measure card, and what its value is multiplied by to be written as published.
    Card(&'static str, f64),
    /// Children of the date in a category.
    Stock(Field, &'static str),
    /// Their share of all children, in percent.
    StockShare(Field, &'static str),
    /// Starters or leavers in a category.
    Flow(&'static str, &'static str),
    /// Their share, in percent.
    FlowShare(&'static str, &'static str),
}

/// The measure card that counts as a published measure does.
fn card_of(measure: &str) -> OwnCount {
    match measure {
        "children-looked-after" => OwnCount::Card("M01a", 1.0),
        "children-looked-after-rate" => OwnCount::Card("M01b", 1.0),
        "started" => OwnCount::Card("M02a", 1.0),
        "ceased" => OwnCount::Card("M02b", 1.0),
        "lac_start_rate" => OwnCount::Card("M02c", 1.0),
        "lac_cease_rate" => OwnCount::Card("M02d", 1.0),
        "three-or-more-placements" => OwnCount::Card("M03", 100.0),
        "long-term-stability" => OwnCount::Card("M04", 100.0),
        _ => OwnCount::None,
    }
}

fn flow_of(table: &str, group: &str) -> Option<&'static str> {
    match (table, group) {
        ("cla_started", "age") => Some("starters_by_age_band"),
        ("cla_started", "sex") => Some("starters_by_sex"),
        ("cla_started", "need") => Some("starters_by_need"),
        ("cla_started", "legal") => Some("starters_by_legal_status"),
        ("cla_started", "uasc") => Some("starters_by_uasc"),
        ("cla_ceased", "age") => Some("leavers_by_age"),
        ("cla_ceased", "sex") => Some("leavers_by_sex"),
        ("cla_ceased", "reason") => Some("leavers_by_reason"),
        ("cla_ceased", "uasc") => Some("leavers_by_uasc"),
        _ => None,
    }
}

fn field_of(table: &str, group: &str) -> Option<Field> {
    let of_group = |field: &Field| published_group(*field).is_some_and(|(known, _)| known == group);
    Field::ALL.into_iter().find(|field| table == "cla_31_march" && of_group(field))
}

impl<'a> Series<'a> {
    /// A measure of the Department's tool, by any of its names; nothing where there is no such measure.
    pub(super) fn measure(material: &Material<'a>, id: &str) -> Option<Self> {
        let published = material.app.published();
        let indicator = indicators::indicator(published, id).ok()?;
        let decimals = published.measure(id).and_then(|measure| measure.definition.decimals).map_or(0, u32::from);
        let percentage = indicator.is_percentage();
        let (unit, more) = match indicator.unit() {
            _ if percentage => (Unit::percent(decimals), 1),
            "pounds a week" | "pounds" => (Unit::pounds(0), 0),
            "per 10,000 children" => (Unit { places: decimals, ..Unit::count() }, 1),
            counted if counted == "children" || counted.starts_with("Number") || counted.starts_with("number") => (Unit::count(), 0),
            _ => (Unit { places: decimals, ..Unit::count() }, 1),
        };
        Some(Self {
            key: indicator.id().to_owned(),
            title: indicator.title().to_owned(),
            definition: indicator.definition().to_owned(),
            mean_unit: Unit { places: unit.places.max(more), ..unit.clone() },
            unit,
            change: if percentage { ChangeUnit::PercentagePoints } else { ChangeUnit::Percent },
            // The tool marks outturn years; here every year of spend is one.
            year_label: Box::new(move |year| indicator.year_label(year).replace(" (OT)", "")),
            value: Box::new(move |area, year| indicator.value(area, year)),
            source: Box::new(move |year| Some(indicator.source(year))),
            table: "measures",
            own: card_of(indicator.id()),
            held: indicator.years(),
        })
    }

    /// How many children are in a category of a published table.
    pub(super) fn count(material: &Material<'a>, table: &'static str, group: &'static str, id: &'static str) -> Option<Self> {
        let of = category(table, group, id)?;
        let published = material.app.published();
        let figures = published.table(table)?;
        let own = match (field_of(table, group), flow_of(table, group)) {
            (Some(field), _) => OwnCount::Stock(field, own_key(id)),
            (_, Some(by)) => OwnCount::Flow(by, own_key(id)),
            _ => OwnCount::None,
        };
        Some(Self {
            key: format!("{table}.{group}.{id}"),
            title: format!("{}: {}", of.group_label, plain_label(of.label)),
            definition: format!("Published number in the category “{}” of “{}”, table {table}.", of.label, of.group_label),
            unit: Unit::count(),
            mean_unit: Unit::count(),
            change: ChangeUnit::Percent,
            year_label: Box::new(|year| year.to_string()),
            value: Box::new(move |area, year| figures.value(area, year, group, id)),
            source: Box::new(move |year| published.source(table, group, id, year)),
            table,
            own,
            held: Some((*figures.years().first()?, *figures.years().last()?)),
        })
    }

    /// Which share of a group's total is in a category, in percent: from the counts where both are published, else the percentage as printed.
    pub(super) fn share(material: &Material<'a>, table: &'static str, group: &'static str, id: &'static str) -> Option<Self> {
        let of = category(table, group, id)?;
        let published = material.app.published();
        let figures = published.table(table)?;
        let mut series = Self::count(material, table, group, id)?;
        series.own = match series.own {
            OwnCount::Stock(field, key) => OwnCount::StockShare(field, key),
            OwnCount::Flow(by, key) => OwnCount::FlowShare(by, key),
            other => other,
        };
        series.key = format!("{table}.{group}.{id}.share");
        series.definition = format!(
            "Published number in the category “{}” of “{}” over the group's published total, table {table}; where the number is marked, its mark.",
            of.label, of.group_label
        );
        series.unit = Unit::percent(0);
        series.mean_unit = Unit::percent(0);
        series.change = ChangeUnit::PercentagePoints;
        series.value = Box::new(move |area, year| percent(figures.value(area, year, group, id), figures.value(area, year, group, "total")));
        Some(series)
    }

    /// Residents aged 0 to 17 at mid-year. The year is that of the estimate.
    pub(super) fn population(material: &Material<'a>) -> Self {
        let published = material.app.published();
        Self {
            key: "population-0-17".to_owned(),
            title: "Residents aged 0 to 17 at mid-year".to_owned(),
            definition: "Residents aged 0 to 17 at mid-year. Rates for the year ending 31 March use the mid-year before it.".to_owned(),
            unit: Unit::count(),
            mean_unit: Unit::count(),
            change: ChangeUnit::Percent,
            year_label: Box::new(|year| format!("mid-{year}")),
            value: Box::new(move |area, year| published.population_0_17(area, year)),
            source: Box::new(move |year| published.source("population_0_17", "", "", year)),
            table: "population_0_17",
            own: OwnCount::None,
            held: published.table("population_0_17").and_then(|table| Some((*table.years().first()?, *table.years().last()?))),
        }
    }

    /// The authority's own count of a year, from its returns.
    pub(super) fn own(&self, material: &Material<'_>, year: u32) -> Option<Value> {
        let moment = material.own()?.year(year)?;
        match self.own {
            OwnCount::None => None,
            OwnCount::Card(id, factor) => moment.card(id).map(|card| match card.value {
                Value::Known(value) => Value::Known(value * factor),
                mark => mark,
            }),
            OwnCount::Stock(field, key) => stock(moment.stock(field)?, key),
            OwnCount::StockShare(field, key) => Some(percent(stock(moment.stock(field)?, key)?, moment.total)),
            OwnCount::Flow(by, key) => stock(moment.flow(by)?, key),
            OwnCount::FlowShare(by, key) => {
                let flow = moment.flow(by)?;
                Some(percent(stock(flow, key)?, flow.total))
            }
        }
    }
}

/// The returns' word for the Department's unknown.
fn own_key(id: &'static str) -> &'static str {
    if id == "not_reported" { "unknown" } else { id }
}

fn stock(counts: &super::own::Counts, key: &str) -> Option<Value> {
    if key == "unknown" { Some(counts.unknown) } else { counts.value(key) }
}

/// A part of a whole in percent; a mark stays the mark it is, and a part of nobody makes no sense.
pub(super) fn percent(part: Value, whole: Value) -> Value {
    match (part, whole) {
        (Value::Known(_), Value::Known(0.0)) => Value::NotApplicable,
        (Value::Known(part), Value::Known(whole)) => Value::Known(part / whole * 100.0),
        (Value::Known(_), mark) | (mark, _) => mark,
    }
}

/// A published label as people read it: without the numbers that order it.
pub(super) fn plain_label(label: &str) -> String {
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let label = if rest.len() < label.len() && rest.starts_with(". ") { &rest[2..] } else { label };
    label
        .replace("S20 CA 1989", "section 20")
        .replace("under S20", "under section 20")
        .replace("the LA boundary", "the authority's boundary")
        .replace("local authority boundary", "authority's boundary")
        .replace("Other LA provision", "Another authority's provision")
        .replace("(by the LA)", "(by the authority)")
        .replace("(e.g. by a PCT etc)", "(for example by a health body)")
        .replace("by a PCT", "by a health body")
        .replace("in LA accommodation", "in the authority's accommodation")
        .replace("LA accommodation", "authority accommodation")
        .replace("Non-UASC", "Other children")
        .replace("UASC", "Unaccompanied asylum-seeking children")
        .replace("local authority", "authority")
        .replace(" LA ", " authority ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_mark_is_that_mark() {
        assert_eq!(percent(Value::Known(1.0), Value::Known(4.0)), Value::Known(25.0));
        assert_eq!(percent(Value::Suppressed, Value::Known(4.0)), Value::Suppressed);
        assert_eq!(percent(Value::Known(0.0), Value::Known(0.0)), Value::NotApplicable);
        assert_eq!(percent(Value::Known(1.0), Value::NotAvailable), Value::NotAvailable);
    }

    #[test]
    fn labels_lose_what_orders_them() {
        assert_eq!(
            plain_label("3. Placed inside the LA boundary, more than 20 miles from home"),
            "Placed inside the authority's boundary, more than 20 miles from home"
        );
        assert_eq!(plain_label("10 to 15 years"), "10 to 15 years");
        assert_eq!(plain_label("Non-UASC"), "Other children");
    }
}
