//! Rule 526: The provider is missing.
//!
//! **What it checks.** PLACE_PROVIDER is given, except for T0 to T4 and Z11 to Z14 (before 2025-26: Z1).
//!
//! **Why it matters.** The share of the authority's own, bought and voluntary provision is counted by it; a blank is in none.
//!
//! **How to mend it.** Enter who provides the placement, PR0 to PR5.

use super::codes::{TEMPORARY, is_other};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "526",
    tables: &[EPISODES],
    columns: &["PLACE", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r526.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let without = |row| place.is_in(row, &TEMPORARY) || place.get(row).is_some_and(|code| is_other(code, cx.year));
    episodes.flag(|row| provider.is_blank(row) && !without(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_provider() {
        let case = episodes("PLACE PLACE_PROVIDER | U4 - | T0 - | Z14 - | Z1 - | K2 PR4");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 3"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE PLACE_PROVIDER | Z14 - | Z1 -").in_year(2025);
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
