//! Homes, agencies and services as the law registers them: what they are, for whom, and since when (dossier B10, practice 3.6).

use crate::code::{Code, place};
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::postcode::Postcode;
use crate::provider::Provider;

/// A home, agency or service. What changes by variation of its registration lies in [`Terms`], what stops it for a time in [`Restriction`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who runs it.
    pub provider: Id<Provider>,
    /// Ofsted's number, or blank where it has none.
    pub urn: Code,
    /// What it is.
    pub kind: Kind,
    /// Its name. Ofsted publishes none for homes; then it is made of kind and number.
    pub name: String,
    /// Number that the Department for Education gives the authority in which it lies; nothing where nobody says.
    pub area: Option<u32>,
    /// Where it is, as far as this register may say; full addresses lie in the vault.
    pub postcode: Option<Postcode>,
    /// Whether it has the registration that it needs.
    pub registration: Registration,
    /// First day on the register, or open where it needs none.
    pub opened: Option<Day>,
    /// First day on which it is neither.
    pub closed: Option<Day>,
    /// The registration that this one took the place of: a home registered anew keeps its history (F16).
    pub before: Option<Id<Self>>,
}

list! {
    /// What a setting is.
    Kind, "kind of setting" {
        /// Children's home.
        ChildrensHome = "childrens-home", "Children's home";
        /// Children's home that gives short breaks only: in capacity and cost, never a home for a child in care (A100).
        ShortBreaksHome = "short-breaks-home", "Short breaks home";
        /// Secure children's home.
        SecureHome = "secure-home", "Secure children's home";
        /// Residential special school registered as a children's home.
        SchoolHome = "school-home", "School registered as a children's home";
        /// Residential special school.
        ResidentialSchool = "residential-school", "Residential special school";
        /// Residential family centre.
        FamilyCentre = "family-centre", "Residential family centre";
        /// Supported accommodation, category 1: single occupancy.
        SupportedSingle = "supported-single", "Supported accommodation: self-contained";
        /// Supported accommodation, category 2: shared, for looked after children and care leavers alone.
        SupportedShared = "supported-shared", "Supported accommodation: shared, care only";
        /// Supported accommodation, category 3: shared with others.
        SupportedMixed = "supported-mixed", "Supported accommodation: shared with others";
        /// Supported accommodation, category 4: a private residence (supported lodgings).
        SupportedLodgings = "supported-lodgings", "Supported accommodation: private residence";
        /// Supported accommodation of which nobody says the category.
        SupportedUnsaid = "supported-unsaid", "Supported accommodation";
        /// Independent fostering agency, by branch.
        FosteringAgency = "fostering-agency", "Independent fostering agency";
        /// An authority's own fostering service: never graded by itself (B10).
        FosteringService = "fostering-service", "Local authority fostering service";
        /// Voluntary adoption agency.
        AdoptionAgency = "adoption-agency", "Voluntary adoption agency";
        /// Inspected by another regulator, or by none: care home, health, custody.
        Other = "other", "Other setting";
    }
}

impl Kind {
    /// Placement codes that a child may have here.
    pub const fn codes(self) -> &'static [Code] {
        match self {
            Self::ChildrensHome | Self::SchoolHome => &[place::K2],
            Self::SecureHome => &[place::K1],
            Self::ResidentialSchool => &[place::S1],
            Self::FamilyCentre => &[place::R3],
            Self::SupportedSingle | Self::SupportedShared | Self::SupportedMixed | Self::SupportedLodgings | Self::SupportedUnsaid => {
                &[place::K3]
            }
            Self::FosteringAgency => &[place::U4, place::U5, place::U6, place::A3, place::A5],
            Self::FosteringService => &[place::U1, place::U2, place::U3, place::U4, place::U5, place::U6, place::A3, place::A5],
            Self::AdoptionAgency => &[place::A3, place::A4, place::A5, place::A6],
            Self::ShortBreaksHome | Self::Other => &[],
        }
    }

    /// Supported accommodation: judged by outcomes, and of its provider as a whole (SI 2023/416).
    pub const fn is_supported(self) -> bool {
        matches!(
            self,
            Self::SupportedSingle | Self::SupportedShared | Self::SupportedMixed | Self::SupportedLodgings | Self::SupportedUnsaid
        )
    }

    /// Whether children live in it, so that it has places; agencies and services have carers' homes instead.
    pub const fn has_places(self) -> bool {
        !matches!(self, Self::FosteringAgency | Self::FosteringService | Self::AdoptionAgency)
    }

    /// Whether the law wants it registered before a child lives there (Care Standards Act 2000 s11; SI 2023/416).
    pub const fn needs_registration(self) -> bool {
        !matches!(self, Self::FosteringService | Self::Other | Self::ResidentialSchool)
    }

    /// The completed years of age below which nobody may be placed here, by any decision of an authority (I4; SI 2021/161 reg 27A of the 2010 regulations).
    pub const fn youngest_in_law(self) -> u32 {
        if self.is_supported() { 16 } else { 0 }
    }
}

list! {
    /// Whether a setting has the registration that it needs.
    Registration, "state of registration" {
        /// On the register.
        Held = "held", "Registered";
        /// The law asks for none.
        NotNeeded = "not-needed", "Needs no registration";
        /// Asked for, and not decided.
        Applied = "applied", "Applied for";
        /// Refused.
        Refused = "refused", "Refused";
        /// Needed, and not even asked for: an offence (Care Standards Act 2000 s11).
        Missing = "missing", "Not registered";
    }
}

list! {
    /// Whom a setting takes.
    Takes, "answer to whom it takes" {
        /// Anybody.
        Anybody = "anybody", "Anybody";
        /// Girls only.
        Girls = "girls", "Girls only";
        /// Boys only.
        Boys = "boys", "Boys only";
    }
}

impl Takes {
    /// Whether a child with this sex in the return may come. Where the sex is unknown or neither, a person decides, not a list.
    pub fn may_take(self, sex: Code) -> bool {
        match self {
            Self::Anybody => true,
            Self::Girls => sex != Code::of("M"),
            Self::Boys => sex != Code::of("F"),
        }
    }
}

/// What a registration allows from a day on, until the next terms. A variation is new terms (A110), never an overwritten number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub setting: Id<Setting>,
    /// First day.
    pub from: Day,
    /// Registered places; nothing for agencies.
    pub places: Option<u32>,
    /// Youngest age in completed years; nothing where nobody says.
    pub youngest: Option<u32>,
    /// Oldest age in completed years; nothing where nobody says.
    pub oldest: Option<u32>,
    /// Whom it takes.
    pub takes: Takes,
    /// Conditions in the regulator's words.
    pub conditions: String,
}

/// The terms that hold on a day, of one setting's.
pub fn terms_on(terms: &[Terms], day: Day) -> Option<&Terms> {
    terms.iter().filter(|one| one.from <= day).max_by_key(|one| (one.from, one.id))
}

/// What a regulator, or the authority itself, stops or asks for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub setting: Id<Setting>,
    /// What it stops.
    pub kind: Limit,
    /// First day.
    pub from: Day,
    /// The day it was lifted; nothing while it is in force.
    pub to: Option<Day>,
    /// In its own words.
    pub words: String,
}

list! {
    /// What a restriction stops.
    Limit, "kind of restriction" {
        /// The registration is suspended: nobody may live there.
        Suspension = "suspension", "Registration suspended";
        /// Nobody new may come (restriction of accommodation).
        NoAdmissions = "no-admissions", "No admissions";
        /// A compliance notice: to be mended by a day.
        ComplianceNotice = "compliance-notice", "Compliance notice";
        /// A condition beside those of the registration.
        Condition = "condition", "Condition";
    }
}

impl Restriction {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether nobody new may come while it is in force.
    pub const fn stops_new(&self) -> bool {
        matches!(self.kind, Limit::Suspension | Limit::NoAdmissions)
    }
}

impl Setting {
    /// Whether it is open on a day: begun, and not closed.
    pub fn is_open_on(&self, day: Day) -> bool {
        self.opened.is_none_or(|opened| opened <= day) && self.closed.is_none_or(|closed| day < closed)
    }

    /// Whether it may lawfully have children as far as registration goes. One that is said to lack what it needs, or was refused it, never may, whatever it
    /// calls itself (I5; Care Standards Act 2000 s11).
    pub const fn is_lawful(&self) -> bool {
        match self.registration {
            Registration::Held | Registration::NotNeeded => true,
            Registration::Applied => !self.kind.needs_registration(),
            Registration::Refused | Registration::Missing => false,
        }
    }

    /// Whether the register's own number may be its own: blank, or figures (`SC` numbers and `XXXXXXX` name no setting).
    pub fn has_sound_number(&self) -> bool {
        self.urn.is_blank() || (self.urn.to_string().len() >= 5 && self.urn.to_string().bytes().all(|byte| byte.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_variation_holds_from_its_day_on() {
        let day = |n| Day::from_ymd(2026, 1, 1).unwrap().plus(n);
        let terms = |id: u128, from, places| Terms {
            id: Id::from_uuid(Uuid::from_u128(id)),
            setting: Id::from_uuid(Uuid::nil()),
            from: day(from),
            places: Some(places),
            youngest: None,
            oldest: None,
            takes: Takes::Anybody,
            conditions: String::new(),
        };
        let held = [terms(2, 30, 5), terms(1, 0, 4)];
        let places = |n| terms_on(&held, day(n)).and_then(|terms| terms.places);
        assert_eq!((places(-1), places(0), places(29), places(30)), (None, Some(4), Some(4), Some(5)));
    }

    #[test]
    fn what_is_said_to_lack_its_registration_is_no_home_whatever_it_is_called() {
        let lawful = |kind, registration| {
            let (id, provider) = (Id::from_uuid(Uuid::nil()), Id::from_uuid(Uuid::nil()));
            let (urn, name, area, postcode) = (Code::BLANK, String::new(), None, None);
            Setting { id, provider, urn, kind, name, area, postcode, registration, opened: None, closed: None, before: None }.is_lawful()
        };
        for kind in Kind::ALL {
            assert!(lawful(kind, Registration::Held) && lawful(kind, Registration::NotNeeded), "{kind}");
            assert!(!lawful(kind, Registration::Missing) && !lawful(kind, Registration::Refused), "{kind}");
            assert_eq!(lawful(kind, Registration::Applied), !kind.needs_registration(), "{kind}");
        }
    }

    #[test]
    fn every_home_of_the_return_has_a_code_and_supported_accommodation_begins_at_16() {
        for kind in Kind::ALL {
            assert_eq!(kind.youngest_in_law() == 16, kind.codes() == [place::K3], "{kind}");
        }
        assert!(Takes::Girls.may_take(Code::of("F")) && Takes::Girls.may_take(Code::of("U")) && !Takes::Girls.may_take(Code::of("M")));
    }
}
