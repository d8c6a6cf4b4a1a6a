//! Rule 357: The child's first episode does not start care.
//!
//! **What it checks.** The earliest episode of a child, where it starts in the return year, has RNE S.
//!
//! **Why it matters.** Either the episode before it is missing from the return or the child's entry to care is not counted.
//!
//! **How to mend it.** Add the episode that came before, or change RNE to S if this is where care began.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "357", tables: &[EPISODES], columns: &["RNE"], needs: &[], since: SINCE_2023, check, source: include_str!("r357.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, rne) = (episodes.dates("DECOM"), episodes.text("RNE"));
    let first = cx.chain.children().map(|rows| rows[0]);
    let breaks = |row: &u32| start.day(*row).is_some_and(|start| start >= cx.start) && !rne.is(*row, "S");
    first.filter(breaks).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_an_s_at_the_beginning() {
        let case = episodes("CHILD DECOM RNE | 1 01/05/2026 P | 1 01/06/2026 L | 2 01/05/2026 S | 3 31/03/2026 P");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
