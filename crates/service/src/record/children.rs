//! Children: the list that a person may see, and one child's case as it is known now or was known on a day.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On, Permit};
use domain::authority::Authority;
use domain::case::{
    Allocation, CourtAuthority, EmergencyDecision, HealthAssessment, MissingEpisode, NeedProfile, Plan, Review, Sibling, Visit, Voice,
};
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::legal_status::LegalStatus;
use domain::lodging::Lodging;
use domain::merge::Merge;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use domain::{Day, Id};
use store::{Entries, Entry, Event, Instant, Part, Versioned, View};

use super::case::gather;
use super::{Record, allowed, clock, found, known, no_child};
use crate::Error;

/// One child's case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who.
    pub child: Versioned<Child>,
    /// Times in care, by their start.
    pub periods: Vec<Versioned<PeriodOfCare>>,
    /// By which law, by their start.
    pub legal: Vec<Versioned<LegalStatus>>,
    /// Where, by their start.
    pub placements: Vec<Versioned<Placement>>,
    /// Foster households that placements are in, each with its reference.
    pub households: BTreeMap<Id<Placement>, (Id<FosterHome>, String)>,
    /// Who works with the child, by the day since when.
    pub allocations: Vec<Versioned<Allocation>>,
    /// What the child needs of a home, by day: the last one stands.
    pub needs: Vec<Versioned<NeedProfile>>,
    /// Brothers and sisters.
    pub siblings: Vec<Versioned<Sibling>>,
    /// Times missing, by their start.
    pub missing: Vec<Versioned<MissingEpisode>>,
    /// The day of the first return of which the authority wrote down what became of the interview; nothing where it never did.
    pub interviews_since: Option<Day>,
    /// Reviews, by the day they are due.
    pub reviews: Vec<Versioned<Review>>,
    /// Visits, by the day they were made or are due.
    pub visits: Vec<Versioned<Visit>>,
    /// Health assessments and checks, by the day they were held or are due.
    pub health: Vec<Versioned<HealthAssessment>>,
    /// Decisions made in an emergency, by their day.
    pub emergencies: Vec<Versioned<EmergencyDecision>>,
    /// What courts have allowed, by its first day.
    pub courts: Vec<Versioned<CourtAuthority>>,
    /// Plans, by the day they were agreed.
    pub plans: Vec<Versioned<Plan>>,
    /// The child's own words, by day.
    pub voice: Vec<Versioned<Voice>>,
    /// Entries of the register that are the same child and are shown here.
    pub merged: Vec<(Versioned<Merge>, Child)>,
    /// The entry under which this one is shown; nothing for one that stands by itself.
    pub under: Option<Id<Child>>,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// What was changed last, newest first; [`log`] has everything.
    pub changes: Vec<Entry>,
    /// The leave by which it was opened.
    opened: Permit,
}

/// Changes that a case shows.
const LATEST: u32 = 12;

/// The children whose cases this person may open, by reference, with where they live today.
///
/// # Errors
/// [`Error::Denied`] for roles that have no list of children.
pub async fn children(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<store::child::Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildList, On::authority(authority))?).await?;
    Ok(store::child::list(&mut view, record.today()).await?)
}

/// The references of the children whom this person may see in a list; none for roles that have no such list.
pub(super) async fn seen(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<BTreeMap<Id<Child>, String>, Error> {
    let Ok(permit) = allowed(actor, Action::ChildList, On::authority(authority)) else { return Ok(BTreeMap::new()) };
    let mut view = record.db.read(permit).await?;
    Ok(store::child::references(&mut view, record.today()).await?.into_iter().collect())
}

/// The same of these children alone, where a few stand on a page.
pub(super) async fn seen_of(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    children: impl IntoIterator<Item = Id<Child>>,
) -> Result<BTreeMap<Id<Child>, String>, Error> {
    let few: BTreeSet<Id<Child>> = children.into_iter().collect();
    let found = references(record, actor, authority, &few.into_iter().collect::<Vec<_>>()).await?;
    Ok(found.into_iter().map(|(reference, child)| (child, reference)).collect())
}

/// The references of those of these children whom this person may see in a list.
///
/// # Errors
/// Those of the database.
pub async fn references(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    children: &[Id<Child>],
) -> Result<Vec<(String, Id<Child>)>, Error> {
    let Ok(permit) = allowed(actor, Action::ChildList, On::authority(authority)) else { return Ok(Vec::new()) };
    let mut view = record.db.read(permit).await?;
    let (mut found, today) = (Vec::new(), record.today());
    for &child in children {
        found.extend(store::child::reference(&mut view, child, today).await?.map(|reference| (reference, child)));
    }
    Ok(found)
}

/// The child whom returns and case system call so, among those on this person's list.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Denied`] for roles that have no list of children.
pub async fn by_reference(record: &Record, actor: &Actor, authority: Id<Authority>, reference: &str) -> Result<Id<Child>, Error> {
    let listed = children(record, actor, authority).await?;
    let named = listed.into_iter().find(|one| one.child.reference == reference).map(|one| one.child.id);
    named.ok_or_else(|| Error::NotFound { what: "child", name: reference.to_owned(), near: Vec::new() })
}

/// A child's case, now or as it was known at the end of a day. The reading is in the log, where the child's people see it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such child for this person.
pub async fn show(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    as_known: Option<Day>,
) -> Result<Case, Error> {
    let permit = record.allowed_on_case(actor, Action::ChildRead, authority, child).await?;
    // Read beside those who write; what was read is given only once the log has it.
    let mut view = record.db.read(permit.clone()).await?;
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let found = match at {
        Some(at) => match store::find_as_known(&mut view, child, at).await? {
            Some(found) => found,
            None => return Err(not_yet(&mut view, child).await?),
        },
        None => store::find(&mut view, child).await?.ok_or_else(|| no_child(child))?,
    };
    let mut merged = Vec::new();
    for merge in known::<Merge, Child>(&mut view, child, at).await? {
        // Two entries may have been one then and be two children now, of whom this person may see one.
        if at.is_some() && record.allowed_on_case(actor, Action::ChildRead, authority, merge.fact.child).await.is_err() {
            continue;
        }
        let other = store::find(&mut view, merge.fact.child).await?.ok_or_else(|| no_child(child))?.fact;
        merged.push((merge, other));
    }
    let whole: Vec<Id<Child>> = std::iter::once(child).chain(merged.iter().map(|(_, other)| other.id)).collect();
    // The past did not know what was done later.
    let changes = entries(&mut view, &whole, Part { until: at, ..Part::last(Entries::Changes, LATEST) }).await?;
    let case = Case {
        child: found,
        periods: gather(&mut view, &whole, at).await?,
        legal: gather(&mut view, &whole, at).await?,
        placements: gather(&mut view, &whole, at).await?,
        households: households(&mut view, &whole, at).await?,
        allocations: gather(&mut view, &whole, at).await?,
        needs: gather(&mut view, &whole, at).await?,
        siblings: gather(&mut view, &whole, at).await?,
        missing: gather(&mut view, &whole, at).await?,
        interviews_since: store::awaited::interviews_kept_since(&mut view).await?,
        reviews: gather(&mut view, &whole, at).await?,
        visits: gather(&mut view, &whole, at).await?,
        health: gather(&mut view, &whole, at).await?,
        emergencies: gather(&mut view, &whole, at).await?,
        courts: gather(&mut view, &whole, at).await?,
        plans: gather(&mut view, &whole, at).await?,
        voice: gather(&mut view, &whole, at).await?,
        merged,
        under: store::child::under(&mut view, child).await?,
        as_known,
        changes,
        opened: permit.clone(),
    };
    drop(view);
    record.db.begin(permit, record.moment()).await?.commit(Event::of("child", child)).await?;
    Ok(case)
}

/// In which foster households placements of these children are, as it is known now or was at a moment.
async fn households(
    view: &mut View,
    children: &[Id<Child>],
    at: Option<Instant>,
) -> Result<BTreeMap<Id<Placement>, (Id<FosterHome>, String)>, Error> {
    let mut all = BTreeMap::new();
    for &child in children {
        for lodging in known::<Lodging, Child>(view, child, at).await? {
            let Some(id) = lodging.fact.foster_home else { continue };
            let home: Option<Versioned<FosterHome>> = found(view, id, at).await?;
            all.extend(home.map(|home| (lodging.fact.placement, (id, home.fact.reference))));
        }
    }
    Ok(all)
}

/// Who changed and who read a case, newest first. Asked for with the case itself: whoever opened it was allowed to, and that they did is in the log.
///
/// # Errors
/// Those of the database.
pub async fn log(record: &Record, case: &Case, part: Part) -> Result<Vec<Entry>, Error> {
    let child = case.child.fact.id;
    let mut view = record.db.read(case.opened.clone()).await?;
    let merged: Vec<Versioned<Merge>> = store::of(&mut view, child).await?;
    let whole: Vec<Id<Child>> = std::iter::once(child).chain(merged.iter().map(|known| known.fact.child)).collect();
    entries(&mut view, &whole, part).await
}

/// Entries of the logs of one child's entries of the register, newest first.
pub(super) async fn entries(view: &mut View, whole: &[Id<Child>], part: Part) -> Result<Vec<Entry>, Error> {
    let mut all = Vec::new();
    for &one in whole {
        all.extend(store::history_of_child(view, one, part).await?);
    }
    all.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    // What was about both stands once.
    all.dedup_by_key(|entry| entry.seq);
    all.truncate(usize::try_from(part.most).unwrap_or(usize::MAX));
    Ok(all)
}

/// That nothing was known of a child then, and since when something is.
async fn not_yet(view: &mut View, child: Id<Child>) -> Result<Error, Error> {
    let first = store::versions(view, child).await?.into_iter().next().ok_or_else(|| no_child(child))?;
    let since = clock::day_in_england(first.recorded_at.timestamp()).long();
    Ok(Error::Unusable(format!(
        "The record knew nothing of this child then: it was first recorded on {since}. Choose that day or a later one."
    )))
}
