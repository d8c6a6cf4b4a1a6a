//! What may be asked of a forecast.

use domain::Day;
use forecast::outlook::Split;
use forecast::paths::Groups;

use crate::Error;

/// Longest that a forecast may reach.
const MOST_MONTHS: u32 = 240;

/// How to forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// Every child followed through many futures.
    #[default]
    Microsimulation,
    /// The sector's model of averaged rates, short breaks out, its variance mended.
    StockAndFlow,
    /// The same as the open demand model has it, faults included.
    Compatible,
}

impl Model {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Microsimulation => "microsimulation",
            Self::StockAndFlow | Self::Compatible => "stock-and-flow",
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The last day that is known; the newest that the returns cover if left out.
    pub from: Option<Day>,
    /// How far ahead.
    pub months: u32,
    /// Only these dates; month ends if empty.
    pub at: Vec<Day>,
    /// How many futures are drawn.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
    /// Learn only from what happened on or after this day.
    pub history_from: Option<Day>,
    /// Four broad types, or each kind of home.
    pub groups: Groups,
    /// Whether several authorities are forecast one by one before their sum.
    pub split: Split,
    /// How to forecast.
    pub model: Model,
}

impl Default for Request {
    /// Two years ahead in a thousand futures.
    fn default() -> Self {
        Self {
            from: None,
            months: 24,
            at: Vec::new(),
            paths: 1000,
            seed: 1,
            history_from: None,
            groups: Groups::default(),
            split: Split::default(),
            model: Model::default(),
        }
    }
}

impl Request {
    /// The splits to tell, the sum last.
    pub(super) fn splits(&self) -> impl Iterator<Item = Split> + use<> {
        let each = (self.split == Split::ByAuthority).then_some(Split::ByAuthority);
        each.into_iter().chain([Split::Together])
    }

    /// The days that are forecast: those named, else the ends of the months ahead of `from`.
    ///
    /// # Errors
    /// `Unusable` where a day named does not lie ahead, or none is left.
    pub(super) fn dates(&self, from: Day) -> Result<Vec<Day>, Error> {
        if self.at.is_empty() {
            if !(1..=MOST_MONTHS).contains(&self.months) {
                return Err(Error::Unusable(format!("A forecast reaches from 1 to {MOST_MONTHS} months ahead, not {}.", self.months)));
            }
            return Ok(month_ends(from, self.months));
        }
        let mut dates = self.at.clone();
        dates.sort_unstable();
        dates.dedup();
        match dates.iter().find(|&&date| date <= from || date > from.plus_months(MOST_MONTHS as i32)) {
            Some(date) => Err(Error::Unusable(format!(
                "{} cannot be forecast from {}: name days after it, at most {MOST_MONTHS} months ahead.",
                date.long(),
                from.long()
            ))),
            None => Ok(dates),
        }
    }
}

/// The last days of the months after a day: of the same month too, unless the day is its last.
fn month_ends(from: Day, months: u32) -> Vec<Day> {
    let (year, month, _) = from.plus(1).ymd();
    let first = Day::from_ymd(year, month, 1).unwrap_or(from);
    (1..=months as i32).map(|ahead| first.plus_months(ahead).plus(-1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(month_ends(day("2024-01-31"), 3), ["2024-02-29", "2024-03-31", "2024-04-30"].map(day));
        assert_eq!(month_ends(day("2024-01-15"), 2), ["2024-01-31", "2024-02-29"].map(day));
    }

    #[test]
    fn days_named_lie_ahead() {
        let request = Request { at: vec![day("2024-06-30"), day("2024-04-30"), day("2024-06-30")], ..Request::default() };
        assert_eq!(request.dates(day("2024-03-31")).unwrap(), ["2024-04-30", "2024-06-30"].map(day));
        let said = request.dates(day("2024-05-31")).unwrap_err().to_string();
        assert!(said.starts_with("30 April 2024 cannot be forecast from 31 May 2024"), "{said}");
    }
}
