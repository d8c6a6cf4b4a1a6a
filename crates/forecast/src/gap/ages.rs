//! How old the children are who live in each home on the dates ahead: counted in the futures themselves, so that a cohort that turns 16 by a date
//! needs homes for 16 and over on it.

use domain::Day;

use super::Home;
use crate::microsimulation::{Fit, GoOn, Stay, Watch, watch_while};
use crate::paths::Pick;
use crate::scenario::Scenario;

/// Years of age in care: 0 to 17.
pub(super) const YEARS: usize = 18;

/// Children by future, date, home and year of age, all kinds of a home together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lived {
    /// Ascending.
    pub dates: Vec<Day>,
    /// How many futures.
    pub paths: usize,
    /// `paths × dates × homes × years`, the year fastest.
    children: Vec<u32>,
}

/// Cells of one date of one future.
const CELLS: usize = Home::ALL.len() * YEARS;

impl Lived {
    /// Watches the futures that [`crate::microsimulation::simulate_while`] counts with the same seed: those of one authority of the fit, or of all. Nothing
    /// once it was to break off.
    pub fn of(fit: &Fit, scenario: &Scenario, dates: &[Day], whose: Pick, (paths, seed): (usize, u64), go_on: GoOn<'_>) -> Option<Self> {
        let until = dates.last().copied().unwrap_or(fit.from);
        let new = || Watching { dates, whose, children: vec![0; dates.len() * CELLS] };
        let watched = watch_while(fit, scenario, until, (paths, seed), go_on, new)?;
        Some(Self { dates: dates.to_vec(), paths, children: watched.into_iter().flat_map(|path| path.children).collect() })
    }

    /// The children of a home in one future on a date, by year of age.
    pub fn by_year(&self, path: usize, date: usize, home: Home) -> &[u32] {
        let from = (path * self.dates.len() + date) * CELLS + home as usize * YEARS;
        &self.children[from..from + YEARS]
    }
}

/// Counts one future.
struct Watching<'a> {
    dates: &'a [Day],
    whose: Pick,
    children: Vec<u32>,
}

impl Watch for Watching<'_> {
    fn stay(&mut self, stay: &Stay) {
        let is_ours = match self.whose {
            Pick::One(authority) => stay.authority == authority,
            Pick::Sum => true,
        };
        if !is_ours {
            return;
        }
        let first = self.dates.partition_point(|&date| date < stay.from);
        for (at, &date) in self.dates.iter().enumerate().skip(first).take_while(|(_, date)| **date < stay.until) {
            let years = stay.born.age_at(date).min(YEARS as u32 - 1);
            let Some(home) = Home::at(stay.kind, years) else { return };
            self.children[at * CELLS + home as usize * YEARS + years as usize] += 1;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::ops::ControlFlow;

    use domain::history::History;

    use super::*;
    use crate::known::Known;
    use crate::microsimulation::{Question, fit, simulate};
    use crate::paths::Groups;
    use crate::story::{child, day, story};

    /// So many children of each home and age on one date in every future.
    pub(in crate::gap) fn certain(paths: usize, counts: &[(Home, u32, u32)]) -> Lived {
        let mut children = vec![0; paths * CELLS];
        for path in children.chunks_mut(CELLS) {
            for &(home, years, count) in counts {
                path[home as usize * YEARS + years as usize] += count;
            }
        }
        Lived { dates: vec![Day::year_end(2027)], paths, children }
    }

    /// Forty children of 15 in foster homes for years, whom hardly anything happens to, and an old hand who came and went.
    fn fifteen() -> History {
        let mut history = story();
        for month in 4..=11 {
            for at in 1..=5 {
                child(&mut history, &format!("2010-{month:02}-{at:02}"), &["2015-01-01 - S C2 U6 PR1 - -"]);
            }
        }
        child(&mut history, "2004-05-01", &["2015-01-01 2022-05-01 S C2 U6 PR1 E11 -"]);
        history.covers = Some((day("2020-04-01"), day("2026-03-31")));
        history
    }

    #[test]
    fn a_cohort_that_turns_16_by_the_horizon_is_counted_as_16() {
        let history = fifteen();
        let known = Known::at(&history, day("2026-03-31"));
        let fit = fit(&known.history, &known.timeline, known.on).unwrap();
        let dates = [day("2026-03-31"), day("2027-03-31"), day("2029-03-31")];
        let lived = Lived::of(&fit, &Scenario::default(), &dates, Pick::Sum, (20, 1), &|| ControlFlow::Continue(())).unwrap();
        let of = |date: usize, years: std::ops::Range<usize>| -> u32 {
            (0..20).map(|path| lived.by_year(path, date, Home::Foster)[years.clone()].iter().sum::<u32>()).sum()
        };
        assert!(of(0, 16..18) < of(0, 0..16) / 4, "most are 15 or younger today");
        assert!(of(1, 16..18) > 20 * 20 && of(1, 16..18) > 10 * of(1, 0..16), "{} of {}", of(1, 16..18), of(1, 0..18));
        assert!(of(2, 16..18) < of(1, 16..18) / 4, "and by then they are grown up");
    }

    #[test]
    fn the_same_futures_are_counted_as_the_forecast_counts() {
        let history = fifteen();
        let known = Known::at(&history, day("2026-03-31"));
        let fit = fit(&known.history, &known.timeline, known.on).unwrap();
        let question = Question { dates: vec![day("2026-09-30"), day("2027-03-31")], paths: 30, seed: 7, groups: Groups::Detailed };
        let paths = simulate(&fit, &question);
        let lived = Lived::of(&fit, &Scenario::default(), &question.dates, Pick::One(0), (30, 7), &|| ControlFlow::Continue(())).unwrap();
        for path in 0..30 {
            for date in 0..2 {
                let counted = |home: Home| home.kinds().map(|kind| paths.at(path, 0, date)[kind as usize]).sum::<u32>();
                let found = |home: Home| lived.by_year(path, date, home).iter().sum::<u32>();
                assert_eq!(found(Home::Foster), counted(Home::Foster), "foster homes on path {path}");
                assert_eq!(
                    Home::ALL.map(found).iter().sum::<u32>(),
                    Home::ALL.map(counted).iter().sum::<u32>(),
                    "every home on path {path}"
                );
                assert!(lived.by_year(path, date, Home::Supported)[..16].iter().all(|&children| children == 0), "nobody under 16");
            }
        }
        let other = Lived::of(&fit, &Scenario::default(), &question.dates, Pick::One(1), (30, 7), &|| ControlFlow::Continue(())).unwrap();
        assert!(other.children.iter().all(|&count| count == 0), "nobody of another authority");
    }
}
