//! Rule 527: PR1 cannot provide this placement.
//!
//! **What it checks.** PLACE_PROVIDER PR1 does not go with PLACE P1, R2 or R5.
//!
//! **Why it matters.** A placement with parents, in hospital or in custody is never provided by the authority itself.
//!
//! **How to mend it.** Correct PLACE_PROVIDER (PR0 for parents, PR3 for health and custody run by the state), or PLACE.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "527",
    tables: &[EPISODES],
    columns: &["PLACE", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r527.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    episodes.flag(|row| provider.is(row, "PR1") && place.is_in(row, &["P1", "R2", "R5"]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn parents_hospital_and_custody_are_others() {
        let case = episodes("PLACE PLACE_PROVIDER | P1 PR1 | R5 PR1 | K2 PR1 | P1 PR0");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }
}
