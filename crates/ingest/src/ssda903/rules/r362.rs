//! Rule 362: An emergency protection order lasts longer than 21 days.
//!
//! **What it checks.** Consecutive episodes with LS L2, taken together, last at most 21 days; an open one lasts to 31 March.
//!
//! **Why it matters.** The Children Act 1989, sections 44 and 45, allows 8 days and one extension by 7 in most cases, and 21 days is the
//! most that the return accepts. Longer means that the next order is missing.
//!
//! **How to mend it.** Enter the day on which the order ended and the legal status that followed.
//!
//! **Where the sector's validator differs.** A run is broken by an episode with another legal status; the sector's validator may join runs
//! across one.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, orders};

pub(super) const RULE: Rule = Rule {
    code: "362",
    tables: &[EPISODES],
    columns: &["DECOM", "LS", "DEC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r362.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    orders::longer_than(cx, "L2", 21)
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn adds_up_an_unbroken_run() {
        let case = episodes(
            "CHILD DECOM DEC LS | 1 01/06/2026 10/06/2026 L2 | 1 10/06/2026 23/06/2026 L2 | 2 01/06/2026 22/06/2026 L2 | 3 01/06/2026 - L2",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1", "Episodes 3"]);
    }
}
