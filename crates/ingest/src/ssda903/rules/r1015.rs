//! Rule 1015: Own provision lies outside the own area.
//!
//! **What it checks.** A placement by the authority itself (PR1) lies in its own area; adoption, fostering, short breaks (V3, V4) and, from
//! 2025-26, supported accommodation (K3) are left out.
//!
//! **Why it matters.** An authority's own homes are nearly always in its area; the provider code or the postcode is wrong more often than
//! not.
//!
//! **How to mend it.** Correct PLACE_PROVIDER or PL_POST; confirm to the Department if the authority runs a home across the border.

use super::codes::{ADOPTION, FOSTERING, SHORT_BREAKS};
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "1015",
    tables: &[EPISODES],
    columns: &["PL_LA"],
    needs: &[Need::Authority],
    since: SINCE_2023,
    check,
    source: include_str!("r1015.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let (ls, area) = (episodes.text("LS"), episodes.text("PL_LA"));
    let near_anywhere = |row| place.is_in(row, &ADOPTION) || place.is_in(row, &FOSTERING) || (cx.year >= 2026 && place.is(row, "K3"));
    let applies = |row| {
        let known = !place.is_blank(row) && !ls.is_blank(row);
        known && provider.is(row, "PR1") && !near_anywhere(row) && !ls.is_in(row, &SHORT_BREAKS)
    };
    episodes.flag(|row| applies(row) && area.get(row) != cx.authority)
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn own_homes_are_near() {
        let case = episodes(
            "PLACE LS PLACE_PROVIDER PL_LA | K2 C1 PR1 HERE | K2 C1 PR1 THERE | U4 C1 PR1 THERE | K3 C1 PR1 THERE | K2 V3 PR1 THERE | K2 C1 PR4 THERE",
        );
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE LS PLACE_PROVIDER PL_LA | K3 C1 PR1 THERE").in_year(2025);
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
