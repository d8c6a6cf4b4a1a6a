//! Reviews: within 20 working days of the start, then three months, then every six (dossier B6, reg 33); mostly in time.

use domain::Day;

use super::{Paper, dice, table};
use crate::Authority;
use crate::dice::Dice;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("reviews.csv", "Reviews", "CHILD,DOB,REVIEW,REVIEW_CODE");
    for child in &authority.children {
        let mut dice = dice(authority, child, Paper::Reviews);
        for period in child.periods.iter().filter(|period| period.start <= year.end) {
            let mut on = weekday(period.start.plus(gap(&mut dice, (14, 26), (30, 60))));
            let mut first = true;
            while on < period.end && on <= year.end {
                let code = participation(child.born.age_at(on), &mut dice);
                if year.holds(on) {
                    line(&mut file.text, format_args!("{},{},{},{code}", child.id, child.born.statutory(), on.statutory()));
                }
                let next = if first { gap(&mut dice, (70, 89), (95, 130)) } else { gap(&mut dice, (150, 180), (186, 240)) };
                on = weekday(on.plus(next));
                first = false;
            }
        }
    }
    file
}

/// Nights until the next review: one in 25 is late.
fn gap(dice: &mut Dice, in_time: (i32, i32), late: (i32, i32)) -> i32 {
    let (low, high) = if dice.chance(0.04) { late } else { in_time };
    dice.between(low, high)
}

/// The Friday before a weekend.
fn weekday(day: Day) -> Day {
    // 1 January of year 1 was a Monday, so the remainder is 6 on Saturdays and 0 on Sundays.
    match day.number() % 7 {
        6 => day.plus(-1),
        0 => day.plus(-2),
        _ => day,
    }
}

fn participation(age: u32, dice: &mut Dice) -> &'static str {
    if age < 4 {
        return "PN0";
    }
    dice.by_weight(&[("PN1", 0.54), ("PN2", 0.05), ("PN3", 0.02), ("PN4", 0.03), ("PN5", 0.06), ("PN6", 0.23), ("PN7", 0.07)])
}
