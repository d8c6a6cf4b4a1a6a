//! What the things of the registers are called, for forms that choose among them and for histories that speak of them.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::contract::Vehicle;
use domain::contract::member::{Lot, Membership};
use domain::foster_home::FosterHome;
use domain::id::Id;
use domain::provider::{Owner, Provider};
use domain::setting::Setting;
use store::View;

use super::{Record, allowed};
use crate::Error;

/// Names of an authority's providers, homes, foster homes, lots and members; of children those whom the reader may see.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Providers.
    pub providers: BTreeMap<Id<Provider>, String>,
    /// Who owns providers.
    pub owners: BTreeMap<Id<Owner>, String>,
    /// Homes, agencies and services, with who runs each.
    pub settings: BTreeMap<Id<Setting>, (String, Id<Provider>)>,
    /// Foster homes, by reference.
    pub foster_homes: BTreeMap<Id<FosterHome>, String>,
    /// Lots, with their vehicle.
    pub lots: BTreeMap<Id<Lot>, (String, Id<Vehicle>)>,
    /// Members by the provider's name and the lot's, with their vehicle.
    pub members: BTreeMap<Id<Membership>, (String, Id<Vehicle>)>,
    /// References of children whom the reader may see in a list.
    pub children: BTreeMap<Id<Child>, String>,
}

/// The names that somebody who looks after registers needs.
///
/// # Errors
/// [`Error::Denied`].
pub async fn names(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Names, Error> {
    let children = super::children::seen(record, actor, authority).await?;
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    Ok(Names { children, ..Names::read(&mut view).await? })
}

impl Names {
    /// The names of an authority's registers, without children.
    pub(super) async fn read(view: &mut View) -> Result<Self, Error> {
        let mut names = Self::default();
        names.providers.extend(store::all::<Provider>(view).await?.into_iter().map(|known| (known.fact.id, known.fact.name)));
        names.owners.extend(store::all::<Owner>(view).await?.into_iter().map(|known| (known.fact.id, known.fact.name)));
        let settings = store::all::<Setting>(view).await?;
        names.settings.extend(settings.into_iter().map(|known| (known.fact.id, (known.fact.name, known.fact.provider))));
        names.foster_homes.extend(store::all::<FosterHome>(view).await?.into_iter().map(|known| (known.fact.id, known.fact.reference)));
        names.lots.extend(store::all::<Lot>(view).await?.into_iter().map(|known| (known.fact.id, (known.fact.name, known.fact.vehicle))));
        for known in store::all::<Membership>(view).await? {
            let lot = known.fact.lot.map_or_else(String::new, |lot| format!(", {}", names.lot(lot)));
            let name = format!("{}{lot}", names.provider(known.fact.provider));
            names.members.insert(known.fact.id, (name, known.fact.vehicle));
        }
        Ok(names)
    }

    /// A provider's name.
    pub fn provider(&self, id: Id<Provider>) -> &str {
        self.providers.get(&id).map_or("", String::as_str)
    }

    /// A home's name.
    pub fn setting(&self, id: Id<Setting>) -> &str {
        self.settings.get(&id).map_or("", |(name, _)| name)
    }

    /// A foster home's reference.
    pub fn foster_home(&self, id: Id<FosterHome>) -> &str {
        self.foster_homes.get(&id).map_or("", String::as_str)
    }

    /// A lot's name.
    pub fn lot(&self, id: Id<Lot>) -> &str {
        self.lots.get(&id).map_or("", |(name, _)| name)
    }

    /// A member's name, with the lot.
    pub fn member(&self, id: Id<Membership>) -> &str {
        self.members.get(&id).map_or("", |(name, _)| name)
    }

    /// A child's reference; `a child` for whom the reader may not see.
    pub fn child(&self, id: Id<Child>) -> &str {
        self.children.get(&id).map_or("a child", String::as_str)
    }
}
