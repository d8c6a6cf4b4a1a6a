//! Rule 700: The start of the deprivation of liberty order is missing or is no date.
//!
//! **What it checks.** DOLO_START is there and is a day of the calendar, written dd/mm/yyyy.
//!
//! **Why it matters.** How long children are deprived of their liberty, and where, cannot be counted without it.
//!
//! **How to mend it.** Enter the day from which the court authorised it, as dd/mm/yyyy.

use super::context::Context;
use super::{DOLO, Hit, Rule, SINCE_2027};

pub(super) const RULE: Rule =
    Rule { code: "700", tables: &[DOLO], columns: &["DOLO_START"], needs: &[], since: SINCE_2027, check, source: include_str!("r700.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let orders = &cx.this.dolo;
    let start = orders.dates("DOLO_START");
    orders.flag(|row| start.day(row).is_none())
}

#[cfg(test)]
mod tests {
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn asks_for_a_day_of_the_calendar() {
        let case = dolo("DOLO_START | 01/05/2026 | - | 31/04/2026");
        assert_eq!(case.flags(&RULE), ["DoLo 1", "DoLo 2"]);
    }
}
