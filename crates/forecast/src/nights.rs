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

/// The nights of each of some ascending dates: those after the date before it, its own the last. So month ends from 30 April to 31 March are a whole
/// financial year, and nothing after the last date is counted. The nights of the first begin after `from`. Where nobody tells that day, the first date
/// reaches back as far as the second lies ahead of it, in whole months where both are ends of months; a date that stands alone counts for a week.
pub fn stretches(from: Option<Day>, dates: &[Day]) -> Vec<Stretch> {
    let Some(&first) = dates.first() else { return Vec::new() };
    let before = from.unwrap_or_else(|| before(first, dates.get(1).copied()));
    let earlier = std::iter::once(before).chain(dates.iter().copied());
    earlier.zip(dates).map(|(earlier, &date)| Stretch { from: earlier.plus(1), end: date.plus(1) }).collect()
}

/// The date that would come before the first.
fn before(first: Day, second: Option<Day>) -> Day {
    const WEEK: i32 = 7;
    let Some(second) = second else { return first.plus(-WEEK) };
    let (next, after) = (first.plus(1), second.plus(1));
    let ((year, month, day), (later_year, later_month, later_day)) = (next.ymd(), after.ymd());
    if (day, later_day) == (1, 1) {
        let months = (later_year as i32 - year as i32) * 12 + later_month as i32 - month as i32;
        return next.plus_months(-months).plus(-1);
    }
    first.plus(-second.since(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nights(dates: &[Day]) -> Vec<u32> {
        stretches(None, dates).into_iter().map(Stretch::nights).collect()
    }

    #[test]
    fn a_date_stands_since_the_one_before_it() {
        let from = Day::year_end(2026);
        let ends: Vec<Day> = (1..=12).map(|month| from.plus(1).plus_months(month).plus(-1)).collect();
        let of_year = stretches(None, &ends);
        assert_eq!((of_year[0].from, of_year[11].end), (Day::year_start(2027), Day::year_start(2028)), "no night before, none after");
        assert_eq!(nights(&ends)[..3], [30, 31, 30]);
        assert_eq!(nights(&[ends[5], ends[11]]), [183, 182], "half-years");
        assert_eq!(nights(&[from.plus(10), from.plus(24)]), [14, 14]);
        assert_eq!(nights(&ends[..1]), [7]);
        assert!(stretches(None, &[]).is_empty());
        // A forecast from the middle of a month knows that it is no month before its first date.
        let told = stretches(Some(ends[0].plus(-13)), &ends[..2]);
        assert_eq!(told.iter().map(|stretch| stretch.nights()).collect::<Vec<_>>(), [13, 31]);
        assert_eq!(stretches(Some(ends[0]), &ends[..2])[0].nights(), 0, "the day itself is known");
    }
}
