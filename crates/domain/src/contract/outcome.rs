//! What an outcomes contract pays for: a measure, its tariff, its cap, and who verifies it (A134, A135).

use super::Vehicle;
use crate::id::Id;
use crate::money::Money;

/// A term of an outcomes contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeTerm {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Under what.
    pub vehicle: Id<Vehicle>,
    /// What is to come about: unique within the vehicle.
    pub name: String,
    /// What is counted: weeks in a family, moves avoided.
    pub counted: String,
    /// What one of these is worth; nothing where nobody knows.
    pub tariff: Option<Money>,
    /// The most that is paid under this term; nothing where there is no cap.
    pub cap: Option<Money>,
    /// Who verifies what is claimed.
    pub verifier: String,
}

impl OutcomeTerm {
    /// What is owed for so many verified units, of which some were paid before: each is paid once (A135), claimed ones are not paid at all. Nothing where
    /// the tariff is not known.
    pub fn owed(&self, verified: u32, paid: Money) -> Option<Money> {
        let earned = self.tariff? * i64::from(verified);
        let capped = self.cap.map_or(earned, |cap| earned.min(cap));
        Some((capped - paid).max(Money::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::id;
    use super::*;

    #[test]
    fn verified_weeks_are_paid_once_and_up_to_the_cap() {
        let weeks = OutcomeTerm {
            id: id(1),
            vehicle: id(1),
            name: "Stays in the family".into(),
            counted: "weeks".into(),
            tariff: Some(Money::from_pence(30_000)),
            cap: Some(Money::from_pence(1_000_000)),
            verifier: "Analyst".into(),
        };
        let paid = |pounds: i64| Money::from_pence(100 * pounds);
        assert_eq!(weeks.owed(10, paid(0)), Some(paid(3_000)));
        assert_eq!(weeks.owed(10, paid(3_000)), Some(paid(0)));
        assert_eq!(weeks.owed(50, paid(3_000)), Some(paid(7_000)), "the cap is of all that is paid");
        assert_eq!(OutcomeTerm { tariff: None, ..weeks }.owed(10, paid(0)), None, "unknown is not nought");
    }
}
