//! What was agreed with the own provider: its places in contracts, its accreditations, and the prices that are its own or every member's.

use std::collections::BTreeMap;

use domain::Id;
use domain::access::{Action, Actor};
use domain::authority::Authority;
use domain::contract::accreditation::Accreditation;
use domain::contract::indexation::{Indexation, raised};
use domain::contract::member::{Lot, Membership, Suspension};
use domain::contract::price::PriceLine;
use domain::contract::{Extension, Vehicle};
use domain::money::Money;
use domain::provider::Provider;
use domain::setting::Setting;
use store::Versioned;

use super::super::settings::plain;
use super::{Record, own};
use crate::Error;

/// A provider's part in one contract.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// The contract.
    pub vehicle: Vehicle,
    /// The day on which it ends by the options taken; nothing where it has no end.
    pub ends: Option<domain::Day>,
    /// The provider's times in it, each with the lot's name, and whether no new children are placed under it today.
    pub members: Vec<(Membership, String, bool)>,
    /// Accreditations of the provider and its homes under it, each with the home's name.
    pub accreditations: Vec<(Accreditation, String)>,
    /// Its prices that have not run out, by first night.
    pub prices: Vec<AgreedPrice>,
}

/// A price with what it is of.
#[derive(Clone, Debug)]
pub struct AgreedPrice {
    /// The line as it was agreed.
    pub line: PriceLine,
    /// The lot's name; empty for all of them.
    pub lot: String,
    /// The home's name; empty where it is of all of the provider's.
    pub home: String,
    /// A week tonight with the rises since; nothing where nobody knows.
    pub tonight: Option<Money>,
}

/// The contracts of the provider that the actor works for, by reference.
///
/// # Errors
/// [`Error::Denied`] for everybody else.
pub async fn agreed(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Agreed>, Error> {
    let (provider, permit) = own(actor, Action::OwnProviderRead, authority)?;
    let mut view = record.db.read(permit).await?;
    let view = &mut view;
    let today = record.today();
    let homes: Vec<Versioned<Setting>> = store::of(view, provider).await?;
    let homes: BTreeMap<Id<Setting>, String> = homes.into_iter().map(|known| (known.fact.id, known.fact.name)).collect();
    let members: Vec<Versioned<Membership>> = store::of(view, provider).await?;
    let accreditations: Vec<Versioned<Accreditation>> = store::of(view, provider).await?;
    let mut vehicles: Vec<Id<Vehicle>> = members.iter().map(|known| known.fact.vehicle).collect();
    vehicles.extend(accreditations.iter().map(|known| known.fact.vehicle));
    vehicles.sort();
    vehicles.dedup();
    let called = |setting: Option<Id<Setting>>| setting.and_then(|id| homes.get(&id).cloned()).unwrap_or_default();
    let mut all = Vec::new();
    for id in vehicles {
        let Some(vehicle) = store::find::<Vehicle>(view, id).await? else { continue };
        let extensions: Vec<Versioned<Extension>> = store::of(view, id).await?;
        let lots: Vec<Versioned<Lot>> = store::of(view, id).await?;
        let lots: BTreeMap<Id<Lot>, String> = lots.into_iter().map(|known| (known.fact.id, known.fact.name)).collect();
        let lot = |id: Option<Id<Lot>>| id.and_then(|id| lots.get(&id).cloned()).unwrap_or_default();
        let mut places = Vec::new();
        for known in members.iter().filter(|known| known.fact.vehicle == id) {
            let suspensions: Vec<Versioned<Suspension>> = store::of(view, known.fact.id).await?;
            let suspended = suspensions.iter().any(|one| one.fact.from <= today && one.fact.to.is_none_or(|to| today < to));
            places.push((known.fact.clone(), lot(known.fact.lot), suspended));
        }
        let own_lots: Vec<Membership> = places.iter().map(|(one, ..)| one.clone()).collect();
        let prices: Vec<Versioned<PriceLine>> = store::of(view, id).await?;
        let rises: Vec<Versioned<Indexation>> = store::of(view, id).await?;
        let rises = plain(&rises);
        let own_price = |line: &PriceLine| is_own(line, provider, &homes, &own_lots) && line.to.is_none_or(|to| today < to);
        let price = |line: PriceLine| AgreedPrice {
            lot: lot(line.lot),
            home: called(line.setting),
            tonight: line.weekly.filter(|_| line.holds_on(today)).map(|weekly| raised(weekly, line.from, &rises, id, today).0),
            line,
        };
        let under = accreditations.iter().filter(|known| known.fact.vehicle == id);
        all.push(Agreed {
            ends: vehicle.fact.end(&plain(&extensions)),
            vehicle: vehicle.fact,
            accreditations: under.map(|known| (known.fact.clone(), called(known.fact.setting))).collect(),
            prices: plain(&prices).into_iter().filter(own_price).map(price).collect(),
            members: places,
        });
    }
    all.sort_by(|one, other| one.vehicle.reference.cmp(&other.vehicle.reference));
    Ok(all)
}

/// Whether a price is this provider's: its own, of a home that it runs, or of every member of a lot that it is in.
fn is_own(line: &PriceLine, provider: Id<Provider>, homes: &BTreeMap<Id<Setting>, String>, members: &[Membership]) -> bool {
    match (line.provider, line.setting) {
        (Some(of), _) => of == provider,
        (None, Some(home)) => homes.contains_key(&home),
        (None, None) => members.iter().any(|one| one.lot.is_none() || line.lot.is_none() || one.lot == line.lot),
    }
}
