//! The ground of an authority as far as its postcodes tell, for maps: squares of a grid that hold one of them, joined to an outline.
//!
//! Rough on purpose. It says where an authority lies and about how large it is; whether a place is inside is asked of its postcode, never of this.

use std::collections::{BTreeMap, BTreeSet};

use crate::AreaId;
use crate::postcode;

/// A place on the map: metres east and north on the British National Grid.
pub type Point = (f64, f64);

/// Where an authority lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The mean of its unit postcodes.
    pub middle: Point,
    /// Its outer borders, one for each stretch of land; the last point of each joins the first.
    pub borders: Vec<Vec<Point>>,
}

/// A square of the grid, counted from the grid's south-western corner.
type Square = (i32, i32);

/// Squares along the longer side of an authority: fine enough to recognise it by, coarse enough to bridge fields without a postcode.
const SQUARES: f64 = 32.0;

/// The ground of an upper-tier authority of England; nothing if no postcode of it is held.
pub fn of(area: AreaId) -> Option<Ground> {
    let points: Vec<Point> = postcode::units_in(area).map(|(_, unit)| (f64::from(unit.easting), f64::from(unit.northing))).collect();
    let count = points.len() as f64;
    let middle = (points.iter().map(|point| point.0).sum::<f64>() / count, points.iter().map(|point| point.1).sum::<f64>() / count);
    let range = |along: fn(&Point) -> f64| {
        let all = points.iter().map(along);
        all.clone().reduce(f64::max).zip(all.reduce(f64::min)).map(|(most, least)| most - least)
    };
    let side = (range(|point| point.0)?.max(range(|point| point.1)?) / SQUARES).max(250.0);
    let mut squares: BTreeSet<Square> = points.iter().map(|point| ((point.0 / side) as i32, (point.1 / side) as i32)).collect();
    fill(&mut squares);
    let metres = |(x, y): Square| (f64::from(x) * side, f64::from(y) * side);
    let borders = outer_borders(&squares).into_iter().map(|border| border.into_iter().map(metres).collect()).collect();
    Some(Ground { middle, borders })
}

/// Adds the squares that have land on three sides or more, until there is none: fields, moors and lakes within an authority.
fn fill(squares: &mut BTreeSet<Square>) {
    loop {
        let beside = |(x, y): Square| [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)];
        let enclosed: Vec<Square> = squares
            .iter()
            .flat_map(|&square| beside(square))
            .filter(|next| !squares.contains(next) && beside(*next).iter().filter(|around| squares.contains(around)).count() >= 3)
            .collect();
        if enclosed.is_empty() {
            return;
        }
        squares.extend(enclosed);
    }
}

/// The borders of joined squares, corner by corner, land on the left; what encloses no land (another authority within it) is left out.
fn outer_borders(squares: &BTreeSet<Square>) -> Vec<Vec<Square>> {
    let mut sides: BTreeMap<Square, Vec<Square>> = BTreeMap::new();
    for &(x, y) in squares {
        for (beyond, from, to) in [
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ] {
            if !squares.contains(&beyond) {
                sides.entry(from).or_default().push(to);
            }
        }
    }
    let mut borders = Vec::new();
    while let Some((&start, _)) = sides.first_key_value() {
        let mut border = Vec::new();
        let mut at = start;
        while let Some(next) = follow(&mut sides, at) {
            border.push(at);
            at = next;
            if at == start {
                break;
            }
        }
        if turns_left(&border) {
            borders.push(corners(&border));
        }
    }
    borders
}

/// Takes a side that begins at a corner.
fn follow(sides: &mut BTreeMap<Square, Vec<Square>>, from: Square) -> Option<Square> {
    let open = sides.get_mut(&from)?;
    let next = open.pop();
    if open.is_empty() {
        sides.remove(&from);
    }
    next
}

/// Whether a closed line has its inside on the left: twice its area is positive.
fn turns_left(border: &[Square]) -> bool {
    let next = border.iter().cycle().skip(1);
    border.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<i32>() > 0
}

/// The points where a closed line turns.
fn corners(border: &[Square]) -> Vec<Square> {
    let count = border.len();
    let straight = |at: usize| {
        let (before, here, after) = (border[(at + count - 1) % count], border[at], border[(at + 1) % count]);
        (here.0 - before.0, here.1 - before.1) == (after.0 - here.0, after.1 - here.1)
    };
    (0..count).filter(|&at| !straight(at)).map(|at| border[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area_of(border: &[Point]) -> f64 {
        let next = border.iter().cycle().skip(1);
        border.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
    }

    #[test]
    fn nottingham_has_about_its_size_and_lies_where_it_is() {
        // 74.6 square kilometres (ONS standard area measurements); squares reach over the border by half of one on the average.
        let ground = of(AreaId(892)).unwrap();
        let size: f64 = ground.borders.iter().map(|border| area_of(border)).sum::<f64>() / 1e6;
        assert!((70.0..95.0).contains(&size), "{size}");
        assert!((454e3..459e3).contains(&ground.middle.0) && (338e3..344e3).contains(&ground.middle.1), "{:?}", ground.middle);
        assert_eq!(of(AreaId::ENGLAND), None);
    }

    #[test]
    fn every_authority_of_today_has_a_ground_of_few_points() {
        for authority in crate::authority::all().iter().filter(|authority| authority.successors.is_empty()) {
            let ground = of(authority.id).unwrap_or_else(|| panic!("{}", authority.name));
            let points: usize = ground.borders.iter().map(Vec::len).sum();
            assert!((4..800).contains(&points), "{}: {points}", authority.name);
        }
    }

    #[test]
    fn a_city_within_its_county_is_no_border_of_it_and_two_corners_that_touch_are_two_pieces_or_one() {
        let ring: BTreeSet<Square> =
            (0..4).flat_map(|x| (0..4).map(move |y| (x, y))).filter(|&(x, y)| !((1..3).contains(&x) && (1..3).contains(&y))).collect();
        assert_eq!(outer_borders(&ring), [vec![(0, 0), (4, 0), (4, 4), (0, 4)]]);
        let touching = BTreeSet::from([(0, 0), (1, 1)]);
        let sides: usize = outer_borders(&touching).iter().map(Vec::len).sum();
        assert_eq!(sides, 8);
        let mut notched = BTreeSet::from([(0, 0), (1, 0), (2, 0), (0, 1), (2, 1)]);
        fill(&mut notched);
        assert!(notched.contains(&(1, 1)));
    }
}
