//! Rule 225: The child moved and the reason for the move is missing.
//!
//! **What it checks.** An episode that ends with X1 in another placement (next RNE P, B, T or U) has REASON_PLACE_CHANGE, unless this or
//! the next placement is temporary (T0 to T4).
//!
//! **Why it matters.** Why placements end is the measure of how far they were the right ones; without the reason an unplanned end is not
//! seen.
//!
//! **How to mend it.** Enter REASON_PLACE_CHANGE on the episode that ended.

use super::codes::TEMPORARY;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "225",
    tables: &[EPISODES],
    columns: &["REASON_PLACE_CHANGE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r225.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (rne, rec, place) = (episodes.text("RNE"), episodes.text("REC"), episodes.text("PLACE"));
    let reason = episodes.text("REASON_PLACE_CHANGE");
    let moved = |row, next| rec.is(row, "X1") && rne.is_in(next, &["P", "B", "T", "U"]);
    let lasting = |row| !place.is_in(row, &TEMPORARY);
    let breaks = |&(row, next): &(u32, u32)| reason.is_blank(row) && moved(row, next) && lasting(row) && lasting(next);
    cx.chain.steps().filter(breaks).map(|(row, _)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_why_a_child_moved() {
        let case = episodes(
            "CHILD DECOM RNE REC PLACE REASON_PLACE_CHANGE | 1 01/04/2026 S X1 U4 - | 1 01/05/2026 P X1 K2 CARPL | 1 01/06/2026 P X1 U6 - | 1 01/07/2026 P X1 T1 - | 1 02/07/2026 P - U6 -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
