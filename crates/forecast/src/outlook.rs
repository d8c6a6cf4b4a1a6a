//! What is said of many futures: the middle, how wide it lies, and the chance of more than so many.

use domain::{Day, number};

use crate::counts::Counts;
use crate::paths::{Paths, Pick};

/// One number ahead with its uncertainty, in children, pounds or a share. Quantiles are those of [`quantile`], of whole futures: what no future can have, none says.
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
    /// The chance of each number, for a model that has one: the spread is drawn from it.
    pub counts: Option<Counts>,
}

impl Point {
    /// A point of a model that says how likely each number is.
    pub fn new(date: Day, authority: Option<String>, group: &'static str, counts: Counts) -> Self {
        Self { date, authority, group, spread: number::Forecast(counts.spread()), counts: Some(counts) }
    }

    /// The chance that need is greater than `children`; nothing for a model that prints a band and no chances.
    pub fn chance_above(&self, children: u32) -> Option<f64> {
        self.counts.as_ref().map(|counts| 1.0 - counts.at_most(children))
    }
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
                    points.push(Point::new(day, authority.clone(), name, Counts::sample(&paths.sample(who, date, group))));
                }
            }
        }
        Self { from, points }
    }
}

impl Spread {
    /// The spread of a sample. An empty sample is zero.
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

/// The quantile of an ascending sample at a share from 0 to 1: the smallest value that is not exceeded in that share of it (Hyndman and Fan 1996, type 1),
/// zero of an empty one. The one convention of every forecast, as [`Counts::quantile`] has it: what is printed is a number that came in some future, the
/// same whether futures were drawn or worked out, and the one that the examiner judges.
pub fn quantile(ascending: &[f64], share: f64) -> f64 {
    // Rounding in the product must not push a quantile one value up.
    let at = (share * ascending.len() as f64 - 1e-9).ceil() as usize;
    ascending.get(at.saturating_sub(1)).or(ascending.last()).copied().unwrap_or(0.0)
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
        let spread = Spread::of((1..=200).rev().map(f64::from).collect());
        assert!((spread.mean - 100.5).abs() < 1e-12);
        // Variance of 1..=200 with n - 1: 200 * 201 / 12.
        assert!((spread.sd.powi(2) - 200.0 * 201.0 / 12.0).abs() < 1e-9);
        assert_eq!((spread.median, spread.half), (100.0, (50.0, 150.0)));
        assert_eq!((spread.eighty, spread.ninety_five), ((20.0, 180.0), (5.0, 195.0)));
        assert_eq!(Spread::of(Vec::new()).ninety_five, (0.0, 0.0));
    }

    #[test]
    fn a_sample_and_the_chances_of_its_numbers_have_the_same_spread() {
        let sample: Vec<u32> = (0..77u32).map(|at| at * at % 41 + 3).collect();
        let (one, other) = (Spread::of(sample.iter().copied().map(f64::from).collect()), Counts::sample(&sample).spread());
        assert_eq!((one.median, one.half, one.eighty, one.ninety_five), (other.median, other.half, other.eighty, other.ninety_five));
        assert!((one.mean - other.mean).abs() < 1e-9 && (one.sd - other.sd).abs() < 1e-9, "{one:?} {other:?}");
    }

    #[test]
    fn the_chance_of_more_than_so_many_counts_futures() {
        let point = |sample: &[u32]| Point::new(Day::year_end(2024), None, TOTAL, Counts::sample(sample));
        for (children, chance) in [(0, 1.0), (2, 0.5), (4, 0.0), (900, 0.0)] {
            assert!((point(&[1, 2, 3, 4]).chance_above(children).unwrap() - chance).abs() < 1e-12, "{children}");
            assert!((chance_above(&[1, 2, 3, 4], children) - chance).abs() < 1e-12, "{children}");
        }
        let band_only = Point { counts: None, ..point(&[1]) };
        assert_eq!(band_only.chance_above(0), None);
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
