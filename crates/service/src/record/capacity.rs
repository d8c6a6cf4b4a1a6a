//! Beds: whether a child may be planned into a home, holding a bed until a moment, and letting it go.

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Refused, plan};
use domain::capacity::{Hold, Sharing};
use domain::child::Child;
use domain::lodging::Place;
use domain::setting::Setting;
use domain::{Day, Id};
use jiff::{SignedDuration, Timestamp};
use store::{Event, Instant, Versioned};

use super::placing::no_plan;
use super::settings::{self, SettingPage};
use super::{Record, allowed, interests, no_child};
use crate::Error;

/// A child's stay that is thought of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Where.
    pub setting: Id<Setting>,
    /// For whom.
    pub child: Id<Child>,
    /// First night.
    pub from: Day,
    /// The day on which it is to end; nothing for no plan.
    pub to: Option<Day>,
    /// Whether the home is to be for this child alone.
    pub sharing: Sharing,
}

/// The longest that a bed is held, in hours: longer than an offer stands by any default (dossier E5: 24, in an emergency 4), so that a forgotten hold
/// does not keep a child out.
pub const LONGEST_HOLD: u32 = 24 * 7;

/// What stands against a child's stay in a home: refused by the law, or what practice has to say.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open, or no such home.
pub async fn fit(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    wanted: &Wanted,
) -> Result<Result<Vec<Obstacle>, Refused>, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, wanted.child).await?;
    let child = store::find(&mut tx, wanted.child).await?.ok_or_else(|| no_child(wanted.child))?.fact;
    let page = settings::read(&mut tx, record, wanted.setting, None).await?;
    let found = planned(&page, &child, wanted);
    // Whether a home is right tells something about the child: the looking is in the log.
    tx.commit(Event::of("child", wanted.child)).await?;
    Ok(found)
}

fn planned(page: &SettingPage, child: &Child, wanted: &Wanted) -> Result<Vec<Obstacle>, Refused> {
    let newcomer =
        Newcomer { child: child.id, born: child.born, sex: child.sex, from: wanted.from, to: wanted.to, sharing: wanted.sharing };
    let facts = page.facts();
    plan(&facts.home(), &newcomer, facts.regard(), page.at)
}

/// Holds a bed for a child for some hours. Of two who want the last bed one has it, whoever came first; the other is told (F14).
///
/// # Errors
/// [`Error::Unusable`] where the law forbids the stay or no bed is left; [`Error::NotFound`] for a case that this person may not open, or no such home.
pub async fn hold(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    wanted: &Wanted,
    hours: u32,
) -> Result<(Hold, Vec<Obstacle>), Error> {
    if hours == 0 || hours > LONGEST_HOLD {
        return Err(Error::Unusable(format!("A bed is held for 1 to {LONGEST_HOLD} hours.")));
    }
    if wanted.to.is_some_and(|to| to <= wanted.from) {
        return Err(Error::Unusable("The stay must end at least a day after it begins.".to_owned()));
    }
    let mut tx = record.begin_on_case(actor, Action::PlacementWrite, authority, wanted.child).await?;
    let child = store::find(&mut tx, wanted.child).await?.ok_or_else(|| no_child(wanted.child))?.fact;
    interests::free_to_place(&mut tx, record.today(), Place::Setting(wanted.setting)).await?;
    let page = settings::read(&mut tx, record, wanted.setting, None).await?;
    let said = planned(&page, &child, wanted).map_err(|refused| Error::Unusable(format!("The bed was not held: {refused}.")))?;
    if let Some(none) = said.iter().find(|&one| no_plan(one)) {
        return Err(Error::Unusable(format!("The bed was not held: {none}.")));
    }
    let lapses = record.moment().at.timestamp() + SignedDuration::from_hours(i64::from(hours));
    let Wanted { setting, child, from, to, sharing } = *wanted;
    let hold = Hold { id: record.id(), setting, child, from, to, sharing, lapses, released: None };
    store::add(&mut tx, &hold).await?;
    tx.commit(Event::of("setting", setting).because("bed held")).await?;
    Ok((hold, said))
}

/// Lets a held bed go before it lapses.
///
/// # Errors
/// [`Error::NotFound`] for a hold that is not there or a case that this person may not open; [`Error::Unusable`] where it stands no more.
pub async fn release(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, hold: Id<Hold>) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::PlacementWrite, authority, child).await?;
    let found: Option<Versioned<Hold>> = store::find(&mut tx, hold).await?;
    let not_found = || Error::NotFound { what: "held bed", name: hold.to_string(), near: Vec::new() };
    let read = found.filter(|known| known.fact.child == child).ok_or_else(not_found)?;
    let now: Timestamp = tx.moment().at.timestamp();
    if !read.fact.stands(now) {
        return Err(Error::Unusable("The bed is held no more: it lapsed or was let go.".to_owned()));
    }
    let released = Hold { released: Some(now), ..read.fact.clone() };
    store::correct(&mut tx, &read, &released).await?;
    tx.commit(Event::of("setting", read.fact.setting).because("bed let go")).await?;
    Ok(())
}

/// A bed that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBed {
    /// The hold.
    pub hold: Hold,
    /// The child's reference, for those who may see the child in a list; nothing for everybody else.
    pub child: Option<String>,
    /// Who held it, as the log has it.
    pub by: String,
    /// When it lapses by itself, as clocks in England show it.
    pub lapses: String,
}

/// Beds of a home that are held now, by when they lapse: for which child only to those who may see the child.
///
/// # Errors
/// [`Error::Denied`].
pub async fn held_beds(record: &Record, actor: &Actor, authority: Id<Authority>, setting: Id<Setting>) -> Result<Vec<HeldBed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let now = record.now();
    let holds: Vec<Versioned<Hold>> = store::of(&mut view, setting).await?;
    let log = store::history_of(&mut view, "setting", &setting.to_string()).await?;
    let mut held: Vec<Versioned<Hold>> = holds.into_iter().filter(|known| known.fact.stands(now.timestamp())).collect();
    held.sort_by_key(|known| (known.fact.lapses, known.fact.id));
    drop(view);
    let seen = super::children::seen_of(record, actor, authority, held.iter().map(|known| known.fact.child)).await?;
    let named = |known: Versioned<Hold>| HeldBed {
        child: seen.get(&known.fact.child).cloned(),
        // The entry of a hold is made with the hold: it has the same moment.
        by: log.iter().find(|entry| entry.at == known.recorded_at).map(|entry| entry.who.clone()).unwrap_or_default(),
        lapses: record.spoken(Instant::new(known.fact.lapses)),
        hold: known.fact,
    };
    Ok(held.into_iter().map(named).collect())
}
