//! Care leavers whose 17th to 21st birthday lies in the year (OC3). Shares are England's of 2025 (`care_leavers`).

use domain::Day;

use super::{Paper, dice, table};
use crate::Authority;
use crate::life::Exit;
use crate::rates::Route;
use crate::record::Child;
use crate::returns::{File, Year};
use crate::text::line;

/// Whether a young person has a row in OC3 of this year: a birthday from the 17th to the 21st in it, no longer looked after on that day,
/// 13 weeks in care after the 14th birthday and some of it after the 16th (dossier B9); not adopted, with another authority, or dead.
pub(crate) fn is_care_leaver(child: &Child, year: Year) -> bool {
    birthday_in(child, year).is_some_and(|(_, birthday)| {
        let left = child.periods.iter().all(|period| period.end <= birthday || period.start > birthday);
        let last = child.periods.iter().rfind(|period| period.end <= birthday);
        let gone = last.is_none_or(|last| matches!(last.exit, Exit::By(Route::Adoption | Route::Transfer | Route::Other)));
        let (from, sixteen) = (child.born.anniversary(14), child.born.anniversary(16));
        let nights: i32 = child.periods.iter().map(|period| period.end.min(birthday).since(period.start.max(from)).max(0)).sum();
        let after_sixteen = child.periods.iter().any(|period| period.end > sixteen && period.start < birthday);
        left && !gone && nights >= 91 && after_sixteen
    })
}

/// The age reached in a year, from 17 to 21, and the day.
fn birthday_in(child: &Child, year: Year) -> Option<(u32, Day)> {
    let age = child.born.age_at(year.end);
    let birthday = child.born.anniversary(age);
    ((17..=21).contains(&age) && year.holds(birthday)).then_some((age, birthday))
}

pub(super) fn file(authority: &Authority, year: Year) -> File {
    let mut file = table("oc3.csv", "OC3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM");
    for child in authority.children.iter().filter(|child| is_care_leaver(child, year)) {
        let age = birthday_in(child, year).map_or(17, |(age, _)| age);
        let mut dice = dice(authority, child, Paper::Leavers);
        for _ in 0..year.number % 64 {
            dice.unit();
        }
        let in_touch = dice.by_weight(&[("YES", 0.935), ("NO", 0.03), ("REFU", 0.015), ("NREQ", 0.02)]);
        let (activity, accommodation) = if in_touch == "YES" {
            let activity = dice.by_weight(if age <= 18 {
                &[
                    ("F2", 0.44),
                    ("P2", 0.05),
                    ("F5", 0.08),
                    ("P5", 0.035),
                    ("F4", 0.02),
                    ("F1", 0.03),
                    ("G5", 0.27),
                    ("G4", 0.04),
                    ("G6", 0.02),
                ]
            } else {
                &[
                    ("F2", 0.19),
                    ("P2", 0.03),
                    ("F5", 0.18),
                    ("P5", 0.08),
                    ("F4", 0.02),
                    ("F1", 0.065),
                    ("G5", 0.285),
                    ("G4", 0.09),
                    ("G6", 0.045),
                ]
            });
            let with_carers = if age == 17 { 0.0 } else { 0.16 };
            let accommodation = dice.by_weight(&[
                ("U1", if age <= 18 { 0.12 } else { 0.40 }),
                ("D1", if age <= 18 { 0.34 } else { 0.16 }),
                ("B1", 0.13),
                ("Z1", with_carers),
                ("E1", 0.05),
                ("T1", 0.05),
                ("K1", 0.03),
                ("C1", 0.03),
                ("Y1", 0.03),
                ("X2", 0.022),
                ("S2", 0.010),
                ("V1", 0.006),
                ("V2", 0.006),
                ("W2", 0.004),
                ("U2", 0.006),
            ]);
            (in_year(activity, year), accommodation)
        } else {
            ("0", "0")
        };
        line(&mut file.text, format_args!("{},{},{in_touch},{activity},{accommodation}", child.id, child.born.statutory()));
    }
    file
}

/// Apprenticeships have had codes of their own since the return of 2021-22; before, they were training or employment.
fn in_year(activity: &'static str, year: Year) -> &'static str {
    match activity {
        "F4" | "F5" if year.number <= 2021 => "F3",
        "P4" | "P5" if year.number <= 2021 => "P3",
        other => other,
    }
}
