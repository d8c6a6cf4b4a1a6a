//! Rule 213: A provider is given for a placement that has none.
//!
//! **What it checks.** PLACE_PROVIDER is blank for T0 to T4 and, from 2025-26, Z11 to Z14.
//!
//! **Why it matters.** Temporary stays and other placements have no provider in the return's sense; a code there is counted as provision
//! that was not bought.
//!
//! **How to mend it.** Clear PLACE_PROVIDER, or correct PLACE.

use super::codes::{OTHER, TEMPORARY};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "213",
    tables: &[EPISODES],
    columns: &["PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r213.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let without = |row| place.is_in(row, &TEMPORARY) || (cx.year >= 2026 && place.is_in(row, &OTHER));
    episodes.flag(|row| !provider.is_blank(row) && without(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn no_provider_for_a_temporary_stay() {
        let case = episodes("PLACE PLACE_PROVIDER | T0 - | T2 PR2 | Z13 PR4 | U4 PR1");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE PLACE_PROVIDER | T2 PR2 | Z13 PR4").in_year(2025);
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
