//! Rule 302: The first episode starts before the child was born.
//!
//! **What it checks.** The earliest DECOM of a child is not before its DOB.
//!
//! **Why it matters.** One of the two dates is wrong, and with it the child's age on entry and the length of its care.
//!
//! **How to mend it.** Compare DOB and the first DECOM with the child's record and correct the wrong one.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "302",
    tables: &[HEADER, EPISODES],
    columns: &["DECOM", "DOB"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r302.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (header, episodes) = (&cx.this.header, &cx.this.episodes);
    let (born, start) = (header.dates("DOB"), episodes.dates("DECOM"));
    let mut hits = Vec::new();
    for rows in cx.chain.children() {
        let first = rows[0];
        let (Some(child), Some(start)) = (episodes.child(first), start.day(first)) else { continue };
        for &row in header.rows_of(child) {
            if born.day(row).is_some_and(|born| born > start) {
                hits.extend([episodes.hit(first), header.hit(row)]);
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn flags_both_rows() {
        let case =
            header("CHILD DOB | 1 01/05/2026 | 2 01/05/2026").with(EPISODES, "CHILD DECOM | 1 01/06/2026 | 1 30/04/2026 | 2 01/05/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Header 0"]);
    }

    #[test]
    fn one_undated_child_silences_nobody() {
        let case = header("CHILD DOB | 1 01/05/2026").with(EPISODES, "CHILD DECOM | 2 - | 1 30/04/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Header 0"]);
    }
}
