//! The comparison as CSV: one line a date, kind of home and scenario, unrounded.

use axum::response::Response;

use super::Sides;
use super::ask::Ask;
use crate::csv_file::csv_file;

const HEADINGS: [&str; 10] =
    ["date", "group", "scenario", "base_median", "median", "more_mean", "more_lo80", "more_hi80", "more_lo95", "more_hi95"];

pub(super) fn rows(ask: &Ask, sides: &Sides) -> Response {
    let median = |forecast: &service::forecasts::Forecast, date, group| {
        let point = forecast.points.iter().find(|point| point.date == date && point.group == group && point.authority.is_none());
        point.map(|point| point.spread.0.median.to_string()).unwrap_or_default()
    };
    let mut rows = Vec::new();
    for ((kept, forecast), side) in ask.kept.iter().zip(&sides.others).zip(&sides.compared.sides) {
        for one in &side.differences.children {
            let more = &one.more;
            let words = [one.date.to_string(), one.group.to_owned(), kept.saved.name.clone()];
            let middles = [median(&sides.base, one.date, one.group), median(forecast, one.date, one.group)];
            let numbers = [more.mean, more.eighty.0, more.eighty.1, more.ninety_five.0, more.ninety_five.1];
            rows.push(words.into_iter().chain(middles).chain(numbers.map(|number| number.to_string())).collect());
        }
    }
    csv_file(&format!("scenarios-from-{}", ask.base.from), HEADINGS, rows.into_iter())
}
