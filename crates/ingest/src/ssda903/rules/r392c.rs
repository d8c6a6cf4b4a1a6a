//! Rule 392c: A postcode does not exist.
//!
//! **What it checks.** HOME_POST and PL_POST, where they are given, are in the Office for National Statistics' postcode directory.
//!
//! **Why it matters.** A postcode that does not exist gives no distance and no placement authority.
//!
//! **How to mend it.** Check the spelling: O and 0, I and 1 are often swapped. A brand-new postcode may not be in the directory yet.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023, geography};

pub(super) const RULE: Rule = Rule {
    code: "392c",
    tables: &[EPISODES],
    columns: &["HOME_POST", "PL_POST"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r392c.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (home, placement) = (episodes.text("HOME_POST"), episodes.text("PL_POST"));
    let wrong = |postcode: Option<&str>| postcode.is_some_and(|text| !geography::exists(text));
    episodes.flag(|row| wrong(home.get(row)) || wrong(placement.get(row)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn looks_them_up() {
        let case = episodes("HOME_POST PL_POST | NG23NG NG23NG | NG23NG QQ11QQ | invalid NG23NG | - -");
        assert_eq!(case.flags(&RULE), ["Episodes 1", "Episodes 2"]);
    }
}
