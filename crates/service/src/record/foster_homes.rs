//! Foster homes: the list, and one with its exemptions and papers.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::foster_home::{Exemption, FosterHome, Stage};
use domain::provider::Provider;
use domain::{Day, Id};
use store::foster_home::{Filter, Listed};
use store::{Cursor, Instant, Page, Versioned};

use super::interests::free_of_interest;
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
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed it, newest first.
    pub log: Vec<store::Entry>,
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
    let home = match at {
        Some(at) => store::find_as_known(view, id, at).await?,
        None => store::find(view, id).await?,
    };
    let home: Versioned<FosterHome> = home.ok_or_else(not_found)?;
    let provider = store::find(view, home.fact.provider).await?.ok_or_else(not_found)?.fact;
    let exemptions = super::known(view, id, at).await?;
    let log = store::history_of(view, "foster-home", &id.to_string()).await?;
    Ok(FosterHomePage { home, provider, exemptions, as_known, log })
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
