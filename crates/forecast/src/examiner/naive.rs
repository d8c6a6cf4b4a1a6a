//! Forecasts that look only at the number itself: it stays, or it goes on growing as it has. Their uncertainty is what such forecasts were
//! wrong by in the past of the same series, so that they are honest opponents and not straw men.

use crate::counts::Counts;
use crate::stock_and_flow::Series;

/// Days between the past origins that are looked at: a week, because neighbouring days say the same.
const STEP: usize = 7;

/// The last value carried forward. The spread is that of past changes over as many days, in both directions, so that the middle stays.
pub fn last_value(series: &Series, group: usize, horizon: u32) -> Counts {
    let Some(past) = Past::of(series, group, horizon) else { return Counts::certain(0) };
    around(past.last, past.changes.iter().map(|change| change * past.stretch))
}

/// The line from the first value to the last, carried on. The spread is that of past changes around their mean, wider for the slope being
/// known from so short a past (Hyndman and Athanasopoulos 2021, section 5.5).
pub fn drift(series: &Series, group: usize, horizon: u32) -> Counts {
    let Some(past) = Past::of(series, group, horizon) else { return Counts::certain(0) };
    let mean = past.changes.iter().sum::<f64>() / past.changes.len().max(1) as f64;
    let ahead = f64::from(horizon);
    let wider = past.stretch * (1.0 + ahead / past.days).sqrt();
    around(past.last + past.slope * ahead, past.changes.iter().map(|change| (change - mean) * wider))
}

/// What the past of a series says about changes over a horizon.
struct Past {
    last: f64,
    /// Children a day from the first day to the last.
    slope: f64,
    days: f64,
    /// Changes over the horizon, or over half of the past where that is shorter.
    changes: Vec<f64>,
    /// Root of the horizon by the days of those changes: errors of a random walk grow so.
    stretch: f64,
}

impl Past {
    fn of(series: &Series, group: usize, horizon: u32) -> Option<Self> {
        let values: Vec<f64> = series.children.iter().map(|day| f64::from(day[group])).collect();
        let (first, last) = (*values.first()?, *values.last()?);
        let days = values.len();
        let over = (horizon as usize).min(days / 2).max(1);
        let changes = (0..days.saturating_sub(over)).rev().step_by(STEP).map(|at| values[at + over] - values[at]).collect();
        Some(Self {
            last,
            slope: (last - first) / (days as f64 - 1.0).max(1.0),
            days: days as f64,
            changes,
            stretch: (f64::from(horizon) / over as f64).sqrt(),
        })
    }
}

/// The centre with each error added and taken away, never below zero.
fn around(centre: f64, errors: impl Iterator<Item = f64>) -> Counts {
    let whole = |value: f64| value.round().max(0.0) as u32;
    let numbers: Vec<u32> = errors.flat_map(|error| [whole(centre + error), whole(centre - error)]).collect();
    if numbers.is_empty() { Counts::certain(whole(centre)) } else { Counts::empirical(&numbers) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Day;

    fn series(values: impl Iterator<Item = u32>) -> Series {
        Series { first: Day::year_start(2016), children: values.map(|value| [0, 0, 0, 0, value]).collect() }
    }

    #[test]
    fn a_steady_line_drifts_on_and_its_last_value_does_not() {
        let line = series((0..700).map(|day| 100 + day / 7));
        assert_eq!(drift(&line, 4, 70).quantile(0.5), 209);
        assert!((last_value(&line, 4, 70).mean() - 199.0).abs() < 1e-9);
        // The line was never wrong; the last value always was, by ten.
        assert!(drift(&line, 4, 70).spread().sd < 1.0);
        assert!((last_value(&line, 4, 70).spread().sd - 10.0).abs() < 0.5);
    }

    #[test]
    fn neither_goes_below_zero_and_a_short_past_still_answers() {
        let falling = series((0..30).map(|day| 30 - day));
        assert_eq!(drift(&falling, 4, 365).quantile(0.9), 0);
        assert_eq!(last_value(&series(std::iter::once(8)), 4, 91), Counts::certain(8));
        assert_eq!(last_value(&series(std::iter::empty()), 4, 91), Counts::certain(0));
    }
}
