//! A scenario beside what is expected, future by future.

use domain::Day;
use forecast::paths::{Paths, Pick};
use forecast::scenario::{Lever, PlanAt};

use super::need::{GROUPS, names};
use crate::Error;
use crate::forecasts::{self, Request, Spread};
use crate::holdings::Holding;
use crate::scenarios::{Saved, lever_in_words};
use crate::work::Progress;

/// What a scenario changes.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Compared {
    pub name: String,
    /// Futures that are compared.
    pub paths: usize,
    pub sha256: String,
    /// Its levers with their dates.
    pub levers: Vec<String>,
    /// Each group that may be printed on each date but the first.
    pub lines: Vec<Difference>,
    /// Named events with their first day.
    pub events: Vec<(String, Day)>,
    /// The line of the plan, where a lever draws one.
    pub plan: Option<Vec<PlanAt>>,
}

/// Children with the scenario, and how many more than without.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Difference {
    pub date: Day,
    pub group: &'static str,
    pub children: Spread,
    pub more: Spread,
}

/// Futures that are compared, the first of those drawn: differences need fewer than levels, because luck cancels out.
const PATHS: usize = 400;

/// Draws the same futures under a scenario.
pub(super) fn compare(
    holding: &Holding,
    asked: &Request,
    base: Option<&Paths>,
    saved: Saved,
    withheld: [bool; GROUPS],
) -> Result<Compared, Error> {
    let asked = Request { scenario: Some(saved.clone()), paths: PATHS, ..asked.clone() };
    let forecast = forecasts::forecast(holding, &asked, &Progress::default())?;
    let (Some(base), Some(with)) = (base.map(|paths| paths.first(PATHS).broad()), forecast.paths.as_ref().map(Paths::broad)) else {
        return Err(Error::Internal("A forecast lost its futures.".to_owned()));
    };
    let mut lines = Vec::new();
    for (at, &date) in base.dates.iter().enumerate().skip(1) {
        for (group, name) in names().into_iter().enumerate().filter(|&(group, _)| !withheld[group]) {
            let pick = if group + 1 == GROUPS { Pick::Sum } else { Pick::One(group) };
            let of = |paths: &Paths| paths.sample(Pick::Sum, at, pick).into_iter().map(f64::from).collect::<Vec<f64>>();
            let (with, without) = (of(&with), of(&base));
            let more = with.iter().zip(without).map(|(with, without)| with - without).collect();
            lines.push(Difference { date, group: name, children: Spread::of(with), more: Spread::of(more) });
        }
    }
    let now = forecast.past.last().map_or(0, forecasts::Past::total);
    let plan = saved.scenario.plan_line(now, forecast.request.from, &base.dates);
    let events = saved.scenario.events().map(|(name, when)| (name.to_owned(), when.from)).collect();
    Ok(Compared {
        paths: base.paths,
        events,
        levers: saved.scenario.levers.iter().map(dated).collect(),
        name: saved.name,
        sha256: saved.sha256,
        lines,
        plan,
    })
}

/// A lever with its dates: `exits by adoption +20% from 1 July 2026, in full after 12 months`.
fn dated(lever: &Lever) -> String {
    let when = lever.when;
    let ramp = if when.ramp_months > 0 { format!(", in full after {} months", when.ramp_months) } else { String::new() };
    let end = when.to.map_or(String::new(), |to| format!(", until {}", to.long()));
    format!("{} from {}{ramp}{end}", lever_in_words(lever), when.from.long())
}
