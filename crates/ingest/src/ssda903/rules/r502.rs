//! Rule 502: The first episode does not start where last year's open episode did.
//!
//! **What it checks.** Where last year's return ended with an open episode of a child, this year's first episode has the same DECOM.
//!
//! **Why it matters.** The same stay is in both returns; if its start differs, the length of care changes from year to year and history no
//! longer joins.
//!
//! **How to mend it.** Make DECOM what it was last year, or add the missing episode; if last year's was wrong, tell the Department.

use super::context::Context;
use super::{EPISODES, Hit, Need, Rule, SINCE_2023};

pub(super) const RULE: Rule = Rule {
    code: "502",
    tables: &[EPISODES],
    columns: &["DECOM"],
    needs: &[Need::LastYear],
    since: SINCE_2023,
    check,
    source: include_str!("r502.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (episodes, last) = (&cx.this.episodes, &cx.last.episodes);
    let (start, start_last, end_last) = (episodes.dates("DECOM"), last.dates("DECOM"), last.dates("DEC"));
    let other_start = |row: u32| {
        let mut open = last.rows_about(episodes, row).iter().filter(|&&row| end_last.is_blank(row)).filter_map(|&row| start_last.day(row));
        open.any(|before| Some(before) != start.day(row))
    };
    cx.chain.children().map(|rows| rows[0]).filter(|&row| other_start(row)).map(|row| episodes.hit(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn the_first_is_last_years_open_one() {
        let case = episodes("CHILD DECOM | 1 01/02/2026 | 1 01/05/2026 | 2 02/02/2026 | 3 01/05/2026")
            .last(EPISODES, "CHILD DECOM DEC | 1 01/02/2026 - | 2 01/02/2026 - | 3 01/02/2026 01/03/2026");
        assert_eq!(case.flags(&RULE), ["Episodes 2"]);
    }
}
