//! Which kinds of home the law allows at an age: the codes of the return with their ages and since when, as a table (dossier B4, B6, I4, I5).

use std::fmt;

use crate::code::{Code, place};
use crate::date::Day;

/// That nobody outside an age may be placed under a code, since a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The placement code.
    pub code: Code,
    /// The youngest age in completed years; nothing where nobody may be placed so at all.
    pub youngest: Option<u32>,
    /// The first day on which it is so, as year, month and day; nothing for always.
    since: Option<(u32, u32, u32)>,
    /// Where it is written.
    pub source: &'static str,
}

/// The codes for accommodation that is not registered ended on the day before this one, and K3 took their place. Registration itself was asked from 28 October
/// 2023 on, but the return had no other code until then, and whoever had applied in time ran lawfully: a code alone tells of no breach in those months.
const REGISTERED: (u32, u32, u32) = (2024, 4, 1);
/// Other arrangements of under-16s are limited since this day.
const UNDER_16: (u32, u32, u32) = (2021, 9, 9);

const REGULATION_27A: &str = "regulation 27A, Care Planning, Placement and Case Review (England) Regulations 2010";
const REGULATION_27: &str = "regulations 27A to 27C, Care Planning, Placement and Case Review (England) Regulations 2010";
const SUPPORTED: &str = "Supported Accommodation (England) Regulations 2023";

const fn limit(code: Code, youngest: Option<u32>, since: Option<(u32, u32, u32)>, source: &'static str) -> Limit {
    Limit { code, youngest, since, source }
}

/// Every limit. What Z1 and Z11 to Z14 are at 16 and 17 is for the home's own registration to say: the guide's words for them are not known. A code that
/// is not named is lawful at every age, as far as this table goes. A code stands twice where its limit was tightened.
pub const LIMITS: [Limit; 12] = [
    limit(place::K3, Some(16), None, SUPPORTED),
    limit(place::H5, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::H5, None, Some(REGISTERED), REGULATION_27),
    limit(place::P2, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::P2, None, Some(REGISTERED), REGULATION_27),
    limit(place::P3, Some(14), None, "section 18, Children and Young Persons Act 1933: no employment before 14"),
    limit(place::R5, Some(10), None, "section 50, Children and Young Persons Act 1933: no custody before 10"),
    limit(place::Z1, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::Z11, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::Z12, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::Z13, Some(16), Some(UNDER_16), REGULATION_27A),
    limit(place::Z14, Some(16), Some(UNDER_16), REGULATION_27A),
];

/// Why a placement is not lawful by its kind and the child's age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlawful {
    /// Which limit.
    pub limit: Limit,
    /// The child's age on the first day.
    pub age: u32,
}

impl fmt::Display for Unlawful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Limit { code, youngest, source, .. } = self.limit;
        match youngest {
            Some(youngest) => write!(f, "nobody under {youngest} is placed as {code}, and the child is {} ({source})", self.age),
            None => write!(f, "nobody is planned into a home of kind {code}, which is not registered ({source})"),
        }
    }
}

/// Whether a child may be placed under a code from a day on; the strictest limit that is broken. Age only grows during a stay, so its first day decides.
///
/// # Errors
/// [`Unlawful`]. What is forbidden cannot be planned; what has happened is recorded as it was (I0).
pub fn check(code: Code, born: Day, from: Day) -> Result<(), Unlawful> {
    let age = born.age_at(from);
    let holds =
        |limit: &&Limit| limit.since.and_then(|(year, month, day)| Day::from_ymd(year, month, day)).is_none_or(|since| since <= from);
    let broken = |limit: &&Limit| limit.youngest.is_none_or(|youngest| age < youngest);
    let found = LIMITS.iter().filter(|limit| limit.code == code).filter(holds).filter(broken).max_by_key(|limit| limit.youngest.is_none());
    found.map_or(Ok(()), |&limit| Err(Unlawful { limit, age }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_home_is_lawful_from_an_age_and_since_a_day() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let born = day(2010, 6, 5);
        let said = |code: Code, from| check(code, born, from).map_err(|fault| fault.to_string());
        assert!(said(place::K3, day(2026, 6, 4)).unwrap_err().contains("nobody under 16 is placed as K3, and the child is 15"));
        assert_eq!(said(place::K3, day(2026, 6, 5)), Ok(()), "the sixteenth birthday");
        assert_eq!(said(place::H5, day(2021, 9, 8)), Ok(()), "before the law");
        assert!(said(place::H5, day(2021, 9, 9)).unwrap_err().contains("nobody under 16"));
        let (older, at) = (day(2007, 1, 1), day(2024, 4, 1));
        assert_eq!(check(place::P2, older, at.plus(-1)), Ok(()));
        assert_eq!(check(place::P2, older, at).unwrap_err().limit.youngest, None, "of 17, into what is not registered");
        assert!(check(place::Z12, born, at).is_err() && check(place::Z12, older, at).is_ok());
        for code in [place::K2, place::U6, place::P1, place::R1, place::S1, place::K1] {
            assert_eq!(check(code, born, day(2026, 1, 1)), Ok(()), "{code}");
        }
        assert!(said(place::P3, day(2024, 6, 4)).is_err() && said(place::P3, day(2024, 6, 5)).is_ok());
    }
}
