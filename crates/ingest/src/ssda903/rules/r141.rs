//! Rule 141: The start of the episode is no date.
//!
//! **What it checks.** DECOM, where it is given, is a day of the calendar, written dd/mm/yyyy.
//!
//! **Why it matters.** An episode without a readable start has no place in the child's history: it is in no count, and no rule can compare
//! it with its neighbours.
//!
//! **How to mend it.** Correct DECOM from the placement record; write it dd/mm/yyyy.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "141", tables: &[EPISODES], columns: &["DECOM"], needs: &[], since: SINCE_2023, check, source: include_str!("r141.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let start = episodes.dates("DECOM");
    episodes.flag(|row| start.is_unreadable(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_day_of_the_calendar() {
        let case = episodes("CHILD DECOM | 1 01/04/2025 | 2 31/04/2025 | 3 -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
