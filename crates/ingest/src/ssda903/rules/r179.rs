//! Rule 179: Whether the placement is inside the own area cannot be told.
//!
//! **What it checks.** PL_LOCATION, which is worked out from the placement's postcode, is known, short breaks (V3, V4) apart.
//!
//! **Why it matters.** Placements outside the area are the first thing that a sufficiency statement counts.
//!
//! **How to mend it.** Enter or correct PL_POST.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "179",
    tables: &[EPISODES],
    columns: &["PL_LOCATION"],
    needs: &[Need::Location],
    since: SINCE_2023,
    check,
    source: include_str!("r179.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (ls, location) = (episodes.text("LS"), episodes.text("PL_LOCATION"));
    episodes.flag(|row| location.is_blank(row) && !ls.is_in(row, &SHORT_BREAKS))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_where_the_child_lives() {
        let case = episodes("LS PL_LOCATION | C2 IN | C2 OUT | C2 - | V3 -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
