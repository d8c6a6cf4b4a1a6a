//! Rule 709: A child under a deprivation of liberty order is in a placement that is not expected.
//!
//! **What it checks.** Every episode that meets an order with both dates has PLACE K2, Z12 or Z13.
//!
//! **Why it matters.** Such an order is used with a children's home or one of those other placements; another type is a slip or needs an
//! explanation.
//!
//! **How to mend it.** Correct PLACE or the dates of the order; confirm to the Department if they are right.
//!
//! **Where the sector's validator differs.** The sector's validator looks for a column PLACEMENT that no return has, so that there this
//! rule never runs; the Department means PLACE.

use super::context::Context;
use super::{DOLO, EPISODES, Hit, Rule, SINCE_2027, dolo};

pub(super) const RULE: Rule = Rule {
    code: "709",
    tables: &[EPISODES, DOLO],
    columns: &["DOLO_START", "PLACE"],
    needs: &[],
    since: SINCE_2027,
    check,
    source: include_str!("r709.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    dolo::in_placement(cx, |place| !matches!(place, Some("K2" | "Z12" | "Z13")))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn flags_the_order_and_the_episode() {
        let case = dolo("CHILD DOLO_START DOLO_END | 1 02/05/2026 03/05/2026 | 1 02/05/2026 - | 2 02/05/2026 03/05/2026")
            .with(EPISODES, "CHILD DECOM DEC PLACE | 1 01/04/2026 - U4 | 1 01/06/2026 - U4 | 2 01/04/2026 - K2");
        assert_eq!(case.flags(&RULE), ["DoLo 0", "Episodes 0"]);
    }
}
