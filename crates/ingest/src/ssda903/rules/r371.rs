//! Rule 371: A child under 16 is in supported accommodation.
//!
//! **What it checks.** An episode in supported accommodation starts on or after the child's 16th birthday: PLACE K3 from 2024-25, H5
//! before. (In 2022-23 the age for H5 was 14.)
//!
//! **Why it matters.** Supported accommodation is for young people aged 16 and 17 only: the Care Planning regulations of 2010, regulation
//! 27, forbid it for younger children.
//!
//! **How to mend it.** Check DOB, DECOM and PLACE; if they are right the placement is unlawful and must be raised at once with the
//! responsible manager.
//!
//! **Where the sector's validator differs.** Open episodes are checked too; the sector's validator looks only at those that have ended.

use super::context::Context;
use super::{EPISODES, HEADER, Hit, Rule, SINCE_2023, age};

pub(super) const RULE: Rule = Rule {
    code: "371",
    tables: &[HEADER, EPISODES],
    columns: &["DECOM", "PLACE"],
    needs: &[],
    since: SINCE_2023,
    check,
    source: include_str!("r371.rs"),
};

fn check(cx: &Context) -> Vec<Hit> {
    let (code, years) = match cx.year {
        ..=2023 => ("H5", 14),
        2024 => ("H5", 16),
        _ => ("K3", 16),
    };
    age::younger_than(cx, code, years)
}

#[cfg(test)]
mod tests {
    use super::super::EPISODES;
    use super::super::testing::header;
    use super::RULE;

    #[test]
    fn sixteen_on_the_day_is_old_enough() {
        let case = header("CHILD DOB | 1 02/04/2010 | 2 01/04/2010")
            .with(EPISODES, "CHILD DECOM DEC PLACE | 1 01/04/2026 - K3 | 2 01/04/2026 - K3 | 1 01/04/2026 - K2");
        assert_eq!(case.flags(&RULE), ["Episodes 0"]);
    }

    #[test]
    fn younger_children_were_accepted_in_2022_23() {
        let case = header("CHILD DOB | 1 02/04/2008 | 2 02/04/2007")
            .with(EPISODES, "CHILD DECOM PLACE | 1 01/05/2022 H5 | 2 01/04/2021 H5 | 2 01/05/2022 K3")
            .in_year(2023);
        assert_eq!(case.flags(&RULE), ["Episodes 1"]);
    }
}
