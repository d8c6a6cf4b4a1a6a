//! From counts at dates to nights: for which nights a date stands.

use domain::Day;

/// Nights from the first to the one before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First night.
    pub from: Day,
    /// The day after the last night.
    pub end: Day,
}

impl Stretch {
    /// How many nights.
    pub fn nights(self) -> u32 {
        self.end.since(self.from).max(0) as u32
    }
}

/// The nights of each of some ascending dates. Children counted on a date stay until the next one; those of the last date for as many nights as
/// the dates before it lie apart (a week where there is only one).
pub fn stretches(dates: &[Day]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = dates.windows(2).map(|pair| Stretch { from: pair[0], end: pair[1] }).collect();
    let last = stretches.last().map_or(7, |stretch| stretch.nights());
    stretches.extend(dates.last().map(|&from| Stretch { from, end: from.plus(last as i32) }));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stands_until_the_next_one() {
        let dates: Vec<Day> = [0, 1, 2].map(|month| Day::year_end(2026).plus_months(month)).into();
        assert_eq!(stretches(&dates).iter().map(|stretch| stretch.nights()).collect::<Vec<_>>(), [30, 31, 31]);
        assert_eq!(stretches(&dates[..1])[0].nights(), 7);
        assert!(stretches(&[]).is_empty());
    }
}
