//! Where things are: real postcodes inside a borrowed authority, near it and far from it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::Postcode;
use reference::postcode::{self, Located};
use reference::{AreaId, authority, geography, neighbour};

use crate::dice::{Dice, Purpose};

/// A real unit postcode and its place.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Unit postcode.
    pub postcode: Postcode,
    /// Where it is.
    pub at: Located,
}

impl Spot {
    /// Miles to another by the Department's formula (dossier B7).
    pub fn miles(self, other: Self) -> f64 {
        self.at.miles_to(&other.at).miles()
    }
}

/// Where a home is, seen from the authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locality {
    /// Inside its boundary.
    Inside,
    /// Outside, within 20 miles of the child's home.
    Near,
    /// Outside, further away.
    Far,
}

impl Locality {
    /// Every locality, nearest first.
    pub const ALL: [Self; 3] = [Self::Inside, Self::Near, Self::Far];

    /// Whether a home so many miles from a child's belongs here.
    pub(crate) fn fits(self, miles: f64) -> bool {
        match self {
            Self::Inside => miles > 0.0,
            Self::Near => miles <= 20.0,
            Self::Far => miles > 20.0 && miles <= 300.0,
        }
    }
}

/// A real authority's place, borrowed by a fictitious one: its boundary counts as the fictitious authority's own.
#[derive(Clone, Debug)]
pub struct Geography {
    /// The real authority.
    pub area: AreaId,
    /// Its name.
    pub name: &'static str,
    /// Its region's name.
    pub region: &'static str,
    /// Names of its ten statistical neighbours, nearest first.
    pub neighbours: Vec<&'static str>,
    region_number: usize,
    owner: String,
    inside: Vec<Spot>,
    near: Vec<Spot>,
    far: Vec<Spot>,
}

/// Derbyshire: a county of about 900 children looked after, wide enough that a home inside it can be more than 20 miles away.
const FIRST: AreaId = AreaId(830);
/// The City of London and the Isles of Scilly have too few children to borrow from.
const TOO_SMALL: [AreaId; 2] = [AreaId(201), AreaId(420)];
/// Postcodes kept of each authority: every so-manieth of its list.
const SAMPLE: usize = 1500;
/// How many postcodes near and far are kept for one fictitious authority.
const AROUND: usize = 1200;
/// In how many authorities far away an authority's children live.
const FAR_PARTNERS: usize = 16;

/// A sample of the postcodes of an authority, read once.
fn sample(area: AreaId) -> &'static [Spot] {
    static SPOTS: OnceLock<BTreeMap<AreaId, OnceLock<Vec<Spot>>>> = OnceLock::new();
    let all = SPOTS.get_or_init(|| borrowable().map(|area| (area, OnceLock::new())).collect());
    all.get(&area).map_or(&[], |spots| {
        spots.get_or_init(|| {
            let units: Vec<_> = postcode::units_in(area).collect();
            let step = (units.len() / SAMPLE).max(1);
            units.iter().step_by(step).map(|&(postcode, at)| Spot { postcode, at }).collect()
        })
    })
}

/// The authorities that can be borrowed, by number.
fn borrowable() -> impl Iterator<Item = AreaId> {
    authority::current().map(|authority| authority.id).filter(|id| !TOO_SMALL.contains(id))
}

/// The n-th authority to borrow from: Derbyshire first, then the others in an order that mixes regions and sizes and is always the same.
/// From the 152nd on they are borrowed again.
fn nth(number: usize) -> AreaId {
    let mut order: Vec<AreaId> = borrowable().collect();
    // Multiplying by 389 modulo the prime 1009 scatters the numbers without repeating one.
    order.sort_by_key(|id| (*id != FIRST, u32::from(id.0) * 389 % 1009));
    order[number % order.len()]
}

impl Geography {
    /// The geography of the n-th authority.
    pub(crate) fn borrowed(number: usize) -> Self {
        let area = nth(number);
        let mut dice = Dice::new(0, number, Purpose::Character, 1);
        let inside = sample(area).to_vec();
        let miles = |other: AreaId| geography::miles_between_centres(area, other).unwrap_or(999.0);
        let others: Vec<(AreaId, f64)> = borrowable().filter(|&other| other != area).map(|other| (other, miles(other))).collect();
        // Near: whatever lies outside and within 20 miles of some home inside.
        let mut near = Vec::new();
        let close: Vec<Spot> = others.iter().filter(|(_, miles)| *miles < 50.0).flat_map(|&(other, _)| sample(other)).copied().collect();
        for _ in 0..AROUND * 12 {
            if close.is_empty() || near.len() == AROUND {
                break;
            }
            let spot = dice.any(&close);
            if spot.miles(dice.any(&inside)) <= 20.0 {
                near.push(spot);
            }
        }
        let weights: Vec<f64> = others.iter().map(|(_, miles)| if *miles < 160.0 { (-miles / 45.0).exp() } else { 0.0 }).collect();
        // Far: a few authorities with which this one has come to place children; the further, the rarer.
        let partners: Vec<AreaId> = (0..FAR_PARTNERS).map(|_| others[dice.weighted(weights.iter().copied())].0).collect();
        let far: Vec<Spot> = (0..AROUND).map(|at| dice.any(sample(partners[at % partners.len()]))).collect();
        if near.is_empty() {
            near.clone_from(&far);
        }
        let real = authority::by_id(area);
        let region = real.map(|real| real.region);
        Self {
            area,
            name: real.map_or("", |real| real.name),
            region: region.and_then(authority::name).unwrap_or(""),
            neighbours: neighbour::statistical(area).iter().filter_map(|neighbour| authority::name(neighbour.area)).collect(),
            region_number: region.map_or(0, |region| usize::from(region.0)),
            owner: format!("{} Council", crate::names::authority(number)),
            inside,
            near,
            far,
        }
    }

    /// The number of the region, for what authorities of a region share.
    pub(crate) const fn region_number(&self) -> usize {
        self.region_number
    }

    /// The fictitious council.
    pub(crate) fn owner(&self) -> &str {
        &self.owner
    }

    /// A family's home.
    pub(crate) fn home(&self, dice: &mut Dice) -> Spot {
        dice.any(&self.inside)
    }

    /// The postcode inside that is nearest to the mean of all: where the offices are.
    pub fn centre(&self) -> Spot {
        let n = self.inside.len().max(1) as f64;
        let mean = |of: fn(&Located) -> u32| self.inside.iter().map(|spot| f64::from(of(&spot.at))).sum::<f64>() / n;
        let (east, north) = (mean(|at| at.easting), mean(|at| at.northing));
        let off = |spot: &Spot| (f64::from(spot.at.easting) - east).hypot(f64::from(spot.at.northing) - north);
        let nearest = self.inside.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest.copied().unwrap_or(self.inside[0])
    }

    fn list(&self, locality: Locality) -> &[Spot] {
        match locality {
            Locality::Inside => &self.inside,
            Locality::Near => &self.near,
            Locality::Far => &self.far,
        }
    }

    /// Any postcode of a locality.
    pub(crate) fn any(&self, locality: Locality, dice: &mut Dice) -> Spot {
        dice.any(self.list(locality))
    }

    /// A postcode of a locality as seen from a child's home: of several, the first that fits.
    pub(crate) fn spot(&self, locality: Locality, home: Spot, dice: &mut Dice) -> Spot {
        let list = self.list(locality);
        let mut spot = dice.any(list);
        for _ in 0..12 {
            if locality.fits(spot.miles(home)) {
                break;
            }
            spot = dice.any(list);
        }
        spot
    }
}
