//! Spending to save: when money spent on a change comes back (dossier A083).

use domain::Money;

use crate::outlook::Spread;

/// A case: what is spent, and what each child moved saves.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Spent in the first month.
    pub once: Money,
    /// Spent every month, such as a recruitment team.
    pub a_month: Money,
    /// Children moved each month once the ramp is over.
    pub moves_a_month: f64,
    /// Months until that many move; the first months rise in a straight line.
    pub ramp_months: u32,
    /// No more children than this are moved in all.
    pub at_most: Option<f64>,
    /// What one child's week costs less.
    pub saving_weekly: Money,
    /// For how many months a move saves: until the child would have left or moved anyway.
    pub lasts_months: u32,
}

/// One month of a case. Amounts are pence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// The first month is 1.
    pub month: u32,
    /// Children living in the cheaper home because of the case.
    pub children: f64,
    /// Spent this month.
    pub spent: f64,
    /// Saved this month.
    pub saved: f64,
    /// All saved less all spent so far.
    pub net: f64,
}

/// When it comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Repaid {
    /// Every month.
    pub months: Vec<Month>,
    /// The first month by whose end as much was saved as spent and from which on it stays so; nothing within the months looked at, or where nothing
    /// is spent and so nothing has to come back.
    pub month: Option<u32>,
    /// Where the money was back and is lost again, because spending goes on longer than saving: the first time.
    pub relapse: Option<Relapse>,
    /// The deepest that the case is ever in debt: the cash it needs.
    pub deepest: f64,
}

/// Money that was back and is lost again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relapse {
    /// The first month by whose end it was back.
    pub back: u32,
    /// The first month after it by whose end less was saved than spent.
    pub lost: u32,
}

/// The course of a debt: when it is paid back for good, and when it was back and lost again.
#[derive(Clone, Copy, Debug, Default)]
struct Course {
    /// Position from which on it is back.
    back: Option<usize>,
    /// The first time that it was back and lost again: both positions.
    relapse: Option<(usize, usize)>,
    /// Whether anything was spent so far.
    is_spent: bool,
}

impl Course {
    /// The next position: what is spent in it, and all saved less all spent by its end. Before anything is spent nothing can be back.
    fn step(&mut self, at: usize, spent: f64, net: f64) {
        self.is_spent |= spent > 0.0;
        match self.back {
            None if self.is_spent && net >= 0.0 => self.back = Some(at),
            Some(back) if net < 0.0 => {
                self.relapse = self.relapse.or(Some((back, at)));
                self.back = None;
            }
            _ => {}
        }
    }
}

/// Weeks of an average month: 365 ÷ 7 ÷ 12.
const WEEKS: f64 = 365.0 / 84.0;

/// Follows a case for so many months. A child moved in a month saves from that month on.
pub fn repay(case: &Case, months: u32) -> Repaid {
    let (mut net, mut so_far, mut deepest) = (0.0, 0.0f64, 0.0f64);
    let mut moves: Vec<f64> = Vec::with_capacity(months as usize);
    let mut seen = Vec::with_capacity(months as usize);
    let mut course = Course::default();
    for month in 1..=months {
        let ramp = if case.ramp_months == 0 { 1.0 } else { (f64::from(month) / f64::from(case.ramp_months)).min(1.0) };
        let room = case.at_most.map_or(f64::INFINITY, |most| (most - so_far).max(0.0));
        let now = (case.moves_a_month * ramp).min(room);
        so_far += now;
        moves.push(now);
        let children: f64 = moves.iter().rev().take(case.lasts_months as usize).sum();
        let once = if month == 1 { case.once } else { Money::default() };
        let spent = (once + case.a_month).pence() as f64;
        let saved = children * case.saving_weekly.pence() as f64 * WEEKS;
        net += saved - spent;
        deepest = deepest.min(net);
        course.step(month as usize, spent, net);
        seen.push(Month { month, children, spent, saved, net });
    }
    Repaid {
        months: seen,
        month: course.back.map(|month| month as u32),
        relapse: course.relapse.map(|(back, lost)| Relapse { back: back as u32, lost: lost as u32 }),
        deepest: -deepest,
    }
}

/// When money spent on a scenario comes back over simulated futures.
#[derive(Clone, Debug, PartialEq)]
pub struct Payback {
    /// The share of futures in which it is back at the end; nothing where nothing is spent, and so nothing has to come back.
    pub chance: Option<f64>,
    /// By date, the share of futures in which it has come back by then and stays back to the end.
    pub back_by: Vec<f64>,
    /// Position of the date by whose end it has come back in half of all futures; nothing where it does in fewer, or where nothing is spent.
    pub median_date: Option<usize>,
    /// The share of futures in which it was back once and is not at the end, because spending goes on longer than saving.
    pub relapse: f64,
    /// Pence saved less spent by the end.
    pub net: Spread,
}

/// Compares the same futures with and without a scenario: costs by path and date (as [`super::cost_by_date`] gives them) and what the scenario
/// itself costs by date, all in pence. Nothing where the three do not fit together.
pub fn payback(base: &[f64], scenario: &[f64], spent: &[f64]) -> Option<Payback> {
    let dates = spent.len();
    if dates == 0 || base.is_empty() || base.len() != scenario.len() || !base.len().is_multiple_of(dates) {
        return None;
    }
    let paths = base.len() / dates;
    let (mut back_by, mut relapsed) = (vec![0usize; dates], 0usize);
    let mut nets = Vec::with_capacity(paths);
    for (base, scenario) in base.chunks(dates).zip(scenario.chunks(dates)) {
        let (mut net, mut course) = (0.0, Course::default());
        for date in 0..dates {
            net += base[date] - scenario[date] - spent[date];
            course.step(date, spent[date], net);
        }
        nets.push(net);
        match course.back {
            Some(back) => back_by[back..].iter_mut().for_each(|count| *count += 1),
            None => relapsed += usize::from(course.relapse.is_some()),
        }
    }
    let share = |count: usize| count as f64 / paths as f64;
    let is_spent = spent.iter().any(|&pence| pence > 0.0);
    Some(Payback {
        chance: is_spent.then(|| share(back_by[dates - 1])),
        median_date: back_by.iter().position(|&count| 2 * count >= paths),
        back_by: back_by.into_iter().map(share).collect(),
        relapse: share(relapsed),
        net: Spread::of(nets),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn pounds(pounds: i64) -> Money {
        Money::from_pence(pounds * 100)
    }

    #[test]
    fn a_recruitment_team_pays_for_itself_in_this_month() {
        // £120,000 at once and £8,000 a month; a child a month from agency to in-house carers saves £364 a week (dossier A074).
        let case = Case {
            once: pounds(120_000),
            a_month: pounds(8_000),
            moves_a_month: 1.0,
            ramp_months: 0,
            at_most: None,
            saving_weekly: pounds(364),
            lasts_months: 36,
        };
        let repaid = repay(&case, 36);
        // A child's month saves 364 × 365 ÷ 84 = £1,581.67, so net after m months is 1,581.67 m (m + 1) ÷ 2 - 120,000 - 8,000 m: positive from 18.
        let net = |m: f64| 364.0 * WEEKS * m * (m + 1.0) / 2.0 - 120_000.0 - 8_000.0 * m;
        assert!(net(17.0) < 0.0 && net(18.0) > 0.0);
        assert_eq!(repaid.month, Some(18));
        assert!((repaid.months[17].net / 100.0 - net(18.0)).abs() < 1e-6);
        let deepest = (1..36).map(|m| net(f64::from(m))).fold(0.0, f64::min);
        assert!((repaid.deepest / 100.0 + deepest).abs() < 1e-6);
    }

    #[test]
    fn moves_rise_stop_and_run_out() {
        let case = Case {
            once: Money::default(),
            a_month: Money::default(),
            moves_a_month: 2.0,
            ramp_months: 4,
            at_most: Some(6.0),
            saving_weekly: pounds(100),
            lasts_months: 4,
        };
        let children: Vec<f64> = repay(&case, 8).months.iter().map(|month| month.children).collect();
        // Moves: 0.5, 1, 1.5, 2, 1 (the sixth child), then none; each saves for four months.
        assert_eq!(children, [0.5, 1.5, 3.0, 5.0, 5.5, 4.5, 3.0, 1.0]);
        let never = repay(&Case { once: pounds(1_000_000), ..case }, 8);
        assert_eq!(never.month, None);
    }

    #[test]
    fn payback_is_told_over_futures() {
        // Three futures, three months; 10 is spent in the first month. Saved: 4 a month, 6 a month, nothing.
        let base = [100.0; 9];
        let scenario = [96.0, 96.0, 96.0, 94.0, 94.0, 94.0, 100.0, 100.0, 100.0];
        let found = payback(&base, &scenario, &[10.0, 0.0, 0.0]).unwrap();
        assert_eq!(found.chance, Some(2.0 / 3.0));
        assert_eq!(found.median_date, Some(2), "one of three by the second month, two by the third");
        assert_eq!((found.back_by, found.relapse), (vec![0.0, 1.0 / 3.0, 2.0 / 3.0], 0.0));
        assert!((found.net.mean - (2.0 + 8.0 - 10.0) / 3.0).abs() < 1e-12);
        assert_eq!(payback(&base, &scenario, &[0.0; 2]), None);
    }

    #[test]
    fn where_nothing_is_spent_nothing_comes_back() {
        let found = payback(&[100.0; 6], &[96.0; 6], &[0.0; 3]).unwrap();
        assert_eq!((found.chance, found.median_date, found.back_by.as_slice(), found.net.mean), (None, None, &[0.0; 3][..], 12.0));
        let free = Case {
            once: Money::default(),
            a_month: Money::default(),
            moves_a_month: 1.0,
            ramp_months: 0,
            at_most: None,
            saving_weekly: pounds(100),
            lasts_months: 4,
        };
        assert_eq!((repay(&free, 3).month, repay(&free, 3).relapse), (None, None));
        // Nor is it back in the months before it is spent.
        assert_eq!(payback(&[100.0; 3], &[90.0; 3], &[0.0, 25.0, 0.0]).unwrap().back_by, [0.0, 0.0, 1.0]);
    }

    #[test]
    fn money_that_is_lost_again_is_not_back() {
        // Ten saved in the first month and never more; three spent each month.
        let found = payback(&[100.0; 5], &[90.0, 100.0, 100.0, 100.0, 100.0], &[3.0; 5]).unwrap();
        assert_eq!((found.chance, found.relapse, found.median_date), (Some(0.0), 1.0, None));
        // A second saving brings it back for good: only then it counts as back.
        let found = payback(&[100.0; 5], &[90.0, 100.0, 100.0, 100.0, 80.0], &[3.0; 5]).unwrap();
        assert_eq!((found.chance, found.relapse, found.back_by), (Some(1.0), 0.0, vec![0.0, 0.0, 0.0, 0.0, 1.0]));
        // Two children, each for four months, and a team that goes on.
        let case = Case {
            once: Money::default(),
            a_month: pounds(700),
            moves_a_month: 1.0,
            ramp_months: 0,
            at_most: Some(2.0),
            saving_weekly: pounds(230),
            lasts_months: 4,
        };
        let repaid = repay(&case, 24);
        assert_eq!(repaid.month, None);
        let relapse = repaid.relapse.unwrap();
        assert_eq!(relapse.back, 1);
        let net = |month: u32| repaid.months[month as usize - 1].net;
        assert!(net(relapse.lost) < 0.0 && (relapse.back..relapse.lost).all(|month| net(month) >= 0.0) && net(24) < 0.0);
        assert_eq!(repay(&case, relapse.lost - 1).month, Some(1), "back as far as one looks");
    }
}
