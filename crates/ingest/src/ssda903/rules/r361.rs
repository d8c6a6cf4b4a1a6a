//! Rule 361: Police protection lasts longer than 72 hours.
//!
//! **What it checks.** Consecutive episodes with LS L1, taken together, last at most 3 days; an open one lasts to 31 March.
//!
//! **Why it matters.** The Children Act 1989, section 46, allows 72 hours. Longer stays are unlawful or, more often, the next legal status
//! is missing.
//!
//! **How to mend it.** Enter the day on which police protection ended and the legal status that followed.
//!
//! **Where the sector's validator differs.** A run is broken by an episode with another legal status; the sector's validator may join runs
//! across one.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, orders};

pub(super) const RULE: Rule = Rule {
    code: "361",
    tables: &[EPISODES],
    columns: &["DECOM", "LS", "DEC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r361.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    orders::longer_than(cx, "L1", 3)
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn adds_up_an_unbroken_run() {
        let case = episodes(
            "CHILD DECOM DEC LS | 1 01/06/2026 03/06/2026 L1 | 1 03/06/2026 05/06/2026 L1 | 1 05/06/2026 - C1 | 2 01/06/2026 04/06/2026 L1",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }

    #[test]
    fn counts_an_open_one_to_the_end_of_the_year() {
        let case = episodes("CHILD DECOM DEC LS | 1 27/03/2027 - L1 | 2 28/03/2027 - L1");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }

    #[test]
    fn another_status_between_ends_the_run() {
        let case = episodes("CHILD DECOM DEC LS | 1 01/06/2026 03/06/2026 L1 | 1 03/06/2026 05/06/2026 V2 | 1 05/06/2026 07/06/2026 L1");
        assert_eq!(case.flags(&RULE), [""; 0]);
    }
}
