//! Where things are: postcodes inside a borrowed authority, near it and far from it.

use domain::Postcode;

use crate::dice::{Dice, Purpose};

/// A postcode and its place on the British National Grid, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Unit postcode.
    pub postcode: Postcode,
    /// Metres east.
    pub east: f64,
    /// Metres north.
    pub north: f64,
}

impl Spot {
    /// Miles to another, by the Department's formula, rounded to one decimal (dossier B7).
    pub fn miles(self, other: Self) -> f64 {
        let metres = (self.east - other.east).hypot(self.north - other.north);
        (metres / 1000.0 / 1.6093 * 10.0).round() / 10.0
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

/// A real authority's place, borrowed by a fictitious one.
#[derive(Clone, Debug)]
pub struct Geography {
    /// The real authority.
    pub name: String,
    /// Its number in the Department's figures.
    pub dfe_number: String,
    /// Its region.
    pub region: String,
    /// Number of the region, for what authorities of a region share.
    pub(crate) region_number: usize,
    /// Its ten statistical neighbours.
    pub neighbours: Vec<String>,
    owner: String,
    inside: Vec<Spot>,
    near: Vec<Spot>,
    far: Vec<Spot>,
}

impl Geography {
    /// The geography of the n-th authority.
    pub(crate) fn borrowed(seed: u64, number: usize) -> Self {
        let mut dice = Dice::new(seed, number, Purpose::Character, 1);
        let grid = |dice: &mut Dice, radius: (f64, f64), letter: char| -> Vec<Spot> {
            (0..600u32)
                .filter_map(|i| {
                    let turn = dice.unit() * std::f64::consts::TAU;
                    let reach = radius.0 + (radius.1 - radius.0) * dice.unit().sqrt();
                    let unit = format!("Z{letter}{} {}{}{}", i % 90 + 1, i % 10, (b'A' + (i / 90) as u8) as char, letter);
                    let postcode = Postcode::parse(unit.as_bytes())?;
                    Some(Spot { postcode, east: 450_000.0 + reach * turn.cos(), north: 340_000.0 + reach * turn.sin() })
                })
                .collect()
        };
        let inside = grid(&mut dice, (0.0, 15_000.0), 'A');
        let near = grid(&mut dice, (15_000.0, 35_000.0), 'B');
        let far = grid(&mut dice, (40_000.0, 120_000.0), 'C');
        Self {
            name: String::new(),
            dfe_number: String::new(),
            region: String::new(),
            region_number: number % 9,
            neighbours: Vec::new(),
            owner: format!("{} Council", crate::names::authority(number)),
            inside,
            near,
            far,
        }
    }

    /// The fictitious council.
    pub(crate) fn owner(&self) -> &str {
        &self.owner
    }

    /// A family's home.
    pub(crate) fn home(&self, dice: &mut Dice) -> Spot {
        dice.any(&self.inside)
    }

    /// A postcode near the middle of the authority's list: where its offices are.
    pub fn centre(&self) -> Spot {
        self.inside[0]
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
        let mut last = dice.any(list);
        for _ in 0..12 {
            if locality.fits(last.miles(home)) {
                break;
            }
            last = dice.any(list);
        }
        last
    }
}
