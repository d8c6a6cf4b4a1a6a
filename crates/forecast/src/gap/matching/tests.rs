use proptest::prelude::*;

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

/// Half of shared homes come here, and ordinary homes take any need.
const TERMS: Terms = Terms { shares: [0.5; 5], complex: [1.0; 5] };

/// One future of planned need for foster homes: age, band, children.
fn need(of: &[(u32, NeedBand, u32)]) -> Need {
    let mut sorted = of.to_vec();
    sorted.sort_by_key(|&(years, band, _)| (band, years));
    let cell = |&(years, band, _): &(u32, NeedBand, u32)| Cell { home: Home::Foster, band, notice: Notice::Planned, years };
    Need { cells: sorted.iter().map(cell).collect(), paths: 1, children: sorted.iter().map(|&(_, _, children)| children).collect() }
}

fn unmet(lots: &[Lot], of: &[(u32, NeedBand, u32)]) -> Vec<u32> {
    Supply::new(lots, Area::Anywhere, &TERMS).unmet(&need(of), 0)
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
fn children_of_one_band_move_along_for_those_of_another() {
    // The nine-year-old with complex need fits both homes, the five-year-old with standard need one of them: both have a home, whichever was filled
    // first.
    let lots = [lot(Home::Foster, (0, 10), 1, Vehicle::Own), lot(Home::Foster, (8, 18), 1, Vehicle::Own)];
    assert_eq!(unmet(&lots, &[(5, NeedBand::Standard, 1), (9, NeedBand::Complex, 1)]), [0, 0]);
}

#[test]
fn a_shortage_falls_on_no_age_by_rule() {
    let asked = need(&[(5, NeedBand::Standard, 10), (15, NeedBand::Standard, 10)]);
    let many = Need { paths: 200, children: asked.children.repeat(200), ..asked };
    let supply = Supply::new(&[lot(Home::Foster, (0, 17), 10, Vehicle::Own)], Area::Anywhere, &TERMS);
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
    assert_eq!(Supply::new(&lots, Area::Anywhere, &TERMS).unmet(&asked, 0), [2]);
}

#[test]
fn ordinary_homes_take_complex_need_as_far_as_they_do_today_and_specialist_ones_add_to_that() {
    let ordinary = lot(Home::Foster, (0, 17), 4, Vehicle::Own);
    let specialist = Lot { special: Special::Complex, ..lot(Home::Foster, (0, 17), 1, Vehicle::Own) };
    let half = Terms { complex: [0.5; 5], ..TERMS };
    let asked = need(&[(14, NeedBand::Complex, 4), (14, NeedBand::Standard, 4)]);
    let unmet = |lots: &[Lot]| Supply::new(lots, Area::Anywhere, &half).unmet(&asked, 0);
    assert_eq!(unmet(&[ordinary]), [2, 2], "two of the four places take complex need");
    assert_eq!(unmet(&[ordinary, specialist]), [2, 1], "one specialist home bars no other");
    let never = Terms { complex: [0.0; 5], ..TERMS };
    assert_eq!(Supply::new(&[ordinary, specialist], Area::Anywhere, &never).unmet(&asked, 0), [0, 3]);
}

#[test]
fn of_shared_homes_only_a_share_comes_here() {
    let lots = [lot(Home::Foster, (0, 17), 1, Vehicle::Spot); 3];
    assert_eq!(unmet(&lots, &[(5, NeedBand::Standard, 3)]), [2], "half of three is one whole place");
    let outside = Lot { area: Area::Anywhere, ..lot(Home::Foster, (0, 17), 3, Vehicle::Own) };
    assert_eq!(Supply::new(&[outside], Area::Inside, &TERMS).unmet(&need(&[(5, NeedBand::Standard, 3)]), 0), [3]);
}

/// Whole places of an ordinary row that take complex need in the first future.
fn in_first_future(row: &Row, terms: &Terms) -> u32 {
    let mut luck = ChaCha8Rng::seed_from_u64(ROW_LUCK);
    luck.set_word_pos(u128::from(row.known_by()) << 1);
    let ours = if row.vehicle.is_shared() { terms.shares[0] } else { 1.0 };
    whole_down(f64::from(row.places) * ours * terms.complex[0] + unit(&mut luck))
}

#[test]
fn many_small_homes_take_as_much_complex_need_as_they_count_for() {
    // Five homes for different ages, eight places each on the spot, of which a tenth comes here and half takes complex need: 0.4 of a place each.
    let lots: Vec<Lot> = (10..15).map(|to| lot(Home::Foster, (0, to), 8, Vehicle::Spot)).collect();
    let terms = Terms { shares: [0.1; 5], complex: [0.5; 5] };
    let asked = need(&[(5, NeedBand::Complex, 9)]);
    let many = Need { paths: 2_000, children: asked.children.repeat(2_000), ..asked };
    let supply = Supply::new(&lots, Area::Anywhere, &terms);
    let met: u32 = (0..2_000).map(|path| 9 - supply.unmet(&many, path)[0]).sum();
    assert!((f64::from(met) / 2_000.0 - 2.0).abs() < 0.06, "two children on average: {met} in 2,000 futures");
}

/// Every way to give children (age, whether complex) homes (ages, places, specialist, shared): how many with complex need have one at most, and how many
/// in all.
fn by_brute_force(children: &[(u32, bool)], rows: &[(Row, u32)], gate: u32, taken: &mut [(u32, u32)]) -> (u32, u32) {
    let Some((&(years, is_complex), others)) = children.split_first() else { return (0, 0) };
    let (mut complex, mut all) = by_brute_force(others, rows, gate, taken);
    for (at, (row, complex_places)) in rows.iter().enumerate() {
        let (places_taken, complex_taken) = taken[at];
        let shared: u32 = rows.iter().zip(&*taken).filter(|((row, _), _)| row.vehicle.is_shared()).map(|(_, taken)| taken.0).sum();
        let is_open = row.ages.holds(years)
            && places_taken < row.places
            && (!row.vehicle.is_shared() || shared < gate)
            && (!is_complex || row.specialist || complex_taken < *complex_places);
        if is_open {
            taken[at] = (places_taken + 1, complex_taken + u32::from(is_complex && !row.specialist));
            let (complex_then, all_then) = by_brute_force(others, rows, gate, taken);
            taken[at] = (places_taken, complex_taken);
            (complex, all) = (complex.max(complex_then + u32::from(is_complex)), all.max(all_then + 1));
        }
    }
    (complex, all)
}

fn lots() -> impl Strategy<Value = Vec<Lot>> {
    let one = (0u32..4, 0u32..4, 0u32..3, any::<bool>(), 0usize..4).prop_map(|(from, more, places, specialist, vehicle)| Lot {
        special: if specialist { Special::Complex } else { Special::None },
        ..lot(Home::Foster, (from, from + more), places, Vehicle::ALL[vehicle])
    });
    prop::collection::vec(one, 0..4)
}

fn children() -> impl Strategy<Value = Vec<(u32, NeedBand, u32)>> {
    let bands = prop::sample::select(NeedBand::ALL.to_vec());
    prop::collection::vec((0u32..7, bands).prop_map(|(years, band)| (years, band, 1)), 0..7)
}

/// Children with a home: those with complex need, those with complex or enhanced need, all.
fn met(lots: &[Lot], children: &[(u32, NeedBand, u32)], terms: &Terms) -> [u32; 3] {
    let need = need(children);
    let unmet = Supply::new(lots, Area::Anywhere, terms).unmet(&need, 0);
    [NeedBand::Complex, NeedBand::Enhanced, NeedBand::Standard].map(|least| {
        let cells = need.cells.iter().zip(need.children.iter().zip(&unmet)).filter(|(cell, _)| cell.band >= least);
        cells.map(|(_, (children, left))| children - left).sum()
    })
}

proptest! {
    #[test]
    fn nobody_could_place_more(lots in lots(), children in children(), share in 0.0f64..=1.0, complex in 0.0f64..=1.0) {
        let terms = Terms { shares: [share; 5], complex: [complex; 5] };
        let mut rows: Vec<(Row, u32)> = Vec::new();
        for lot in &lots {
            let row = Row { ages: lot.ages, specialist: lot.special == Special::Complex, vehicle: lot.vehicle, places: 0 };
            match rows.iter_mut().find(|(known, _)| Row { places: 0, ..*known } == row) {
                Some((known, _)) => known.places += lot.usable,
                None => rows.push((Row { places: lot.usable, ..row }, 0)),
            }
        }
        let shared: u32 = rows.iter().filter(|(row, _)| row.vehicle.is_shared()).map(|(row, _)| row.places).sum();
        for (row, complex) in &mut rows {
            *complex = in_first_future(row, &terms);
        }
        let gate = whole_down(f64::from(shared) * share);
        let asked: Vec<(u32, bool)> = children.iter().map(|&(years, band, _)| (years, band == NeedBand::Complex)).collect();
        let (complex, all) = by_brute_force(&asked, &rows, gate, &mut vec![(0, 0); rows.len()]);
        let [first, _, last] = met(&lots, &children, &terms);
        prop_assert_eq!((first, last), (complex, all));
    }

    #[test]
    fn one_home_more_lowers_no_need_that_is_met(
        lots in lots(), more in lots(), children in children(), share in 0.0f64..=1.0, complex in 0.0f64..=1.0,
    ) {
        let terms = Terms { shares: [share; 5], complex: [complex; 5] };
        let with: Vec<Lot> = lots.iter().chain(&more).copied().collect();
        let (before, after) = (met(&lots, &children, &terms), met(&with, &children, &terms));
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{before:?} became {after:?}");
    }
}
