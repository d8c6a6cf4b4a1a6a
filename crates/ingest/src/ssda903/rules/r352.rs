//! Rule 352: Care started on or after the 18th birthday.
//!
//! **What it checks.** No episode with RNE S starts on or after the child's 18th birthday.
//!
//! **Why it matters.** Duties to children looked after end at 18: either the date of birth or the start is wrong, or this is support to a
//! care leaver and not an episode.
//!
//! **How to mend it.** Check DOB and DECOM; if the person was 18 or over, take the episode out of the return.
//!
//! **Where the sector's validator differs.** A birthday of 29 February falls on 1 March in common years, as in English law; the sector's
//! validator takes 28 February.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "352",
    tables: &[HEADER, EPISODES],
    columns: &["DECOM", "RNE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r352.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (header, episodes) = (&cx.this.header, &cx.this.episodes);
    let (born, start, rne) = (header.dates("DOB"), episodes.dates("DECOM"), episodes.text("RNE"));
    let of_age =
        |row, start| header.rows_about(episodes, row).iter().any(|&row| born.day(row).is_some_and(|born| born.anniversary(18) <= start));
    episodes.flag(|row| rne.is(row, "S") && start.day(row).is_some_and(|start| of_age(row, start)))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn asks_for_a_start_before_eighteen() {
        let case = header("CHILD DOB | 1 02/04/2008 | 2 02/04/2008")
            .with(EPISODES, "CHILD RNE DECOM | 1 S 01/04/2026 | 1 S 02/04/2026 | 2 P 02/04/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
