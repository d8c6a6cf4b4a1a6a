//! Rule 433: A continuation does not start on the day the previous episode ended.
//!
//! **What it checks.** An episode with RNE L, P, T, B or U starts on the DEC of the episode before it.
//!
//! **Why it matters.** A gap leaves days on which the child was in care nowhere; an overlap counts it twice.
//!
//! **How to mend it.** Make DECOM and the previous DEC the same day; if care stopped in between, use RNE S and the reason it ended.
//!
//! **Where the sector's validator differs.** A previous DEC that is no date is left to rule 147: whether the episodes join cannot be told.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "433",
    tables: &[EPISODES],
    columns: &["RNE", "DECOM"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r433.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end, rne) = (episodes.dates("DECOM"), episodes.dates("DEC"), episodes.text("RNE"));
    let joins = |before, row| end.is_unreadable(before) || end.day(before) == start.day(row);
    let breaks = |&(before, row): &(u32, u32)| rne.is_in(row, &["L", "P", "T", "B", "U"]) && !joins(before, row);
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_join() {
        let case =
            episodes("CHILD DECOM DEC RNE | 1 01/04/2026 01/05/2026 S | 1 01/05/2026 01/06/2026 P | 1 02/06/2026 - L | 1 03/06/2026 - L");
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
