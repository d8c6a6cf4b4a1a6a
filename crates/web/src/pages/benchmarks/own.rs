//! The authority's own figure, counted from its returns, for the measures that a card counts in the same way.

use std::collections::BTreeMap;

use domain::{Day, Value};
use service::benchmarks::Comparison;
use service::cohorts::Request;
use service::counterparts;

use super::ask::{About, Ask};
use crate::app;
use crate::error::Error;

/// Own figures by year, in the published unit.
pub(super) struct Figures {
    pub(super) name: String,
    pub(super) values: BTreeMap<u32, Value>,
    pub(super) definition: String,
}

pub(super) fn figures(state: &app::State, ask: &Ask, comparison: &Comparison<'_>) -> Result<Option<Figures>, Error> {
    let (Some(holding), About::Ours) = (&state.holding, ask.about) else { return Ok(None) };
    let (Some(pair), Some((first, last))) = (counterparts::of_indicator(comparison.indicator.id()), holding.read.history.covers) else {
        return Ok(None);
    };
    let mut figures = Figures { name: format!("{} (own returns)", ask.name), values: BTreeMap::new(), definition: String::new() };
    for year in comparison.years.0..=comparison.years.1 {
        let on = Day::year_end(year);
        if on < first || on > last {
            figures.values.insert(year, Value::NotAvailable);
            continue;
        }
        let cohort = state.cohort(holding, &Request { on: Some(on), ..Request::default() })?;
        let Some(measured) = cohort.measures.iter().find(|measured| measured.id == pair.card) else { continue };
        let value = match measured.value.0 {
            Value::Known(number) => Value::Known(number * pair.factor),
            mark => mark,
        };
        figures.values.insert(year, value);
        figures.definition = measured.definition.clone().into_owned();
    }
    Ok(Some(figures))
}

impl Figures {
    /// The figures as a line, gaps where there is no number.
    pub(super) fn line(&self) -> Vec<Option<f64>> {
        self.values.values().map(|value| value.known()).collect()
    }
}
