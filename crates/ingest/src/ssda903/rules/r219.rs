//! Rule 219: The provider is not registered for this type of placement.
//!
//! **What it checks.** PLACE is one of the placement types that the provider list gives for the URN.
//!
//! **Why it matters.** Either the URN is of another setting, or the child is in one that is not registered for its placement.
//!
//! **How to mend it.** Correct PLACE or URN; if both are right, raise the provider's registration with Ofsted.
//!
//! **Where the sector's validator differs.** Where the list has several rows for a URN, one that fits is enough, as the guidance has it;
//! the sector's validator asks every row to fit.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "219",
    tables: &[EPISODES],
    columns: &["URN", "PLACE"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r219.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let place = episodes.text("PLACE");
    let urn = register::urn(episodes);
    let fits = |urn, place: Option<&str>| {
        providers.with_urn(urn).iter().any(|setting| place.is_some_and(|place| setting.places.iter().any(|code| code == place)))
    };
    episodes.flag(|row| urn(row).is_some_and(|urn| !fits(urn, place.get(row))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn compares_with_the_register() {
        let case = episodes("URN PLACE | SC1 K2 | SC1 U4 | SC2 K2 | XXXXXXX U4")
            .providers("SC1 K1 PR4 NG23NG HERE - | SC1 K2,S1 PR4 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }
}
