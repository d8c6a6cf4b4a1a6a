//! The gap, line by line, and what would close each.

use domain::Day;
use domain::number::whole_down;
use domain::supply::{Notice, Vehicle};

use super::matching::{Supply, Terms};
use super::topics::{self, TopicLine};
use super::{AGE_BANDS, Area, Cell, Cohort, Home, Lot, Need, NeedBand, Special, age_band};
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

/// The gap over some dates: each line on the date on which it is worst.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The last date: no line lies beyond it.
    pub date: Day,
    /// Lines with any need, the greatest expected shortfall first.
    pub lines: Vec<Line>,
    /// Every home as a whole, those in the area before those anywhere; every child and place once.
    pub homes: Vec<HomeLine>,
    /// What does not fit a cell: siblings, emergencies, 16 and over, parents with a child, short breaks.
    pub topics: Vec<TopicLine>,
    /// How far the supply is this authority's.
    pub terms: Terms,
    /// Whether the supply tells specialist homes from others, by [`Home::ALL`].
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
    /// The date of all that follows: the one with the greatest expected shortfall, the last where there is none.
    pub date: Day,
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
    /// The date of all that follows: the one with the greatest expected shortfall, the last where there is none.
    pub date: Day,
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

/// Compares need and supply on some dates. Nothing where there is no date.
pub fn gap(dates: &[AtDate], cohort: &Cohort, terms: Terms, seed: u64) -> Option<Gap> {
    let last = dates.last()?;
    let (mut lines, mut homes, mut topics) = (Vec::new(), Vec::new(), Vec::new());
    for area in [Area::Inside, Area::Anywhere] {
        let mut of_lines: Vec<Vec<Line>> = vec![Vec::new(); KEYS];
        let mut of_homes: Vec<Vec<HomeLine>> = vec![Vec::new(); Home::ALL.len()];
        let mut of_topics: Vec<Vec<TopicLine>> = Vec::new();
        for at in dates {
            let unmet = Supply::new(&at.lots, area, &terms).unmet_in_all(&at.need);
            for (key, of_line) in keys().into_iter().zip(&mut of_lines) {
                of_line.extend(line(key, area, at, &unmet, &terms));
            }
            for (home, of_home) in Home::ALL.into_iter().zip(&mut of_homes) {
                of_home.extend(whole(home, area, at, &unmet, &terms));
            }
            if area == Area::Anywhere {
                let found = topics::topics(at, &unmet, cohort, &terms, seed);
                of_topics.resize_with(found.len(), Vec::new);
                of_topics.iter_mut().zip(found).for_each(|(of_topic, line)| of_topic.push(line));
            }
        }
        lines.extend(of_lines.into_iter().filter_map(|of_line| {
            let short_from = of_line.iter().find(|line| line.chance > 0.5).map(|line| line.date);
            worst(of_line, |line| line.shortfall.mean).map(|line| Line { short_from, ..line })
        }));
        homes.extend(of_homes.into_iter().filter_map(|of_home| worst(of_home, |line| line.shortfall.mean)));
        topics.extend(of_topics.into_iter().filter_map(|of_topic| worst(of_topic, |line| line.shortfall.map_or(0.0, |short| short.mean))));
    }
    lines.sort_by(|one, other| other.shortfall.mean.total_cmp(&one.shortfall.mean).then(other.chance.total_cmp(&one.chance)));
    let told = |home: Home| dates.iter().any(|at| at.lots.iter().any(|lot| lot.home == home && lot.special == Special::Complex));
    Some(Gap { date: last.date, lines, homes, topics, terms, specialist_told: Home::ALL.map(told) })
}

/// What is worst of the same on several dates: the earliest of the greatest, the last where all are nought.
fn worst<T>(lines: Vec<T>, short: impl Fn(&T) -> f64) -> Option<T> {
    lines.into_iter().reduce(|worst, line| if short(&worst) > 0.0 && short(&line) <= short(&worst) { worst } else { line })
}

/// Children without a home in the cells that are meant, future by future.
pub(super) fn without(need: &Need, unmet: &[Vec<u32>], meant: impl Fn(&Cell) -> bool) -> Vec<u32> {
    let columns: Vec<usize> = (0..need.cells.len()).filter(|&at| meant(&need.cells[at])).collect();
    unmet.iter().map(|left| columns.iter().map(|&at| left[at]).sum()).collect()
}

/// One line on one date; nothing where no future has a child who needs it.
fn line(key: Key, area: Area, at: &AtDate, unmet: &[Vec<u32>], terms: &Terms) -> Option<Line> {
    let need = at.need.sample(|cell| key.holds(*cell));
    if need.iter().all(|&children| children == 0) {
        return None;
    }
    let short = without(&at.need, unmet, |cell| key.holds(*cell));
    let shortfall = spread(&short);
    let is_here = |lot: &Lot| area == Area::Anywhere || lot.area == Area::Inside;
    // Places of the lots that are meant, each counted as far as it takes such a child.
    let sum = |meant: &dyn Fn(&Lot) -> bool, places: &dyn Fn(&Lot) -> f64| -> f64 {
        at.lots.iter().filter(|lot| meant(lot)).map(|lot| places(lot) * key.part(lot, terms)).sum()
    };
    let ours = |meant: &dyn Fn(&Lot) -> bool, places: &dyn Fn(&Lot) -> u32| sum(meant, &|lot| f64::from(places(lot)) * terms.ours(lot));
    // Whole places of all vehicles so far, less those of the ones before: so that together they are the whole places of all.
    let up_to = |last: Vehicle| whole_down(ours(&|lot| is_here(lot) && lot.vehicle as u8 <= last as u8, &|lot| lot.usable));
    let mut before = 0;
    let by_vehicle = Vehicle::ALL.map(|vehicle| {
        let all = up_to(vehicle);
        all - std::mem::replace(&mut before, all)
    });
    let closed = |lot: &Lot| lot.registered.saturating_sub(lot.usable).saturating_sub(lot.not_in_force);
    let closing = [
        (whole_down(ours(&is_here, &closed)), Way::Reopen as fn(u32) -> Way),
        (whole_down(ours(&is_here, &|lot| lot.not_in_force)), Way::Renew),
        (whole_down(ours(&|lot| !is_here(lot), &|lot| lot.usable)), Way::Outside),
    ];
    Some(Line {
        home: key.home,
        ages: AGE_BANDS[key.ages],
        band: key.band,
        notice: key.notice,
        area,
        date: at.date,
        need: spread(&need),
        registered: whole_down(sum(&is_here, &|lot| f64::from(lot.registered))),
        usable: by_vehicle.iter().sum(),
        by_vehicle,
        chance: chance_above(&short, 0),
        short_from: None,
        ways: ways(&shortfall, closing),
        shortfall,
    })
}

/// A home as a whole on one date; nothing where no future has a child who needs it.
fn whole(home: Home, area: Area, at: &AtDate, unmet: &[Vec<u32>], terms: &Terms) -> Option<HomeLine> {
    let need = at.need.sample(|cell| cell.home == home);
    if need.iter().all(|&children| children == 0) {
        return None;
    }
    let short = without(&at.need, unmet, |cell| cell.home == home);
    let is_meant = |lot: &&Lot| lot.home == home && lot.is_lived_in() && (area == Area::Anywhere || lot.area == Area::Inside);
    Some(HomeLine {
        home,
        area,
        date: at.date,
        need: spread(&need),
        registered: at.lots.iter().filter(is_meant).map(|lot| lot.registered).sum(),
        usable: usable(at.lots.iter().filter(is_meant), terms),
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

    /// The part of a lot's places that could take one of the line's children.
    fn part(self, lot: &Lot, terms: &Terms) -> f64 {
        let fits = lot.home == self.home && lot.notice == self.notice && lot.ages.shared_with(AGE_BANDS[self.ages]) > 0;
        if fits { terms.takes(lot.home, lot.special, self.band) } else { 0.0 }
    }
}

impl Gap {
    /// The part of a lot's places that stands behind a line, before what other authorities take of shared ones; 0 where it does not fit.
    pub fn part_of(&self, lot: &Lot, line: &Line) -> f64 {
        let key = Key { home: line.home, ages: age_band(line.ages.from), band: line.band, notice: line.notice };
        let is_here = line.area == Area::Anywhere || lot.area == Area::Inside;
        if is_here { key.part(lot, &self.terms) } else { 0.0 }
    }
}

/// How many lines there can be within an area.
const KEYS: usize = Home::ALL.len() * AGE_BANDS.len() * NeedBand::ALL.len() * Notice::ALL.len();

fn keys() -> Vec<Key> {
    let mut keys = Vec::with_capacity(KEYS);
    for home in Home::ALL {
        for ages in 0..AGE_BANDS.len() {
            for band in NeedBand::ALL {
                keys.extend(Notice::ALL.map(|notice| Key { home, ages, band, notice }));
            }
        }
    }
    keys
}

/// Usable places of some lots, those shared with others at this authority's share; whole places.
pub(super) fn usable<'a>(lots: impl Iterator<Item = &'a Lot>, terms: &Terms) -> u32 {
    whole_down(lots.map(|lot| f64::from(lot.usable) * terms.ours(lot)).sum())
}

/// Places that there are of a way, and the way.
type Closing = (u32, fn(u32) -> Way);

/// What would close a shortfall, from what there is of each way.
fn ways(shortfall: &Spread, closing: [Closing; 3]) -> Vec<Way> {
    let mut open = to_close(shortfall);
    let mut ways = Vec::new();
    for (places, way) in closing {
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

pub(super) fn spread(sample: &[u32]) -> Spread {
    Spread::of(sample.iter().map(|&children| f64::from(children)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::ages::tests::certain;
    use super::super::matching::tests::lot;
    use super::super::need::tests::cohort;
    use super::super::{Profile, Wanted, draw};
    use super::*;
    use crate::kind::Kind;

    const TEEN: Profile = Profile { years: 14, band: NeedBand::Standard, notice: Notice::Planned };

    fn found(children: u32, lots: Vec<Lot>) -> Gap {
        let mut cohort = cohort(&[(Home::ChildrensHome, TEEN)]);
        cohort.stock[Kind::ExternalHome as usize] = 6;
        let need = draw(&certain(50, &[(Home::ChildrensHome, 14, children)]), 0, &cohort, Wanted::default(), 1);
        let today = lots.clone();
        gap(&[AtDate { date: Day::year_end(2027), need, lots }], &cohort, Terms::today(&today, &cohort, None), 1).unwrap()
    }

    #[test]
    fn a_contract_that_ends_leaves_a_gap_and_does_not_raise_the_share_of_others() {
        let mut cohort = cohort(&[(Home::ChildrensHome, TEEN)]);
        cohort.stock[Kind::ExternalHome as usize] = 6;
        let need = draw(&certain(50, &[(Home::ChildrensHome, 14, 6)]), 0, &cohort, Wanted::default(), 1);
        let shared = |places: u32| lot(Home::ChildrensHome, (0, 17), places, Vehicle::Framework);
        let today = [shared(12)];
        let half = vec![AtDate { date: Day::year_end(2027), need, lots: vec![shared(6)] }];
        let gap = gap(&half, &cohort, Terms::today(&today, &cohort, None), 1).unwrap();
        assert!((gap.terms.shares[Home::ChildrensHome as usize] - 0.5).abs() < 1e-12);
        assert!((gap.lines[0].shortfall.mean - 3.0).abs() < 1e-9, "half of six places for six children: {:?}", gap.lines[0].shortfall);
    }

    #[test]
    fn only_our_share_of_places_elsewhere_or_to_be_reopened_closes_a_gap() {
        // Half of shared homes come here: of twelve outside six, of four closed two.
        let far = Lot { area: Area::Anywhere, ..lot(Home::ChildrensHome, (0, 17), 12, Vehicle::Framework) };
        let closed = Lot { usable: 0, ..lot(Home::ChildrensHome, (0, 17), 4, Vehicle::Spot) };
        let cohort = cohort(&[(Home::ChildrensHome, TEEN)]);
        let need = draw(&certain(50, &[(Home::ChildrensHome, 14, 10)]), 0, &cohort, Wanted::default(), 1);
        let lots = vec![far, closed];
        let terms = Terms::today(&lots, &cohort, Some(0.5));
        let gap = gap(&[AtDate { date: Day::year_end(2027), need, lots }], &cohort, terms, 1).unwrap();
        assert_eq!(line(&gap, Area::Inside).ways, [Way::Reopen(2), Way::Outside(6), Way::More(2)]);
        assert_eq!(line(&gap, Area::Anywhere).usable, 6, "and so many are counted where the area does not matter");
    }

    #[test]
    fn ordinary_homes_take_complex_need_as_far_as_it_does_not_fit_specialist_ones_today() {
        let complex = Profile { band: NeedBand::Complex, ..TEEN };
        let children: Vec<(Home, Profile)> = (0..40).map(|at| (Home::ChildrensHome, if at < 10 { complex } else { TEEN })).collect();
        let specialist = |places: u32| Lot { special: Special::Complex, ..lot(Home::ChildrensHome, (0, 17), places, Vehicle::Own) };
        let of = |lots: &[Lot]| Terms::today(lots, &cohort(&children), None).complex[Home::ChildrensHome as usize];
        assert!((of(&[]) - 0.25).abs() < 1e-12);
        assert!(of(&[specialist(10)]).abs() < 1e-12, "all ten have a specialist place");
        assert!((of(&[specialist(4)]) - 6.0 / 36.0).abs() < 1e-12);
    }

    #[test]
    fn places_by_vehicle_are_together_those_that_are_usable() {
        let shared = [Vehicle::Framework, Vehicle::Spot].map(|vehicle| lot(Home::ChildrensHome, (0, 17), 5, vehicle));
        let gap = found(20, vec![lot(Home::ChildrensHome, (0, 17), 1, Vehicle::Own), shared[0], shared[1]]);
        let line = line(&gap, Area::Anywhere);
        // Six of the children live with others: six of ten shared places, three of each vehicle.
        assert_eq!((line.usable, line.by_vehicle), (7, [1, 0, 3, 3]));
        assert_eq!(gap.homes[0].usable, line.usable);
    }

    #[test]
    fn a_line_speaks_of_its_worst_date_and_is_ranked_by_it() {
        let cohort = cohort(&[(Home::ChildrensHome, TEEN), (Home::Foster, TEEN)]);
        let at = |months: i32, homes: u32, fostered: u32| AtDate {
            date: Day::year_end(2026).plus_months(months),
            need: draw(&certain(20, &[(Home::ChildrensHome, 14, homes), (Home::Foster, 14, fostered)]), 0, &cohort, Wanted::default(), 1),
            lots: vec![lot(Home::ChildrensHome, (0, 17), 5, Vehicle::Own), lot(Home::Foster, (0, 17), 5, Vehicle::Own)],
        };
        // Children's homes are nine short in the middle and none at the end; foster homes two short at the end.
        let gap = gap(&[at(3, 8, 5), at(6, 14, 6), at(9, 14, 5), at(12, 4, 7)], &cohort, Terms::today(&[], &cohort, Some(1.0)), 1).unwrap();
        let told: Vec<(Home, i32, f64)> = gap
            .lines
            .iter()
            .filter(|line| line.area == Area::Inside)
            .map(|line| (line.home, line.date.since(cohort.on), line.shortfall.mean))
            .collect();
        assert_eq!(told, [(Home::ChildrensHome, 183, 9.0), (Home::Foster, 365, 2.0)]);
        assert_eq!(gap.lines[0].short_from, Some(Day::year_end(2026).plus_months(3)));
        assert_eq!((gap.homes[1].home, gap.homes[1].date.since(cohort.on), gap.homes[1].need.median), (Home::ChildrensHome, 183, 14.0));
        assert_eq!(gap.date, Day::year_end(2026).plus_months(12));
        let none = worst(vec![(1, 0.0), (2, 0.0)], |line: &(u32, f64)| line.1);
        assert_eq!(none, Some((2, 0.0)), "where nothing is short, what is needed at the end");
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
        assert!((gap.terms.shares[Home::ChildrensHome as usize] - 0.2).abs() < 1e-12);
        assert_eq!(line(&gap, Area::Anywhere).by_vehicle, [0, 2, 4, 0]);
        assert!((line(&gap, Area::Anywhere).shortfall.mean - 2.0).abs() < 1e-12);
    }
}
