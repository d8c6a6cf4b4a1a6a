//! Next year's number from published counts alone, for authorities whose returns nobody holds: one count a year and authority, no more.
//!
//! Such series are short (ten years), so little can be learnt from one of them and much from all together. [`Rule::Damped`] takes the mean
//! growth of all authorities, drawn towards none while few years are known, and lets an authority's own growth beside the others die away
//! at the pace at which it did in the past of all. The spread is that of the same rule's own past errors, scaled to the size of the
//! authority: a shock that all share (2021) is in it as soon as it has come.

use crate::counts::Counts;

/// How the next number is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The last number again.
    LastValue,
    /// The authority's mean growth so far, again.
    Drift,
    /// Common growth, and a part of what the authority did beside it.
    Damped,
}

impl Rule {
    /// Every rule, the simple ones first.
    pub const ALL: [Self; 3] = [Self::LastValue, Self::Drift, Self::Damped];

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LastValue => "last value",
            Self::Drift => "drift",
            Self::Damped => "damped common growth",
        }
    }
}

/// Counts of one area by year, the same years for every area; nothing where no figure was published.
pub type Row = Vec<Option<f64>>;

/// Years of the weight of "no growth" in the common growth.
const NO_GROWTH_YEARS: f64 = 2.0;

/// Fewest transitions that must lie behind a forecast for its past errors to say anything: two years of all areas.
const LEAST_YEARS: usize = 3;

/// The distribution of the year after the last of `rows`, for each area; nothing for an area without a last figure, and for all while fewer
/// than three years are known.
pub fn next_year(rows: &[Row], rule: Rule) -> Vec<Option<Counts>> {
    let years = rows.iter().map(Vec::len).min().unwrap_or(0);
    // The rule's own errors in every earlier year, each made with what was known then.
    let mut errors: Vec<(f64, f64)> = Vec::new();
    for year in LEAST_YEARS - 1..years {
        let logs = middle(rows, year, rule);
        for (row, log) in rows.iter().zip(logs) {
            if let (Some(log), Some(came)) = (log, positive(row, year)) {
                errors.push((came.ln() - log, log.exp()));
            }
        }
    }
    if errors.is_empty() {
        return vec![None; rows.len()];
    }
    let scale = Scale::of(&errors);
    // Around their own middle, so that the rule says what its name says and not what its errors would make of it.
    let mut standard: Vec<f64> = errors.iter().map(|&(error, size)| error / scale.at(size)).collect();
    standard.sort_unstable_by(f64::total_cmp);
    let middle_error = crate::outlook::quantile(&standard, 0.5);
    for error in &mut standard {
        *error -= middle_error;
    }
    let futures = |log: f64| {
        let reach = scale.at(log.exp());
        let numbers: Vec<u32> = standard.iter().map(|error| (log + reach * error).exp().round() as u32).collect();
        Counts::empirical(&numbers)
    };
    middle(rows, years, rule).into_iter().map(|log| log.map(futures)).collect()
}

/// Logarithm of the number expected for the year at this position, from the years before it.
fn middle(rows: &[Row], year: usize, rule: Rule) -> Vec<Option<f64>> {
    let common: Vec<f64> = (1..year).map(|at| common_growth(rows, at)).collect();
    let known = common.len() as f64;
    let ahead = common.iter().sum::<f64>() / (known + NO_GROWTH_YEARS);
    let kept = kept_share(rows, &common);
    let expect = |row: &Row| {
        let last = positive(row, year.checked_sub(1)?)?.ln();
        let step = match rule {
            Rule::LastValue => 0.0,
            Rule::Drift => {
                let first = (0..year).find_map(|at| Some((at, positive(row, at)?)))?;
                let years = (year - 1 - first.0) as f64;
                if years > 0.0 { (last - first.1.ln()) / years } else { 0.0 }
            }
            Rule::Damped => ahead + kept * beside(row, year - 1, &common).unwrap_or(0.0),
        };
        Some(last + step)
    };
    rows.iter().map(expect).collect()
}

/// Mean growth of the logarithm to the year at this position, over the areas with a figure in both years, each by its size.
fn common_growth(rows: &[Row], year: usize) -> f64 {
    let (before, after) = rows
        .iter()
        .filter_map(|row| Some((positive(row, year - 1)?, positive(row, year)?)))
        .fold((0.0, 0.0), |(before, after), pair| (before + pair.0, after + pair.1));
    if before > 0.0 && after > 0.0 { (after / before).ln() } else { 0.0 }
}

/// An area's growth to a year beside the common one.
fn beside(row: &Row, year: usize, common: &[f64]) -> Option<f64> {
    let before = year.checked_sub(1)?;
    Some((positive(row, year)? / positive(row, before)?).ln() - common.get(before)?)
}

/// The share of an area's own growth that was there again a year later: least squares through the origin over all pairs, held between 0 and 1.
fn kept_share(rows: &[Row], common: &[f64]) -> f64 {
    let (mut product, mut square) = (0.0, 0.0);
    for row in rows {
        for year in 1..common.len() {
            if let (Some(one), Some(next)) = (beside(row, year, common), beside(row, year + 1, common)) {
                product += one * next;
                square += one * one;
            }
        }
    }
    if square > 0.0 { (product / square).clamp(0.0, 1.0) } else { 0.0 }
}

fn positive(row: &Row, year: usize) -> Option<f64> {
    row.get(year).copied().flatten().filter(|&count| count > 0.0)
}

/// How errors of the logarithm grow where numbers are small: variance `steady + small / size`.
struct Scale {
    steady: f64,
    small: f64,
}

impl Scale {
    /// Least squares of squared errors on one by size; a slope or level below nothing gives way to the other.
    fn of(errors: &[(f64, f64)]) -> Self {
        let n = errors.len() as f64;
        let squares = || errors.iter().map(|(error, _)| error * error);
        let inverse = || errors.iter().map(|(_, size)| 1.0 / size);
        let (mean_square, mean_inverse) = (squares().sum::<f64>() / n, inverse().sum::<f64>() / n);
        let covariance: f64 = squares().zip(inverse()).map(|(square, inverse)| (square - mean_square) * (inverse - mean_inverse)).sum();
        let variance: f64 = inverse().map(|inverse| (inverse - mean_inverse).powi(2)).sum();
        let small = if variance > 0.0 { (covariance / variance).clamp(0.0, mean_square / mean_inverse) } else { 0.0 };
        Self { steady: (mean_square - small * mean_inverse).max(1e-9), small }
    }

    fn at(&self, size: f64) -> f64 {
        (self.steady + self.small / size.max(1.0)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Areas of different size that all grow by 2% a year, and wobble by a fixed pattern.
    fn rows() -> Vec<Row> {
        let wobble = [0.0, 0.02, -0.01, 0.015, -0.02, 0.0, 0.01];
        (0..40u32)
            .map(|area| {
                let size = 100.0 + 20.0 * f64::from(area);
                (0..7).map(|year| Some((size * 1.02f64.powi(year) * (1.0 + wobble[(year as usize + area as usize) % 7])).round())).collect()
            })
            .collect()
    }

    #[test]
    fn common_growth_is_found_and_own_wobbles_are_not_carried_on() {
        let rows = rows();
        let damped: f64 = middle(&rows, 7, Rule::Damped).iter().flatten().map(|log| log.exp()).sum();
        let last: f64 = rows.iter().map(|row| row[6].unwrap()).sum();
        // Six years of 2% against two of none: 1.5%.
        assert!((damped / last - 1.015).abs() < 0.004, "{}", damped / last);
        assert!(kept_share(&rows, &(1..7).map(|year| common_growth(&rows, year)).collect::<Vec<_>>()) < 0.05);
    }

    #[test]
    fn what_is_not_published_is_not_predicted_and_too_few_years_say_nothing() {
        let mut rows = rows();
        rows[0][6] = None;
        let next = next_year(&rows, Rule::LastValue);
        assert!(next[0].is_none() && next[1].is_some());
        let short: Vec<Row> = rows.iter().map(|row| row[..2].to_vec()).collect();
        assert!(next_year(&short, Rule::LastValue).iter().all(Option::is_none));
        assert!(next_year(&[], Rule::Damped).is_empty());
    }

    #[test]
    fn a_small_area_is_less_sure_in_proportion() {
        let rows: Vec<Row> = (0..60u32)
            .map(|area| {
                let size = if area % 2 == 0 { 40.0 } else { 1600.0 };
                let wave = if area % 4 < 2 { 1.0 } else { -1.0 };
                // Wobbles of the order of the root of the number.
                (0..6).map(|year| Some((size + wave * f64::from(year % 2) * f64::sqrt(size)).round())).collect()
            })
            .collect();
        let next = next_year(&rows, Rule::LastValue);
        let relative = |at: usize| next[at].as_ref().map(|counts| counts.spread().sd / counts.mean()).unwrap();
        assert!(relative(0) > 3.0 * relative(1), "{} {}", relative(0), relative(1));
    }
}
