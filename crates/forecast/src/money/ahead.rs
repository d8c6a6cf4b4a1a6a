//! What the nights of a forecast cost, future by future.

use std::ops::Range;

use domain::{Day, Money};

use crate::nights::{Stretch, stretches};
use crate::outlook::Spread;
use crate::paths::{Paths, Pick};

/// A rise of a price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uplift {
    /// First day of the new price: 1 April, a contract's anniversary, the end of a lock (dossier F9).
    pub on: Day,
    /// 1.03 is three per cent more.
    pub factor: f64,
}

/// A price and how it rises.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// A week at the price base.
    pub weekly: Money,
    /// The day for which the price was given; rises up to that day are in it. Where nobody knows, every rise is still to come.
    pub base: Option<Day>,
    /// Where the price comes from.
    pub source: String,
    /// Rises, in any order.
    pub uplifts: Vec<Uplift>,
}

/// A contract already held: so many children at its price until it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Position of its kind of home among the forecast's groups.
    pub group: usize,
    /// Children.
    pub children: u32,
    /// Its price.
    pub price: Steps,
    /// Last night.
    pub until: Day,
}

/// What each group costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tariff {
    /// One for each group of the forecast; nothing where no price is held, and then it costs *unknown*.
    pub prices: Vec<Option<Steps>>,
    /// Contracts held. Children beyond them, and all once they have ended, are at the group's price.
    pub held: Vec<Held>,
}

/// Cost of a forecast by financial year. Amounts are pence.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// Financial years in order; the first and the last may be cut short by the forecast's dates.
    pub years: Vec<Year>,
    /// All of them together.
    pub total: Spread,
}

/// One financial year, or what of it the forecast covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Year {
    /// The year in which it ends.
    pub year_end: u32,
    /// The nights covered.
    pub covers: Stretch,
    /// Cost of what has a price.
    pub cost: Spread,
    /// Nights of children with a price, expected.
    pub costed_nights: f64,
    /// Nights of children without one, expected: they cost something, and nobody knows what.
    pub uncosted_nights: f64,
    /// Each group, in the forecast's order.
    pub groups: Vec<GroupYear>,
}

/// One group in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupYear {
    /// Name.
    pub group: &'static str,
    /// Children on an average night, expected.
    pub children: f64,
    /// Cost; nothing where no price is held.
    pub cost: Option<Spread>,
}

impl Steps {
    /// A price that never rises.
    pub const fn fixed(weekly: Money, base: Option<Day>) -> Self {
        Self { weekly, base, source: String::new(), uplifts: Vec::new() }
    }

    /// Pence of one night.
    fn night(&self, on: Day) -> f64 {
        let risen = |uplift: &&Uplift| uplift.on <= on && self.base.is_none_or(|base| base < uplift.on);
        self.weekly.pence() as f64 / 7.0 * self.uplifts.iter().filter(risen).map(|uplift| uplift.factor).product::<f64>()
    }

    /// Pence of the nights of a stretch.
    fn nights(&self, stretch: Stretch) -> f64 {
        each(stretch).map(|night| self.night(night)).sum()
    }
}

fn each(stretch: Stretch) -> impl Iterator<Item = Day> {
    (0..stretch.nights()).map(move |night| stretch.from.plus(night as i32))
}

/// What the children of a group cost over a stretch, whatever their number: the first ones at the prices of contracts held, longest first.
struct Ladder {
    /// Cost of the first so many children, from none on.
    held: Vec<f64>,
    /// Cost of each child beyond.
    more: Option<f64>,
}

impl Ladder {
    fn new(tariff: &Tariff, group: usize, stretch: Stretch) -> Self {
        let market = tariff.prices.get(group).and_then(Option::as_ref);
        let mut contracts: Vec<&Held> = tariff.held.iter().filter(|held| held.group == group && held.until >= stretch.from).collect();
        contracts.sort_by_key(|held| std::cmp::Reverse(held.until));
        let mut held = vec![0.0];
        for contract in contracts {
            let end = stretch.end.min(contract.until.plus(1));
            let within = contract.price.nights(Stretch { end, ..stretch });
            // After its end the child stays, at the group's price; without one, at the price the child had.
            let after = Stretch { from: end, ..stretch };
            let child = within + market.map_or_else(|| contract.price.nights(after), |market| market.nights(after));
            for _ in 0..contract.children {
                held.push(held[held.len() - 1] + child);
            }
        }
        Self { held, more: market.map(|market| market.nights(stretch)) }
    }

    /// Cost of so many children, and how many of them have no price.
    fn cost(&self, children: u32) -> (f64, u32) {
        let of_contracts = (children as usize).min(self.held.len() - 1);
        let others = children - of_contracts as u32;
        match self.more {
            Some(each) => (self.held[of_contracts] + each * f64::from(others), 0),
            None => (self.held[of_contracts], others),
        }
    }

    fn has_price(&self) -> bool {
        self.more.is_some() || self.held.len() > 1
    }
}

/// Costs a forecast (all its authorities together) by financial year.
pub fn cost(paths: &Paths, tariff: &Tariff) -> Ahead {
    let pieces = pieces(paths);
    let mut total = vec![0.0; paths.paths];
    let mut years: Vec<Year> = Vec::new();
    for pieces in pieces.chunk_by(|one, other| one.year_end == other.year_end) {
        let mut cost = vec![0.0; paths.paths];
        let (mut costed_nights, mut uncosted_nights) = (0.0, 0.0);
        let covers = Stretch { from: pieces[0].stretch.from, end: pieces[pieces.len() - 1].stretch.end };
        let mut groups = Vec::new();
        for (group, name) in paths.groups.names().into_iter().enumerate() {
            let mut of_group = vec![0.0; paths.paths];
            let (mut nights, mut without, mut priced) = (0.0, 0.0, false);
            for piece in pieces {
                let ladder = Ladder::new(tariff, group, piece.stretch);
                priced |= ladder.has_price();
                let long = f64::from(piece.stretch.nights());
                for (path, children) in paths.sample(Pick::Sum, piece.date, Pick::One(group)).into_iter().enumerate() {
                    let (pence, no_price) = ladder.cost(children);
                    of_group[path] += pence;
                    nights += f64::from(children) * long;
                    without += f64::from(no_price) * long;
                }
            }
            let mean = |nights: f64| nights / paths.paths.max(1) as f64;
            costed_nights += mean(nights - without);
            uncosted_nights += mean(without);
            for (sum, pence) in cost.iter_mut().zip(&of_group) {
                *sum += pence;
            }
            let children = mean(nights) / f64::from(covers.nights().max(1));
            groups.push(GroupYear { group: name, children, cost: priced.then(|| Spread::of(of_group)) });
        }
        for (sum, pence) in total.iter_mut().zip(&cost) {
            *sum += pence;
        }
        years.push(Year { year_end: pieces[0].year_end, covers, cost: Spread::of(cost), costed_nights, uncosted_nights, groups });
    }
    Ahead { years, total: Spread::of(total) }
}

/// Pence by path and date, the date fastest: what the nights for which each date stands cost. For differences between scenarios and for the month
/// in which money spent comes back.
pub fn cost_by_date(paths: &Paths, tariff: &Tariff) -> Vec<f64> {
    let dates = paths.dates.len();
    let mut pence = vec![0.0; paths.paths * dates];
    for (date, stretch) in stretches(paths.from, &paths.dates).into_iter().enumerate() {
        for group in 0..paths.width() {
            let ladder = Ladder::new(tariff, group, stretch);
            for (path, children) in paths.sample(Pick::Sum, date, Pick::One(group)).into_iter().enumerate() {
                pence[path * dates + date] += ladder.cost(children).0;
            }
        }
    }
    pence
}

/// The nights of a date within one financial year.
struct Piece {
    date: usize,
    year_end: u32,
    stretch: Stretch,
}

/// A date's stretch cut at 1 April, so that each night falls in its financial year (trap F8).
fn pieces(paths: &Paths) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (date, stretch) in stretches(paths.from, &paths.dates).into_iter().enumerate() {
        let years: Range<u32> = stretch.from.return_year()..stretch.end.plus(-1).return_year() + 1;
        for year_end in years {
            let from = stretch.from.max(Day::year_start(year_end));
            let end = stretch.end.min(Day::year_end(year_end).plus(1));
            pieces.push(Piece { date, year_end, stretch: Stretch { from, end } });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::Groups;

    const fn pounds(pounds: i64) -> Money {
        Money::from_pence(pounds * 100)
    }

    fn day(text: &str) -> Day {
        Day::parse(text.as_bytes()).unwrap()
    }

    /// Two futures with 10 and 12 fostered children and 3 others without a price, at month ends from 31 March 2026.
    fn paths(months: i32) -> Paths {
        let dates = (0..months).map(|month| day("2026-03-31").plus_months(month)).collect();
        let mut paths = Paths::empty(vec!["A".to_owned()], dates, Groups::Broad, 2);
        for (path, children) in [10, 12].into_iter().enumerate() {
            for date in 0..months as usize {
                paths.at_mut(path, 0, date).copy_from_slice(&[children, 0, 0, 3]);
            }
        }
        paths
    }

    fn tariff(fostering: Steps) -> Tariff {
        Tariff { prices: vec![Some(fostering), None, None, None], held: Vec::new() }
    }

    fn close(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-6 * other.abs().max(1.0), "{one} is not {other}");
    }

    #[test]
    fn nights_fall_in_their_financial_year_and_what_has_no_price_is_counted() {
        let ahead = cost(&paths(2), &tariff(Steps::fixed(pounds(700), None)));
        // Each month end stands for its month: March belongs to 2025-26, April to 2026-27.
        let years: Vec<(u32, u32)> = ahead.years.iter().map(|year| (year.year_end, year.covers.nights())).collect();
        assert_eq!(years, [(2026, 31), (2027, 30)]);
        close(ahead.years[0].cost.mean, 11.0 * 31.0 * 10_000.0);
        close(ahead.total.mean, 11.0 * 61.0 * 10_000.0);
        close(ahead.total.ninety_five.1 - ahead.total.ninety_five.0, 2.0 * 61.0 * 10_000.0);
        close(ahead.years[1].costed_nights, 11.0 * 30.0);
        close(ahead.years[1].uncosted_nights, 3.0 * 30.0);
        let other = &ahead.years[1].groups[3];
        assert_eq!((other.group, other.cost), ("Other", None));
        close(other.children, 3.0);
    }

    #[test]
    fn a_price_rises_on_its_day_and_not_twice() {
        let price = |base: Option<&str>| Steps {
            base: base.map(day),
            uplifts: vec![Uplift { on: day("2026-04-01"), factor: 1.1 }, Uplift { on: day("2026-04-11"), factor: 2.0 }],
            ..Steps::fixed(pounds(700), None)
        };
        let total = |base: Option<&str>| cost(&paths(2), &tariff(price(base))).total.mean / 110_000.0;
        close(total(Some("2025-04-01")), 31.0 + 10.0 * 1.1 + 20.0 * 2.2);
        close(total(Some("2026-04-01")), 31.0 + 10.0 + 20.0 * 2.0);
        close(total(None), 31.0 + 10.0 * 1.1 + 20.0 * 2.2);
    }

    #[test]
    fn contracts_held_come_first_and_run_out() {
        let held = |children: u32, weekly: i64, until: &str| Held {
            group: 0,
            children,
            price: Steps::fixed(pounds(weekly), None),
            until: day(until),
        };
        let mut tariff = tariff(Steps::fixed(pounds(700), None));
        tariff.held = vec![held(4, 350, "2026-04-09"), held(7, 1_400, "2030-03-31")];
        // First future: seven at £200 a night, three at £50. Second: four of those, until nine nights into April and then at £100, and one at £100 throughout.
        let by_date = cost_by_date(&paths(2), &tariff);
        close(by_date[0], 100.0 * (7.0 * 200.0 + 3.0 * 50.0) * 31.0);
        close(by_date[3], 100.0 * (7.0 * 200.0 * 30.0 + 4.0 * (50.0 * 9.0 + 100.0 * 21.0) + 100.0 * 30.0));
        close(by_date[2], 100.0 * (7.0 * 200.0 + 4.0 * 50.0 + 100.0) * 31.0);
        tariff.prices[0] = None;
        let ahead = cost(&paths(1), &tariff);
        close(ahead.total.mean, 100.0 * ((7.0 * 200.0 + 3.0 * 50.0) * 7.0 + (7.0 * 200.0 + 4.0 * 50.0) * 7.0) / 2.0);
        close(ahead.years.iter().map(|year| year.uncosted_nights).sum(), (3.0 + 3.0 + 1.0) / 2.0 * 7.0);
    }

    #[test]
    fn the_costs_of_dates_add_up_to_the_whole() {
        let paths = paths(14);
        let tariff = tariff(Steps { uplifts: vec![Uplift { on: day("2027-04-01"), factor: 1.03 }], ..Steps::fixed(pounds(465), None) });
        let by_date = cost_by_date(&paths, &tariff);
        close(by_date.iter().sum::<f64>() / 2.0, cost(&paths, &tariff).total.mean);
    }
}
