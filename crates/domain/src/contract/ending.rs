//! What ends within a time, and by when somebody must have decided: the commissioner's calendar (A139; dossier C 4).

use super::accreditation::Accreditation;
use super::block::BlockBeds;
use super::member::Membership;
use super::price::PriceLine;
use super::{Extension, Vehicle};
use crate::date::Day;
use crate::list::list;

list! {
    /// What a day on the calendar is about.
    Kind, "kind of ending" {
        /// The last day to give notice of an option.
        Notice = "notice", "Last day to take an option";
        /// The contract ends.
        Contract = "contract", "Contract ends";
        /// What was called off ends.
        RunOff = "run-off", "Run-off ends";
        /// A member leaves.
        Membership = "membership", "Membership ends";
        /// Beds are bought no more.
        Block = "block", "Block of beds ends";
        /// A price holds no more, and no other follows.
        Price = "price", "Price ends";
        /// An accreditation runs out.
        Accreditation = "accreditation", "Accreditation runs out";
        /// Prices may rise from this day.
        Indexation = "indexation", "Prices may rise";
    }
}

/// A day on which something of a contract ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ending {
    /// The day on which it holds no more; for a notice, the last day to give it.
    pub day: Day,
    /// What it is about.
    pub kind: Kind,
}

/// A contract with all that can end in it.
#[derive(Clone, Copy, Debug)]
pub struct Contract<'a> {
    /// The vehicle.
    pub vehicle: &'a Vehicle,
    /// Its options.
    pub extensions: &'a [Extension],
    /// Its members.
    pub members: &'a [Membership],
    /// Its block beds.
    pub blocks: &'a [BlockBeds],
    /// Its prices.
    pub prices: &'a [PriceLine],
    /// Its accreditations.
    pub accreditations: &'a [Accreditation],
    /// Its rises.
    pub indexations: &'a [super::indexation::Indexation],
}

impl Contract<'_> {
    /// What ends from a day up to another, which is not one of them, the soonest first; the same kind on the same day once for each thing that ends.
    pub fn endings(&self, from: Day, to: Day) -> Vec<Ending> {
        let of = |kind| move |day| Ending { day, kind };
        let mut all: Vec<Ending> = Vec::new();
        let end = self.vehicle.end(self.extensions);
        all.extend(end.map(of(Kind::Contract)));
        all.extend(self.vehicle.last(self.extensions).filter(|&last| Some(last) != end).map(of(Kind::RunOff)));
        all.extend(self.vehicle.next_option(self.extensions).map(|option| option.notice).map(of(Kind::Notice)));
        all.extend(self.members.iter().filter_map(|one| one.to).map(of(Kind::Membership)));
        all.extend(self.blocks.iter().filter_map(|one| one.to).map(of(Kind::Block)));
        all.extend(self.prices.iter().filter_map(|one| self.unfollowed(one)).map(of(Kind::Price)));
        all.extend(self.accreditations.iter().filter_map(|one| one.to).map(of(Kind::Accreditation)));
        all.extend(
            self.indexations
                .iter()
                .filter(|one| one.applied.is_none() && one.rule != super::indexation::Rule::Fixed)
                .map(|one| one.from)
                .map(of(Kind::Indexation)),
        );
        all.retain(|ending| from <= ending.day && ending.day < to);
        all.sort();
        all
    }

    /// The day on which a price ends without another of the same thing in its place.
    fn unfollowed(&self, line: &PriceLine) -> Option<Day> {
        let to = line.to?;
        let follows = |other: &PriceLine| other.from == to && other.is_of_the_same_as(line);
        (!self.prices.iter().any(follows)).then_some(to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind as What;
    use super::super::tests::{day, id, vehicle};
    use super::*;

    #[test]
    fn what_ends_is_told_in_its_order_and_a_price_that_is_followed_does_not_end() {
        let framework = vehicle(What::Framework, 0, Some(100), Some(200));
        let options = [Extension { id: id(1), vehicle: id(1), to: day(150), notice: day(60), taken: None }];
        let price = |number, from: i32, to: Option<i32>| PriceLine {
            id: id(number),
            vehicle: id(1),
            lot: None,
            provider: None,
            setting: None,
            tier: String::new(),
            from: day(from),
            to: to.map(day),
            weekly: None,
            core_hours: None,
            hourly: None,
            source: String::new(),
        };
        let prices = [price(1, 0, Some(50)), price(2, 50, Some(90))];
        let contract = Contract {
            vehicle: &framework,
            extensions: &options,
            members: &[],
            blocks: &[],
            prices: &prices,
            accreditations: &[],
            indexations: &[],
        };
        let told: Vec<(Day, Kind)> = contract.endings(day(0), day(200)).into_iter().map(|one| (one.day, one.kind)).collect();
        assert_eq!(told, [(day(60), Kind::Notice), (day(90), Kind::Price), (day(100), Kind::Contract)]);
        assert_eq!(contract.endings(day(200), day(201)).len(), 1, "the run-off");
    }
}
