//! Rule 221: The placement's postcode is not the provider's.
//!
//! **What it checks.** For K1, K2, K3, R3 and S1 (K3 from 2024-25; H5 in 2023-24), short breaks apart, PL_POST is the postcode of a setting
//! with this URN.
//!
//! **Why it matters.** Distance and placement authority come from this postcode; if it is not the home's, both are wrong.
//!
//! **How to mend it.** Take the postcode from the provider list, or correct the URN if the child lives in another home.
//!
//! **Where the sector's validator differs.** Where the list has several settings for a URN, the postcode of one is enough; the sector's
//! validator asks for all.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "221",
    tables: &[EPISODES],
    columns: &["PL_POST"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r221.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let (place, ls, postcode) = (episodes.text("PLACE"), episodes.text("LS"), episodes.text("PL_POST"));
    let urn = register::urn(episodes);
    let sited = |row| match place.get(row) {
        Some("K1" | "K2" | "R3" | "S1") => true,
        Some("H5") => cx.year == 2024,
        Some("K3") => cx.year >= 2025,
        _ => false,
    };
    let elsewhere = |urn, postcode: &str| {
        let postcode: String = postcode.split_whitespace().collect();
        !providers.with_urn(urn).iter().any(|setting| setting.postcode.as_ref() == Some(&postcode))
    };
    let breaks = |row| urn(row).zip(postcode.get(row)).is_some_and(|(urn, postcode)| elsewhere(urn, postcode));
    episodes.flag(|row| sited(row) && !ls.is_in(row, &SHORT_BREAKS) && breaks(row))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN PLACE LS PL_POST | SC1 K2 C2 NG23NG | SC1 K2 C2 NG51PB | SC1 K2 V3 NG51PB | SC1 U4 C2 NG51PB | SC1 K2 C2 - | SC2 K2 C2 NG23NG | SC1 K2 C2 NG11AA").providers("SC1 K2 PR4 NG23NG HERE - | SC1 K2 PR4 NG11AA HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 5"]);
    }

    #[test]
    fn in_an_older_year() {
        let case =
            episodes("URN PLACE LS PL_POST | SC1 H5 C2 NG51PB | SC1 K3 C2 NG51PB").in_year(2024).providers("SC1 K2 PR4 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
