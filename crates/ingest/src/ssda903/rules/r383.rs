//! Rule 383: After a temporary stay the child does not go back to its placement.
//!
//! **What it checks.** An episode that follows a temporary one (T0 to T4) has RNE P and the PLACE and PL_POST of the episode before the
//! temporary one. (Before 2025-26 the postcode was not compared.)
//!
//! **Why it matters.** A temporary stay and the return from it are not moves. If the child went elsewhere, the stay was not temporary and a
//! move is missing.
//!
//! **How to mend it.** Correct the return to the old placement, or record the stay as a placement of its own kind.
//!
//! **Where the sector's validator differs.** Two blank postcodes are the same; to the sector's validator they differ.

use super::codes::TEMPORARY;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "383",
    tables: &[EPISODES],
    columns: &["PLACE", "RNE", "PL_POST"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r383.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (rne, place, postcode) = (episodes.text("RNE"), episodes.text("PLACE"), episodes.text("PL_POST"));
    let postcode_counts = cx.year >= 2026;
    let came_back = |before, row| place.same(before, row) && (!postcode_counts || postcode.same(before, row)) && rne.is(row, "P");
    let stays = cx.chain.children().flat_map(|rows| rows.windows(3));
    let breaks = |stay: &&[u32]| place.is_in(stay[1], &TEMPORARY) && !came_back(stay[0], stay[2]);
    stays.filter(breaks).map(|stay| episodes.hit(stay[2])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_the_return() {
        let case = episodes(
            "CHILD DECOM RNE PLACE PL_POST | 1 01/04/2026 S U4 NG23NG | 1 01/05/2026 P T1 NG51PB | 1 08/05/2026 P U4 NG23NG | 1 01/06/2026 P T3 NG51PB | 1 08/06/2026 P K2 NG23NG | 2 01/04/2026 S U4 - | 2 01/05/2026 P T1 - | 2 08/05/2026 T U4 -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 4", "Episodes 7"]);
    }

    #[test]
    fn the_postcode_did_not_count_in_older_years() {
        let case = episodes("CHILD DECOM RNE PLACE PL_POST | 1 01/04/2024 S U4 NG23NG | 1 01/05/2024 P T1 - | 1 08/05/2024 P U4 NG51PB")
            .in_year(2025);
        assert_eq!(case.flags(&RULE), [""; 0]);
    }
}
