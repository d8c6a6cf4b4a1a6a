//! Costing a placement plan.

use domain::Finding;
use domain::plan::{self, PeriodCost};

use crate::Error;

/// A costed plan and what was found in the two files.
#[derive(Debug)]
pub struct CostedPlan {
    /// One entry a period, in the plan's order.
    pub periods: Vec<PeriodCost>,
    /// Lines left out or read with care.
    pub findings: Vec<Finding>,
}

/// A file by name, as the caller read it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Name for messages.
    pub name: &'a str,
    /// Content.
    pub bytes: &'a [u8],
}

/// Costs the plan with the prices (dossier A068-A073). Lines that cannot be read are findings; the rest is costed.
///
/// # Errors
/// `Unusable` when no line of the plan, or no price, can be read.
pub fn cost(plan: Named<'_>, prices: Named<'_>) -> Result<CostedPlan, Error> {
    let (lines, mut findings) = ingest::plan::read_plan(plan.name, plan.bytes);
    let (prices_read, price_findings) = ingest::plan::read_prices(prices.name, prices.bytes);
    findings.extend(price_findings);
    let unusable = |file: &str, form: &str| {
        let first = findings.iter().find(|finding| finding.file == file).map_or(String::new(), |finding| format!(" {}", finding.message));
        Error::Unusable(format!("{file} has no line that can be used. It must be CSV with the columns {form}.{first}"))
    };
    if lines.is_empty() {
        return Err(unusable(plan.name, "period,type,children"));
    }
    if prices_read.is_empty() {
        return Err(unusable(prices.name, "type,weekly_price,price_date,source"));
    }
    Ok(CostedPlan { periods: plan::cost(&lines, &prices_read), findings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusable_file_is_refused_in_a_sentence_that_names_it() {
        let plan = Named { name: "plan.csv", bytes: b"period,type,children\nsoon,Fostering,5\n" };
        let prices = Named { name: "prices.csv", bytes: b"type,weekly_price,price_date,source\nFostering,465,,\n" };
        let said = cost(plan, prices).unwrap_err().to_string();
        assert!(said.starts_with("plan.csv has no line that can be used.") && said.contains("“soon”"), "{said}");
    }
}
