//! Rule 454: The placement is more than 350 miles from home.
//!
//! **What it checks.** PL_DISTANCE is at most 350 miles, or 999.9 (not known).
//!
//! **Why it matters.** Few places in England are so far apart; one of the postcodes is probably wrong.
//!
//! **How to mend it.** Check HOME_POST and PL_POST; confirm to the Department if they are right.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2026};

pub(super) const RULE: Rule = Rule {
    code: "454",
    tables: &[EPISODES],
    columns: &["PL_DISTANCE"],
    needs: &[],
    since: SINCE_2026,
    check,
    source: include_str!("r454.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    const NOT_KNOWN: &str = "999.9";
    let episodes = &cx.this.episodes;
    let distance = episodes.text("PL_DISTANCE");
    let miles = |row| distance.get(row).filter(|text| *text != NOT_KNOWN).and_then(|text| text.parse::<f64>().ok());
    episodes.flag(|row| miles(row).is_some_and(|miles| miles > 350.0))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn asks_about_long_distances() {
        let case = episodes("PL_DISTANCE | 350 | 350.1 | 999.9 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
