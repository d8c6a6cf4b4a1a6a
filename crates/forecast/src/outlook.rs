//! What is said of many futures: the middle, how wide it lies, and the chance of more than so many.

use domain::{Day, number};

use crate::paths::{Paths, Pick};

/// One number ahead with its uncertainty, in children. Quantiles of whole futures, so none is below zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean of all futures.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// As many futures lie below as above.
    pub median: f64,
    /// Half of the futures lie from the first to the second.
    pub half: (f64, f64),
    /// Eighty of a hundred.
    pub eighty: (f64, f64),
    /// Ninety-five of a hundred.
    pub ninety_five: (f64, f64),
}

/// A forecast of one group at one date.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The date.
    pub date: Day,
    /// The authority; nothing for all of them together.
    pub authority: Option<String>,
    /// A name of [`crate::paths::Groups::names`], or `Total`.
    pub group: &'static str,
    /// The number: a forecast, which is never a plan, a target or a count (dossier F33).
    pub spread: number::Forecast<Spread>,
}

/// A whole forecast, in the order authority, date, group, `Total` last.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The last day that was known.
    pub from: Day,
    /// Every number.
    pub points: Vec<Point>,
}

/// Whether an outlook speaks of each authority or of all of them together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Split {
    /// Added up within each path, so that what authorities share widens the bands as it should.
    #[default]
    Together,
    /// One by one.
    ByAuthority,
}

/// The name of the sum of all groups.
pub const TOTAL: &str = "Total";

impl Outlook {
    /// What is said of these paths.
    pub fn of(paths: &Paths, from: Day, split: Split) -> Self {
        let names = paths.groups.names();
        let authorities: Vec<Pick> = match split {
            Split::Together => vec![Pick::Sum],
            Split::ByAuthority => (0..paths.authorities.len()).map(Pick::One).collect(),
        };
        let groups = || names.iter().enumerate().map(|(at, name)| (Pick::One(at), *name)).chain([(Pick::Sum, TOTAL)]);
        let mut points = Vec::with_capacity(authorities.len() * paths.dates.len() * (names.len() + 1));
        for &who in &authorities {
            let authority = match who {
                Pick::One(at) => Some(paths.authorities[at].clone()),
                Pick::Sum => None,
            };
            for (date, &day) in paths.dates.iter().enumerate() {
                for (group, name) in groups() {
                    let spread = Spread::of(paths.sample(who, date, group).into_iter().map(f64::from).collect());
                    points.push(Point { date: day, authority: authority.clone(), group: name, spread: number::Forecast(spread) });
                }
            }
        }
        Self { from, points }
    }
}

impl Spread {
    /// The spread of a sample. Quantiles lie between neighbouring values in proportion (Hyndman and Fan 1996, type 7). An empty sample is zero.
    pub fn of(mut sample: Vec<f64>) -> Self {
        sample.sort_unstable_by(f64::total_cmp);
        let n = sample.len().max(1) as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let variance = sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        let at = |share: f64| quantile(&sample, share);
        Self {
            mean,
            sd: variance.sqrt(),
            median: at(0.5),
            half: (at(0.25), at(0.75)),
            eighty: (at(0.1), at(0.9)),
            ninety_five: (at(0.025), at(0.975)),
        }
    }
}

/// The quantile of an ascending sample at a share from 0 to 1; zero of an empty one.
pub fn quantile(ascending: &[f64], share: f64) -> f64 {
    let Some(last) = ascending.len().checked_sub(1) else { return 0.0 };
    let position = share * last as f64;
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    ascending[below] + (position - below as f64) * (ascending[above] - ascending[below])
}

/// The chance that need is greater than `children`: the share of futures in which it is.
pub fn chance_above(sample: &[u32], children: u32) -> f64 {
    sample.iter().filter(|&&count| count > children).count() as f64 / sample.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::Groups;

    #[test]
    fn the_spread_of_known_numbers() {
        let spread = Spread::of((0..=100).rev().map(f64::from).collect());
        assert!((spread.mean - 50.0).abs() < 1e-12 && (spread.median - 50.0).abs() < 1e-12);
        // Variance of 0..=100 with n - 1: 101 * 102 / 12.
        assert!((spread.sd.powi(2) - 101.0 * 102.0 / 12.0).abs() < 1e-9);
        assert_eq!((spread.half, spread.eighty), ((25.0, 75.0), (10.0, 90.0)));
        assert!((spread.ninety_five.0 - 2.5).abs() < 1e-12 && (spread.ninety_five.1 - 97.5).abs() < 1e-12);
        assert_eq!(Spread::of(Vec::new()).ninety_five, (0.0, 0.0));
    }

    #[test]
    fn the_chance_of_more_than_so_many_counts_futures() {
        assert!((chance_above(&[1, 2, 3, 4], 2) - 0.5).abs() < 1e-12);
        assert!(chance_above(&[1, 2], 2).abs() < 1e-12);
    }

    #[test]
    fn an_outlook_is_in_the_order_authority_date_group_and_the_total_last() {
        let dates = vec![Day::year_end(2024), Day::year_end(2025)];
        let mut paths = Paths::empty(vec!["A".to_owned(), "B".to_owned()], dates.clone(), Groups::Broad, 3);
        for path in 0..3 {
            paths.at_mut(path, 0, 0)[0] = 10 + path as u32;
            // What A gains B loses: together nothing is uncertain.
            paths.at_mut(path, 1, 0)[0] = 20 - path as u32;
        }
        let each = Outlook::of(&paths, Day::year_end(2023), Split::ByAuthority);
        assert_eq!(each.points.len(), 2 * 2 * 5);
        assert_eq!((each.points[4].group, each.points[4].authority.as_deref(), each.points[4].date), (TOTAL, Some("A"), dates[0]));
        assert!((each.points[0].spread.0.mean - 11.0).abs() < 1e-12);
        let together = Outlook::of(&paths, Day::year_end(2023), Split::Together);
        assert_eq!(together.points.len(), 2 * 5);
        assert_eq!(together.points[0].spread.0.ninety_five, (30.0, 30.0));
    }
}
