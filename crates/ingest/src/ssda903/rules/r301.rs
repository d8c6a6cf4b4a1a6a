//! Rule 301: The date of birth lies after the year of the return.
//!
//! **What it checks.** DOB is not later than 31 March of the return year.
//!
//! **Why it matters.** A child not yet born cannot have been looked after; the age and every measure by age come out wrong.
//!
//! **How to mend it.** Correct the date of birth; a wrong century or swapped day and month is the usual cause.

use super::context::Context;
use super::{HEADER, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "301", tables: &[HEADER], columns: &["DOB"], needs: &[], since: SINCE_2023, check, source: include_str!("r301.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let header = &cx.this.header;
    let born = header.dates("DOB");
    header.flag(|row| born.day(row).is_some_and(|born| born > cx.end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn a_child_is_born_by_the_end_of_the_year() {
        let case = header("CHILD DOB | 1 31/03/2027 | 2 01/04/2027 | 3 x");
        assert_eq!(case.flags(&RULE), ["Header 1"]);
    }
}
