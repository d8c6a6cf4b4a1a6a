//! Rule 392d: Home and placement have the same postcode.
//!
//! **What it checks.** HOME_POST and PL_POST differ unless the child is placed with its parents (P1).
//!
//! **Why it matters.** The home postcode was probably overwritten by the placement's, which makes every distance nought.
//!
//! **How to mend it.** Enter the postcode of the home from which the child came into care.
//!
//! **Where the sector's validator differs.** `NG1 5DT` and `NG15DT` are the same postcode; the sector's validator compares the letters
//! and spaces.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "392d",
    tables: &[EPISODES],
    columns: &["HOME_POST", "PL_POST", "PLACE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r392d.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (home, placement, place) = (episodes.text("HOME_POST"), episodes.text("PL_POST"), episodes.text("PLACE"));
    let letters = |text: &str| text.bytes().filter(|byte| *byte != b' ').collect::<Vec<u8>>();
    let same = |row| home.get(row).zip(placement.get(row)).is_some_and(|(home, placement)| letters(home) == letters(placement));
    episodes.flag(|row| !place.is(row, "P1") && same(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn only_with_parents() {
        let case = episodes("HOME_POST PL_POST PLACE | NG23NG NG23NG U4 | NG23NG NG23NG P1 | NG23NG NG51PB U4 | - - U4");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
