//! What day it is in England at a moment (F7): half past midnight in June is yesterday by Greenwich, and today where the child is.

use std::sync::LazyLock;

use domain::Day;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Summer time from the last Sunday of March to the last of October, one o'clock by Greenwich (Summer Time Act 1972, as amended in 2002).
static ENGLAND: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").unwrap_or(TimeZone::UTC));

pub(super) fn day_in_england(at: Timestamp) -> Day {
    let date = at.to_zoned(ENGLAND.clone()).date();
    Day::from_ymd(date.year() as u32, date.month() as u32, date.day() as u32).unwrap_or(Day::year_end(1))
}

/// The day in England on which a change is written.
pub(super) fn today(tx: &store::Tx) -> Day {
    day_in_england(tx.moment().at.timestamp())
}

/// The full hour that clocks in England show.
pub(super) fn hour(at: Timestamp) -> u8 {
    u8::try_from(at.to_zoned(ENGLAND.clone()).hour()).unwrap_or_default()
}

/// A moment as clocks in England show it: `14 June 2026, 00:30`.
pub(super) fn spoken(at: Timestamp) -> String {
    let time = at.to_zoned(ENGLAND.clone()).time();
    format!("{}, {:02}:{:02}", day_in_england(at).long(), time.hour(), time.minute())
}

/// The moment at which a day ends in England: what was known on that day was recorded before it.
pub(super) fn end_of_day(day: Day) -> Timestamp {
    let (year, month, day) = day.plus(1).ymd();
    let midnight = jiff::civil::date(year as i16, month as i8, day as i8).at(0, 0, 0, 0);
    ENGLAND.to_ambiguous_timestamp(midnight).compatible().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summer_night_belongs_to_the_day_in_england() {
        let day = |text: &str| day_in_england(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-06-14T23:30:00Z"), "2026-06-15");
        assert_eq!(day("2026-12-14T23:30:00Z"), "2026-12-14");
        assert_eq!(day("2026-03-29T00:59:00Z"), "2026-03-29");
        assert_eq!(spoken("2026-06-14T23:30:00Z".parse().unwrap()), "15 June 2026, 00:30");
        let end = |year, month, day| end_of_day(Day::from_ymd(year, month, day).unwrap()).to_string();
        assert_eq!((end(2026, 6, 14), end(2026, 12, 14)), ("2026-06-14T23:00:00Z".to_owned(), "2026-12-15T00:00:00Z".to_owned()));
    }
}
