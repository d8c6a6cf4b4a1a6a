//! How wide the columns of a table want to be, for formats that need to know before they write.

use crate::block::{Role, Table};
use crate::chart::text::{Weight, width, wrap};

/// Size of text that widths are measured at.
const SIZE: f64 = 13.0;
/// Space between columns at that size.
const PADDING: f64 = 18.0;
/// Words wrap beyond this.
const WORDS: f64 = 230.0;

/// Widths in pixels of 13-pixel text: numbers unbroken, headers broken at spaces, words broken where they are long.
pub fn column_widths(table: &Table) -> Vec<f64> {
    let measure = |text: &str| width(text, SIZE, Weight::Bold);
    let longest_word = |text: &str| text.split_whitespace().map(measure).fold(0.0, f64::max);
    let mixed = table.mixes_kinds();
    let width_of = |(i, column): (usize, &crate::block::Column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(i));
        let content = cells.map(|cell| match column.role {
            Role::Number => measure(&cell.shown),
            Role::Header | Role::Words => measure(&cell.shown).min(WORDS).max(longest_word(&cell.shown)),
        });
        // A header may take two lines, and under it stands its kind of number.
        let kind = column.kind.filter(|_| mixed).map_or(0.0, |kind| measure(&format!("({})", kind.word())));
        let header = longest_word(&column.header).max(measure(&column.header) / 2.0).max(kind);
        content.fold(header, f64::max) + PADDING
    };
    table.columns.iter().enumerate().map(width_of).collect()
}

/// The same as shares of the whole.
pub fn column_shares(table: &Table) -> Vec<f64> {
    let widths = column_widths(table);
    let sum: f64 = widths.iter().sum();
    widths.into_iter().map(|width| width / sum.max(1.0)).collect()
}

/// Lines that words need in a column of this share of the text block, which is 640 pixels wide at 13-pixel text.
pub fn line_count(text: &str, share: f64) -> usize {
    wrap(text, 640.0 * share, SIZE, Weight::Regular).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Cell, Column, Row};

    #[test]
    fn numbers_are_never_broken_and_words_may_be() {
        let long = "Supported accommodation for young people aged sixteen and seventeen who came alone";
        let table = Table {
            columns: vec![Column::header("Need"), Column::number("Change 2016 to 2020")],
            rows: vec![Row::new(vec![Cell::words(long), Cell::number(1.0, "£1,234,567.89")])],
            ..Table::default()
        };
        let widths = column_widths(&table);
        assert!((widths[0] - WORDS - PADDING).abs() < 1.0);
        assert!(widths[1] >= width("£1,234,567.89", SIZE, Weight::Bold));
        assert!((column_shares(&table).iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
