//! Rule NoE: The child has an episode from before the year and none in last year's return.
//!
//! **What it checks.** A child with an episode that starts before the return year has at least one episode in last year's return.
//!
//! **Why it matters.** The child was looked after last year and was left out, or DECOM is wrong.
//!
//! **How to mend it.** Correct DECOM, or tell the Department that the child is missing from last year's return.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "NoE",
    tables: &[EPISODES],
    columns: &["DECOM"],
    needs: &[Need::LastYear],
    since: SINCE_2023,
    check,
    source: include_str!("noe.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (episodes, last) = (&cx.this.episodes, &cx.last.episodes);
    let start = episodes.dates("DECOM");
    let unknown = |row| episodes.child(row).is_some_and(|child| last.rows_of(child).is_empty());
    episodes.flag(|row| start.day(row).is_some_and(|start| start < cx.start) && unknown(row))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_the_child_in_last_years_return() {
        let case = episodes("CHILD DECOM | 1 01/02/2026 | 2 01/02/2026 | 3 01/04/2026").last(EPISODES, "CHILD DECOM | 1 01/01/2025");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
