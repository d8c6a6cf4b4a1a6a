//! JSON of a costed plan.

use serde::Serialize;

/// `plan cost`: amounts in whole pence.
#[derive(Debug, Serialize)]
pub struct CostedPlan {
    /// One entry a period, in the plan's order.
    pub periods: Vec<Period>,
    /// Each period but the first, at the mean of its opening and closing mix.
    pub average_stock: Vec<AverageStock>,
    /// From the first period to the last; `null` where there is one.
    pub bridge: Option<Bridge>,
    /// What one child's year in the cheaper of two types saves.
    pub step_downs: Vec<StepDown>,
    /// What a forecast costs, where one was given: another kind of number than the plan's.
    pub forecast: Option<ForecastCost>,
    /// Sentences about lines left out or read with care.
    pub findings: Vec<String>,
}

/// The cost of a forecast's nights.
#[derive(Debug, Serialize)]
pub struct ForecastCost {
    /// By financial year.
    pub years: Vec<ForecastYear>,
    /// All of them.
    pub total: Amount,
    /// The prices used.
    pub prices: Vec<Price>,
    /// Contracts held that are costed at their own prices until they end.
    pub held: Vec<Held>,
    /// Groups with children and without a price: unknown, and in no amount.
    pub uncosted_groups: Vec<&'static str>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// SHA-256 of the demand and the prices.
    pub inputs_sha256: String,
}

/// One financial year, or what of it the forecast covers.
#[derive(Debug, Serialize)]
pub struct ForecastYear {
    /// `2026-27`.
    pub period: String,
    /// First night.
    pub from: String,
    /// Nights covered.
    pub nights: u32,
    /// Cost of what has a price.
    pub cost: Amount,
    /// Children with a price on an average night.
    pub costed_children: f64,
    /// Children without one.
    pub uncosted_children: f64,
    /// Each group.
    pub groups: Vec<ForecastGroup>,
}

/// One group in one year.
#[derive(Debug, Serialize)]
pub struct ForecastGroup {
    /// Name.
    pub group: &'static str,
    /// Children on an average night.
    pub children: f64,
    /// Cost; `null` where no price is held.
    pub cost: Option<Amount>,
}

/// Pence over futures.
#[derive(Debug, Serialize)]
pub struct Amount {
    /// Mean.
    pub mean_pence: i64,
    /// Middle.
    pub median_pence: i64,
    /// Eighty of a hundred futures lie from here …
    pub lo80_pence: i64,
    /// … to here.
    pub hi80_pence: i64,
    /// Ninety-five of a hundred from here …
    pub lo95_pence: i64,
    /// … to here.
    pub hi95_pence: i64,
}

/// A price with its base and source.
#[derive(Debug, Serialize)]
pub struct Price {
    /// The group it is used for.
    pub group: &'static str,
    /// The type as the price list writes it.
    pub r#type: String,
    /// A week.
    pub weekly_price_pence: i64,
    /// When it held.
    pub price_date: Option<String>,
    /// Where it comes from.
    pub source: String,
}

impl Price {
    fn new(group: &'static str, price: &domain::plan::UnitPrice) -> Self {
        Self {
            group,
            r#type: price.kind.clone(),
            weekly_price_pence: price.weekly.pence(),
            price_date: price.price_date.map(|date| date.to_string()),
            source: price.source.clone(),
        }
    }
}

/// Placements held at one price.
#[derive(Debug, Serialize)]
pub struct Held {
    /// The group that they are in.
    pub group: &'static str,
    /// The type as the list of contracts writes it.
    pub r#type: String,
    /// Placements.
    pub placements: u32,
    /// A week of each.
    pub weekly_price_pence: i64,
    /// When the price held.
    pub price_date: Option<String>,
    /// The last night at this price.
    pub until: String,
    /// First day of the contract's own rise; `null` where it rises as other prices of its type do.
    pub uplift_date: Option<String>,
    /// By how much, in percent.
    pub uplift_percent: Option<f64>,
    /// Where it comes from.
    pub source: String,
}

impl From<&(&'static str, service::spending::HeldPrice)> for Held {
    fn from((group, held): &(&'static str, service::spending::HeldPrice)) -> Self {
        Self {
            group,
            r#type: held.kind.clone(),
            placements: held.placements,
            weekly_price_pence: held.weekly.pence(),
            price_date: held.price_date.map(|date| date.to_string()),
            until: held.until.to_string(),
            uplift_date: held.uplift.map(|(on, _)| on.to_string()),
            uplift_percent: held.uplift.map(|(_, percent)| percent),
            source: held.source.clone(),
        }
    }
}

impl From<&service::spending::Spending> for ForecastCost {
    fn from(spending: &service::spending::Spending) -> Self {
        let group = |group: &service::spending::GroupYear| ForecastGroup {
            group: group.group,
            children: group.children,
            cost: group.cost.map(Amount::from),
        };
        let year = |year: &service::spending::Year| ForecastYear {
            period: format!("{}-{:02}", year.year_end - 1, year.year_end % 100),
            from: year.covers.from.to_string(),
            nights: year.covers.nights(),
            cost: year.cost.into(),
            costed_children: year.costed_nights / f64::from(year.covers.nights().max(1)),
            uncosted_children: year.uncosted_nights / f64::from(year.covers.nights().max(1)),
            groups: year.groups.iter().map(group).collect(),
        };
        Self {
            years: spending.ahead.years.iter().map(year).collect(),
            total: spending.ahead.total.into(),
            prices: spending.used.iter().map(|(group, price)| Price::new(group, price)).collect(),
            held: spending.held.iter().map(Held::from).collect(),
            uncosted_groups: spending.missing.clone(),
            warnings: spending.warnings.clone(),
            inputs_sha256: spending.sha256.clone(),
        }
    }
}

impl From<service::forecasts::Spread> for Amount {
    fn from(spread: service::forecasts::Spread) -> Self {
        let pence = |amount: f64| amount.round() as i64;
        Self {
            mean_pence: pence(spread.mean),
            median_pence: pence(spread.median),
            lo80_pence: pence(spread.eighty.0),
            hi80_pence: pence(spread.eighty.1),
            lo95_pence: pence(spread.ninety_five.0),
            hi95_pence: pence(spread.ninety_five.1),
        }
    }
}

/// A year at its average stock.
#[derive(Debug, Serialize)]
pub struct AverageStock {
    /// The period that ends it.
    pub period: String,
    /// The period that begins it.
    pub opening: String,
    /// 52 weeks.
    pub annual_52_weeks_pence: i64,
    /// By the days of the closing year.
    pub annual_by_days_pence: i64,
    /// Children without a price at the beginning.
    pub uncosted_opening: u32,
    /// And at the end.
    pub uncosted_closing: u32,
}

/// Why 52 weeks cost more or less; the four parts add up to the change.
#[derive(Debug, Serialize)]
pub struct Bridge {
    /// First period.
    pub from: String,
    /// Last period.
    pub to: String,
    /// 52 weeks of the first.
    pub from_pence: i64,
    /// 52 weeks of the last.
    pub to_pence: i64,
    /// More or fewer children.
    pub volume_pence: i64,
    /// Dearer or cheaper types.
    pub mix_pence: i64,
    /// Prices of types beyond inflation.
    pub price_pence: i64,
    /// Prices everywhere.
    pub inflation_pence: i64,
    /// The whole change.
    pub change_pence: i64,
    /// The whole change in percent; `null` where nothing was spent before.
    pub change_percent: Option<f64>,
    /// Children in types that cannot be compared, at the first period.
    pub uncosted_from: u32,
    /// And at the last.
    pub uncosted_to: u32,
}

/// What one child's move is worth.
#[derive(Debug, Serialize)]
pub struct StepDown {
    /// From this type …
    pub from: String,
    /// … to this one.
    pub to: String,
    /// Saved in 52 weeks.
    pub annual_52_weeks_pence: i64,
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
        let label = |at: usize| costed.periods[at].period.label.clone();
        let average = |(at, average): (usize, &service::plans::AverageStock)| AverageStock {
            period: label(at + 1),
            opening: label(at),
            annual_52_weeks_pence: average.annual_52_weeks.pence(),
            annual_by_days_pence: average.annual_by_days.pence(),
            uncosted_opening: average.uncosted.0,
            uncosted_closing: average.uncosted.1,
        };
        Self {
            forecast: None,
            average_stock: costed.average_stock.iter().enumerate().map(average).collect(),
            bridge: costed.bridge.as_ref().map(|bridge| {
                let year = bridge.over_weeks(52);
                Bridge {
                    from: label(0),
                    to: label(costed.periods.len() - 1),
                    from_pence: year.from.pence(),
                    to_pence: year.to.pence(),
                    volume_pence: year.volume.pence(),
                    mix_pence: year.mix.pence(),
                    price_pence: year.price.pence(),
                    inflation_pence: year.inflation.pence(),
                    change_pence: year.total().pence(),
                    change_percent: year.percent(),
                    uncosted_from: year.uncosted.0,
                    uncosted_to: year.uncosted.1,
                }
            }),
            step_downs: costed
                .step_downs
                .iter()
                .map(|pair| StepDown { from: pair.from.clone(), to: pair.to.clone(), annual_52_weeks_pence: pair.a_year.pence() })
                .collect(),
            periods: costed.periods.iter().map(Period::from).collect(),
            findings: costed.findings.iter().map(|finding| finding.message.clone()).collect(),
        }
    }
}

impl From<&domain::plan::PeriodCost> for Period {
    fn from(cost: &domain::plan::PeriodCost) -> Self {
        let types = cost.lines.iter().map(|line| Type {
            r#type: line.kind.clone(),
            children: line.children.0,
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
