//! Rule 388: X1 and the next episode do not agree.
//!
//! **What it checks.** An episode that ends with X1 is followed by one that starts on the same day; one that ends with another reason is
//! not; and the latest episode, if it has ended, did not end with X1.
//!
//! **Why it matters.** X1 says that care goes on. Used wrongly, a child who left is still counted, or one who stayed is counted as a leaver
//! and again as a starter.
//!
//! **How to mend it.** If care went on, use X1 and add or re-date the next episode; if it ended, give the reason for which it ended.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "388", tables: &[EPISODES], columns: &["REC"], needs: &[], since: SINCE_2023, check, source: include_str!("r388.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let (start, end, rec) = (episodes.dates("DECOM"), episodes.dates("DEC"), episodes.text("REC"));
    let goes_on = |row| rec.is(row, "X1");
    let disagrees = |(one, next)| {
        let joins = end.day(one).map(|end| start.day(next) == Some(end));
        joins.is_some_and(|joins| !rec.is_blank(one) && joins != goes_on(one))
    };
    let within = cx.chain.steps().filter(|&step| disagrees(step)).map(|(one, _)| one);
    let latest = cx.chain.children().filter_map(|rows| rows.last().copied());
    let at_the_end = latest.filter(|&row| end.day(row).is_some() && goes_on(row));
    within.chain(at_the_end).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn x1_means_that_care_goes_on_the_same_day() {
        let case = episodes("CHILD DECOM DEC REC | 1 01/04/2026 01/05/2026 X1 | 1 01/05/2026 01/06/2026 X1 | 1 02/06/2026 - -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }

    #[test]
    fn another_reason_means_that_it_does_not() {
        let case = episodes("CHILD DECOM DEC REC | 1 01/04/2026 01/05/2026 E8 | 1 01/05/2026 01/06/2026 E8 | 1 02/06/2026 - -");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }

    #[test]
    fn the_latest_episode_does_not_end_with_x1() {
        let case = episodes("CHILD DECOM DEC REC | 1 01/04/2026 01/05/2026 X1 | 2 01/04/2026 - X1");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }
}
