//! What a scenario says of a day.

use domain::Day;
use domain::number::{Plan, whole_down};

use super::{Change, Growth, Lever, NewHome, Route, Scenario, Sector, What, When, Whom};

/// Whether children came alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unaccompanied {
    /// Unaccompanied asylum-seeking children.
    Yes,
    /// Every other child.
    No,
}

/// The plan line on a date: a number that was chosen, and so never part of a forecast (dossier A066).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanAt {
    /// The date.
    pub date: Day,
    /// Children.
    pub children: Plan<u32>,
}

impl Whom {
    /// Whether it means a child.
    pub fn holds(self, years: u32, uasc: Unaccompanied) -> bool {
        match self {
            Self::All => true,
            Self::Uasc => uasc == Unaccompanied::Yes,
            Self::Ages(ages) => ages.holds(years),
        }
    }
}

/// A factor as far as it has come in: 1 before, the whole factor at full strength.
fn partial(factor: f64, strength: f64) -> f64 {
    1.0 + (factor - 1.0) * strength
}

impl Scenario {
    /// The levers with how far each has come in on a day; those that are out of force are left away.
    fn in_force(&self, on: Day) -> impl Iterator<Item = (&What, f64)> + '_ {
        self.levers.iter().map(move |Lever { what, when }| (what, when.strength(on))).filter(|(_, strength)| *strength > 0.0)
    }

    /// Factor on the entries of children of an age on a day, percentages and events multiplied. Children a month more or fewer are the model's to
    /// draw.
    pub fn entry_factor(&self, years: u32, uasc: Unaccompanied, on: Day) -> f64 {
        self.in_force(on)
            .filter_map(|(what, strength)| match *what {
                What::Entries { whom, change: Change::Factor(factor) } | What::Event { whom, factor, .. } if whom.holds(years, uasc) => {
                    Some(partial(factor, strength))
                }
                _ => None,
            })
            .product()
    }

    /// Factor on the rate of leaving by a route on a day. The eighteenth birthday is nobody's lever.
    pub fn exit_factor(&self, route: Route, on: Day) -> f64 {
        self.in_force(on)
            .filter_map(|(what, strength)| match *what {
                What::Exits { route: meant, factor } if meant.is_none_or(|meant| meant == route) => Some(partial(factor, strength)),
                _ => None,
            })
            .product()
    }

    /// Children a month who move from children's homes to families on a day, over and above those who move anyway.
    pub fn step_downs_per_month(&self, on: Day) -> f64 {
        self.in_force(on)
            .filter_map(|(what, strength)| match what {
                What::StepDown { a_month } => Some(a_month * strength),
                _ => None,
            })
            .sum()
    }

    /// Share of children newly placed in a sector on a day who go to the authority's own homes, and how much of it is in force; nothing where no lever
    /// speaks of it.
    pub fn in_house_share(&self, sector: Sector, on: Day) -> Option<(f64, f64)> {
        self.in_force(on).find_map(|(what, strength)| match *what {
            What::InHouse { sector: meant, share } if meant == sector => Some((share, strength)),
            _ => None,
        })
    }

    /// The new homes open on a day with the beds in use, whole ones only.
    pub fn homes_open(&self, on: Day) -> Vec<(&NewHome, u32)> {
        let mut open = Vec::new();
        for Lever { what, when } in &self.levers {
            if let What::NewHome(home) = what
                && when.from <= on
                && when.to.is_none_or(|to| on <= to)
            {
                open.push((home, whole_down(f64::from(home.beds) * when.strength(on))));
            }
        }
        open
    }

    /// Named events with their dates, for charts: shown, never silently modelled (dossier A061).
    pub fn events(&self) -> impl Iterator<Item = (&str, When)> + '_ {
        self.levers.iter().filter_map(|lever| match &lever.what {
            What::Event { name, .. } => Some((name.as_str(), lever.when)),
            _ => None,
        })
    }

    /// The line of the plan from the children counted on a day, where a lever draws one: so many a month for each whole month after that day and
    /// the lever's first, until the cap. A start above the cap stays where it is: the plan then says that there is no room.
    pub fn plan_line(&self, children: u32, on: Day, dates: &[Day]) -> Option<Vec<PlanAt>> {
        let (Growth { a_month, until }, when) = self.levers.iter().find_map(|lever| match lever.what {
            What::Growth(growth) => Some((growth, lever.when)),
            _ => None,
        })?;
        let at = |&date: &Day| {
            let reached =
                f64::from(children) + a_month * f64::from(whole_months(when.from.max(on), when.to.map_or(date, |to| to.min(date))));
            let held =
                if a_month >= 0.0 { reached.min(f64::from(until.max(children))) } else { reached.max(f64::from(until.min(children))) };
            PlanAt { date, children: Plan(held.round() as u32) }
        };
        Some(dates.iter().map(at).collect())
    }
}

/// Whole months from one day to another; 0 if the other is earlier. Month ends follow month ends.
fn whole_months(from: Day, to: Day) -> u32 {
    let ((from_year, from_month, _), (to_year, to_month, _)) = (from.ymd(), to.ymd());
    let months = (to_year as i32 - from_year as i32) * 12 + to_month as i32 - from_month as i32;
    let months = if from.plus_months(months) > to { months - 1 } else { months };
    months.max(0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Ages;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    fn scenario(levers: Vec<(What, When)>) -> Scenario {
        Scenario { levers: levers.into_iter().map(|(what, when)| Lever { what, when }).collect() }
    }

    #[test]
    fn a_lever_comes_in_over_its_months_and_goes_on_its_last_day() {
        let when = When { from: day("2026-04-01"), ramp_months: 6, to: Some(day("2027-03-31")) };
        for (on, strength) in [("2026-03-31", 0.0), ("2026-04-01", 0.0), ("2026-10-01", 1.0), ("2027-03-31", 1.0), ("2027-04-01", 0.0)] {
            assert!((when.strength(day(on)) - strength).abs() < 1e-12, "{on}");
        }
        assert!((when.strength(day("2026-07-01")) - 91.0 / 183.0).abs() < 1e-12);
        assert!((When::since(day("2026-04-01")).strength(day("2026-04-01")) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn percentages_and_events_multiply_where_they_are_meant() {
        let from = day("2026-04-01");
        let made = scenario(vec![
            (What::Entries { whom: Whom::All, change: Change::Factor(1.1) }, When::since(from)),
            (What::Event { name: "Dispersal".into(), whom: Whom::Uasc, factor: 4.0 }, When::since(from)),
            (What::Entries { whom: Whom::Ages(Ages { from: 13, to: 15 }), change: Change::Factor(2.0) }, When::since(from)),
            (What::Entries { whom: Whom::All, change: Change::AMonth(3.0) }, When::since(from)),
        ]);
        for (years, uasc, factor) in [(12, Unaccompanied::No, 1.1), (14, Unaccompanied::No, 2.2), (17, Unaccompanied::Yes, 4.4)] {
            assert!((made.entry_factor(years, uasc, from) - factor).abs() < 1e-12, "{years}");
            assert!((made.entry_factor(years, uasc, from.plus(-1)) - 1.0).abs() < 1e-12, "before its day a lever does nothing");
        }
    }

    #[test]
    fn exits_step_downs_shares_and_homes_are_told_for_a_day() {
        let from = day("2026-04-01");
        let home = NewHome { name: "Elm".into(), sector: Sector::Residential, beds: 4, ages: Ages { from: 10, to: 17 } };
        let ramp = When { from, ramp_months: 4, to: None };
        let made = scenario(vec![
            (What::Exits { route: Some(Route::ReturnHome), factor: 1.2 }, When::since(from)),
            (What::StepDown { a_month: 2.0 }, When::since(from)),
            (What::InHouse { sector: Sector::Fostering, share: 0.7 }, ramp),
            (What::NewHome(home), ramp),
        ]);
        assert!((made.exit_factor(Route::ReturnHome, from) - 1.2).abs() < 1e-12);
        assert!((made.exit_factor(Route::Adoption, from) - 1.0).abs() < 1e-12);
        assert!((made.step_downs_per_month(from) - 2.0).abs() < 1e-12);
        let half_way = day("2026-06-01");
        let (share, strength) = made.in_house_share(Sector::Fostering, half_way).unwrap();
        assert!((share - 0.7).abs() < 1e-9 && (strength - 0.5).abs() < 1e-9, "61 of 122 days: {strength}");
        assert_eq!(made.in_house_share(Sector::Residential, half_way), None);
        let beds = |on: Day| made.homes_open(on).iter().map(|(_, beds)| *beds).collect::<Vec<_>>();
        assert_eq!([beds(from.plus(-1)), beds(from), beds(half_way), beds(day("2026-08-01"))], [vec![], vec![0], vec![2], vec![4]]);
    }

    #[test]
    fn the_plan_of_nottinghamshire_grows_by_two_a_month_until_898() {
        // Dossier A065: from 875 in December 2013 the cap is met in December 2014; from 885 in July 2014; 871 in March 2015 is 895 a year later.
        let plan = |from: &str, children: u32, at: &str| {
            let growth = scenario(vec![(What::Growth(Growth { a_month: 2.0, until: 898 }), When::since(day(from)))]);
            growth.plan_line(children, day(from), &[day(at)]).unwrap()[0].children.0
        };
        assert_eq!((plan("2013-12-31", 875, "2014-11-30"), plan("2013-12-31", 875, "2014-12-31")), (897, 898));
        assert_eq!((plan("2013-12-31", 885, "2014-06-30"), plan("2013-12-31", 885, "2014-07-31")), (897, 898));
        assert_eq!((plan("2015-03-31", 871, "2016-03-31"), plan("2015-03-31", 871, "2017-03-31")), (895, 898));
        assert_eq!(plan("2015-03-31", 909, "2016-03-31"), 909, "a start above the cap stays");
        // A plan made a year before today's count is drawn from today's count on: what came since is in it.
        let growth = scenario(vec![(What::Growth(Growth { a_month: 2.0, until: 898 }), When::since(day("2014-03-31")))]);
        assert_eq!(growth.plan_line(871, day("2015-03-31"), &[day("2015-06-30")]).unwrap()[0].children.0, 877);
        assert_eq!(Scenario::default().plan_line(871, day("2015-03-31"), &[day("2016-03-31")]), None);
    }
}
