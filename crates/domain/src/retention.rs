//! How long a child's case record is kept, by law and no longer (Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50).

use std::fmt;

use crate::date::Day;

/// Why a case record may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The 75th anniversary of the child's birth has come (regulation 50(1)(a)).
    SeventyFiveYears,
    /// The child died before 18, fifteen years ago (regulation 50(1)(b)).
    FifteenYearsAfterDeath,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SeventyFiveYears => "regulation 50: 75 years after birth",
            Self::FifteenYearsAfterDeath => "regulation 50: 15 years after a death before 18",
        })
    }
}

/// The first day on which the record of a child may go, and why. `died` is the day of a death that the record knows.
pub fn kept_until(born: Day, died: Option<Day>) -> (Day, Rule) {
    match died.filter(|died| *died < born.anniversary(18)) {
        Some(died) => (died.anniversary(15), Rule::FifteenYearsAfterDeath),
        None => (born.anniversary(75), Rule::SeventyFiveYears),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_kept_for_a_lifetime_or_fifteen_years_after_a_childs_death() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let born = day(1951, 3, 4);
        assert_eq!(kept_until(born, None), (day(2026, 3, 4), Rule::SeventyFiveYears));
        assert_eq!(kept_until(born, Some(day(1960, 1, 2))), (day(1975, 1, 2), Rule::FifteenYearsAfterDeath));
        assert_eq!(kept_until(born, Some(day(1969, 3, 4))), (day(2026, 3, 4), Rule::SeventyFiveYears), "eighteen on the day");
    }
}
