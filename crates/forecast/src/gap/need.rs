//! How many children need which home on a day, future by future and cell by cell.

use domain::supply::Notice;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution};

use super::ages::{Lived, YEARS};
use super::{Cohort, Home, NeedBand, Profile};

/// Who is meant: one year of age, so that homes may take any ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The home needed.
    pub home: Home,
    /// How much care.
    pub band: NeedBand,
    /// How soon.
    pub notice: Notice,
    /// Completed years of age.
    pub years: u32,
}

/// The need of one day. A model that counts ages and needs itself fills the same table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The cells, ascending.
    pub cells: Vec<Cell>,
    /// How many futures.
    pub paths: usize,
    /// `paths × cells` children, the cell fastest.
    pub children: Vec<u32>,
}

/// What requests tell of children who live in one home and needed another (A055): of those placed in a children's home, how many were sought a
/// foster home for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Requests that ended in a children's home.
    pub placed_in_homes: u32,
    /// Of them, those that sought a foster home.
    pub sought_fostering: u32,
}

impl Wanted {
    /// The share of children in children's homes who need a foster carer, once for each future: drawn from what so many requests can tell of it
    /// (Beta posterior of Jeffreys' prior), so that few requests give a wide gap and not a sure one. Nothing where no request tells.
    pub fn shares(self, paths: usize, seed: u64) -> Option<Vec<f64>> {
        let (sought, others) = (f64::from(self.sought_fostering), f64::from(self.placed_in_homes.checked_sub(self.sought_fostering)?));
        let law = Beta::new(sought + 0.5, others + 0.5).ok().filter(|_| self.placed_in_homes > 0)?;
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(1 << 62);
        Some((0..paths).map(|_| law.sample(&mut chance)).collect())
    }
}

impl Need {
    /// The children of one future, by cell.
    pub fn path(&self, path: usize) -> &[u32] {
        &self.children[path * self.cells.len()..(path + 1) * self.cells.len()]
    }

    /// One number a future: children of the cells that are meant.
    pub fn sample(&self, meant: impl Fn(&Cell) -> bool) -> Vec<u32> {
        let columns: Vec<usize> = (0..self.cells.len()).filter(|&at| meant(&self.cells[at])).collect();
        (0..self.paths).map(|path| columns.iter().map(|&at| self.path(path)[at]).sum()).collect()
    }
}

/// Says who the children of a date are. How many there are and how old is counted in the futures; how much care each needs and how soon is that of
/// one of the children who live in such a home now, those nearest in age before others.
pub fn draw(lived: &Lived, date: usize, cohort: &Cohort, wanted: Wanted, seed: u64) -> Need {
    let cells = cells();
    let mut children = vec![0; lived.paths * cells.len()];
    let alike: Vec<Vec<Alike<'_>>> =
        Home::ALL.iter().map(|&home| (0..YEARS as u32).map(|years| Alike::new(&cohort.profiles[home as usize], years)).collect()).collect();
    let shares = wanted.shares(lived.paths, seed);
    for path in 0..lived.paths {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream((path as u64) << 16 | date as u64);
        let share = shares.as_ref().map_or(0.0, |shares| shares[path]);
        for home in Home::ALL {
            for (years, &count) in lived.by_year(path, date, home).iter().enumerate() {
                for _ in 0..count {
                    let like = alike[home as usize][years].draw(unit(&mut chance));
                    let for_want_of_a_carer = home == Home::ChildrensHome && unit(&mut chance) < share;
                    let home = if for_want_of_a_carer { Home::Foster } else { home };
                    children[path * cells.len() + position(home, Profile { years: years as u32, ..like })] += 1;
                }
            }
        }
    }
    Need { cells, paths: lived.paths, children }
}

/// The children in a home now, weighed by how near they are to an age: a year apart counts two thirds, four years a fifth.
struct Alike<'a> {
    profiles: &'a [Profile],
    /// Cumulative weights.
    weights: Vec<f64>,
}

/// What a year of difference in age takes of a child's weight.
const A_YEAR_APART: f64 = 2.0 / 3.0;

/// Who is expected where nobody lives in such a home now; the age is the future's.
const USUAL: Profile = Profile { years: 14, band: NeedBand::Standard, notice: Notice::Planned };

impl<'a> Alike<'a> {
    fn new(profiles: &'a [Profile], years: u32) -> Self {
        let mut sum = 0.0;
        let weigh = |profile: &Profile| {
            sum += A_YEAR_APART.powi(profile.years.abs_diff(years) as i32);
            sum
        };
        Self { profiles, weights: profiles.iter().map(weigh).collect() }
    }

    /// The one that a number from 0 to 1 falls on.
    fn draw(&self, unit: f64) -> Profile {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let at = self.weights.partition_point(|&weight| weight <= unit * total);
        self.profiles.get(at).or(self.profiles.last()).copied().unwrap_or(USUAL)
    }
}

fn cells() -> Vec<Cell> {
    let mut cells = Vec::with_capacity(Home::ALL.len() * 3 * 2 * YEARS);
    for home in Home::ALL {
        for band in NeedBand::ALL {
            for notice in Notice::ALL {
                cells.extend((0..YEARS as u32).map(|years| Cell { home, band, notice, years }));
            }
        }
    }
    cells
}

fn position(home: Home, profile: Profile) -> usize {
    let notice = usize::from(profile.notice == Notice::Planned);
    ((home as usize * 3 + profile.band as usize) * 2 + notice) * YEARS + profile.years.min(17) as usize
}

/// A number from 0 to 1.
pub(super) fn unit(chance: &mut ChaCha8Rng) -> f64 {
    (chance.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
pub(super) mod tests {
    use domain::Day;

    use super::super::ages::tests::certain;
    use super::*;
    use crate::outlook::Spread;

    pub(in crate::gap) fn cohort(profiles: &[(Home, Profile)]) -> Cohort {
        let mut cohort = Cohort::empty(Day::year_end(2026));
        for &(home, profile) in profiles {
            cohort.profiles[home as usize].push(profile);
        }
        cohort
    }

    #[test]
    fn cells_stand_where_they_are_looked_up() {
        for (at, cell) in cells().into_iter().enumerate() {
            let profile = Profile { years: cell.years, band: cell.band, notice: cell.notice };
            assert_eq!(position(cell.home, profile), at);
        }
    }

    #[test]
    fn numbers_and_ages_are_the_futures_and_needs_those_of_children_of_like_age() {
        let teen = Profile { years: 14, band: NeedBand::Complex, notice: Notice::Planned };
        let baby = Profile { years: 0, band: NeedBand::Standard, notice: Notice::Emergency };
        let lived = certain(400, &[(Home::Foster, 0, 20), (Home::Foster, 16, 20), (Home::ChildrensHome, 17, 20)]);
        let cohort = cohort(&[(Home::Foster, teen), (Home::Foster, baby), (Home::ChildrensHome, teen)]);
        let need = draw(&lived, 0, &cohort, Wanted::default(), 1);
        assert!(need.sample(|cell| cell.home == Home::Foster && cell.years == 16).iter().all(|&children| children == 20));
        assert!(need.sample(|cell| cell.years == 14).iter().all(|&children| children == 0), "nobody stays as old as today's children are");
        let like_teens = need.sample(|cell| cell.home == Home::Foster && cell.years == 16 && cell.band == NeedBand::Complex);
        assert!(Spread::of(like_teens.into_iter().map(f64::from).collect()).mean > 19.5, "two years apart, not sixteen");
        let babies = need.sample(|cell| cell.home == Home::Foster && cell.years == 0 && cell.notice == Notice::Emergency);
        assert!(Spread::of(babies.into_iter().map(f64::from).collect()).mean > 19.5);
        assert!(need.sample(|_| true).iter().all(|&children| children == 60), "nobody is lost");
    }

    #[test]
    fn few_requests_tell_a_share_that_is_not_sure() {
        let teen = Profile { years: 14, band: NeedBand::Standard, notice: Notice::Planned };
        let lived = certain(2_000, &[(Home::ChildrensHome, 14, 40)]);
        let carers = |placed_in_homes: u32, sought_fostering: u32| {
            let wanted = Wanted { placed_in_homes, sought_fostering };
            let need = draw(&lived, 0, &cohort(&[(Home::ChildrensHome, teen)]), wanted, 1);
            Spread::of(need.sample(|cell| cell.home == Home::Foster).into_iter().map(f64::from).collect())
        };
        let (few, many) = (carers(8, 2), carers(8_000, 2_000));
        assert!((many.mean - 10.0).abs() < 0.3 && (many.sd - 2.74).abs() < 0.3, "binomial around a share that is known: {many:?}");
        // (2 + 1/2) ÷ (8 + 1) of forty; the share itself varies by 0.13.
        assert!((few.mean - 40.0 * 2.5 / 9.0).abs() < 0.5 && few.sd > 5.0, "{few:?}");
        assert_eq!(Wanted::default().shares(3, 1), None);
        assert!(carers(0, 0).mean.abs() < 1e-12);
    }
}
