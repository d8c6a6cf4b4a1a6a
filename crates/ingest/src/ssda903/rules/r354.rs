//! Rule 354: The episode starts after the year of the return.
//!
//! **What it checks.** DECOM is not later than 31 March of the return year.
//!
//! **Why it matters.** An episode of the next year is not part of this return and would be counted twice.
//!
//! **How to mend it.** Correct DECOM, or leave the episode for next year's return.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "354", tables: &[EPISODES], columns: &["DECOM"], needs: &[], since: SINCE_2023, check, source: include_str!("r354.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let start = episodes.dates("DECOM");
    episodes.flag(|row| start.day(row).is_some_and(|start| start > cx.end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn an_episode_starts_by_the_end_of_the_year() {
        let case = episodes("DECOM | 31/03/2027 | 01/04/2027 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
