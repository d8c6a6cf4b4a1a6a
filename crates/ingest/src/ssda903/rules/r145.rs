//! Rule 145: The category of need is not a code.
//!
//! **What it checks.** CIN is one of N1 to N8.
//!
//! **Why it matters.** Why children come into care is planned for by this code.
//!
//! **How to mend it.** Choose the main reason for which the child came to be looked after, N1 to N8.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "145", tables: &[EPISODES], columns: &["CIN"], needs: &[], since: SINCE_2023, check, source: include_str!("r145.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let need = episodes.text("CIN");
    episodes.flag(|row| !need.is_blank(row) && !need.is_in(row, &["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_eight_codes() {
        let case = episodes("CIN | N1 | N8 | N9 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
