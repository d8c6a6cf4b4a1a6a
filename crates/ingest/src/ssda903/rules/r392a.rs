//! Rule 392a: The distance from home is not known.
//!
//! **What it checks.** PL_DISTANCE, which is worked out from the two postcodes, is known; short breaks (V3, V4) and children who came alone
//! seeking asylum, this year or last, are left out.
//!
//! **Why it matters.** A child whose distance is unknown is in neither group when children placed far from home are counted.
//!
//! **How to mend it.** Enter or correct HOME_POST and PL_POST.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "392a",
    tables: &[EPISODES],
    columns: &["PL_DISTANCE"],
    needs: &[Need::Asylum],
    since: SINCE_2023,
    check,
    source: include_str!("r392a.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (ls, distance) = (episodes.text("LS"), episodes.text("PL_DISTANCE"));
    episodes.flag(|row| distance.is_blank(row) && !ls.is_in(row, &SHORT_BREAKS) && !cx.sought_asylum(episodes, row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::header;
    use super::super::{EPISODES, UASC};
    use super::RULE;

    #[test]
    fn asks_how_far() {
        let case = header("CHILD UASC | 1 0 | 2 1 | 3 0")
            .with(EPISODES, "CHILD LS PL_DISTANCE | 1 C2 - | 1 C2 3.4 | 1 V3 - | 2 C2 - | 3 C2 -")
            .last(UASC, "CHILD DUC | 3 01/09/2025");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
