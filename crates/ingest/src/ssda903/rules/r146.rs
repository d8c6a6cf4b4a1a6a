//! Rule 146: The placement type is not a code of this return year.
//!
//! **What it checks.** PLACE is a placement type of the year of the return. H5 and P2 ended with 2023-24, when K3 took their place; Z1
//! ended with 2024-25, when Z11 to Z14 took its place.
//!
//! **Why it matters.** What homes are needed and how far there are enough is counted by placement type; an unknown code is in no group.
//!
//! **How to mend it.** Choose the type of the placement from the code list of this return's guidance.

use super::codes::is_place;
use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "146", tables: &[EPISODES], columns: &["PLACE"], needs: &[], since: SINCE_2023, check, source: include_str!("r146.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let place = episodes.text("PLACE");
    episodes.flag(|row| place.get(row).is_some_and(|code| !is_place(code, cx.year)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn knows_the_codes_of_the_year() {
        let case = episodes("PLACE | K3 | Z11 | Z1 | H5 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 2", "Episodes 3"]);
    }

    #[test]
    fn knows_the_codes_of_an_older_year() {
        let case = episodes("PLACE | K3 | Z11 | Z1 | H5 | -").in_year(2024);
        assert_eq!(case.flags(&RULE), ["Episodes 0", "Episodes 1"]);
    }
}
