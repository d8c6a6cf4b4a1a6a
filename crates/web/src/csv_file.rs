//! Tables as CSV, for spreadsheets.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A CSV to save under a name.
pub(crate) fn csv_file<H: AsRef<[u8]>>(
    name: &str,
    headings: impl IntoIterator<Item = H>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Response {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(headings);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| report::csv::harmless(cell).into_owned()));
    }
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)], writer.into_inner().unwrap_or_default())
        .into_response()
}
