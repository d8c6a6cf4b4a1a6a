//! Rule 385: The episode ends after the year of the return.
//!
//! **What it checks.** DEC is not later than 31 March of the return year.
//!
//! **Why it matters.** What happens after the year belongs to the next return; here the episode is still open.
//!
//! **How to mend it.** Clear DEC and REC if the episode was open on 31 March, or correct DEC.

use super::context::Context;
use super::{EPISODES, Hit, Rule, SINCE_2023};

pub(super) const RULE: Rule =
    Rule { code: "385", tables: &[EPISODES], columns: &["DEC"], needs: &[], since: SINCE_2023, check, source: include_str!("r385.rs") };

fn check(cx: &Context) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let end = episodes.dates("DEC");
    episodes.flag(|row| end.day(row).is_some_and(|end| end > cx.end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::episodes;
    use super::RULE;

    #[test]
    fn an_episode_ends_by_the_end_of_the_year() {
        let case = episodes("DEC | 31/03/2027 | 01/04/2027 | -");
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
