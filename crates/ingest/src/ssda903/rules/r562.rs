//! Rule 562: An episode from before the year is not last year's latest.
//!
//! **What it checks.** Where a child's first episode starts before the return year, last year's latest episode of that child has the same
//! DECOM.
//!
//! **Why it matters.** The stay reaches over the year's end, so last year's return must hold it; otherwise an episode is missing from one
//! of them.
//!
//! **How to mend it.** Add the missing episode, or correct DECOM in the return where it is wrong.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "562",
    tables: &[EPISODES],
    columns: &["DECOM"],
    needs: &[Need::LastYear],
    since: SINCE_2023,
    check,
    source: include_str!("r562.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (episodes, last) = (&cx.this.episodes, &cx.last.episodes);
    let (start, start_last) = (episodes.dates("DECOM"), last.dates("DECOM"));
    let latest_start = |child| cx.chain_last.of_child(child).last().and_then(|&row| start_last.day(row));
    let breaks = |row: &u32| {
        let earlier = start.day(*row).filter(|start| *start < cx.start);
        earlier.is_some() && episodes.child(*row).and_then(latest_start) != earlier
    };
    cx.chain.children().map(|rows| rows[0]).filter(breaks).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn last_years_latest_is_this_years_first() {
        let case = episodes("CHILD DECOM | 1 01/02/2026 | 1 01/05/2026 | 2 02/02/2026 | 3 01/02/2026 | 4 01/04/2026")
            .last(EPISODES, "CHILD DECOM | 1 01/02/2026 | 1 01/01/2026 | 2 01/02/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }
}
