//! Rule EPI: The child has neither episodes nor a care leaver's row.
//!
//! **What it checks.** Every child of the Header table has a row in Episodes or in OC3.
//!
//! **Why it matters.** A child about whom nothing else is known cannot be counted or checked.
//!
//! **How to mend it.** Add the child's episodes or its OC3 row, or take it out of Header.

use super::context::Context;
use super::{HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "EPI", tables: &[HEADER], columns: &["CHILD"], needs: &[], since: SINCE_2023, check, source: include_str!("epi.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let header = &cx.this.header;
    let known = |child| !cx.this.episodes.rows_of(child).is_empty() || !cx.this.oc3.rows_of(child).is_empty();
    header.flag(|row| header.child(row).is_some_and(|child| !known(child)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::header;
    use super::super::{EPISODES, OC3};
    use super::RULE;

    #[test]
    fn asks_for_an_episode_or_an_oc3_row() {
        let case = header("CHILD | 1 | 2 | 3").with(EPISODES, "CHILD | 1").with(OC3, "CHILD | 3");
        assert_eq!(case.flags(&RULE), ["Header 1"]);
    }
}
