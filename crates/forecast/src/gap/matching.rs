//! Placing a future's children in what there is.

use domain::supply::Notice;

use super::{Area, Home, Lot, Need, NeedBand, Special};
use crate::scenario::Ages;

/// Places of one kind with the ages they take, on the day, for one home and one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    ages: Ages,
    places: u32,
    /// Kept for complex need while there is any.
    specialist: bool,
}

/// The supply of one day: rows by home and notice, those that take children to the lowest age first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supply {
    rows: Vec<Vec<Row>>,
    /// Whether the file tells specialist homes from others, by home.
    told: [bool; 5],
}

impl Supply {
    /// What lots give within an area. `share` is the part of homes shared with other authorities that comes to this one, by home.
    pub(super) fn new(lots: &[Lot], area: Area, share: &[f64; 5]) -> Self {
        let mut rows: Vec<Vec<(Row, f64)>> = vec![Vec::new(); 10];
        let mut told = [false; 5];
        let lived_in = lots.iter().filter(|lot| matches!(lot.special, Special::None | Special::Complex));
        for lot in lived_in {
            told[lot.home as usize] |= lot.special == Special::Complex;
            if area == Area::Inside && lot.area != Area::Inside {
                continue;
            }
            let ours = if lot.vehicle.is_shared() { share[lot.home as usize] } else { 1.0 };
            let row = Row { ages: lot.ages, places: 0, specialist: lot.special == Special::Complex };
            let of = &mut rows[slot(lot.home, lot.notice)];
            let places = f64::from(lot.usable) * ours;
            match of.iter_mut().find(|(known, _)| *known == row) {
                Some((_, sum)) => *sum += places,
                None => of.push((row, places)),
            }
        }
        // A part of a place is no place; the parts of equal homes were added up first.
        let whole = |of: Vec<(Row, f64)>| {
            let mut of: Vec<Row> = of.into_iter().map(|(row, places)| Row { places: (places + 1e-9) as u32, ..row }).collect();
            of.sort_by_key(|row| (row.ages.to, row.ages.from, row.specialist));
            of
        };
        Self { rows: rows.into_iter().map(whole).collect(), told }
    }

    /// Whether specialist homes are told from others.
    pub(super) fn tells(&self, home: Home) -> bool {
        self.told[home as usize]
    }

    /// How many children of each cell are left without a home in one future, in the order of the need's cells.
    ///
    /// Complex need is placed first, then enhanced, then standard. Within each, age by age from the youngest, in the home that stops taking children
    /// soonest: no other order places more children of one band (Glover 1967). Ordinary homes take complex need only where the file tells no
    /// specialist homes apart. Emergency places are kept for emergencies, and emergencies need one (A003, A131).
    pub(super) fn unmet(&self, need: &Need, path: usize) -> Vec<u32> {
        let children = need.path(path);
        let mut left = children.to_vec();
        let mut free = self.rows.clone();
        for band in NeedBand::ALL.into_iter().rev() {
            // Cells are sorted by home, band, notice, age: within a band and notice the youngest come first.
            for (at, cell) in need.cells.iter().enumerate().filter(|(_, cell)| cell.band == band) {
                let takes = |row: &&mut Row| {
                    let fits = band != NeedBand::Complex || row.specialist || !self.told[cell.home as usize];
                    row.places > 0 && row.ages.holds(cell.years) && fits
                };
                for row in free[slot(cell.home, cell.notice)].iter_mut().filter(takes) {
                    let placed = left[at].min(row.places);
                    left[at] -= placed;
                    row.places -= placed;
                    if left[at] == 0 {
                        break;
                    }
                }
            }
        }
        left
    }
}

fn slot(home: Home, notice: Notice) -> usize {
    home as usize * 2 + usize::from(notice == Notice::Planned)
}

#[cfg(test)]
pub(super) mod tests {
    use domain::supply::Vehicle;

    use super::super::Cell;
    use super::*;

    pub(in crate::gap) const fn lot(home: Home, ages: (u32, u32), places: u32, vehicle: Vehicle) -> Lot {
        Lot {
            home,
            special: Special::None,
            ages: Ages { from: ages.0, to: ages.1 },
            registered: places,
            usable: places,
            not_in_force: 0,
            vehicle,
            area: Area::Inside,
            notice: Notice::Planned,
        }
    }

    /// One future of planned need for foster homes: age, band, children.
    fn need(of: &[(u32, NeedBand, u32)]) -> Need {
        let mut sorted = of.to_vec();
        sorted.sort_by_key(|&(years, band, _)| (band, years));
        let cell = |&(years, band, _): &(u32, NeedBand, u32)| Cell { home: Home::Foster, band, notice: Notice::Planned, years };
        Need { cells: sorted.iter().map(cell).collect(), paths: 1, children: sorted.iter().map(|&(_, _, children)| children).collect() }
    }

    fn unmet(lots: &[Lot], of: &[(u32, NeedBand, u32)]) -> Vec<u32> {
        Supply::new(lots, Area::Anywhere, &[0.5; 5]).unmet(&need(of), 0)
    }

    #[test]
    fn the_young_do_not_take_the_only_homes_of_the_old() {
        // A wide home and a narrow one: the five-year-old goes to the narrow one, so that both have a home.
        let lots = [lot(Home::Foster, (0, 17), 1, Vehicle::Own), lot(Home::Foster, (0, 9), 1, Vehicle::Own)];
        assert_eq!(unmet(&lots, &[(5, NeedBand::Standard, 1), (15, NeedBand::Standard, 1)]), [0, 0]);
        assert_eq!(unmet(&lots[1..], &[(5, NeedBand::Standard, 1), (15, NeedBand::Standard, 1)]), [0, 1]);
    }

    #[test]
    fn a_hundred_beds_and_no_emergency_bed_is_a_gap() {
        // Dossier A003.
        let lots = [lot(Home::Foster, (0, 17), 100, Vehicle::Own)];
        let mut asked = need(&[(5, NeedBand::Standard, 2)]);
        asked.cells[0].notice = Notice::Emergency;
        let supply = Supply::new(&lots, Area::Anywhere, &[1.0; 5]);
        assert_eq!(supply.unmet(&asked, 0), [2]);
    }

    #[test]
    fn specialist_homes_are_for_complex_need_where_they_are_told_apart() {
        let ordinary = lot(Home::Foster, (0, 17), 2, Vehicle::Own);
        let specialist = Lot { special: Special::Complex, ..lot(Home::Foster, (0, 17), 1, Vehicle::Own) };
        let both = [(14, NeedBand::Standard, 1), (14, NeedBand::Complex, 2)];
        assert_eq!(unmet(&[ordinary, specialist], &both), [0, 1]);
        assert_eq!(unmet(&[ordinary], &both), [1, 0], "the hardest to place come first");
    }

    #[test]
    fn of_shared_homes_only_a_share_comes_here() {
        let lots = [lot(Home::Foster, (0, 17), 1, Vehicle::Spot); 3];
        assert_eq!(unmet(&lots, &[(5, NeedBand::Standard, 3)]), [2], "half of three is one whole place");
        let outside = Lot { area: Area::Anywhere, ..lot(Home::Foster, (0, 17), 3, Vehicle::Own) };
        assert_eq!(Supply::new(&[outside], Area::Inside, &[1.0; 5]).unmet(&need(&[(5, NeedBand::Standard, 3)]), 0), [3]);
    }
}
