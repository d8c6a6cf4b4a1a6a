//! Rule 503D: The placement type differs from that of last year's open episode.
//!
//! **What it checks.** Where last year's latest episode of a child was open, this year's first has the same PLACE. H5 and P2 may
//! become K3 in 2024-25, and Z1 may become Z11 to Z14 in 2025-26, for the old codes ended the year before.
//!
//! **Why it matters.** It is the same placement in both returns; a type changed in place rewrites what was published and hides a move.
//!
//! **How to mend it.** Correct PLACE; if the child moved during the year, end the episode that day and add one with RNE P, T, B or U.
//!
//! **Where the sector's validator differs.** It forgets P2, so that it flags every young person whose open P2 of 2023-24 became K3 when the
//! code list changed.

use super::codes::OTHER;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, boundary};

pub(super) const RULE: Rule = Rule {
    code: "503D",
    tables: &[EPISODES],
    columns: &["PLACE"],
    needs: &[Need::LastYear],
    since: SINCE_2023,
    check,
    source: include_str!("r503d.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (now, before) = (cx.this.episodes.text("PLACE"), cx.last.episodes.text("PLACE"));
    let renamed = |row, last| match cx.year {
        2025 => now.is(row, "K3") && before.is_in(last, &["H5", "P2"]),
        2026 => now.is_in(row, &OTHER) && before.is(last, "Z1"),
        _ => false,
    };
    boundary::flag(cx, |row, last| now.get(row) != before.get(last) && !renamed(row, last))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn the_first_is_last_years_open_one() {
        let case = episodes("CHILD DECOM PLACE | 1 01/02/2025 U4 | 2 01/02/2025 K2 | 3 01/02/2025 Z12 | 4 01/02/2025 K3")
            .in_year(2026)
            .last(EPISODES, "CHILD DECOM DEC PLACE | 1 01/02/2025 - U4 | 2 01/02/2025 - U4 | 3 01/02/2025 - Z1 | 4 01/02/2025 - H5");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 3"]);
    }

    #[test]
    fn h5_and_p2_may_become_k3_the_year_before() {
        let this = "CHILD DECOM PLACE | 3 01/02/2024 Z12 | 4 01/02/2024 K3 | 5 01/02/2024 K3 | 6 01/02/2024 K3";
        let last = "CHILD DECOM DEC PLACE | 3 01/02/2024 - Z1 | 4 01/02/2024 - H5 | 5 01/02/2024 - P2 | 6 01/02/2024 - U4";
        assert_eq!(episodes(this).in_year(2025).last(EPISODES, last).flags(&RULE), ["Episodes 0", "Episodes 3"]);
        assert_eq!(episodes(this).in_year(2024).last(EPISODES, last).flags(&RULE).len(), 4, "K3 is no code of 2023-24");
    }
}
