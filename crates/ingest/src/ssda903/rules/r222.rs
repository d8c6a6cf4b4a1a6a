//! Rule 222: A URN is given for a placement that no register holds.
//!
//! **What it checks.** URN is blank (or XXXXXXX) for P1, P3, R1, R2, R5, T0 to T4 and Z11 to Z14 (before 2025-26: Z1; P2 too before
//! 2024-25, and H5 in 2022-23).
//!
//! **Why it matters.** Such placements are not registered with Ofsted, so the URN is of another setting or the placement type is wrong.
//!
//! **How to mend it.** Clear the URN, or correct PLACE.

use super::codes::has_no_register;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, register};

pub(super) const RULE: Rule =
    Rule { code: "222", tables: &[EPISODES], columns: &["URN"], needs: &[], since: SINCE_2023, check, source: include_str!("r222.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let place = episodes.text("PLACE");
    let urn = register::urn(episodes);
    let unregistered = |code| has_no_register(code, cx.year) || (cx.year < 2025 && code == "P2") || (cx.year < 2024 && code == "H5");
    episodes.flag(|row| urn(row).is_some() && place.get(row).is_some_and(unregistered))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn no_urn_without_a_register() {
        let case = episodes("PLACE URN | P1 SC1 | P1 - | R2 XXXXXXX | Z11 SC1 | P2 SC1 | K2 SC1");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 3"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("PLACE URN | P2 SC1 | H5 SC1 | Z1 SC1 | Z11 SC1").in_year(2024);
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 2"]);
    }
}
