//! A year at the mean of its opening and closing mix, and what one child's move is worth.

use domain::Money;
use domain::plan::PeriodCost;

/// A year costed at the mean of the mix at its beginning and at its end (dossier A071).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AverageStock {
    /// 52 weeks.
    pub annual_52_weeks: Money,
    /// By the days of the closing year, to the nearest penny.
    pub annual_by_days: Money,
    /// Children without a price, at the opening and at the closing.
    pub uncosted: (u32, u32),
}

/// The year that ends with `closing` and began with `opening`.
pub fn average_stock(opening: &PeriodCost, closing: &PeriodCost) -> AverageStock {
    let both = opening.weekly() + closing.weekly();
    let fourteenths = i128::from(both.pence()) * i128::from(closing.period.days());
    AverageStock {
        annual_52_weeks: both * 26,
        annual_by_days: Money::from_pence((fourteenths + 7).div_euclid(14) as i64),
        uncosted: (opening.uncosted_children(), closing.uncosted_children()),
    }
}

/// What a year (52 weeks) saves for each child who lives in a home at `to` instead of at `from` (dossier A074); below nought where it costs more.
pub fn step_down_value(from: Money, to: Money) -> Money {
    (from - to) * 52
}

#[cfg(test)]
mod tests {
    use super::super::bridge::tests::nottinghamshire;
    use super::*;

    const fn pounds(pounds: i64) -> Money {
        Money::from_pence(pounds * 100)
    }

    #[test]
    fn the_years_of_nottinghamshire_at_their_average_stock() {
        // Dossier A071.
        let periods = nottinghamshire();
        let fifteen = average_stock(&periods[1], &periods[2]);
        assert_eq!(fifteen.annual_52_weeks, pounds(34_728_772));
        assert_eq!(average_stock(&periods[2], &periods[3]).annual_52_weeks, pounds(32_893_978));
        assert_eq!(fifteen.uncosted, (115, 119));
        // (674,712 + 661,010) ÷ 2 × 366 ÷ 7, since 2015-16 holds a 29 February.
        assert_eq!(fifteen.annual_by_days.to_string(), "£34,919,589.43");
    }

    #[test]
    fn a_move_out_of_external_residential_is_worth_this() {
        // Dossier A074.
        let (external_home, agency, in_house) = (pounds(2_711), pounds(829), pounds(465));
        assert_eq!(step_down_value(external_home, in_house), pounds(116_792));
        assert_eq!(step_down_value(external_home, agency), pounds(97_864));
        assert_eq!(step_down_value(agency, in_house), pounds(18_928));
        assert_eq!(step_down_value(in_house, agency), pounds(-18_928));
    }
}
