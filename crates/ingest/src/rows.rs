//! Lines of a table to cells. A line of the file is a row, always: no table of the return has cells with line breaks, and so an
//! unclosed quotation mark spoils its own row and not the rest of the file.

use csv_core::{ReadRecordResult, ReaderBuilder};

/// The cells of one row.
pub(crate) struct Cells<'a> {
    text: &'a [u8],
    bounds: &'a [(u32, u32)],
}

impl<'a> Cells<'a> {
    /// The cell in a column, counted from 0; empty where the row is too short.
    #[inline]
    pub(crate) fn get(&self, column: usize) -> &'a [u8] {
        match self.bounds.get(column) {
            Some(&(start, end)) => self.text.get(start as usize..end as usize).unwrap_or_default(),
            None => &[],
        }
    }

    /// How many cells the row has.
    pub(crate) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether every cell is empty, as rows are that a spreadsheet leaves behind a table.
    pub(crate) fn is_blank(&self) -> bool {
        (0..self.len()).all(|column| self.get(column).trim_ascii().is_empty())
    }

    /// All cells in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        (0..self.len()).map(|column| self.get(column))
    }
}

/// Calls `visit` with the line number (the first line being 1) and the cells of each line that is not empty.
pub(crate) fn for_each(text: &[u8], delimiter: u8, mut visit: impl FnMut(u32, &Cells<'_>)) {
    for_first(text, delimiter, |line, cells| {
        visit(line, cells);
        false
    });
}

/// As [`for_each`], and stops after the first row for which `found` says so.
pub(crate) fn for_first(text: &[u8], delimiter: u8, found: impl FnMut(u32, &Cells<'_>) -> bool) {
    // Old Macintosh programs end lines with a carriage return alone.
    let line_end = if memchr::memchr(b'\n', text).is_none() { b'\r' } else { b'\n' };
    if memchr::memchr(b'"', text).is_some() {
        with_quotes(text, delimiter, line_end, found);
    } else {
        without_quotes(text, delimiter, line_end, found);
    }
}

/// Bytes that a pass looks at together: as many as a word has bits.
const BLOCK: usize = 64;

/// One pass over a file without quotation marks. Cells are so short that a search which starts anew for each of them costs more than the cells
/// themselves, so each block gives the ends of all its cells at once.
fn without_quotes(text: &[u8], delimiter: u8, line_end: u8, mut found: impl FnMut(u32, &Cells<'_>) -> bool) {
    let mut row = RowBounds { number: 1, line: 0, cell: 0, bounds: Vec::with_capacity(BLOCK) };
    let (blocks, rest) = text.as_chunks();
    let mut base = 0;
    for block in blocks {
        let mut hits = hits(block, delimiter, line_end);
        while hits != 0 {
            let within = hits.trailing_zeros();
            hits &= hits - 1;
            if block[within as usize] == delimiter {
                row.end_cell(base + within);
            } else if row.end_line(text, base + within, &mut found) {
                return;
            }
        }
        base += BLOCK as u32;
    }
    for (&byte, at) in rest.iter().zip(base..) {
        if byte == delimiter {
            row.end_cell(at);
        } else if byte == line_end && row.end_line(text, at, &mut found) {
            return;
        }
    }
    if (row.line as usize) < text.len() {
        row.end_line(text, text.len() as u32, &mut found);
    }
}

/// A bit for each byte of the block that ends a cell, the lowest for the first. Compilers make vector instructions of the comparison; a
/// multiplication then moves the eight flags of a word, of which each is 0 or 1, next to each other into its highest byte.
#[inline]
fn hits(block: &[u8; BLOCK], delimiter: u8, line_end: u8) -> u64 {
    const TOGETHER: u64 = 0x0102_0408_1020_4080;
    let flags = block.map(|byte| u8::from(byte == delimiter) | u8::from(byte == line_end));
    let words = flags.as_chunks().0.iter().map(|&word| u64::from_le_bytes(word).wrapping_mul(TOGETHER) >> 56);
    words.rev().fold(0, |hits, eight| hits << 8 | eight)
}

/// The row that a pass is in: where its line and its last cell begin, and the cells before.
struct RowBounds {
    number: u32,
    line: u32,
    cell: u32,
    bounds: Vec<(u32, u32)>,
}

impl RowBounds {
    #[inline]
    fn end_cell(&mut self, at: u32) {
        self.bounds.push((self.cell, at));
        self.cell = at + 1;
    }

    /// Ends the last cell, hands an unempty line over, and begins the next.
    #[inline]
    fn end_line(&mut self, text: &[u8], at: u32, found: &mut impl FnMut(u32, &Cells<'_>) -> bool) -> bool {
        let has_return = at > self.cell && text[at as usize - 1] == b'\r';
        self.bounds.push((self.cell, at - u32::from(has_return)));
        let empty = self.bounds.len() == 1 && at - u32::from(has_return) == self.line;
        let stop = !empty && found(self.number, &Cells { text, bounds: &self.bounds });
        self.bounds.clear();
        self.number += 1;
        self.line = at + 1;
        self.cell = at + 1;
        stop
    }
}

/// Takes line by line, and only lines with a quotation mark to the csv crate.
fn with_quotes(text: &[u8], delimiter: u8, line_end: u8, mut found: impl FnMut(u32, &Cells<'_>) -> bool) {
    let mut bounds = Vec::with_capacity(32);
    let mut quoted = Quoted::new(delimiter);
    for (number, line) in (1..).zip(text.split(|&byte| byte == line_end)) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        bounds.clear();
        let stop = if memchr::memchr(b'"', line).is_some() && quoted.split(line, &mut bounds) {
            found(number, &Cells { text: &quoted.text, bounds: &bounds })
        } else {
            bounds.clear();
            split(line, delimiter, &mut bounds);
            found(number, &Cells { text: line, bounds: &bounds })
        };
        if stop {
            return;
        }
    }
}

/// Splits a line at its delimiters.
fn split(line: &[u8], delimiter: u8, bounds: &mut Vec<(u32, u32)>) {
    let mut start = 0;
    for at in memchr::memchr_iter(delimiter, line) {
        bounds.push((start, at as u32));
        start = at as u32 + 1;
    }
    bounds.push((start, line.len() as u32));
}

/// Takes quotation marks off cells, by the csv crate's core.
struct Quoted {
    core: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Quoted {
    fn new(delimiter: u8) -> Self {
        Self { core: ReaderBuilder::new().delimiter(delimiter).build(), text: Vec::new(), ends: Vec::new() }
    }

    /// Splits one line; false where a quotation mark is not closed, so that the line must be taken as it stands.
    fn split(&mut self, line: &[u8], bounds: &mut Vec<(u32, u32)>) -> bool {
        if memchr::memchr_iter(b'"', line).count() % 2 == 1 {
            return false;
        }
        self.core.reset();
        self.text.resize(line.len() + 1, 0);
        self.ends.resize(line.len() + 2, 0);
        // Never empty of a line end, so the record is complete after one more call with no input.
        let (result, _, mut written, mut cells) = self.core.read_record(line, &mut self.text, &mut self.ends);
        if result == ReadRecordResult::InputEmpty {
            let (_, _, more, ended) = self.core.read_record(&[], &mut self.text[written..], &mut self.ends[cells..]);
            // Ends count from the start of the record, also across calls.
            written += more;
            cells += ended;
        }
        let mut start = 0;
        for &end in &self.ends[..cells] {
            bounds.push((start, end as u32));
            start = end as u32;
        }
        written >= start as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut all = Vec::new();
        for_each(text.as_bytes(), b',', |line, cells| {
            all.push((line, cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()));
        });
        all
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn lines_become_cells_whatever_ends_them() {
        let expected = vec![row(1, &["A", "B-1", ""]), row(3, &["", "long enough, for words".split(',').next().unwrap(), "x"])];
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(rows(&format!("A,B-1,{end}{end},long enough,x{end}")), expected, "{end:?}");
        }
        assert_eq!(rows(""), vec![]);
        assert_eq!(rows("a"), vec![row(1, &["a"])]);
    }

    #[test]
    fn quotation_marks_hold_within_their_line() {
        assert_eq!(
            rows("\"a\",\"b,\"\"c\"\"\",\nd,e,f\n\"open,g,h\ni,j,k"),
            vec![row(1, &["a", "b,\"c\"", ""]), row(2, &["d", "e", "f"]), row(3, &["\"open", "g", "h"]), row(4, &["i", "j", "k"])]
        );
    }

    proptest::proptest! {
        #[test]
        fn without_quotes_cells_joined_are_the_line(line in "[^\r\n\"]{1,80}") {
            let got = rows(&line);
            proptest::prop_assert_eq!(got.len(), 1);
            proptest::prop_assert_eq!(got[0].1.join(","), line);
        }
    }
}
