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

/// One authority or group, or all of them added up within each path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The one at this position.
    One(usize),
    /// The sum of all.
    Sum,
}

impl Pick {
    /// The positions among `all`.
    fn range(self, all: usize) -> std::ops::Range<usize> {
        match self {
            Self::One(at) => at..at + 1,
            Self::Sum => 0..all,
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
    /// The day after which the nights of the first date begin; nothing where nobody told.
    pub from: Option<Day>,
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
        Self { authorities, from: None, dates, groups, paths, children: vec![0; cells] }
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

    /// The counts of one path, authority and date, to be filled.
    pub fn at_mut(&mut self, path: usize, authority: usize, date: usize) -> &mut [u32] {
        let width = self.width();
        let from = ((path * self.authorities.len() + authority) * self.dates.len() + date) * width;
        &mut self.children[from..from + width]
    }

    /// The same futures by the four broad groups; a child is in exactly one.
    pub fn broad(&self) -> Self {
        if self.groups == Groups::Broad {
            return self.clone();
        }
        let width = crate::kind::Broad::ALL.len();
        let mut children = vec![0; self.children.len() / self.width() * width];
        for (kinds, broad) in self.children.chunks(self.width()).zip(children.chunks_mut(width)) {
            for (kind, count) in crate::kind::Kind::ALL.iter().zip(kinds) {
                broad[kind.broad() as usize] += count;
            }
        }
        Self {
            groups: Groups::Broad,
            children,
            authorities: self.authorities.clone(),
            from: self.from,
            dates: self.dates.clone(),
            paths: self.paths,
        }
    }

    /// The first so many futures: those that a question with fewer paths and the same seed draws.
    pub fn first(&self, paths: usize) -> Self {
        let paths = paths.min(self.paths);
        let each = self.authorities.len() * self.dates.len() * self.width();
        Self {
            paths,
            children: self.children[..paths * each].to_vec(),
            authorities: self.authorities.clone(),
            from: self.from,
            dates: self.dates.clone(),
            groups: self.groups,
        }
    }

    /// One number a path: children of an authority (or all) in a group (or all) at a date.
    pub fn sample(&self, authority: Pick, date: usize, group: Pick) -> Vec<u32> {
        let count = |path: usize| -> u32 {
            let of = |authority: usize| self.at(path, authority, date)[group.range(self.width())].iter().sum::<u32>();
            authority.range(self.authorities.len()).map(of).sum()
        };
        (0..self.paths).map(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;

    #[test]
    fn the_four_groups_hold_every_child() {
        let date = Day::year_end(2024);
        let mut paths = Paths::empty(vec!["A".to_owned()], vec![date, date.plus(30)], Groups::Detailed, 2);
        paths.at_mut(0, 0, 1)[Kind::Kinship as usize] = 3;
        paths.at_mut(0, 0, 1)[Kind::AgencyFostering as usize] = 4;
        paths.at_mut(1, 0, 1)[Kind::Secure as usize] = 1;
        let broad = paths.broad();
        assert_eq!((broad.at(0, 0, 1), broad.at(1, 0, 1)), (&[7, 0, 0, 0][..], &[0, 0, 0, 1][..]));
        assert_eq!(broad.broad(), broad);
        assert_eq!(paths.first(1).sample(Pick::Sum, 1, Pick::Sum), [7]);
        assert_eq!(broad.sample(Pick::Sum, 1, Pick::Sum), [7, 1]);
    }

    #[test]
    fn a_regions_path_is_the_sum_of_its_authorities_paths() {
        let date = Day::year_end(2024);
        let mut paths = Paths::empty(vec!["A".to_owned(), "B".to_owned()], vec![date, date.plus(30)], Groups::Broad, 2);
        paths.at_mut(0, 0, 1).copy_from_slice(&[5, 1, 0, 2]);
        paths.at_mut(0, 1, 1).copy_from_slice(&[7, 0, 1, 0]);
        paths.at_mut(1, 1, 1).copy_from_slice(&[9, 0, 0, 0]);
        assert_eq!(paths.sample(Pick::One(0), 1, Pick::One(3)), [2, 0]);
        assert_eq!(paths.sample(Pick::Sum, 1, Pick::One(0)), [12, 9]);
        assert_eq!(paths.sample(Pick::Sum, 1, Pick::Sum), [16, 9]);
        assert_eq!(paths.sample(Pick::Sum, 0, Pick::Sum), [0, 0]);
    }
}
