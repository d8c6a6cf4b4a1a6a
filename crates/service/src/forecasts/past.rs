//! What was, on the same scale as what is forecast.

use domain::Day;
use forecast::kind::Kind;
use forecast::paths::Groups;

use crate::holdings::Holding;

/// Children in care on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The day.
    pub date: Day,
    /// Children in each group, in the order of [`Groups::names`].
    pub children: Vec<u32>,
}

impl Past {
    /// All of them.
    pub fn total(&self) -> u32 {
        self.children.iter().sum()
    }
}

/// The ends of the months before a day, the day itself last, oldest first; none before the returns begin.
pub(super) fn past(holding: &Holding, until: Day, months: u32, groups: Groups) -> Vec<Past> {
    let first = holding.read.history.covers.map_or(until, |(first, _)| first);
    let days = (0..=months as i32).rev().map(|back| until.plus(1).plus_months(-back).plus(-1));
    days.filter(|&day| day >= first).map(|day| Past { date: day, children: counts(holding, day, groups) }).collect()
}

/// Children in each group on a day, by the code of that day: a temporary stay counts as `Other` (command-line contract, `broad_type`).
fn counts(holding: &Holding, on: Day, groups: Groups) -> Vec<u32> {
    let history = &holding.read.history;
    let mut children = vec![0; groups.names().len()];
    for standing in holding.timeline.stock(history, on) {
        let row = standing.episode as usize;
        let kind = Kind::of(history.episodes.place[row], history.episodes.provider[row]);
        let at = match groups {
            Groups::Broad => kind.broad() as usize,
            Groups::Detailed => kind as usize,
        };
        children[at] += 1;
    }
    children
}
