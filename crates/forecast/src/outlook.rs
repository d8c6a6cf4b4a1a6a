//! What is said of many futures: the middle, how wide it lies, and the chance of more than so many.

use domain::Day;

/// One number ahead with its uncertainty, in children. Quantiles of whole futures, so none is below zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean of all futures.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// As many futures lie below as above.
    pub median: f64,
    /// Half of the futures lie from the first to the second.
    pub half: (f64, f64),
    /// Eighty of a hundred.
    pub eighty: (f64, f64),
    /// Ninety-five of a hundred.
    pub ninety_five: (f64, f64),
}

/// A forecast of one group at one date.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The date.
    pub date: Day,
    /// The authority; nothing for all of them together.
    pub authority: Option<String>,
    /// A name of [`crate::paths::Groups::names`], or `Total`.
    pub group: &'static str,
    /// The number.
    pub spread: Spread,
}

/// A whole forecast, in the order authority, date, group, `Total` last.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The last day that was known.
    pub from: Day,
    /// Every number.
    pub points: Vec<Point>,
}
