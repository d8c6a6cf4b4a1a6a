//! The registers that a search looks through: who may read each, and by what its things are known.

use std::str::FromStr;

use domain::access::Action;
use domain::{Day, contract, document, foster_home, provider, setting};
use store::View;
use store::search::{self, Entry};

use super::query::{Likeness, Query};
use crate::Error;

/// A register, in the order in which a search answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Register {
    /// Children, by reference.
    Children,
    /// Homes, agencies and services.
    Homes,
    /// Foster homes.
    FosterHomes,
    /// Providers.
    Providers,
    /// Contract vehicles.
    Contracts,
    /// Documents of providers and homes.
    Documents,
    /// People who may sign in.
    People,
}

/// By what something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What the authority, or the service, calls it.
    Reference,
    /// The reference of another entry of the same child.
    JoinedReference,
    /// Name.
    Name,
    /// Name of the legal entity.
    LegalName,
    /// Number of Ofsted.
    Urn,
    /// Number at Companies House.
    Company,
    /// Postcode.
    Postcode,
    /// Title.
    Title,
    /// Kind.
    Kind,
    /// Scheme that a foster home belongs to.
    Scheme,
    /// Address of mail.
    Email,
}

impl Field {
    /// The word of files and programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::JoinedReference => "joined-reference",
            Self::Name => "name",
            Self::LegalName => "legal-name",
            Self::Urn => "urn",
            Self::Company => "company",
            Self::Postcode => "postcode",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Scheme => "scheme",
            Self::Email => "email",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::JoinedReference => "another reference of the same child",
            Self::Name => "name",
            Self::LegalName => "legal name",
            Self::Urn => "Ofsted’s number",
            Self::Company => "company number",
            Self::Postcode => "postcode",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Scheme => "scheme",
            Self::Email => "email address",
        }
    }

    /// Whether it is compared as a number is: without spaces, and without forgiving slips.
    const fn is_number(self) -> bool {
        matches!(self, Self::Reference | Self::JoinedReference | Self::Urn | Self::Company | Self::Postcode | Self::Email)
    }
}

impl Register {
    /// All of them, in their order.
    pub const ALL: [Self; 7] =
        [Self::Children, Self::Homes, Self::FosterHomes, Self::Providers, Self::Contracts, Self::Documents, Self::People];

    /// What one must be allowed to do to look through it: the action of its list.
    pub const fn action(self) -> Action {
        match self {
            Self::Children => Action::ChildList,
            Self::Homes | Self::FosterHomes => Action::HomeRead,
            Self::Providers | Self::Documents => Action::ProviderRead,
            Self::Contracts => Action::ContractRead,
            Self::People => Action::UserRead,
        }
    }

    /// The word of addresses, forms and programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Homes => "homes",
            Self::FosterHomes => "foster-homes",
            Self::Providers => "providers",
            Self::Contracts => "contracts",
            Self::Documents => "documents",
            Self::People => "people",
        }
    }

    /// What people read, as it begins a line.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Children => "Children",
            Self::Homes => "Homes, agencies and services",
            Self::FosterHomes => "Foster homes",
            Self::Providers => "Providers",
            Self::Contracts => "Contracts",
            Self::Documents => "Documents",
            Self::People => "People who may sign in",
        }
    }

    /// What stands in it, as it stands on a day.
    pub(super) async fn entries(self, view: &mut View, on: Day) -> Result<Vec<Entry>, Error> {
        Ok(match self {
            Self::Children => search::children(view, on).await?,
            Self::Homes => search::homes(view, on).await?,
            Self::FosterHomes => search::foster_homes(view, on).await?,
            Self::Providers => search::providers(view).await?,
            Self::Contracts => search::contracts(view).await?,
            Self::Documents => search::documents(view, on).await?,
            Self::People => search::people(view).await?,
        })
    }

    /// By what its things are known, in the order in which it is said why one was found.
    fn fields(self, entry: &Entry) -> Vec<(Field, &str)> {
        let kind = (Field::Kind, self.kind(entry));
        match self {
            // An entry that stands under another is a row of its own, known by its own reference.
            Self::Children if entry.also.is_empty() => vec![(Field::Reference, &entry.name)],
            Self::Children => vec![(Field::JoinedReference, &entry.also)],
            Self::Homes => vec![(Field::Name, &entry.name), (Field::Urn, &entry.number), (Field::Postcode, &entry.postcode)],
            Self::FosterHomes => vec![(Field::Reference, &entry.name), (Field::Postcode, &entry.postcode), (Field::Scheme, &entry.also)],
            Self::Providers => vec![(Field::Name, &entry.name), (Field::LegalName, &entry.also), (Field::Company, &entry.number)],
            Self::Contracts => vec![(Field::Title, &entry.name), (Field::Reference, &entry.number), kind],
            Self::Documents => vec![(Field::Title, &entry.name), kind],
            Self::People => vec![(Field::Name, &entry.name), (Field::Email, &entry.also)],
        }
    }

    /// By what a thing fits best, and how well.
    pub(super) fn fits(self, entry: &Entry, query: &Query) -> Option<(Likeness, Field)> {
        let fits = |(field, text): (Field, &str)| {
            let likeness = if field.is_number() { query.number(text) } else { query.name(text) };
            likeness.filter(|_| !text.is_empty()).map(|likeness| (likeness, field))
        };
        self.fields(entry).into_iter().filter_map(fits).min_by_key(|(likeness, _)| *likeness)
    }

    /// By what a thing fits but for a slip of the hand.
    pub(super) fn nearly_fits(self, entry: &Entry, query: &Query) -> Option<(Likeness, Field)> {
        let near = |(field, text): &(Field, &str)| !field.is_number() && *field != Field::Kind && query.is_nearly(text);
        self.fields(entry).into_iter().find(near).map(|(field, _)| (Likeness::Nearly, field))
    }

    /// Its kind in words.
    fn kind(self, entry: &Entry) -> &'static str {
        let word = entry.kind.as_str();
        match self {
            Self::Homes => word.parse().map_or("", setting::Kind::label),
            Self::FosterHomes => word.parse().map_or("", foster_home::Stage::label),
            Self::Providers => word.parse().map_or("", provider::Sector::label),
            Self::Contracts => word.parse().map_or("", contract::Kind::label),
            Self::Documents => word.parse().map_or("", document::Kind::label),
            Self::Children | Self::People => "",
        }
    }

    /// What tells it from others of its name: kind, number, place, whose it is, and whether it is over.
    pub(super) fn beside(self, entry: &Entry) -> String {
        let over = match self {
            _ if !entry.over => "",
            Self::Homes => "closed",
            Self::Documents => "run out",
            Self::People => "stopped",
            _ => "ended",
        };
        let also = match self {
            Self::Children if !entry.also.is_empty() => format!("also recorded as {}", entry.also),
            Self::People | Self::FosterHomes => entry.also.clone(),
            _ => String::new(),
        };
        let said = [self.kind(entry), &entry.number, &entry.postcode, &also, &entry.beside, over];
        said.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl FromStr for Register {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let near = Self::ALL.map(|one| one.word().to_owned()).to_vec();
        let found = Self::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| Error::NotFound { what: "register", name: word.to_owned(), near })
    }
}
