//! Rule 1008: The URN is not in the provider list.
//!
//! **What it checks.** URN, other than XXXXXXX, is one of the provider list's.
//!
//! **Why it matters.** A URN that nobody has cannot lead to the home, its place or its inspection judgement.
//!
//! **How to mend it.** Compare the URN with the provider list; a mistyped digit is the usual cause. If the setting is new, ask for the
//! latest list.
//!
//! **Where the sector's validator differs.** A URN that a spreadsheet kept as a number is the same URN.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023, register};

pub(super) const RULE: Rule = Rule {
    code: "1008",
    tables: &[EPISODES],
    columns: &["URN"],
    needs: &[Need::Providers],
    since: SINCE_2023,
    check,
    source: include_str!("r1008.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let Some(providers) = cx.providers else { return Vec::new() };
    let episodes = &cx.this.episodes;
    let urn = register::urn(episodes);
    episodes.flag(|row| urn(row).is_some_and(|urn| providers.with_urn(urn).is_empty()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn looks_the_urn_up() {
        let case =
            episodes("URN | SC1 | SC2 | XXXXXXX | - | 1234567.0").providers("SC1 K2 PR4 NG23NG HERE - | 1234567 U4 PR4 NG23NG HERE -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
