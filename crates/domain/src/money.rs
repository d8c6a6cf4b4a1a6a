//! Money in whole pence.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

/// An amount in pence (dossier I12). Pounds exist only on screen and in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// An amount of whole pence.
    pub const fn from_pence(pence: i64) -> Self {
        Self(pence)
    }

    /// The amount in pence.
    pub const fn pence(self) -> i64 {
        self.0
    }

    /// `829`, `829.5`, `£2,711.00`: pounds as people write them; nothing if it is no amount or has parts of a penny.
    pub fn parse_pounds(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let text = text.strip_prefix('£').unwrap_or(text).replace(',', "");
        let (pounds, pence) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if pounds.is_empty() || !digits(pounds) || !digits(pence) || pence.len() > 2 {
            return None;
        }
        let pounds: i64 = pounds.parse().ok()?;
        let pence: i64 = format!("{pence:0<2}").parse().ok()?;
        Some(Self(sign * (pounds.checked_mul(100)?.checked_add(pence)?)))
    }

    /// This weekly price over `days` days: a seventh for each day, rounded to the nearest penny, half up (dossier F8).
    pub fn weekly_over_days(self, days: u32) -> Self {
        let sevenths = i128::from(self.0) * i128::from(days);
        Self(((2 * sevenths + 7).div_euclid(14)) as i64)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<i64> for Money {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

/// `£2,711.00`
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pounds = (self.0.unsigned_abs() / 100).to_string();
        let grouped: Vec<&str> = pounds.as_bytes().rchunks(3).rev().map(|chunk| std::str::from_utf8(chunk).unwrap_or_default()).collect();
        write!(f, "{}£{}.{:02}", if self.0 < 0 { "-" } else { "" }, grouped.join(","), self.0.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_read_and_written() {
        assert_eq!(Money::parse_pounds("£2,711.00"), Some(Money::from_pence(271_100)));
        assert_eq!(Money::parse_pounds("829.5").unwrap().to_string(), "£829.50");
        assert_eq!(Money::from_pence(-123_456_789).to_string(), "-£1,234,567.89");
        for bad in ["", "about 5", "1.234", "1.2.3", "£"] {
            assert_eq!(Money::parse_pounds(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_year_by_days_is_dearer_than_52_weeks() {
        // Dossier A069, A070: the weekly cost of December 2013's mix.
        let weekly = Money::from_pence(68_035_400);
        assert_eq!((weekly * 52).to_string(), "£35,378,408.00");
        assert_eq!(weekly.weekly_over_days(365).to_string(), "£35,475,601.43");
        assert_eq!(Money::from_pence(66_101_000).weekly_over_days(366).to_string(), "£34,561,380.00");
    }
}
