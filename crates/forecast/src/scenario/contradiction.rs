//! Where a scenario contradicts itself.

use domain::Day;

use super::{Ages, Change, Growth, Lever, Scenario, What, Whom};

/// Something that cannot be meant. Levers are named by their position, the first being 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contradiction {
    /// The last day lies before the first.
    EndsBeforeItBegins {
        /// The lever.
        lever: usize,
    },
    /// It would change what is already known: its first day is not after the last day that is known.
    BeforeOrigin {
        /// The lever.
        lever: usize,
        /// The last known day.
        origin: Day,
    },
    /// A share that is not from 0 to 1.
    NoShare {
        /// The lever.
        lever: usize,
        /// As given.
        share: f64,
    },
    /// Fewer than nobody: a factor below 0 (a cut by more than 100%), or a number a month below 0 where only more makes sense.
    BelowNought {
        /// The lever.
        lever: usize,
    },
    /// A number that is none (not finite).
    NoNumber {
        /// The lever.
        lever: usize,
    },
    /// Ages that are reversed, or beyond 17.
    NoAges {
        /// The lever.
        lever: usize,
        /// As given.
        ages: Ages,
    },
    /// A home without a bed.
    NoBeds {
        /// The lever.
        lever: usize,
    },
    /// More than anybody can mean, and than can be followed: see [`MOST`].
    TooMuch {
        /// The lever.
        lever: usize,
    },
    /// It comes in so slowly that it ends first.
    EndsBeforeFullForce {
        /// The lever.
        lever: usize,
    },
    /// Two levers that say different things of the same on the same days.
    SameTwice {
        /// The earlier lever.
        first: usize,
        /// The later one.
        second: usize,
    },
}

/// The most that a lever may ask for: beyond it stands a slip of the pen.
pub const MOST: Most = Most { factor: 15.0, children_a_month: 1000.0, beds: 500, ramp_months: 120 };

/// Limits of levers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Most {
    /// Of what would have been: 15 is 1,400 per cent more.
    pub factor: f64,
    /// Children a month, more or fewer.
    pub children_a_month: f64,
    /// Beds of a new home.
    pub beds: u32,
    /// Months until a lever is in full force.
    pub ramp_months: u32,
}

impl Most {
    fn exceeded_by(self, lever: &Lever) -> bool {
        let number = match &lever.what {
            What::Entries { change: Change::Factor(factor), .. } | What::Event { factor, .. } | What::Exits { factor, .. } => {
                factor / self.factor
            }
            What::Entries { change: Change::AMonth(a_month), .. } | What::StepDown { a_month } | What::Growth(Growth { a_month, .. }) => {
                a_month.abs() / self.children_a_month
            }
            What::NewHome(home) => f64::from(home.beds) / f64::from(self.beds),
            What::InHouse { .. } => 0.0,
        };
        number > 1.0 || lever.when.ramp_months > self.ramp_months
    }
}

/// Every contradiction, in the order of levers. `origin` is the last day that is known.
pub fn contradictions(scenario: &Scenario, origin: Day) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (at, lever) in scenario.levers.iter().enumerate() {
        if MOST.exceeded_by(lever) {
            found.push(Contradiction::TooMuch { lever: at });
            continue;
        }
        dates(at, lever, origin, &mut found);
        numbers(at, lever, &mut found);
        for (before, earlier) in scenario.levers[..at].iter().enumerate() {
            if same(&earlier.what, &lever.what) && earlier.when.meets(&lever.when) {
                found.push(Contradiction::SameTwice { first: before, second: at });
            }
        }
    }
    found
}

fn dates(at: usize, lever: &Lever, origin: Day, found: &mut Vec<Contradiction>) {
    let when = lever.when;
    // The line of a plan may begin in the past: it changes nothing that happened, and plans are drawn from the day they were made.
    if when.from <= origin && !matches!(lever.what, What::Growth(_)) {
        found.push(Contradiction::BeforeOrigin { lever: at, origin });
    }
    if let Some(to) = when.to {
        if to < when.from {
            found.push(Contradiction::EndsBeforeItBegins { lever: at });
        } else if when.from.plus_months(when.ramp_months as i32) > to.plus(1) {
            found.push(Contradiction::EndsBeforeFullForce { lever: at });
        }
    }
}

fn numbers(at: usize, lever: &Lever, found: &mut Vec<Contradiction>) {
    let mut number = |value: f64, least: f64| {
        if !value.is_finite() {
            found.push(Contradiction::NoNumber { lever: at });
        } else if value < least {
            found.push(Contradiction::BelowNought { lever: at });
        }
    };
    let ages = match &lever.what {
        What::Entries { whom, change } => {
            match *change {
                Change::Factor(factor) => number(factor, 0.0),
                Change::AMonth(more) => number(more, f64::NEG_INFINITY),
            }
            ages_of(*whom)
        }
        What::Event { whom, factor, .. } => {
            number(*factor, 0.0);
            ages_of(*whom)
        }
        What::Exits { factor, .. } => {
            number(*factor, 0.0);
            None
        }
        What::StepDown { a_month } => {
            number(*a_month, 0.0);
            None
        }
        What::Growth(Growth { a_month, .. }) => {
            number(*a_month, f64::NEG_INFINITY);
            None
        }
        What::InHouse { share, .. } => {
            if !(0.0..=1.0).contains(share) {
                found.push(Contradiction::NoShare { lever: at, share: *share });
            }
            None
        }
        What::NewHome(home) => {
            if home.beds == 0 {
                found.push(Contradiction::NoBeds { lever: at });
            }
            Some(home.ages)
        }
    };
    if let Some(ages) = ages
        && (ages.from > ages.to || ages.to > Ages::EVERY.to)
    {
        found.push(Contradiction::NoAges { lever: at, ages });
    }
}

const fn ages_of(whom: Whom) -> Option<Ages> {
    match whom {
        Whom::Ages(ages) => Some(ages),
        Whom::All | Whom::Uasc => None,
    }
}

/// Whether two levers speak of the same. One for all children and one for a group of them add up, as a person would mean it; two for the
/// same group, or for age bands that share an age, do not.
fn same(one: &What, other: &What) -> bool {
    match (one, other) {
        (What::Entries { whom: one, .. }, What::Entries { whom: other, .. }) => match (one, other) {
            (Whom::Ages(one), Whom::Ages(other)) => one.shared_with(*other) > 0,
            _ => one == other,
        },
        (What::Exits { route: one, .. }, What::Exits { route: other, .. }) => one == other,
        (What::StepDown { .. }, What::StepDown { .. }) | (What::Growth(_), What::Growth(_)) => true,
        (What::InHouse { sector: one, .. }, What::InHouse { sector: other, .. }) => one == other,
        (What::NewHome(one), What::NewHome(other)) => one.name == other.name,
        (What::Event { name: one, .. }, What::Event { name: other, .. }) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NewHome, Route, Sector, When};
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    fn found(levers: Vec<(What, When)>) -> Vec<Contradiction> {
        let scenario = Scenario { levers: levers.into_iter().map(|(what, when)| Lever { what, when }).collect() };
        contradictions(&scenario, day("2026-03-31"))
    }

    fn dated(from: &str, to: &str) -> When {
        When { from: day(from), ramp_months: 0, to: Some(day(to)) }
    }

    #[test]
    fn each_contradiction_is_found() {
        let entries = |factor: f64| What::Entries { whom: Whom::Uasc, change: Change::Factor(factor) };
        let home = |beds: u32, from: u32, to: u32| {
            What::NewHome(NewHome { name: "Elm".into(), sector: Sector::Residential, beds, ages: Ages { from, to } })
        };
        let soon = When::since(day("2026-04-01"));
        let cases = [
            (vec![(entries(1.1), dated("2026-05-01", "2026-04-01"))], Contradiction::EndsBeforeItBegins { lever: 0 }),
            (vec![(entries(1.1), When::since(day("2026-03-31")))], Contradiction::BeforeOrigin { lever: 0, origin: day("2026-03-31") }),
            (vec![(What::InHouse { sector: Sector::Fostering, share: 1.2 }, soon)], Contradiction::NoShare { lever: 0, share: 1.2 }),
            (vec![(entries(-0.5), soon)], Contradiction::BelowNought { lever: 0 }),
            (vec![(What::StepDown { a_month: f64::NAN }, soon)], Contradiction::NoNumber { lever: 0 }),
            (vec![(home(4, 12, 10), soon)], Contradiction::NoAges { lever: 0, ages: Ages { from: 12, to: 10 } }),
            (vec![(home(0, 10, 17), soon)], Contradiction::NoBeds { lever: 0 }),
            (vec![(home(501, 10, 17), soon)], Contradiction::TooMuch { lever: 0 }),
            (vec![(home(4, 10, 17), When { ramp_months: u32::MAX, ..soon })], Contradiction::TooMuch { lever: 0 }),
            (
                vec![(entries(1.1), When { ramp_months: 6, ..dated("2026-05-01", "2026-06-30") })],
                Contradiction::EndsBeforeFullForce { lever: 0 },
            ),
            (
                vec![(entries(1.1), soon), (entries(1.2), dated("2026-06-01", "2026-07-01"))],
                Contradiction::SameTwice { first: 0, second: 1 },
            ),
        ];
        for (levers, expected) in cases {
            assert_eq!(found(levers), [expected]);
        }
    }

    #[test]
    fn levers_that_follow_or_complete_each_other_do_not_contradict() {
        let entries = |whom: Whom| What::Entries { whom, change: Change::Factor(1.1) };
        let levers = vec![
            (entries(Whom::All), dated("2026-04-01", "2026-12-31")),
            (entries(Whom::All), dated("2027-01-01", "2027-12-31")),
            (entries(Whom::Uasc), dated("2026-04-01", "2027-12-31")),
            (What::Exits { route: None, factor: 1.1 }, dated("2026-04-01", "2027-12-31")),
            (What::Exits { route: Some(Route::Adoption), factor: 1.2 }, dated("2026-04-01", "2027-12-31")),
            (What::Growth(Growth { a_month: 2.0, until: 898 }), When::since(day("2013-12-31"))),
        ];
        assert_eq!(found(levers), []);
    }
}
