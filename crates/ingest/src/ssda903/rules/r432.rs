//! Rule 432: Care had ended, but the next episode does not start it again.
//!
//! **What it checks.** An episode that follows one ended by a reason other than X1 has RNE S.
//!
//! **Why it matters.** The child left care and came back: without S the return to care is not counted.
//!
//! **How to mend it.** Change RNE to S, or end the previous episode with X1 if care did not end.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "432", tables: &[EPISODES], columns: &["RNE"], needs: &[], since: SINCE_2023, check, source: include_str!("r432.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    const LEFT: [&str; 21] = [
        "E11", "E12", "E13", "E14", "E15", "E16", "E17", "E2", "E3", "E41", "E45", "E46", "E47", "E48", "E4A", "E4B", "E5", "E6", "E7",
        "E8", "E9",
    ];
    let episodes = &cx.this.episodes;
    let (rne, rec) = (episodes.text("RNE"), episodes.text("REC"));
    let breaks = |&(before, row): &(u32, u32)| rec.is_in(before, &LEFT) && !rne.is(row, "S");
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_for_an_s_after_an_end() {
        let case = episodes("CHILD DECOM REC RNE | 1 01/04/2026 E8 S | 1 01/05/2026 E8 P | 1 01/06/2026 X1 S | 1 01/07/2026 - P");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
