//! Rule 242: XXXXXXX stands for a placement that is not with a regional adoption agency.
//!
//! **What it checks.** URN XXXXXXX is used only with A3 to A6 and U1 to U6.
//!
//! **Why it matters.** It means that a regional adoption agency found the home. Elsewhere it hides which setting the child lives in.
//!
//! **How to mend it.** Enter the setting's own URN, or clear it if the placement type has none.

use super::codes::{ADOPTION, FOSTERING};
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2026, register};

pub(super) const RULE: Rule =
    Rule { code: "242", tables: &[EPISODES], columns: &["URN"], needs: &[], since: SINCE_2026, check, source: include_str!("r242.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (place, urn) = (episodes.text("PLACE"), episodes.text("URN"));
    let of_an_agency = |row| place.is_in(row, &ADOPTION) || place.is_in(row, &FOSTERING);
    episodes.flag(|row| urn.is(row, register::AGENCY) && !of_an_agency(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn adoption_and_fostering_only() {
        let case = episodes("PLACE URN | A3 XXXXXXX | U6 XXXXXXX | K3 XXXXXXX | K2 SC1");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
