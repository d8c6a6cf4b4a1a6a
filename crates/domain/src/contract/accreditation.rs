//! Accreditation of providers and of properties: an open scheme checks both, and neither for ever (A132).

use super::Vehicle;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::provider::Provider;
use crate::setting::Setting;

/// What a scheme says of a provider, or of one of its properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accreditation {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Under what.
    pub vehicle: Id<Vehicle>,
    /// Of whom.
    pub provider: Id<Provider>,
    /// Of which property; nothing where it is of the provider.
    pub setting: Option<Id<Setting>>,
    /// The scheme's name: `DASH` (Decent and Safe Homes), or the authority's own.
    pub scheme: String,
    /// What it scored, as the scheme counts; nothing where it does not, or nobody wrote it down.
    pub score: Option<u32>,
    /// What came of it.
    pub outcome: Outcome,
    /// First day.
    pub from: Day,
    /// The day on which it runs out; nothing where it does not.
    pub to: Option<Day>,
}

list! {
    /// What came of an accreditation.
    Outcome, "outcome of an accreditation" {
        /// Accredited.
        Accredited = "accredited", "Accredited";
        /// Accredited while something is mended.
        Conditional = "conditional", "Accredited with conditions";
        /// Looked at, and not accredited.
        Refused = "refused", "Not accredited";
        /// Taken away for a time.
        Suspended = "suspended", "Suspended";
    }
}

impl Accreditation {
    /// Whether it stands on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Whether a property may be offered on a day: its provider and it are both accredited, by the latest word on each that has not run out (A132).
pub fn is_offered(all: &[Accreditation], provider: Id<Provider>, setting: Id<Setting>, day: Day) -> bool {
    let stands = |of: Option<Id<Setting>>| {
        let words = all.iter().filter(|one| one.provider == provider && one.setting == of && one.from <= day);
        let latest = words.max_by_key(|one| (one.from, one.id));
        latest.is_some_and(|one| one.holds_on(day) && matches!(one.outcome, Outcome::Accredited | Outcome::Conditional))
    };
    stands(None) && stands(Some(setting))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id};
    use super::*;

    #[test]
    fn an_accreditation_that_ran_out_is_not_offered() {
        let said = |number: u128, setting: Option<u128>, outcome, from, to: Option<i32>| Accreditation {
            id: id(number),
            vehicle: id(1),
            provider: id(1),
            setting: setting.map(id),
            scheme: "DASH".into(),
            score: Some(82),
            outcome,
            from: day(from),
            to: to.map(day),
        };
        let all = [
            said(1, None, Outcome::Accredited, 0, None),
            said(2, Some(7), Outcome::Accredited, 0, Some(365)),
            said(3, Some(8), Outcome::Accredited, 0, Some(365)),
            said(4, Some(8), Outcome::Suspended, 100, None),
        ];
        let offered = |setting, n| is_offered(&all, id(1), id(setting), day(n));
        assert!(offered(7, 0) && offered(7, 364) && !offered(7, 365) && !offered(7, -1));
        assert!(offered(8, 99) && !offered(8, 100), "the latest word counts");
        assert!(!offered(9, 5) && !is_offered(&all[1..], id(1), id(7), day(5)), "property and provider, both");
    }
}
