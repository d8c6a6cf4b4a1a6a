//! The episodes of each child in the order in which they happened.
//!
//! An episode whose start cannot be read has no place in the order, so it takes no part in a comparison with its neighbours and
//! silences no rule for the others; rule 141 says what is wrong with it. Episodes that start on one day stand by their end, the
//! open one last, so that the order of rows in the file makes no difference to what is found; only where two also end on one day do
//! they stand as in the file.

use domain::Day;

use super::context::Sheet;

/// Rows of the Episodes table, child by child, in order.
pub(super) struct Chain {
    rows: Vec<u32>,
    /// Where each child's rows begin; one more entry than children.
    first: Vec<u32>,
}

impl Chain {
    /// Puts the dated episodes of every child in order.
    pub(super) fn of(episodes: &Sheet, children: usize) -> Self {
        let start = episodes.dates("DECOM");
        let end = episodes.dates("DEC");
        let mut dated: Vec<(u32, Day, u32, u32)> = (0..episodes.len())
            .filter_map(|row| Some((episodes.child(row)?, start.day(row)?, end.day(row).map_or(u32::MAX, Day::number), row)))
            .collect();
        dated.sort_unstable();
        let first = (0..=children as u32).map(|child| dated.partition_point(|episode| episode.0 < child) as u32).collect();
        Self { rows: dated.into_iter().map(|(.., row)| row).collect(), first }
    }

    /// The episodes of a child.
    pub(super) fn of_child(&self, child: u32) -> &[u32] {
        let child = child as usize;
        &self.rows[self.first[child] as usize..self.first[child + 1] as usize]
    }

    /// The episodes of each child who has any.
    pub(super) fn children(&self) -> impl Iterator<Item = &[u32]> {
        self.first.windows(2).map(|ends| &self.rows[ends[0] as usize..ends[1] as usize]).filter(|rows| !rows.is_empty())
    }

    /// Each episode with the one after it.
    pub(super) fn steps(&self) -> impl Iterator<Item = (u32, u32)> {
        self.children().flat_map(|rows| rows.windows(2).map(|pair| (pair[0], pair[1])))
    }
}
