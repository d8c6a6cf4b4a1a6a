use proptest::prelude::*;

use super::*;

fn days(count: usize) -> Vec<Day> {
    (0..count).map(|month| Day::year_end(2026).plus_months(month as i32)).collect()
}

fn demand(dates: usize, children: &[u32]) -> Demand {
    Demand::new(days(dates), children.to_vec()).unwrap()
}

const fn pounds(pounds: i64) -> Money {
    Money::from_pence(pounds * 100)
}

fn question(beds: RangeInclusive<u32>, block: i64, void: i64, spot: i64) -> Question {
    Question {
        beds,
        terms: Terms::Block { occupied: pounds(block), void: pounds(void) },
        spot: pounds(spot),
        fit: 1.0,
        ramp_months: 0,
        within: 0.0,
        seed: 1,
    }
}

fn close(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-6 * other.abs().max(1.0), "{one} is not {other}");
}

#[test]
fn certain_need_is_met_in_block_to_the_last_child() {
    // Twenty children for a week; beds at £4,000 paid in full, £5,000 outside.
    let answer = answer(&demand(1, &[20, 20]), &question(10..=30, 4_000, 4_000, 5_000)).unwrap();
    let best = &answer.lines[answer.best];
    assert_eq!((best.beds, answer.days), (20, 7));
    close(best.cost.mean, 8_000_000.0);
    close(best.saving, 2_000_000.0);
    close(best.occupancy.unwrap(), 1.0);
    close(best.chance_dearer, 0.0);
    close(best.break_even.unwrap(), 0.8);
    close(answer.all_spot.mean, 10_000_000.0);
    let thirty = answer.lines.last().unwrap();
    close(thirty.cost.mean, 12_000_000.0);
    close(thirty.void_cost, 4_000_000.0);
    close(thirty.chance_dearer, 1.0); // 20 of 30 is below four fifths
    assert_eq!(answer.plateau, (10, 10), "nothing is left to chance and no tolerance was given");
}

#[test]
fn the_best_number_is_the_newsvendors_quantile_of_need() {
    // Need of 1 to 100, each as likely: the last bed pays while the chance that it is used is above block ÷ spot = 0.7, so 30 (or 31) beds.
    let need: Vec<u32> = (1..=100).collect();
    let answer = answer(&demand(1, &need), &Question { within: 0.005, ..question(0..=60, 3_500, 3_500, 5_000) }).unwrap();
    let best = &answer.lines[answer.best];
    assert!((30..=31).contains(&best.beds), "{}", best.beds);
    let expected: f64 = (1..=100).map(|need| f64::from(need.min(best.beds)) / 100.0).sum();
    close(best.occupancy.unwrap(), expected / f64::from(best.beds));
    close(best.cost.mean, 350_000.0 * f64::from(best.beds) + 500_000.0 * (50.5 - expected));
    let (first, last) = answer.plateau;
    assert!(first < answer.best && answer.best < last, "numbers beside the best are as good: {:?}", answer.plateau);
    assert!(answer.lines[first - 1].cost.mean > best.cost.mean * 1.005);
    assert!(best.at_risk > best.cost.median && best.at_risk <= best.cost.ninety_five.1 + 1.0);
}

#[test]
fn a_block_dearer_than_spot_is_not_bought() {
    let answer = answer(&demand(1, &[5, 9]), &question(0..=6, 6_000, 6_000, 5_000)).unwrap();
    assert_eq!(answer.lines[answer.best].beds, 0);
    let none = &answer.lines[0];
    assert_eq!((none.occupancy, none.unit_weekly, none.void_cost), (None, None, 0.0));
    close(none.saving, 0.0);
}

#[test]
fn beds_that_suit_half_of_the_children_stand_empty_more() {
    let need = vec![20; 4_000];
    let half = Question { fit: 0.5, ..question(10..=10, 4_000, 4_000, 5_000) };
    let line = answer(&demand(1, &need), &half).unwrap().lines.remove(0);
    // The mean of the lesser of 10 and a binomial of 20 at a half: 10 - 10 × C(19, 9) ÷ 2^20, 9.119.
    close(line.occupancy.unwrap(), (10.0 - 10.0 * 92_378.0 / 1_048_576.0) / 10.0);
    let drawn = line.cost.ninety_five;
    assert!(drawn.0 < line.cost.mean && line.cost.mean < drawn.1);
}

#[test]
fn while_beds_fill_one_after_another_all_are_paid_for() {
    // Three month ends, two months of ramp: 0, 5 (of 30 out of 61 days: 4), then 10 of 10 beds can be filled.
    let answer = answer(&demand(3, &[10, 10, 10]), &Question { ramp_months: 2, ..question(10..=10, 4_000, 1_000, 5_000) }).unwrap();
    let line = &answer.lines[0];
    let days = [31.0, 30.0, 31.0];
    close(f64::from(answer.days), days.iter().sum());
    let nights = days[1] * 4.0 + days[2] * 10.0;
    close(line.occupancy.unwrap(), nights / 920.0);
    close(line.void_cost, (920.0 - nights) * 100_000.0 / 7.0);
    close(line.cost.mean, nights * 400_000.0 / 7.0 + (920.0 - nights) * 600_000.0 / 7.0);
}

#[test]
fn own_homes_cost_the_same_however_many_sleep_there() {
    // Dossier A075: £63,232 a week; 24 of 30 beds occupied cost £2,634.67 each.
    let own = Question { terms: Terms::Own { fixed: pounds(63_232) }, ..question(16..=30, 0, 0, 2_711) };
    let answer = answer(&demand(1, &[24, 24]), &own).unwrap();
    let line = |beds: u32| &answer.lines[beds as usize - 16];
    close(line(24).unit_weekly.unwrap().round(), 263_467.0);
    close(line(30).unit_weekly.unwrap().round(), 263_467.0);
    assert!(line(23).saving < 0.0 && line(24).saving > 0.0, "it pays from the 24th child");
    assert_eq!(answer.lines[answer.best].beds, 24, "beds beyond need cost nothing and gain nothing");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let need = demand(1, &[5]);
    let asked = question(1..=5, 4_000, 4_000, 5_000);
    #[expect(clippy::reversed_empty_ranges, reason = "a person may type it")]
    let reversed = Question { beds: 5..=1, ..asked.clone() };
    assert_eq!(answer(&need, &reversed), Err(Fault::NoBeds));
    assert_eq!(answer(&need, &Question { fit: 1.5, ..asked.clone() }), Err(Fault::Fit(1.5)));
    assert_eq!(answer(&need, &Question { spot: pounds(-1), ..asked.clone() }), Err(Fault::Price(pounds(-1))));
    assert_eq!(answer(&need, &Question { within: -0.1, ..asked }), Err(Fault::Within(-0.1)));
    assert_eq!(Demand::new(days(2), vec![1, 2, 3]), None);
    assert_eq!(Demand::new(Vec::new(), Vec::new()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Occupancy is a share, a dearer void never lowers the cost, amounts add up, and the same seed gives the same answer.
    #[test]
    fn amounts_hold_together(
        need in prop::collection::vec(0u32..40, 2..24),
        fit in 0.0f64..=1.0,
        (block, void, spot) in (0i64..8_000, 0i64..8_000, 0i64..9_000),
        ramp in 0u32..6,
    ) {
        let need = &need[..need.len() / 2 * 2];
        let demand = demand(2, need);
        let asked = Question { fit, ramp_months: ramp, within: 0.01, ..question(0..=20, block, void, spot) };
        let found = answer(&demand, &asked).unwrap();
        prop_assert_eq!(&found, &answer(&demand, &asked).unwrap());
        prop_assert!(found.plateau.0 <= found.best && found.best <= found.plateau.1);
        for line in &found.lines {
            prop_assert!(line.occupancy.is_none_or(|share| (-1e-9..=1.0 + 1e-9).contains(&share)));
            prop_assert!(line.void_cost >= -1e-6);
            prop_assert!((line.cost.mean + line.saving - found.all_spot.mean).abs() < 1e-3);
            prop_assert!(line.cost.mean >= found.lines[found.best].cost.mean);
        }
    }
}
