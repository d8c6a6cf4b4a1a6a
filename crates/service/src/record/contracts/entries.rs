//! The facts of contracts: what each may not contradict.

use std::future::Future;

use domain::access::Action;
use domain::contract::accreditation::Accreditation;
use domain::contract::block::BlockBeds;
use domain::contract::indexation::Indexation;
use domain::contract::member::{self, JoinWindow, Lot, Membership, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::outside::Outside;
use domain::contract::price::{self, PriceLine};
use domain::contract::{self, Extension, Vehicle};
use domain::foster_home::FosterHome;
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Day, Id};
use store::{Concern, Tx, Versioned};

use super::plain;
use crate::Error;
use crate::record::clock;
use crate::record::registers::{Entry, must};

/// What all facts of contracts have in common.
macro_rules! contract_fact {
    ($type:ty, $what:literal, $vehicle:ident, $($check:tt)+) => {
        impl Entry for $type {
            const WHAT: &'static str = $what;
            const READ: Action = Action::ContractRead;
            const WRITE: Action = Action::ContractWrite;

            fn subject(&self) -> (&'static str, String) {
                ("contract", self.$vehicle.to_string())
            }

            $($check)+
        }
    };
}

fn refused(what: &str, fault: impl std::fmt::Display) -> Error {
    Error::Unusable(format!("The {what} was not recorded: {fault}."))
}

async fn vehicle_of(tx: &mut Tx, id: Id<Vehicle>) -> Result<Vehicle, Error> {
    let found: Option<Versioned<Vehicle>> = store::find(tx, id).await?;
    found.map(|known| known.fact).ok_or_else(|| Error::NotFound { what: "contract", name: id.to_string(), near: Vec::new() })
}

async fn facts<F: store::Of<Vehicle>>(tx: &mut Tx, vehicle: Id<Vehicle>) -> Result<Vec<F>, Error> {
    Ok(plain(&store::of::<F, Vehicle>(tx, vehicle).await?))
}

/// What is outside the contract's time or windows cannot be planned. What has happened so is recorded, and the contract's page shows it as a breach (I0).
fn no_plan(tx: &Tx, what: &str, from: Day, outside: Option<Outside>) -> Result<(), Error> {
    match outside {
        Some(outside) if clock::today(tx) < from => Err(refused(what, outside)),
        _ => Ok(()),
    }
}

/// The providers and homes that something is about, as the log names them.
fn about(provider: Option<Id<Provider>>, setting: Option<Id<Setting>>, foster_home: Option<Id<FosterHome>>) -> Vec<Concern> {
    let provider = provider.map(|id| ("provider", id.to_string()));
    let setting = setting.map(|id| ("setting", id.to_string()));
    let foster_home = foster_home.map(|id| ("foster-home", id.to_string()));
    provider.into_iter().chain(setting).chain(foster_home).collect()
}

/// A lot must be one of the vehicle's own.
async fn own_lot(tx: &mut Tx, vehicle: Id<Vehicle>, lot: Option<Id<Lot>>) -> Result<(), Error> {
    let Some(lot) = lot else { return Ok(()) };
    let lots: Vec<Lot> = facts(tx, vehicle).await?;
    must(lots.iter().any(|one| one.id == lot), "The lot is not one of this contract's: choose another.")
}

/// A home must be one of the provider's own.
async fn own_home(tx: &mut Tx, provider: Option<Id<Provider>>, setting: Option<Id<Setting>>) -> Result<(), Error> {
    let (Some(provider), Some(setting)) = (provider, setting) else { return Ok(()) };
    let home: Option<Versioned<Setting>> = store::find(tx, setting).await?;
    must(home.is_some_and(|known| known.fact.provider == provider), "This provider does not run that home: choose one of its own.")
}

contract_fact! {
    Vehicle,
    "contract",
    id,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        must(!self.reference.trim().is_empty(), "Write the contract's reference.")?;
        must(!self.title.trim().is_empty(), "Write the contract's title.")?;
        contract::check(self).map_err(|fault| refused("contract", fault))?;
        let extensions: Vec<Extension> = facts(tx, self.id).await?;
        for extension in &extensions {
            contract::check_extension(extension, self, &extensions)
                .map_err(|fault| refused("contract", format!("its options would not fit, for {fault}")))?;
        }
        Ok(())
    }
}

contract_fact! {
    Extension,
    "option",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        let today = clock::today(tx);
        must(
            self.taken.is_none_or(|taken| taken <= today),
            "An option is taken on a day that has come: leave it empty until then, and the contract ends without it.",
        )?;
        let vehicle = vehicle_of(tx, self.vehicle).await?;
        let others: Vec<Self> = facts(tx, self.vehicle).await?;
        contract::check_extension(self, &vehicle, &others).map_err(|fault| refused("option", fault))
    }
}

contract_fact! {
    Lot,
    "lot",
    vehicle,
    fn check(&self, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
        std::future::ready(must(!self.name.trim().is_empty(), "Write the lot's number or name."))
    }

    /// Whoever is in the lot.
    async fn concerns(&self, tx: &mut Tx) -> Result<Vec<Concern>, Error> {
        let members: Vec<Membership> = facts(tx, self.vehicle).await?;
        Ok(members.iter().filter(|one| one.lot == Some(self.id)).flat_map(|one| about(Some(one.provider), None, None)).collect())
    }
}

contract_fact! {
    JoinWindow,
    "window",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        must(self.from < self.to, "A window is open for a day at least.")?;
        let vehicle = vehicle_of(tx, self.vehicle).await?;
        must(vehicle.from <= self.from, "A window opens once the contract has begun.")
    }
}

contract_fact! {
    Membership,
    "membership",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        own_lot(tx, self.vehicle, self.lot).await?;
        let vehicle = vehicle_of(tx, self.vehicle).await?;
        let (extensions, windows): (Vec<Extension>, Vec<JoinWindow>) = (facts(tx, self.vehicle).await?, facts(tx, self.vehicle).await?);
        let others: Vec<Self> = facts(tx, self.vehicle).await?;
        member::check(self, &others).map_err(|fault| refused("membership", fault))?;
        no_plan(tx, "membership", self.from, self.outside(&vehicle, &extensions, &windows))
    }

    fn concerns(&self, _tx: &mut Tx) -> impl Future<Output = Result<Vec<Concern>, Error>> + Send {
        std::future::ready(Ok(about(Some(self.provider), None, None)))
    }
}

contract_fact! {
    Suspension,
    "suspension",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        must(!self.reason.trim().is_empty(), "Say why the member is suspended.")?;
        must(self.to.is_none_or(|to| self.from < to), "A suspension is lifted after the day on which it begins.")?;
        let members: Vec<Membership> = facts(tx, self.vehicle).await?;
        must(members.iter().any(|one| one.id == self.membership), "The member is not one of this contract's.")
    }

    /// The member that is suspended.
    async fn concerns(&self, tx: &mut Tx) -> Result<Vec<Concern>, Error> {
        let member: Option<Versioned<Membership>> = store::find(tx, self.membership).await?;
        Ok(about(member.map(|known| known.fact.provider), None, None))
    }
}

contract_fact! {
    PriceLine,
    "price",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        own_lot(tx, self.vehicle, self.lot).await?;
        own_home(tx, self.provider, self.setting).await?;
        let others: Vec<Self> = facts(tx, self.vehicle).await?;
        price::check(self, &others).map_err(|fault| refused("price", fault))?;
        let (vehicle, extensions): (Vehicle, Vec<Extension>) = (vehicle_of(tx, self.vehicle).await?, facts(tx, self.vehicle).await?);
        no_plan(tx, "price", self.from, self.outside(&vehicle, &extensions))
    }

    fn concerns(&self, _tx: &mut Tx) -> impl Future<Output = Result<Vec<Concern>, Error>> + Send {
        std::future::ready(Ok(about(self.provider, self.setting, None)))
    }
}

contract_fact! {
    BlockBeds,
    "block of beds",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        self.problem().map_or(Ok(()), |problem| Err(Error::Unusable(problem.to_owned())))?;
        let (vehicle, extensions): (Vehicle, Vec<Extension>) = (vehicle_of(tx, self.vehicle).await?, facts(tx, self.vehicle).await?);
        no_plan(tx, "block of beds", self.from, self.outside(&vehicle, &extensions))
    }

    /// The home with the beds, and who runs it.
    async fn concerns(&self, tx: &mut Tx) -> Result<Vec<Concern>, Error> {
        let setting: Option<Versioned<Setting>> = match self.setting {
            Some(setting) => store::find(tx, setting).await?,
            None => None,
        };
        Ok(about(setting.map(|known| known.fact.provider), self.setting, self.foster_home))
    }
}

contract_fact! {
    Indexation,
    "rise",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        Self::check(self).map_err(|fault| refused("rise", fault))?;
        let vehicle = vehicle_of(tx, self.vehicle).await?;
        must(vehicle.from <= self.from, "Prices rise once the contract has begun.")?;
        let (extensions, others): (Vec<Extension>, Vec<Self>) = (facts(tx, self.vehicle).await?, facts(tx, self.vehicle).await?);
        self.check_within(&vehicle, &extensions, &others).map_err(|fault| refused("rise", fault))
    }
}

contract_fact! {
    Accreditation,
    "accreditation",
    vehicle,
    async fn check(&self, tx: &mut Tx) -> Result<(), Error> {
        must(!self.scheme.trim().is_empty(), "Write the name of the scheme.")?;
        must(self.to.is_none_or(|to| self.from < to), "An accreditation runs out after the day on which it begins.")?;
        own_home(tx, Some(self.provider), self.setting).await
    }

    fn concerns(&self, _tx: &mut Tx) -> impl Future<Output = Result<Vec<Concern>, Error>> + Send {
        std::future::ready(Ok(about(Some(self.provider), self.setting, None)))
    }
}

contract_fact! {
    OutcomeTerm,
    "outcome",
    vehicle,
    fn check(&self, _tx: &mut Tx) -> impl Future<Output = Result<(), Error>> + Send {
        let amounts = [self.tariff, self.cap].into_iter().flatten();
        let sound = amounts.into_iter().all(|money| money >= domain::Money::default());
        std::future::ready(
            must(!self.name.trim().is_empty(), "Write what is to come about.")
                .and_then(|()| must(sound, "A payment is nought or more; leave it empty where nobody knows it.")),
        )
    }
}
