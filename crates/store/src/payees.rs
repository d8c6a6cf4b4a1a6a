//! The accounts to which providers are paid. What is kept opens with a key that this crate never sees.

use domain::id::Id;
use domain::payee::Payee;
use domain::person::Person;
use domain::provider::Provider;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::statement::sql;
use crate::types::{Instant, Key};

fact! {
    Payee in "payee" { provider, state, sealed, ending, because, proposed_by, proposed_at, decided_by, decided_at }
    order "proposed_at" of Provider by "provider"
}

/// A proposed account that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Who is paid.
    pub provider: Id<Provider>,
    /// The provider's name: a business, not a person.
    pub name: String,
    /// Who proposed it.
    pub proposed_by: Id<Person>,
    /// When.
    pub proposed_at: Instant,
}

/// The accounts of the permit's authority that wait for a second person, the oldest first.
pub async fn waiting(view: &mut View) -> Result<Vec<Waiting>, Error> {
    let rows: Vec<(Key<Provider>, String, Key<Person>, Instant)> = view
        .all(
            sql!(
                "SELECT k.provider, p.name, k.proposed_by, k.proposed_at FROM payee k JOIN provider p ON p.id = k.provider
                  WHERE k.authority = $1 AND k.state = 'waiting' ORDER BY k.proposed_at, k.id"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    let waiting = |(provider, name, by, proposed_at): (Key<Provider>, String, Key<Person>, Instant)| Waiting {
        provider: provider.0,
        name,
        proposed_by: by.0,
        proposed_at,
    };
    Ok(rows.into_iter().map(waiting).collect())
}
