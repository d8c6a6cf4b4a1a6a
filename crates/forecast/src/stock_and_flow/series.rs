//! Children in care day by day: what forecasts that look only at the number itself start from, and what came of a forecast.

use domain::Day;

use super::fit::first_day;
use super::state::{broad_of, children_of, stretches};
use crate::kind::Broad;
use crate::known::Known;
use crate::paths::Pick;

/// Children at the end of each day, by [`Broad::ALL`] and in total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The first day.
    pub first: Day,
    /// One row a day.
    pub children: Vec<[u32; Broad::ALL.len() + 1]>,
}

impl Series {
    /// From the first day covered to the last day with data.
    pub fn of(known: &Known, authority: Pick) -> Self {
        const TOTAL: usize = Broad::ALL.len();
        let until = known.data_until();
        let first = first_day(known).min(until);
        let days = until.since(first) as usize + 1;
        let mut steps = vec![[0i32; TOTAL + 1]; days];
        let row = |day: Day| day.since(first).max(0) as usize;
        let mut of_child = Vec::new();
        for child in children_of(known, authority) {
            stretches(known, child, until, &mut of_child);
            for stretch in &of_child {
                for group in [broad_of(stretch.state as usize), TOTAL] {
                    steps[row(stretch.start)][group] += 1;
                    if let Some(end) = stretch.end {
                        steps[row(end)][group] -= 1;
                    }
                }
            }
        }
        let mut now = [0i32; TOTAL + 1];
        let children = steps
            .into_iter()
            .map(|step| {
                now.iter_mut().zip(step).for_each(|(now, step)| *now += step);
                now.map(|count| count.max(0) as u32)
            })
            .collect();
        Self { first, children }
    }

    /// The counts on a day, if it is covered.
    pub fn on(&self, day: Day) -> Option<&[u32; Broad::ALL.len() + 1]> {
        self.children.get(usize::try_from(day.since(self.first)).ok()?)
    }

    /// The counts of the last day.
    pub fn last(&self) -> [u32; Broad::ALL.len() + 1] {
        self.children.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{child, day, story};

    #[test]
    fn each_day_has_its_children_by_the_place_of_that_day() {
        let mut history = story();
        child(
            &mut history,
            "2010-05-01",
            &[
                "2015-06-01 2015-07-10 S C2 U6 PR1 X1 OTHER",
                "2015-07-10 2015-07-20 P C2 T1 PR1 X1 OTHER",
                "2015-07-20 2016-03-01 P C2 K2 PR4 E11 -",
            ],
        );
        child(&mut history, "2010-05-01", &["2015-06-01 - S V4 U6 PR1 - -"]);
        child(&mut history, "1997-08-01", &["2015-04-01 2015-09-01 S C2 K3 PR4 E11 -"]);
        history.covers = Some((day("2015-04-01"), day("2016-03-31")));
        let series = Series::of(&Known::at(&history, day("2016-03-31")), Pick::Sum);
        assert_eq!(series.on(day("2015-05-31")), Some(&[0, 0, 1, 0, 1]));
        assert_eq!(series.on(day("2015-07-09")), Some(&[1, 0, 1, 0, 2]));
        // A temporary stay counts as Other on its days; short breaks count nowhere.
        assert_eq!(series.on(day("2015-07-10")), Some(&[0, 0, 1, 1, 2]));
        // From the 18th birthday nobody counts, whatever the row says.
        assert_eq!(series.on(day("2015-08-01")), Some(&[0, 1, 0, 0, 1]));
        assert_eq!(series.last(), [0; 5]);
        assert_eq!(series.on(day("2016-04-01")), None);
    }
}
