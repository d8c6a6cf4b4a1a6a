//! Rule 1009: The reason for the change of placement is not a code.
//!
//! **What it checks.** REASON_PLACE_CHANGE is one of ALLEG, APPRR, CARPL, CHILD, CLOSE, CREQB, CREQO, CUSTOD, LAREQ, OTHER, PLACE and
//! STAND.
//!
//! **Why it matters.** Unplanned ends of placements are counted by it.
//!
//! **How to mend it.** Choose the code that says why the placement ended.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "1009",
    tables: &[EPISODES],
    columns: &["REASON_PLACE_CHANGE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r1009.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    const REASONS: [&str; 12] =
        ["ALLEG", "APPRR", "CARPL", "CHILD", "CLOSE", "CREQB", "CREQO", "CUSTOD", "LAREQ", "OTHER", "PLACE", "STAND"];
    let episodes = &cx.this.episodes;
    let reason = episodes.text("REASON_PLACE_CHANGE");
    episodes.flag(|row| !reason.is_blank(row) && !reason.is_in(row, &REASONS))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_twelve_reasons() {
        let case = episodes("REASON_PLACE_CHANGE | CARPL | NA | -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
