//! People who work for a provider and have a part here by that, and what they tell of it (dossier C9).

use crate::id::Id;
use crate::person::Person;
use crate::provider::Provider;

/// Whom somebody works for. One provider at an authority: who works for two has two addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderUser {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who.
    pub person: Id<Person>,
    /// For which provider.
    pub provider: Id<Provider>,
}

/// A fact of a register, whatever it is: beds that cannot be used, or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {}

/// That a fact stands on the word of the provider whom it is about, and not on what somebody of the authority saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Identity in this record.
    pub id: Id<Self>,
    /// By which provider.
    pub provider: Id<Provider>,
    /// By whom of theirs.
    pub person: Id<Person>,
    /// Which fact.
    pub fact: Id<Fact>,
}
