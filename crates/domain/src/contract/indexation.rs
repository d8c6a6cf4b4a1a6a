//! How prices may rise: by which rule, at most by how much, and not before when (A140; practice 3.8). Rates are hundredths of a per cent.

use std::fmt;

use super::{Extension, Phase, Vehicle};
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
    /// The lower of a cap and something else needs a cap.
    NoCap,
    /// Another rise of the contract's prices is on that day already: together they would count twice.
    Twice {
        /// That day.
        on: Day,
    },
    /// Nothing goes on under the contract by then.
    Over {
        /// The day on which the last thing called off ends.
        last: Day,
    },
}

impl fmt::Display for NotIndexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed => f.write_str("the contract's prices are fixed"),
            Self::TooEarly { from } => write!(f, "prices are fixed until {from}"),
            Self::OverCap { cap } => write!(f, "the contract caps a rise at {}", percent(*cap)),
            Self::HalfSaid => f.write_str("a rate and the first night of the higher prices go together: write both or neither"),
            Self::NoCap => f.write_str("the lower of the cap and consumer prices needs a cap: write it"),
            Self::Twice { on } => {
                write!(f, "prices rise on {} already: correct that rise, or the two would count one after the other", on.long())
            }
            Self::Over { last } => write!(f, "nothing goes on under the contract from {}, so nothing is dearer then", last.long()),
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
        if self.rule == Rule::LowerOfCapAndCpi && self.cap.is_none() {
            return Err(NotIndexed::NoCap);
        }
        match (self.rate, self.applied) {
            (None, None) => Ok(()),
            (Some(_), Some(_)) if self.rule == Rule::Fixed => Err(NotIndexed::Fixed),
            (Some(_), Some(applied)) if applied < self.from => Err(NotIndexed::TooEarly { from: self.from }),
            (Some(rate), Some(_)) => self.cap.filter(|&cap| cap < rate).map_or(Ok(()), |cap| Err(NotIndexed::OverCap { cap })),
            _ => Err(NotIndexed::HalfSaid),
        }
    }

    /// Whether it fits its vehicle and the vehicle's other rises; an older form of itself among them is not one of them.
    ///
    /// # Errors
    /// The first contradiction.
    pub fn check_within(&self, vehicle: &Vehicle, extensions: &[Extension], others: &[Self]) -> Result<(), NotIndexed> {
        let Some(applied) = self.applied else { return Ok(()) };
        if let Some(last) = vehicle.last(extensions).filter(|&last| last <= applied) {
            return Err(NotIndexed::Over { last });
        }
        let same = |other: &Self| other.id != self.id && other.vehicle == self.vehicle && other.applied == Some(applied);
        if others.iter().any(same) { Err(NotIndexed::Twice { on: applied }) } else { Ok(()) }
    }

    /// Whether its first night is in the run-off: it makes dearer only what was called off while the contract ran.
    pub fn is_in_run_off(&self, vehicle: &Vehicle, extensions: &[Extension]) -> bool {
        self.applied.is_some_and(|applied| vehicle.phase(extensions, applied) == Phase::RunOff)
    }

    /// A price after this rise alone, to the nearest penny, half up: what the letter that tells of it says. As it was while the rise is not decided.
    fn after(&self, weekly: Money) -> Money {
        let hundredths = i128::from(weekly.pence()) * (10_000 + i128::from(self.rate.unwrap_or(0)));
        i64::try_from((hundredths + 5_000).div_euclid(10_000)).map_or(weekly, Money::from_pence)
    }
}

/// What a price that was agreed from a night on has become by the night of a day, and by which rises, in their order (A140, F9).
///
/// A rise changes prices from its first night on, never before. It changes those that were agreed for nights before it: a price that begins on its first
/// night or later was agreed as it is. Rises follow one another, each from the price that the last one left, rounded to the penny each time.
pub fn raised(weekly: Money, agreed: Day, rises: &[Indexation], vehicle: Id<Vehicle>, day: Day) -> (Money, Vec<&Indexation>) {
    let applies = |one: &&Indexation| one.rate.is_some() && one.applied.is_some_and(|applied| agreed < applied && applied <= day);
    let mut by: Vec<&Indexation> = rises.iter().filter(|one| one.vehicle == vehicle).filter(applies).collect();
    by.sort_by_key(|one| (one.applied, one.id));
    (by.iter().fold(weekly, |weekly, rise| rise.after(weekly)), by)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{day, id, vehicle};
    use super::*;
    use proptest::prelude::*;

    fn rise(number: u128, rate: u32, applied: i32) -> Indexation {
        let (rate, applied) = (Some(rate), Some(day(applied)));
        Indexation { id: id(number), vehicle: id(1), rule: Rule::Cpi, cap: None, from: day(0), rate, applied }
    }

    #[test]
    fn a_rise_changes_prices_from_its_day_and_the_next_rises_on_top() {
        let weekly = Money::from_pence(471_100);
        let rises = [rise(2, 200, 20), rise(1, 150, 10), Indexation { vehicle: id(2), ..rise(3, 900, 0) }];
        let on = |agreed, n| raised(weekly, day(agreed), &rises, id(1), day(n)).0.pence();
        assert_eq!((on(0, 9), on(0, 10), on(0, 19)), (471_100, 478_167, 478_167), "4,711.00 by 1.5% is 4,781.665");
        assert_eq!(on(0, 20), 487_730, "2% of what the first rise left");
        assert_eq!((on(10, 19), on(10, 20), on(20, 99)), (471_100, 480_522, 471_100), "a price agreed from the day of a rise has it in it");
        assert_eq!(
            raised(weekly, day(0), &rises, id(1), day(99)).1.iter().map(|one| one.applied.unwrap()).collect::<Vec<_>>(),
            [day(10), day(20)]
        );
    }

    #[test]
    fn a_rise_is_counted_once_and_says_where_it_falls_in_the_run_off() {
        let framework = vehicle(Kind::Framework, 0, Some(100), Some(200));
        let within = |rise: &Indexation, others: &[Indexation]| rise.check_within(&framework, &[], others);
        let first = rise(1, 150, 50);
        assert_eq!(within(&first, std::slice::from_ref(&first)), Ok(()));
        assert_eq!(within(&rise(2, 100, 50), std::slice::from_ref(&first)), Err(NotIndexed::Twice { on: day(50) }));
        assert_eq!(within(&rise(2, 100, 200), &[]), Err(NotIndexed::Over { last: day(200) }));
        assert!(!rise(2, 100, 99).is_in_run_off(&framework, &[]) && rise(2, 100, 100).is_in_run_off(&framework, &[]));
        let uncapped = Indexation { rule: Rule::LowerOfCapAndCpi, ..rise(2, 100, 50) };
        assert_eq!(uncapped.check(), Err(NotIndexed::NoCap));
    }

    proptest! {
        /// Whatever rises are agreed, no price is another before the first of them, and none falls.
        #[test]
        fn no_rise_reaches_back(pence in 0i64..2_000_000, rates in prop::collection::vec((0u32..2_000, 1i32..50), 0..5), on in 0i32..60) {
            let rises: Vec<Indexation> = (1..).zip(&rates).map(|(number, (rate, applied))| rise(number, *rate, *applied)).collect();
            let (weekly, by) = raised(Money::from_pence(pence), day(0), &rises, id(1), day(on));
            prop_assert_eq!(by.len(), rates.iter().filter(|(_, applied)| *applied <= on).count());
            prop_assert!(weekly.pence() >= pence && (!by.is_empty() || weekly.pence() == pence));
        }
    }

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
