//! Rule 702: The deprivation of liberty order ends on or before the day it starts.
//!
//! **What it checks.** DOLO_END is after DOLO_START.
//!
//! **Why it matters.** An order of no length deprives nobody of anything: one of the dates is wrong.
//!
//! **How to mend it.** Compare both dates with the court's order and correct the wrong one.

use super::context::Context;
use super::{DOLO, Hit, Rule, SINCE_2027};

pub(super) const RULE: Rule = Rule {
    code: "702",
    tables: &[DOLO],
    columns: &["DOLO_START", "DOLO_END"],
    needs: &[],
    since: SINCE_2027,
    check,
    source: include_str!("r702.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let orders = &cx.this.dolo;
    let (start, end) = (orders.dates("DOLO_START"), orders.dates("DOLO_END"));
    orders.flag(|row| start.day(row).zip(end.day(row)).is_some_and(|(start, end)| end <= start))
}

#[cfg(test)]
mod tests {
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn asks_for_dates_in_order() {
        let case = dolo("DOLO_START DOLO_END | 01/05/2026 02/05/2026 | 01/05/2026 01/05/2026 | 01/05/2026 - | - 01/05/2026");
        assert_eq!(case.flags(&RULE), ["DoLo 1"]);
    }
}
