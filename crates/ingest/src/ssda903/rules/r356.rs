//! Rule 356: The episode ends before it starts.
//!
//! **What it checks.** DEC is not before DECOM.
//!
//! **Why it matters.** The length of stay comes out negative, and the child may be counted on no day at all.
//!
//! **How to mend it.** Compare both dates with the placement record and correct the wrong one.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "356",
    tables: &[EPISODES],
    columns: &["DECOM", "DEC"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r356.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    episodes.flag(|row| start.day(row).zip(end.day(row)).is_some_and(|(start, end)| end < start))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_dates_in_order() {
        let case = episodes("DECOM DEC | 02/04/2026 01/04/2026 | 02/04/2026 02/04/2026 | 02/04/2026 -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
