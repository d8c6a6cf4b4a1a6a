//! JSON of a costed plan.

use serde::Serialize;

/// `plan cost`: amounts in whole pence.
#[derive(Debug, Serialize)]
pub struct CostedPlan {
    /// One entry a period, in the plan's order.
    pub periods: Vec<Period>,
    /// Sentences about lines left out or read with care.
    pub findings: Vec<String>,
}

/// One period of the plan.
#[derive(Debug, Serialize)]
pub struct Period {
    /// As the plan writes it.
    pub period: String,
    /// Days of the financial year.
    pub days: u32,
    /// All children.
    pub children: u32,
    /// Children in types with a price.
    pub costed_children: u32,
    /// Children in types without one.
    pub uncosted_children: u32,
    /// A week of the costed types.
    pub weekly_pence: i64,
    /// A year as 52 weeks.
    pub annual_52_weeks_pence: i64,
    /// A year by its days.
    pub annual_by_days_pence: i64,
    /// Each type.
    pub types: Vec<Type>,
}

/// One type of home in one period.
#[derive(Debug, Serialize)]
pub struct Type {
    /// As the plan writes it.
    pub r#type: String,
    /// Children.
    pub children: u32,
    /// Price of a week; `null` where none is held: unknown, not zero.
    pub weekly_price_pence: Option<i64>,
    /// When the price held.
    pub price_date: Option<String>,
    /// Where the price comes from.
    pub source: Option<String>,
}

impl From<&service::plans::CostedPlan> for CostedPlan {
    fn from(costed: &service::plans::CostedPlan) -> Self {
        Self {
            periods: costed.periods.iter().map(Period::from).collect(),
            findings: costed.findings.iter().map(|finding| finding.message.clone()).collect(),
        }
    }
}

impl From<&domain::plan::PeriodCost> for Period {
    fn from(cost: &domain::plan::PeriodCost) -> Self {
        let types = cost.lines.iter().map(|line| Type {
            r#type: line.kind.clone(),
            children: line.children,
            weekly_price_pence: line.price.as_ref().map(|price| price.weekly.pence()),
            price_date: line.price.as_ref().and_then(|price| price.price_date).map(|date| date.to_string()),
            source: line.price.as_ref().map(|price| price.source.clone()),
        });
        Self {
            period: cost.period.label.clone(),
            days: cost.period.days(),
            children: cost.children(),
            costed_children: cost.costed_children(),
            uncosted_children: cost.uncosted_children(),
            weekly_pence: cost.weekly().pence(),
            annual_52_weeks_pence: cost.annual_52_weeks().pence(),
            annual_by_days_pence: cost.annual_by_days().pence(),
            types: types.collect(),
        }
    }
}
