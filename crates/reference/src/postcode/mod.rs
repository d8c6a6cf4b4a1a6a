//! Where postcodes are: every unit of Great Britain to the metre, with its upper-tier authority, used in place from the program's own bytes.
//!
//! Northern Ireland is told apart and never measured: its grid is another one, and its postcodes have another licence.

mod atlas;
mod pack;

use std::fmt;
use std::sync::OnceLock;

use domain::Postcode;

pub use atlas::Atlas;
pub use pack::{Unit, pack};

use crate::AreaId;

/// What is known of a postcode's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In Great Britain, with a grid reference.
    Located(Located),
    /// In Northern Ireland: no distance, `PL_LA` is `NIR`.
    NorthernIreland,
    /// In Jersey, Guernsey or the Isle of Man.
    CrownDependency,
    /// Well formed but not in the directory: newly built, mistyped, or without a grid reference there (dossier F29).
    NotHeld,
}

/// A place on the British National Grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// Metres east of the grid's origin.
    pub easting: u32,
    /// Metres north of the grid's origin.
    pub northing: u32,
    /// Of the unit, or the mean of its sector's units.
    pub precision: Precision,
    /// The upper-tier authority; nothing in Wales and Scotland. Of a sector: where most of its units are.
    pub area: Option<AreaId>,
    /// ONS code of the upper-tier authority, Welsh and Scottish ones too.
    pub ons_code: &'static str,
    /// The country.
    pub country: Country,
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The unit postcode's own point.
    Unit,
    /// The mean of the sector's units: distances err by 0.43 miles in the median, and 1.6 % of pairs inside one authority fall on the
    /// wrong side of 20 miles. To be marked wherever it is shown.
    Sector,
}

/// A country of Great Britain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Country {
    /// England.
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
}

/// A distance as the Department measures it, in tenths of a mile, already rounded: "more than 20 miles" tests the rounded value (dossier B7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Miles {
    tenths: u32,
}

/// Where a postcode is; see [`Place`].
pub fn place(postcode: Postcode) -> Place {
    match postcode.outward() {
        [b'B', b'T', b'0'..=b'9', _] => Place::NorthernIreland,
        [b'G', b'Y', b'0'..=b'9', _] | [b'I', b'M', b'0'..=b'9', _] | [b'J', b'E', b'0'..=b'9', _] => Place::CrownDependency,
        _ => directory().find(postcode).map_or(Place::NotHeld, Place::Located),
    }
}

/// Where a postcode of Great Britain is: a unit's own point, or the mean of a sector. Nothing if it is not held, or not in Great Britain.
pub fn locate(postcode: Postcode) -> Option<Located> {
    match place(postcode) {
        Place::Located(located) => Some(located),
        _ => None,
    }
}

/// The Department's distance between two postcodes; nothing unless both are located. If either is a sector
/// ([`Postcode::is_sector`]) the distance is to its mean and has to be marked so.
pub fn distance_miles(a: Postcode, b: Postcode) -> Option<Miles> {
    Some(locate(a)?.miles_to(&locate(b)?))
}

/// Every unit postcode of an English upper-tier authority, in order of sector and unit.
pub fn units_in(area: AreaId) -> impl Iterator<Item = (Postcode, Located)> {
    directory().units_in(area)
}

/// The directory in the product.
pub fn directory() -> &'static Atlas<'static> {
    static DIRECTORY: OnceLock<Atlas<'static>> = OnceLock::new();
    DIRECTORY.get_or_init(|| Atlas::open(include_bytes!("../../data/postcodes.bin")).unwrap_or_default())
}

impl Located {
    /// The Department's distance: the square root of the summed squares of the differences in metres, ÷ 1000 ÷ 1.6093, rounded half up
    /// to one decimal (dossier B7). In whole numbers throughout, so that no distance falls on the wrong side of a half.
    pub fn miles_to(&self, other: &Self) -> Miles {
        let east = u64::from(self.easting.abs_diff(other.easting));
        let north = u64::from(self.northing.abs_diff(other.northing));
        // Tenths are metres ÷ 160.93; rounded half up that is (200 · metres + 16093) ÷ 32186, whole parts only.
        let metres_200 = (40_000 * (east * east + north * north)).isqrt();
        Miles { tenths: ((metres_200 + 16_093) / 32_186) as u32 }
    }
}

impl Country {
    /// What `PL_LA` says for a placement there; nothing in England, where it is the authority's code.
    pub const fn pl_la(self) -> Option<&'static str> {
        match self {
            Self::England => None,
            Self::Wales => Some("WAL"),
            Self::Scotland => Some("SCO"),
        }
    }
}

impl Miles {
    /// This many tenths of a mile.
    pub const fn from_tenths(tenths: u32) -> Self {
        Self { tenths }
    }

    /// In tenths of a mile.
    pub const fn tenths(self) -> u32 {
        self.tenths
    }

    /// In miles, with one decimal.
    pub fn miles(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

/// `20.1`
impl fmt::Display for Miles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.tenths / 10, self.tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn postcode(text: &str) -> Postcode {
        Postcode::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_sample_of_the_source_is_found_to_the_metre() {
        let sample = include_str!("../../tests/data/postcode_sample.csv");
        let mut seen = 0;
        for line in sample.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let unit = locate(postcode(cells[0])).unwrap_or_else(|| panic!("{line}"));
            assert_eq!([unit.easting.to_string().as_str(), unit.northing.to_string().as_str(), unit.ons_code], cells[1..], "{line}");
            assert_eq!(unit.precision, Precision::Unit);
            assert_eq!(unit.area.is_some(), unit.country == Country::England, "{line}");
            let sector = locate(postcode(cells[0]).sector()).unwrap();
            assert_eq!(sector.precision, Precision::Sector);
            seen += 1;
        }
        assert!(seen > 400, "{seen}");
    }

    #[test]
    fn the_directory_is_whole() {
        assert_eq!((directory().sectors(), directory().units()), (12_018, 2_636_121));
    }

    #[test]
    fn counties_are_found_through_their_districts() {
        for (text, area, country) in [
            ("NG1 5DT", Some(892), Country::England),
            ("NG2 7YG", Some(891), Country::England), // Rushcliffe, a district of Nottinghamshire
            ("S70 2TA", Some(370), Country::England),
            ("CF10 4UW", None, Country::Wales),
            ("EH1 1YZ", None, Country::Scotland),
        ] {
            let found = locate(postcode(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.area, found.country), (area.map(AreaId), country), "{text}");
        }
        assert_eq!((Country::Wales.pl_la(), Country::England.pl_la()), (Some("WAL"), None));
    }

    #[test]
    fn northern_ireland_and_the_islands_are_told_apart_and_not_measured() {
        assert_eq!(place(postcode("BT1 5GS")), Place::NorthernIreland);
        assert_eq!(place(postcode("BT1 5")), Place::NorthernIreland);
        assert_eq!(place(postcode("JE2 3AB")), Place::CrownDependency);
        assert_eq!(place(postcode("NG1 5CC")), Place::NotHeld, "C is never used in the last two letters");
        assert_eq!(place(postcode("ZZ99 3WZ")), Place::NotHeld, "no fixed abode");
        assert_eq!(distance_miles(postcode("BT1 5GS"), postcode("BT1 5GT")), None);
        assert_eq!(distance_miles(postcode("NG1 5DT"), postcode("BT1 5GT")), None);
    }

    #[test]
    fn distance_is_rounded_once_and_half_up() {
        let at = |easting, northing| Located { easting, northing, ..locate(postcode("NG1 5DT")).unwrap() };
        let miles = |metres: u32| at(400_000, 300_000).miles_to(&at(400_000 + metres, 300_000)).to_string();
        // 20.05 miles are 32 266.465 m: the first metre beyond counts as 20.1.
        assert_eq!(["20.0", "20.1"], [miles(32_266), miles(32_267)].each_ref().map(String::as_str));
        assert_eq!(["0.0", "0.1"], [miles(80), miles(81)].each_ref().map(String::as_str));
        assert!(at(0, 0).miles_to(&at(0, 32_267)) > Miles::from_tenths(200));
        let nottingham_to_derby = distance_miles(postcode("NG1 5DT"), postcode("DE1 2FS")).unwrap();
        assert!((Miles::from_tenths(125)..Miles::from_tenths(150)).contains(&nottingham_to_derby), "{nottingham_to_derby}");
    }

    #[test]
    fn the_units_of_an_area_are_all_there_in_order() {
        let nottingham: Vec<(Postcode, Located)> = units_in(AreaId(892)).collect();
        assert!(nottingham.len() > 5000, "{}", nottingham.len());
        assert!(nottingham.is_sorted_by(|a, b| a.0 < b.0));
        for (unit, located) in nottingham.iter().step_by(97) {
            assert_eq!(locate(*unit), Some(*located));
            assert_eq!(located.area, Some(AreaId(892)));
        }
        assert_eq!(units_in(AreaId::ENGLAND).count(), 0);
    }

    proptest! {
        #[test]
        fn any_postcode_is_answered(text in "[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9]([A-Z]{2})?") {
            let asked = postcode(&text);
            if let Place::Located(located) = place(asked) {
                prop_assert!(located.easting < 700_000 && located.northing < 1_300_000);
                prop_assert_eq!(distance_miles(asked, asked), Some(Miles::from_tenths(0)));
            }
        }

        #[test]
        fn distance_agrees_with_the_formula(e in 0u32..700_000, n in 0u32..1_300_000, f in 0u32..700_000, m in 0u32..1_300_000) {
            let at = |easting, northing| Located { easting, northing, ..locate(postcode("NG1 5DT")).unwrap() };
            let metres = f64::hypot(f64::from(e.abs_diff(f)), f64::from(n.abs_diff(m)));
            let exact = metres / 1000.0 / 1.6093;
            let ours = at(e, n).miles_to(&at(f, m));
            prop_assert!((ours.miles() - exact).abs() <= 0.050_000_001);
            prop_assert_eq!(ours, at(f, m).miles_to(&at(e, n)));
        }
    }
}
