//! Rule 227: The episode starts after the provider's registration ended.
//!
//! **What it checks.** DECOM is before the day on which the registration of the URN's provider ended.
//!
//! **Why it matters.** A child placed with a provider that is no longer registered is in an unregistered setting, or the URN is out of
//! date.
//!
//! **How to mend it.** Enter the URN under which the provider is registered now, or correct DECOM.
//!
//! **Where the sector's validator differs.** Where the list has several settings for a URN, one that is open is enough; the sector's
//! validator asks for all.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "227",
    tables: &[EPISODES],
    columns: &["URN", "DECOM"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r227.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let start = episodes.dates("DECOM");
    let urn = register::urn(episodes);
    let closed = |urn, on| {
        let settings = providers.with_urn(urn);
        !settings.is_empty() && settings.iter().all(|setting| setting.closed.is_some_and(|closed| closed <= on))
    };
    episodes.flag(|row| urn(row).zip(start.day(row)).is_some_and(|(urn, start)| closed(urn, start)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN DECOM | SC1 30/04/2026 | SC1 01/05/2026 | SC2 01/05/2026 | SC3 01/05/2026 | SC4 01/05/2026 | SC1 -").providers("SC1 K2 PR4 NG23NG HERE 01/05/2026 | SC2 K2 PR4 NG23NG HERE - | SC3 K2 PR4 NG23NG HERE 01/05/2020 | SC3 K2 PR4 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
