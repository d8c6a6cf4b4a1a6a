//! Reading the files that travel inside the program. They were checked when they were built, so a row that cannot be read is left
//! out here and the tests count the rows; files that people bring go through [`crate::published::load`], which reports.

use std::collections::HashMap;
use std::io::Read;

use domain::Day;

/// One row of an embedded CSV, by column name.
pub(crate) struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    record: csv::StringRecord,
}

impl Row<'_> {
    /// The cell; empty where the column is not there.
    pub(crate) fn cell(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|&at| self.record.get(at)).unwrap_or("")
    }

    /// The cell for the life of the program: these tables are read once and never freed.
    pub(crate) fn text(&self, column: &str) -> &'static str {
        self.cell(column).to_owned().leak()
    }

    /// The cell as a number; nothing where it is empty or none.
    pub(crate) fn number<T: std::str::FromStr>(&self, column: &str) -> Option<T> {
        self.cell(column).parse().ok()
    }

    /// The cell as a date; nothing where it is empty or none.
    pub(crate) fn day(&self, column: &str) -> Option<Day> {
        Day::parse(self.cell(column).as_bytes())
    }
}

/// The rows of a CSV that `read` can make something of, in the file's order.
pub(crate) fn rows<T>(csv: &[u8], read: impl Fn(&Row<'_>) -> Option<T>) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(csv);
    let columns =
        reader.headers().map(|header| header.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect()).unwrap_or_default();
    reader.records().filter_map(Result::ok).filter_map(|record| read(&Row { columns: &columns, record })).collect()
}

/// The rows of a deflated CSV.
pub(crate) fn deflated_rows<T>(deflated: &[u8], read: impl Fn(&Row<'_>) -> Option<T>) -> Vec<T> {
    inflate(deflated).map(|csv| rows(&csv, read)).unwrap_or_default()
}

/// Undoes [`deflate`]; nothing if the bytes are damaged.
pub(crate) fn inflate(deflated: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    flate2::read::DeflateDecoder::new(deflated).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
