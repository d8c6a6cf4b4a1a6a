//! Alerts: what somebody must look at by a day, raised by loaders and by what has happened, resolved with a word.

mod fostered;
mod register;

use std::collections::BTreeMap;
use std::mem::discriminant;

use domain::access::{Action, Actor, On, Role, Who};
use domain::alert::{Alert, Kind};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, breaches};
use domain::capacity::since::since_then;
use domain::capacity::{Home, Stay};
use domain::child::Child;
use domain::lodging::Place;
use domain::person::Person;
use domain::setting::Setting;
use domain::{Day, Id};
use reference::calendar;
use store::alert::Listed;
use store::{Event, Tx, Versioned};

use super::households::{Broken, lived};
use super::suited::Register;
use super::{Record, allowed, interests, settings};
use crate::Error;
use crate::notify::{self, News};

pub use register::register;

/// What makes two alerts the same one: about the same thing that happened.
type Same = (Option<Place>, Option<Id<Child>>, Kind, Day, String);

/// Days after which a breach that was resolved with a word and goes on is raised anew: a word mends nothing (I0). A rule of this house.
const AGAIN: i32 = 7;

/// Raises alerts in a change: for each child its own, once.
pub(super) struct Raiser<'r> {
    record: &'r Record,
    today: Day,
    owners: BTreeMap<Id<Child>, Id<Person>>,
    /// Those that were raised: open, or resolved on a day.
    known: BTreeMap<Same, Option<Day>>,
    pub(super) raised: Vec<Alert>,
}

impl<'r> Raiser<'r> {
    pub(super) async fn open(record: &'r Record, tx: &mut Tx) -> Result<Self, Error> {
        let today = record.today();
        let owners = store::alert::owners(tx, today).await?.into_iter().collect();
        let mut known: BTreeMap<Same, Option<Day>> = BTreeMap::new();
        for alert in store::all::<Alert>(tx).await? {
            let last = known.entry(key(&alert.fact)).or_insert(alert.fact.resolved);
            // An open one is later than all that were resolved.
            *last = last.and_then(|last| alert.fact.resolved.map(|resolved| last.max(resolved)));
        }
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
        for child in children {
            let alert = self.alert(place, child, (kind, since, words));
            if !self.known.contains_key(&key(&alert)) {
                self.add(tx, alert, "").await?;
            }
        }
        Ok(())
    }

    /// Whether somebody has been told of the same thing as news of the home already, and looks at it or has said a word not long ago.
    fn is_told(&self, (place, child, kind, since): (Place, Id<Child>, Kind, Day), goes_on: bool) -> bool {
        let first: Same = (Some(place), Some(child), kind, since, String::new());
        let found =
            self.known.range(&first..).next().filter(|(same, _)| (same.0, same.1, same.2, same.3) == (first.0, first.1, first.2, first.3));
        found.is_some_and(|(_, resolved)| resolved.is_none_or(|resolved| !goes_on || self.today < resolved.plus(AGAIN)))
    }

    /// A breach by a child's stay in a home. One that was resolved with a word and goes on all the same is raised anew after [`AGAIN`] days.
    pub(super) async fn raise_breach(
        &mut self,
        tx: &mut Tx,
        place: Place,
        (child, since, words): (Id<Child>, Day, &str),
        goes_on: bool,
    ) -> Result<(), Error> {
        let same: Same = (Some(place), Some(child), Kind::Breach, since, words.to_owned());
        match self.known.get(&same) {
            Some(&Some(resolved)) if goes_on && resolved.plus(AGAIN) <= self.today => {
                let alert = self.alert(Some(place), child, (Kind::Breach, since, words));
                self.add(tx, alert, &format!(" again on {}", self.today)).await
            }
            _ => self.raise(tx, Some(place), [child], (Kind::Breach, since, words)).await,
        }
    }
}

impl Raiser<'_> {
    /// To the child's own social worker, or to the quality officers where the record knows none.
    fn alert(&self, place: Option<Place>, child: Id<Child>, (kind, since, words): (Kind, Day, &str)) -> Alert {
        let (setting, foster_home) = place.map_or((None, None), Place::parts);
        let owner = self.owners.get(&child).copied();
        Alert {
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
        }
    }

    async fn add(&mut self, tx: &mut Tx, alert: Alert, again: &str) -> Result<(), Error> {
        self.known.insert(key(&alert), None);
        store::add(tx, &alert).await?;
        self.tell(tx, &alert, again).await?;
        self.raised.push(alert);
        Ok(())
    }

    /// Tells its owner, or those with the role that is to look, once for whatever happened to a home, however many children live there.
    async fn tell(&self, tx: &mut Tx, alert: &Alert, again: &str) -> Result<(), Error> {
        let people = match alert.owner {
            Some(owner) => vec![owner],
            None => store::notice::with_role(tx, alert.role).await?,
        };
        let about = match (alert.place(), alert.child) {
            (Some(Place::Setting(setting)), _) => setting.to_string(),
            (Some(Place::FosterHome(home)), _) => home.to_string(),
            (None, child) => child.map(|child| child.to_string()).unwrap_or_default(),
        };
        let event = format!("{about} {} {}{again}", alert.kind, alert.since);
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
pub async fn alerts(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let open = store::alert::open(&mut view).await?;
    drop(view);
    let seen = super::children::seen_of(record, actor, authority, open.iter().filter_map(|one| one.alert.fact.child)).await?;
    Ok(open.into_iter().filter(|one| !interests::bar(actor, &one.alert.fact)).map(|one| register::told(one, (&seen, actor))).collect())
}

/// Resolves an alert with a word on what was done: whoever keeps the register of homes, or the one whose alert it is.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`]; [`Error::Unusable`] without a word, or a second time.
pub async fn resolve(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<Alert>, outcome: &str) -> Result<Alert, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::AlertResolve, On::authority(authority))?, record.moment()).await?;
    let not_found = || Error::NotFound { what: "alert", name: id.to_string(), near: Vec::new() };
    let read: Versioned<Alert> = store::find(&mut tx, id).await?.filter(|read| !interests::bar(actor, &read.fact)).ok_or_else(not_found)?;
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

/// What the law says against those who live in a home today. Holds are promises: they break nothing yet.
fn broken(
    home: &Home<'_>,
    regard: Regard<'_>,
    children: &BTreeMap<Id<Child>, Child>,
    (today, at): (Day, jiff::Timestamp),
) -> Vec<Broken<Obstacle>> {
    let lived_in = Home { holds: &[], ..*home };
    let mut all = Vec::new();
    for stay in home.stays.iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to)) {
        let Some(child) = children.get(&stay.child) else { continue };
        let lived = lived(child, stay, today);
        let mut tonight = breaches(&lived_in, &Newcomer { from: today, ..lived.clone() }, regard, at);
        // That nobody new may come says nothing of those who are there.
        tonight.retain(|one| *one != Obstacle::NoAdmissions);
        let first = breaches(&lived_in, &lived, regard, at).into_iter().map(|what| (stay.from, what));
        let found = first.chain(since_then(&lived_in, &lived, today));
        let broken = |(since, what): (Day, Obstacle)| Broken {
            stay: *stay,
            since,
            goes_on: tonight.iter().any(|one| discriminant(one) == discriminant(&what)),
            what,
        };
        all.extend(found.map(broken));
    }
    all
}

async fn raise_all(
    tx: &mut Tx,
    raiser: &mut Raiser<'_>,
    (setting, name): (Id<Setting>, &str),
    broken: Vec<Broken<Obstacle>>,
) -> Result<(), Error> {
    for one in broken {
        let news = match one.what {
            Obstacle::Suspended => Some(Kind::Suspended),
            Obstacle::NotOpen { .. } => Some(Kind::Closed),
            _ => None,
        };
        if news.is_some_and(|kind| raiser.is_told((Place::Setting(setting), one.stay.child, kind, one.since), one.goes_on)) {
            continue;
        }
        let words = format!("{name}: {}", one.what);
        raiser.raise_breach(tx, Place::Setting(setting), (one.stay.child, one.since, &words), one.goes_on).await?;
    }
    Ok(())
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
pub(crate) async fn look(record: &Record, tx: &mut Tx) -> Result<Vec<Alert>, Error> {
    let register = Register::read(tx).await?;
    let children: BTreeMap<Id<Child>, Child> =
        store::all::<Child>(tx).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect();
    let mut raiser = Raiser::open(record, tx).await?;
    let (today, at) = (record.today(), tx.moment().at.timestamp());
    for setting in &register.settings {
        let broken = broken(&register.home(setting), register.regard(setting), &children, (today, at));
        raise_all(tx, &mut raiser, (setting.id, &setting.name), broken).await?;
    }
    fostered::look(tx, &mut raiser, &register, &children, today).await?;
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
    let broken = broken(&facts.home(), facts.regard(), &children, now);
    raise_all(tx, &mut raiser, (id, &page.setting.fact.name), broken).await
}

/// Those who stay somewhere, as the register has them.
async fn children_of(tx: &mut Tx, stays: &[Stay]) -> Result<BTreeMap<Id<Child>, Child>, Error> {
    let mut children = BTreeMap::new();
    for stay in stays {
        children.extend(store::find(tx, stay.child).await?.map(|known| (stay.child, known.fact)));
    }
    Ok(children)
}
