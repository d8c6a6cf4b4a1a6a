//! What a scenario changes of a path: by thinning and by adding, so that all else stays as it is.
//!
//! Every child lives its base life on its base stream of chance. A lever below one refuses some of the events that come, one above one adds events from a
//! stream of the lever's own (thinning and superposition of Poisson processes: Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979). A
//! scenario therefore differs from the base by the lever's children alone, path by path; and a lever that does nothing changes no byte.

use std::collections::HashMap;

use domain::Day;

use super::chance::{Chance, Purpose};
use super::child::Child;
use super::drawn::Local;
use super::fit::Fit;
use super::state::{Asylum, Cause, ROUTES, Route, State};
use crate::kind::Kind;
use crate::scenario::{self, Change, Scenario, Sector, Unaccompanied, What, Whom};

/// Days of a step in which a ramp comes in.
const RAMP_STEP: i32 = 7;
/// Days in a month, on average.
const MONTH: f64 = 30.4375;
/// Times that one arrival may come over: a factor of more is held here, and nobody forecasts a sixteenfold.
const MOST_COPIES: u64 = 15;

/// What may be changed of a life.
pub(super) trait Changes {
    /// Something that happens after `today`, up to the morning of `until`.
    fn before(&mut self, child: &Child, at: (State, usize), rates: &Local<'_>, span: (Day, Day)) -> Option<(Day, Cause)>;

    /// Whether an exit that comes stands.
    fn stands(&mut self, route: Route, on: Day) -> bool;

    /// The home that a placing leads to.
    fn home(&mut self, kind: Kind, on: Day) -> Kind;
}

/// The base: nothing is changed.
pub(super) struct Nothing;

impl Changes for Nothing {
    fn before(&mut self, _: &Child, _: (State, usize), _: &Local<'_>, _: (Day, Day)) -> Option<(Day, Cause)> {
        None
    }

    fn stands(&mut self, _: Route, _: Day) -> bool {
        true
    }

    fn home(&mut self, kind: Kind, _: Day) -> Kind {
        kind
    }
}

/// A scenario made ready for a fit.
pub(super) struct Levers<'a> {
    pub(super) scenario: &'a Scenario,
    from: Day,
    until: Day,
    /// Factors on exits by route from each day on.
    exits: Vec<(Day, [f64; ROUTES])>,
    /// Children a month whom the levers of fewer children a month can take from, in the order of the levers; 0 for others.
    expected: Vec<f64>,
    /// Recent entrants, from whom more children are drawn.
    recent: Vec<Child>,
    /// Each authority's share of recent entrants, and of children in children's homes.
    entrants: Vec<f64>,
    residential: Vec<f64>,
}

impl<'a> Levers<'a> {
    pub(super) fn new(fit: &Fit, scenario: &'a Scenario, until: Day) -> Self {
        let recent: Vec<Child> = fit.entries.recent().copied().collect();
        let matches = |whom: Whom| recent.iter().filter(|child| holds(whom, child)).count() as f64;
        let expected = scenario
            .levers
            .iter()
            .map(|lever| match lever.what {
                What::Entries { whom, change: Change::AMonth(_) } => matches(whom) / fit.recent_months(),
                _ => 0.0,
            })
            .collect();
        let authorities = fit.authorities.len();
        let shares = |count: &dyn Fn(usize) -> usize| -> Vec<f64> {
            let counts: Vec<f64> = (0..authorities).map(|authority| count(authority) as f64).collect();
            let total: f64 = counts.iter().sum();
            counts.iter().map(|count| if total > 0.0 { count / total } else { 1.0 / authorities as f64 }).collect()
        };
        let of = |authority: usize| move |child: &&Child| usize::from(child.authority) == authority;
        let entrants = shares(&|authority| recent.iter().filter(of(authority)).count());
        let residential = shares(&|authority| {
            let (from, to) = fit.stock_of[authority];
            fit.stock[from..to].iter().filter(|walker| is_home(walker.child.kind)).count()
        });
        Self { scenario, from: fit.from, until, exits: exits(scenario, fit.from, until), expected, recent, entrants, residential }
    }

    /// Levers, by their position, that bring or keep away children of whom none came lately, so that there is nobody to be like and nothing happens.
    pub(super) fn idle(&self) -> Vec<usize> {
        let idle = |what: &What| match *what {
            What::Entries { whom, .. } | What::Event { whom, .. } => !self.recent.iter().any(|child| holds(whom, child)),
            _ => false,
        };
        self.scenario.levers.iter().enumerate().filter(|(_, lever)| idle(&lever.what)).map(|(at, _)| at).collect()
    }

    /// How often a child who would come comes, by a uniform draw: once without a lever. So many fewer a month are taken from those who come after
    /// every factor. Monotone in the factor, so that children who share the draw differ only as far as levers mean them differently.
    pub(super) fn times(&self, child: &Child, unit: f64) -> u64 {
        let on = child.in_care_since;
        let mut factor = self.scenario.entry_factor(child.born.age_at(on), alone(child), on);
        for (lever, expected) in self.scenario.levers.iter().zip(&self.expected) {
            if let What::Entries { whom, change: Change::AMonth(more) } = lever.what
                && more < 0.0
                && holds(whom, child)
            {
                factor = (factor + more * lever.when.strength(on) / expected.max(1e-9)).max(0.0);
            }
        }
        ((factor + 1.0 - unit).floor() as u64).min(MOST_COPIES)
    }

    /// Children who come over and above, because a lever brings so many more a month.
    pub(super) fn more(&self, seed: u64, path: usize, authority: usize, mut tell: impl FnMut(Child, u64)) {
        for (number, lever) in self.scenario.levers.iter().enumerate() {
            let What::Entries { whom, change: Change::AMonth(more) } = lever.what else { continue };
            let like: Vec<&Child> = self.recent.iter().filter(|child| holds(whom, child)).collect();
            if more <= 0.0 || like.is_empty() {
                continue;
            }
            let subject = 1 << 62 | (authority as u64) << 42 | (number as u64 & 0xff) << 32;
            let mut chance = Chance::new(seed, path, Purpose::Lever, subject);
            let mut day = self.from.plus(1);
            let mut clock = chance.exponential();
            let mut nth = 0;
            while day <= self.until {
                clock -= more * self.entrants[authority] * lever.when.strength(day) / MONTH;
                while clock <= 0.0 {
                    let like = like[chance.below(like.len())];
                    let born = like.born.plus(day.since(like.in_care_since));
                    let child =
                        Child { authority: authority as u16, born, in_care_since: day, placed_since: day, away_since: None, ..*like };
                    tell(child, subject | nth);
                    nth += 1;
                    clock += chance.exponential();
                }
                day = day.plus(1);
            }
        }
    }

    /// Whether children are to be moved from children's homes to families.
    pub(super) fn steps_down(&self) -> bool {
        self.scenario.levers.iter().any(|lever| matches!(lever.what, What::StepDown { .. }))
    }

    /// Who steps down when, among the stays in children's homes of one authority's path: so many a month, any of those who are there as likely as
    /// any other, nobody twice.
    pub(super) fn chosen(&self, seed: u64, path: usize, authority: usize, stays: &[(u64, Day, Day)]) -> HashMap<u64, Day> {
        let mut chance = Chance::new(seed, path, Purpose::Lever, 1 << 61 | authority as u64);
        let mut chosen = HashMap::new();
        let mut due = chance.unit();
        let mut day = self.from.plus(1);
        while day <= self.until {
            due += self.scenario.step_downs_per_month(day) * self.residential[authority] / MONTH;
            while due >= 1.0 {
                due -= 1.0;
                // There the night before, and there tonight if nothing is done.
                let there: Vec<u64> = stays
                    .iter()
                    .filter(|(child, from, until)| *from < day && day < *until && !chosen.contains_key(child))
                    .map(|(child, ..)| *child)
                    .collect();
                if let Some(&child) = there.get(chance.below(there.len())) {
                    chosen.insert(child, day);
                }
            }
            day = day.plus(1);
        }
        chosen
    }

    /// The changes of one child's life.
    pub(super) fn of(&self, seed: u64, path: usize, number: u64, steps_down: Option<Day>) -> OfChild<'_> {
        let mut chance = Chance::new(seed, path, Purpose::Lever, number);
        OfChild { levers: self, clock: chance.exponential(), chance, steps_down }
    }
}

/// The changes of one child's life.
pub(super) struct OfChild<'a> {
    levers: &'a Levers<'a>,
    /// Runs down at the added rate of exits.
    clock: f64,
    chance: Chance,
    steps_down: Option<Day>,
}

impl Changes for OfChild<'_> {
    fn before(
        &mut self,
        child: &Child,
        (state, step): (State, usize),
        rates: &Local<'_>,
        (today, until): (Day, Day),
    ) -> Option<(Day, Cause)> {
        if let Some(on) = self.steps_down.filter(|on| today < *on && *on <= until && is_home(child.kind)) {
            self.steps_down = None;
            let families = [Kind::Kinship, Kind::InHouseFostering, Kind::AgencyFostering];
            let weights = families.map(|kind| rates.rate(state, step, Cause::Move(kind)));
            let mut left = self.chance.unit() as f32 * weights.iter().sum::<f32>();
            let to = families.into_iter().zip(weights).find(|(_, weight)| {
                left -= weight;
                left <= 0.0
            });
            return Some((on, Cause::Move(to.map_or(Kind::InHouseFostering, |(kind, _)| kind))));
        }
        let first = self.levers.exits.partition_point(|(from, _)| *from <= today).saturating_sub(1);
        for (at, (from, factors)) in self.levers.exits.iter().enumerate().skip(first).take_while(|(_, (from, _))| *from < until) {
            let start = today.max(*from);
            let end = self.levers.exits.get(at + 1).map_or(until, |(next, _)| until.min(*next));
            let added: [f64; ROUTES] = std::array::from_fn(|route| {
                let more = factors[route] - 1.0;
                if more > 0.0 { more * f64::from(rates.rate(state, step, Cause::Exit(Route::ALL[route]))) } else { 0.0 }
            });
            let total: f64 = added.iter().sum();
            let nights = f64::from(end.since(start));
            if total <= 0.0 || self.clock > total * nights {
                self.clock -= total * nights;
                continue;
            }
            let on = start.plus(((self.clock / total).ceil() as i32).max(1));
            self.clock = self.chance.exponential();
            let mut left = self.chance.unit() * total;
            let route = added.iter().position(|rate| {
                left -= rate;
                *rate > 0.0 && left <= 0.0
            });
            return Some((on, Cause::Exit(Route::ALL[route.unwrap_or(0)])));
        }
        None
    }

    fn stands(&mut self, route: Route, on: Day) -> bool {
        let factor = self.levers.scenario.exit_factor(words(route), on);
        factor >= 1.0 || self.chance.unit() <= factor
    }

    /// Placings that the lever decides fall to the authority's own by its share, wherever they would have led; so the share asked for is met whatever it
    /// would have been.
    fn home(&mut self, kind: Kind, on: Day) -> Kind {
        let (sector, own, bought) = match kind {
            Kind::InHouseFostering | Kind::AgencyFostering => (Sector::Fostering, Kind::InHouseFostering, Kind::AgencyFostering),
            Kind::OwnHome | Kind::ExternalHome => (Sector::Residential, Kind::OwnHome, Kind::ExternalHome),
            _ => return kind,
        };
        let Some((share, strength)) = self.levers.scenario.in_house_share(sector, on) else { return kind };
        let (decides, falls) = (self.chance.unit(), self.chance.unit());
        match (decides <= strength, falls <= share) {
            (true, true) => own,
            (true, false) => bought,
            (false, _) => kind,
        }
    }
}

/// Whether a kind is a children's home.
pub(super) const fn is_home(kind: Kind) -> bool {
    matches!(kind, Kind::OwnHome | Kind::ExternalHome)
}

fn alone(child: &Child) -> Unaccompanied {
    if child.asylum == Asylum::Seeking { Unaccompanied::Yes } else { Unaccompanied::No }
}

/// Whether a lever means an entrant.
fn holds(whom: Whom, child: &Child) -> bool {
    whom.holds(child.born.age_at(child.in_care_since), alone(child))
}

/// A route in the words of plans.
const fn words(route: Route) -> scenario::Route {
    match route {
        Route::Home => scenario::Route::ReturnHome,
        Route::Adoption => scenario::Route::Adoption,
        Route::Order => scenario::Route::Guardianship,
        _ => scenario::Route::Other,
    }
}

/// Factors on exits from each day on which one changes; within a ramp, week by week.
fn exits(scenario: &Scenario, from: Day, until: Day) -> Vec<(Day, [f64; ROUTES])> {
    let mut days = vec![from];
    for lever in scenario.levers.iter().filter(|lever| matches!(lever.what, What::Exits { .. })) {
        let full = lever.when.from.plus_months(lever.when.ramp_months as i32);
        let mut day = lever.when.from;
        while day < full && day <= until {
            days.push(day);
            day = day.plus(RAMP_STEP);
        }
        days.push(full);
        days.extend(lever.when.to.map(|to| to.plus(1)));
    }
    days.retain(|day| (from..=until).contains(day));
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, Route::ALL.map(|route| scenario.exit_factor(words(route), day)))).collect()
}
