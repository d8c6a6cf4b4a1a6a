//! Rule 701: The end of the deprivation of liberty order is no date.
//!
//! **What it checks.** DOLO_END, where it is given, is a day of the calendar, written dd/mm/yyyy.
//!
//! **Why it matters.** How long children are deprived of their liberty cannot be counted without it.
//!
//! **How to mend it.** Correct the date as dd/mm/yyyy, or clear it while the order is in force.

use super::context::Context;
use super::{DOLO, Hit, Rule, SINCE_2027};

pub(super) const RULE: Rule =
    Rule { code: "701", tables: &[DOLO], columns: &["DOLO_END"], needs: &[], since: SINCE_2027, check, source: include_str!("r701.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let orders = &cx.this.dolo;
    let end = orders.dates("DOLO_END");
    orders.flag(|row| end.is_unreadable(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn asks_for_a_day_of_the_calendar() {
        let case = dolo("DOLO_START DOLO_END | 01/05/2026 01/06/2026 | 01/05/2026 - | 01/05/2026 31/06/2026");
        assert_eq!(case.flags(&RULE), ["DoLo 2"]);
    }
}
