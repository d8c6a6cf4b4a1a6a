//! Rule 411: Location and placement authority disagree.
//!
//! **What it checks.** Where PL_LOCATION is IN, the authority in which the placement lies is the responsible authority.
//!
//! **Why it matters.** Both are worked out from the postcode; if they disagree, one was typed in.
//!
//! **How to mend it.** Correct PL_POST, or take PL_LOCATION out so that it is worked out.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "411",
    tables: &[EPISODES],
    columns: &["PL_LOCATION"],
    needs: &[Need::Authority, Need::Location],
    since: SINCE_2023,
    check,
    source: include_str!("r411.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (location, area) = (episodes.text("PL_LOCATION"), episodes.text("PL_LA"));
    episodes.flag(|row| location.is(row, "IN") && area.get(row) != cx.authority)
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn in_means_the_own_area() {
        let case = episodes("PL_LA PL_LOCATION | HERE IN | THERE IN | THERE OUT | HERE OUT | HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
