//! How prices may rise: by which rule, at most by how much, and not before when (A140; practice 3.8). Rates are hundredths of a per cent.

use std::fmt;

use super::Vehicle;
use super::price::PriceLine;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::money::Money;

/// What a contract says of one rise, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexation {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Under what.
    pub vehicle: Id<Vehicle>,
    /// By what the rise is found.
    pub rule: Rule,
    /// The most that prices may rise, in hundredths of a per cent; nothing where no cap was agreed.
    pub cap: Option<u32>,
    /// The first night on which prices may be higher: until then they are fixed (A140).
    pub from: Day,
    /// By how much prices rose, in hundredths of a per cent; nothing while that is not decided.
    pub rate: Option<u32>,
    /// The first night of the higher prices; nothing while they are not.
    pub applied: Option<Day>,
}

list! {
    /// By what a rise is found.
    Rule, "rule of indexation" {
        /// Prices do not rise.
        Fixed = "fixed", "Fixed: no rise";
        /// A rate that the contract names.
        Agreed = "agreed", "At the agreed rate";
        /// As consumer prices rose.
        Cpi = "cpi", "As consumer prices rose (CPI)";
        /// The lower of the cap and consumer prices.
        LowerOfCapAndCpi = "lower-of-cap-and-cpi", "The lower of the cap and consumer prices";
        /// As the provider shows by its costs, and as negotiated.
        Negotiated = "negotiated", "By evidence and negotiation";
    }
}

/// Why prices do not rise so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIndexed {
    /// The contract says that they do not.
    Fixed,
    /// Before the day until which they are fixed.
    TooEarly {
        /// That day.
        from: Day,
    },
    /// By more than the cap.
    OverCap {
        /// The cap.
        cap: u32,
    },
    /// A rate and its day go together.
    HalfSaid,
}

impl fmt::Display for NotIndexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed => f.write_str("the contract's prices are fixed"),
            Self::TooEarly { from } => write!(f, "prices are fixed until {from}"),
            Self::OverCap { cap } => write!(f, "the contract caps a rise at {}", percent(*cap)),
            Self::HalfSaid => f.write_str("a rate and the first night of the higher prices go together: write both or neither"),
        }
    }
}

impl std::error::Error for NotIndexed {}

/// `1.5%`
pub fn percent(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let rest = format!("{rest:02}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole}%") } else { format!("{whole}.{rest}%") }
}

/// `1.5`, `1.5%`: a rate as people write it; nothing if it is none, or is finer than a hundredth of a per cent.
pub fn parse_percent(text: &str) -> Option<u32> {
    // Hundredths of a per cent are written as pence are.
    let money = Money::parse_pounds(text.trim().trim_end_matches('%').trim_end())?;
    u32::try_from(money.pence()).ok()
}

impl Indexation {
    /// Whether what became of it is what the contract allows.
    ///
    /// # Errors
    /// The first thing that it does not.
    pub fn check(&self) -> Result<(), NotIndexed> {
        match (self.rate, self.applied) {
            (None, None) => Ok(()),
            (Some(_), Some(_)) if self.rule == Rule::Fixed => Err(NotIndexed::Fixed),
            (Some(_), Some(applied)) if applied < self.from => Err(NotIndexed::TooEarly { from: self.from }),
            (Some(rate), Some(_)) => self.cap.filter(|&cap| cap < rate).map_or(Ok(()), |cap| Err(NotIndexed::OverCap { cap })),
            _ => Err(NotIndexed::HalfSaid),
        }
    }

    /// A line's weekly price after the rise, to the nearest penny, half up; nothing where it is not decided or the price not known.
    pub fn raised(&self, line: &PriceLine) -> Option<Money> {
        let (rate, weekly) = (self.rate?, line.weekly?);
        let hundredths = i128::from(weekly.pence()) * (10_000 + i128::from(rate));
        i64::try_from((hundredths + 5_000).div_euclid(10_000)).ok().map(Money::from_pence)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id};
    use super::*;

    #[test]
    fn prices_rise_when_and_as_far_as_the_contract_says() {
        // Practice 3.8: the lower of 1.5% or consumer prices.
        let rise = |rule, rate: Option<u32>, applied: Option<i32>| Indexation {
            id: id(1),
            vehicle: id(1),
            rule,
            cap: Some(150),
            from: day(0),
            rate,
            applied: applied.map(day),
        };
        assert_eq!(rise(Rule::LowerOfCapAndCpi, Some(150), Some(0)).check(), Ok(()));
        assert_eq!(rise(Rule::LowerOfCapAndCpi, Some(151), Some(0)).check(), Err(NotIndexed::OverCap { cap: 150 }));
        assert_eq!(rise(Rule::LowerOfCapAndCpi, Some(100), Some(-1)).check(), Err(NotIndexed::TooEarly { from: day(0) }));
        assert_eq!(rise(Rule::Fixed, Some(100), Some(1)).check(), Err(NotIndexed::Fixed));
        assert_eq!(rise(Rule::Cpi, Some(100), None).check(), Err(NotIndexed::HalfSaid));
        assert_eq!(rise(Rule::Cpi, None, None).check(), Ok(()));
    }

    #[test]
    fn rates_are_read_and_written() {
        for (text, hundredths) in [("1.5", Some(150)), ("1.5%", Some(150)), ("3", Some(300)), ("-1", None), ("1.555", None), ("", None)] {
            assert_eq!(parse_percent(text), hundredths, "{text}");
        }
        assert_eq!((percent(150), percent(300), percent(5)), ("1.5%".to_owned(), "3%".to_owned(), "0.05%".to_owned()));
    }
}
