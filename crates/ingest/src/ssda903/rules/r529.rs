//! Rule 529: Another public body cannot provide this placement.
//!
//! **What it checks.** PLACE_PROVIDER PR3 does not go with PLACE P1, A3 to A6, K1, K2 or U1 to U6.
//!
//! **Why it matters.** Foster care, adoption, children's homes and parents are not provided by public bodies other than local authorities.
//!
//! **How to mend it.** Correct PLACE_PROVIDER: PR1 own, PR2 another authority, PR4 private, PR5 voluntary, PR0 parents.

use super::codes::{ADOPTION, FOSTERING};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "529",
    tables: &[EPISODES],
    columns: &["PLACE", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r529.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let not_theirs = |row| place.is_in(row, &["P1", "K1", "K2"]) || place.is_in(row, &ADOPTION) || place.is_in(row, &FOSTERING);
    episodes.flag(|row| provider.is(row, "PR3") && not_theirs(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn foster_care_is_not_theirs() {
        let case = episodes("PLACE PLACE_PROVIDER | U3 PR3 | A3 PR3 | K2 PR3 | R2 PR3 | U3 PR1");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1", "Episodes 2"]);
    }
}
