//! One published figure in eight bytes: a decimal number exactly as printed, a mark, or nothing published.

use domain::Value;

/// A whole number of units of the series' last decimal place, or one of the marks at the far end of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure(i64);

impl Figure {
    /// No row for this area and year.
    pub(crate) const ABSENT: Self = Self(i64::MIN);
    /// The marks in the order of their tokens in the packed form.
    pub(crate) const MARKS: [Self; 4] = [Self(i64::MIN + 1), Self(i64::MIN + 2), Self(i64::MIN + 3), Self(i64::MIN + 4)];
    const SUPPRESSED: Self = Self::MARKS[0];
    const NOT_APPLICABLE: Self = Self::MARKS[1];
    const NOT_AVAILABLE: Self = Self::MARKS[2];
    const ROUNDS_TO_ZERO: Self = Self::MARKS[3];
    /// No published number is larger; keeps sums of two in range.
    const LARGEST: i64 = 1 << 60;

    pub(crate) const fn of_number(number: i64) -> Option<Self> {
        if number.unsigned_abs() <= Self::LARGEST as u64 { Some(Self(number)) } else { None }
    }

    pub(crate) const fn number(self) -> Option<i64> {
        if self.0.unsigned_abs() <= Self::LARGEST as u64 { Some(self.0) } else { None }
    }

    /// A publisher's mark. `n` and `note4` of revenue outturn refer to a note and give no figure.
    pub(crate) fn of_symbol(symbol: &str) -> Option<Self> {
        match symbol {
            "c" => Some(Self::SUPPRESSED),
            "z" => Some(Self::NOT_APPLICABLE),
            "x" | "-" | "n" | "note4" => Some(Self::NOT_AVAILABLE),
            "k" => Some(Self::ROUNDS_TO_ZERO),
            _ => None,
        }
    }

    /// With the number written to more decimal places.
    pub(crate) fn rescaled(self, places: u8) -> Self {
        self.number().and_then(|number| number.checked_mul(10i64.checked_pow(u32::from(places))?)).and_then(Self::of_number).unwrap_or(self)
    }

    /// As the domain knows it; nothing where there is no row. Exact: the nearest double to the printed decimal.
    pub(crate) fn value(self, decimals: u8) -> Option<Value> {
        match self {
            Self::ABSENT => None,
            Self::SUPPRESSED => Some(Value::Suppressed),
            Self::NOT_APPLICABLE => Some(Value::NotApplicable),
            Self::ROUNDS_TO_ZERO => Some(Value::RoundsToZero),
            Self::NOT_AVAILABLE => Some(Value::NotAvailable),
            Self(number) => Some(Value::Known(number as f64 / 10f64.powi(i32::from(decimals)))),
        }
    }
}

/// `48286.01` as (4828601, 2): a decimal without exponent, exactly.
pub(crate) fn parse_decimal(text: &str) -> Option<(i64, u8)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.is_empty() || part.len() > 12 || !digits.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = format!("{whole}{part}").parse().ok()?;
    Figure::of_number(number).map(|_| (number, part.len() as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_kept_exactly() {
        for (text, decimals, number) in [("594", 0, 594), ("-0.5", 1, -5), ("48286.01", 2, 4_828_601), ("0", 0, 0), ("18.90", 2, 1890)] {
            assert_eq!(parse_decimal(text), Some((number, decimals)), "{text}");
            assert_eq!(Figure::of_number(number).unwrap().value(decimals), Some(Value::Known(text.parse().unwrap())));
        }
        for bad in ["", "-", "1e5", "1,000", "c", ".5", "1.2.3", " 5", "99999999999999999999"] {
            assert_eq!(parse_decimal(bad), None, "{bad}");
        }
    }

    #[test]
    fn marks_never_turn_into_numbers() {
        for (symbol, value) in [
            ("c", Value::Suppressed),
            ("z", Value::NotApplicable),
            ("x", Value::NotAvailable),
            ("-", Value::NotAvailable),
            ("k", Value::RoundsToZero),
        ] {
            let figure = Figure::of_symbol(symbol).unwrap();
            assert_eq!((figure.number(), figure.value(0), figure.rescaled(2)), (None, Some(value), figure));
        }
        assert_eq!(Figure::of_symbol("?"), None);
        assert_eq!(Figure::ABSENT.value(0), None);
    }
}
