//! Rule 241: Supported accommodation lies where its provider has no premises.
//!
//! **What it checks.** For PLACE K3 with a URN other than XXXXXXX, the authority in whose area the placement lies is one in which the
//! provider list has a setting with that URN.
//!
//! **Why it matters.** The child is not where the provider is registered to support it, or the postcode or the URN is wrong.
//!
//! **How to mend it.** Correct the placement's postcode or the URN; if both are right, ask the provider about its registration.
//!
//! **Where the sector's validator differs.** The sector's validator compares the placement's authority with the responsible one, so that it
//! flags every young person in supported accommodation outside the own area; the Department's text compares it with the provider's
//! authorities, and so does this rule. It therefore needs the provider list.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2026, register};

pub(super) const RULE: Rule = Rule {
    code: "241",
    tables: &[EPISODES],
    columns: &["URN"],
    needs: &[Need::ProviderAreas],
    since: SINCE_2026,
    check,
    source: include_str!("r241.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let (place, area) = (episodes.text("PLACE"), episodes.text("PL_LA"));
    let urn = register::urn(episodes);
    let has_premises = |urn, area: Option<&str>| {
        providers.with_urn(urn).iter().any(|setting| setting.authority.is_some() && setting.authority.as_deref() == area)
    };
    episodes.flag(|row| place.is(row, "K3") && urn(row).is_some_and(|urn| !has_premises(urn, area.get(row))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes(
            "URN PLACE PL_LA | SC1 K3 THERE | SC1 K3 HERE | SC1 K3 ELSEWHERE | SC1 K2 ELSEWHERE | - K3 ELSEWHERE | XXXXXXX K3 ELSEWHERE",
        )
        .providers("SC1 K3 PR4 NG23NG HERE - | SC1 K3 PR4 DE12FS THERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
