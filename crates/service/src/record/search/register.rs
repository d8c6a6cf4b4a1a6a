//! The registers that a search looks through: who may read each, and by what its things are known.

use domain::access::Action;
use domain::{Day, contract, document, foster_home, list, provider, setting};
use store::View;
use store::search::{self, Entry};

use super::query::{Likeness, Query};
use crate::Error;

list! {
    /// A register, in the order in which a search answers.
    Register, "register" {
        /// Children, by reference.
        Children = "children", "Children";
        /// Homes, agencies and services.
        Homes = "homes", "Homes, agencies and services";
        /// Foster homes.
        FosterHomes = "foster-homes", "Foster homes";
        /// Providers.
        Providers = "providers", "Providers";
        /// Contract vehicles.
        Contracts = "contracts", "Contracts";
        /// Documents of providers and homes.
        Documents = "documents", "Documents";
        /// People who may sign in.
        People = "people", "People who may sign in";
    }
}

list! {
    /// By what something was found.
    Field, "field" {
        /// What the authority, or the service, calls it.
        Reference = "reference", "reference";
        /// The reference of another entry of the same child.
        JoinedReference = "joined-reference", "another reference of the same child";
        /// Name.
        Name = "name", "name";
        /// Name of the legal entity.
        LegalName = "legal-name", "legal name";
        /// Number of Ofsted.
        Urn = "urn", "Ofsted’s number";
        /// Number at Companies House.
        Company = "company", "company number";
        /// Postcode.
        Postcode = "postcode", "postcode";
        /// Title.
        Title = "title", "title";
        /// Kind.
        Kind = "kind", "kind";
        /// Scheme that a foster home belongs to.
        Scheme = "scheme", "scheme";
        /// Address of mail.
        Email = "email", "email address";
    }
}

impl Field {
    /// Whether it is compared as a number is: without spaces, and without forgiving slips.
    const fn is_number(self) -> bool {
        matches!(self, Self::Reference | Self::JoinedReference | Self::Urn | Self::Company | Self::Postcode | Self::Email)
    }
}

impl Register {
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

    /// What stands in it, as it stands on a day; of the children those alone whom the query may mean.
    pub(super) async fn entries(self, view: &mut View, on: Day, query: &Query) -> Result<Vec<Entry>, Error> {
        Ok(match self {
            Self::Children => {
                let mut called = search::references(view).await?;
                called.retain(|reference| query.number(reference).is_some());
                search::children_called(view, on, &called).await?
            }
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
