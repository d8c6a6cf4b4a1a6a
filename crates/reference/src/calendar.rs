//! Working days in England. Statutory clocks run in them: reviews within 20, placement plans within 5 (dossier B6, F6).

use std::sync::OnceLock;

use domain::Day;

use crate::embedded::rows;

/// A day off in England and Wales. Only the day that is off is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day off.
    pub day: Day,
    /// `Christmas Day`.
    pub name: &'static str,
    /// Whether it stands in for a holiday that fell on a weekend.
    pub substitute: bool,
}

/// The first day from which the calendar assumes that no special holiday will be proclaimed. Before it, holidays are as they were.
pub const ASSUMED_FROM: Day = Day::year_end(2026).plus(276);

/// Every bank holiday held, 2010 to 2030, in order.
pub fn bank_holidays() -> &'static [BankHoliday] {
    static HOLIDAYS: OnceLock<Vec<BankHoliday>> = OnceLock::new();
    HOLIDAYS.get_or_init(|| {
        let mut holidays = rows(include_bytes!("../data/bank_holidays_england.csv"), |row| {
            Some(BankHoliday { day: row.day("date")?, name: row.text("name"), substitute: row.cell("substitute_day") == "1" })
        });
        holidays.sort_by_key(|holiday| holiday.day);
        holidays
    })
}

/// Whether bank holidays are held for this day's year. For other years only weekends are left out of working days.
pub fn covers(day: Day) -> bool {
    (2010..=2030).contains(&day.year())
}

/// Whether a day is none of Saturday, Sunday and bank holiday.
pub fn is_working_day(day: Day) -> bool {
    // Day 1 of the calendar is a Monday.
    let is_weekend = (day.number() - 1) % 7 >= 5;
    !is_weekend && bank_holidays().binary_search_by_key(&day, |holiday| holiday.day).is_err()
}

/// The n-th working day after a day, which is itself not counted: the last day of a period of `n` working days from it.
/// For 0, the day itself.
pub fn working_days_after(day: Day, n: u32) -> Day {
    let mut last = day;
    for _ in 0..n {
        last = last.plus(1);
        while !is_working_day(last) {
            last = last.plus(1);
        }
    }
    last
}

/// How many working days lie after `from` up to and including `to`; 0 if `to` is not later.
pub fn working_days_between(from: Day, to: Day) -> u32 {
    (from.number() + 1..=to.number()).filter_map(Day::from_number).filter(|&day| is_working_day(day)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_calendar_is_whole() {
        assert_eq!(bank_holidays().len(), 173);
        assert_eq!(ASSUMED_FROM, day("2027-01-01"));
        for year in 2010..=2030 {
            assert!(bank_holidays().iter().filter(|holiday| holiday.day.year() == year).count() >= 8, "{year}");
        }
        assert!(bank_holidays().iter().all(|holiday| (holiday.day.number() - 1) % 7 < 5), "a day off is never on a weekend");
    }

    #[test]
    fn weekends_and_holidays_are_not_worked() {
        for off in ["2026-03-01", "2026-02-28", "2022-09-19", "2023-05-08", "2020-05-08", "2021-12-27", "2021-12-28"] {
            assert!(!is_working_day(day(off)), "{off}");
        }
        for worked in ["2026-03-02", "2020-05-04", "2021-12-24", "2022-09-20"] {
            assert!(is_working_day(day(worked)), "{worked}");
        }
    }

    #[test]
    fn a_first_review_is_due_twenty_working_days_after() {
        // Looked after from Friday 20 December 2024: two days of Christmas and New Year's Day fall in between.
        assert_eq!(working_days_after(day("2024-12-20"), 20), day("2025-01-22"));
        assert_eq!(working_days_after(day("2024-12-25"), 1), day("2024-12-27"));
        assert_eq!(working_days_after(day("2024-12-25"), 0), day("2024-12-25"));
        assert_eq!(working_days_between(day("2024-12-20"), day("2025-01-22")), 20);
        assert_eq!(working_days_between(day("2025-01-22"), day("2024-12-20")), 0);
        assert!(covers(day("2030-12-31")) && !covers(day("2031-01-01")));
    }
}
