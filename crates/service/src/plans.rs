//! Costing a placement plan.

use domain::plan::{self, PeriodCost};
use domain::{Finding, Money};
pub use forecast::money::{AverageStock, Bridge};
use forecast::money::{average_stock, step_down_value};

use crate::Error;

/// A costed plan and what was found in the two files.
#[derive(Debug)]
pub struct CostedPlan {
    /// One entry a period, in the plan's order.
    pub periods: Vec<PeriodCost>,
    /// Each period but the first, costed at the mean of its opening and closing mix (A071).
    pub average_stock: Vec<AverageStock>,
    /// From the first period to the last, a week's cost: volume, mix, price and inflation (A072); nothing where there is one period.
    pub bridge: Option<Bridge>,
    /// What a child's year in the cheaper of two types saves, at the prices of the last period, the greatest first (A074).
    pub step_downs: Vec<StepDown>,
    /// Lines left out or read with care.
    pub findings: Vec<Finding>,
}

/// What one child's move is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDown {
    /// From this type of home …
    pub from: String,
    /// … to this one.
    pub to: String,
    /// Saved in 52 weeks.
    pub a_year: Money,
}

/// A file by name, as the caller read it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Name for messages.
    pub name: &'a str,
    /// Content.
    pub bytes: &'a [u8],
}

/// Costs the plan with the prices (dossier A068-A074). Lines that cannot be read are findings; the rest is costed. `inflation` is by how much
/// all prices rose from the first period to the last: 0.03 is three per cent.
///
/// # Errors
/// `Unusable` when no line of the plan, or no price, can be read, or inflation is no number.
pub fn cost(plan: Named<'_>, prices: Named<'_>, inflation: f64) -> Result<CostedPlan, Error> {
    if !(-1.0..=10.0).contains(&inflation) {
        return Err(Error::Unusable(format!(
            "--inflation {} is no rise of prices in percent. Write 3 for three per cent.",
            inflation * 100.0
        )));
    }
    let (lines, mut findings) = ingest::plan::read_plan(plan.name, plan.bytes);
    let (prices_read, price_findings) = ingest::plan::read_prices(prices.name, prices.bytes);
    if lines.is_empty() {
        return Err(Error::no_line(plan.name, "period,type,children", &findings));
    }
    if prices_read.is_empty() {
        return Err(Error::no_line(prices.name, "type,weekly_price,price_date,source", &price_findings));
    }
    findings.extend(price_findings);
    let periods = plan::cost(&lines, &prices_read);
    let bridge = match periods.as_slice() {
        [first, .., last] => Some(Bridge::between(first, last, inflation)),
        _ => None,
    };
    Ok(CostedPlan {
        average_stock: periods.windows(2).map(|pair| average_stock(&pair[0], &pair[1])).collect(),
        bridge,
        step_downs: periods.last().map(step_downs).unwrap_or_default(),
        periods,
        findings,
    })
}

/// Every pair of types with a price, from the dearer to the cheaper.
fn step_downs(period: &PeriodCost) -> Vec<StepDown> {
    let priced: Vec<(&str, Money)> =
        period.lines.iter().filter_map(|line| Some((line.kind.as_str(), line.price.as_ref()?.weekly))).collect();
    let mut pairs: Vec<StepDown> = priced
        .iter()
        .flat_map(|&(from, dearer)| priced.iter().map(move |&(to, cheaper)| (from, to, step_down_value(dearer, cheaper))))
        .filter(|(.., a_year)| a_year.pence() > 0)
        .map(|(from, to, a_year)| StepDown { from: from.to_owned(), to: to.to_owned(), a_year })
        .collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.a_year));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusable_file_is_refused_in_a_sentence_that_names_it() {
        let plan = Named { name: "plan.csv", bytes: b"period,type,children\nsoon,Fostering,5\n" };
        let prices = Named { name: "prices.csv", bytes: b"type,weekly_price,price_date,source\nFostering,465,,\n" };
        let said = cost(plan, prices, 0.0).unwrap_err().to_string();
        assert!(said.starts_with("plan.csv has no line that can be used.") && said.contains("“soon”"), "{said}");
    }

    #[test]
    fn a_plan_is_compared_with_itself_over_time() {
        let plan = Named {
            name: "plan.csv",
            bytes: b"period,type,children\n2013-14,External residential,78\n2013-14,Internal fostering,416\n2016-17,External residential,45\n2016-17,Internal fostering,512\n",
        };
        let prices = Named {
            name: "prices.csv",
            bytes: b"type,weekly_price,price_date,source\nExternal residential,2711,2013-12,plan\nInternal fostering,465,2012-12,plan\n",
        };
        let costed = cost(plan, prices, 0.0).unwrap();
        let bridge = costed.bridge.unwrap();
        assert_eq!(bridge.total(), Money::from_pence(100 * (-33 * 2_711 + 96 * 465)));
        assert_eq!(bridge.volume + bridge.mix + bridge.price + bridge.inflation, bridge.total());
        assert_eq!(costed.average_stock.len(), 1);
        // Dossier A074.
        assert_eq!(costed.step_downs.len(), 1);
        assert_eq!(costed.step_downs[0].a_year.to_string(), "£116,792.00");
        assert!(cost(plan, prices, f64::NAN).is_err());
    }
}
