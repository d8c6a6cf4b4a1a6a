//! The children who need such a home, future by future.

use domain::Day;

use crate::nights::{Stretch, stretches};
use crate::paths::{Paths, Pick};

/// Counts of children at dates, each of which stands for its [stretch](crate::nights) of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The day after which the first date's days begin; nothing where nobody told.
    from: Option<Day>,
    dates: Vec<Day>,
    /// `paths × dates`, the date fastest.
    children: Vec<u32>,
}

impl Demand {
    /// From counts by path and date, the date fastest. Nothing where there is no date or no path, where dates do not ascend, or where the
    /// counts are no whole number of paths.
    pub fn new(dates: Vec<Day>, children: Vec<u32>) -> Option<Self> {
        let ascending = dates.is_sorted_by(|earlier, later| earlier < later);
        let whole = !dates.is_empty() && !children.is_empty() && children.len().is_multiple_of(dates.len());
        (ascending && whole).then_some(Self { from: None, dates, children })
    }

    /// The children of all authorities in some groups of a forecast.
    pub fn of(paths: &Paths, groups: &[usize]) -> Option<Self> {
        let mut children = vec![0; paths.paths * paths.dates.len()];
        for date in 0..paths.dates.len() {
            for &group in groups {
                for (path, count) in paths.sample(Pick::Sum, date, Pick::One(group)).into_iter().enumerate() {
                    children[path * paths.dates.len() + date] += count;
                }
            }
        }
        Self::new(paths.dates.clone(), children).map(|demand| Self { from: paths.from, ..demand })
    }

    /// Dates, ascending.
    pub fn dates(&self) -> &[Day] {
        &self.dates
    }

    /// How many futures.
    pub fn paths(&self) -> usize {
        self.children.len() / self.dates.len()
    }

    /// One future, by date.
    pub fn path(&self, path: usize) -> &[u32] {
        &self.children[path * self.dates.len()..(path + 1) * self.dates.len()]
    }

    /// The most children at any date of any future.
    pub fn most(&self) -> u32 {
        self.children.iter().copied().max().unwrap_or(0)
    }

    /// For how many days each date stands.
    pub fn days(&self) -> Vec<u32> {
        stretches(self.from, &self.dates).into_iter().map(Stretch::nights).collect()
    }
}
