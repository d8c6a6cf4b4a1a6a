//! Beds bought in block: paid for as agreed, whether or not somebody lives there (A128, A130, A131).

use super::Vehicle;
use super::indexation::{Indexation, raised};
use crate::date::Day;
use crate::foster_home::FosterHome;
use crate::id::Id;
use crate::money::Money;
use crate::setting::Setting;

/// Beds of a block contract in one home, or in no home that is named yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockBeds {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Under what.
    pub vehicle: Id<Vehicle>,
    /// In which home; nothing where it is a foster home, or not said yet.
    pub setting: Option<Id<Setting>>,
    /// In which foster home.
    pub foster_home: Option<Id<FosterHome>>,
    /// How many.
    pub beds: u32,
    /// First night.
    pub from: Day,
    /// The day on which they are bought no more; nothing while nobody knows.
    pub to: Option<Day>,
    /// A week of a bed in which somebody lives; nothing where nobody knows.
    pub weekly: Option<Money>,
    /// Beds that are paid for whether or not somebody lives in them (minimum occupancy).
    pub minimum: u32,
    /// A week of such a bed while it is empty; nothing where nobody knows.
    pub void: Option<Money>,
}

/// What a week of a block costs at some occupancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// All of it.
    pub cost: Money,
    /// Of that, for beds that were paid for and empty. Counted once (I11).
    pub voids: Money,
    /// Empty beds that were paid for.
    pub void_beds: u32,
}

/// Why nothing can be said of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWeek {
    /// More children than beds: the eleventh of ten is refused (A128).
    Full {
        /// Beds of the block.
        beds: u32,
    },
    /// A price that would be needed is not known.
    Unpriced,
}

impl BlockBeds {
    /// Whether the beds are bought on the night of a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// The same beds at the prices of the night of a day: what was agreed, after every rise since the block began.
    #[must_use]
    pub fn priced_on(&self, rises: &[Indexation], day: Day) -> Self {
        let now = |price: Option<Money>| price.map(|weekly| raised(weekly, self.from, rises, self.vehicle, day).0);
        Self { weekly: now(self.weekly), void: now(self.void), ..self.clone() }
    }

    /// What a week costs with so many children in the beds.
    ///
    /// # Errors
    /// [`NoWeek`] where there are more children than beds, or a price is not known.
    pub fn week(&self, children: u32) -> Result<Week, NoWeek> {
        if children > self.beds {
            return Err(NoWeek::Full { beds: self.beds });
        }
        let void_beds = self.minimum.saturating_sub(children);
        let priced =
            |beds: u32, price: Option<Money>| if beds == 0 { Some(Money::default()) } else { price.map(|price| price * i64::from(beds)) };
        let lived_in = priced(children, self.weekly).ok_or(NoWeek::Unpriced)?;
        let voids = priced(void_beds, self.void).ok_or(NoWeek::Unpriced)?;
        Ok(Week { cost: lived_in + voids, voids, void_beds })
    }

    /// Whether its numbers and dates can be: what is wrong with them, in words.
    pub fn problem(&self) -> Option<&'static str> {
        if self.beds == 0 {
            Some("Write how many beds were bought: one at least.")
        } else if self.minimum > self.beds {
            Some("More beds cannot be paid for than were bought.")
        } else if self.to.is_some_and(|to| to <= self.from) {
            Some("The beds are bought for a night at least.")
        } else if self.setting.is_some() && self.foster_home.is_some() {
            Some("Beds are in a home or in a foster home, not in both.")
        } else if [self.weekly, self.void].into_iter().flatten().any(|money| money < Money::default()) {
            Some("A price is nought or more; leave it empty where nobody knows it.")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id};
    use super::*;
    use proptest::prelude::*;

    fn block(beds: u32, minimum: u32, weekly: Option<i64>, void: Option<i64>) -> BlockBeds {
        let pounds = |pounds: Option<i64>| pounds.map(|pounds| Money::from_pence(100 * pounds));
        BlockBeds {
            id: id(1),
            vehicle: id(1),
            setting: None,
            foster_home: None,
            beds,
            from: day(0),
            to: None,
            weekly: pounds(weekly),
            minimum,
            void: pounds(void),
        }
    }

    /// A128: ten beds at one provider; what a child costs is the fee by those who live there, and the eleventh child is refused.
    #[test]
    fn a_block_of_ten_beds_costs_the_same_full_or_empty() {
        let ten = block(10, 10, Some(4_000), Some(4_000));
        assert_eq!(ten.week(10).unwrap(), Week { cost: Money::from_pence(4_000_000), voids: Money::default(), void_beds: 0 });
        assert_eq!(ten.week(8).unwrap(), Week { cost: Money::from_pence(4_000_000), voids: Money::from_pence(800_000), void_beds: 2 });
        assert_eq!(ten.week(11), Err(NoWeek::Full { beds: 10 }));
        // A void may be cheaper, and some beds need not be paid for while they are empty.
        assert_eq!(block(4, 3, Some(4_000), Some(3_000)).week(1).unwrap().cost, Money::from_pence(1_000_000));
        // An unknown void price matters only where there is a void.
        let unsaid = block(4, 3, Some(4_000), None);
        assert_eq!((unsaid.week(3).map(|week| week.cost), unsaid.week(2)), (Ok(Money::from_pence(1_200_000)), Err(NoWeek::Unpriced)));
        assert!(block(2, 3, None, None).problem().is_some() && ten.problem().is_none());
    }

    #[test]
    fn an_empty_bed_is_dearer_too_after_a_rise() {
        let rise = Indexation {
            id: id(1),
            vehicle: id(1),
            rule: super::super::indexation::Rule::Agreed,
            cap: Some(300),
            from: day(0),
            rate: Some(300),
            applied: Some(day(365)),
        };
        let two = block(2, 2, Some(4_000), Some(3_000));
        let voids = |n| two.priced_on(std::slice::from_ref(&rise), day(n)).week(1).unwrap();
        assert_eq!((voids(364).cost, voids(365).cost), (Money::from_pence(700_000), Money::from_pence(721_000)));
        assert_eq!(voids(365).voids, Money::from_pence(309_000));
    }

    proptest! {
        /// I11: a void is counted once, and every bed paid for is lived in or a void.
        #[test]
        fn every_bed_paid_for_is_lived_in_or_a_void(beds in 1u32..30, minimum in 0u32..30, children in 0u32..40, weekly in 0i64..9_000, void in 0i64..9_000) {
            let block = block(beds, minimum.min(beds), Some(weekly), Some(void));
            match block.week(children) {
                Ok(week) => {
                    prop_assert!(children <= beds);
                    prop_assert_eq!(week.void_beds + children.min(block.minimum), block.minimum);
                    prop_assert_eq!(week.cost.pence(), 100 * (weekly * i64::from(children) + void * i64::from(week.void_beds)));
                }
                Err(fault) => prop_assert_eq!(fault, NoWeek::Full { beds }),
            }
        }
    }
}
