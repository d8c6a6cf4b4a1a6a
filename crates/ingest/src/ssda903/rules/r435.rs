//! Rule 435: The placement should have changed and the legal status not, but the record says otherwise.
//!
//! **What it checks.** An episode with RNE P or T has the same LS as the one before it, and another PLACE, PL_POST, URN or PLACE_PROVIDER.
//!
//! **Why it matters.** RNE P counts as a move. If nothing about the placement changed, a move is counted that did not happen; if the legal
//! status changed too, it should be B or U.
//!
//! **How to mend it.** Choose the RNE that says what changed (L, P, T, B or U), or correct the field that was carried over by mistake.
//!
//! **Where the sector's validator differs.** Two blanks are the same, here as in rules 434 and 436; to the sector's validator two blank
//! URNs are a change in this rule only, so it passes a repeated foster placement without a URN.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, placement};

pub(super) const RULE: Rule = Rule {
    code: "435",
    tables: &[EPISODES],
    columns: &["LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r435.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (rne, ls) = (episodes.text("RNE"), episodes.text("LS"));
    let same_placement = placement::is_same(episodes);
    let breaks = |&(before, row): &(u32, u32)| rne.is_in(row, &["P", "T"]) && (!ls.same(before, row) || same_placement(before, row));
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_new_place_under_the_same_status() {
        let case = episodes(
            "CHILD DECOM RNE LS PLACE URN | 1 01/04/2026 S C1 U4 - | 1 01/05/2026 P C1 U6 - | 1 01/06/2026 P C1 U6 - | 1 01/07/2026 T C2 U4 -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
