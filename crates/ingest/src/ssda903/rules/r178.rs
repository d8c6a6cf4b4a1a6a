//! Rule 178: The provider code is not a code, or stands where there is none.
//!
//! **What it checks.** PLACE_PROVIDER, where it is given, is one of PR0 to PR5 and the placement is one that has a provider: not T0 to T3
//! or Z11 to Z14 (before 2025-26: not T0 to T4 or Z1).
//!
//! **Why it matters.** Who provides a placement, and so what is bought and what is the authority's own, is counted by this code.
//!
//! **How to mend it.** Choose PR0 to PR5, or clear the field if the placement type has no provider.

use super::codes::{TEMPORARY, is_other};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "178",
    tables: &[EPISODES],
    columns: &["PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r178.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let without = |row| {
        let temporary = if cx.year < 2026 { &TEMPORARY[..] } else { &TEMPORARY[..4] };
        place.get(row).is_some_and(|code| temporary.contains(&code) || is_other(code, cx.year))
    };
    let known = |row| provider.is_in(row, &["PR0", "PR1", "PR2", "PR3", "PR4", "PR5"]);
    episodes.flag(|row| !provider.is_blank(row) && (!known(row) || without(row)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_six_providers() {
        let case = episodes("PLACE PLACE_PROVIDER | U4 PR1 | U4 PR6 | U4 - | T1 PR1 | Z12 PR4 | T4 PR1");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 3", "Episodes 4"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE PLACE_PROVIDER | Z1 PR4 | T4 PR1 | Z12 PR4").in_year(2025);
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }
}
