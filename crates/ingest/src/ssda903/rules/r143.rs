//! Rule 143: The reason for the new episode is not a code.
//!
//! **What it checks.** RNE is one of S, L, P, T, B and U.
//!
//! **Why it matters.** Starts to be looked after (S) and moves (S, P, B) are counted by this code.
//!
//! **How to mend it.** Choose the code that says what began with the episode: S care, L legal status, P placement and carer, T placement
//! with the same carer, B legal status, placement and carer, U legal status and placement with the same carer.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "143", tables: &[EPISODES], columns: &["RNE"], needs: &[], since: SINCE_2023, check, source: include_str!("r143.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let rne = episodes.text("RNE");
    episodes.flag(|row| !rne.is_blank(row) && !rne.is_in(row, &["S", "L", "P", "T", "B", "U"]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_six_codes() {
        let case = episodes("RNE | S | U | SP | -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
