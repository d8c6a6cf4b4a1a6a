//! Alerts: what somebody must look at by a day, raised by loaders and by what has happened, resolved with a word.

mod fostered;

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On, Role, Who};
use domain::alert::{Alert, Kind};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, breaches};
use domain::capacity::{Home, Stay};
use domain::child::Child;
use domain::lodging::Place;
use domain::person::Person;
use domain::{Day, Id};
use reference::calendar;
use store::alert::Open;
use store::{Event, Tx, Versioned};

pub(super) use self::fostered::kinship;
use super::settings;
use super::suited::Register;
use super::{Record, allowed};
use crate::Error;
use crate::notify::{self, News};

/// What makes two alerts the same one: about the same thing that happened.
type Same = (Option<Place>, Option<Id<Child>>, Kind, Day, String);

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

    /// An alert for every one of these children about the home that they live in, or about a home on no register, each to the child's own social worker, or
    /// to the quality officers where the record knows none.
    pub(super) async fn raise(
        &mut self,
        tx: &mut Tx,
        place: Option<Place>,
        children: impl IntoIterator<Item = Id<Child>>,
        (kind, since, words): (Kind, Day, &str),
    ) -> Result<(), Error> {
        let (setting, foster_home) = place.map_or((None, None), Place::parts);
        for child in children {
            let owner = self.owners.get(&child).copied();
            let alert = Alert {
                id: self.record.id(),
                setting,
                foster_home,
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
        let about = match (alert.place(), alert.child) {
            (Some(Place::Setting(setting)), _) => setting.to_string(),
            (Some(Place::FosterHome(home)), _) => home.to_string(),
            (None, child) => child.map(|child| child.to_string()).unwrap_or_default(),
        };
        let event = format!("{about} {} {}", alert.kind, alert.since);
        let words = "Something happened to a home where a child lives: look at it.";
        notify::tell(self.record, tx, &people, &News { kind: notify::Kind::Alert, event: &event, words, path: "/work" }).await?;
        Ok(())
    }
}

fn key(alert: &Alert) -> Same {
    (alert.place(), alert.child, alert.kind, alert.since, alert.words.clone())
}

/// Open alerts, the most urgent first. Which child one is about is told to those alone who may see the child in a list; for others it is about a child.
///
/// # Errors
/// [`Error::Denied`].
pub async fn alerts(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Open>, Error> {
    let seen = super::children::seen(record, actor, authority).await?;
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let told = |one: Open| {
        let child = one.child.filter(|_| one.alert.fact.child.is_some_and(|child| seen.contains_key(&child)));
        Open { child, ..one }
    };
    Ok(store::alert::open(&mut view).await?.into_iter().map(told).collect())
}

/// Resolves an alert with a word on what was done: whoever keeps the register of homes, or the one whose alert it is.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`]; [`Error::Unusable`] without a word, or a second time.
pub async fn resolve(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<Alert>, outcome: &str) -> Result<Alert, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::AlertResolve, On::authority(authority))?, record.moment()).await?;
    let not_found = || Error::NotFound { what: "alert", name: id.to_string(), near: Vec::new() };
    let read: Versioned<Alert> = store::find(&mut tx, id).await?.ok_or_else(not_found)?;
    let is_theirs = read.fact.owner.is_some_and(|owner| actor.who == Who::Person(owner));
    if !is_theirs {
        allowed(actor, Action::HomeWrite, On::authority(authority))?;
    }
    let resolved =
        read.fact.resolve(record.today(), outcome).map_err(|fault| Error::Unusable(format!("The alert stays open: {fault}.")))?;
    store::correct(&mut tx, &read, &resolved).await?;
    let event = match (read.fact.place(), read.fact.child) {
        (Some(Place::Setting(setting)), _) => Event::of("setting", setting),
        (Some(Place::FosterHome(home)), _) => Event::of("foster-home", home),
        (None, Some(child)) => Event::of("child", child),
        (None, None) => Event::of("authority", authority),
    };
    tx.commit(event.because(&resolved.outcome)).await?;
    Ok(resolved)
}

/// What the law says against those who live in a home today, each with the stay. Holds are promises: they break nothing yet.
fn broken(
    home: &Home<'_>,
    regard: Regard<'_>,
    children: &BTreeMap<Id<Child>, Child>,
    (today, at): (Day, jiff::Timestamp),
) -> Vec<(Stay, Obstacle)> {
    let lived_in = Home { holds: &[], ..*home };
    let here = home.stays.iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to));
    let found = here.filter_map(|stay| children.get(&stay.child).map(|child| (stay, child))).flat_map(|(stay, child)| {
        // What is to come is a plan, so the stay is looked at up to tonight.
        let to = Some(today.plus(1));
        let lived = Newcomer { child: child.id, born: child.born, sex: child.sex, from: stay.from, to, sharing: stay.sharing };
        breaches(&lived_in, &lived, regard, at).into_iter().map(|obstacle| (*stay, obstacle))
    });
    found.collect()
}

/// Looks at everybody who lives in a home of the register today, and raises an alert for each limit of the law that is broken: what has happened
/// stays recorded as it is, with an owner and a clock (I0). Looking again raises nothing twice.
///
/// # Errors
/// [`Error::Denied`].
pub async fn watch(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Alert>, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::HomeWrite, On::authority(authority))?, record.moment()).await?;
    let alerts = look(record, &mut tx).await?;
    if !alerts.is_empty() {
        tx.commit(Event::of("authority", authority).because("limits of the law looked at")).await?;
    }
    Ok(alerts)
}

/// The same within a change that may have broken a limit, so that alerts are kept together with it or not at all.
pub(super) async fn look(record: &Record, tx: &mut Tx) -> Result<Vec<Alert>, Error> {
    let register = Register::read(tx).await?;
    let children: BTreeMap<Id<Child>, Child> =
        store::all::<Child>(tx).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect();
    let mut raiser = Raiser::open(record, tx).await?;
    let (today, at) = (record.today(), tx.moment().at.timestamp());
    for setting in &register.settings {
        for (stay, obstacle) in broken(&register.home(setting), register.regard(setting), &children, (today, at)) {
            let words = format!("{}: {obstacle}", setting.name);
            raiser.raise(tx, Some(Place::Setting(setting.id)), [stay.child], (Kind::Breach, stay.from, &words)).await?;
        }
    }
    fostered::look(tx, &mut raiser, &children, today).await?;
    Ok(raiser.raised)
}

/// The same for one home.
pub(super) async fn look_at(record: &Record, tx: &mut Tx, place: Place) -> Result<(), Error> {
    let mut raiser = Raiser::open(record, tx).await?;
    let id = match place {
        Place::Setting(id) => id,
        Place::FosterHome(id) => return fostered::look_at(tx, &mut raiser, id, record.today()).await,
    };
    let page = settings::read(tx, record, id, None).await?;
    let facts = page.facts();
    let children = children_of(tx, facts.home().stays).await?;
    let now = (record.today(), tx.moment().at.timestamp());
    for (stay, obstacle) in broken(&facts.home(), facts.regard(), &children, now) {
        let words = format!("{}: {obstacle}", page.setting.fact.name);
        raiser.raise(tx, Some(place), [stay.child], (Kind::Breach, stay.from, &words)).await?;
    }
    Ok(())
}

/// Those who stay somewhere, as the register has them.
async fn children_of(tx: &mut Tx, stays: &[Stay]) -> Result<BTreeMap<Id<Child>, Child>, Error> {
    let mut children = BTreeMap::new();
    for stay in stays {
        children.extend(store::find(tx, stay.child).await?.map(|known| (stay.child, known.fact)));
    }
    Ok(children)
}
