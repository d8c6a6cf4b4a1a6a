//! The forecast as CSV: one line a date and group, unrounded; the numbers of the page.

use super::work::Shown;
use crate::csv_file::csv_file;
use axum::response::Response;

const HEADINGS: [&str; 12] = ["date", "authority", "group", "mean", "sd", "median", "lo50", "hi50", "lo80", "hi80", "lo95", "hi95"];

pub(super) fn points(shown: &Shown) -> Response {
    let rows = shown.points().iter().map(|point| {
        let spread = point.spread.0;
        let numbers = [
            spread.mean,
            spread.sd,
            spread.median,
            spread.half.0,
            spread.half.1,
            spread.eighty.0,
            spread.eighty.1,
            spread.ninety_five.0,
            spread.ninety_five.1,
        ];
        let words = [point.date.to_string(), point.authority.clone().unwrap_or_default(), point.group.to_owned()];
        words.into_iter().chain(numbers.map(|number| number.to_string())).collect()
    });
    csv_file(&format!("forecast-from-{}", shown.forecast.request.from), HEADINGS, rows)
}
