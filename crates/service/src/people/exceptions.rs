//! A case opened in need and looked at afterwards; a person kept out of what touches them.

use domain::access::{Action, Actor, BrokenGlass, Conflict, On, Role, Thing, Who};
use domain::child::Child;
use domain::person::Person;
use domain::{Day, Id};
use jiff::SignedDuration;
use store::person::persons;
use store::{Event, notice};

use crate::Error;
use crate::notify::{self, Kind, News};
use crate::record::{Authority, Record, allowed};

/// How long the case stays open to whoever broke the glass, and by when somebody looks at it.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Opens a child's case for a day to somebody who is not allocated to it. The director is shown that they did and why.
///
/// # Errors
/// [`Error::Unusable`] without a reason; [`Error::NotFound`] where there is no such child, or a conflict of interest keeps the person out of it.
pub async fn break_glass(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    child: Id<Child>,
    reason: &str,
) -> Result<BrokenGlass, Error> {
    let permit = allowed(actor, Action::ChildBreakGlass, On::authority(authority.id))?;
    let Who::Person(person) = actor.who else { return Err(Error::Unusable("Somebody who is signed in breaks the glass.".to_owned())) };
    let reason = reason.trim();
    if reason.chars().count() < 10 {
        return Err(Error::Unusable("Say in a sentence why you need this case now. The director reads it".to_owned()));
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let found = store::find(&mut tx, child).await?.filter(|_| !is_kept_out(actor, child));
    found.ok_or_else(|| Error::NotFound { what: "child", name: child.to_string(), near: Vec::new() })?;
    let now = tx.moment().at.timestamp();
    let glass = BrokenGlass {
        id: record.id(),
        authority: authority.id,
        child,
        person,
        reason: reason.to_owned(),
        opened_at: now,
        ends_at: now + A_DAY,
        reviewed_by: None,
        finding: None,
    };
    store::add(&mut tx, &glass).await?;
    let directors = notice::with_role(&mut tx, Role::Director).await?;
    let words = "Somebody opened a case that they are not allocated to. Look at why within a day.";
    let news = News { kind: Kind::OpenedCase, event: &glass.id.to_string(), words, path: "/opened-cases" };
    notify::tell(record, &mut tx, &directors, &news).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(glass)
}

/// A broken glass with the names that belong to it.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What happened.
    pub glass: BrokenGlass,
    /// The child, as the case system calls it.
    pub child: String,
    /// Who opened the case.
    pub person: String,
    /// Whether a day has passed and nobody has looked at it.
    pub overdue: bool,
}

/// What waits for a review, the oldest first, then what was reviewed, the newest first; without the children to whom this person is bound.
///
/// # Errors
/// [`Error::Denied`] for roles that review none.
pub async fn broken(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<Broken>, Error> {
    let mut view = record.db.read(allowed(actor, Action::GlassReview, On::authority(authority.id))?).await?;
    let now = record.now().timestamp();
    let mut all: Vec<BrokenGlass> = store::all(&mut view).await?.into_iter().map(|known| known.fact).collect();
    all.sort_by_key(|glass| (glass.opened_at, glass.id));
    let (waiting, reviewed): (Vec<_>, Vec<_>) = all.into_iter().partition(|glass| glass.reviewed_by.is_none());
    let mut broken = Vec::new();
    let open = |glass: &BrokenGlass| !is_kept_out(actor, glass.child);
    for glass in waiting.into_iter().chain(reviewed.into_iter().rev()).filter(open) {
        let child = store::find(&mut view, glass.child).await?.map(|known| known.fact.reference).unwrap_or_default();
        let person = persons::find(&mut view, glass.person).await?.map(|known| known.person.name).unwrap_or_default();
        let overdue = glass.reviewed_by.is_none() && glass.ends_at < now;
        broken.push(Broken { glass, child, person, overdue });
    }
    Ok(broken)
}

fn is_kept_out(actor: &Actor, child: Id<Child>) -> bool {
    actor.conflicts.contains(&Id::from_uuid(child.uuid()))
}

/// Says what was found when a broken glass was looked at. Whoever broke it does not, nor whoever is bound to the child (I14).
///
/// # Errors
/// [`Error::Unusable`] without words, and for one's own; [`Error::NotFound`] for whoever a conflict of interest keeps out of it; [`Error::Stale`] where
/// somebody reviewed it already.
pub async fn review_glass(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    glass: Id<BrokenGlass>,
    finding: &str,
) -> Result<(), Error> {
    let permit = allowed(actor, Action::GlassReview, On::authority(authority.id))?;
    let Who::Person(reviewer) = actor.who else { return Err(Error::Unusable("Somebody who is signed in reviews it.".to_owned())) };
    let finding = finding.trim();
    if finding.is_empty() {
        return Err(Error::Unusable("Say what you found".to_owned()));
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let read = store::find(&mut tx, glass).await?.filter(|known| !is_kept_out(actor, known.fact.child));
    let read = read.ok_or_else(|| Error::NotFound { what: "opened case", name: glass.to_string(), near: Vec::new() })?;
    if read.fact.person == reviewer {
        return Err(Error::Unusable("You opened this case yourself: somebody else looks at why.".to_owned()));
    }
    if read.fact.reviewed_by.is_some() {
        return Err(Error::Stale);
    }
    let looked_at = BrokenGlass { reviewed_by: Some(reviewer), finding: Some(finding.to_owned()), ..read.fact.clone() };
    store::correct(&mut tx, &read, &looked_at).await?;
    tx.commit(Event::of("child", looked_at.child).because(finding)).await?;
    Ok(())
}

/// Declares that somebody is in conflict with a child or a provider, from a day on. They are kept out from their next page on.
///
/// # Errors
/// [`Error::Unusable`] without words about what binds them; [`Error::NotFound`] for nobody of this authority.
pub async fn declare_conflict(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    person: Id<Person>,
    thing: Id<Thing>,
    nature: &str,
    start: Day,
) -> Result<Conflict, Error> {
    let permit = allowed(actor, Action::ConflictDeclare, On::authority(authority.id))?;
    let nature = nature.trim();
    if nature.is_empty() {
        return Err(Error::Unusable("Say what binds them: a relative, a supplier, a colleague’s child".to_owned()));
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let known = persons::find(&mut tx, person).await?;
    known.ok_or_else(|| Error::NotFound { what: "person", name: person.to_string(), near: Vec::new() })?;
    let conflict = Conflict { id: record.id(), authority: authority.id, person, thing, nature: nature.to_owned(), start, end: None };
    store::add(&mut tx, &conflict).await?;
    tx.commit(Event::of("person", person).because("declared a conflict of interest")).await?;
    Ok(conflict)
}
