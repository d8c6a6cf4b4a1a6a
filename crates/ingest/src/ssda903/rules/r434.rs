//! Rule 434: The legal status should have changed and nothing else, but the record says otherwise.
//!
//! **What it checks.** An episode with RNE L has another LS than the one before it, and the same PLACE, PL_POST, URN and PLACE_PROVIDER.
//!
//! **Why it matters.** RNE L says that the child did not move. If the placement changed too, a move is not counted; if nothing changed, the
//! episode should not be there.
//!
//! **How to mend it.** Choose the RNE that says what changed (L, P, T, B or U), or correct the field that changed by mistake.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, placement};

pub(super) const RULE: Rule = Rule {
    code: "434",
    tables: &[EPISODES],
    columns: &["RNE", "LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r434.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (rne, ls) = (episodes.text("RNE"), episodes.text("LS"));
    let same_placement = placement::is_same(episodes);
    let breaks = |&(before, row): &(u32, u32)| rne.is(row, "L") && (ls.same(before, row) || !same_placement(before, row));
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_new_status_in_the_same_place() {
        let case = episodes(
            "CHILD DECOM RNE LS PLACE URN | 1 01/04/2026 S C1 U4 - | 1 01/05/2026 L C2 U4 - | 1 01/06/2026 L C2 U4 - | 1 01/07/2026 L E1 U6 -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
