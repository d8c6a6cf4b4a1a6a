//! Rule 169: The authority in which the placement lies cannot be told.
//!
//! **What it checks.** PL_LA, which is worked out from the placement's postcode, is known, short breaks (V3, V4) apart.
//!
//! **Why it matters.** Whether a child is placed outside the authority's area is counted by it.
//!
//! **How to mend it.** Enter or correct PL_POST.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "169", tables: &[EPISODES], columns: &["PL_LA"], needs: &[], since: SINCE_2023, check, source: include_str!("r169.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (ls, area) = (episodes.text("LS"), episodes.text("PL_LA"));
    episodes.flag(|row| area.is_blank(row) && !ls.is_in(row, &SHORT_BREAKS))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_where_the_child_lives() {
        let case = episodes("LS PL_LA | C2 E10000024 | C2 WAL | C2 - | V4 -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
