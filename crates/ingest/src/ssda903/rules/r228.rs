//! Rule 228: The episode ends after the provider's registration ended.
//!
//! **What it checks.** DEC, or 31 March of the return year while the episode is open, is not after the day on which the registration of the
//! URN's provider ended.
//!
//! **Why it matters.** From that day the child was in an unregistered setting, or had moved and the move is missing.
//!
//! **How to mend it.** Enter the URN under which the provider was registered afterwards, or end the episode on the day the child moved.
//!
//! **Where the sector's validator differs.** Where the list has several settings for a URN, one that is open is enough; the sector's
//! validator asks for all.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "228",
    tables: &[EPISODES],
    columns: &["URN", "DEC"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r228.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let end = episodes.dates("DEC");
    let urn = register::urn(episodes);
    let last_day = |row| if end.is_blank(row) { Some(cx.end) } else { end.day(row) };
    let closed = |urn, on| {
        let settings = providers.with_urn(urn);
        !settings.is_empty() && settings.iter().all(|setting| setting.closed.is_some_and(|closed| closed < on))
    };
    episodes.flag(|row| urn(row).zip(last_day(row)).is_some_and(|(urn, end)| closed(urn, end)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN DEC | SC1 01/05/2026 | SC1 02/05/2026 | SC1 - | SC1 nodate | SC2 - | SC4 -")
            .providers("SC1 K2 PR4 NG23NG HERE 01/05/2026 | SC2 K2 PR4 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }
}
