//! Missing and away without authorisation: a minority, mostly teenagers, again and again for a few days.

use super::{Paper, dice, table};
use crate::Authority;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("missing.csv", "Missing", "CHILD,DOB,MISSING,MIS_START,MIS_END");
    for child in &authority.children {
        let mut dice = dice(authority, child, Paper::Missing);
        if !dice.chance(0.16) || child.periods.is_empty() {
            continue;
        }
        for episode in &child.episodes {
            if episode.start > year.end {
                break;
            }
            // An absence lies inside one episode and is over when the placement ends (rules 575, 581).
            let mut on = episode.start;
            loop {
                let age = child.born.age_at(on);
                let nights = if age < 10 { 365 } else { dice.wait(if age < 16 { 75.0 } else { 45.0 }) };
                on = on.plus(nights);
                let length = if dice.chance(0.04) { dice.between(6, 40) } else { dice.between(0, 3) };
                let end = on.plus(length);
                if end >= episode.end || on > year.end {
                    break;
                }
                // Drawn whether or not the year shows it, so that every year's return tells the same story.
                let kind = if dice.chance(0.82) { "M" } else { "A" };
                if age >= 10 && year.touches(on, end) {
                    let ended = if end <= year.end { end.statutory() } else { String::new() };
                    line(&mut file.text, format_args!("{},{},{kind},{},{ended}", child.id, child.born.statutory(), on.statutory()));
                }
                on = end.plus(1);
            }
        }
    }
    file
}
