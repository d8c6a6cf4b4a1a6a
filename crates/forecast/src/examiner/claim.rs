//! A forecast that somebody published, held against what came: so much now, growing by so much a year.

use domain::Day;

/// What was claimed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// Children on the first day.
    pub children: u32,
    /// That day.
    pub on: Day,
    /// Growth a year as a share: 0.039 for 3.9%.
    pub growth: f64,
}

impl Claim {
    /// The children that the claim makes of a later day, growth upon growth, to the whole child.
    pub fn children_on(&self, day: Day) -> u32 {
        let years = f64::from(day.since(self.on)) / 365.25;
        (f64::from(self.children) * (1.0 + self.growth).powf(years)).round() as u32
    }

    /// By what share too many were claimed, below zero for too few; nothing where nobody came.
    pub fn error(&self, day: Day, came: u32) -> Option<f64> {
        (came > 0).then(|| f64::from(self.children_on(day)) / f64::from(came) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A committee report of January 2014 counted 584 children in September 2013 and a growth of 3.9% a year (dossier A041); the published
    /// figure of 31 March 2016 was 594.
    #[test]
    fn growth_of_3_9_per_cent_from_584_claimed_643_where_594_came() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let claim = Claim { children: 584, on: day(2013, 9, 30), growth: 0.039 };
        let then = day(2016, 3, 31);
        assert_eq!(claim.children_on(then), 643);
        let error = claim.error(then, 594).unwrap();
        assert_eq!(format!("{:+.1}%", error * 100.0), "+8.2%");
        assert_eq!(claim.error(then, 0), None);
    }
}
