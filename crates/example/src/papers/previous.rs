//! Earlier permanence of children who start in the year (PrevPerm).

use super::{Paper, dice, table};
use crate::Authority;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("prev_perm.csv", "PrevPerm", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM");
    for child in &authority.children {
        let Some(period) = child.periods.iter().find(|period| year.holds(period.start)) else { continue };
        let mut dice = dice(authority, child, Paper::Previous);
        let age = child.born.age_at(period.start);
        let kind = if age < 2 { "Z1" } else { dice.by_weight(&[("Z1", 0.925), ("P1", 0.01), ("P2", 0.045), ("P3", 0.012), ("P4", 0.008)]) };
        let (place, date) = if matches!(kind, "Z1" | "P4") {
            (String::new(), String::new())
        } else {
            let date = dice.day_between(child.born.plus(200), period.start.plus(-60));
            let date = if dice.chance(0.15) { "ZZ/ZZ/ZZZZ".to_owned() } else { date.statutory() };
            (authority.geography.area.0.to_string(), date)
        };
        line(&mut file.text, format_args!("{},{},{kind},{place},{date}", child.id, child.born.statutory()));
    }
    file
}
