//! How many children need each kind of home, future by future.

use domain::Day;

/// What the columns of a forecast are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Groups {
    /// [`crate::kind::Broad::ALL`], four.
    #[default]
    Broad,
    /// [`crate::kind::Kind::ALL`], thirteen.
    Detailed,
}

impl Groups {
    /// The names, in order; the total is not among them.
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Broad => crate::kind::Broad::ALL.iter().map(|broad| broad.name()).collect(),
            Self::Detailed => crate::kind::Kind::ALL.iter().map(|kind| kind.name()).collect(),
        }
    }
}

/// Counts of children by path, authority, date and group: one whole number for each, in that order, the group fastest.
///
/// A path is one possible future. A region's path is the sum of its authorities' paths of the same number, because they share the
/// region's fortunes; sums over groups and authorities therefore keep their uncertainty right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Names of the authorities, as the history has them.
    pub authorities: Vec<String>,
    /// Ascending.
    pub dates: Vec<Day>,
    /// What the groups are.
    pub groups: Groups,
    /// How many futures.
    pub paths: usize,
    /// `paths × authorities × dates × groups` counts.
    pub children: Vec<u32>,
}

impl Paths {
    /// All futures with no child in any.
    pub fn empty(authorities: Vec<String>, dates: Vec<Day>, groups: Groups, paths: usize) -> Self {
        let cells = paths * authorities.len() * dates.len() * groups.names().len();
        Self { authorities, dates, groups, paths, children: vec![0; cells] }
    }

    /// Groups in each date.
    pub fn width(&self) -> usize {
        match self.groups {
            Groups::Broad => crate::kind::Broad::ALL.len(),
            Groups::Detailed => crate::kind::Kind::ALL.len(),
        }
    }

    /// The counts of one path, authority and date, by group.
    pub fn at(&self, path: usize, authority: usize, date: usize) -> &[u32] {
        let width = self.width();
        let from = ((path * self.authorities.len() + authority) * self.dates.len() + date) * width;
        &self.children[from..from + width]
    }
}
