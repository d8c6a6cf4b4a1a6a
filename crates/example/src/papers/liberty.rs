//! Deprivation of liberty orders (DoLo): a few teenagers in homes and in unregistered settings (rules 707, 709, 710).
//! An order begins the day after a move at the earliest: on the day of it the child is still in the old placement too, as rule 709 reads it.

use domain::code::place;

use super::{Paper, dice, table};
use crate::Authority;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("dolo.csv", "DoLo", "CHILD,DOB,DOLO_START,DOLO_END");
    for child in &authority.children {
        let mut dice = dice(authority, child, Paper::Liberty);
        for episode in &child.episodes {
            let fits = matches!(episode.place, place::K2 | place::Z12 | place::Z13) && child.born.age_at(episode.start) >= 10;
            let ordered = dice.chance(0.06);
            let start = episode.start.plus(dice.between(1, 20));
            let end = start.plus(dice.between(28, 200)).min(episode.end.plus(-1));
            if fits && ordered && end > start && year.touches(start, end) {
                let ended = if end <= year.end { end.statutory() } else { String::new() };
                line(&mut file.text, format_args!("{},{},{},{ended}", child.id, child.born.statutory(), start.statutory()));
            }
        }
    }
    file
}
