//! How wide the columns of a table want to be, for formats that need to know before they write.

use crate::block::{Role, Table};
use crate::chart::text::{Weight, width, wrap};

/// Size of text that widths are measured at.
const SIZE: f64 = 13.0;
/// Space between columns at that size.
const PADDING: f64 = 18.0;
/// Words wrap beyond this.
const WORDS: f64 = 230.0;
/// Narrowest that a column of words is made, unless a word needs more.
const LEAST_WORDS: f64 = 130.0;
/// Width of the text block at that size.
pub const ROOM: f64 = 640.0;

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

/// The same, made to fit this room where they can: columns give up what they can spare, down to their longest word and number.
pub fn fitted_widths(table: &Table, room: f64) -> Vec<f64> {
    let widths = column_widths(table);
    let least: Vec<f64> = widths.iter().zip(least_widths(table)).map(|(&width, least)| least.min(width)).collect();
    let (wanted, spare) = (widths.iter().sum::<f64>(), widths.iter().sum::<f64>() - least.iter().sum::<f64>());
    let given_up = if spare > 0.0 { ((wanted - room) / spare).clamp(0.0, 1.0) } else { 0.0 };
    widths.iter().zip(least).map(|(width, least)| width - (width - least) * given_up).collect()
}

/// Below these widths words and numbers would break.
fn least_widths(table: &Table) -> impl Iterator<Item = f64> {
    let measure = |text: &str| width(text, SIZE, Weight::Bold);
    let longest_word = move |text: &str| text.split_whitespace().map(measure).fold(0.0, f64::max);
    let mixed = table.mixes_kinds();
    table.columns.iter().enumerate().map(move |(i, column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(i));
        let content = cells.map(|cell| match column.role {
            Role::Number => measure(&cell.shown),
            Role::Header | Role::Words => longest_word(&cell.shown).max(LEAST_WORDS - PADDING),
        });
        let kind = column.kind.filter(|_| mixed).map_or(0.0, |kind| measure(&format!("({})", kind.word())));
        content.fold(longest_word(&column.header).max(kind), f64::max) + PADDING
    })
}

/// Widths that fit the text block, as shares of the whole.
pub fn column_shares(table: &Table) -> Vec<f64> {
    let widths = fitted_widths(table, ROOM);
    let sum: f64 = widths.iter().sum();
    widths.into_iter().map(|width| width / sum.max(1.0)).collect()
}

/// Lines that words need in a column of this share of the text block, which is 640 pixels wide at 13-pixel text.
pub fn line_count(text: &str, share: f64) -> usize {
    wrap(text, ROOM * share, SIZE, Weight::Regular).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Cell, Column, Row};

    #[test]
    fn a_wide_table_takes_room_from_words_before_it_breaks_a_header() {
        let columns =
            ["Bournemouth, number 2025", "Statistical neighbours, share 2025", "England, share 2025", "Change in share", "A", "B"];
        let label = "Independent and semi-independent living arrangements and supported accommodation";
        let table = Table {
            columns: std::iter::once(Column::header("Category")).chain(columns.map(Column::number)).collect(),
            rows: vec![Row::new(std::iter::once(Cell::words(label)).chain(columns.map(|_| Cell::number(1234.0, "1,234,567"))).collect())],
            ..Table::default()
        };
        let (wanted, fitted) = (column_widths(&table), fitted_widths(&table, ROOM));
        assert!(wanted.iter().sum::<f64>() > ROOM, "{wanted:?}");
        assert!((fitted.iter().sum::<f64>() - ROOM).abs() < 1e-6, "{fitted:?}");
        assert!(fitted[1] >= width("Bournemouth,", SIZE, Weight::Bold) + PADDING);
        assert!(fitted[0] < wanted[0] && fitted[0] >= LEAST_WORDS);
    }

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
