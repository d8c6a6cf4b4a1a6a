//! Alerts: what somebody must look at by a day, raised by loaders and by what has happened, resolved with a word.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On, Role};
use domain::alert::{Alert, Kind};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, breaches};
use domain::capacity::{CapacityEvent, Home, Sharing, Stay};
use domain::child::Child;
use domain::judgement::Judgement;
use domain::person::Person;
use domain::provider::Provider;
use domain::setting::{Restriction, Setting, Terms};
use domain::{Code, Day, Id};
use reference::calendar;
use store::alert::Open;
use store::{Event, Tx, Versioned};

use super::settings::plain;
use super::{Record, allowed};
use crate::Error;
use crate::notify::{self, News};

/// What makes two alerts the same one: about the same thing that happened.
type Same = (Id<Setting>, Option<Id<Child>>, Kind, Day, String);

/// Raises alerts in a change: for each child its own, once.
pub(super) struct Raiser<'r> {
    record: &'r Record,
    today: Day,
    owners: BTreeMap<Id<Child>, Id<Person>>,
    known: BTreeSet<Same>,
    pub(super) raised: Vec<Alert>,
}

impl<'r> Raiser<'r> {
    pub(super) async fn open(record: &'r Record, tx: &mut Tx) -> Result<Self, Error> {
        let today = record.today();
        let owners = store::alert::owners(tx, today).await?.into_iter().collect();
        let known = store::all::<Alert>(tx).await?.into_iter().map(|known| key(&known.fact)).collect();
        Ok(Self { record, today, owners, known, raised: Vec::new() })
    }

    /// An alert for every one of these children, each to the child's own social worker, or to the quality officers where the record knows none.
    pub(super) async fn raise(
        &mut self,
        tx: &mut Tx,
        setting: Id<Setting>,
        children: impl IntoIterator<Item = Id<Child>>,
        (kind, since, words): (Kind, Day, &str),
    ) -> Result<(), Error> {
        for child in children {
            let owner = self.owners.get(&child).copied();
            let alert = Alert {
                id: self.record.id(),
                setting,
                child: Some(child),
                kind,
                words: words.to_owned(),
                since,
                due: calendar::working_days_after(self.today, kind.working_days()),
                owner,
                role: if owner.is_some() { Role::SocialWorker } else { Role::QualityOfficer },
                resolved: None,
                outcome: String::new(),
            };
            if self.known.insert(key(&alert)) {
                store::add(tx, &alert).await?;
                self.tell(tx, &alert).await?;
                self.raised.push(alert);
            }
        }
        Ok(())
    }
}

impl Raiser<'_> {
    /// Tells its owner, or those with the role that is to look, once for whatever happened to a home, however many children live there.
    async fn tell(&self, tx: &mut Tx, alert: &Alert) -> Result<(), Error> {
        let people = match alert.owner {
            Some(owner) => vec![owner],
            None => store::notice::with_role(tx, alert.role).await?,
        };
        let event = format!("{} {} {}", alert.setting, alert.kind, alert.since);
        let words = "Something happened to a home where a child lives: look at it.";
        notify::tell(self.record, tx, &people, &News { kind: notify::Kind::Alert, event: &event, words, path: "/work" }).await?;
        Ok(())
    }
}

fn key(alert: &Alert) -> Same {
    (alert.setting, alert.child, alert.kind, alert.since, alert.words.clone())
}

/// Open alerts, the most urgent first.
///
/// # Errors
/// [`Error::Denied`].
pub async fn alerts(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Open>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    Ok(store::alert::open(&mut view).await?)
}

/// Resolves an alert with a word on what was done.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unusable`] without a word, or a second time.
pub async fn resolve(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<Alert>, outcome: &str) -> Result<Alert, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::HomeWrite, On::authority(authority))?, record.moment()).await?;
    let not_found = || Error::NotFound { what: "alert", name: id.to_string(), near: Vec::new() };
    let read: Versioned<Alert> = store::find(&mut tx, id).await?.ok_or_else(not_found)?;
    let resolved =
        read.fact.resolve(record.today(), outcome).map_err(|fault| Error::Unusable(format!("The alert stays open: {fault}.")))?;
    store::correct(&mut tx, &read, &resolved).await?;
    tx.commit(Event::of("setting", read.fact.setting).because(&resolved.outcome)).await?;
    Ok(resolved)
}

/// The register by setting, as the rules of the domain want it.
struct Register {
    settings: Vec<Setting>,
    statuses: BTreeMap<Id<Provider>, Provider>,
    terms: BTreeMap<Id<Setting>, Vec<Terms>>,
    restrictions: BTreeMap<Id<Setting>, Vec<Restriction>>,
    events: BTreeMap<Id<Setting>, Vec<CapacityEvent>>,
    judgements: BTreeMap<Id<Provider>, Vec<Judgement>>,
    stays: BTreeMap<Code, Vec<Stay>>,
}

fn grouped<F: Clone, K: Ord>(all: Vec<Versioned<F>>, key: impl Fn(&F) -> K) -> BTreeMap<K, Vec<F>> {
    let mut groups: BTreeMap<K, Vec<F>> = BTreeMap::new();
    for known in all {
        groups.entry(key(&known.fact)).or_default().push(known.fact);
    }
    groups
}

impl Register {
    async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let mut stays: BTreeMap<Code, Vec<Stay>> = BTreeMap::new();
        for (urn, stay) in store::bed::all_stays(tx).await? {
            stays.entry(urn).or_default().push(stay);
        }
        Ok(Self {
            settings: plain(&store::all::<Setting>(tx).await?),
            statuses: store::all::<Provider>(tx).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect(),
            terms: grouped(store::all(tx).await?, |one: &Terms| one.setting),
            restrictions: grouped(store::all(tx).await?, |one: &Restriction| one.setting),
            events: grouped(store::all(tx).await?, |one: &CapacityEvent| one.setting),
            judgements: grouped(store::all(tx).await?, |one: &Judgement| one.provider),
            stays,
        })
    }

    /// What the law says against those who live in a setting today, with the first night of each. Holds are promises: they break nothing yet.
    fn breaches(&self, setting: &Setting, children: &BTreeMap<Id<Child>, Child>, today: Day, at: jiff::Timestamp) -> Vec<(Stay, Obstacle)> {
        let Some(stays) = self.stays.get(&setting.urn) else { return Vec::new() };
        let none = |id| self.terms.get(&id).map_or(&[][..], Vec::as_slice);
        let home = Home {
            setting,
            terms: none(setting.id),
            restrictions: self.restrictions.get(&setting.id).map_or(&[], Vec::as_slice),
            events: self.events.get(&setting.id).map_or(&[], Vec::as_slice),
            stays,
            holds: &[],
        };
        let regard = Regard {
            judgements: self.judgements.get(&setting.provider).map_or(&[], Vec::as_slice),
            status: self.statuses.get(&setting.provider).map_or(domain::provider::Status::Prospect, |provider| provider.status),
        };
        let here = stays.iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to));
        let found = here.filter_map(|stay| children.get(&stay.child).map(|child| (stay, child))).flat_map(|(stay, child)| {
            // What is to come is a plan, so the stay is looked at up to tonight.
            let lived = Newcomer {
                child: child.id,
                born: child.born,
                sex: child.sex,
                from: stay.from,
                to: Some(today.plus(1)),
                sharing: Sharing::Shared,
            };
            breaches(&home, &lived, regard, at).into_iter().map(|obstacle| (*stay, obstacle))
        });
        found.collect()
    }
}

/// Looks at everybody who lives in a home of the register today, and raises an alert for each limit of the law that is broken: what has happened
/// stays recorded as it is, with an owner and a clock (I0). Looking again raises nothing twice.
///
/// # Errors
/// [`Error::Denied`].
pub async fn watch(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Alert>, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::HomeWrite, On::authority(authority))?, record.moment()).await?;
    let register = Register::read(&mut tx).await?;
    let children: BTreeMap<Id<Child>, Child> =
        store::all::<Child>(&mut tx).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect();
    let mut raiser = Raiser::open(record, &mut tx).await?;
    let (today, at) = (record.today(), tx.moment().at.timestamp());
    for setting in &register.settings {
        for (stay, obstacle) in register.breaches(setting, &children, today, at) {
            let words = format!("{}: {obstacle}", setting.name);
            raiser.raise(&mut tx, setting.id, [stay.child], (Kind::Breach, stay.from, &words)).await?;
        }
    }
    let alerts = raiser.raised;
    if !alerts.is_empty() {
        tx.commit(Event::of("authority", authority).because("limits of the law looked at")).await?;
    }
    Ok(alerts)
}
