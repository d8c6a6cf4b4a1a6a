//! Rule 102: The date of birth is missing or is no date.
//!
//! **What it checks.** DOB in the Header table is there and is a day of the calendar, written dd/mm/yyyy.
//!
//! **Why it matters.** Age decides which placements are lawful and which age band the child is counted in; without it the child drops out
//! of both.
//!
//! **How to mend it.** Enter the date of birth from the child's record as dd/mm/yyyy.

use super::context::Context;
use super::{HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "102", tables: &[HEADER], columns: &["DOB"], needs: &[], since: SINCE_2023, check, source: include_str!("r102.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let header = &cx.this.header;
    let born = header.dates("DOB");
    header.flag(|row| born.day(row).is_none())
}

#[cfg(test)]
mod tests {
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn asks_for_a_day_of_the_calendar() {
        let case = header("CHILD DOB | 1 29/02/2012 | 2 29/02/2013 | 3 01/01/19 | 4 -");
        assert_eq!(case.flags(&RULE), ["Header 1", "Header 2", "Header 3"]);
    }
}
