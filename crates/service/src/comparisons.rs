//! Scenarios side by side with what is expected if nothing is done: in children, and in pounds where prices are held.

use domain::Finding;
use domain::plan::UnitPrice;
use forecast::money;
pub use forecast::scenario::PlanAt;

use crate::Error;
use crate::forecasts::{Forecast, Spread};
use crate::futures;
use crate::plans::Named;
use crate::spending::{self, Comparison};

/// Scenarios against the base.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What the base costs over all dates, in pence, for what has a price; nothing where no price is held.
    pub base_cost: Option<Spread>,
    /// One for each scenario, in the order asked.
    pub sides: Vec<Side>,
    /// The line of each scenario's plan, with the scenario's position; a plan is no forecast.
    pub plans: Vec<(usize, Vec<PlanAt>)>,
    /// Each price used: the group, and the price with its date and source.
    pub used: Vec<(&'static str, UnitPrice)>,
    /// Groups with children and without a price: in no amount.
    pub missing: Vec<&'static str>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Lines of the price list left out or read with care.
    pub findings: Vec<Finding>,
}

/// One scenario.
#[derive(Clone, Debug)]
pub struct Side {
    /// What it changes, path by path: luck cancels out.
    pub differences: Comparison,
    /// What it costs over all dates, in pence; nothing where no price is held.
    pub cost: Option<Spread>,
}

/// Compares forecasts of one question with the base.
///
/// # Errors
/// `Unusable` where the forecasts are not of the same futures, dates and groups, or a model drew none.
pub fn compare(base: &Forecast, others: &[&Forecast], prices: Option<Named<'_>>) -> Result<Compared, Error> {
    let (Some(before), true) = (&base.paths, others.iter().all(|other| other.paths.is_some())) else {
        return Err(Error::Unusable("Only the microsimulation draws futures that can be compared one by one.".to_owned()));
    };
    let (list, findings) = prices.map(|file| ingest::plan::read_prices(file.name, file.bytes)).unwrap_or_default();
    let (tariff, used, mut warnings) = spending::tariff(before.groups, &list, &[]);
    let mut sides = Vec::with_capacity(others.len());
    for after in others.iter().filter_map(|other| other.paths.as_ref()) {
        let differences = spending::compare(before, after, &tariff).ok_or_else(|| {
            Error::Unusable("The forecasts are not of the same days and futures: compare those of one question.".to_owned())
        })?;
        if !used.is_empty() && !differences.unpriced.is_empty() {
            warnings.push(format!(
                "No price is held for {}, and a scenario moves children into or out of these homes: what it saves or costs is not whole, and whether it costs \
                 less cannot be said. Add their prices.",
                differences.unpriced.join(", ")
            ));
        }
        sides.push(Side { differences, cost: (!used.is_empty()).then(|| money::cost(after, &tariff).total) });
    }
    let spent = money::cost(before, &tariff);
    let missing = futures::lived_in(before, |group| tariff.prices[group].is_none());
    if !used.is_empty() && !missing.is_empty() {
        warnings.push(format!(
            "No price is held for {}: what these children cost is unknown, not nothing, and is in no amount.",
            missing.join(", ")
        ));
    }
    let known = base.past.last().map_or(0, crate::forecasts::Past::total);
    let plan = |(at, other): (usize, &&Forecast)| {
        Some((at, other.request.scenario.as_ref()?.scenario.plan_line(known, base.request.from, &before.dates)?))
    };
    warnings.dedup();
    Ok(Compared {
        base_cost: (!used.is_empty()).then_some(spent.total),
        plans: others.iter().enumerate().filter_map(plan).collect(),
        sides,
        used,
        missing,
        warnings,
        findings,
    })
}
