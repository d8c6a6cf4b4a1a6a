//! Rule 437: There are further episodes after the child died or was found to be 18 or over.
//!
//! **What it checks.** No episode follows one that ended with E2 (died) or E15 (age assessment found the child to be 18 or over).
//!
//! **Why it matters.** Both end care for good: the later episodes belong to another child, or the reason is wrong.
//!
//! **How to mend it.** Correct REC, or take the later episodes out.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "437", tables: &[EPISODES], columns: &["REC"], needs: &[], since: SINCE_2023, check, source: include_str!("r437.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let rec = episodes.text("REC");
    let followed = cx.chain.steps().map(|(row, _)| row);
    followed.filter(|&row| rec.is_in(row, &["E2", "E15"])).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn nothing_follows_a_death() {
        let case = episodes("CHILD DECOM REC | 1 01/04/2026 E2 | 1 01/05/2026 - | 2 01/04/2026 E15 | 3 01/04/2026 E3 | 3 01/05/2026 -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
