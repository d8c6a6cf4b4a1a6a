//! Cells to values. The usual form is read at once; anything else goes the slow way, where it is repaired without doubt or said to be unreadable.

use domain::{Code, Day, Postcode};

use super::code_list::CodeList;
use super::issue::{self, At, Note};

/// Marks on a row: what became of it, and what cleaning has to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u8);

impl Marks {
    /// A value is read differently.
    pub(crate) const REPAIRED: Self = Self(1);
    /// Shortened or merged.
    pub(crate) const CUT: Self = Self(2);
    /// Not used.
    pub(crate) const SET_ASIDE: Self = Self(4);
    /// Holds a code that is not valid in every year.
    pub(crate) const DATED_CODE: Self = Self(8);

    pub(crate) fn add(&mut self, mark: Self) {
        self.0 |= mark.0;
    }

    pub(crate) const fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }
}

/// One row being read: where it is, what was found, and its marks.
pub(crate) struct Desk<'a> {
    pub(crate) at: At<'a>,
    pub(crate) notes: &'a mut Vec<Note>,
    pub(crate) marks: Marks,
}

/// Days that a return can mean: a slip such as the year 0219 or 2922 is no date.
const EARLIEST: Day = Day::year_start(1901);
const LATEST: Day = Day::year_end(2099);

fn sensible(day: Day) -> Option<Day> {
    (EARLIEST..=LATEST).contains(&day).then_some(day)
}

/// What a date cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateCell {
    Blank,
    Unreadable,
    On(Day),
}

impl Desk<'_> {
    /// A coded cell; blank if it cannot be a code at all.
    #[inline]
    pub(crate) fn code(&mut self, list: &CodeList, column: &'static str, cell: &[u8]) -> Code {
        if cell.is_empty() {
            return Code::BLANK;
        }
        if let Some(known) = list.find(cell) {
            if known.is_dated() {
                self.marks.add(Marks::DATED_CODE);
            }
            return known.code;
        }
        self.odd_code(list, column, cell)
    }

    #[cold]
    fn odd_code(&mut self, list: &CodeList, column: &'static str, cell: &[u8]) -> Code {
        let upper = cell.trim_ascii().to_ascii_uppercase();
        if upper.is_empty() {
            return Code::BLANK;
        }
        if let Some(known) = list.find(&upper) {
            if known.is_dated() {
                self.marks.add(Marks::DATED_CODE);
            }
            self.marks.add(Marks::REPAIRED);
            let message =
                format!("{column} is “{}”; it is read as {}. Write the code in capitals without spaces.", issue::shown(cell), known.code);
            self.notes.push(issue::CODE_CASE.at(self.at, column, cell, message));
            return known.code;
        }
        if let Some(code) = Code::parse(&upper) {
            let message =
                format!("{column} “{}” is not in the code list; counts show it as unknown. Correct the code.", issue::shown(cell));
            self.notes.push(issue::CODE_UNKNOWN.at(self.at, column, cell, message));
            return code;
        }
        self.marks.add(Marks::REPAIRED);
        let message = format!("{column} “{}” cannot be a code and is read as blank. Correct the code.", issue::shown(cell));
        self.notes.push(issue::CODE_IGNORED.at(self.at, column, cell, message));
        Code::BLANK
    }

    /// A date cell, with a note where its form was repaired.
    #[inline]
    pub(crate) fn date(&mut self, column: &'static str, cell: &[u8]) -> DateCell {
        if cell.is_empty() {
            return DateCell::Blank;
        }
        match Day::parse(cell).and_then(sensible) {
            Some(day) => DateCell::On(day),
            None => self.odd_date(column, cell),
        }
    }

    #[cold]
    fn odd_date(&mut self, column: &'static str, cell: &[u8]) -> DateCell {
        let trimmed = cell.trim_ascii();
        if trimmed.is_empty() {
            return DateCell::Blank;
        }
        let Some(day) = Day::parse(trimmed).or_else(|| other_form(trimmed)).and_then(sensible) else { return DateCell::Unreadable };
        self.marks.add(Marks::REPAIRED);
        let message =
            format!("{column} is written “{}”; it is read as {}. Write dates as dd/mm/yyyy.", issue::shown(cell), day.statutory());
        self.notes.push(issue::DATE_FORM.at(self.at, column, cell, message));
        DateCell::On(day)
    }

    /// A date that the row can do without: an unreadable one is read as blank, and said.
    #[inline]
    pub(crate) fn optional_date(&mut self, column: &'static str, cell: &[u8]) -> Option<Day> {
        match self.date(column, cell) {
            DateCell::On(day) => Some(day),
            DateCell::Blank => None,
            DateCell::Unreadable => {
                self.marks.add(Marks::REPAIRED);
                let message = format!("{column} “{}” is no date and is read as blank. Write dates as dd/mm/yyyy.", issue::shown(cell));
                self.notes.push(issue::DATE_IGNORED.at(self.at, column, cell, message));
                None
            }
        }
    }

    /// The date that makes the row; nothing, with a note, if there is none. Then the row is set aside.
    #[inline]
    pub(crate) fn key_date(&mut self, column: &'static str, cell: &[u8]) -> Option<Day> {
        match self.date(column, cell) {
            DateCell::On(day) => return Some(day),
            DateCell::Blank => {
                let message = format!("{column} is empty, so the row cannot be placed in time and is set aside. Enter the date.");
                self.notes.push(issue::DATE_BLANK.at(self.at, column, cell, message));
            }
            DateCell::Unreadable => {
                let message = format!("{column} “{}” is no date; the row is set aside. Write dates as dd/mm/yyyy.", issue::shown(cell));
                self.notes.push(issue::DATE_UNREADABLE.at(self.at, column, cell, message));
            }
        }
        self.marks.add(Marks::SET_ASIDE);
        None
    }

    /// A postcode or sector; nothing, with a note, if it has not the form of one.
    #[inline]
    pub(crate) fn postcode(&mut self, column: &'static str, cell: &[u8]) -> Option<Postcode> {
        if cell.is_empty() {
            return None;
        }
        Postcode::parse(cell).or_else(|| self.odd_postcode(column, cell))
    }

    #[cold]
    fn odd_postcode(&mut self, column: &'static str, cell: &[u8]) -> Option<Postcode> {
        if !cell.trim_ascii().is_empty() {
            self.marks.add(Marks::REPAIRED);
            let message =
                format!("{column} “{}” has not the form of a postcode and is read as blank; distances leave it out.", issue::shown(cell));
            self.notes.push(issue::POSTCODE_IGNORED.at(self.at, column, cell, message));
        }
        None
    }

    /// `1` or `0`; nothing, with a note, if it is anything else that is filled.
    pub(crate) fn flag(&mut self, column: &'static str, cell: &[u8]) -> Option<bool> {
        self.number(column, cell, 1).map(|number| number == 1)
    }

    /// A whole number up to a limit; nothing, with a note, if it is anything else that is filled.
    pub(crate) fn number(&mut self, column: &'static str, cell: &[u8], limit: u8) -> Option<u8> {
        let cell = cell.trim_ascii();
        let digits = cell.strip_suffix(b".0").unwrap_or(cell);
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u8>().ok()).filter(|number| *number <= limit);
        if number.is_none() && !cell.is_empty() {
            self.marks.add(Marks::REPAIRED);
            let message = format!(
                "{column} “{}” is not a whole number from 0 to {limit} and is read as blank, which is unknown. Correct it.",
                issue::shown(cell)
            );
            self.notes.push(issue::NUMBER_IGNORED.at(self.at, column, cell, message));
        }
        number
    }

    /// Anything of up to eight characters, such as a URN.
    #[inline]
    pub(crate) fn short(&mut self, column: &'static str, cell: &[u8]) -> Code {
        let cell = cell.strip_suffix(b".0").unwrap_or(cell);
        if cell.is_empty() {
            return Code::BLANK;
        }
        Code::parse(cell).unwrap_or_else(|| {
            self.marks.add(Marks::REPAIRED);
            let message = format!("{column} “{}” is too long or has spaces in it and is read as blank.", issue::shown(cell));
            self.notes.push(issue::CODE_IGNORED.at(self.at, column, cell, message));
            Code::BLANK
        })
    }
}

/// Forms in which programs write dates that leave no doubt: `1/4/2021`, `01-04-2021`, `1.4.2021`, `1 Apr 2021`, `01-Apr-2021`,
/// `2021/04/01`. Years of two digits stay unreadable: guessing the century would be a silent wrong number.
fn other_form(text: &[u8]) -> Option<Day> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text
        .split_once([' ', 'T'])
        .map_or(text, |(date, time)| if time.starts_with("00:00") || time.starts_with("0:00") { date } else { text });
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
    let month = number(month).or_else(|| month_named(month))?;
    match (first.len(), last.len()) {
        (1 | 2, 4) => Day::from_ymd(number(last)?, month, number(first)?),
        (4, 1 | 2) => Day::from_ymd(number(first)?, month, number(last)?),
        _ => None,
    }
}

fn month_named(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let name = name.to_ascii_lowercase();
    (name.len() >= 3).then(|| (1..).zip(MONTHS).find(|(_, month)| month.starts_with(&name)).map(|(number, _)| number))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_are_read_only_without_doubt() {
        for text in ["1/4/2021", "01-04-2021", "1.4.2021", "1 Apr 2021", "01-April-2021", "2021/4/1", "1/4/2021 00:00:00"] {
            assert_eq!(other_form(text.as_bytes()).map(Day::statutory).as_deref(), Some("01/04/2021"), "{text}");
        }
        for text in ["01/04/21", "1/4", "44286", "31/02/2021", "Apr 2021", "1/Foo/2021", "", "1/4/2021 13:05:00"] {
            assert_eq!(other_form(text.as_bytes()), None, "{text}");
        }
    }
}
