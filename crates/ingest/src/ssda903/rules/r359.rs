//! Rule 359: A person over 18 is looked after other than in a community home under section 20(5).
//!
//! **What it checks.** An open episode of someone whose 18th birthday was before 31 March of the return year has LS V2 and PLACE K2.
//!
//! **Why it matters.** Care ends at 18 but for section 20(5) of the Children Act 1989, in a community home; otherwise the person is a care
//! leaver and is counted as one.
//!
//! **How to mend it.** End the episode on the 18th birthday with the reason that applies, or correct the date of birth, legal status or
//! placement.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "359",
    tables: &[HEADER, EPISODES],
    columns: &["DEC", "LS", "PLACE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r359.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (header, episodes) = (&cx.this.header, &cx.this.episodes);
    let (born, end) = (header.dates("DOB"), episodes.dates("DEC"));
    let (ls, place) = (episodes.text("LS"), episodes.text("PLACE"));
    let of_age = |row| header.rows_about(episodes, row).iter().any(|&row| born.day(row).is_some_and(|born| born.anniversary(18) < cx.end));
    episodes.flag(|row| end.is_blank(row) && !(ls.is(row, "V2") && place.is(row, "K2")) && of_age(row))
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn only_a_community_home_after_eighteen() {
        let case = header("CHILD DOB | 1 01/03/2009 | 2 01/04/2009")
            .with(EPISODES, "CHILD DEC LS PLACE | 1 - V2 K2 | 1 - C2 K2 | 1 01/03/2027 C2 K2 | 2 - C2 U4");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
