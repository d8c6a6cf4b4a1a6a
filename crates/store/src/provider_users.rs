//! People who work for a provider, and the facts that stand on a provider's word.

use domain::id::Id;
use domain::person::Person;
use domain::provider::Provider;
use domain::provider_user::{ProviderUser, Told};

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Versioned;

fact! {
    ProviderUser in "provider_user" { person, provider }
    of Provider by "provider", Person by "person"
}

fact! {
    Told in "told" { provider, person, fact }
    of Provider by "provider"
}

/// Whom a person works for at the permit's authority.
pub async fn of_person(view: &mut View, person: Id<Person>) -> Result<Option<Versioned<ProviderUser>>, Error> {
    Ok(crate::facts::of(view, person).await?.into_iter().next())
}
