//! Fixed cost over occupied beds: what a week in a home of one's own costs, and when it beats the price outside.

use domain::Money;

use super::Terms;

/// From how many occupied beds on a fixed cost is no dearer than buying each on the spot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// Where the two costs meet.
    pub exact: f64,
    /// The first whole number of beds from there.
    pub beds: u32,
}

/// What one occupied bed costs a week, to the nearest penny; nothing where none is occupied.
pub fn unit_cost(fixed: Money, occupied: u32) -> Option<Money> {
    let occupied = i64::from(occupied);
    (occupied > 0).then(|| Money::from_pence((2 * fixed.pence() + occupied).div_euclid(2 * occupied)))
}

/// How many beds must be occupied; nothing where beds outside cost nothing.
pub fn break_even_beds(fixed: Money, spot: Money) -> Option<BreakEven> {
    (spot.pence() > 0).then(|| {
        let exact = fixed.pence() as f64 / spot.pence() as f64;
        BreakEven { exact, beds: exact.ceil() as u32 }
    })
}

/// The share of its beds that must be occupied for these terms to be no dearer than the spot price: for a block that is paid in full,
/// block fee ÷ (spot fee × beds) (dossier A130). Above 1 it never is; nothing where no occupancy makes the two equal.
pub fn break_even_occupancy(terms: Terms, spot: Money, beds: u32) -> Option<f64> {
    let pence = |money: Money| money.pence() as f64;
    let (top, bottom) = match terms {
        // Occupied share o costs o × occupied + (1 - o) × void, and o × spot outside.
        Terms::Block { occupied, void } => (pence(void), pence(spot) - pence(occupied) + pence(void)),
        Terms::Own { fixed } => (pence(fixed), pence(spot) * f64::from(beds)),
    };
    (bottom > 0.0).then(|| top / bottom)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn pounds(pounds: i64) -> Money {
        Money::from_pence(pounds * 100)
    }

    #[test]
    fn the_homes_of_nottinghamshire_pay_from_the_24th_bed() {
        // Dossier A075: sixteen children at £3,952 are £63,232 a week of fixed cost; outside a week costs £2,711.
        let fixed = pounds(3_952) * 16;
        assert_eq!(fixed, pounds(63_232));
        assert_eq!(unit_cost(fixed, 24).unwrap().to_string(), "£2,634.67");
        let even = break_even_beds(fixed, pounds(2_711)).unwrap();
        assert_eq!((domain::number::half_up(even.exact, 1).to_string(), even.beds), ("23.3".to_owned(), 24));
        assert!(unit_cost(fixed, 23).unwrap() > pounds(2_711));
        let share = break_even_occupancy(Terms::Own { fixed }, pounds(2_711), 24).unwrap();
        assert!((share - 63_232.0 / (2_711.0 * 24.0)).abs() < 1e-12);
        assert_eq!(unit_cost(fixed, 0), None);
    }

    #[test]
    fn a_block_pays_from_the_share_at_which_both_cost_the_same() {
        let share = |occupied: i64, void: i64, spot: i64| {
            break_even_occupancy(Terms::Block { occupied: pounds(occupied), void: pounds(void) }, pounds(spot), 10)
        };
        // Paid in full: ten beds at £4,000 against £5,000 are 40,000 ÷ (5,000 × 10).
        assert!((share(4_000, 4_000, 5_000).unwrap() - 0.8).abs() < 1e-12);
        assert!((share(4_000, 2_000, 5_000).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!(share(6_000, 6_000, 5_000).unwrap() > 1.0, "dearer than spot even when full");
        assert_eq!(share(4_000, 0, 5_000), Some(0.0));
        assert_eq!(share(5_000, 0, 5_000), None, "always the same");
    }
}
