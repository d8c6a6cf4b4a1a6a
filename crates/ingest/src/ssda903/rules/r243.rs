//! Rule 243: A URN is given for a placement outside England.
//!
//! **What it checks.** URN is blank where the placement lies in Scotland, Wales, Northern Ireland or abroad.
//!
//! **Why it matters.** Ofsted registers settings in England only, so the URN or the postcode is wrong.
//!
//! **How to mend it.** Clear the URN, or correct the placement's postcode.

use super::codes::OUTSIDE_ENGLAND;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2026};

pub(super) const RULE: Rule =
    Rule { code: "243", tables: &[EPISODES], columns: &["URN"], needs: &[], since: SINCE_2026, check, source: include_str!("r243.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (area, urn) = (episodes.text("PL_LA"), episodes.text("URN"));
    episodes.flag(|row| !urn.is_blank(row) && area.is_in(row, &OUTSIDE_ENGLAND))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn no_urn_outside_england() {
        let case = episodes("PL_LA URN | WAL SC1 | WAL - | E10000024 SC1");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
