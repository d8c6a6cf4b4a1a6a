//! Rule 164: The distance is impossible.
//!
//! **What it checks.** PL_DISTANCE, which is worked out from the two postcodes, lies between 0 and 999.9 miles; short breaks (V3, V4) and
//! children who came alone seeking asylum, this year or last, are left out.
//!
//! **Why it matters.** Children placed far from home are counted by it.
//!
//! **How to mend it.** Check HOME_POST and PL_POST.
//!
//! **Where the sector's validator differs.** Short breaks are left out, as the guidance has it; the sector's validator forgets to.

use super::codes::SHORT_BREAKS;
use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "164",
    tables: &[EPISODES],
    columns: &["PL_DISTANCE"],
    needs: &[Need::Asylum],
    since: SINCE_2023,
    check,
    source: include_str!("r164.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (ls, distance) = (episodes.text("LS"), episodes.text("PL_DISTANCE"));
    let miles = |row| distance.get(row).and_then(|text| text.parse::<f64>().ok());
    let impossible = |row| miles(row).is_some_and(|miles| !(0.0..=999.9).contains(&miles));
    episodes.flag(|row| impossible(row) && !ls.is_in(row, &SHORT_BREAKS) && !cx.sought_asylum(episodes, row))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn a_distance_is_between_nought_and_999_9() {
        let case = header("CHILD UASC | 1 0 | 2 1")
            .with(EPISODES, "CHILD LS PL_DISTANCE | 1 C2 -2 | 1 C2 1000 | 1 V3 1000 | 1 C2 999.9 | 1 C2 - | 2 C2 1000");
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }
}
