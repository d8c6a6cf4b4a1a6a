//! Placing a future's children in what there is.

use std::collections::VecDeque;

use domain::supply::Notice;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{Area, Cell, Home, Lot, Need, NeedBand, Special};
use crate::scenario::Ages;

/// Places of one kind with the ages they take, on the day, for one home and one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    ages: Ages,
    places: u32,
    /// Kept for complex need while there is any.
    specialist: bool,
}

/// The supply of one day: rows by home and notice, those that take the fewest ages first, so that wide homes are kept for whom others do not take.
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
        let whole = |of: Vec<(Row, f64)>| {
            let mut of = whole_places(of);
            of.sort_by_key(|row| (row.ages.years(), row.ages.from, row.specialist));
            of
        };
        Self { rows: rows.into_iter().map(whole).collect(), told }
    }

    /// Whether specialist homes are told from others.
    pub(super) fn tells(&self, home: Home) -> bool {
        self.told[home as usize]
    }

    /// What every future leaves without a home, as [`Self::unmet`] has it, in the order of the futures.
    pub(super) fn unmet_in_all(&self, need: &Need) -> Vec<Vec<u32>> {
        (0..need.paths).into_par_iter().map(|path| self.unmet(need, path)).collect()
    }

    /// How many children of each cell are left without a home in one future, in the order of the need's cells.
    ///
    /// Complex need is placed first, then enhanced, then standard, and none gives way to the next. Within each, children come in an order drawn for the
    /// future, so that a shortage falls on no age by rule; whoever has a home may be moved to another that takes it to make room, so that as many of
    /// the band as possible have one (augmenting paths: Berge 1957). Ordinary homes take complex need only where the file tells no specialist homes apart. Emergency places are kept for
    /// emergencies, and emergencies need one (A003, A131).
    pub(super) fn unmet(&self, need: &Need, path: usize) -> Vec<u32> {
        let children = need.path(path);
        let mut left = vec![0; children.len()];
        let mut chance = ChaCha8Rng::seed_from_u64(0);
        chance.set_stream(path as u64);
        for home in Home::ALL {
            for notice in Notice::ALL {
                let mut free: Vec<u32> = self.rows[slot(home, notice)].iter().map(|row| row.places).collect();
                for band in NeedBand::ALL.into_iter().rev() {
                    let meant = |cell: &Cell| (cell.home, cell.notice, cell.band) == (home, notice, band);
                    let mut queue: Vec<usize> = Vec::new();
                    for (at, _) in need.cells.iter().enumerate().filter(|(_, cell)| meant(cell)) {
                        queue.extend(std::iter::repeat_n(at, children[at] as usize));
                    }
                    shuffle(&mut queue, &mut chance);
                    let rows = self.rows[slot(home, notice)].iter();
                    let ages: Vec<Option<Ages>> = rows
                        .map(|row| (band != NeedBand::Complex || row.specialist || !self.told[home as usize]).then_some(row.ages))
                        .collect();
                    let mut homes = Homes { ages, free, by_age: vec![[0; 18]; self.rows[slot(home, notice)].len()] };
                    let mut full = [false; 18];
                    for at in queue {
                        let years = need.cells[at].years.min(17) as usize;
                        // Where one child of an age found no way in, none of that age will: places only become fewer.
                        if full[years] || !homes.place(years) {
                            full[years] = true;
                            left[at] += 1;
                        }
                    }
                    free = homes.free;
                }
            }
        }
        left
    }
}

/// Whole places of rows that hold parts of places: as many as the parts add up to, the last ones where the parts cut off are largest (Hamilton 1792).
fn whole_places(parts: Vec<(Row, f64)>) -> Vec<Row> {
    let all: f64 = parts.iter().map(|(_, places)| places).sum();
    let mut rows: Vec<(Row, f64)> =
        parts.into_iter().map(|(row, places)| (Row { places: (places + 1e-9) as u32, ..row }, places - (places + 1e-9).floor())).collect();
    let given: u32 = rows.iter().map(|(row, _)| row.places).sum();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&one, &other| rows[other].1.total_cmp(&rows[one].1));
    for at in order.into_iter().take(((all + 1e-9) as u32).saturating_sub(given) as usize) {
        rows[at].0.places += 1;
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

/// Homes of one kind while the children of one band are placed in them.
struct Homes {
    /// Ages that each row takes; nothing where it does not take the band.
    ages: Vec<Option<Ages>>,
    /// Places left in each.
    free: Vec<u32>,
    /// Children of the band in each, by age.
    by_age: Vec<[u32; 18]>,
}

impl Homes {
    fn takes(&self, row: usize, years: usize) -> bool {
        self.ages[row].is_some_and(|ages| ages.holds(years as u32))
    }

    /// Finds a place for a child, moving others along where that makes room; false where there is none.
    fn place(&mut self, years: usize) -> bool {
        // Most find a free place at once; the search below would come to the same one.
        if let Some(row) = (0..self.free.len()).find(|&row| self.free[row] > 0 && self.takes(row, years)) {
            self.free[row] -= 1;
            self.by_age[row][years] += 1;
            return true;
        }
        // From which row, and of which age, a child would move into each row.
        let mut moved: Vec<Option<(usize, usize)>> = vec![None; self.free.len()];
        let mut seen: Vec<bool> = (0..self.free.len()).map(|row| self.takes(row, years)).collect();
        let mut queue: VecDeque<usize> = (0..self.free.len()).filter(|&row| seen[row]).collect();
        while let Some(row) = queue.pop_front() {
            if self.free[row] > 0 {
                self.free[row] -= 1;
                let mut into = row;
                while let Some((from, age)) = moved[into] {
                    self.by_age[from][age] -= 1;
                    self.by_age[into][age] += 1;
                    into = from;
                }
                self.by_age[into][years] += 1;
                return true;
            }
            for age in (0..18).filter(|&age| self.by_age[row][age] > 0) {
                for next in 0..self.free.len() {
                    if !seen[next] && self.takes(next, age) {
                        seen[next] = true;
                        moved[next] = Some((row, age));
                        queue.push_back(next);
                    }
                }
            }
        }
        false
    }
}

/// Fisher and Yates' shuffle.
fn shuffle(queue: &mut [usize], chance: &mut ChaCha8Rng) {
    for last in (1..queue.len()).rev() {
        let other = ((chance.next_u64() >> 32) * (last as u64 + 1)) >> 32;
        queue.swap(last, other as usize);
    }
}

fn slot(home: Home, notice: Notice) -> usize {
    home as usize * 2 + usize::from(notice == Notice::Planned)
}

#[cfg(test)]
pub(super) mod tests {
    use domain::supply::Vehicle;

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
    fn children_move_along_to_make_room() {
        // The nine-year-old fits both homes; wherever it is put first, the other two find room.
        let lots = [
            lot(Home::Foster, (8, 17), 1, Vehicle::Own),
            lot(Home::Foster, (0, 10), 1, Vehicle::Own),
            lot(Home::Foster, (9, 12), 1, Vehicle::Own),
        ];
        assert_eq!(unmet(&lots, &[(5, NeedBand::Standard, 1), (9, NeedBand::Standard, 1), (15, NeedBand::Standard, 1)]), [0, 0, 0]);
        assert_eq!(
            unmet(&lots[..2], &[(5, NeedBand::Standard, 1), (9, NeedBand::Standard, 1), (15, NeedBand::Standard, 1)]).iter().sum::<u32>(),
            1
        );
    }

    #[test]
    fn a_shortage_falls_on_no_age_by_rule() {
        let asked = need(&[(5, NeedBand::Standard, 10), (15, NeedBand::Standard, 10)]);
        let many = Need { paths: 200, children: asked.children.repeat(200), ..asked };
        let supply = Supply::new(&[lot(Home::Foster, (0, 17), 10, Vehicle::Own)], Area::Anywhere, &[1.0; 5]);
        let young: u32 = (0..200).map(|path| supply.unmet(&many, path)[0]).sum();
        assert!((f64::from(young) / 200.0 - 5.0).abs() < 0.5, "half of the ten without a home are young: {young} of 2,000");
        assert!((0..200).all(|path| supply.unmet(&many, path).iter().sum::<u32>() == 10));
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
