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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_paper_that_ran_out_is_missing() {
        let day = |n| Day::from_ymd(2026, 1, 1).unwrap().plus(n);
        let paper = |kind, to: Option<i32>| Document {
            id: Id::from_uuid(Uuid::nil()),
            provider: Id::from_uuid(Uuid::nil()),
            setting: None,
            foster_home: None,
            kind,
            title: String::new(),
            from: day(0),
            to: to.map(day),
        };
        let held = [paper(Kind::Insurance, Some(10)), paper(Kind::Checks, None)];
        assert_eq!(missing(&DUE_DILIGENCE, &held, day(9)), [Kind::Safeguarding, Kind::Accounts]);
        assert_eq!(missing(&DUE_DILIGENCE, &held, day(10)), [Kind::Insurance, Kind::Safeguarding, Kind::Accounts]);
    }
}
