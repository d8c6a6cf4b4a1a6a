//! The register as the rules of the domain want it, and which of its homes are open to a child.

use std::collections::BTreeMap;

use domain::access::{Action, Actor};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, Weight, obstacles};
use domain::capacity::{CapacityEvent, Hold, Home, Sharing, Stay};
use domain::child::Child;
use domain::judgement::Judgement;
use domain::provider::{Provider, Status};
use domain::setting::{Restriction, Setting, Terms};
use domain::{Day, Id};
use store::{Event, Tx, Versioned};

use super::placing::no_plan;
use super::settings::plain;
use super::{Record, no_child};
use crate::Error;

/// The register by setting, as the rules of the domain want it.
pub(super) struct Register {
    pub(super) settings: Vec<Setting>,
    statuses: BTreeMap<Id<Provider>, Provider>,
    terms: BTreeMap<Id<Setting>, Vec<Terms>>,
    restrictions: BTreeMap<Id<Setting>, Vec<Restriction>>,
    events: BTreeMap<Id<Setting>, Vec<CapacityEvent>>,
    judgements: BTreeMap<Id<Provider>, Vec<Judgement>>,
    pub(super) stays: BTreeMap<Id<Setting>, Vec<Stay>>,
    holds: BTreeMap<Id<Setting>, Vec<Hold>>,
}

fn grouped<F: Clone, K: Ord>(all: Vec<Versioned<F>>, key: impl Fn(&F) -> K) -> BTreeMap<K, Vec<F>> {
    let mut groups: BTreeMap<K, Vec<F>> = BTreeMap::new();
    for known in all {
        groups.entry(key(&known.fact)).or_default().push(known.fact);
    }
    groups
}

impl Register {
    pub(super) async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let mut stays: BTreeMap<Id<Setting>, Vec<Stay>> = BTreeMap::new();
        for (setting, stay) in store::bed::all_stays(tx).await? {
            stays.entry(setting).or_default().push(stay);
        }
        Ok(Self {
            settings: plain(&store::all::<Setting>(tx).await?),
            statuses: store::all::<Provider>(tx).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect(),
            terms: grouped(store::all(tx).await?, |one: &Terms| one.setting),
            restrictions: grouped(store::all(tx).await?, |one: &Restriction| one.setting),
            events: grouped(store::all(tx).await?, |one: &CapacityEvent| one.setting),
            judgements: grouped(store::all(tx).await?, |one: &Judgement| one.provider),
            stays,
            holds: grouped(store::all(tx).await?, |one: &Hold| one.setting),
        })
    }

    /// A home with all that bears on its beds.
    pub(super) fn home<'r>(&'r self, setting: &'r Setting) -> Home<'r> {
        Home {
            setting,
            terms: self.terms.get(&setting.id).map_or(&[], Vec::as_slice),
            restrictions: self.restrictions.get(&setting.id).map_or(&[], Vec::as_slice),
            events: self.events.get(&setting.id).map_or(&[], Vec::as_slice),
            stays: self.stays.get(&setting.id).map_or(&[], Vec::as_slice),
            holds: self.holds.get(&setting.id).map_or(&[], Vec::as_slice),
        }
    }

    /// What the authority thinks of a home beside its beds.
    pub(super) fn regard(&self, setting: &Setting) -> Regard<'_> {
        Regard { judgements: self.judgements.get(&setting.provider).map_or(&[], Vec::as_slice), status: self.status(setting.provider) }
    }

    /// How far the authority works with a provider.
    pub(super) fn status(&self, provider: Id<Provider>) -> Status {
        self.statuses.get(&provider).map_or(Status::Prospect, |provider| provider.status)
    }
}

/// A home that a child could be planned into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuitedHome {
    /// Which.
    pub setting: Setting,
    /// Who runs it.
    pub provider: String,
    /// Beds that a child can have on the first night.
    pub available: u32,
    /// What practice has to say about it, in words.
    pub said: Vec<String>,
}

/// Homes with a bed for this child, of all on the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suited {
    /// Those that no law stands against and that have a bed on every night, those of which the least is said first. People choose.
    pub homes: Vec<SuitedHome>,
    /// Open homes of the register that were looked at.
    pub looked_at: usize,
    /// Of those, how many have a bed on the first night for some child, whoever it is.
    pub with_bed: usize,
}

/// Which homes of the register this child could be planned into for these nights. The looking is in the log of the case.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open.
pub async fn suited(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    (from, to): (Day, Option<Day>),
    sharing: Sharing,
) -> Result<Suited, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, child).await?;
    let known = store::find(&mut tx, child).await?.ok_or_else(|| no_child(child))?.fact;
    let register = Register::read(&mut tx).await?;
    let now = tx.moment().at.timestamp();
    tx.commit(Event::of("child", child)).await?;
    let newcomer = Newcomer { child, born: known.born, sex: known.sex, from, to, sharing };
    let mut found = Suited::default();
    let bound = |one: &Setting| actor.conflicts.contains(&Id::from_uuid(one.id.uuid()));
    let free = register.settings.iter().filter(|one| !bound(one));
    for setting in free.filter(|one| one.kind.has_places() && !one.kind.codes().is_empty() && one.is_open_on(from)) {
        let home = register.home(setting);
        let available = home.night(from, now).beds.available.unwrap_or(0);
        found.looked_at += 1;
        found.with_bed += usize::from(available > 0);
        let against = obstacles(&home, &newcomer, register.regard(setting), now);
        if against.iter().any(no_plan) {
            continue;
        }
        let provider = register.statuses.get(&setting.provider).map(|provider| provider.name.clone()).unwrap_or_default();
        let said = against.iter().filter(|one| one.weight() == Weight::Practice).map(Obstacle::to_string).collect();
        found.homes.push(SuitedHome { setting: setting.clone(), provider, available, said });
    }
    found.homes.sort_by(|one, other| {
        (one.said.len(), &one.setting.name, one.setting.id).cmp(&(other.said.len(), &other.setting.name, other.setting.id))
    });
    Ok(found)
}
