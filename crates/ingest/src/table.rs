//! A table of a return as text, column by column: what validation rules read. Nothing is parsed away: a bad date is still there to be shown.

use std::borrow::Cow;
use std::collections::HashMap;

/// One column's cells end to end. An empty cell is `None` to a reader.
#[derive(Clone, Debug, Default)]
pub struct Column {
    text: String,
    ends: Vec<u32>,
}

impl Column {
    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len() as u32);
    }

    /// The cell of a row, or nothing where it is empty.
    pub fn get(&self, row: usize) -> Option<&str> {
        let start = if row == 0 { 0 } else { *self.ends.get(row - 1)? as usize };
        let end = *self.ends.get(row)? as usize;
        (end > start).then(|| &self.text[start..end])
    }
}

/// Rows of one table of one return (one authority, one year) with the names of its columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file it came from.
    pub file: String,
    names: HashMap<String, usize>,
    columns: Vec<Column>,
    /// The line of each row in the file, the header being line 1.
    pub lines: Vec<u32>,
}

impl Table {
    /// An empty table with these columns; names are upper-case.
    pub fn new(file: &str, columns: &[&str]) -> Self {
        Self {
            file: file.to_owned(),
            names: columns.iter().enumerate().map(|(i, name)| ((*name).to_owned(), i)).collect(),
            columns: vec![Column::default(); columns.len()],
            lines: Vec::new(),
        }
    }

    /// Adds a row as it stands in a file; missing cells are empty, cells beyond the columns are dropped (the reader reports them).
    /// Spaces around a cell fall away and its letters become capitals, as the Department's own collection reads it: rules compare text.
    pub fn push<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = &'a str>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.push(&as_collected(cells.next().unwrap_or("")));
        }
        self.lines.push(line);
    }

    /// Adds a row whose cells are to be kept to the letter: test cases of rules say what becomes of lower case and of blanks.
    pub fn push_exact<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = &'a str>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.push(cells.next().unwrap_or(""));
        }
        self.lines.push(line);
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.names.get(name).map(|&at| &self.columns[at])
    }

    /// A cell: nothing where it is empty or the column is not there.
    pub fn get(&self, row: usize, column: &str) -> Option<&str> {
        self.column(column)?.get(row)
    }

    /// The names of the columns, in the order of the file.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<(usize, &str)> = self.names.iter().map(|(name, &at)| (at, name.as_str())).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }
}

/// A cell without spaces around it and in capitals; borrowed where nothing changes, which is nearly always.
fn as_collected(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    if cell.chars().any(char::is_lowercase) { Cow::Owned(cell.to_uppercase()) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_the_collection_reads_it_unless_kept_to_the_letter() {
        let mut table = Table::new("episodes.csv", &["CHILD", "RNE", "DEC"]);
        table.push(2, [" a1 ", "p"]);
        table.push_exact(3, ["a1", "p", " ", "beyond"]);
        assert_eq!((table.get(0, "CHILD"), table.get(0, "RNE"), table.get(0, "DEC")), (Some("A1"), Some("P"), None));
        assert_eq!((table.get(1, "CHILD"), table.get(1, "RNE"), table.get(1, "DEC")), (Some("a1"), Some("p"), Some(" ")));
        assert_eq!(table.get(2, "CHILD"), None);
        assert_eq!(table.get(0, "REC"), None);
        assert_eq!(table.names(), ["CHILD", "RNE", "DEC"]);
        assert_eq!((table.len(), table.is_empty()), (2, false));
    }
}
