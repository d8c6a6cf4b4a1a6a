//! Rule 142: An episode that is not the child's latest has not ended.
//!
//! **What it checks.** Every episode of a child but the latest has both DEC and REC.
//!
//! **Why it matters.** Two open episodes put the child in two placements at once, so it is counted twice or in the wrong one.
//!
//! **How to mend it.** Enter the day on which the episode ended and why (DEC, REC); if it never happened, delete it.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "142",
    tables: &[EPISODES],
    columns: &["DEC", "REC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r142.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (end, rec) = (episodes.text("DEC"), episodes.text("REC"));
    let earlier = cx.chain.steps().map(|(episode, _)| episode);
    earlier.filter(|&row| end.is_blank(row) || rec.is_blank(row)).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_an_end_of_all_but_the_latest() {
        let case =
            episodes("CHILD DECOM DEC REC | 1 01/06/2026 - - | 1 01/05/2026 01/06/2026 X1 | 1 01/04/2026 01/05/2026 - | 2 01/04/2026 - -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }

    #[test]
    fn one_undated_episode_silences_nobody() {
        let case = episodes("CHILD DECOM DEC REC | 1 01/04/2026 - - | 1 01/05/2026 - - | 2 31/02/2026 - -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
