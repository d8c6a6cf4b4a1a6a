//! What has come to stand against a stay since its first night: the home closed, its registration was suspended or varied, the child outgrew it (I0, I9). The
//! stay is not a new one for that, and yet somebody must look at it.

use std::mem::discriminant;

use super::Home;
use super::plan::{Newcomer, Obstacle, opening_on, terms_on};
use crate::date::Day;

/// What the law says against the last night of a stay that has come, and did not say on its first: each with the first of the nights on which it has been
/// so without a break, and as it was then.
pub fn since_then(home: &Home<'_>, stay: &Newcomer, today: Day) -> Vec<(Day, Obstacle)> {
    let varied = home.terms.iter().map(|terms| terms.from).chain(birthdays(stay, today));
    let turns = varied.chain(openings(home)).collect();
    begun(turns, stay, today, |night| [opening_on(home, night), terms_on(home, stay, night)].concat())
}

/// The same of the agency or service of the household in which a child stays: whether it is open, registered and not suspended.
pub fn of_service(service: &Home<'_>, stay: &Newcomer, today: Day) -> Vec<(Day, Obstacle)> {
    begun(openings(service).collect(), stay, today, |night| opening_on(service, night))
}

/// Days on which a home opens or closes, or something begins or ceases to be stopped.
fn openings(home: &Home<'_>) -> impl Iterator<Item = Day> {
    let stopped = home.restrictions.iter().flat_map(|one| [Some(one.from), one.to]);
    stopped.chain([home.setting.opened, home.setting.closed]).flatten()
}

/// The birthdays of a stay that have come.
pub(crate) fn birthdays(stay: &Newcomer, today: Day) -> impl Iterator<Item = Day> {
    let born = stay.born;
    (born.age_at(stay.from) + 1..=born.age_at(today)).map(move |age| born.anniversary(age))
}

/// Of what stands against the last night of a stay that has come, that which began after its first night, with the first night since which it has stood
/// without a break. `turns` are the days on which anything may begin or cease to stand.
pub(crate) fn begun<O>(mut turns: Vec<Day>, stay: &Newcomer, today: Day, on: impl Fn(Day) -> Vec<O>) -> Vec<(Day, O)> {
    let last = stay.to.map_or(today, |to| today.min(to.plus(-1)));
    if last <= stay.from {
        return Vec::new();
    }
    turns.retain(|day| stay.from < *day && *day <= last);
    turns.push(stay.from);
    turns.sort_by(|one, other| other.cmp(one));
    let first = |now: O| {
        let mut begun = (last, now);
        for &night in &turns {
            let Some(then) = on(night).into_iter().find(|one| discriminant(one) == discriminant(&begun.1)) else { break };
            begun = (night, then);
        }
        begun
    };
    on(last).into_iter().map(first).filter(|(night, _)| *night != stay.from).collect()
}
