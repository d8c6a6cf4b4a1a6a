//! Rule 436: Both legal status and placement should have changed, but the record says otherwise.
//!
//! **What it checks.** An episode with RNE B or U has another LS than the one before it, and another PLACE, PL_POST, URN or PLACE_PROVIDER.
//!
//! **Why it matters.** RNE B counts as a move. If only the legal status changed, a move is counted that did not happen.
//!
//! **How to mend it.** Choose the RNE that says what changed (L, P, T, B or U), or correct the field that was carried over by mistake.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, placement};

pub(super) const RULE: Rule = Rule {
    code: "436",
    tables: &[EPISODES],
    columns: &["RNE", "LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r436.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (rne, ls) = (episodes.text("RNE"), episodes.text("LS"));
    let same_placement = placement::is_same(episodes);
    let breaks = |&(before, row): &(u32, u32)| rne.is_in(row, &["B", "U"]) && (ls.same(before, row) || same_placement(before, row));
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_both_to_change() {
        let case = episodes(
            "CHILD DECOM RNE LS PLACE URN | 1 01/04/2026 S C1 U4 - | 1 01/05/2026 B C2 U6 - | 1 01/06/2026 B C2 U4 - | 1 01/07/2026 U E1 U4 -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
