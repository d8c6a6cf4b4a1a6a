//! Contract vehicles: the list, one with all that belongs to it, what a place costs on a night, and what ends soon.

pub(super) mod entries;
pub(super) mod import;

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::contract::accreditation::Accreditation;
use domain::contract::block::BlockBeds;
use domain::contract::ending::{Contract, Ending};
use domain::contract::indexation::{Indexation, percent};
use domain::contract::member::{JoinWindow, Lot, Membership, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::price::{Bought, Price, PriceLine, price_on};
use domain::contract::{Extension, Phase, Vehicle};
use domain::{Day, Id};
use store::contract::{Filter, Listed, Sort};
use store::{Cursor, Instant, Page, Versioned};

use super::names::Names;
use super::settings::plain;
use super::{Record, allowed, clock};
use crate::Error;

/// One vehicle with all that belongs to it.
#[derive(Clone, Debug)]
pub struct ContractPage {
    /// Which.
    pub vehicle: Versioned<Vehicle>,
    /// Its options, in their order.
    pub extensions: Vec<Versioned<Extension>>,
    /// Its lots, by name.
    pub lots: Vec<Versioned<Lot>>,
    /// When providers could and can join, by first day.
    pub windows: Vec<Versioned<JoinWindow>>,
    /// Its members, by first day.
    pub members: Vec<Versioned<Membership>>,
    /// Suspensions of members, by first day.
    pub suspensions: Vec<Versioned<Suspension>>,
    /// Its prices, by first night.
    pub prices: Vec<Versioned<PriceLine>>,
    /// Its block beds, by first night.
    pub blocks: Vec<Versioned<BlockBeds>>,
    /// Its rises, by first night.
    pub indexations: Vec<Versioned<Indexation>>,
    /// Accreditations under it, by first day.
    pub accreditations: Vec<Versioned<Accreditation>>,
    /// What it pays for, by name.
    pub outcomes: Vec<Versioned<OutcomeTerm>>,
    /// Names of the providers and homes that these speak of.
    pub names: Names,
    /// The day on which it is looked at.
    pub day: Day,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed it, newest first.
    pub log: Vec<store::Entry>,
}

impl ContractPage {
    /// How far it is on the day of the page.
    pub fn phase(&self) -> Phase {
        self.vehicle.fact.phase(&plain(&self.extensions), self.day)
    }

    /// The day on which it ends by the options taken; nothing where it has no end.
    pub fn end(&self) -> Option<Day> {
        self.vehicle.fact.end(&plain(&self.extensions))
    }

    /// The day on which it ends at the latest, as far as the day of the page knows; nothing where it has no end.
    pub fn latest_end(&self) -> Option<Day> {
        self.vehicle.fact.latest_end(&plain(&self.extensions), self.day)
    }

    /// The day on which the last thing called off ends.
    pub fn last(&self) -> Option<Day> {
        self.vehicle.fact.last(&plain(&self.extensions))
    }

    /// What a week of something costs on the night of a day, and why; with `by`, the line that says it. A home's prices are its provider's, without anybody
    /// saying so.
    pub fn price(&self, bought: &Bought, day: Day) -> Priced {
        let runs = |setting| self.names.settings.get(&setting).map(|(_, provider)| *provider);
        let bought = Bought { provider: bought.provider.or_else(|| bought.setting.and_then(runs)), ..bought.clone() };
        let (lines, rises) = (plain(&self.prices), plain(&self.indexations));
        let price = price_on(&lines, &rises, self.vehicle.fact.id, &bought, day);
        let by = match price {
            Price::Known { line, .. } | Price::Unknown { line } => Some(line.clone()),
            Price::Twice { .. } | Price::NoLine { .. } => None,
        };
        Priced { weekly: price.weekly(), words: price.to_string(), by }
    }
}

impl ContractPage {
    /// What is on record outside the contract's time or windows, each with what it is of: it happened so, and somebody must look at it (I0).
    pub fn breaches(&self) -> Vec<String> {
        let (vehicle, extensions, windows) = (&self.vehicle.fact, plain(&self.extensions), plain(&self.windows));
        let members = self.members.iter().filter_map(|known| {
            let outside = known.fact.outside(vehicle, &extensions, &windows)?;
            Some(format!("Member {}: {outside}", self.names.provider(known.fact.provider)))
        });
        let blocks = self.blocks.iter().filter_map(|known| {
            let outside = known.fact.outside(vehicle, &extensions)?;
            Some(format!("Block of {} beds: {outside}", known.fact.beds))
        });
        let prices = self.prices.iter().filter_map(|known| {
            let outside = known.fact.outside(vehicle, &extensions)?;
            Some(format!("Price of {}: {outside}", known.fact))
        });
        members.chain(blocks).chain(prices).collect()
    }

    /// Rises whose first night is in the run-off, each in words: they make dearer only what was called off before the end.
    pub fn rises_in_run_off(&self) -> Vec<String> {
        let (vehicle, extensions) = (&self.vehicle.fact, plain(&self.extensions));
        let late = self.indexations.iter().map(|known| &known.fact).filter(|rise| rise.is_in_run_off(vehicle, &extensions));
        let words = |rise: &Indexation| {
            let (rate, applied) = rise.rate.zip(rise.applied)?;
            Some(format!("by {} from {}", percent(rate), applied.long()))
        };
        late.filter_map(words).collect()
    }

    /// The blocks whose beds are bought on the day of the page, at that day's prices.
    pub fn blocks_today(&self) -> Vec<BlockBeds> {
        let rises = plain(&self.indexations);
        let running = self.blocks.iter().map(|known| &known.fact).filter(|block| block.holds_on(self.day));
        running.map(|block| block.priced_on(&rises, self.day)).collect()
    }
}

/// What a week of something costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The price; nothing where it is not known.
    pub weekly: Option<domain::Money>,
    /// What is known of it, and why, in a sentence.
    pub words: String,
    /// The line that says so, even where it has no price.
    pub by: Option<PriceLine>,
}

/// Vehicles a page at a time, as they are today.
///
/// # Errors
/// [`Error::Denied`].
pub async fn contracts(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ContractRead, On::authority(authority))?).await?;
    Ok(store::contract::list(&mut view, filter, sort, record.today(), after, limit).await?)
}

/// The vehicle with this reference.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn contract_by_reference(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    reference: &str,
) -> Result<Id<Vehicle>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ContractRead, On::authority(authority))?).await?;
    let found = store::contract::by_reference(&mut view, reference).await?;
    found.ok_or_else(|| Error::NotFound { what: "contract", name: reference.to_owned(), near: Vec::new() })
}

/// One vehicle, now or as it was known at the end of a day.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn contract(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<Vehicle>,
    as_known: Option<Day>,
) -> Result<ContractPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::ContractRead, On::authority(authority))?).await?;
    let view = &mut view;
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let found = super::found(view, id, at).await?;
    let vehicle = found.ok_or_else(|| Error::NotFound { what: "contract", name: id.to_string(), near: Vec::new() })?;
    Ok(ContractPage {
        vehicle,
        extensions: super::known(view, id, at).await?,
        lots: super::known(view, id, at).await?,
        windows: super::known(view, id, at).await?,
        members: super::known(view, id, at).await?,
        suspensions: super::known(view, id, at).await?,
        prices: super::known(view, id, at).await?,
        blocks: super::known(view, id, at).await?,
        indexations: super::known(view, id, at).await?,
        accreditations: super::known(view, id, at).await?,
        outcomes: super::known(view, id, at).await?,
        names: Names::read(view).await?,
        day: as_known.unwrap_or_else(|| record.today()),
        as_known,
        log: store::history_of(view, "contract", &id.to_string()).await?,
    })
}

/// A day on which something of a contract ends, or by which somebody must decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingOf {
    /// The day, and what it is about.
    pub ending: Ending,
    /// Of which vehicle.
    pub vehicle: Vehicle,
}

/// What ends from today up to a day, which is not one of them, the soonest first.
///
/// # Errors
/// [`Error::Denied`].
pub async fn contract_endings(record: &Record, actor: &Actor, authority: Id<Authority>, until: Day) -> Result<Vec<EndingOf>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ContractRead, On::authority(authority))?).await?;
    let view = &mut view;
    let vehicles = plain(&store::all::<Vehicle>(view).await?);
    let extensions = grouped(store::all(view).await?, |one: &Extension| one.vehicle);
    let members = grouped(store::all(view).await?, |one: &Membership| one.vehicle);
    let blocks = grouped(store::all(view).await?, |one: &BlockBeds| one.vehicle);
    let prices = grouped(store::all(view).await?, |one: &PriceLine| one.vehicle);
    let accreditations = grouped(store::all(view).await?, |one: &Accreditation| one.vehicle);
    let indexations = grouped(store::all(view).await?, |one: &Indexation| one.vehicle);
    let mut all: Vec<EndingOf> = Vec::new();
    for vehicle in vehicles {
        let contract = Contract {
            vehicle: &vehicle,
            extensions: of(&extensions, vehicle.id),
            members: of(&members, vehicle.id),
            blocks: of(&blocks, vehicle.id),
            prices: of(&prices, vehicle.id),
            accreditations: of(&accreditations, vehicle.id),
            indexations: of(&indexations, vehicle.id),
        };
        let endings = contract.endings(record.today(), until);
        all.extend(endings.into_iter().map(|ending| EndingOf { ending, vehicle: vehicle.clone() }));
    }
    all.sort_by(|one, other| (one.ending, &one.vehicle.reference).cmp(&(other.ending, &other.vehicle.reference)));
    Ok(all)
}

fn grouped<F: Clone>(all: Vec<Versioned<F>>, key: impl Fn(&F) -> Id<Vehicle>) -> BTreeMap<Id<Vehicle>, Vec<F>> {
    let mut groups: BTreeMap<Id<Vehicle>, Vec<F>> = BTreeMap::new();
    for known in all {
        groups.entry(key(&known.fact)).or_default().push(known.fact);
    }
    groups
}

fn of<F>(groups: &BTreeMap<Id<Vehicle>, Vec<F>>, vehicle: Id<Vehicle>) -> &[F] {
    groups.get(&vehicle).map_or(&[], Vec::as_slice)
}
