//! Placement plans and price lists: two small CSV files that a person writes by hand, so read them kindly and report every line left out.

use domain::number::Plan;
use domain::plan::{Period, PlanLine, UnitPrice};
use domain::{Day, Finding, Money, Severity, Treatment};

use crate::sheet::{Sheet, read};

/// `period,type,children`: a cell of the plan a line. A line that cannot be read is set aside with a finding.
pub fn read_plan(file: &str, bytes: &[u8]) -> (Vec<PlanLine>, Vec<Finding>) {
    read(Sheet { file, table: "Plan", rule: "plan-line" }, bytes, ["period", "type", "children"], |[period, kind, children], findings| {
        let period = Period::parse(period).ok_or(("period", "is neither a financial year such as 2013-14 nor a date"))?;
        if kind.is_empty() {
            return Err(("type", "is empty: name the type of home"));
        }
        let number = children.trim_end_matches('.').replace(',', "");
        let count = number.parse().map_err(|_| ("children", "is not a whole number of children"))?;
        if number != children {
            findings.push(("children", Severity::Repair, Treatment::Repaired, format!("is read as {count}.")));
        }
        Ok(PlanLine { period, kind: kind.to_owned(), children: Plan(count) })
    })
}

/// Placements already contracted at one price: no child is named, only how many.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldPrice {
    /// Type of home, as the price list writes it.
    pub kind: String,
    /// Placements.
    pub placements: u32,
    /// A week of each.
    pub weekly: Money,
    /// The day for which the price was given.
    pub price_date: Option<Day>,
    /// The last night at this price.
    pub until: Day,
    /// The contract's own rise: its first day, and 3 for three per cent; nothing where it rises as other prices of its type do.
    pub uplift: Option<(Day, f64)>,
    /// Where it comes from.
    pub source: String,
}

/// The columns of held prices.
pub const HELD_COLUMNS: [&str; 8] =
    ["type", "placements", "weekly_price", "price_date", "until", "uplift_date", "uplift_percent", "source"];

/// `type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source`: placements at one price a line. The date of the price and
/// the uplift may be blank.
pub fn read_held(file: &str, bytes: &[u8]) -> (Vec<HeldPrice>, Vec<Finding>) {
    read(Sheet { file, table: "Held", rule: "plan-line" }, bytes, HELD_COLUMNS, |cells, _| {
        let [kind, placements, weekly, price_date, until, uplift_date, uplift_percent, source] = cells;
        if kind.is_empty() {
            return Err(("type", "is empty: name the type of home"));
        }
        let dated = |column: &'static str, text: &str| match text {
            "" => Ok(None),
            text => Day::parse(text.as_bytes()).map(Some).ok_or((column, "is not a date (use yyyy-mm-dd)")),
        };
        let rise: Option<f64> = match uplift_percent.trim_end_matches('%') {
            "" => None,
            text => Some(
                text.parse()
                    .ok()
                    .filter(|percent: &f64| percent.is_finite() && *percent > -100.0)
                    .ok_or(("uplift_percent", "is not a rise in percent"))?,
            ),
        };
        let uplift = match (dated("uplift_date", uplift_date)?, rise) {
            (Some(on), Some(percent)) => Some((on, percent)),
            (None, None) => None,
            (Some(_), None) => return Err(("uplift_percent", "is empty: say by how much the price rises, or leave uplift_date empty too")),
            (None, Some(_)) => return Err(("uplift_date", "is empty: say when the price rises, or leave uplift_percent empty too")),
        };
        Ok(HeldPrice {
            kind: kind.to_owned(),
            placements: placements.parse().ok().filter(|&count| count > 0).ok_or(("placements", "is not a whole number of placements"))?,
            weekly: Money::parse_pounds(weekly).filter(|price| price.pence() >= 0).ok_or(("weekly_price", "is not an amount in pounds"))?,
            price_date: dated("price_date", price_date)?,
            until: dated("until", until)?.ok_or(("until", "is empty: write the last night at this price"))?,
            uplift,
            source: source.to_owned(),
        })
    })
}

/// `type,weekly_price,price_date,source`: a price a line. A date may be left out, and is then asked for.
pub fn read_prices(file: &str, bytes: &[u8]) -> (Vec<UnitPrice>, Vec<Finding>) {
    read(
        Sheet { file, table: "Prices", rule: "plan-line" },
        bytes,
        ["type", "weekly_price", "price_date", "source"],
        |[kind, weekly, date, source], findings| {
            if kind.is_empty() {
                return Err(("type", "is empty: name the type of home"));
            }
            let weekly =
                Money::parse_pounds(weekly).filter(|price| price.pence() >= 0).ok_or(("weekly_price", "is not an amount in pounds"))?;
            let price_date = Day::parse(date.as_bytes()).or_else(|| Day::parse(format!("{date}-01").as_bytes()));
            if price_date.is_none() {
                let ask = "is not a date (use yyyy-mm-dd or yyyy-mm): the price is used, but nobody can tell how old it is.";
                findings.push(("price_date", Severity::Warning, Treatment::Kept, ask.to_owned()));
            }
            Ok(UnitPrice { kind: kind.to_owned(), weekly, price_date, source: source.to_owned() })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_as_printed_is_read_with_its_stray_full_stops() {
        let (plan, findings) = read_plan("plan.csv", b"period,type,children\n2015-16,Internal fostering,483.\n2015-16,Parents,6\n");
        assert_eq!(plan.iter().map(|line| line.children.0).collect::<Vec<_>>(), [483, 6]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "Line 2 of plan.csv: children “483.” is read as 483.");
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_kept() {
        let (plan, findings) = read_plan("plan.csv", b"type,children,period\nFostering,many,2013-14\nFostering,5,2013-14\nHomes,7,soon\n");
        assert_eq!(plan.len(), 1);
        assert_eq!(
            findings.iter().map(|finding| (finding.row, finding.column.as_str())).collect::<Vec<_>>(),
            [(2, "children"), (4, "period")]
        );
        let (prices, findings) =
            read_prices("p.csv", "type,weekly_price,price_date,source\nFostering,£465,2012-12,cabinet paper\nHomes,n/k,,\n".as_bytes());
        assert_eq!(prices.len(), 1);
        assert_eq!(prices[0].price_date, Day::parse(b"2012-12-01"));
        assert_eq!(findings[0].column, "weekly_price");
    }

    #[test]
    fn held_prices_are_read_and_half_an_uplift_is_none() {
        let heading = "type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source\n";
        let lines = "External residential,3,£4950,2026-01-01,2027-03-31,2026-10-01,4%,contract 12\n\
                     Agency fostering,20,850,,2026-09-30,,,framework\n\
                     Agency fostering,5,850,,,,,\n\
                     Agency fostering,5,850,,2026-09-30,2026-10-01,,\n";
        let (held, findings) = read_held("held.csv", format!("{heading}{lines}").as_bytes());
        assert_eq!(held.len(), 2);
        assert_eq!((held[0].uplift, held[1].uplift), (Day::parse(b"2026-10-01").map(|day| (day, 4.0)), None));
        let columns: Vec<&str> = findings.iter().map(|finding| finding.column.as_str()).collect();
        assert_eq!(columns, ["until", "uplift_percent"]);
    }

    #[test]
    fn a_missing_column_is_said_and_nothing_is_guessed() {
        let (plan, findings) = read_plan("plan.csv", b"period,children\n2013-14,5\n");
        assert!(plan.is_empty());
        assert!(findings[0].message.contains("type"), "{}", findings[0].message);
        assert!(read_plan("plan.csv", b"").1.len() == 3);
    }
}
