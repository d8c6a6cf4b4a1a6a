//! Rule 147: The end of the episode is no date.
//!
//! **What it checks.** DEC, where it is given, is a day of the calendar, written dd/mm/yyyy.
//!
//! **Why it matters.** An episode whose end cannot be read is neither open nor closed; the child may be counted long after it has left.
//!
//! **How to mend it.** Correct DEC from the placement record; write it dd/mm/yyyy, or leave it and REC blank while the episode goes on.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "147", tables: &[EPISODES], columns: &["DEC"], needs: &[], since: SINCE_2023, check, source: include_str!("r147.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let end = episodes.dates("DEC");
    episodes.flag(|row| end.is_unreadable(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_day_of_the_calendar() {
        let case = episodes("CHILD DEC | 1 01/04/2025 | 2 31/04/2025 | 3 -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
