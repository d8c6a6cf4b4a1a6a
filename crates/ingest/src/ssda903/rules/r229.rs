//! Rule 229: The provider is own provision in another area, or another authority's in the own area.
//!
//! **What it checks.** With a URN, PR1 goes with a provider in the area of the responsible authority and PR2 with one outside it. From
//! 2025-26, K3 and placement types that no register holds are left out.
//!
//! **Why it matters.** Own provision and that of other authorities are planned and paid for differently.
//!
//! **How to mend it.** Correct PLACE_PROVIDER, or the URN if it is another provider's. The provider's authority is that of its postcode: an
//! own home across the border is flagged though it is right.
//!
//! **Where the sector's validator differs.** Where the list has several settings for a URN, one in the own area makes PR1 right and one
//! outside makes PR2 right.

use super::codes::has_no_register;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "229",
    tables: &[EPISODES],
    columns: &["URN", "PLACE_PROVIDER"],
    needs: &[Need::Providers, Need::Authority],
    since: SINCE_2023,
    check,
    source: include_str!("r229.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (Some(providers), Some(own)) = (cx.providers, cx.authority) else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let (place, provider) = (episodes.text("PLACE"), episodes.text("PLACE_PROVIDER"));
    let urn = register::urn(episodes);
    let exempt = |code| cx.year >= 2026 && (code == "K3" || has_no_register(code, cx.year));
    let in_own_area = |urn| providers.with_urn(urn).iter().map(|setting| setting.authority.as_deref() == Some(own)).collect::<Vec<_>>();
    let breaks = |row, urn| {
        let areas = in_own_area(urn);
        let own_elsewhere = provider.is(row, "PR1") && !areas.contains(&true);
        let others_here = provider.is(row, "PR2") && !areas.is_empty() && !areas.contains(&false);
        own_elsewhere || others_here
    };
    episodes.flag(|row| urn(row).is_some_and(|urn| breaks(row, urn)) && !place.get(row).is_some_and(exempt))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN PLACE PLACE_PROVIDER | SC1 K2 PR1 | SC1 K2 PR2 | SC2 K2 PR1 | SC2 K2 PR2 | SC2 K3 PR1 | SC2 K2 PR4")
            .providers("SC1 K2 PR1 NG23NG HERE - | SC2 K2 PR1 DE12FS THERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }

    #[test]
    fn in_an_older_year() {
        let case = episodes("URN PLACE PLACE_PROVIDER | SC2 K3 PR1").in_year(2025).providers("SC2 K3 PR1 DE12FS THERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
