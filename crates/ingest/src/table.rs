//! A table of a return as text, column by column: what validation rules read. Nothing is parsed away: a bad date is still there to be shown.

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

    /// Adds a row; missing cells are empty, cells beyond the columns are dropped (the reader reports them).
    pub fn push<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = &'a str>) {
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
}
