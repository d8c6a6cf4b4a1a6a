//! Who adjoins whom, and how far apart authorities lie.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::embedded::rows;
use crate::{AreaId, authority};

/// How sure it is that two authorities adjoin. The method is in `data/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Across an estuary, or touching at most at a point. Left out unless a person decides.
    Low,
    /// Moorland with few postcodes near the boundary, or across a tidal river.
    Medium,
    /// A shared line in a boundary file, and postcodes close to it on both sides.
    High,
}

/// What lies between two adjoining authorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// Land.
    Land,
    /// A tidal river or an estuary.
    Water,
}

/// An authority that adjoins another. Whether a boundary in mid-river makes an area "adjoining" for regulation 11 of the Care Planning
/// Regulations 2010 is a legal question that this does not settle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjoining {
    /// The other's number; nothing if it is Welsh or Scottish.
    pub area: Option<AreaId>,
    /// The other's ONS code.
    pub ons_code: &'static str,
    /// The other's name.
    pub name: &'static str,
    /// Between the two nearest postcodes, one in each, in metres.
    pub nearest_m: u32,
    /// Land or water.
    pub boundary: Boundary,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is not sure; empty if it is.
    pub note: &'static str,
}

/// The authorities that adjoin one, with at least this confidence ([`Confidence::Medium`] unless a person decides), by ONS code.
pub fn adjoining(area: AreaId, at_least: Confidence) -> impl Iterator<Item = &'static Adjoining> {
    static PAIRS: OnceLock<BTreeMap<AreaId, Vec<Adjoining>>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let mut pairs: BTreeMap<AreaId, Vec<Adjoining>> = BTreeMap::new();
        for [(a, of_a), (b, of_b)] in rows(include_bytes!("../data/adjacency.csv"), read_pair) {
            for (id, other) in [(a, of_b), (b, of_a)] {
                if let Some(id) = id {
                    pairs.entry(id).or_default().push(other);
                }
            }
        }
        for others in pairs.values_mut() {
            others.sort_by_key(|other| other.ons_code);
        }
        pairs
    });
    pairs.get(&area).into_iter().flatten().filter(move |other| other.confidence >= at_least)
}

/// Whether two authorities adjoin beyond reasonable doubt (medium confidence or better). The other is an ONS code of either generation,
/// so that Welsh and Scottish ones can be asked about.
pub fn adjoins(area: AreaId, other_ons_code: &str) -> bool {
    let other = authority::by_ons_code(other_ons_code).map(|authority| authority.id);
    adjoining(area, Confidence::Medium)
        .any(|adjoining| adjoining.ons_code == other_ons_code || (other.is_some() && adjoining.area == other))
}

/// Miles between the centres of two authorities, as the crow flies. For ordering and description; a child's distance is between postcodes.
pub fn miles_between_centres(a: AreaId, b: AreaId) -> Option<f64> {
    const EARTH_RADIUS_MILES: f64 = 3958.8;
    let (lat_a, lon_a) = authority::by_id(a)?.centroid?;
    let (lat_b, lon_b) = authority::by_id(b)?.centroid?;
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let haversine = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    Some(2.0 * EARTH_RADIUS_MILES * haversine.sqrt().asin())
}

type Side = (Option<AreaId>, Adjoining);

fn read_pair(row: &crate::embedded::Row<'_>) -> Option<[Side; 2]> {
    let nearest_m = row.number("nearest_m")?;
    let boundary = if row.cell("boundary") == "water" { Boundary::Water } else { Boundary::Land };
    let confidence = match row.cell("confidence") {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        _ => Confidence::Low,
    };
    let note = row.text("note");
    let side = |number, code, name| {
        let area = AreaId::parse(row.cell(number));
        (area, Adjoining { area, ons_code: row.text(code), name: row.text(name), nearest_m, boundary, confidence, note })
    };
    Some([side("dfe_number_a", "ons_code_a", "name_a"), side("dfe_number_b", "ons_code_b", "name_b")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(number: u16, at_least: Confidence) -> Vec<&'static str> {
        adjoining(AreaId(number), at_least).map(|other| other.name).collect()
    }

    #[test]
    fn known_neighbours_are_there() {
        assert_eq!(names(892, Confidence::Medium), ["Nottinghamshire"]);
        let mut nottinghamshire = names(891, Confidence::Medium);
        nottinghamshire.sort_unstable();
        assert_eq!(
            nottinghamshire,
            ["Derbyshire", "Doncaster", "Leicestershire", "Lincolnshire", "North Lincolnshire", "Nottingham", "Rotherham"]
        );
        assert!(names(921, Confidence::Low).is_empty(), "the Isle of Wight adjoins nobody");
    }

    #[test]
    fn doubtful_pairs_are_left_out_unless_asked_for() {
        let lambeth = |at_least| names(201, at_least).contains(&"Lambeth");
        assert!(!lambeth(Confidence::Medium) && lambeth(Confidence::Low));
        let all: usize = authority::all().iter().map(|a| adjoining(a.id, Confidence::Low).count()).sum();
        let sure: usize = authority::all().iter().map(|a| adjoining(a.id, Confidence::Medium).count()).sum();
        assert!(all > sure && sure > 700, "{all} {sure}");
    }

    #[test]
    fn adjoining_is_mutual_and_reaches_into_wales() {
        for authority in authority::all() {
            for other in adjoining(authority.id, Confidence::Low).filter_map(|other| other.area) {
                assert!(adjoining(other, Confidence::Low).any(|back| back.area == Some(authority.id)));
            }
        }
        assert!(adjoins(AreaId(884), "W06000023"), "Herefordshire and Powys");
        assert!(adjoins(AreaId(372), "E08000038") && adjoins(AreaId(372), "E08000016"), "Rotherham and Barnsley by either code");
    }

    #[test]
    fn centres_are_as_far_apart_as_they_are() {
        let miles = miles_between_centres(AreaId(892), AreaId(831)).unwrap();
        assert!((12.0..16.0).contains(&miles), "Nottingham to Derby: {miles}");
        assert!(miles_between_centres(AreaId(835), AreaId(892)).is_none());
    }
}
