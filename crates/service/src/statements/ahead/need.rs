//! What is expected, as it may be published.

use analysis::publish::{self, Rule};
use domain::{Day, Value};
use forecast::kind::Kind;
use forecast::known::Known;
use forecast::outlook::{Spread, TOTAL, chance_above};
use forecast::paths::{Groups, Pick};

use super::Record;
use crate::forecasts::{self, Forecast};
use crate::holdings::Holding;

/// Children expected, by date and group.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Need {
    /// The last day that was known.
    pub on: Day,
    /// Every quarter's four types and total, the day itself first.
    pub lines: Vec<Expected>,
    /// Types that may not be printed, in the order of the groups, the total last.
    pub withheld: [bool; GROUPS],
    /// Children in care at the ends of the quarters before, the day itself last.
    pub past: Vec<(Day, Value)>,
    /// Futures drawn.
    pub paths: usize,
    /// Their seed.
    pub seed: u64,
    /// Fingerprint of the returns.
    pub sha256: String,
}

/// One number ahead.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Expected {
    pub date: Day,
    pub group: &'static str,
    pub spread: Spread,
    /// The chance of more children than there were on the last known day.
    pub chance_of_more: f64,
    /// Whether it is pooled with simple forecasts, because its card says that the blend was nearer.
    pub source: Source,
}

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::statements) enum Source {
    Own,
    Blend,
}

/// The four types and the total.
pub(in crate::statements) const GROUPS: usize = 5;

/// Ends of quarters before the last known day that are drawn.
const QUARTERS: usize = 12;

impl Need {
    /// The line of a group on a date, unless it may not be printed.
    pub(in crate::statements) fn shown(&self, group: &str, date: Day) -> Option<&Expected> {
        let at = names().iter().position(|name| *name == group)?;
        self.lines.iter().find(|line| line.group == group && line.date == date).filter(|_| !self.withheld[at])
    }

    /// The dates.
    pub(in crate::statements) fn dates(&self) -> Vec<Day> {
        self.lines.iter().filter(|line| line.group == TOTAL).map(|line| line.date).collect()
    }

    /// Whether any number is pooled.
    pub(in crate::statements) fn blends(&self) -> bool {
        self.lines.iter().any(|line| line.source == Source::Blend)
    }
}

/// The names of the groups, the total last.
pub(in crate::statements) fn names() -> Vec<&'static str> {
    Groups::Broad.names().into_iter().chain([TOTAL]).collect()
}

/// Sums up a forecast by kinds of home, pooled where its record asks for it.
pub(super) fn need(holding: &Holding, known: &Known, forecast: &Forecast, record: Option<&Record>) -> Need {
    let rule = Rule::default();
    let today = today(forecast);
    let published = publish::one_way(rule, &today.map(u64::from));
    let total = rule.number(today.iter().map(|&count| u64::from(count)).sum());
    let mut withheld = [false; GROUPS];
    for (withheld, value) in withheld.iter_mut().zip(published.cells.iter().chain([&total])) {
        *withheld = value.known().is_none() || total.known().is_none();
    }
    let mut lines = Vec::new();
    if let Some(paths) = forecast.paths.as_ref().map(forecast::paths::Paths::broad) {
        let pooled = record.map(|record| forecasts::pool(known, Pick::Sum, &paths, &record.examined.pool));
        for (at, &date) in paths.dates.iter().enumerate() {
            let days = date.since(known.on).max(0) as u32;
            for (group, name) in names().into_iter().enumerate() {
                let (pick, now) = match today.get(group) {
                    Some(&now) => (Pick::One(group), now),
                    None => (Pick::Sum, today.iter().sum()),
                };
                let blend = record.filter(|record| days > 0 && forecasts::advises_blend(&record.examined.cards, None, name, days));
                let line = if let (Some(_), Some(pooled)) = (blend, &pooled) {
                    let counts = &pooled[at][group];
                    let (spread, chance_of_more) = (counts.spread(), 1.0 - counts.at_most(now));
                    Expected { date, group: name, spread, chance_of_more, source: Source::Blend }
                } else {
                    let sample = paths.sample(Pick::Sum, at, pick);
                    let chance_of_more = chance_above(&sample, now);
                    let spread = Spread::of(sample.into_iter().map(f64::from).collect());
                    Expected { date, group: name, spread, chance_of_more, source: Source::Own }
                };
                lines.push(line);
            }
        }
    }
    let past = forecast.past.iter().rev().step_by(3).take(QUARTERS + 1).map(|month| (month.date, rule.number(month.total().into())));
    let mut past: Vec<(Day, Value)> = past.collect();
    past.reverse();
    Need {
        on: known.on,
        lines,
        withheld,
        past,
        paths: forecast.request.paths,
        seed: forecast.request.seed,
        sha256: holding.fingerprint().unwrap_or(crate::holdings::CHANGED).to_owned(),
    }
}

/// Children by broad type on the last known day.
fn today(forecast: &Forecast) -> [u32; GROUPS - 1] {
    let mut counts = [0; GROUPS - 1];
    if let Some(now) = forecast.past.last() {
        for (kind, children) in Kind::ALL.iter().zip(&now.children) {
            counts[kind.broad() as usize] += children;
        }
    }
    counts
}
