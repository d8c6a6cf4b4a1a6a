//! A placement plan and what it costs: numbers we choose to aim for, priced by type (dossier A064-A073).
//!
//! A type without a price is never priced at nothing: its children are counted apart, so that every cost stands beside how much of
//! the plan it covers (A068, A073).

use crate::date::Day;
use crate::money::Money;
use crate::number::Plan;

/// One cell of a plan: so many children in homes of this type at the end of this period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// The period as the plan writes it: `2013-14`, or a date.
    pub period: Period,
    /// Type of home, as the plan writes it.
    pub kind: String,
    /// Children.
    pub children: Plan<u32>,
}

/// A financial year, named by the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// As the plan writes it.
    pub label: String,
    /// The year in which the financial year ends.
    pub year_end: u32,
}

impl Period {
    /// `2013-14`, `2013/14`, or a date, which stands for the financial year that holds it.
    pub fn parse(label: &str) -> Option<Self> {
        let label = label.trim();
        let year_end = match Day::parse(label.as_bytes()) {
            Some(day) => day.return_year(),
            None => financial_year(label)?,
        };
        Some(Self { label: label.to_owned(), year_end })
    }

    /// Days of the financial year: 366 where it holds a 29 February (dossier A070).
    pub fn days(&self) -> u32 {
        self.last_day().since(Day::year_start(self.year_end)) as u32 + 1
    }

    /// 31 March.
    pub fn last_day(&self) -> Day {
        Day::year_end(self.year_end)
    }
}

/// `2013-14` or `2013/14`: the second part must follow the first.
fn financial_year(label: &str) -> Option<u32> {
    let (first, second) = label.split_once(['-', '/'])?;
    let first: u32 = first.trim().parse().ok().filter(|year| (1900..9998).contains(year))?;
    let second = second.trim();
    let follows = second == format!("{:02}", (first + 1) % 100) || second == (first + 1).to_string();
    follows.then_some(first + 1)
}

/// What a week in a home of this type costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPrice {
    /// Type of home, as the plan writes it.
    pub kind: String,
    /// Price of one child's week.
    pub weekly: Money,
    /// When the price held; a price without a date cannot be compared with another (dossier F9).
    pub price_date: Option<Day>,
    /// Where the price comes from.
    pub source: String,
}

/// A plan line with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineCost {
    /// Type of home.
    pub kind: String,
    /// Children.
    pub children: Plan<u32>,
    /// The price used; nothing where none is held, and then the line costs *unknown*, not zero.
    pub price: Option<UnitPrice>,
}

/// One period of a plan, costed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodCost {
    /// The period.
    pub period: Period,
    /// Its lines, in the plan's order.
    pub lines: Vec<LineCost>,
}

impl PeriodCost {
    /// All children of the period.
    pub fn children(&self) -> u32 {
        self.lines.iter().map(|line| line.children.0).sum()
    }

    /// Children in types that have a price.
    pub fn costed_children(&self) -> u32 {
        self.lines.iter().filter(|line| line.price.is_some()).map(|line| line.children.0).sum()
    }

    /// Children in types without a price.
    pub fn uncosted_children(&self) -> u32 {
        self.children() - self.costed_children()
    }

    /// A week of the costed types.
    pub fn weekly(&self) -> Money {
        self.lines.iter().filter_map(|line| line.price.as_ref().map(|price| price.weekly * i64::from(line.children.0))).sum()
    }

    /// A year as 52 weeks: how plans are often written, one or two days short.
    pub fn annual_52_weeks(&self) -> Money {
        self.weekly() * 52
    }

    /// A year by its days, a seventh of the week each (dossier A070).
    pub fn annual_by_days(&self) -> Money {
        self.weekly().weekly_over_days(self.period.days())
    }
}

/// Costs a plan. Periods and types keep the plan's order. Of several prices of a type the latest that held by the period's end is
/// used, else the earliest later one, so that a plan can be costed at today's prices.
pub fn cost(plan: &[PlanLine], prices: &[UnitPrice]) -> Vec<PeriodCost> {
    let mut periods: Vec<PeriodCost> = Vec::new();
    for line in plan {
        let at = periods.iter().position(|cost| cost.period == line.period).unwrap_or_else(|| {
            periods.push(PeriodCost { period: line.period.clone(), lines: Vec::new() });
            periods.len() - 1
        });
        let price = price_for(&line.kind, line.period.last_day(), prices).cloned();
        periods[at].lines.push(LineCost { kind: line.kind.clone(), children: line.children, price });
    }
    periods
}

fn price_for<'a>(kind: &str, by: Day, prices: &'a [UnitPrice]) -> Option<&'a UnitPrice> {
    let of_kind = || prices.iter().filter(|price| price.kind.eq_ignore_ascii_case(kind));
    let held = of_kind().filter(|price| price.price_date.is_none_or(|date| date <= by)).max_by_key(|price| price.price_date);
    held.or_else(|| of_kind().min_by_key(|price| price.price_date))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 7] = [
        "External residential",
        "Internal fostering",
        "External fostering",
        "Semi-independent",
        "Internal residential",
        "Adoption",
        "Parents",
    ];

    /// The Nottinghamshire Placement Commissioning Plan 2014 (dossier A064, A068).
    fn nottinghamshire() -> Vec<PeriodCost> {
        let table = [
            ("2013-14", [78, 416, 256, 28, 16, 75, 6]),
            ("2014-15", [70, 436, 226, 35, 24, 78, 2]),
            ("2015-16", [63, 483, 206, 36, 24, 77, 6]),
            ("2016-17", [45, 512, 180, 46, 24, 85, 6]),
        ];
        let plan: Vec<PlanLine> = table
            .iter()
            .flat_map(|(label, row)| {
                let period = Period::parse(label).unwrap();
                KINDS.iter().zip(row).map(move |(kind, &children)| PlanLine {
                    period: period.clone(),
                    kind: (*kind).into(),
                    children: Plan(children),
                })
            })
            .collect();
        let price = |kind: &str, pounds: i64| UnitPrice {
            kind: kind.into(),
            weekly: Money::from_pence(pounds * 100),
            price_date: None,
            source: String::new(),
        };
        let prices = [price(KINDS[0], 2711), price(KINDS[1], 465), price(KINDS[2], 829), price(KINDS[4], 3952)];
        cost(&plan, &prices)
    }

    #[test]
    fn the_nottinghamshire_plan_costs_what_the_dossier_says() {
        let periods = nottinghamshire();
        let column = |f: fn(&PeriodCost) -> i64| periods.iter().map(f).collect::<Vec<_>>();
        assert_eq!(column(|p| i64::from(p.children())), [875, 871, 895, 898]);
        assert_eq!(column(|p| i64::from(p.uncosted_children())), [109, 115, 119, 137]);
        assert_eq!(column(|p| p.weekly().pence()), [68_035_400, 67_471_200, 66_101_000, 60_414_300]);
        assert_eq!(column(|p| p.annual_52_weeks().pence()), [3_537_840_800, 3_508_502_400, 3_437_252_000, 3_141_543_600]);
        assert_eq!(column(|p| i64::from(p.period.days())), [365, 365, 366, 365]);
        assert_eq!(periods[0].annual_by_days().pence(), 3_547_560_143);
        assert_eq!(periods[2].annual_by_days().pence(), 3_456_138_000);
    }

    #[test]
    fn periods_are_financial_years_or_dates_in_them() {
        for (label, year) in
            [("2013-14", 2014), ("2013/14", 2014), ("1999-00", 2000), ("2015-2016", 2016), ("2013-12-31", 2014), ("31/03/2015", 2015)]
        {
            assert_eq!(Period::parse(label).unwrap().year_end, year, "{label}");
        }
        for bad in ["2013", "2013-15", "next year", ""] {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_price_of_the_day_is_used_and_a_later_one_only_if_none_held() {
        let dated = |date: &str, pounds: i64| UnitPrice {
            kind: "Fostering".into(),
            weekly: Money::from_pence(pounds * 100),
            price_date: Day::parse(date.as_bytes()),
            source: String::new(),
        };
        let prices = [dated("2014-04-01", 500), dated("2012-12-31", 465)];
        let by = |date: &str| price_for("fostering", Day::parse(date.as_bytes()).unwrap(), &prices).unwrap().weekly.pence() / 100;
        assert_eq!(by("2014-03-31"), 465);
        assert_eq!(by("2015-03-31"), 500);
        assert_eq!(by("2010-03-31"), 465);
        assert_eq!(price_for("Secure", Day::year_end(2014), &prices), None);
    }
}
