//! Rule 710: A child under a deprivation of liberty order is where it cannot be.
//!
//! **What it checks.** No episode that meets an order with both dates has PLACE K1, P1, R5 or K3.
//!
//! **Why it matters.** A secure home and custody need no such order, and a child with its parents or in supported accommodation cannot be
//! held under one.
//!
//! **How to mend it.** Correct PLACE or the dates of the order; if both are right, raise the placement at once with the responsible
//! manager.
//!
//! **Where the sector's validator differs.** The sector's validator looks for a column PLACEMENT that no return has, so that there this
//! rule never runs; the Department means PLACE.

use super::context::Context;
use super::{DOLO, EPISODES, Hit, Rule, SINCE_2027, dolo};

pub(super) const RULE: Rule = Rule {
    code: "710",
    tables: &[EPISODES, DOLO],
    columns: &["DOLO_START", "PLACE"],
    needs: &[],
    since: SINCE_2027,
    check,
    source: include_str!("r710.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    dolo::in_placement(cx, |place| matches!(place, Some("K1" | "P1" | "R5" | "K3")))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn flags_the_order_and_the_episode() {
        let case = dolo("CHILD DOLO_START DOLO_END | 1 02/05/2026 03/05/2026 | 2 02/05/2026 03/05/2026")
            .with(EPISODES, "CHILD DECOM DEC PLACE | 1 01/04/2026 02/05/2026 K3 | 1 02/05/2026 - K2 | 2 01/04/2026 01/05/2026 K1");
        assert_eq!(case.flags(&RULE), ["DoLo 0", "Episodes 0"]);
    }
}
