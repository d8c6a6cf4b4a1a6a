//! Owners: groups, funds and people behind providers, and how much each of them has, on a day (F17).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::provider::{Owner, Ownership, Provider};
use domain::setting::{Setting, Terms, terms_on};
use domain::{Day, Id};
use store::{Entry, Versioned, View};

use super::interests::log_for;
use super::{Record, allowed};
use crate::Error;

/// By what owners are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnerSort {
    /// Their name.
    #[default]
    Name,
    /// How many providers they have, the most first.
    Providers,
    /// How many homes, agencies and services, the most first.
    Settings,
    /// How many registered places, the most first: concentration.
    Places,
}

/// An owner in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedOwner {
    /// Who.
    pub owner: Owner,
    /// Providers that are theirs on the day of the list.
    pub providers: u32,
    /// Homes, agencies and services of these that are open on the day.
    pub settings: u32,
    /// Registered places in them.
    pub places: u32,
}

/// Owners with what is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owners {
    /// Those that fit, in order.
    pub rows: Vec<ListedOwner>,
    /// Registered places of all open settings, whoever's: the whole of which an owner has a share.
    pub places: u32,
    /// Those of them of which nobody says whose they are.
    pub unowned: u32,
}

/// An owner with all that was or is theirs.
#[derive(Clone, Debug)]
pub struct OwnerPage {
    /// Who.
    pub owner: Versioned<Owner>,
    /// What was theirs from when to when, with the provider's name, the latest first.
    pub ownerships: Vec<(Versioned<Ownership>, String)>,
    /// What is theirs today.
    pub today: ListedOwner,
    /// Who changed it, newest first.
    pub log: Vec<Entry>,
}

/// Owners whose name has these words, in this order, as they are today.
///
/// # Errors
/// [`Error::Denied`].
pub async fn owners(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    search: Option<&str>,
    sort: OwnerSort,
) -> Result<Owners, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    let held = Held::read(&mut view, record.today()).await?;
    let wanted = search.map(str::to_lowercase);
    let fits = |owner: &Owner| wanted.as_ref().is_none_or(|words| owner.name.to_lowercase().contains(words));
    let all = store::all::<Owner>(&mut view).await?.into_iter().map(|known| known.fact);
    let mut rows: Vec<ListedOwner> = all.filter(fits).map(|owner| held.listed(owner)).collect();
    rows.sort_by_cached_key(|one| {
        let first = match sort {
            OwnerSort::Name => 0,
            OwnerSort::Providers => one.providers,
            OwnerSort::Settings => one.settings,
            OwnerSort::Places => one.places,
        };
        (Reverse(first), one.owner.name.to_lowercase(), one.owner.id)
    });
    let places = held.of.values().map(|(_, places)| places).sum();
    let owned: u32 = held.owners.keys().filter_map(|provider| held.of.get(provider)).map(|(_, places)| places).sum();
    Ok(Owners { rows, places, unowned: places - owned })
}

/// One owner.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn owner(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<Owner>) -> Result<OwnerPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    let not_found = || Error::NotFound { what: "owner", name: id.to_string(), near: Vec::new() };
    let owner: Versioned<Owner> = store::find(&mut view, id).await?.ok_or_else(not_found)?;
    let names: BTreeMap<Id<Provider>, String> =
        store::all::<Provider>(&mut view).await?.into_iter().map(|known| (known.fact.id, known.fact.name)).collect();
    let all = store::all::<Ownership>(&mut view).await?.into_iter().filter(|known| known.fact.owner == id);
    let with_name = |known: Versioned<Ownership>| {
        let name = names.get(&known.fact.provider).cloned().unwrap_or_default();
        (known, name)
    };
    let mut ownerships: Vec<(Versioned<Ownership>, String)> = all.map(with_name).collect();
    ownerships.sort_by_cached_key(|(known, name)| (Reverse(known.fact.from), name.to_lowercase(), known.fact.id));
    let today = Held::read(&mut view, record.today()).await?.listed(owner.fact.clone());
    let log = log_for(actor, authority, store::history_of(&mut view, "owner", &id.to_string()).await?);
    Ok(OwnerPage { owner, ownerships, today, log })
}

/// Whose each provider is on a day, and what it has.
struct Held {
    owners: BTreeMap<Id<Provider>, Id<Owner>>,
    /// Open settings and their places.
    of: BTreeMap<Id<Provider>, (u32, u32)>,
}

impl Held {
    async fn read(view: &mut View, on: Day) -> Result<Self, Error> {
        let mut terms: BTreeMap<Id<Setting>, Vec<Terms>> = BTreeMap::new();
        for known in store::all::<Terms>(view).await? {
            terms.entry(known.fact.setting).or_default().push(known.fact);
        }
        let mut of: BTreeMap<Id<Provider>, (u32, u32)> = BTreeMap::new();
        for setting in store::all::<Setting>(view).await?.into_iter().map(|known| known.fact).filter(|one| one.is_open_on(on)) {
            let places = terms.get(&setting.id).and_then(|all| terms_on(all, on)).and_then(|terms| terms.places);
            let has = of.entry(setting.provider).or_default();
            *has = (has.0 + 1, has.1 + places.unwrap_or_default());
        }
        let holds = |one: &Ownership| one.from <= on && one.to.is_none_or(|to| on < to);
        let all = store::all::<Ownership>(view).await?.into_iter().map(|known| known.fact);
        Ok(Self { owners: all.filter(holds).map(|one| (one.provider, one.owner)).collect(), of })
    }

    fn listed(&self, owner: Owner) -> ListedOwner {
        let own: Vec<Id<Provider>> = self.owners.iter().filter(|(_, whose)| **whose == owner.id).map(|(provider, _)| *provider).collect();
        let (mut settings, mut places) = (0, 0);
        for (has, of_them) in own.iter().filter_map(|provider| self.of.get(provider)) {
            settings += has;
            places += of_them;
        }
        ListedOwner { owner, providers: own.len() as u32, settings, places }
    }
}
