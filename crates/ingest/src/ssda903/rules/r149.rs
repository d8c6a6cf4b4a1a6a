//! Rule 149: The reason for the end of the episode is not a code.
//!
//! **What it checks.** REC is X1 or one of the 21 reasons for leaving care.
//!
//! **Why it matters.** Whether a child left care, and where to, is counted by this code; an unknown one leaves the child in neither group.
//!
//! **How to mend it.** Choose X1 if care goes on in another episode, else the reason for which the child stopped being looked after.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "149", tables: &[EPISODES], columns: &["REC"], needs: &[], since: SINCE_2023, check, source: include_str!("r149.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    const REASONS: [&str; 22] = [
        "X1", "E11", "E12", "E13", "E14", "E15", "E16", "E17", "E2", "E3", "E41", "E45", "E46", "E47", "E48", "E4A", "E4B", "E5", "E6",
        "E7", "E8", "E9",
    ];
    let episodes = &cx.this.episodes;
    let rec = episodes.text("REC");
    episodes.flag(|row| !rec.is_blank(row) && !rec.is_in(row, &REASONS))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_the_reasons() {
        let case = episodes("REC | X1 | E4A | E43 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
