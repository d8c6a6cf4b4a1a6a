//! How numbers are written on pages: rounded once, halves up; marks keep their words.

use domain::Value;
use domain::number::half_up;
use report::block::Cell;
use report::chart;
use service::counts::measure::{Measured, Unit};

/// `1,204`
pub(crate) fn count(number: u64) -> String {
    chart::Unit::count().show(number as f64)
}

/// `1 child`, `1,204 children`
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// `4.5%` of two counts; nothing of nothing.
pub(crate) fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { chart::Unit::percent(1).show(part as f64 / whole as f64 * 100.0) }
}

/// `45%` of a ratio.
pub(crate) fn share_of(ratio: f64) -> String {
    chart::Unit::percent(0).show(ratio * 100.0)
}

/// How a card's figures are written. Ratios are shown as percent.
pub(crate) fn unit_of(unit: Unit) -> chart::Unit {
    match unit {
        Unit::Ratio => chart::Unit::percent(1),
        Unit::Children | Unit::Incidents => chart::Unit::count(),
        Unit::PerTenThousand | Unit::PerThousandNights | Unit::Days | Unit::Score => chart::Unit { places: 1, ..chart::Unit::count() },
    }
}

/// What stands behind a card's figure where the figure alone would not say it; empty for percent and plain counts.
pub(crate) fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio | Unit::Children | Unit::Incidents => "",
        Unit::PerTenThousand | Unit::PerThousandNights | Unit::Days | Unit::Score => unit.word(),
    }
}

/// A card's figure as a reader sees it: `11.4%`, `not known`.
pub(crate) fn measured(measured: &Measured) -> String {
    card_value(measured.value.0, measured.unit)
}

/// The same for a value and its unit.
pub(crate) fn card_value(value: Value, unit: Unit) -> String {
    let factor = if unit == Unit::Ratio { 100.0 } else { 1.0 };
    match value {
        Value::Known(number) => unit_of(unit).show(number * factor),
        mark => mark.words().unwrap_or_default().to_owned(),
    }
}

/// A published value in a table: whole numbers as they are, others to one place, marks as the publisher prints them.
pub(crate) fn published(value: Value) -> Cell {
    match value {
        Value::Known(number) => Cell::number(number, plain(number)),
        mark => Cell::mark(mark.symbol().unwrap_or("x"), mark.words().unwrap_or_default()),
    }
}

/// A published number: whole as it is, else to one place.
pub(crate) fn plain(number: f64) -> String {
    chart::Unit { places: u32::from(number.fract() != 0.0), ..chart::Unit::count() }.show(number)
}

/// With a capital first letter, to begin a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A change with its sign, to one place; `–` where there is none.
pub(crate) fn change(change: Option<f64>) -> Cell {
    let Some(change) = change else { return Cell::words("–") };
    let rounded = half_up(change, 1);
    let sign = if rounded > 0.0 { "+" } else { "" };
    Cell::number(change, format!("{sign}{}", chart::Unit { places: 1, ..chart::Unit::count() }.show(rounded)))
}

/// Pence as pounds to the nearest thousand, `£12,345,000`: an expected amount is not sure to the penny.
pub(crate) fn thousands(pence: f64) -> String {
    chart::Unit::pounds(0).show(half_up(pence / 100_000.0, 0) * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!([count(1204), counted(1, "child", "children"), share(1, 8), share(0, 0)], ["1,204", "1 child", "12.5%", "–"]);
        assert_eq!(card_value(Value::Known(0.1145), Unit::Ratio), "11.5%");
        assert_eq!(card_value(Value::Unknown, Unit::Ratio), "not known");
        assert_eq!([thousands(1_234_567_800.0), thousands(-150_000.0), thousands(-49.0)], ["£12,346,000", "−£2,000", "£0"]);
        assert_eq!([capital("elm: 4 beds"), capital("")], ["Elm: 4 beds", ""]);
        assert_eq!([plain(98.0), plain(98.25)], ["98", "98.3"]);
        assert_eq!([change(Some(4.4586)).shown, change(Some(-0.04)).shown, change(None).shown], ["+4.5", "0.0", "–"]);
    }
}
