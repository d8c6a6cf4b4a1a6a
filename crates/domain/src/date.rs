//! Civil dates. No clock, no time zone (dossier F7): a day is a day in England.

use std::fmt;
use std::num::NonZeroU32;

use jiff::civil;

use crate::word;

/// A civil date from year 1 to 9999, four bytes wide; `Option<Day>` is four bytes too, so columns of dates stay small.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroU32);

/// Days before each month of a common year.
const BEFORE_MONTH: [u32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

impl Day {
    /// The date, or nothing where the calendar has no such day.
    #[inline]
    pub const fn from_ymd(year: u32, month: u32, day: u32) -> Option<Self> {
        if year == 0 || year > 9999 || month == 0 || month > 12 || day == 0 || (day > 28 && day > days_in_month(year, month)) {
            return None;
        }
        let (before, centuries) = (year - 1, (year - 1) / 100);
        let leap_day = if month > 2 && is_leap(year) { 1 } else { 0 };
        let number = before * 365 + before / 4 - centuries + centuries / 4 + BEFORE_MONTH[month as usize - 1] + leap_day + day;
        match NonZeroU32::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// Days since 31 December of year 0, so 1 January of year 1 is 1. Only differences mean anything.
    #[inline]
    pub const fn number(self) -> u32 {
        self.0.get()
    }

    /// The day with this number, where year 1 to 9999 holds it.
    pub const fn from_number(number: u32) -> Option<Self> {
        match NonZeroU32::new(number) {
            Some(n) if number <= 3_652_059 => Some(Self(n)),
            _ => None,
        }
    }

    /// Year, month (1-12) and day of the month.
    #[inline]
    pub const fn ymd(self) -> (u32, u32, u32) {
        // Years that begin in March put the leap day last, so that the months before it are always as long: 153 days in each five from March on.
        // 306 days lie between 1 March of year 0 and 1 January of year 1. The divisions are those of Hinnant's `civil_from_days`.
        let days = self.0.get() + 305;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months + 2) / 5 + 1;
        let month = if months < 10 { months + 3 } else { months - 9 };
        (era * 400 + year_of_era + (month <= 2) as u32, month, day)
    }

    /// The calendar year.
    #[inline]
    pub const fn year(self) -> u32 {
        self.ymd().0
    }

    /// The year in which the return that covers this day ends: April 2024 to March 2025 is 2025.
    #[inline]
    pub const fn return_year(self) -> u32 {
        let (year, month, _) = self.ymd();
        if month >= 4 { year + 1 } else { year }
    }

    /// 31 March of a year: the last day of the return year that ends in it.
    #[inline]
    pub const fn year_end(year: u32) -> Self {
        match Self::from_ymd(year, 3, 31) {
            Some(day) => day,
            None => Self(NonZeroU32::MIN),
        }
    }

    /// 1 April of the year before: the first day of the return year that ends in `year`.
    #[inline]
    pub const fn year_start(year: u32) -> Self {
        Self::year_end(year - 1).plus(1)
    }

    /// This many days later (earlier if negative), held inside years 1 to 9999.
    #[inline]
    pub const fn plus(self, days: i32) -> Self {
        let number = self.0.get() as i64 + days as i64;
        let number = if number < 1 {
            1
        } else if number > 3_652_059 {
            3_652_059
        } else {
            number
        };
        match NonZeroU32::new(number as u32) {
            Some(n) => Self(n),
            None => self,
        }
    }

    /// Days from `earlier` to this day; negative if it is later. Also the nights of a stay `earlier..self`.
    #[inline]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.get() as i32 - earlier.0.get() as i32
    }

    /// The n-th anniversary. One that falls on 29 February comes on 1 March in common years, as birthdays do in English law (dossier B5).
    #[inline]
    pub const fn anniversary(self, years: u32) -> Self {
        let (year, month, day) = self.ymd();
        match Self::from_ymd(year + years, month, day) {
            Some(day) => day,
            None => match Self::from_ymd(year + years, 3, 1) {
                Some(day) => day,
                None => Self(NonZeroU32::MIN),
            },
        }
    }

    /// Completed years of someone born on this day, at `on`; 0 before birth.
    pub const fn age_at(self, on: Self) -> u32 {
        let (by, bm, bd) = self.ymd();
        let (year, month, day) = on.ymd();
        let had_birthday = month > bm || (month == bm && day >= bd);
        let years = year as i64 - by as i64 - if had_birthday { 0 } else { 1 };
        if years < 0 { 0 } else { years as u32 }
    }

    /// This many calendar months later (earlier if negative); the last day of a shorter month where the day does not exist.
    pub fn plus_months(self, months: i32) -> Self {
        civil::Date::from(self).saturating_add(jiff::Span::new().months(months)).into()
    }

    /// `dd/mm/yyyy` as the statutory return has it, or `yyyy-mm-dd`; a time of midnight behind an ISO date is let pass.
    #[inline]
    pub fn parse(text: &[u8]) -> Option<Self> {
        match text.as_array() {
            Some(date) => Self::of_ten(*date),
            None => match text {
                [date @ .., b' ' | b'T', b'0', b'0', b':', b'0', b'0', b':', b'0', b'0'] => Self::of_ten(*date.as_array()?),
                _ => None,
            },
        }
    }

    #[inline]
    fn of_ten(date: [u8; 10]) -> Option<Self> {
        /// Which of the first eight characters are digits, and what the others are.
        const fn form(text: [u8; 8]) -> (u64, u64) {
            let digits = word::within(u64::from_be_bytes(text), b'0', b'9');
            (digits, u64::from_be_bytes(text) & !((digits >> 7) * 0xFF))
        }
        const STATUTORY: (u64, u64) = form(*b"00/00/00");
        const ISO: (u64, u64) = form(*b"0000-00-");
        let [first @ .., tens, ones] = date;
        let first = u64::from_be_bytes(first);
        let digits = word::within(first, b'0', b'9');
        if !(tens.is_ascii_digit() && ones.is_ascii_digit()) {
            return None;
        }
        let last = u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
        // Ten times each digit and the digit after it, at the place of the latter.
        let values = first & word::all(0x0F);
        let pairs = ((values * 10) >> 8) + values;
        let pair = |second: u32| (pairs >> (56 - 8 * second)) as u32 & 0xFF;
        match (digits, first & !((digits >> 7) * 0xFF)) {
            STATUTORY => Self::from_ymd(pair(7) * 100 + last, pair(4), pair(1)),
            ISO => Self::from_ymd(pair(1) * 100 + pair(3), pair(6), last),
            _ => None,
        }
    }

    /// As a reader sees it: `4 March 2026`.
    pub fn long(self) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let (year, month, day) = self.ymd();
        format!("{day} {} {year}", MONTHS[month as usize - 1])
    }

    /// As the statutory return writes it: `04/03/2026`.
    pub fn statutory(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{day:02}/{month:02}/{year:04}")
    }
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u32, month: u32) -> u32 {
    if month == 2 && is_leap(year) { 29 } else { BEFORE_MONTH[month as usize] - BEFORE_MONTH[month as usize - 1] }
}

/// ISO form: `2026-03-04`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Day> for civil::Date {
    fn from(day: Day) -> Self {
        let (year, month, day) = day.ymd();
        civil::date(year as i16, month as i8, day as i8)
    }
}

impl From<civil::Date> for Day {
    fn from(date: civil::Date) -> Self {
        Self::from_ymd(u32::try_from(date.year()).unwrap_or(1), date.month() as u32, date.day() as u32).unwrap_or(Self(NonZeroU32::MIN))
    }
}

/// Whether some night belongs to both of two stays, each from its first day to the day it ended, which is no night of it (F4).
pub fn share_a_night(one: (Day, Option<Day>), other: (Day, Option<Day>)) -> bool {
    let before = |end: Option<Day>, start: Day| end.is_some_and(|end| end <= start);
    !before(one.1, other.0) && !before(other.1, one.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn agrees_with_jiff_on_every_day_of_two_centuries() {
        let mut date = civil::date(1899, 12, 31);
        let mut ours = day("1899-12-31");
        while date.year() < 2101 {
            assert_eq!(civil::Date::from(ours), date);
            assert_eq!(Day::from(date), ours);
            assert_eq!(ours.to_string(), date.to_string());
            date = date.tomorrow().unwrap();
            ours = ours.plus(1);
        }
    }

    #[test]
    fn reads_both_forms_and_refuses_what_is_no_date() {
        assert_eq!(Day::parse(b"29/02/2024"), Day::parse(b"2024-02-29"));
        assert_eq!(Day::parse(b"2024-02-29 00:00:00"), Day::parse(b"29/02/2024"));
        for bad in ["29/02/2023", "38/04/2019", "01/01/19", "3rd Dec 1873", "2024-13-01", "", "00/01/2020", "2000/12/10"] {
            assert_eq!(Day::parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_leap_day_child_turns_on_the_first_of_march() {
        let born = day("2008-02-29");
        assert_eq!(born.age_at(day("2026-02-28")), 17);
        assert_eq!(born.age_at(day("2026-03-01")), 18);
        assert_eq!(born.anniversary(18), day("2026-03-01"));
        assert_eq!(born.anniversary(16), day("2024-02-29"));
    }

    #[test]
    fn the_return_year_ends_on_31_march() {
        assert_eq!(day("2025-03-31").return_year(), 2025);
        assert_eq!(day("2025-04-01").return_year(), 2026);
        assert_eq!(Day::year_start(2025), day("2024-04-01"));
        assert_eq!(Day::year_end(2025), day("2025-03-31"));
    }
}
