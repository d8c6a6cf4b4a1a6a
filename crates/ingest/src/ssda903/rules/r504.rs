//! Rule 504: The category of need changes within one period of care.
//!
//! **What it checks.** CIN is the same in every episode of an unbroken period of care.
//!
//! **Why it matters.** It records why care began and does not change while care lasts; counts of need would depend on the date.
//!
//! **How to mend it.** Give every episode of the period the need with which it began.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "504", tables: &[EPISODES], columns: &["CIN"], needs: &[], since: SINCE_2023, check, source: include_str!("r504.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    let (rec, need) = (episodes.text("REC"), episodes.text("CIN"));
    let goes_on = |before, row| rec.is(before, "X1") && end.day(before).is_some() && end.day(before) == start.day(row);
    let breaks = |&(before, row): &(u32, u32)| goes_on(before, row) && !need.same(before, row);
    cx.chain.steps().filter(breaks).map(|(_, row)| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn need_does_not_change_while_care_lasts() {
        let case =
            episodes("CHILD DECOM DEC REC CIN | 1 01/04/2026 01/05/2026 X1 N1 | 1 01/05/2026 01/06/2026 E8 N2 | 1 01/07/2026 - - N3");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
