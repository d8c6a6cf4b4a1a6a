//! From a history to everything that a simulation draws from; or a sentence that says why there is not enough.

use analysis::timeline::Timeline;
use domain::Day;
use domain::history::History;

use super::entries::{Entries, RECENT};
use super::exposure::Exposure;
use super::hazards::Hazards;
use super::life::Walker;
use super::report::{Rate, rates};

/// Days of returns without which no rate can be told from chance.
pub const LEAST_DAYS: i32 = 365;
/// Days of returns below which the swing of entries and rates is mostly prior.
const FEW_DAYS: i32 = 3 * 365;
/// Entries of an authority below which its own say little.
const FEW_ENTRIES: usize = 30;

/// Everything learned from a history up to a day.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The last day that was known.
    pub from: Day,
    /// Names of the authorities, as the history has them.
    pub authorities: Vec<String>,
    /// What a reader of the forecast must be told.
    pub warnings: Vec<Warning>,
    pub(super) hazards: Hazards,
    pub(super) entries: Entries,
    /// Children in care on the day, by authority.
    pub(super) stock: Vec<Walker>,
    /// Each authority's range of `stock`.
    pub(super) stock_of: Vec<(usize, usize)>,
    /// Nights of temporary stays that were seen.
    pub(super) away: Vec<i32>,
    exposure: Exposure,
}

/// Why a forecast is less sure than it could be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// The returns cover little time.
    #[error(
        "{name} has {days} days of returns before {from}. How much entries and rates swing from year to year can be told from three years on; until then the bands are wide. Add earlier returns."
    )]
    ShortHistory {
        /// The authority.
        name: String,
        /// Days before the origin.
        days: i32,
        /// The origin.
        from: Day,
    },
    /// Hardly anybody came into care.
    #[error(
        "{name} has {entries} entries to care before {from}, so rates and entrants of all authorities read are used with its own and the bands are wide. Add earlier returns, or those of its region."
    )]
    FewEntries {
        /// The authority.
        name: String,
        /// Entries in its returns.
        entries: usize,
        /// The origin.
        from: Day,
    },
    /// Nobody is in care.
    #[error("{name} has no child in care on {from}. If that is not so, the last return is missing: add it.")]
    NobodyInCare {
        /// The authority.
        name: String,
        /// The origin.
        from: Day,
    },
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Less than a year.
    #[error(
        "A forecast from {from} has {days} days of returns before it and needs at least {LEAST_DAYS}: one whole return year. Choose a later day, or add the returns before it."
    )]
    TooShort {
        /// The origin.
        from: Day,
        /// Days that were known.
        days: i32,
    },
    /// After the end of the data.
    #[error(
        "The returns end on {last} and a forecast from {from} would count nothing as nobody. Choose a day up to {last}, or add the later return."
    )]
    AfterData {
        /// The origin.
        from: Day,
        /// The last day known.
        last: Day,
    },
    /// No episode at all.
    #[error(
        "There is no child with an episode of care before {from}. Read the Episodes and Header tables of at least one return year that ended before it."
    )]
    Nobody {
        /// The origin.
        from: Day,
    },
}

/// Learns from a history what is known at the end of `from`. Nothing after that day is looked at.
pub fn fit(history: &History, timeline: &Timeline, from: Day) -> Result<Fit, Refusal> {
    if let Some((_, last)) = history.covers.filter(|(_, last)| from > *last) {
        return Err(Refusal::AfterData { from, last });
    }
    let mut exposure = Exposure::of(history, timeline, from);
    if exposure.runs.is_empty() {
        return Err(Refusal::Nobody { from });
    }
    let days = exposure.days();
    if days < LEAST_DAYS - 1 {
        return Err(Refusal::TooShort { from, days });
    }
    let (hazards, entries) = rayon::join(|| Hazards::fit(&exposure, from), || Entries::fit(&exposure, from));
    exposure.stock.sort_by_key(|child| child.authority);
    let mut stock_of = Vec::new();
    let mut at = 0;
    for authority in 0..history.authorities.len() {
        let count = exposure.stock[at..].iter().take_while(|child| usize::from(child.authority) == authority).count();
        stock_of.push((at, at + count));
        at += count;
    }
    let stock = exposure.stock.iter().map(|&child| Walker::new(child, from)).collect();
    let warnings = warnings(history, &exposure, &stock_of, from);
    let away = std::mem::take(&mut exposure.away);
    Ok(Fit { from, authorities: history.authorities.clone(), warnings, hazards, entries, stock, stock_of, away, exposure })
}

impl Fit {
    /// Every rate with its events, exposure, posterior mean and 95% interval, by authority, cell and cause; cells in which nobody was are left out.
    pub fn rates(&self) -> Vec<Rate> {
        rates(&self.hazards, &self.exposure)
    }

    /// Months over which recent arrivals were counted.
    pub(super) fn recent_months(&self) -> f64 {
        f64::from(self.exposure.days().min(RECENT)) / 30.4375
    }
}

fn warnings(history: &History, exposure: &Exposure, stock_of: &[(usize, usize)], from: Day) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (at, name) in history.authorities.iter().enumerate() {
        let (first, last) = exposure.windows[at];
        let days = last.since(first);
        if days < FEW_DAYS {
            warnings.push(Warning::ShortHistory { name: name.clone(), days, from });
        }
        let entries = exposure.entries.iter().filter(|entry| usize::from(entry.child.authority) == at).count();
        if entries < FEW_ENTRIES {
            warnings.push(Warning::FewEntries { name: name.clone(), entries, from });
        }
        if stock_of[at].0 == stock_of[at].1 {
            warnings.push(Warning::NobodyInCare { name: name.clone(), from });
        }
    }
    warnings
}
