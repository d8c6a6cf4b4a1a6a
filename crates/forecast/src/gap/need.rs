//! How many children need which home on a day, future by future and cell by cell.

use domain::supply::Notice;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Cohort, Home, NeedBand, Profile};
use crate::paths::{Groups, Paths, Pick};

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
    /// The share of children in children's homes who need a foster carer; nothing where no request tells.
    pub fn share(self) -> Option<f64> {
        (self.placed_in_homes > 0).then(|| f64::from(self.sought_fostering) / f64::from(self.placed_in_homes))
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

/// Draws who the children of a forecast's date are. Their number is the forecast's; each is one of the children who live in such a home now, so that
/// ages, needs and notice go together as they do. Nothing where the forecast has broad groups: kin are not told from foster carers there.
pub fn draw(paths: &Paths, date: usize, cohort: &Cohort, wanted: Wanted, seed: u64) -> Option<Need> {
    if paths.groups != Groups::Detailed {
        return None;
    }
    let cells = cells();
    let mut children = vec![0; paths.paths * cells.len()];
    let counts: Vec<Vec<u32>> = Home::ALL.iter().map(|&home| of_home(paths, date, home)).collect();
    let share = wanted.share().unwrap_or(0.0);
    for path in 0..paths.paths {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream((path as u64) << 16 | date as u64);
        for home in Home::ALL {
            let profiles = &cohort.profiles[home as usize];
            for _ in 0..counts[home as usize][path] {
                let drawn = (unit(&mut chance) * profiles.len() as f64) as usize;
                let profile = profiles.get(drawn.min(profiles.len().saturating_sub(1))).copied().unwrap_or(USUAL);
                let for_want_of_a_carer = home == Home::ChildrensHome && unit(&mut chance) < share;
                let home = if for_want_of_a_carer { Home::Foster } else { home };
                children[path * cells.len() + position(home, profile)] += 1;
            }
        }
    }
    Some(Need { cells, paths: paths.paths, children })
}

/// Who is expected where nobody lives in such a home now.
const USUAL: Profile = Profile { years: 14, band: NeedBand::Standard, notice: Notice::Planned };

fn of_home(paths: &Paths, date: usize, home: Home) -> Vec<u32> {
    let mut counts = vec![0; paths.paths];
    for kind in home.kinds() {
        for (sum, children) in counts.iter_mut().zip(paths.sample(Pick::Sum, date, Pick::One(kind as usize))) {
            *sum += children;
        }
    }
    counts
}

fn cells() -> Vec<Cell> {
    let mut cells = Vec::with_capacity(Home::ALL.len() * 3 * 2 * 18);
    for home in Home::ALL {
        for band in NeedBand::ALL {
            for notice in Notice::ALL {
                cells.extend((0..18).map(|years| Cell { home, band, notice, years }));
            }
        }
    }
    cells
}

fn position(home: Home, profile: Profile) -> usize {
    let notice = usize::from(profile.notice == Notice::Planned);
    ((home as usize * 3 + profile.band as usize) * 2 + notice) * 18 + profile.years.min(17) as usize
}

fn unit(chance: &mut ChaCha8Rng) -> f64 {
    (chance.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
pub(super) mod tests {
    use domain::Day;

    use super::*;
    use crate::kind::Kind;

    /// So many children by kind on one date in every future.
    pub(in crate::gap) fn certain(paths: usize, counts: &[(Kind, u32)]) -> Paths {
        let mut made = Paths::empty(vec!["A".to_owned()], vec![Day::year_end(2027)], Groups::Detailed, paths);
        for path in 0..paths {
            for &(kind, children) in counts {
                made.at_mut(path, 0, 0)[kind as usize] = children;
            }
        }
        made
    }

    pub(in crate::gap) fn cohort(profiles: &[(Home, Profile)]) -> Cohort {
        let mut cohort = Cohort {
            on: Day::year_end(2026),
            profiles: Default::default(),
            stock: [0; 13],
            sibling_groups: [0; 3],
            short_breaks: 0,
            parent_and_child: 0,
            step_down_candidates: Vec::new(),
        };
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
    fn numbers_are_the_forecasts_and_people_are_todays() {
        let teen = Profile { years: 14, band: NeedBand::Complex, notice: Notice::Planned };
        let baby = Profile { years: 0, band: NeedBand::Standard, notice: Notice::Emergency };
        let paths =
            certain(400, &[(Kind::InHouseFostering, 30), (Kind::AgencyFostering, 10), (Kind::Kinship, 99), (Kind::ExternalHome, 20)]);
        let cohort = cohort(&[(Home::Foster, teen), (Home::Foster, baby), (Home::ChildrensHome, teen)]);
        let need = draw(&paths, 0, &cohort, Wanted::default(), 1).unwrap();
        assert!(need.sample(|cell| cell.home == Home::Foster).iter().all(|&children| children == 40), "kin are not stocked");
        let babies = need.sample(|cell| cell.home == Home::Foster && cell.years == 0 && cell.notice == Notice::Emergency);
        let mean = f64::from(babies.iter().sum::<u32>()) / 400.0;
        assert!((mean - 20.0).abs() < 1.0, "half of the children are babies: {mean}");
        let wanted = Wanted { placed_in_homes: 8, sought_fostering: 2 };
        let need = draw(&paths, 0, &cohort, wanted, 1).unwrap();
        let homes = need.sample(|cell| cell.home == Home::ChildrensHome);
        let mean = f64::from(homes.iter().sum::<u32>()) / 400.0;
        assert!((mean - 15.0).abs() < 0.5, "a quarter of twenty needs a carer: {mean}");
        assert!(need.sample(|_| true).iter().all(|&children| children == 60), "nobody is lost");
        assert_eq!(draw(&Paths::empty(vec![], vec![], Groups::Broad, 1), 0, &cohort, wanted, 1), None);
    }
}
