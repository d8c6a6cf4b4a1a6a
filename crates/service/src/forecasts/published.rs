//! Next year's number from published counts alone, with the record of such forecasts over every authority.

use std::collections::BTreeMap;

use forecast::annual::{self, Row, Rule};
use forecast::counts::Counts;
use forecast::examiner::pool::{Measure, Ratio, Summary};
use forecast::examiner::score::{Prediction, Score};
use forecast::outlook::Spread;
use reference::{AreaId, authority};

use crate::App;

/// The measure that is forecast.
const MEASURE: &str = "children-looked-after";

/// Children looked after on the next 31 March, from published counts.
#[derive(Clone, Debug, PartialEq)]
pub struct NextYear {
    /// The last published year.
    pub known: u32,
    /// What was published for it.
    pub last: f64,
    /// Children a year later.
    pub spread: Spread,
    /// The chance of more than there were.
    pub chance_of_more: f64,
    /// What the same rule had said of the last published year, a year before; nothing where the authority had no figure then.
    pub a_year_before: Option<Spread>,
    /// How such forecasts did.
    pub record: Record,
}

/// The same rule on every authority and every past year that can be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// First and last year that was forecast.
    pub years: (u32, u32),
    /// Authorities.
    pub authorities: usize,
    /// Its scores.
    pub summary: Summary,
    /// Those of the last value carried forward.
    pub last_value: Summary,
    /// Its CRPS by that of the last value, with an interval by bootstrap over authorities.
    pub ratio: Ratio,
}

/// Forecasts an authority's number for the year after `known` from what was published up to then, for every authority; nothing where it has no figure of that
/// year or too few years are published.
pub fn next_year(app: &App, area: AreaId, known: u32) -> Option<NextYear> {
    let measure = app.published().measure(MEASURE)?;
    let years: Vec<u32> = measure.years().iter().copied().filter(|&year| year <= known).collect();
    let value = |area: AreaId, year: u32| measure.value(area, year).known();
    let areas: Vec<AreaId> = authority::all()
        .iter()
        .map(|authority| authority.id)
        .filter(|&area| years.iter().any(|&year| value(area, year).is_some()))
        .collect();
    let at = areas.iter().position(|&known| known == area)?;
    let rows: Vec<Row> = areas.iter().map(|&area| years.iter().map(|&year| value(area, year)).collect()).collect();
    let last = rows[at].last().copied().flatten()?;
    let counts = annual::next_year(&rows, Rule::Damped).swap_remove(at)?;
    let a_year_before = years.len().checked_sub(1).and_then(|before| predicted(&rows, before, Rule::Damped).swap_remove(at));
    Some(NextYear {
        known: *years.last()?,
        last,
        chance_of_more: 1.0 - counts.at_most(last as u32),
        spread: counts.spread(),
        a_year_before: a_year_before.map(|counts| counts.spread()),
        record: record(&rows, &years)?,
    })
}

/// What was said of the year at this position from those before it.
fn predicted(rows: &[Row], at: usize, rule: Rule) -> Vec<Option<Counts>> {
    let before: Vec<Row> = rows.iter().map(|row| row[..at].to_vec()).collect();
    annual::next_year(&before, rule)
}

fn record(rows: &[Row], years: &[u32]) -> Option<Record> {
    let mut marks: [BTreeMap<(usize, u32), Score>; 2] = Default::default();
    for (at, &year) in years.iter().enumerate() {
        for (marks, rule) in marks.iter_mut().zip([Rule::Damped, Rule::LastValue]) {
            for (area, counts) in predicted(rows, at, rule).into_iter().enumerate() {
                if let (Some(counts), Some(came)) = (counts, rows[area][at]) {
                    marks.insert((area, year), Prediction::Counts(counts).score(came as u32));
                }
            }
        }
    }
    let [damped, last_value] = &marks;
    let forecast_years = || damped.keys().map(|&(_, year)| year);
    let mut authorities: Vec<usize> = damped.keys().map(|&(area, _)| area).collect();
    authorities.dedup();
    let pairs = damped.iter().filter_map(|(key, score)| Some((key.0, score, last_value.get(key)?)));
    Some(Record {
        years: (forecast_years().min()?, forecast_years().max()?),
        authorities: authorities.len(),
        summary: Summary::of_scores(damped.values())?,
        last_value: Summary::of_scores(last_value.values())?,
        ratio: Ratio::of_pairs(pairs, Measure::Crps)?,
    })
}
