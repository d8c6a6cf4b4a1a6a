//! Working days: none of Saturday, Sunday and bank holiday. Statutory clocks run in them (dossier B6, F6).
//!
//! Which days are bank holidays is a fact from outside: `reference::calendar` holds England's. Where a calendar ends, the answer is *not known*, never a
//! guess that no holiday falls there.

use crate::date::Day;

/// The bank holidays of some years on end.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    holidays: &'a [Day],
    first: Day,
    last: Day,
}

impl<'a> Calendar<'a> {
    /// The calendar of the days `first` to `last` with these holidays, in order.
    pub const fn new(holidays: &'a [Day], first: Day, last: Day) -> Self {
        Self { holidays, first, last }
    }

    /// Whether a day is worked; nothing where the calendar does not reach. A Saturday is not worked in any year.
    pub fn is_worked(&self, day: Day) -> Option<bool> {
        if is_weekend(day) {
            return Some(false);
        }
        (self.first..=self.last).contains(&day).then(|| self.holidays.binary_search(&day).is_err())
    }

    /// The n-th working day after a day, which is itself not counted: the last day of a period of `n` working days from it. For 0, the day itself.
    /// Nothing where it lies beyond the calendar.
    pub fn after(&self, day: Day, n: u32) -> Option<Day> {
        self.stepped(day, n, 1)
    }

    /// The n-th working day before a day, which is itself not counted. Nothing where it lies before the calendar.
    pub fn before(&self, day: Day, n: u32) -> Option<Day> {
        self.stepped(day, n, -1)
    }

    fn stepped(&self, day: Day, n: u32, step: i32) -> Option<Day> {
        let mut at = day;
        for _ in 0..n {
            at = at.plus(step);
            while !self.is_worked(at)? {
                at = at.plus(step);
            }
        }
        Some(at)
    }

    /// How many working days lie after `from` up to and including `to`; 0 if `to` is not later. Nothing where the calendar does not hold them all.
    pub fn between(&self, from: Day, to: Day) -> Option<u32> {
        let mut worked = 0;
        for number in from.number() + 1..=to.number() {
            worked += u32::from(self.is_worked(Day::from_number(number)?)?);
        }
        Some(worked)
    }
}

/// Whether a day is a Saturday or a Sunday.
pub const fn is_weekend(day: Day) -> bool {
    // Day 1 of the calendar is a Monday.
    (day.number() - 1) % 7 >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    /// Christmas and New Year of 2024, and nothing else: a calendar small enough to count by hand.
    fn christmas() -> [Day; 3] {
        [day("2024-12-25"), day("2024-12-26"), day("2025-01-01")]
    }

    #[test]
    fn a_first_review_is_due_twenty_working_days_after() {
        let holidays = christmas();
        let calendar = Calendar::new(&holidays, day("2024-01-01"), day("2025-12-31"));
        assert_eq!(calendar.after(day("2024-12-20"), 20), Some(day("2025-01-22")));
        assert_eq!(calendar.before(day("2025-01-22"), 20), Some(day("2024-12-20")));
        assert_eq!(calendar.after(day("2024-12-25"), 0), Some(day("2024-12-25")));
        assert_eq!(calendar.between(day("2025-01-22"), day("2024-12-20")), Some(0));
    }

    #[test]
    fn beyond_the_calendar_nothing_is_known_but_weekends() {
        let holidays = christmas();
        let calendar = Calendar::new(&holidays, day("2024-01-01"), day("2025-12-31"));
        assert_eq!(calendar.is_worked(day("2026-01-01")), None, "a Thursday of a year that the calendar does not hold");
        assert_eq!(calendar.is_worked(day("2026-01-03")), Some(false));
        assert_eq!(calendar.after(day("2025-12-31"), 1), None);
        assert_eq!(calendar.between(day("2025-12-30"), day("2026-01-02")), None);
    }

    proptest! {
        #[test]
        fn counting_forth_and_back_agree(from in 0..500_i32, n in 0..60_u32, off in proptest::collection::btree_set(0..700_i32, 0..40)) {
            let start = day("2024-01-01");
            let holidays: Vec<Day> = off.into_iter().map(|number| start.plus(number)).collect();
            let calendar = Calendar::new(&holidays, start, start.plus(800));
            let from = start.plus(from);
            let to = calendar.after(from, n).unwrap();
            prop_assert_eq!(calendar.between(from, to), Some(n));
            prop_assert!(n == 0 || calendar.is_worked(to).unwrap());
            prop_assert!(to >= from.plus(n as i32));
            prop_assert!(calendar.after(from, n + 1).unwrap() > to, "one day more is later, never the same day");
            if calendar.is_worked(from).unwrap() {
                prop_assert_eq!(calendar.before(to, n), Some(from));
            }
        }
    }
}
