//! Rule 372: A child under 10 is in youth custody.
//!
//! **What it checks.** An episode with PLACE R5 starts on or after the child's 10th birthday.
//!
//! **Why it matters.** Ten is the age of criminal responsibility; a younger child cannot be in custody, so a date or the placement is
//! wrong.
//!
//! **How to mend it.** Check DOB, DECOM and PLACE and correct the wrong one.
//!
//! **Where the sector's validator differs.** Open episodes are checked too; the sector's validator looks only at those that have ended.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023, age};

pub(super) const RULE: Rule = Rule {
    code: "372",
    tables: &[HEADER, EPISODES],
    columns: &["DECOM", "PLACE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r372.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    age::younger_than(cx, "R5", 10)
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn ten_on_the_day_is_old_enough() {
        let case = header("CHILD DOB | 1 02/04/2016 | 2 01/04/2016")
            .with(EPISODES, "CHILD DECOM PLACE | 1 01/04/2026 R5 | 2 01/04/2026 R5 | 1 01/04/2026 U4");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
