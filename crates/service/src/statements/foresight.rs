//! Numbers ahead as figures of a statement: each says what it is, from what, and with what chance it was drawn.

use analysis::publish::Rule;
use domain::number::chance_in_words;
use domain::{Day, Value};
use report::block::{Cell, Kind as NumberKind, Why};
use report::chart::Unit;

use super::ahead::{Expected, Need, Source};
use super::bench::own_source;
use super::draft::{Draft, Figure};
use super::material::Material;

/// A number that sums up futures.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Middle,
    Low80,
    High80,
    Low95,
    High95,
    Mean,
}

impl Part {
    /// The middle with the two bands, from and to, as tables show them.
    pub(super) const BANDS: [Self; 5] = [Self::Middle, Self::Low80, Self::High80, Self::Low95, Self::High95];

    pub(super) const fn of(self, spread: &crate::forecasts::Spread) -> f64 {
        match self {
            Self::Middle => spread.median,
            Self::Low80 => spread.eighty.0,
            Self::High80 => spread.eighty.1,
            Self::Low95 => spread.ninety_five.0,
            Self::High95 => spread.ninety_five.1,
            Self::Mean => spread.mean,
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Middle => "middle",
            Self::Low80 => "lo80",
            Self::High80 => "hi80",
            Self::Low95 => "lo95",
            Self::High95 => "hi95",
            Self::Mean => "mean",
        }
    }

    const fn definition(self) -> &'static str {
        match self {
            Self::Middle => "As many futures lie below as above.",
            Self::Low80 => "One future in ten lies below.",
            Self::High80 => "One future in ten lies above.",
            Self::Low95 => "One future in forty lies below.",
            Self::High95 => "One future in forty lies above.",
            Self::Mean => "The mean of all futures.",
        }
    }
}

/// A number of futures on its way into the text.
pub(super) fn figure(id: &str, part: Part, value: Value, why: &Why) -> Figure {
    let definition = format!("{} {}", why.definition, part.definition());
    Figure {
        id: format!("forecast.{id}.{}", part.id()),
        value,
        unit: Unit::count(),
        kind: NumberKind::Forecast,
        why: Why { definition, ..why.clone() },
    }
}

/// A number of children as it may be printed: as it is shown, whole.
pub(super) fn publishable(children: f64) -> Value {
    Rule::default().number(children.round().max(0.0) as u64)
}

/// A chance in percent.
pub(super) fn chance(id: &str, chance: Option<f64>, definition: &str, why: &Why) -> Figure {
    Figure {
        id: format!("forecast.{id}.chance"),
        value: chance.map_or(Value::Suppressed, |chance| Value::Known(chance * 100.0)),
        unit: Unit::percent(0),
        kind: NumberKind::Forecast,
        why: Why { definition: definition.to_owned(), ..why.clone() },
    }
}

/// A cell with a chance.
pub(super) fn chance_cell(draft: &mut Draft<'_, '_>, figure: &Figure) -> Cell {
    let mut cell = draft.cell(figure);
    if let Some(percent) = figure.known() {
        cell.shown = chance_in_words(percent / 100.0);
    }
    cell
}

/// What all numbers of the forecast share.
pub(super) fn why(material: &Material<'_>, need: &Need, name: &str, line: &Expected) -> Why {
    let how = match line.source {
        Source::Own => "Placewell’s microsimulation of each child",
        Source::Blend => "Placewell’s microsimulation pooled with simple forecasts by weights that were best on these returns’ own past",
    };
    Why {
        name: name.to_owned(),
        definition: format!(
            "Children looked after on {} (short breaks left out), expected from what was known on {}: {how}.",
            line.date.long(),
            need.on.long()
        ),
        rows: drawn(need),
        ..rests_on(material, need)
    }
}

/// Where numbers ahead come from.
pub(super) fn rests_on(material: &Material<'_>, need: &Need) -> Why {
    let own = own_source(material);
    Why { source: format!("Placewell, from the {}", own.source), snapshot: format!("SHA-256 of the returns {}", need.sha256), ..own }
}

/// `1,000 futures, seed 1`.
pub(super) fn drawn(need: &Need) -> String {
    format!("{} futures, seed {}", Unit::count().show(need.paths as f64), need.seed)
}

/// `fostering.2027-03-31`.
pub(super) fn id(group: &str, date: Day) -> String {
    format!("{}.{date}", group.to_lowercase())
}
