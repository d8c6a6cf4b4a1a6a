//! Papers that run out: insurance, policies, registrations.

use crate::date::Day;
use crate::foster_home::FosterHome;
use crate::id::Id;
use crate::list::list;
use crate::provider::Provider;
use crate::setting::Setting;

/// A paper somebody has seen. The paper itself lies where the authority keeps papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose it is.
    pub provider: Id<Provider>,
    /// Which home, agency or service it is about; nothing where it is about the provider as a whole, or a foster home.
    pub setting: Option<Id<Setting>>,
    /// Which foster home it is about.
    pub foster_home: Option<Id<FosterHome>>,
    /// What it is.
    pub kind: Kind,
    /// Its name or number, and where it lies.
    pub title: String,
    /// First day on which it holds.
    pub from: Day,
    /// The day on which it holds no more; nothing where it does not run out.
    pub to: Option<Day>,
}

list! {
    /// What a document is.
    Kind, "kind of document" {
        /// Employers' and public liability insurance.
        Insurance = "insurance", "Insurance";
        /// How staff are checked (Disclosure and Barring Service).
        Checks = "dbs-policy", "Policy on checks of staff";
        /// Safeguarding policy.
        Safeguarding = "safeguarding-policy", "Safeguarding policy";
        /// The regulator's certificate.
        Registration = "registration", "Certificate of registration";
        /// Statement of purpose (Children's Homes (England) Regulations 2015 reg 16).
        StatementOfPurpose = "statement-of-purpose", "Statement of purpose";
        /// Annual accounts.
        Accounts = "accounts", "Accounts";
        /// Accreditation of a property.
        Accreditation = "accreditation", "Accreditation of the property";
        /// Something else, which the title says.
        Other = "other", "Other";
    }
}

/// What due diligence wants of a provider before it is approved, and keeps wanting (dossier A133, E3).
pub const DUE_DILIGENCE: [Kind; 4] = [Kind::Insurance, Kind::Checks, Kind::Safeguarding, Kind::Accounts];

impl Document {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Those of the wanted documents that nobody holds on a day.
pub fn missing(wanted: &[Kind], documents: &[Document], day: Day) -> Vec<Kind> {
    wanted.iter().copied().filter(|kind| !documents.iter().any(|one| one.kind == *kind && one.holds_on(day))).collect()
}

/// Those of these documents that run out before a day, or have, and that no other of their kind about the same thing has followed. What ends later follows
/// if it begins by the day on which the other runs out; after a gap it follows once it has begun.
pub fn running_out(documents: &[Document], until: Day, today: Day) -> impl Iterator<Item = &Document> {
    let thing = |one: &Document| (one.kind, one.provider, one.setting, one.foster_home);
    documents.iter().filter(move |one| {
        let Some(to) = one.to.filter(|to| *to < until) else { return false };
        let follows = |other: &Document| other.to.is_none_or(|end| to < end) && other.from <= to.max(today);
        !documents.iter().any(|other| thing(other) == thing(one) && follows(other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 1, 1).unwrap().plus(n)
    }

    fn paper(kind: Kind, to: Option<i32>) -> Document {
        Document {
            id: Id::from_uuid(Uuid::nil()),
            provider: Id::from_uuid(Uuid::nil()),
            setting: None,
            foster_home: None,
            kind,
            title: String::new(),
            from: day(0),
            to: to.map(day),
        }
    }

    #[test]
    fn of_papers_that_follow_each_other_the_last_alone_runs_out() {
        let from = |from: i32, to: Option<i32>| Document { from: day(from), ..paper(Kind::Insurance, to) };
        let ends = |held: &[Document], until: i32| running_out(held, day(until), day(1)).map(|one| one.to.unwrap()).collect::<Vec<_>>();
        let held = [from(0, Some(10)), from(5, Some(20)), from(15, Some(30))];
        assert_eq!((ends(&held, 30), ends(&held, 31)), (Vec::new(), vec![day(30)]));
        // One that begins after a gap follows once it has begun; one of another kind never does.
        let gap = [from(0, Some(10)), from(11, None), paper(Kind::Checks, None)];
        assert_eq!((ends(&gap, 20), running_out(&gap, day(20), day(11)).count()), (vec![day(10)], 0));
    }

    #[test]
    fn a_paper_that_ran_out_is_missing() {
        let held = [paper(Kind::Insurance, Some(10)), paper(Kind::Checks, None)];
        assert_eq!(missing(&DUE_DILIGENCE, &held, day(9)), [Kind::Safeguarding, Kind::Accounts]);
        assert_eq!(missing(&DUE_DILIGENCE, &held, day(10)), [Kind::Insurance, Kind::Safeguarding, Kind::Accounts]);
    }
}
