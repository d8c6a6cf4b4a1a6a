//! Rule INT03: The child of the episode is not in Header.
//!
//! **What it checks.** Every child of Episodes is in the Header table.
//!
//! **Why it matters.** Without a Header row there is no age, sex or ethnicity, and the child drops out of every breakdown.
//!
//! **How to mend it.** Add the child to Header, or correct CHILD in the episode.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "INT03",
    tables: &[HEADER, EPISODES],
    columns: &["CHILD"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("int03.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (header, episodes) = (&cx.this.header, &cx.this.episodes);
    episodes.flag(|row| episodes.child(row).is_some_and(|child| header.rows_of(child).is_empty()))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn asks_for_a_header_row() {
        let case = header("CHILD | 1").with(EPISODES, "CHILD | 1 | 2 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
