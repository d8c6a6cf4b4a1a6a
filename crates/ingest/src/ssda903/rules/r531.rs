//! Rule 531: A voluntary organisation cannot provide a placement with parents.
//!
//! **What it checks.** PLACE_PROVIDER PR5 does not go with PLACE P1.
//!
//! **Why it matters.** A child placed with its parents is provided for by them (PR0).
//!
//! **How to mend it.** Change PLACE_PROVIDER to PR0, or correct PLACE.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "531",
    tables: &[EPISODES],
    columns: &["PLACE", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r531.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    episodes.flag(|row| provider.is(row, "PR5") && place.is(row, "P1"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn parents_provide_for_themselves() {
        let case = episodes("PLACE PLACE_PROVIDER | P1 PR5 | K2 PR5 | P1 PR0");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
