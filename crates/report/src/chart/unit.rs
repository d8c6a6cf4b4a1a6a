//! How numbers are written on a chart.

/// What stands around a number, and how many decimal places it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// In front: `£`.
    pub prefix: String,
    /// Behind: `%`, ` miles`.
    pub suffix: String,
    /// Decimal places of a value; an axis may need more or fewer.
    pub places: u32,
}

impl Unit {
    /// Whole things: `1,204`.
    pub fn count() -> Self {
        Self::default()
    }

    /// Percent with this many places: `4.5%`.
    pub fn percent(places: u32) -> Self {
        Self { suffix: "%".into(), places, ..Self::default() }
    }

    /// Pounds with this many places: `£2,711`.
    pub fn pounds(places: u32) -> Self {
        Self { prefix: "£".into(), places, ..Self::default() }
    }

    /// A value as shown: rounded half away from zero, as tables are, with thousands apart and a true minus sign.
    ///
    /// ```
    /// use report::chart::Unit;
    /// assert_eq!(Unit::pounds(2).show(-2711.005), "−£2,711.01");
    /// assert_eq!(Unit::percent(1).show(4.45), "4.5%");
    /// ```
    pub fn show(&self, value: f64) -> String {
        self.show_to(value, self.places)
    }

    /// With other places than the unit's own: for ticks of an axis.
    pub(super) fn show_to(&self, value: f64, places: u32) -> String {
        if !value.is_finite() {
            return String::new();
        }
        let scale = 10f64.powi(places as i32);
        let scaled = value.abs() * scale;
        // A value within a billionth of a half is that half: decimal fractions round as a person rounds them.
        let rounded = (scaled + 0.5 + 1e-9 * scaled.max(1.0)).floor() / scale;
        let digits = format!("{rounded:.*}", places as usize);
        let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), ""), |(whole, fraction)| (whole, fraction));
        let mut text = String::new();
        if value < 0.0 && rounded > 0.0 {
            text.push('−');
        }
        text.push_str(&self.prefix);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        text.push_str(&self.suffix);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(Unit::count().show(1_234_567.0), "1,234,567");
        assert_eq!(Unit::count().show(0.0), "0");
        assert_eq!(Unit::count().show(-0.2), "0");
        assert_eq!(Unit::pounds(0).show(999.5), "£1,000");
        assert_eq!(Unit::count().show(f64::NAN), "");
    }
}
