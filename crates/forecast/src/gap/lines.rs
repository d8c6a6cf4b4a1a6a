//! The gap, line by line, and what would close each.

use domain::Day;
use domain::supply::{Notice, Vehicle};

use super::matching::Supply;
use super::topics::{self, TopicLine};
use super::{AGE_BANDS, Area, Cell, Cohort, Home, Lot, Need, NeedBand, Special, age_band};
use crate::kind::Kind;
use crate::outlook::{Spread, chance_above};
use crate::scenario::Ages;

/// Need and supply of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct AtDate {
    /// The day.
    pub date: Day,
    /// Need.
    pub need: Need,
    /// Homes, as they are on the day.
    pub lots: Vec<Lot>,
}

/// The gap at the last of some dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The date of every line.
    pub date: Day,
    /// Lines with any need, the greatest expected shortfall first.
    pub lines: Vec<Line>,
    /// Every home as a whole, those in the area before those anywhere; every child and place once.
    pub homes: Vec<HomeLine>,
    /// What does not fit a cell: siblings, emergencies, 16 and over, parents with a child, short breaks.
    pub topics: Vec<TopicLine>,
    /// Of homes shared with other authorities, the share that comes to this one, by [`Home::ALL`].
    pub shares: [f64; 5],
    /// Whether the supply tells specialist homes from others, by [`Home::ALL`]; where it does not, every home is taken to take complex need.
    pub specialist_told: [bool; 5],
}

/// One cell of need against what there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The home needed.
    pub home: Home,
    /// Ages.
    pub ages: Ages,
    /// How much care.
    pub band: NeedBand,
    /// How soon.
    pub notice: Notice,
    /// Against homes in the area, or anywhere.
    pub area: Area,
    /// Children.
    pub need: Spread,
    /// Registered places that could take such a child. Homes that take several ages or needs stand in several lines.
    pub registered: u32,
    /// Of them, usable by this authority on the day.
    pub usable: u32,
    /// The usable ones by [`Vehicle::ALL`].
    pub by_vehicle: [u32; 4],
    /// Children left without a home once all lines have shared what there is.
    pub shortfall: Spread,
    /// The share of futures with any.
    pub chance: f64,
    /// The first of the dates on which a shortfall is more likely than not.
    pub short_from: Option<Day>,
    /// What would close it, the nearest first.
    pub ways: Vec<Way>,
}

/// One home, all ages and needs together.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeLine {
    /// The home needed.
    pub home: Home,
    /// Against homes in the area, or anywhere.
    pub area: Area,
    /// Children.
    pub need: Spread,
    /// Registered places to live in.
    pub registered: u32,
    /// Of them, usable by this authority on the day.
    pub usable: u32,
    /// Children left without a home that takes their age, need and notice.
    pub shortfall: Spread,
    /// The share of futures with any.
    pub chance: f64,
}

/// What would close a gap. Together they leave nine of ten futures without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Bring closed or blocked places back into use (A056).
    Reopen(u32),
    /// Renew contracts that end before the day, or bring forward those that begin after it.
    Renew(u32),
    /// Use places outside the area, where that is right for the child (A002).
    Outside(u32),
    /// Find, approve, build or buy more.
    More(u32),
}

/// Places needed so that this share of futures has no shortfall is the upper end of the band of eighty in a hundred.
fn to_close(shortfall: &Spread) -> u32 {
    shortfall.eighty.1.ceil() as u32
}

/// The part of homes shared with other authorities that comes to this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share<'a> {
    /// So much of every home.
    Given(f64),
    /// What comes today: this authority's children outside its own and block places ÷ shared usable places (at most one), home by home, with the homes
    /// as they are on the last known day. Contracts that end later leave a gap, they do not raise the share.
    AsToday(&'a [Lot]),
}

/// Compares need and supply on some dates; lines are those of the last. Nothing where there is no date.
pub fn gap(dates: &[AtDate], cohort: &Cohort, share: Share<'_>, seed: u64) -> Option<Gap> {
    let last = dates.last()?;
    let shares = Home::ALL.map(|home| match share {
        Share::Given(share) => share,
        Share::AsToday(lots) => share_today(home, lots, cohort),
    });
    let (mut lines, mut homes) = (Vec::new(), Vec::new());
    for area in [Area::Inside, Area::Anywhere] {
        let chances: Vec<(Day, Vec<f64>)> = dates.iter().map(|at| (at.date, chances(at, area, &shares))).collect();
        let supply = Supply::new(&last.lots, area, &shares);
        let unmet = supply.unmet_in_all(&last.need);
        homes.extend(Home::ALL.into_iter().filter_map(|home| whole(home, area, last, &unmet, shares[home as usize])));
        for (position, key) in keys().into_iter().enumerate() {
            let meant = |cell: &Cell| key.holds(*cell);
            let need = last.need.sample(meant);
            if need.iter().all(|&children| children == 0) {
                continue;
            }
            let columns: Vec<usize> = (0..last.need.cells.len()).filter(|&at| meant(&last.need.cells[at])).collect();
            let short: Vec<u32> = unmet.iter().map(|left| columns.iter().map(|&at| left[at]).sum()).collect();
            let shortfall = spread(&short);
            let fits: Vec<&Lot> = last.lots.iter().filter(|lot| key.fits(lot, supply.tells(key.home))).collect();
            let here: Vec<&&Lot> = fits.iter().filter(|lot| area == Area::Anywhere || lot.area == Area::Inside).collect();
            let by_vehicle =
                Vehicle::ALL.map(|vehicle| usable(here.iter().filter(|lot| lot.vehicle == vehicle), shares[key.home as usize]));
            lines.push(Line {
                home: key.home,
                ages: AGE_BANDS[key.ages],
                band: key.band,
                notice: key.notice,
                area,
                need: spread(&need),
                registered: here.iter().map(|lot| lot.registered).sum(),
                usable: by_vehicle.iter().sum(),
                by_vehicle,
                chance: chance_above(&short, 0),
                short_from: chances.iter().find(|(_, chances)| chances[position] > 0.5).map(|(date, _)| *date),
                ways: ways(&shortfall, &fits, area),
                shortfall,
            });
        }
    }
    lines.sort_by(|one, other| other.shortfall.mean.total_cmp(&one.shortfall.mean).then(other.chance.total_cmp(&one.chance)));
    let topics = topics::topics(last, cohort, &shares, seed);
    let supply = Supply::new(&last.lots, Area::Anywhere, &shares);
    Some(Gap { date: last.date, lines, homes, topics, shares, specialist_told: Home::ALL.map(|home| supply.tells(home)) })
}

/// A home as a whole; nothing where no future has a child who needs it.
fn whole(home: Home, area: Area, at: &AtDate, unmet: &[Vec<u32>], share: f64) -> Option<HomeLine> {
    let need = at.need.sample(|cell| cell.home == home);
    if need.iter().all(|&children| children == 0) {
        return None;
    }
    let columns: Vec<usize> = (0..at.need.cells.len()).filter(|&cell| at.need.cells[cell].home == home).collect();
    let short: Vec<u32> = unmet.iter().map(|left| columns.iter().map(|&cell| left[cell]).sum()).collect();
    let lived_in = |lot: &&Lot| lot.home == home && matches!(lot.special, Special::None | Special::Complex);
    let lots: Vec<&Lot> = at.lots.iter().filter(lived_in).filter(|lot| area == Area::Anywhere || lot.area == Area::Inside).collect();
    let lots: Vec<&&Lot> = lots.iter().collect();
    Some(HomeLine {
        home,
        area,
        need: spread(&need),
        registered: lots.iter().map(|lot| lot.registered).sum(),
        usable: usable(lots.iter(), share),
        chance: chance_above(&short, 0),
        shortfall: spread(&short),
    })
}

/// Which cells a line holds.
#[derive(Clone, Copy)]
struct Key {
    home: Home,
    ages: usize,
    band: NeedBand,
    notice: Notice,
}

impl Key {
    fn holds(self, cell: Cell) -> bool {
        (self.home, self.ages, self.band, self.notice) == (cell.home, age_band(cell.years), cell.band, cell.notice)
    }

    /// Whether a lot could take one of the line's children.
    fn fits(self, lot: &Lot, specialist_told: bool) -> bool {
        let special = match lot.special {
            Special::Complex => true,
            Special::None => self.band != NeedBand::Complex || !specialist_told,
            Special::ParentAndChild | Special::ShortBreaks => false,
        };
        special && lot.home == self.home && lot.notice == self.notice && lot.ages.shared_with(AGE_BANDS[self.ages]) > 0
    }
}

fn keys() -> Vec<Key> {
    let mut keys = Vec::new();
    for home in Home::ALL {
        for ages in 0..AGE_BANDS.len() {
            for band in NeedBand::ALL {
                keys.extend(Notice::ALL.map(|notice| Key { home, ages, band, notice }));
            }
        }
    }
    keys
}

/// The chance of a shortfall in each line on a day, in the order of [`keys`].
fn chances(at: &AtDate, area: Area, shares: &[f64; 5]) -> Vec<f64> {
    let supply = Supply::new(&at.lots, area, shares);
    let keys = keys();
    // The line of each cell, found once.
    let of_cell: Vec<Option<usize>> = at.need.cells.iter().map(|cell| keys.iter().position(|key| key.holds(*cell))).collect();
    let mut short = vec![0u32; keys.len()];
    for unmet in supply.unmet_in_all(&at.need) {
        let mut any = vec![false; keys.len()];
        for (left, key) in unmet.into_iter().zip(&of_cell) {
            if let (true, Some(key)) = (left > 0, *key) {
                any[key] = true;
            }
        }
        for (count, any) in short.iter_mut().zip(any) {
            *count += u32::from(any);
        }
    }
    short.into_iter().map(|count| f64::from(count) / at.need.paths.max(1) as f64).collect()
}

/// Usable places of some lots, those shared with others at this authority's share; whole places.
fn usable<'a>(lots: impl Iterator<Item = &'a &'a &'a Lot>, share: f64) -> u32 {
    let places: f64 = lots.map(|lot| f64::from(lot.usable) * if lot.vehicle.is_shared() { share } else { 1.0 }).sum();
    (places + 1e-9) as u32
}

fn ways(shortfall: &Spread, fits: &[&Lot], area: Area) -> Vec<Way> {
    let mut open = to_close(shortfall);
    let mut ways = Vec::new();
    let sum = |meant: &dyn Fn(&&&Lot) -> bool, places: &dyn Fn(&Lot) -> u32| fits.iter().filter(meant).map(|lot| places(lot)).sum::<u32>();
    let here = |lot: &&&Lot| area == Area::Anywhere || lot.area == Area::Inside;
    let blocked = sum(&here, &|lot| lot.registered.saturating_sub(lot.usable).saturating_sub(lot.not_in_force));
    let ended = sum(&here, &|lot| lot.not_in_force);
    let outside = if area == Area::Inside { sum(&|lot| lot.area != Area::Inside, &|lot| lot.usable) } else { 0 };
    for (places, way) in [(blocked, Way::Reopen as fn(u32) -> Way), (ended, Way::Renew), (outside, Way::Outside)] {
        let used = places.min(open);
        if used > 0 {
            ways.push(way(used));
            open -= used;
        }
    }
    if open > 0 {
        ways.push(Way::More(open));
    }
    ways
}

fn share_today(home: Home, lots: &[Lot], cohort: &Cohort) -> f64 {
    let places = |shared: bool| -> u32 {
        let lived_in = lots.iter().filter(|lot| lot.home == home && matches!(lot.special, Special::None | Special::Complex));
        lived_in.filter(|lot| lot.vehicle.is_shared() == shared && (shared || lot.vehicle == Vehicle::Block)).map(|lot| lot.usable).sum()
    };
    // Children in unregistered or unnamed places live in no home of the market.
    let elsewhere = |kind: &Kind| !matches!(kind, Kind::InHouseFostering | Kind::OwnHome | Kind::Other);
    let with_others: u32 = home.kinds().filter(elsewhere).map(|kind| cohort.stock[kind as usize]).sum();
    let (block, shared) = (places(false), places(true));
    if shared == 0 { 0.0 } else { (f64::from(with_others.saturating_sub(block)) / f64::from(shared)).min(1.0) }
}

pub(super) fn spread(sample: &[u32]) -> Spread {
    Spread::of(sample.iter().map(|&children| f64::from(children)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::matching::tests::lot;
    use super::super::need::tests::{certain, cohort};
    use super::super::{Profile, Wanted, draw};
    use super::*;

    const TEEN: Profile = Profile { years: 14, band: NeedBand::Standard, notice: Notice::Planned };

    fn found(children: u32, lots: Vec<Lot>) -> Gap {
        let mut cohort = cohort(&[(Home::ChildrensHome, TEEN)]);
        cohort.stock[Kind::ExternalHome as usize] = 6;
        let need = draw(&certain(50, &[(Kind::ExternalHome, children)]), 0, &cohort, Wanted::default(), 1).unwrap();
        let today = lots.clone();
        gap(&[AtDate { date: Day::year_end(2027), need, lots }], &cohort, Share::AsToday(&today), 1).unwrap()
    }

    #[test]
    fn a_contract_that_ends_leaves_a_gap_and_does_not_raise_the_share_of_others() {
        let mut cohort = cohort(&[(Home::ChildrensHome, TEEN)]);
        cohort.stock[Kind::ExternalHome as usize] = 6;
        let need = draw(&certain(50, &[(Kind::ExternalHome, 6)]), 0, &cohort, Wanted::default(), 1).unwrap();
        let shared = |places: u32| lot(Home::ChildrensHome, (0, 17), places, Vehicle::Framework);
        let today = [shared(12)];
        let half = vec![AtDate { date: Day::year_end(2027), need, lots: vec![shared(6)] }];
        let gap = gap(&half, &cohort, Share::AsToday(&today), 1).unwrap();
        assert!((gap.shares[Home::ChildrensHome as usize] - 0.5).abs() < 1e-12);
        assert!((gap.lines[0].shortfall.mean - 3.0).abs() < 1e-9, "half of six places for six children: {:?}", gap.lines[0].shortfall);
    }

    fn line(gap: &Gap, area: Area) -> &Line {
        gap.lines.iter().find(|line| line.area == area).unwrap()
    }

    #[test]
    fn the_gap_is_need_less_usable_supply_in_the_area() {
        // Dossier A001, A056: ten children; own home of four with one place blocked, block of two, and two places outside the area.
        let own = Lot { usable: 3, ..lot(Home::ChildrensHome, (10, 17), 4, Vehicle::Own) };
        let block = lot(Home::ChildrensHome, (10, 17), 2, Vehicle::Block);
        let far = Lot { area: Area::Anywhere, ..lot(Home::ChildrensHome, (10, 17), 2, Vehicle::Own) };
        let ended = Lot { usable: 0, not_in_force: 1, ..lot(Home::ChildrensHome, (10, 17), 1, Vehicle::Block) };
        let young = lot(Home::ChildrensHome, (5, 9), 8, Vehicle::Own);
        let gap = found(10, vec![own, block, far, ended, young]);
        let inside = line(&gap, Area::Inside);
        assert_eq!((inside.registered, inside.usable, inside.by_vehicle), (7, 5, [3, 2, 0, 0]));
        assert_eq!((inside.shortfall.mean, inside.shortfall.ninety_five, inside.chance), (5.0, (5.0, 5.0), 1.0));
        assert_eq!(inside.ways, [Way::Reopen(1), Way::Renew(1), Way::Outside(2), Way::More(1)]);
        assert_eq!(inside.short_from, Some(Day::year_end(2027)));
        let anywhere = line(&gap, Area::Anywhere);
        assert_eq!((anywhere.usable, anywhere.shortfall.median), (7, 3.0));
        assert_eq!(anywhere.ways, [Way::Reopen(1), Way::Renew(1), Way::More(1)]);
        assert_eq!(gap.lines[0].area, Area::Inside, "the greater shortfall first");
        let whole = &gap.homes[0];
        assert_eq!((whole.home, whole.area, whole.need.median, whole.shortfall.median), (Home::ChildrensHome, Area::Inside, 10.0, 5.0));
        assert_eq!((whole.registered, whole.usable), (15, 13), "the home for the young is a place, and takes none of these children");
        assert_eq!((gap.homes.len(), gap.homes[1].usable), (2, 15));
    }

    #[test]
    fn enough_homes_are_no_gap() {
        let gap = found(4, vec![lot(Home::ChildrensHome, (0, 17), 5, Vehicle::Own)]);
        assert_eq!(
            (line(&gap, Area::Inside).chance, line(&gap, Area::Inside).ways.len(), line(&gap, Area::Inside).short_from),
            (0.0, 0, None)
        );
    }

    #[test]
    fn shared_homes_give_what_they_give_today_unless_told_otherwise() {
        // Six children live in external homes; a block holds two of them; so four of twenty shared places are this authority's.
        let lots = vec![lot(Home::ChildrensHome, (0, 17), 2, Vehicle::Block), lot(Home::ChildrensHome, (0, 17), 20, Vehicle::Framework)];
        let gap = found(8, lots);
        assert!((gap.shares[Home::ChildrensHome as usize] - 0.2).abs() < 1e-12);
        assert_eq!(line(&gap, Area::Anywhere).by_vehicle, [0, 2, 4, 0]);
        assert!((line(&gap, Area::Anywhere).shortfall.mean - 2.0).abs() < 1e-12);
    }
}
