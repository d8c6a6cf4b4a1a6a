//! The tables of one return as text, for the statutory rules. They are read from the files only when asked for: counts never need them.

use super::path_facts::year_cell;
use super::read::{Read, Submission};
use super::recognise::Layout;
use super::rules::Tables;
use super::years::YearChange;
use crate::source::{self, SourceFile};
use crate::table::Table;
use crate::{encoding, rows, xlsx};

/// How a file was read, so that it can be read again.
#[derive(Clone, Debug)]
pub(crate) struct KnownFile {
    pub(crate) source: SourceFile,
    /// Position of the sheet in a workbook.
    pub(crate) sheet: Option<usize>,
    /// The authority of rows without a name of their own.
    pub(crate) authority: String,
    /// The year of rows without one.
    pub(crate) year: u16,
    pub(crate) change: YearChange,
    /// The name that stands for the only authority of the files, whatever they write.
    pub(crate) renamed: Option<String>,
}

impl Read {
    /// Authority and year of every return held, in that order; pairs for [`Read::tables`].
    pub fn returns(&self) -> Vec<(&str, u16)> {
        let mut returns: Vec<(&str, u16)> =
            self.submissions.iter().map(|submission| (submission.authority.as_str(), submission.year)).collect();
        returns.sort_unstable();
        returns.dedup();
        returns
    }

    /// The tables of one return as text, from the submissions that counts rest on. A file that has gone since it was read gives no table.
    pub fn tables(&self, authority: &str, year: u16) -> Tables {
        let mut tables = Tables::new();
        for submission in &self.submissions {
            if submission.used && submission.year == year && submission.authority == authority {
                self.add_rows(submission, &mut tables);
            }
        }
        tables
    }

    fn add_rows(&self, submission: &Submission, tables: &mut Tables) {
        let Some(known) = self.known.get(submission.file as usize) else { return };
        let mut bytes = Vec::new();
        if source::load(&known.source, &mut bytes).is_err() {
            return;
        }
        let sheet = known.sheet.and_then(|at| xlsx::sheets(&bytes)?.into_iter().nth(at));
        let text = sheet.as_ref().map_or_else(|| encoding::to_utf8(&bytes).0, |sheet| sheet.csv.as_slice().into());
        let Ok(layout) = Layout::of(&text) else { return };
        let name = &self.history.files[submission.file as usize];
        let columns: Vec<&str> = layout.names.iter().map(String::as_str).collect();
        let table = tables.entry(submission.table.name()).or_insert_with(|| Table::new(name, &columns));
        // Parts of one table may have their columns in different orders.
        let order: Vec<Option<usize>> = table.names().iter().map(|name| columns.iter().position(|column| column == name)).collect();
        rows::for_each(&text, layout.delimiter, |line, cells| {
            if line > layout.header_line && !cells.is_blank() && known.is_of(submission, &layout, cells) {
                let cell = |at: &Option<usize>| at.map_or("", |at| std::str::from_utf8(cells.get(at)).unwrap_or_default());
                table.push(line, order.iter().map(cell));
            }
        });
    }
}

impl KnownFile {
    /// Whether a row belongs to the authority and year of a submission.
    fn is_of(&self, submission: &Submission, layout: &Layout, cells: &rows::Cells<'_>) -> bool {
        let named = layout.authority.map(|column| cells.get(column).trim_ascii()).filter(|name| !name.is_empty());
        let authority = match (&self.renamed, named) {
            (Some(renamed), _) => renamed.as_bytes(),
            (None, Some(name)) => name,
            (None, None) => self.authority.as_bytes(),
        };
        let year = match layout.year {
            Some(column) => year_cell(cells.get(column)).map(|(year, _)| year),
            None => Some(self.year),
        };
        authority.eq_ignore_ascii_case(submission.authority.as_bytes()) && year.map(|year| self.change.of(year)) == Some(submission.year)
    }
}
