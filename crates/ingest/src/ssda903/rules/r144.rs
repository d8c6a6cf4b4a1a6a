//! Rule 144: The legal status is not a code.
//!
//! **What it checks.** LS is one of C1, C2, D1, E1, J1, J2, J3, L1, L2, L3, V2, V3 and V4.
//!
//! **Why it matters.** Who counts as looked after, and under which power, rests on it; short breaks (V3, V4) are left out of every
//! published number.
//!
//! **How to mend it.** Choose the code of the order or agreement under which the child was looked after during the episode.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "144", tables: &[EPISODES], columns: &["LS"], needs: &[], since: SINCE_2023, check, source: include_str!("r144.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    const STATUSES: [&str; 13] = ["C1", "C2", "D1", "E1", "J1", "J2", "J3", "L1", "L2", "L3", "V2", "V3", "V4"];
    let episodes = &cx.this.episodes;
    let ls = episodes.text("LS");
    episodes.flag(|row| !ls.is_blank(row) && !ls.is_in(row, &STATUSES))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_thirteen_codes() {
        let case = episodes("LS | C2 | V4 | V1 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
