//! What stands outside a contract's time or its windows for joining. To plan it is refused; where it has happened, it is recorded as it was and shown as a
//! breach for as long as it is on record (A125, A126; I0, F32).

use std::fmt;

use super::block::BlockBeds;
use super::member::{JoinWindow, Membership};
use super::price::PriceLine;
use super::{Extension, Kind, Phase, Vehicle};
use crate::date::Day;

/// What is outside, and by which day of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It begins before the contract does.
    BeforeTheStart {
        /// Its own first day.
        from: Day,
        /// The contract's.
        begins: Day,
    },
    /// It begins when nothing new can be bought.
    AfterTheEnd {
        /// Its own first day.
        from: Day,
        /// The day on which the contract ended, by the options taken.
        end: Day,
    },
    /// It lasts when nothing goes on under the contract.
    BeyondTheRunOff {
        /// Its own end.
        to: Day,
        /// The day on which the last thing called off ends.
        last: Day,
    },
    /// It joined while no window was open.
    NoWindow {
        /// The day of joining.
        joined: Day,
    },
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeTheStart { from, begins } => {
                write!(f, "it begins on {}, and the contract on {}", from.long(), begins.long())
            }
            Self::AfterTheEnd { from, end } => {
                write!(f, "it begins on {}, and nothing new can be bought under the contract since {}", from.long(), end.long())
            }
            Self::BeyondTheRunOff { to, last } => {
                write!(f, "it lasts until {}, and nothing goes on under the contract from {}", to.long(), last.long())
            }
            Self::NoWindow { joined } => write!(
                f,
                "members join on the first day of the contract or while a window is open, and none is on {}: add the window first",
                joined.long()
            ),
        }
    }
}

impl std::error::Error for Outside {}

/// Of what begins on a day and is new to the contract.
fn begins(from: Day, vehicle: &Vehicle, extensions: &[Extension]) -> Option<Outside> {
    match (vehicle.phase(extensions, from), vehicle.end(extensions)) {
        (Phase::ToCome, _) => Some(Outside::BeforeTheStart { from, begins: vehicle.from }),
        (Phase::RunOff | Phase::Over, Some(end)) => Some(Outside::AfterTheEnd { from, end }),
        _ => None,
    }
}

impl Membership {
    /// Whether it joined when nobody can: outside the contract's time or, of a framework, outside its windows (A126).
    pub fn outside(&self, vehicle: &Vehicle, extensions: &[Extension], windows: &[JoinWindow]) -> Option<Outside> {
        let in_window = || windows.iter().any(|window| window.vehicle == vehicle.id && window.from <= self.from && self.from < window.to);
        let is_shut = || vehicle.kind == Kind::Framework && self.from != vehicle.from && !in_window();
        begins(self.from, vehicle, extensions).or_else(|| is_shut().then_some(Outside::NoWindow { joined: self.from }))
    }
}

impl BlockBeds {
    /// Whether its beds are bought before the contract begins, when nothing new can be, or for nights on which nothing goes on under it.
    pub fn outside(&self, vehicle: &Vehicle, extensions: &[Extension]) -> Option<Outside> {
        let beyond = || {
            let (to, last) = self.to.zip(vehicle.last(extensions))?;
            (last < to).then_some(Outside::BeyondTheRunOff { to, last })
        };
        begins(self.from, vehicle, extensions).or_else(beyond)
    }
}

impl PriceLine {
    /// Whether its price begins before the contract, or when nothing goes on under it. What was called off is priced in the run-off too.
    pub fn outside(&self, vehicle: &Vehicle, extensions: &[Extension]) -> Option<Outside> {
        match vehicle.phase(extensions, self.from) {
            Phase::Running | Phase::RunOff => None,
            Phase::ToCome | Phase::Over => begins(self.from, vehicle, extensions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id, vehicle};
    use super::*;

    fn block(from: i32, to: Option<i32>) -> BlockBeds {
        BlockBeds {
            id: id(1),
            vehicle: id(1),
            setting: None,
            foster_home: None,
            beds: 2,
            from: day(from),
            to: to.map(day),
            weekly: None,
            minimum: 2,
            void: None,
        }
    }

    fn price(from: i32) -> PriceLine {
        PriceLine {
            id: id(1),
            vehicle: id(1),
            lot: None,
            provider: None,
            setting: None,
            tier: String::new(),
            from: day(from),
            to: None,
            weekly: None,
            core_hours: None,
            hourly: None,
            source: String::new(),
        }
    }

    #[test]
    fn a_framework_is_joined_on_its_first_day_or_in_a_window() {
        let window = JoinWindow { id: id(1), vehicle: id(1), from: day(40), to: day(50) };
        let join = |kind, from| {
            let one = Membership { id: id(9), vehicle: id(1), lot: None, provider: id(1), from: day(from), to: None, rank: None };
            one.outside(&vehicle(kind, 0, Some(100), None), &[], std::slice::from_ref(&window))
        };
        assert_eq!(join(Kind::Framework, 0), None);
        assert_eq!(join(Kind::Framework, 39), Some(Outside::NoWindow { joined: day(39) }));
        assert_eq!(join(Kind::Framework, 40), None);
        assert_eq!(join(Kind::Framework, 50), Some(Outside::NoWindow { joined: day(50) }));
        assert_eq!(join(Kind::Flexible, 39), None);
        assert_eq!(join(Kind::Flexible, 100), Some(Outside::AfterTheEnd { from: day(100), end: day(100) }));
        assert_eq!(join(Kind::Flexible, -1), Some(Outside::BeforeTheStart { from: day(-1), begins: day(0) }));
    }

    #[test]
    fn beds_are_bought_while_the_contract_runs_and_priced_until_the_run_off_is_over() {
        let framework = vehicle(Kind::Block, 0, Some(100), Some(200));
        let taken = [Extension { id: id(1), vehicle: id(1), to: day(150), notice: day(60), taken: Some(day(50)) }];
        let bought = |from, to, options: &[Extension]| block(from, to).outside(&framework, options);
        assert_eq!(bought(100, None, &[]), Some(Outside::AfterTheEnd { from: day(100), end: day(100) }));
        assert_eq!(bought(100, Some(200), &taken), None, "the option was taken");
        assert_eq!(bought(0, Some(201), &[]), Some(Outside::BeyondTheRunOff { to: day(201), last: day(200) }));
        assert_eq!(bought(0, None, &[]), None, "beds without an end go when the contract does");
        let priced = |from| price(from).outside(&framework, &[]);
        assert_eq!((priced(0), priced(199)), (None, None));
        assert_eq!(priced(-1), Some(Outside::BeforeTheStart { from: day(-1), begins: day(0) }));
        assert_eq!(priced(200), Some(Outside::AfterTheEnd { from: day(200), end: day(100) }));
    }
}
