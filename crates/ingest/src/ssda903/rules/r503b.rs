//! Rule 503B: The legal status differs from that of last year's open episode.
//!
//! **What it checks.** Where last year's latest episode of a child was open, this year's first has the same LS.
//!
//! **Why it matters.** It is the same episode in both returns; a legal status changed in place rewrites what was published.
//!
//! **How to mend it.** Correct LS; if the status changed during the year, end the episode that day and add one with RNE L.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, boundary};

pub(super) const RULE: Rule = Rule {
    code: "503B",
    tables: &[EPISODES],
    columns: &["LS"],
    needs: &[Need::LastYear],
    since: SINCE_2023,
    check,
    source: include_str!("r503b.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (now, before) = (cx.this.episodes.text("LS"), cx.last.episodes.text("LS"));
    boundary::flag(cx, |row, last| now.get(row) != before.get(last))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn the_first_is_last_years_open_one() {
        let case = episodes("CHILD DECOM LS | 1 01/02/2026 C2 | 1 01/05/2026 E1 | 2 01/02/2026 C2 | 3 01/02/2026 C2")
            .last(EPISODES, "CHILD DECOM DEC LS | 1 01/02/2026 - C2 | 2 01/02/2026 - C1 | 3 01/02/2026 01/03/2026 C1");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
