//! Rule 148: The episode has an end without a reason, or a reason without an end.
//!
//! **What it checks.** DEC and REC are both given or both blank.
//!
//! **Why it matters.** An end without a reason does not tell whether the child left care or moved; a reason without a date cannot be placed
//! in a year.
//!
//! **How to mend it.** Enter the one that is missing, or clear both if the episode goes on.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "148",
    tables: &[EPISODES],
    columns: &["DEC", "REC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r148.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (end, rec) = (episodes.text("DEC"), episodes.text("REC"));
    episodes.flag(|row| end.is_blank(row) != rec.is_blank(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_both_or_neither() {
        let case = episodes("DEC REC | 01/04/2025 X1 | - - | - X1 | 01/04/2025 -");
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
