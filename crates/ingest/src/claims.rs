//! Forecasts that strategies printed: so many children on a day, growing by so much a year, and the day that they speak of.

use domain::{Day, Finding};

use crate::sheet::{Sheet, read};

/// One printed forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedClaim {
    /// Whose children; empty for those of the returns beside it.
    pub authority: String,
    /// Children on the first day.
    pub children: u32,
    /// That day.
    pub on: Day,
    /// Growth a year as a share: 0.039 for 3.9%.
    pub growth: f64,
    /// The day that it speaks of.
    pub until: Day,
    /// Where it was printed.
    pub source: String,
}

/// The columns of the file.
pub const COLUMNS: [&str; 6] = ["authority", "children", "on", "growth_percent", "until", "source"];

/// `authority,children,on,growth_percent,until,source`: a printed forecast a line. A line that cannot be read is set aside with a finding.
pub fn read_claims(file: &str, bytes: &[u8]) -> (Vec<PrintedClaim>, Vec<Finding>) {
    read(Sheet { file, table: "Claims", rule: "claim-line" }, bytes, COLUMNS, |[authority, children, on, growth, until, source], _| {
        let day = |column: &'static str, text: &str| Day::parse(text.as_bytes()).ok_or((column, "is not a date (use yyyy-mm-dd)"));
        let (on, until) = (day("on", on)?, day("until", until)?);
        if until <= on {
            return Err(("until", "is not after the day that the forecast starts from"));
        }
        let growth: Option<f64> = growth.trim_end_matches('%').parse().ok().filter(|growth: &f64| (-50.0..=100.0).contains(growth));
        Ok(PrintedClaim {
            authority: authority.to_owned(),
            children: children.parse().ok().filter(|&children| children > 0).ok_or(("children", "is not a whole number of children"))?,
            on,
            growth: growth.ok_or(("growth_percent", "is no growth a year in percent, from -50 to 100"))? / 100.0,
            until,
            source: source.to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_forecast_is_read_and_a_bad_line_named() {
        let text = "authority,children,on,growth_percent,until,source\nNottingham,584,2013-09-30,3.9%,2016-03-31,paper\nA,5,2016-03-31,1,2016-03-31,\n";
        let (claims, findings) = read_claims("claims.csv", text.as_bytes());
        assert_eq!((claims.len(), claims[0].children, claims[0].until), (1, 584, Day::year_end(2016)));
        assert!((claims[0].growth - 0.039).abs() < 1e-12);
        assert!(
            findings[0].message.contains("Line 3 of claims.csv") && findings[0].message.contains("not after"),
            "{}",
            findings[0].message
        );
    }
}
