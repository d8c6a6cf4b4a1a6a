//! Outcomes of children looked after for the whole year (OC2). Shares are England's of 2025 (`cla_health`).

use super::{Paper, dice, table};
use crate::Authority;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table(
        "oc2.csv",
        "OC2",
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    );
    for child in &authority.children {
        let whole_year = child.periods.iter().any(|period| period.start <= year.start && period.end >= year.end);
        if !whole_year {
            continue;
        }
        let mut dice = dice(authority, child, Paper::Health);
        // A child's score keeps near the child's own level; the draws of earlier years are passed over.
        let level = 14.9 + 6.0 * dice.normal();
        for _ in 0..year.number % 64 {
            dice.unit();
        }
        let (at_start, at_end) = (child.born.age_at(year.start), child.born.age_at(year.end));
        let (score, reason) = if at_start >= 4 && at_end < 17 {
            if dice.chance(0.78) {
                (((level + 4.0 * dice.normal()).round().clamp(0.0, 40.0) as u32).to_string(), "")
            } else {
                (String::new(), dice.by_weight(&[("SDQ2", 0.3), ("SDQ3", 0.1), ("SDQ4", 0.4), ("SDQ5", 0.2)]))
            }
        } else {
            (String::new(), "")
        };
        let mut flag = |share: f64| if dice.chance(share) { "1" } else { "0" };
        let convicted = if at_end >= 10 { flag(0.02) } else { "" };
        let development = if at_end < 5 { flag(0.88) } else { "" };
        let (immunised, teeth, assessed) = (flag(0.84), flag(0.81), flag(0.90));
        let misuse = flag(if at_end >= 13 { 0.06 } else { 0.0 });
        let received = if misuse == "1" { flag(0.41) } else { "" };
        let offered = if received == "0" { flag(0.75) } else { "" };
        line(
            &mut file.text,
            format_args!(
                "{},{},{score},{reason},{convicted},{development},{immunised},{teeth},{assessed},{misuse},{received},{offered}",
                child.id,
                child.born.statutory()
            ),
        );
    }
    file
}
