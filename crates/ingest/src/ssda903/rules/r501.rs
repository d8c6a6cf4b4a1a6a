//! Rule 501: The episode starts before the previous one has ended.
//!
//! **What it checks.** DECOM is not before the DEC of the episode before it.
//!
//! **Why it matters.** Where episodes overlap the child is in two places on the same day; stock, moves and nights are all counted too high.
//!
//! **How to mend it.** Compare both episodes with the placement record; end the first on the day on which the second begins.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "501",
    tables: &[EPISODES],
    columns: &["DECOM", "DEC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r501.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    let overlaps = |&(before, row): &(u32, u32)| start.day(row).zip(end.day(before)).is_some_and(|(start, end)| start < end);
    cx.chain.steps().filter(overlaps).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn episodes_do_not_overlap() {
        let case = episodes("CHILD DECOM DEC | 1 01/04/2026 02/05/2026 | 1 01/05/2026 01/06/2026 | 1 01/06/2026 - | 2 01/04/2026 -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }

    #[test]
    fn the_order_of_rows_makes_no_difference() {
        let case = episodes("CHILD DECOM DEC | 1 01/06/2026 - | 1 01/05/2026 01/06/2026 | 1 01/04/2026 02/05/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
