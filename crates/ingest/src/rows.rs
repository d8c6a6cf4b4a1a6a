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
pub(crate) fn for_first(text: &[u8], delimiter: u8, mut found: impl FnMut(u32, &Cells<'_>) -> bool) {
    // Old Macintosh programs end lines with a carriage return alone.
    let line_end = if memchr::memchr(b'\n', text).is_none() { b'\r' } else { b'\n' };
    let has_quotes = memchr::memchr(b'"', text).is_some();
    let mut bounds = Vec::with_capacity(32);
    let mut quoted = Quoted::new(delimiter);
    let mut number = 0;
    let mut rest = text;
    while !rest.is_empty() {
        number += 1;
        let length = memchr::memchr(line_end, rest);
        let line = &rest[..length.unwrap_or(rest.len())];
        rest = length.map_or(&[], |length| &rest[length + 1..]);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        bounds.clear();
        let stop = if has_quotes && memchr::memchr(b'"', line).is_some() && quoted.split(line, &mut bounds) {
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

/// Splits a line at its delimiters, eight bytes at a time: cells are short, so a search that starts anew for each costs more
/// than the cells themselves.
fn split(line: &[u8], delimiter: u8, bounds: &mut Vec<(u32, u32)>) {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let pattern = u64::from_ne_bytes([delimiter; 8]);
    let mut start = 0;
    let mut base = 0;
    let mut words = line.chunks_exact(8);
    for word in &mut words {
        let differs = u64::from_le_bytes(word.try_into().unwrap_or_default()) ^ pattern;
        // The high bit of each byte that equals the delimiter, exactly (no false hit after a true one).
        let mut hits = !(((differs & LOW) + LOW) | differs | LOW);
        while hits != 0 {
            let at = base + hits.trailing_zeros() / 8;
            bounds.push((start, at));
            start = at + 1;
            hits &= hits - 1;
        }
        base += 8;
    }
    for (&byte, at) in words.remainder().iter().zip(base..) {
        if byte == delimiter {
            bounds.push((start, at));
            start = at + 1;
        }
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
