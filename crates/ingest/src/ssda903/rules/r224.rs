//! Rule 224: The provider code is not the one of the registered provider.
//!
//! **What it checks.** PLACE_PROVIDER is one of the provider codes that the provider list gives for the URN.
//!
//! **Why it matters.** Own, private and voluntary provision are told apart by it, and so is what is spent on each.
//!
//! **How to mend it.** Correct PLACE_PROVIDER to what the provider list says, or the URN if it is another provider's.
//!
//! **Where the sector's validator differs.** Where the list has several rows for a URN, one that fits is enough; the sector's validator
//! asks every row to fit.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "224",
    tables: &[EPISODES],
    columns: &["PLACE_PROVIDER"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r224.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let provider = episodes.text("PLACE_PROVIDER");
    let urn = register::urn(episodes);
    let fits = |urn, provider: Option<&str>| {
        let settings = providers.with_urn(urn);
        settings.iter().any(|setting| provider.is_some_and(|provider| setting.providers.iter().any(|code| code == provider)))
    };
    episodes.flag(|row| urn(row).is_some_and(|urn| !fits(urn, provider.get(row))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN PLACE_PROVIDER | SC1 PR1 | SC1 PR2 | SC1 PR4 | SC1 - | SC2 PR1 | XXXXXXX PR1")
            .providers("SC1 U4 PR1,PR2 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3", "Episodes 4"]);
    }
}
