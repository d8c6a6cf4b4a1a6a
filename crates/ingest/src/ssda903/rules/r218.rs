//! Rule 218: The URN is missing.
//!
//! **What it checks.** An episode that was open in the year has a URN, unless the placement is outside England or of a type that no
//! register holds: P1, P3, R1, R2, R5, T0 to T4, Z11 to Z14 (Z1 before 2025-26; H5 and P2 too before 2024-25).
//!
//! **Why it matters.** The URN is the only way from a child to the home, its place and its inspection judgement.
//!
//! **How to mend it.** Enter the URN of the setting from the provider list or Ofsted's website; XXXXXXX for a regional adoption agency.

use super::codes::{OUTSIDE_ENGLAND, has_no_register};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "218", tables: &[EPISODES], columns: &["URN"], needs: &[], since: SINCE_2023, check, source: include_str!("r218.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, area, urn) = (episodes.text("PLACE"), episodes.text("PL_LA"), episodes.text("URN"));
    let end = episodes.dates("DEC");
    let exempt = |code| has_no_register(code, cx.year) || (cx.year < 2025 && ["H5", "P2"].contains(&code));
    let in_year = |row| end.is_blank(row) || end.day(row).is_some_and(|end| end >= cx.start);
    let in_england = |row| !area.is_in(row, &OUTSIDE_ENGLAND);
    episodes.flag(|row| urn.is_blank(row) && in_year(row) && in_england(row) && !place.get(row).is_some_and(exempt))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_a_urn_in_england() {
        let case = episodes(
            "PLACE PL_LA DEC URN | K2 E1 - - | K2 E1 - SC1 | K2 WAL - - | P1 E1 - - | K2 E1 31/03/2026 - | K2 E1 01/04/2026 - | H5 E1 - -",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 5", "Episodes 6"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE PL_LA DEC URN | H5 E1 - - | Z1 E1 - - | Z11 E1 - -").in_year(2024);
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
