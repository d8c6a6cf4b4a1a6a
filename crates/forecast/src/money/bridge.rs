//! Why a week costs more or less than it did: more children, another mix, other prices, or prices everywhere.

use domain::Money;
use domain::plan::{LineCost, PeriodCost};

/// One type of home, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Type of home, as the plan writes it.
    pub kind: String,
    /// Children before and after.
    pub children: (u32, u32),
    /// A week's price before and after; nothing where none is held.
    pub weekly: (Option<Money>, Option<Money>),
}

/// The change of a week's cost in four parts that add up exactly. Only types with a price on both sides are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// A week before.
    pub from: Money,
    /// A week after.
    pub to: Money,
    /// More or fewer children at the mean price before.
    pub volume: Money,
    /// The same children in dearer or cheaper types.
    pub mix: Money,
    /// Prices of types that rose faster or slower than all prices.
    pub price: Money,
    /// Prices everywhere.
    pub inflation: Money,
    /// Children in types that cannot be compared for want of a price, before and after.
    pub uncosted: (u32, u32),
}

impl Bridge {
    /// The whole change.
    pub fn total(&self) -> Money {
        self.to - self.from
    }

    /// The same over so many weeks; still exact.
    pub fn over_weeks(&self, weeks: i64) -> Self {
        let times = |money: Money| money * weeks;
        Self {
            from: times(self.from),
            to: times(self.to),
            volume: times(self.volume),
            mix: times(self.mix),
            price: times(self.price),
            inflation: times(self.inflation),
            uncosted: self.uncosted,
        }
    }

    /// Change in percent of what it was; nothing where that was nothing.
    pub fn percent(&self) -> Option<f64> {
        domain::number::percent_change(self.from.pence() as f64, self.to.pence() as f64)
    }

    /// Between two periods of a plan, types being matched by name. A type that a period does not list has no child there, and its price there is
    /// that of the other period.
    pub fn between(opening: &PeriodCost, closing: &PeriodCost, inflation: f64) -> Self {
        let named = |cost: &PeriodCost, kind: &str| -> (u32, Option<Money>) {
            let lines: Vec<&LineCost> = cost.lines.iter().filter(|line| line.kind.eq_ignore_ascii_case(kind)).collect();
            let price = lines.iter().find_map(|line| line.price.as_ref()).map(|price| price.weekly);
            (lines.iter().map(|line| line.children.0).sum(), price)
        };
        let mut moved: Vec<Moved> = Vec::new();
        for line in opening.lines.iter().chain(&closing.lines) {
            if moved.iter().all(|known| !known.kind.eq_ignore_ascii_case(&line.kind)) {
                let (before, after) = (named(opening, &line.kind), named(closing, &line.kind));
                moved.push(Moved {
                    kind: line.kind.clone(),
                    children: (before.0, after.0),
                    weekly: match (before, after) {
                        ((0, None), (_, price)) | ((_, price), (0, None)) => (price, price),
                        ((_, before), (_, after)) => (before, after),
                    },
                });
            }
        }
        bridge(&moved, inflation)
    }
}

/// The bridge of a week. `inflation` is by how much all prices rose meanwhile: 0.03 is three per cent.
///
/// The parts are taken one after another: first the number of children at the mean price, then their mix at the old prices, then prices at the
/// new mix, of which inflation is one part. Mix and price are what remains, so that the four add up to the penny.
pub fn bridge(moved: &[Moved], inflation: f64) -> Bridge {
    let mut uncosted = (0, 0);
    let (mut before, mut after) = (0, 0);
    let (mut from, mut to, mut at_old_prices) = (Money::default(), Money::default(), Money::default());
    for Moved { children, weekly, .. } in moved {
        let (Some(old), Some(new)) = *weekly else {
            uncosted = (uncosted.0 + children.0, uncosted.1 + children.1);
            continue;
        };
        before += i64::from(children.0);
        after += i64::from(children.1);
        from = from + old * i64::from(children.0);
        to = to + new * i64::from(children.1);
        at_old_prices = at_old_prices + old * i64::from(children.1);
    }
    // With nobody before there is no mean price: everything new is volume.
    let volume = if before == 0 { at_old_prices } else { share(from, after - before, before) };
    let general = Money::from_pence((at_old_prices.pence() as f64 * inflation).round() as i64);
    Bridge { from, to, volume, mix: at_old_prices - from - volume, price: to - at_old_prices - general, inflation: general, uncosted }
}

/// `whole × part ÷ of`, to the nearest penny, half away from zero.
fn share(whole: Money, part: i64, of: i64) -> Money {
    let product = i128::from(whole.pence()) * i128::from(part);
    let of = i128::from(of);
    let half = if product < 0 { -of } else { of };
    Money::from_pence(((2 * product + half) / (2 * of)) as i64)
}

#[cfg(test)]
pub(super) mod tests {
    use domain::number::Plan;
    use domain::plan::{self, Period, PlanLine, UnitPrice};
    use proptest::prelude::*;

    use super::*;

    const fn pounds(pounds: i64) -> Money {
        Money::from_pence(pounds * 100)
    }

    /// The Nottinghamshire Placement Commissioning Plan 2014 at its unit costs (dossier A064, A068): four types have a price, three have none.
    pub(in crate::money) fn nottinghamshire() -> Vec<PeriodCost> {
        let kinds = [
            "External residential",
            "Internal fostering",
            "External fostering",
            "Semi-independent",
            "Internal residential",
            "Adoption",
            "Parents",
        ];
        let table = [
            ("2013-14", [78, 416, 256, 28, 16, 75, 6]),
            ("2014-15", [70, 436, 226, 35, 24, 78, 2]),
            ("2015-16", [63, 483, 206, 36, 24, 77, 6]),
            ("2016-17", [45, 512, 180, 46, 24, 85, 6]),
        ];
        let lines: Vec<PlanLine> = table
            .iter()
            .flat_map(|(label, row)| {
                kinds.iter().zip(row).map(|(kind, &children)| PlanLine {
                    period: Period::parse(label).unwrap(),
                    kind: (*kind).into(),
                    children: Plan(children),
                })
            })
            .collect();
        let price =
            |kind: &str, weekly: i64| UnitPrice { kind: kind.into(), weekly: pounds(weekly), price_date: None, source: String::new() };
        let prices = [price(kinds[0], 2_711), price(kinds[1], 465), price(kinds[2], 829), price(kinds[4], 3_952)];
        plan::cost(&lines, &prices)
    }

    fn parts(bridge: &Bridge) -> Money {
        bridge.volume + bridge.mix + bridge.price + bridge.inflation
    }

    #[test]
    fn nottinghamshire_plans_to_save_four_million_while_children_rise() {
        // Dossier A072: £3,962,972 a year, 11.2%, at constant prices, while children looked after rise by 23.
        let periods = nottinghamshire();
        let (first, last) = (&periods[0], &periods[3]);
        let year = Bridge::between(first, last, 0.0).over_weeks(52);
        assert_eq!(year.total(), pounds(-3_962_972));
        assert!((domain::number::half_up(year.percent().unwrap(), 1) + 11.2).abs() < 1e-9);
        assert_eq!(parts(&year), year.total());
        assert_eq!((year.price, year.inflation), (Money::default(), Money::default()));
        // Five children fewer in types with a price, at 680,354 ÷ 766 a week each: the rest is mix.
        assert_eq!(year.volume, Money::from_pence(-444_095) * 52);
        assert_eq!(year.uncosted, (109, 137));
        assert_eq!(last.children() - first.children(), 23);
    }

    #[test]
    fn prices_and_inflation_stand_apart() {
        let kind = |children, old: i64, new: i64| Moved { kind: String::new(), children, weekly: (Some(pounds(old)), Some(pounds(new))) };
        let found = bridge(&[kind((10, 10), 1_000, 1_050), kind((5, 5), 500, 515)], 0.03);
        assert_eq!((found.volume, found.mix), (Money::default(), Money::default()));
        assert_eq!((found.inflation, found.price), (pounds(375), pounds(200)));
        assert_eq!(parts(&found), found.total());
        let from_nobody = bridge(&[kind((0, 3), 700, 700)], 0.0);
        assert_eq!((from_nobody.volume, from_nobody.mix, from_nobody.percent()), (pounds(2_100), Money::default(), None));
    }

    proptest! {
        #[test]
        fn the_four_parts_always_add_up(
            moved in prop::collection::vec(((0u32..500, 0u32..500), (prop::option::of(0i64..1_000_000), prop::option::of(0i64..1_000_000))), 0..8),
            inflation in -0.1f64..0.3,
        ) {
            let moved: Vec<Moved> = moved
                .into_iter()
                .map(|(children, (old, new))| Moved {
                    kind: String::new(),
                    children,
                    weekly: (old.map(Money::from_pence), new.map(Money::from_pence)),
                })
                .collect();
            let found = bridge(&moved, inflation);
            prop_assert_eq!(parts(&found), found.total());
        }
    }
}
