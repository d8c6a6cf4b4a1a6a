//! Rule 431: Care starts again on or before the day the previous episode ended.
//!
//! **What it checks.** An episode with RNE S starts after the previous episode's DEC.
//!
//! **Why it matters.** A new start on the day of the last end is no new start: the child is counted as having left and come back.
//!
//! **How to mend it.** If care went on, use the RNE of a continuation and end the previous episode with X1; else correct the dates.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "431",
    tables: &[EPISODES],
    columns: &["RNE", "DECOM"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r431.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end, rne) = (episodes.dates("DECOM"), episodes.dates("DEC"), episodes.text("RNE"));
    let breaks =
        |&(before, row): &(u32, u32)| rne.is(row, "S") && start.day(row).zip(end.day(before)).is_some_and(|(start, end)| start <= end);
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_day_between() {
        let case = episodes("CHILD DECOM DEC RNE | 1 01/04/2026 01/05/2026 S | 1 01/05/2026 01/06/2026 S | 1 02/06/2026 - S");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
