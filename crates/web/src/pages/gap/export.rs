//! The gap as CSV: the columns of `placewell gap --format csv`, unrounded.

use axum::response::Response;
use service::gaps::{self, Found};

use super::ask::fact;
use crate::csv_file::csv_file;

const HEADINGS: [&str; 13] =
    ["home", "ages", "need_band", "notice", "area", "date", "closes", "need", "registered", "usable", "shortfall", "shortfall_hi80", "probability"];

pub(super) fn lines(found: &Found) -> Response {
    let rows = found.gap.lines.iter().map(|line| {
        let words = ["home", "ages", "need", "notice", "area"].map(|field| fact(line, field));
        let closes = line.ways.iter().map(|&way| gaps::way(way, line)).collect::<Vec<_>>().join(" ");
        let numbers = [
            line.need.mean.to_string(),
            line.registered.to_string(),
            line.usable.to_string(),
            line.shortfall.mean.to_string(),
            line.shortfall.eighty.1.to_string(),
            line.chance.to_string(),
        ];
        words.into_iter().chain([line.date.to_string(), closes]).chain(numbers).collect()
    });
    csv_file(&format!("gap-up-to-{}", found.gap.date), HEADINGS, rows)
}
