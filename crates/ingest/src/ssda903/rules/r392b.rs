//! Rule 392b: A postcode is missing.
//!
//! **What it checks.** HOME_POST and PL_POST are given; short breaks (V3, V4) and children who came alone seeking asylum, this year or
//! last, are left out where the tables tell.
//!
//! **Why it matters.** Without both there is no distance, no placement authority and no way to say where homes are needed.
//!
//! **How to mend it.** Enter the postcode of the home at the start of care and that of the placement.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "392b",
    tables: &[EPISODES],
    columns: &["HOME_POST", "PL_POST"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r392b.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (ls, home, placement) = (episodes.text("LS"), episodes.text("HOME_POST"), episodes.text("PL_POST"));
    let lacks = |row| home.is_blank(row) || placement.is_blank(row);
    episodes.flag(|row| lacks(row) && !ls.is_in(row, &SHORT_BREAKS) && !cx.sought_asylum(episodes, row))
}

#[cfg(test)]
mod tests {
    use super::super::UASC;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_both() {
        let case = episodes("CHILD LS HOME_POST PL_POST | 1 C2 NG23NG - | 1 C2 - NG23NG | 1 C2 NG51PB NG23NG | 1 V4 - - | 2 C2 - -")
            .with(UASC, "CHILD SEX | 2 M");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }
}
