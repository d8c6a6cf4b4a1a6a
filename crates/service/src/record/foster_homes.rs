//! Foster homes: the list, and one with its exemptions and papers.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::document::Document;
use domain::foster_home::{Exemption, FosterHome, Kinship, OverLimit, Stage};
use domain::lodging::Lodging;
use domain::placement::Placement;
use domain::provider::Provider;
use domain::{Day, Id};
use store::foster_home::{Filter, Listed};
use store::{Cursor, Instant, Page, Versioned, View};

use super::interests::{free_of_interest, log_for};
use super::settings::plain;
use super::{Record, allowed, clock};
use crate::Error;

/// One foster home with what belongs to it.
#[derive(Clone, Debug)]
pub struct FosterHomePage {
    /// Which.
    pub home: Versioned<FosterHome>,
    /// Its service or agency.
    pub provider: Provider,
    /// Exemptions, by first day. Whom they name is for those alone who may see the children.
    pub exemptions: Vec<Versioned<Exemption>>,
    /// Papers about it, by kind and first day.
    pub documents: Vec<Versioned<Document>>,
    /// Who lived there and is to, as far as placements name the household, by first night.
    pub residents: Vec<Resident>,
    /// The day on which it is looked at.
    pub day: Day,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed it, newest first.
    pub log: Vec<store::Entry>,
}

/// A placement in a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Which.
    pub placement: Id<Placement>,
    /// Whose. Who that is, is for those alone who may see the child.
    pub child: Id<Child>,
    /// First night.
    pub from: Day,
    /// The day of leaving; nothing while it goes on.
    pub to: Option<Day>,
}

impl FosterHomePage {
    /// Who lives there on the night of the page's day.
    pub fn children_tonight(&self) -> Vec<Id<Child>> {
        let here = self.residents.iter().filter(|stay| stay.from <= self.day && stay.to.is_none_or(|to| self.day < to));
        let children: BTreeSet<Id<Child>> = here.map(|stay| stay.child).collect();
        children.into_iter().collect()
    }

    /// Whether they may all live there (I3), siblings or not being unknown to the record. Nobody is too many.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn limit_tonight(&self) -> Result<(), OverLimit> {
        let children = self.children_tonight();
        if children.is_empty() { Ok(()) } else { self.home.fact.limit(&children, Kinship::NotAll, &plain(&self.exemptions), self.day) }
    }
}

/// Foster homes by reference, a page at a time.
///
/// # Errors
/// [`Error::Denied`].
pub async fn foster_homes(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    Ok(store::foster_home::list(&mut view, filter, record.today(), after, limit).await?)
}

/// One foster home, now or as it was known at the end of a day.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn foster_home(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<FosterHome>,
    as_known: Option<Day>,
) -> Result<FosterHomePage, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::thing(authority, id))?).await?;
    let view = &mut view;
    free_of_interest(view, actor, Action::HomeRead, ("foster-home", &id.to_string())).await?;
    let not_found = || Error::NotFound { what: "foster home", name: id.to_string(), near: Vec::new() };
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let home = super::found(view, id, at).await?;
    let home: Versioned<FosterHome> = home.ok_or_else(not_found)?;
    let provider = store::find(view, home.fact.provider).await?.ok_or_else(not_found)?.fact;
    let exemptions = super::known(view, id, at).await?;
    let documents = super::known(view, id, at).await?;
    let log = log_for(actor, authority, store::history_of(view, "foster-home", &id.to_string()).await?);
    let residents = residents(view, id, at).await?;
    let day = as_known.unwrap_or_else(|| record.today());
    Ok(FosterHomePage { home, provider, exemptions, documents, residents, day, as_known, log })
}

/// Placements that name the household, as it is known now or was at a moment.
async fn residents(view: &mut View, home: Id<FosterHome>, at: Option<Instant>) -> Result<Vec<Resident>, Error> {
    let mut residents = Vec::new();
    for lodging in super::known::<Lodging, FosterHome>(view, home, at).await? {
        let Some(placement) = super::found::<Placement>(view, lodging.fact.placement, at).await? else { continue };
        let Placement { id, child, start, end, .. } = placement.fact;
        residents.push(Resident { placement: id, child, from: start, to: end });
    }
    residents.sort_by_key(|one| (one.from, one.placement));
    Ok(residents)
}

/// Every household by what the register calls it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn foster_home_references(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
) -> Result<Vec<(String, Id<FosterHome>)>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    Ok(store::all::<FosterHome>(&mut view).await?.into_iter().map(|known| (known.fact.reference, known.fact.id)).collect())
}

/// How many households stand at each stage (A105), all of the authority's together: the pipeline.
///
/// # Errors
/// [`Error::Denied`].
pub async fn pipeline(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<BTreeMap<Stage, u32>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let mut stages: BTreeMap<Stage, u32> = Stage::ALL.into_iter().map(|stage| (stage, 0)).collect();
    for known in store::all::<FosterHome>(&mut view).await? {
        *stages.entry(known.fact.stage).or_default() += 1;
    }
    Ok(stages)
}
