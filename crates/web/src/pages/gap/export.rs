//! The gap as CSV, as `placewell gap --format csv` writes it.

use axum::response::Response;
use service::gaps::Found;

use crate::api::gap::{COLUMNS, cells};
use crate::csv_file::csv_file;

pub(super) fn lines(found: &Found) -> Response {
    csv_file(&format!("gap-up-to-{}", found.gap.date), COLUMNS, found.gap.lines.iter().map(cells))
}
