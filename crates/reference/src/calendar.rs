//! Working days in England. Statutory clocks run in them: reviews within 20, placement plans within 5 (dossier B6, F6).

use std::sync::OnceLock;

use domain::Day;
use domain::working::Calendar;

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

/// The calendar of working days in England: 2010 to 2030. Before and after, whether a weekday is worked is not known.
pub fn england() -> Calendar<'static> {
    static DAYS: OnceLock<Vec<Day>> = OnceLock::new();
    let days = DAYS.get_or_init(|| bank_holidays().iter().map(|holiday| holiday.day).collect());
    Calendar::new(days, FIRST, LAST)
}

/// The first and the last day that the calendar holds.
const FIRST: Day = Day::year_end(2010).plus(-89);
const LAST: Day = Day::year_end(2030).plus(275);

/// Whether bank holidays are held for this day's year.
pub fn covers(day: Day) -> bool {
    (FIRST..=LAST).contains(&day)
}

/// The n-th working day after a day, as [`Calendar::after`] counts; in years that the calendar does not hold only weekends are left out. For measures
/// over returns of any year; a clock that people work by asks [`england`], which says what it does not know.
pub fn working_days_after(day: Day, n: u32) -> Day {
    let mut last = day;
    for _ in 0..n {
        last = last.plus(1);
        while england().is_worked(last) == Some(false) {
            last = last.plus(1);
        }
    }
    last
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
        assert!(bank_holidays().iter().all(|holiday| !domain::working::is_weekend(holiday.day)), "a day off is never on a weekend");
        assert_eq!((FIRST, LAST), (day("2010-01-01"), day("2030-12-31")));
    }

    #[test]
    fn weekends_and_holidays_are_not_worked() {
        for off in ["2026-03-01", "2026-02-28", "2022-09-19", "2023-05-08", "2020-05-08", "2021-12-27", "2021-12-28"] {
            assert_eq!(england().is_worked(day(off)), Some(false), "{off}");
        }
        for worked in ["2026-03-02", "2020-05-04", "2021-12-24", "2022-09-20"] {
            assert_eq!(england().is_worked(day(worked)), Some(true), "{worked}");
        }
    }

    #[test]
    fn a_first_review_is_due_twenty_working_days_after() {
        // Looked after from Friday 20 December 2024: two days of Christmas and New Year's Day fall in between.
        assert_eq!(working_days_after(day("2024-12-20"), 20), day("2025-01-22"));
        assert_eq!(working_days_after(day("2024-12-25"), 1), day("2024-12-27"));
        assert_eq!(working_days_after(day("2024-12-25"), 0), day("2024-12-25"));
        assert_eq!(england().after(day("2024-12-20"), 20), Some(day("2025-01-22")));
        assert_eq!((england().after(day("2030-12-31"), 1), working_days_after(day("2030-12-31"), 1)), (None, day("2031-01-01")));
        assert!(covers(day("2030-12-31")) && !covers(day("2031-01-01")));
    }
}
