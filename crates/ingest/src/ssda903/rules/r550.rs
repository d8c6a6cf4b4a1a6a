//! Rule 550: Parents are given as provider of another placement.
//!
//! **What it checks.** PLACE_PROVIDER PR0 goes with PLACE P1 only.
//!
//! **Why it matters.** PR0 means the child's parents or others with parental responsibility; anything else they cannot provide.
//!
//! **How to mend it.** Correct PLACE_PROVIDER, or PLACE if the child lives with its parents.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "550",
    tables: &[EPISODES],
    columns: &["PLACE", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r550.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    episodes.flag(|row| provider.is(row, "PR0") && !place.is(row, "P1"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn parents_provide_p1_only() {
        let case = episodes("PLACE PLACE_PROVIDER | P1 PR0 | U1 PR0 | - PR0 | U1 PR1");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }
}
