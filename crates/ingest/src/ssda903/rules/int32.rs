//! Rule INT32: The child is in Header more than once.
//!
//! **What it checks.** Every child has one row in the Header table.
//!
//! **Why it matters.** Two rows may give the child two ages or sexes; which one counts is chance.
//!
//! **How to mend it.** Keep the row that is right and delete the others.

use super::context::Context;
use super::{HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "INT32", tables: &[HEADER], columns: &["CHILD"], needs: &[], since: SINCE_2023, check, source: include_str!("int32.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let header = &cx.this.header;
    header.flag(|row| header.child(row).is_some_and(|child| header.rows_of(child).len() > 1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn asks_for_one_row() {
        let case = header("CHILD | 1 | 2 | 1 | - | -");
        assert_eq!(case.flags(&RULE), ["Header 0", "Header 2"]);
    }
}
