//! Rule 707: The deprivation of liberty order lies outside every period of care.
//!
//! **What it checks.** For at least one of the child's periods of care, the order does not start before it while open, does not end before
//! or after it, and is not open when it has ended.
//!
//! **Why it matters.** The return records orders for children looked after. When care ends the order ends for the return too, and needs a
//! date.
//!
//! **How to mend it.** Enter DOLO_END no later than the end of care, or correct the dates of the episodes.

use super::context::Context;
use super::{DOLO, EPISODES, Hit, Rule, SINCE_2027};

pub(super) const RULE: Rule = Rule {
    code: "707",
    tables: &[EPISODES, DOLO],
    columns: &["DOLO_END"],
    needs: &[],
    since: SINCE_2027,
    check,
    source: include_str!("r707.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (orders, episodes) = (&cx.this.dolo, &cx.this.episodes);
    let (order_start, order_end) = (orders.dates("DOLO_START"), orders.dates("DOLO_END"));
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    // A period of care is a run of episodes of which none starts after the one before has ended.
    let goes_on = |one: &u32, next: &u32| end.day(*one).is_none_or(|end| start.day(*next) <= Some(end));
    let outside = |order: u32, period: &[u32]| {
        let (Some(order_start), Some(first)) = (order_start.day(order), start.day(period[0])) else { return false };
        let last = end.day(period[period.len() - 1]);
        match order_end.day(order) {
            None => last.is_some() || order_start < first,
            Some(order_end) => order_end < first || last.is_some_and(|last| order_end > last),
        }
    };
    let in_no_period = |order| {
        let rows = orders.child(order).map_or(&[][..], |child| cx.chain.of_child(child));
        !rows.is_empty() && rows.chunk_by(goes_on).all(|period| outside(order, period))
    };
    orders.flag(|order| !order_end.is_unreadable(order) && in_no_period(order))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::dolo;
    use super::RULE;

    #[test]
    fn an_order_lies_in_a_period_of_care() {
        let case = dolo("CHILD DOLO_START DOLO_END | 1 01/05/2026 01/06/2026 | 1 01/05/2026 - | 1 01/05/2026 01/09/2026 | 2 01/05/2026 - | 3 01/05/2026 -").with(EPISODES, "CHILD DECOM DEC | 1 01/04/2026 01/05/2026 | 1 01/05/2026 01/07/2026 | 2 01/04/2026 -");
        assert_eq!(case.flags(&RULE), ["DoLo 1", "DoLo 2"]);
    }
}
