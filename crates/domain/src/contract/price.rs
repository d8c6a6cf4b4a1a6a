//! Prices by the line: what a week of something costs from when to when. What nobody wrote down stays unknown, which is not nought (F10).
//!
//! Prices are of weeks, and stays are of nights: a night costs a seventh of the week, and what a stay costs is rounded once, to the nearest penny, half up
//! ([`Money::weekly_over_days`], F8). Adding up rounded nights would not give the price of the week.

use std::fmt;

use super::Vehicle;
use super::indexation::{Indexation, percent, raised};
use super::member::Lot;
use crate::date::Day;
use crate::id::Id;
use crate::money::Money;
use crate::provider::Provider;
use crate::setting::Setting;

/// What a week of something costs, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceLine {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Under what.
    pub vehicle: Id<Vehicle>,
    /// In which lot; nothing for all of them.
    pub lot: Option<Id<Lot>>,
    /// Whose price; nothing for every member's.
    pub provider: Option<Id<Provider>>,
    /// In which home; nothing for all of the provider's.
    pub setting: Option<Id<Setting>>,
    /// Tier of need or of foster care, or empty.
    pub tier: String,
    /// First night.
    pub from: Day,
    /// The day on which it holds no more; nothing while it does.
    pub to: Option<Day>,
    /// A week of the core service; nothing where nobody knows.
    pub weekly: Option<Money>,
    /// Hours a week that the core service has for each child; nothing where nobody says.
    pub core_hours: Option<u32>,
    /// An hour beyond those; nothing where nobody knows.
    pub hourly: Option<Money>,
    /// Where the price comes from: schedule, offer, letter.
    pub source: String,
}

/// What a price is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bought {
    /// In which lot.
    pub lot: Option<Id<Lot>>,
    /// From whom.
    pub provider: Option<Id<Provider>>,
    /// Where.
    pub setting: Option<Id<Setting>>,
    /// In which tier, or empty.
    pub tier: String,
}

impl PriceLine {
    /// Whether it holds on the night of a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// The thing whose price it is: two lines of one thing never hold on one night.
    fn thing(&self) -> (Id<Vehicle>, Bought) {
        let Self { vehicle, lot, provider, setting, .. } = *self;
        (vehicle, Bought { lot, provider, setting, tier: self.tier.trim().to_lowercase() })
    }

    /// Whether both are prices of the same thing: tiers are the same by whatever letters they are written.
    pub(super) fn is_of_the_same_as(&self, other: &Self) -> bool {
        self.thing() == other.thing()
    }

    /// The first night on which both hold, if there is one.
    fn meets(&self, other: &Self) -> Option<Day> {
        let first = self.from.max(other.from);
        (self.holds_on(first) && other.holds_on(first)).then_some(first)
    }

    /// How closely it fits; nothing where it is of something else. A line that leaves something open fits everything there, less closely.
    fn fits(&self, bought: &Bought) -> Option<Closeness> {
        let same = |of: bool, open: bool| if open { Some(false) } else { of.then_some(true) };
        let setting = same(self.setting == bought.setting, self.setting.is_none())?;
        let provider = same(self.provider == bought.provider, self.provider.is_none())?;
        let lot = same(self.lot == bought.lot, self.lot.is_none())?;
        let tier = same(self.tier.trim().to_lowercase() == bought.tier.trim().to_lowercase(), self.tier.trim().is_empty())?;
        Some(Closeness { setting, provider, tier, lot })
    }
}

/// `£4,711.00 a week from 1 April 2026 until 1 April 2027 (schedule 3)`
impl fmt::Display for PriceLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.weekly {
            Some(weekly) => write!(f, "{weekly} a week from {}", self.from.long())?,
            None => write!(f, "no price from {}", self.from.long())?,
        }
        self.to.map_or(Ok(()), |to| write!(f, " until {}", to.long()))?;
        if self.source.is_empty() { Ok(()) } else { write!(f, " ({})", self.source) }
    }
}

/// What of a line names the thing asked for. The home weighs most: its own price is agreed before any list's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether the line names one of four independent things")]
pub struct Closeness {
    /// The home itself.
    pub setting: bool,
    /// The provider.
    pub provider: bool,
    /// The tier.
    pub tier: bool,
    /// The lot.
    pub lot: bool,
}

impl fmt::Display for Closeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = [(self.setting, "this home"), (self.provider, "this provider"), (self.tier, "this tier"), (self.lot, "this lot")];
        let named: Vec<&str> = named.into_iter().filter_map(|(named, words)| named.then_some(words)).collect();
        if named.is_empty() { f.write_str("the contract as a whole") } else { f.write_str(&named.join(", ")) }
    }
}

/// What something costs on a night, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Price<'l> {
    /// A line says it.
    Known {
        /// The price of a week on that night: what the line says, after every rise since.
        weekly: Money,
        /// The line.
        line: &'l PriceLine,
        /// What the line names.
        by: Closeness,
        /// What has raised the line's price by that night, in order.
        rises: Vec<&'l Indexation>,
    },
    /// A line holds, and nobody wrote a price in it.
    Unknown {
        /// The line.
        line: &'l PriceLine,
    },
    /// Two lines of the same thing hold: which of them is right is for people to say.
    Twice {
        /// Both.
        lines: [&'l PriceLine; 2],
    },
    /// No line of it holds on that night.
    NoLine {
        /// Lines of something else under the contract that do: other lots, providers, homes, tiers.
        others: usize,
    },
}

impl Price<'_> {
    /// The price of a week, where it is known.
    pub const fn weekly(&self) -> Option<Money> {
        match self {
            Self::Known { weekly, .. } => Some(*weekly),
            Self::Unknown { .. } | Self::Twice { .. } | Self::NoLine { .. } => None,
        }
    }
}

/// `£4,711.00 a week, which is £673.00 for one night: the line for this home from 1 April 2026 (schedule 3)`
impl fmt::Display for Price<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = |line: &PriceLine| if line.source.is_empty() { String::new() } else { format!(" ({})", line.source) };
        match self {
            Self::Known { weekly, line, by, rises } => {
                let night = weekly.weekly_over_days(1);
                write!(f, "{weekly} a week, which is {night} for one night: the line for {by} from {}{}", line.from.long(), source(line))?;
                let mut raised = rises.iter().filter_map(|rise| rise.rate.zip(rise.applied));
                raised.try_for_each(|(rate, applied)| write!(f, ", raised by {} from {}", percent(rate), applied.long()))
            }
            Self::Unknown { line } => write!(f, "not known: the line from {} has no price{}", line.from.long(), source(line)),
            Self::Twice { lines: [one, other] } => write!(f, "not known: two lines say it, {one} and {other}; end one of them"),
            Self::NoLine { others: 0 } => f.write_str("not known: no line holds on that night"),
            Self::NoLine { others } => write!(
                f,
                "not known: no line for this holds on that night, while {} for other lots, providers, homes or tiers {}",
                if *others == 1 { "one line".to_owned() } else { format!("{others} lines") },
                if *others == 1 { "does" } else { "do" },
            ),
        }
    }
}

/// What a week of something costs on the night of a day: by the line that names it most closely, after the rises since that line was agreed. A close line
/// without a price is not passed over for a wider one: somebody agreed something there, and nobody wrote it down.
pub fn price_on<'l>(lines: &'l [PriceLine], rises: &'l [Indexation], vehicle: Id<Vehicle>, bought: &Bought, day: Day) -> Price<'l> {
    let holding: Vec<&PriceLine> = lines.iter().filter(|line| line.vehicle == vehicle && line.holds_on(day)).collect();
    let mut fitting: Vec<(Closeness, &PriceLine)> = holding.iter().filter_map(|line| line.fits(bought).map(|by| (by, *line))).collect();
    fitting.sort_by_key(|(by, line)| std::cmp::Reverse((*by, line.from, line.id)));
    match fitting[..] {
        [] => Price::NoLine { others: holding.len() },
        [(by, one), (also, other), ..] if by == also => Price::Twice { lines: [one, other] },
        [(by, line), ..] => line.weekly.map_or(Price::Unknown { line }, |weekly| {
            let (weekly, rises) = raised(weekly, line.from, rises, vehicle, day);
            Price::Known { weekly, line, by, rises }
        }),
    }
}

/// Why a line cannot be as it was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPriced {
    /// It ends on the day it begins, or before.
    EndsBeforeItBegins,
    /// A price is not below nought.
    BelowNought,
    /// Another line of the same thing holds on some night of it.
    Overlaps {
        /// Both, as people read them.
        lines: Box<[PriceLine; 2]>,
        /// The first night on which both would hold.
        on: Day,
    },
}

impl fmt::Display for NotPriced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsBeforeItBegins => f.write_str("a price ends at least a day after it begins"),
            Self::BelowNought => f.write_str("a price is nought or more; leave it empty where nobody knows it"),
            Self::Overlaps { lines, on } => {
                let [line, other] = &**lines;
                let mend = if other.to.is_none() { "end that line first" } else { "choose other dates, or correct that line" };
                write!(f, "the same thing would have two prices from {}, {line}, and as the record has it {other}: {mend}", on.long())
            }
        }
    }
}

impl std::error::Error for NotPriced {}

/// Checks a line against the others; an older form of itself among them is not one of them.
///
/// # Errors
/// The first contradiction: one thing has one price on a night.
pub fn check(line: &PriceLine, others: &[PriceLine]) -> Result<(), NotPriced> {
    if line.to.is_some_and(|to| to <= line.from) {
        return Err(NotPriced::EndsBeforeItBegins);
    }
    if [line.weekly, line.hourly].into_iter().flatten().any(|money| money < Money::default()) {
        return Err(NotPriced::BelowNought);
    }
    let mut same = others.iter().filter(|other| other.id != line.id && line.is_of_the_same_as(other));
    let twice = same.find_map(|other| line.meets(other).map(|on| (other, on)));
    twice.map_or(Ok(()), |(other, on)| Err(NotPriced::Overlaps { lines: Box::new([line.clone(), other.clone()]), on }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id};
    use super::*;
    use proptest::prelude::*;

    fn line(number: u128, setting: Option<u128>, tier: &str, from: i32, to: Option<i32>, pounds: Option<i64>) -> PriceLine {
        PriceLine {
            id: id(number),
            vehicle: id(1),
            lot: Some(id(1)),
            provider: Some(id(1)),
            setting: setting.map(id),
            tier: tier.to_owned(),
            from: day(from),
            to: to.map(day),
            weekly: pounds.map(|pounds| Money::from_pence(100 * pounds)),
            core_hours: None,
            hourly: None,
            source: "schedule 3".to_owned(),
        }
    }

    #[test]
    fn the_closest_line_says_the_price_and_an_unwritten_one_is_unknown() {
        let lines = [
            line(1, None, "", 0, None, Some(4_000)),
            line(2, Some(7), "", 10, Some(20), Some(4_711)),
            line(3, Some(7), "", 20, None, None),
        ];
        let here = Bought { lot: Some(id(1)), provider: Some(id(1)), setting: Some(id(7)), tier: String::new() };
        let said = |n| price_on(&lines, &[], id(1), &here, day(n)).to_string();
        assert_eq!(said(-1), "not known: no line holds on that night");
        assert_eq!(
            said(9),
            "£4,000.00 a week, which is £571.43 for one night: the line for this provider, this lot from 1 April 2026 (schedule 3)"
        );
        assert_eq!(
            said(10),
            "£4,711.00 a week, which is £673.00 for one night: the line for this home, this provider, this lot from 11 April 2026 (schedule 3)"
        );
        assert_eq!(said(20), "not known: the line from 21 April 2026 has no price (schedule 3)");
        let elsewhere = Bought { setting: Some(id(8)), ..here.clone() };
        assert_eq!(price_on(&lines, &[], id(1), &elsewhere, day(30)).weekly(), Some(Money::from_pence(400_000)));
        assert_eq!(price_on(&lines, &[], id(2), &here, day(30)), Price::NoLine { others: 0 }, "another contract's");
        let unsaid = price_on(&lines, &[], id(1), &Bought::default(), day(30)).to_string();
        assert_eq!(unsaid, "not known: no line for this holds on that night, while 2 lines for other lots, providers, homes or tiers do");
    }

    #[test]
    fn a_rise_is_in_the_price_from_its_day_and_named() {
        let lines = [line(1, None, "", 0, None, Some(4_000))];
        let rises = [Indexation {
            id: id(1),
            vehicle: id(1),
            rule: super::super::indexation::Rule::Cpi,
            cap: None,
            from: day(0),
            rate: Some(150),
            applied: Some(day(30)),
        }];
        let bought = Bought { lot: Some(id(1)), provider: Some(id(1)), ..Bought::default() };
        assert_eq!(price_on(&lines, &rises, id(1), &bought, day(29)).weekly(), Some(Money::from_pence(400_000)));
        let raised = price_on(&lines, &rises, id(1), &bought, day(30));
        assert_eq!(raised.weekly(), Some(Money::from_pence(406_000)));
        assert!(raised.to_string().ends_with("(schedule 3), raised by 1.5% from 1 May 2026"), "{raised}");
    }

    #[test]
    fn two_lines_of_one_thing_are_both_named_and_neither_is_chosen() {
        let (one, other) = (line(1, None, "Enhanced", 0, Some(20), Some(4_000)), line(2, None, "enhanced ", 10, None, Some(4_200)));
        let said = check(&other, std::slice::from_ref(&one)).unwrap_err().to_string();
        assert_eq!(
            said,
            "the same thing would have two prices from 11 April 2026, £4,200.00 a week from 11 April 2026 (schedule 3), and as the record has it £4,000.00 a week from 1 April 2026 until 21 April 2026 (schedule 3): choose other dates, or correct that line"
        );
        let lines = [one, other];
        let bought = Bought { lot: Some(id(1)), provider: Some(id(1)), setting: None, tier: "ENHANCED".to_owned() };
        assert_eq!(price_on(&lines, &[], id(1), &bought, day(9)).weekly(), Some(Money::from_pence(400_000)));
        let twice = price_on(&lines, &[], id(1), &bought, day(10));
        assert!(twice.weekly().is_none() && twice.to_string().contains("£4,000.00") && twice.to_string().contains("£4,200.00"), "{twice}");
    }

    proptest! {
        /// Whatever is put in, one thing has at most one price on a night, and the price asked for is that of a line which holds on it.
        #[test]
        fn prices_of_one_thing_do_not_overlap(
            puts in prop::collection::vec((prop::option::of(1u128..3), 0usize..2, 0i32..60, prop::option::of(1i32..30), prop::option::of(0i64..9_000)), 0..12),
            on in 0i32..90, wanted in prop::option::of(1u128..3),
        ) {
            let mut held: Vec<PriceLine> = Vec::new();
            for (number, (setting, tier, from, nights, pounds)) in (1..).zip(puts) {
                let put = line(number, setting, ["", "enhanced"][tier], from, nights.map(|nights| from + nights), pounds);
                if check(&put, &held).is_ok() {
                    held.push(put);
                }
            }
            for (one, other) in held.iter().flat_map(|one| held.iter().map(move |other| (one, other))) {
                prop_assert!(one.id == other.id || one.thing() != other.thing() || !(one.holds_on(day(on)) && other.holds_on(day(on))));
            }
            let bought = Bought { lot: Some(id(1)), provider: Some(id(1)), setting: wanted.map(id), tier: String::new() };
            let holding = held.iter().filter(|line| line.holds_on(day(on)) && line.fits(&bought).is_some()).count();
            match price_on(&held, &[], id(1), &bought, day(on)) {
                Price::Known { line, weekly, .. } => prop_assert!(line.holds_on(day(on)) && line.weekly == Some(weekly)),
                Price::Unknown { line } => prop_assert!(line.holds_on(day(on)) && line.weekly.is_none()),
                Price::Twice { lines } => prop_assert!(false, "two lines of one thing were let in: {lines:?}"),
                Price::NoLine { .. } => prop_assert_eq!(holding, 0),
            }
        }
    }
}
