//! What the returns do not say and the caller knows: geography and population.

use domain::{Day, Postcode};
use reference::AreaId;
use reference::postcode::{self, Place, Precision};
use reference::published::Published;

/// Facts from outside, as questions, so that this crate computes the same with every vintage of them.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Where a postcode is.
    pub place: &'a (dyn Fn(Postcode) -> Place + Sync),
    /// Each of [`domain::history::History::authorities`], where the name is an authority's.
    pub authorities: &'a [Option<AreaId>],
    /// Residents aged 0-17 of each of them; see [`population`].
    pub population: &'a [Option<Population>],
}

/// Inside or outside the responsible authority's boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In the responsible authority.
    Inside,
    /// In another one, or outside England.
    Outside,
}

/// Residents aged 0-17 of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Population {
    /// How many.
    pub residents: u32,
    /// At the middle of this year.
    pub mid_year: u16,
}

impl Facts<'static> {
    /// Nothing known: no postcode can be located, no authority recognised. Measures that need these say so.
    pub fn none() -> Self {
        Self { place: &|_| Place::NotHeld, authorities: &[], population: &[] }
    }
}

impl<'a> Facts<'a> {
    /// The facts inside the product, for these authorities.
    pub fn embedded(authorities: &'a [Option<AreaId>], population: &'a [Option<Population>]) -> Self {
        Self { place: &postcode::place, authorities, population }
    }
}

/// The area of each name, where it is an authority's on that day.
pub fn areas(names: &[String], on: Day) -> Vec<Option<AreaId>> {
    names.iter().map(|name| reference::authority::find_on(name, on).ok().map(|authority| authority.id)).collect()
}

/// Residents of each authority for rates at a date: of the mid-year before the return year's end, as the Department takes them (dossier
/// B2), or the latest one before it that is published.
pub fn population(published: &Published, authorities: &[Option<AreaId>], on: Day) -> Vec<Option<Population>> {
    let latest = on.return_year() - 1;
    let of = |area: AreaId| {
        (latest.saturating_sub(5)..=latest).rev().find_map(|mid_year| {
            let residents = published.population_0_17(area, mid_year).known()?;
            Some(Population { residents: residents as u32, mid_year: mid_year as u16 })
        })
    };
    authorities.iter().map(|area| area.and_then(of)).collect()
}

/// A distance as the Department measures it (dossier B7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// Tenths of a mile, rounded.
    pub tenths: u32,
    /// Whether both ends are exact points, or one is the centre of a sector because the returns hold no more.
    pub precision: Precision,
}

/// The distance between two places in Great Britain; nothing where one of them cannot be located, or lies on another grid.
pub fn distance(home: Place, placed: Place) -> Option<Distance> {
    let (Place::Located(home), Place::Located(placed)) = (home, placed) else { return None };
    Some(Distance { tenths: home.miles_to(&placed).tenths(), precision: home.precision.max(placed.precision) })
}

/// Whether a place lies inside an authority, where it is known. Postcodes are held with today's authorities: one in a successor of an
/// abolished authority is inside it (trap F20).
pub fn whereabouts(authority: AreaId, placed: Place) -> Option<Whereabouts> {
    let area = match placed {
        Place::Located(located) => located.area,
        Place::NorthernIreland | Place::CrownDependency => None,
        Place::NotHeld => return None,
    };
    let inside = area.is_some_and(|area| {
        area == authority || reference::authority::by_id(authority).is_some_and(|authority| authority.successors.contains(&area))
    });
    Some(if inside { Whereabouts::Inside } else { Whereabouts::Outside })
}

impl std::fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts").field("authorities", &self.authorities).field("population", &self.population).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::day;

    #[test]
    fn the_product_knows_distance_boundary_and_population() {
        let postcode = |text: &str| Postcode::parse(text.as_bytes()).unwrap();
        let authorities = areas(&["Nottingham".to_owned(), "Nowhere".to_owned()], day("2025-03-31"));
        assert_eq!(authorities, [AreaId::parse("892"), None]);
        let population = population(&Published::embedded(), &authorities, day("2025-03-31"));
        let facts = Facts::embedded(&authorities, &population);
        let nottingham = authorities[0].unwrap();
        let place = |text: &str| (facts.place)(postcode(text));
        assert_eq!(whereabouts(nottingham, place("NG1 5DT")), Some(Whereabouts::Inside));
        assert_eq!(whereabouts(nottingham, place("DE1 2QY")), Some(Whereabouts::Outside));
        assert_eq!(whereabouts(nottingham, place("BT1 5GS")), Some(Whereabouts::Outside));
        assert_eq!(whereabouts(nottingham, place("ZZ9 9ZZ")), None);
        let exact = distance(place("NG1 5DT"), place("DE1 2QY")).unwrap();
        assert!((100..=160).contains(&exact.tenths));
        assert_eq!(exact.precision, Precision::Unit);
        assert_eq!(distance(place("NG1 5"), place("DE1 2QY")).unwrap().precision, Precision::Sector);
        assert_eq!(distance(place("NG1 5DT"), place("BT1 5GS")), None);
        assert_eq!(population[0].map(|population| population.mid_year), Some(2024));
        assert_eq!(population[1], None);
    }

    #[test]
    fn a_successor_lies_inside_the_authority_it_replaced() {
        let northamptonshire = AreaId::parse("928").unwrap();
        let northampton = Postcode::parse(b"NN1 1DE").unwrap();
        assert_eq!(whereabouts(northamptonshire, postcode::place(northampton)), Some(Whereabouts::Inside));
    }
}
