//! Homes, agencies and services: the list with the beds of tonight, and one with all that bears on it.

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, obstacles};
use domain::capacity::{CapacityEvent, Hold, Home, Night, Stay};
use domain::document::Document;
use domain::judgement::{Judgement, Standing, standing};
use domain::provider::{Provider, Status};
use domain::setting::{Restriction, Setting, Terms};
use domain::{Code, Day, Id};
use store::setting::{Filter, Listed, Sort};
use store::{Cursor, Instant, Page, Versioned, View};

use super::interests::{free_of_interest, log_for};
use super::{Record, allowed, clock};
use crate::Error;

/// One setting with all that bears on it.
#[derive(Clone, Debug)]
pub struct SettingPage {
    /// Which.
    pub setting: Versioned<Setting>,
    /// Who runs it.
    pub provider: Provider,
    /// What its registration allows, by day.
    pub terms: Vec<Versioned<Terms>>,
    /// What was stopped, by day.
    pub restrictions: Vec<Versioned<Restriction>>,
    /// Judgements, of the setting and, for supported accommodation, of its provider, by day.
    pub judgements: Vec<Versioned<Judgement>>,
    /// Beds that could not be used, by first night.
    pub events: Vec<Versioned<CapacityEvent>>,
    /// Beds held, by first night; those that lapsed too.
    pub holds: Vec<Versioned<Hold>>,
    /// Its papers.
    pub documents: Vec<Versioned<Document>>,
    /// The registration that it took the place of, and those that took its place.
    pub registrations: Vec<Versioned<Setting>>,
    /// Who lived there, by number and first night. Who they are is for those alone who may see the children.
    pub(super) stays: Vec<Stay>,
    /// The moment as of which it is shown.
    pub(super) at: jiff::Timestamp,
    /// The day on which it is looked at.
    pub day: Day,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed it, newest first.
    pub log: Vec<store::Entry>,
}

/// The plain facts of a page, as the rules of the domain want them.
pub(super) struct Facts {
    setting: Setting,
    terms: Vec<Terms>,
    restrictions: Vec<Restriction>,
    events: Vec<CapacityEvent>,
    holds: Vec<Hold>,
    stays: Vec<Stay>,
    judgements: Vec<Judgement>,
    status: Status,
}

impl Facts {
    /// What the authority thinks of the home beside its beds.
    pub(super) fn regard(&self) -> Regard<'_> {
        Regard { judgements: &self.judgements, status: self.status }
    }

    pub(super) fn home(&self) -> Home<'_> {
        Home {
            setting: &self.setting,
            terms: &self.terms,
            restrictions: &self.restrictions,
            events: &self.events,
            stays: &self.stays,
            holds: &self.holds,
        }
    }
}

pub(super) fn plain<F: Clone>(all: &[Versioned<F>]) -> Vec<F> {
    all.iter().map(|known| known.fact.clone()).collect()
}

impl SettingPage {
    pub(super) fn facts(&self) -> Facts {
        Facts {
            setting: self.setting.fact.clone(),
            terms: plain(&self.terms),
            restrictions: plain(&self.restrictions),
            events: plain(&self.events),
            holds: plain(&self.holds),
            stays: self.stays.clone(),
            judgements: plain(&self.judgements),
            status: self.provider.status,
        }
    }

    /// Everything that stands against a child's coming, the law first: beds, terms, judgements and provider as the page has them.
    pub(super) fn against(&self, newcomer: &Newcomer, now: jiff::Timestamp) -> Vec<Obstacle> {
        let facts = self.facts();
        obstacles(&facts.home(), newcomer, facts.regard(), now)
    }

    /// Its beds tonight.
    pub fn tonight(&self) -> Night {
        self.facts().home().night(self.day, self.at)
    }

    /// Its beds from a day up to another, which is not one of the nights.
    pub fn nights(&self, from: Day, to: Day) -> Vec<Night> {
        self.facts().home().nights(from, to, self.at)
    }

    /// The terms that hold today.
    pub fn terms_today(&self) -> Option<&Versioned<Terms>> {
        self.terms.iter().rev().find(|known| known.fact.from <= self.day)
    }

    /// What its judgement is today, in words.
    pub fn judged(&self) -> &'static str {
        standing(&self.setting.fact, &plain(&self.judgements), self.day).label()
    }

    /// The judgement that stands today, if there is one.
    pub fn judgement(&self) -> Option<Judgement> {
        match standing(&self.setting.fact, &plain(&self.judgements), self.day) {
            Standing::Judged(judgement) => Some(judgement.clone()),
            Standing::NotGraded | Standing::NotYetInspected => None,
        }
    }
}

/// Settings a page at a time, with their beds tonight.
///
/// # Errors
/// [`Error::Denied`].
pub async fn settings(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let moment = (record.today(), record.moment().at);
    Ok(store::setting::list(&mut view, filter, sort, moment, after, limit).await?)
}

/// The setting with Ofsted's number.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn setting_by_number(record: &Record, actor: &Actor, authority: Id<Authority>, urn: &str) -> Result<Id<Setting>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let found = match Code::parse(urn.as_bytes()) {
        Some(code) => store::setting::by_number(&mut view, code).await?,
        None => None,
    };
    found.ok_or_else(|| Error::NotFound { what: "home", name: urn.to_owned(), near: Vec::new() })
}

/// One setting, now or as it was known at the end of a day.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn setting(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<Setting>,
    as_known: Option<Day>,
) -> Result<SettingPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::thing(authority, id))?).await?;
    free_of_interest(&mut view, actor, Action::HomeRead, ("setting", &id.to_string())).await?;
    let mut page = read(&mut view, record, id, as_known).await?;
    page.log = log_for(actor, authority, page.log);
    Ok(page)
}

/// All that bears on a setting, read under whatever permit the view was opened with.
pub(super) async fn read(view: &mut View, record: &Record, id: Id<Setting>, as_known: Option<Day>) -> Result<SettingPage, Error> {
    let not_found = || Error::NotFound { what: "home", name: id.to_string(), near: Vec::new() };
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let found = super::found(view, id, at).await?;
    let setting: Versioned<Setting> = found.ok_or_else(not_found)?;
    let provider = super::found(view, setting.fact.provider, at).await?;
    let of_provider: Vec<Versioned<Judgement>> = super::known(view, setting.fact.provider, at).await?;
    let mut judgements: Vec<Versioned<Judgement>> = super::known(view, id, at).await?;
    judgements.extend(of_provider.into_iter().filter(|known| known.fact.setting.is_none()));
    judgements.sort_by_key(|known| (known.fact.day, known.fact.id));
    let mut registrations: Vec<Versioned<Setting>> = Vec::new();
    if let Some(before) = setting.fact.before {
        registrations.extend(store::find(view, before).await?);
    }
    registrations.extend(store::setting::after(view, id).await?);
    Ok(SettingPage {
        provider: provider.ok_or_else(not_found)?.fact,
        terms: super::known(view, id, at).await?,
        restrictions: super::known(view, id, at).await?,
        judgements,
        events: super::known(view, id, at).await?,
        holds: super::known(view, id, at).await?,
        documents: super::known(view, id, at).await?,
        registrations,
        stays: store::bed::stays(view, id).await?,
        at: at.unwrap_or_else(|| record.moment().at).timestamp(),
        day: as_known.unwrap_or_else(|| record.today()),
        as_known,
        log: store::history_of(view, "setting", &id.to_string()).await?,
        setting,
    })
}
