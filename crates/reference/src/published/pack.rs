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
        let too_long =
            || std::io::Error::new(std::io::ErrorKind::InvalidData, "a series has figures with too many digits to stand side by side");
        let width = self.areas.len() * self.years.len();
        let (values, decimals) = aligned(&self.values, width).ok_or_else(too_long)?;
        let (percents, percent_decimals) = aligned(&self.percents, width).ok_or_else(too_long)?;
        let mut bytes = Vec::new();
        put_text(&mut bytes, self.schema.name);
        put_text(&mut bytes, self.vintages.first().map_or("", String::as_str));
        put_all(&mut bytes, self.areas.iter().map(|area| u64::from(area.0)));
        put_all(&mut bytes, self.years.iter().map(|&year| u64::from(year)));
        put(&mut bytes, self.series.len() as u64);
        for (at, one) in self.series.iter().enumerate() {
            put_text(&mut bytes, &one.group);
            put_text(&mut bytes, &one.category);
            put(&mut bytes, decimals.get(at).copied().unwrap_or(0).into());
            put(&mut bytes, percent_decimals.get(at).copied().unwrap_or(0).into());
        }
        let mut guess = Guess::default();
        for (cell, &figure) in values.iter().enumerate() {
            put_figure(&mut bytes, figure, guess.at(cell, self.years.len()));
            guess.learn(figure);
        }
        let totals = totals(self);
        for (cell, &figure) in percents.iter().enumerate() {
            put_figure(&mut bytes, figure, share(&values, &totals, width, cell, percent_decimals[cell / width]));
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
        let areas: Vec<AreaId> = take_all(from)?.into_iter().map(|number| AreaId(number as u16)).collect();
        let years: Vec<u32> = take_all(from)?.into_iter().map(|year| year as u32).collect();
        let (mut series, mut decimals) = (Vec::new(), Vec::new());
        for _ in 0..take(from)? {
            series.push(Series { group: take_text(from)?, category: take_text(from)? });
            decimals.push((take(from)? as u8, take(from)? as u8));
        }
        if decimals.iter().any(|&(value, percent)| value.max(percent) > Figure::MOST_DECIMALS) {
            return None;
        }
        let width = areas.len() * years.len();
        // Every figure takes at least one byte, so damaged sizes are told before room is made for them.
        if series.len().checked_mul(width)? > from.len() {
            return None;
        }
        let mut table = Self::blank(schema, &vintage, series, areas, years);
        let mut guess = Guess::default();
        for (cell, figure) in table.values.iter_mut().enumerate() {
            *figure = take_figure(from, guess.at(cell, table.years.len()), decimals[cell / width].0)?;
            guess.learn(*figure);
        }
        let totals = totals(&table);
        for cell in 0..table.percents.len() {
            let places = decimals[cell / width].1;
            table.percents[cell] = take_figure(from, share(&table.values, &totals, width, cell, places), places)?;
        }
        Some(table)
    }
}

/// The figures of each series (`width` of them) with the same number of decimal places, and that number; nothing if they do not fit.
fn aligned(figures: &[Figure], width: usize) -> Option<(Vec<Figure>, Vec<u8>)> {
    let most = |series: &[Figure]| series.iter().filter_map(|figure| figure.digits()).map(|(_, decimals)| decimals).max().unwrap_or(0);
    let decimals: Vec<u8> = figures.chunks(width.max(1)).map(most).collect();
    let same = figures.iter().enumerate().map(|(cell, figure)| figure.with_decimals(decimals[cell / width])).collect::<Option<_>>()?;
    Some((same, decimals))
}

/// What a number is likely to be: the last one of its series and area.
#[derive(Default)]
struct Guess {
    last: i64,
}

impl Guess {
    fn at(&mut self, cell: usize, years: usize) -> i64 {
        if cell.is_multiple_of(years) {
            self.last = 0;
        }
        self.last
    }

    fn learn(&mut self, figure: Figure) {
        self.last = figure.digits().map_or(self.last, |(digits, _)| digits);
    }
}

/// For each series, the one that holds its group's total.
fn totals(table: &Table) -> Vec<Option<usize>> {
    table.series.iter().map(|one| table.find(&one.group, "total")).collect()
}

/// What a percentage is likely to be: the number's share of the group's total, rounded half up to `decimals`; 0 where either is a mark.
fn share(values: &[Figure], totals: &[Option<usize>], width: usize, cell: usize, decimals: u8) -> i64 {
    let guess = || {
        let (total, _) = values[totals[cell / width]? * width + cell % width].digits().filter(|&(total, _)| total > 0)?;
        let (number, _) = values[cell].digits()?;
        let doubled = 200 * 10i128.pow(u32::from(decimals)) * i128::from(number) / i128::from(total);
        i64::try_from((doubled + 1) / 2).ok()
    };
    guess().unwrap_or(0)
}

fn put_figure(bytes: &mut Vec<u8>, figure: Figure, guess: i64) {
    let mark = Figure::MARKS.iter().position(|&mark| mark == figure);
    match (figure.digits(), mark) {
        (Some((digits, _)), _) => {
            let step = digits.wrapping_sub(guess);
            put(bytes, (((step << 1) ^ (step >> 63)) as u64).saturating_add(FIRST_STEP));
        }
        (None, Some(mark)) => put(bytes, mark as u64 + 1),
        (None, None) => put(bytes, 0),
    }
}

fn take_figure(from: &mut &[u8], guess: i64, decimals: u8) -> Option<Figure> {
    match take(from)? {
        0 => Some(Figure::ABSENT),
        mark if mark < FIRST_STEP => Some(Figure::MARKS[mark as usize - 1]),
        token => {
            let folded = token - FIRST_STEP;
            let step = (folded >> 1) as i64 ^ -((folded & 1) as i64);
            Figure::of_digits(guess.wrapping_add(step), decimals)
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

/// How many numbers, then each.
fn put_all(bytes: &mut Vec<u8>, numbers: impl ExactSizeIterator<Item = u64>) {
    put(bytes, numbers.len() as u64);
    for number in numbers {
        put(bytes, number);
    }
}

fn take_all(from: &mut &[u8]) -> Option<Vec<u64>> {
    (0..take(from)?).map(|_| take(from)).collect()
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
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::super::release::load;
    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out(rows in proptest::collection::vec((0usize..4, 2016u32..2026, 0usize..3, "[czxk]|-?[0-9]{1,7}(\\.[0-9]{1,5})?", "k|[0-9]{1,2}(\\.[0-9])?"), 0..60)) {
            let mut csv = String::from("level,area,year_end,group_id,category_id,value,symbol,percent,percent_symbol\n");
            let cells = |text: &str| if text.contains(|c: char| c.is_ascii_alphabetic()) { format!(",{text}") } else { format!("{text},") };
            for (area, year, category, value, percent) in rows {
                let (area, category) = (["892", "891", "970", "983"][area], ["total", "a", "b"][category]);
                writeln!(csv, "la,{area},{year},g,{category},{},{}", cells(&value), cells(&percent)).unwrap();
            }
            let (table, _) = load("cla_31_march", "v", csv.as_bytes());
            let back = Table::unpacked(&table.packed().unwrap()).unwrap();
            prop_assert!(back.has_the_figures_of(&table));
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
