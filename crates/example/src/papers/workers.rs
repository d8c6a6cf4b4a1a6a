//! Social workers of each child, one after another (SWEpisodes). England 2024: one child in four or so had three in the year.

use super::{Paper, dice, table};
use crate::Authority;
use crate::returns::{File, Year};
use crate::text::line;

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("sw_episodes.csv", "SWEpisodes", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON");
    // A caseload of about fifteen.
    let staff = (authority.children.len() / 60).max(5);
    for child in authority.children.iter().filter(|child| child.is_in(year)) {
        let mut dice = dice(authority, child, Paper::Workers);
        for period in &child.periods {
            let mut start = period.start;
            let mut worker = dice.below(staff);
            let mut reason = "FCONTA";
            while start < period.end && start <= year.end {
                let end = start.plus(7 + dice.wait(330.0)).min(period.end);
                if year.touches(start, end) {
                    let ended = if end <= year.end { end.statutory() } else { String::new() };
                    line(
                        &mut file.text,
                        format_args!(
                            "{},{},SW{:03}{worker:05},{},{ended},{reason}",
                            child.id,
                            child.born.statutory(),
                            authority.number % 1000,
                            start.statutory()
                        ),
                    );
                }
                worker = (worker + 1 + dice.below(staff - 1)) % staff;
                reason = dice.by_weight(&[
                    ("LEFTRL", 0.33),
                    ("TSPROC", 0.27),
                    ("MANAGE", 0.14),
                    ("ORGRST", 0.08),
                    ("ABSENC", 0.07),
                    ("OTHERS", 0.08),
                    ("CHCHAN", 0.02),
                    ("PCCHAN", 0.01),
                ]);
                start = end;
            }
        }
    }
    file
}
