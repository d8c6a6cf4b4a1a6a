//! What does not fit a cell of need and has a line of its own.

use domain::Day;
use domain::number::whole_down;
use domain::supply::Notice;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

use super::lines::{AtDate, spread, usable, without};
use super::matching::Terms;
use super::{Cell, Cohort, Home, Lot, Special};
use crate::kind::Kind;
use crate::outlook::{Spread, chance_above};

/// A line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Homes that take a group of so many siblings together; 4 stands for four or more. Counted in groups.
    Siblings(u32),
    /// Places to be had the same day.
    Emergency,
    /// Homes for children of 16 and 17.
    SixteenPlus,
    /// A parent with a child: one package, two people (trap F13).
    ParentAndChild,
    /// Series of short breaks.
    ShortBreaks,
}

/// Need of a topic against what there is, anywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicLine {
    /// What it is.
    pub topic: Topic,
    /// The date of all that follows: the one with the greatest expected shortfall, the last where there is none.
    pub date: Day,
    /// Children, or groups of siblings.
    pub need: Spread,
    /// Places, or homes with so many places; nothing where the supply does not tell.
    pub usable: Option<u32>,
    /// Children or groups without; nothing where need and supply cannot be compared.
    pub shortfall: Option<Spread>,
    /// The share of futures with any.
    pub chance: Option<f64>,
}

/// Foster homes with more registered places than this are rows of many homes, in which nobody can see who could take three together.
const MOST_IN_A_HOUSEHOLD: u32 = 6;

/// Every topic on one date; `unmet` are the children left without a home anywhere, by future and cell.
pub(super) fn topics(at: &AtDate, unmet: &[Vec<u32>], cohort: &Cohort, terms: &Terms, seed: u64) -> Vec<TopicLine> {
    let cells = |topic: Topic, meant: &dyn Fn(&Cell) -> bool, fits: &dyn Fn(&Lot) -> bool| {
        let short = without(&at.need, unmet, meant);
        TopicLine {
            topic,
            date: at.date,
            need: spread(&at.need.sample(meant)),
            usable: Some(usable(at.lots.iter().filter(|lot| lot.is_lived_in() && fits(lot)), terms)),
            chance: Some(chance_above(&short, 0)),
            shortfall: Some(spread(&short)),
        }
    };
    let mut lines = siblings(at, cohort, terms, seed);
    lines.push(cells(Topic::Emergency, &|cell| cell.notice == Notice::Emergency, &|lot| lot.notice == Notice::Emergency));
    lines.push(cells(Topic::SixteenPlus, &|cell| cell.years >= 16, &|lot| lot.ages.to >= 16));
    let like_today = |children: u32, stream: u64| poisson(seed, stream, at.need.paths, |_| f64::from(children));
    let special = |special: Special| usable(at.lots.iter().filter(|lot| lot.special == special), terms);
    let parents = like_today(cohort.parent_and_child, 1);
    let beds = special(Special::ParentAndChild);
    let short: Vec<u32> = parents.iter().map(|&needed| needed.saturating_sub(beds)).collect();
    lines.push(TopicLine {
        topic: Topic::ParentAndChild,
        date: at.date,
        need: spread(&parents),
        usable: Some(beds),
        chance: Some(chance_above(&short, 0)),
        shortfall: Some(spread(&short)),
    });
    // A place for short breaks is shared by many children in turn, so children and places cannot be set against each other.
    lines.push(TopicLine {
        topic: Topic::ShortBreaks,
        date: at.date,
        need: spread(&like_today(cohort.short_breaks, 2)),
        usable: Some(special(Special::ShortBreaks)),
        shortfall: None,
        chance: None,
    });
    lines
}

/// Groups of siblings grow and shrink with the children who need foster homes; how many there are in a future is Poisson around that. The
/// largest groups are placed first, each in a home with room for all of them.
fn siblings(at: &AtDate, cohort: &Cohort, terms: &Terms, seed: u64) -> Vec<TopicLine> {
    let fostered = at.need.sample(|cell| cell.home == Home::Foster);
    let now = f64::from(cohort.stock[Kind::InHouseFostering as usize] + cohort.stock[Kind::AgencyFostering as usize]);
    let growth = |path: usize| if now > 0.0 { f64::from(fostered[path]) / now } else { 1.0 };
    let households: Vec<&Lot> = at
        .lots
        .iter()
        .filter(|lot| lot.home == Home::Foster && lot.special != Special::ShortBreaks && lot.registered <= MOST_IN_A_HOUSEHOLD)
        .collect();
    let with_room = |size: u32| {
        let roomy = households.iter().filter(|lot| lot.usable >= size);
        whole_down(roomy.map(|lot| terms.ours(lot)).sum())
    };
    let groups: Vec<Vec<u32>> = (0..3)
        .map(|size| poisson(seed, 3 + size as u64, at.need.paths, |path| f64::from(cohort.sibling_groups[size]) * growth(path)))
        .collect();
    let mut lines = Vec::with_capacity(3);
    for size in 0..3 {
        let homes = with_room(size as u32 + 2);
        // Homes left once the larger groups have theirs.
        let short: Vec<u32> = (0..at.need.paths)
            .map(|path| {
                let larger: u32 = groups[size + 1..].iter().map(|groups| groups[path]).sum();
                groups[size][path].saturating_sub(homes.saturating_sub(larger))
            })
            .collect();
        let told = !households.is_empty();
        lines.push(TopicLine {
            topic: Topic::Siblings(size as u32 + 2),
            date: at.date,
            need: spread(&groups[size]),
            usable: told.then_some(homes),
            chance: told.then(|| chance_above(&short, 0)),
            shortfall: told.then(|| spread(&short)),
        });
    }
    lines
}

fn poisson(seed: u64, stream: u64, paths: usize, mean: impl Fn(usize) -> f64) -> Vec<u32> {
    (0..paths)
        .map(|path| {
            let mut chance = ChaCha8Rng::seed_from_u64(seed);
            chance.set_stream((stream + 1) << 40 | path as u64);
            Poisson::new(mean(path)).map_or(0, |law| law.sample(&mut chance) as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::supply::Vehicle;

    use super::super::ages::tests::certain;
    use super::super::matching::Supply;
    use super::super::matching::tests::lot;
    use super::super::need::tests::cohort;
    use super::super::{Area, NeedBand, Profile, Wanted, draw};
    use super::*;

    fn lines(lots: Vec<Lot>) -> Vec<TopicLine> {
        let baby = Profile { years: 1, band: NeedBand::Standard, notice: Notice::Emergency };
        let old = Profile { years: 17, band: NeedBand::Standard, notice: Notice::Planned };
        let mut cohort = cohort(&[(Home::Foster, baby), (Home::Supported, old)]);
        cohort.stock[Kind::InHouseFostering as usize] = 20;
        cohort.sibling_groups = [6, 2, 1];
        cohort.short_breaks = 9;
        let need = draw(&certain(2_000, &[(Home::Foster, 1, 10), (Home::Supported, 17, 4)]), 0, &cohort, Wanted::default(), 1);
        let terms = Terms { shares: [1.0; 5], complex: [1.0; 5] };
        let unmet = Supply::new(&lots, Area::Anywhere, &terms).unmet_in_all(&need);
        topics(&AtDate { date: Day::year_end(2027), need, lots }, &unmet, &cohort, &terms, 1)
    }

    fn of(lines: &[TopicLine], topic: Topic) -> &TopicLine {
        lines.iter().find(|line| line.topic == topic).unwrap()
    }

    #[test]
    fn every_topic_has_its_line() {
        let household = lot(Home::Foster, (0, 17), 3, Vehicle::Own);
        let found = lines(vec![household, household, lot(Home::Supported, (16, 17), 3, Vehicle::Block)]);
        assert_eq!(found.len(), 7);
        // Half as many children in foster homes as now: half as many groups.
        let pairs = of(&found, Topic::Siblings(2));
        assert!((pairs.need.mean - 3.0).abs() < 0.15, "{}", pairs.need.mean);
        assert_eq!((pairs.usable, of(&found, Topic::Siblings(4)).usable), (Some(2), Some(0)));
        let emergency = of(&found, Topic::Emergency);
        assert_eq!((emergency.need.median, emergency.usable, emergency.chance), (10.0, Some(0), Some(1.0)));
        let old = of(&found, Topic::SixteenPlus);
        assert_eq!((old.need.median, old.usable, old.shortfall.unwrap().median), (4.0, Some(9), 1.0));
        assert!(of(&found, Topic::ParentAndChild).need.mean.abs() < 1e-12);
        assert!((of(&found, Topic::ShortBreaks).need.mean - 9.0).abs() < 0.3);
        assert_eq!(of(&found, Topic::ShortBreaks).chance, None);
    }

    #[test]
    fn a_row_of_many_foster_places_does_not_tell_who_can_take_siblings() {
        let found = lines(vec![lot(Home::Foster, (0, 17), 400, Vehicle::Own)]);
        assert_eq!((of(&found, Topic::Siblings(3)).usable, of(&found, Topic::Siblings(3)).chance), (None, None));
    }
}
