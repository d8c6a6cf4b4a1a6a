//! One published figure in eight bytes: a decimal number exactly as printed, a mark, or nothing published.

use domain::Value;

/// Digits and the number of decimal places (the lowest four bits) of a number, or one of the marks at the far end of the range.
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
    /// Whole numbers up to here are exact in a double, so that dividing by a power of ten gives the nearest double to the printed decimal.
    const LARGEST: u64 = 1 << 53;
    pub(crate) const MOST_DECIMALS: u8 = 15;

    /// `digits` with the last `decimals` of them behind the point; nothing if that cannot be held exactly.
    pub(crate) const fn of_digits(digits: i64, decimals: u8) -> Option<Self> {
        if digits.unsigned_abs() <= Self::LARGEST && decimals <= Self::MOST_DECIMALS {
            Some(Self(digits * 16 + decimals as i64))
        } else {
            None
        }
    }

    /// The digits and how many of them are behind the point; nothing for a mark.
    pub(crate) const fn digits(self) -> Option<(i64, u8)> {
        if self.0 <= Self::ROUNDS_TO_ZERO.0 { None } else { Some((self.0.div_euclid(16), self.0.rem_euclid(16) as u8)) }
    }

    /// `48286.01`: a decimal without exponent, exactly.
    pub(crate) fn of_decimal(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty()
            || part.len() > usize::from(Self::MOST_DECIMALS)
            || !digits.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        Self::of_digits(format!("{whole}{part}").parse().ok()?, part.len() as u8)
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

    /// The same figure with noughts added up to this many decimal places; nothing if it has more already or they do not fit. Marks stay.
    pub(crate) fn with_decimals(self, decimals: u8) -> Option<Self> {
        let Some((digits, held)) = self.digits() else { return Some(self) };
        let factor = 10i64.checked_pow(u32::from(decimals.checked_sub(held)?))?;
        Self::of_digits(digits.checked_mul(factor)?, decimals)
    }

    /// As the domain knows it; nothing where there is no row.
    pub(crate) fn value(self) -> Option<Value> {
        match self {
            Self::ABSENT => None,
            Self::SUPPRESSED => Some(Value::Suppressed),
            Self::NOT_APPLICABLE => Some(Value::NotApplicable),
            Self::ROUNDS_TO_ZERO => Some(Value::RoundsToZero),
            _ => Some(
                self.digits()
                    .map_or(Value::NotAvailable, |(digits, decimals)| Value::Known(digits as f64 / 10f64.powi(i32::from(decimals)))),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_kept_exactly() {
        for text in ["594", "-0.5", "-7", "48286.01", "0", "18.90", "16012355892", "0.123456789", "0.1"] {
            let figure = Figure::of_decimal(text).unwrap();
            assert_eq!(figure.value(), Some(Value::Known(text.parse().unwrap())), "{text}");
            assert_eq!(figure.with_decimals(9).map_or(figure.value(), Figure::value), figure.value(), "{text}");
        }
        for bad in ["", "-", "1e5", "1,000", "c", ".5", "1.2.3", " 5", "99999999999999999999", "9007199254740993"] {
            assert_eq!(Figure::of_decimal(bad), None, "{bad}");
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
            assert_eq!((figure.digits(), figure.value(), figure.with_decimals(2)), (None, Some(value), Some(figure)));
        }
        assert_eq!(Figure::of_symbol("?"), None);
        assert_eq!((Figure::ABSENT.value(), Figure::ABSENT.digits()), (None, None));
    }
}
