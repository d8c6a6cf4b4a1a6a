//! Rule 378: A child placed with its parents is accommodated under section 20.
//!
//! **What it checks.** No episode has both PLACE P1 and LS V2.
//!
//! **Why it matters.** Under section 20 the authority accommodates a child away from home; a child with its parents is looked after only
//! under an order.
//!
//! **How to mend it.** If there is a care order, correct LS; if the child went home, end the episode.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "378",
    tables: &[EPISODES],
    columns: &["PLACE", "LS"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r378.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, ls) = (episodes.text("PLACE"), episodes.text("LS"));
    episodes.flag(|row| place.is(row, "P1") && ls.is(row, "V2"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn with_parents_only_under_an_order() {
        let case = episodes("PLACE LS | P1 V2 | P1 C2 | U4 V2");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
