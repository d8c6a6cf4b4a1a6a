//! The packed form in which tables are embedded: small first, quick to open second. One deflate stream of variable-length integers.
//!
//! A figure is 0 where there is no row, 1-4 for a mark, else 5 and more for the step from a guess: for a number, the same series and area
//! a year earlier; for a percentage, the number's share of the group's total. Most steps fit one byte, and most percentages are the guess itself.

use std::io::Write;

use super::figure::Figure;
use super::schema::Schema;
use super::table::{Series, Table};
use crate::AreaId;
use crate::embedded::inflate;

/// Token of the step 0; smaller ones are "no row" and the marks.
const FIRST_STEP: u64 = 1 + Figure::MARKS.len() as u64;

impl Table {
    /// The packed form. Only tables of one release are packed, so the release of each year is not kept.
    pub fn packed(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        put_text(&mut bytes, self.schema.name);
        put_text(&mut bytes, self.vintages.first().map_or("", String::as_str));
        put(&mut bytes, self.areas.len() as u64);
        self.areas.iter().for_each(|area| put(&mut bytes, u64::from(area.0)));
        put(&mut bytes, self.years.len() as u64);
        self.years.iter().for_each(|&year| put(&mut bytes, u64::from(year)));
        put(&mut bytes, self.series.len() as u64);
        for one in &self.series {
            put_text(&mut bytes, &one.group);
            put_text(&mut bytes, &one.category);
            put(&mut bytes, u64::from(one.decimals));
            put(&mut bytes, u64::from(one.percent_decimals));
        }
        let mut guess = Guess::default();
        for (cell, &figure) in self.values.iter().enumerate() {
            put_figure(&mut bytes, figure, guess.of_value(self, cell));
            guess.last = figure.number().or(guess.last);
        }
        let totals = totals(self);
        for (cell, &figure) in self.percents.iter().enumerate() {
            put_figure(&mut bytes, figure, percent_guess(self, &totals, cell));
        }
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&bytes)?;
        encoder.finish()
    }

    /// Reads the packed form; nothing if the bytes are not one.
    pub fn unpacked(packed: &[u8]) -> Option<Self> {
        let bytes = inflate(packed)?;
        let from = &mut bytes.as_slice();
        let schema = Schema::of(&take_text(from)?)?;
        let vintage = take_text(from)?;
        let areas = (0..take(from)?).map(|_| Some(AreaId(take(from)? as u16))).collect::<Option<Vec<_>>>()?;
        let years = (0..take(from)?).map(|_| Some(take(from)? as u32)).collect::<Option<Vec<_>>>()?;
        let one_series = |from: &mut &[u8]| {
            let (group, category) = (take_text(from)?, take_text(from)?);
            Some(Series { group, category, decimals: take(from)? as u8, percent_decimals: take(from)? as u8 })
        };
        let series = (0..take(from)?).map(|_| one_series(from)).collect::<Option<Vec<_>>>()?;
        let mut table = Self::blank(schema, &vintage, series, areas, years);
        let mut guess = Guess::default();
        for cell in 0..table.values.len() {
            let figure = take_figure(from, guess.of_value(&table, cell))?;
            guess.last = figure.number().or(guess.last);
            table.values[cell] = figure;
        }
        let totals = totals(&table);
        for cell in 0..table.percents.len() {
            table.percents[cell] = take_figure(from, percent_guess(&table, &totals, cell))?;
        }
        Some(table)
    }
}

/// What a number is likely to be: the last one of its series and area.
#[derive(Default)]
struct Guess {
    last: Option<i64>,
}

impl Guess {
    fn of_value(&mut self, table: &Table, cell: usize) -> i64 {
        if cell.is_multiple_of(table.years.len()) {
            self.last = None;
        }
        self.last.unwrap_or(0)
    }
}

/// For each series, the one that holds its group's total.
fn totals(table: &Table) -> Vec<Option<usize>> {
    table.series.iter().map(|one| table.find(&one.group, "total")).collect()
}

/// The number's share of the group's total, rounded half up to the decimals of the percentage; 0 where either is a mark.
fn percent_guess(table: &Table, totals: &[Option<usize>], cell: usize) -> i64 {
    let width = table.areas.len() * table.years.len();
    let series = cell / width;
    let guess = || {
        let total = table.values[totals[series]? * width + cell % width].number().filter(|&total| total > 0)?;
        let scale = 10i128.pow(u32::from(table.series[series].percent_decimals));
        let doubled = 200 * scale * i128::from(table.values[cell].number()?) / i128::from(total);
        i64::try_from((doubled + 1) / 2).ok()
    };
    guess().unwrap_or(0)
}

fn put_figure(bytes: &mut Vec<u8>, figure: Figure, guess: i64) {
    let mark = Figure::MARKS.iter().position(|&mark| mark == figure);
    match (figure.number(), mark) {
        (Some(number), _) => {
            let step = number.wrapping_sub(guess);
            put(bytes, (((step << 1) ^ (step >> 63)) as u64).saturating_add(FIRST_STEP));
        }
        (None, Some(mark)) => put(bytes, mark as u64 + 1),
        (None, None) => put(bytes, 0),
    }
}

fn take_figure(from: &mut &[u8], guess: i64) -> Option<Figure> {
    match take(from)? {
        0 => Some(Figure::ABSENT),
        mark if mark < FIRST_STEP => Some(Figure::MARKS[mark as usize - 1]),
        token => {
            let folded = token - FIRST_STEP;
            let step = (folded >> 1) as i64 ^ -((folded & 1) as i64);
            Figure::of_number(guess.wrapping_add(step))
        }
    }
}

/// Seven bits to a byte, lowest first, the top bit set on all but the last.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = take(from)? as usize;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::release::load;
    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out(cells in proptest::collection::vec((0usize..4, 2016u32..2026, -3i64..3_000_000, 0u8..5, 0u32..1000), 0..60)) {
            let mut csv = String::from("level,area,year_end,group_id,category_id,value,symbol,percent,percent_symbol\n");
            for (at, year, number, decimals, percent) in cells {
                let area = ["892", "891", "970", "983"][at];
                let value = if number < 0 { ["x,", "c,", "z,"][(-number - 1) as usize].to_owned() } else { format!("{number}.{:0>1$}", 5, decimals as usize + 1) };
                let (value, symbol) = if number < 0 { ("", &value[..1]) } else { (value.as_str(), "") };
                let category = ["total", "a", "b"][percent as usize % 3];
                csv += &format!("la,{area},{year},g,{category},{value},{symbol},{},\n", f64::from(percent) / 10.0);
            }
            let (table, _) = load("cla_31_march", "v", csv.as_bytes());
            let back = Table::unpacked(&table.packed().unwrap()).unwrap();
            prop_assert_eq!(&back.series, &table.series);
            prop_assert_eq!(&back.areas, &table.areas);
            prop_assert_eq!(&back.years, &table.years);
            prop_assert_eq!(&back.values, &table.values);
            prop_assert_eq!(&back.percents, &table.percents);
            prop_assert_eq!(&back.vintages, &table.vintages);
        }

        #[test]
        fn damaged_bytes_are_refused_without_panic(bytes: Vec<u8>) {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(&[b"\x0ccla_31_march".as_slice(), &bytes].concat()).unwrap();
            prop_assert!(Table::unpacked(&bytes).is_none_or(|table| table.years.len() < 1000));
            let _ = Table::unpacked(&encoder.finish().unwrap());
        }
    }
}
