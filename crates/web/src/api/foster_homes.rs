//! Foster households as JSON: the list and one of them; the keys are documented in `docs/command-line.md` and `docs/api.md`.

use domain::Day;
use domain::foster_home::{Exemption as Exempt, FosterHome as Household};
use serde::Serialize;
use service::record::lists::ListedFosterHome;
use service::record::{FosterHomePage, Versioned};

use super::shared::{Entry, Recorded, log, recorded, text};

/// `record foster-homes`: households, as they are on a day.
#[derive(Debug, Serialize)]
pub struct FosterHomes {
    on: String,
    foster_homes: Vec<FosterHome>,
}

/// A household; the carers' ethnicity is shown in aggregate only.
#[derive(Debug, Serialize)]
struct FosterHome {
    id: String,
    reference: String,
    provider: String,
    stage: &'static str,
    care: &'static str,
    enquired: Option<String>,
    approved: Option<String>,
    ended: Option<String>,
    places: u32,
    age_from: u32,
    age_to: u32,
    takes: &'static str,
    scheme: String,
    exemptions: u32,
}

impl FosterHome {
    fn new(home: &Household, provider: &str, exemptions: u32) -> Self {
        Self {
            id: home.id.to_string(),
            reference: home.reference.clone(),
            provider: provider.to_owned(),
            stage: home.stage.word(),
            care: home.care.word(),
            enquired: text(home.enquired),
            approved: text(home.approved),
            ended: text(home.ended),
            places: home.places,
            age_from: home.youngest,
            age_to: home.oldest,
            takes: home.takes.word(),
            scheme: home.scheme.clone(),
            exemptions,
        }
    }
}

impl FosterHomes {
    /// The list as it is on a day.
    pub fn new(listed: &[ListedFosterHome], on: Day) -> Self {
        let home = |one: &ListedFosterHome| FosterHome::new(&one.home, &one.provider, one.exemptions);
        Self { on: on.to_string(), foster_homes: listed.iter().map(home).collect() }
    }
}

/// One household, now or as it was known on a day. Who lives there is for those alone who may see the children.
#[derive(Debug, Serialize)]
pub(super) struct One {
    on: String,
    as_known: Option<String>,
    #[serde(flatten)]
    home: FosterHome,
    provider_id: String,
    skills: String,
    #[serde(flatten)]
    recorded: Recorded,
    children_tonight: usize,
    /// Which limit of the law those who live there are over, unless all are siblings.
    over_limit: Option<String>,
    all_exemptions: Vec<Exemption>,
    log: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Exemption {
    id: String,
    from: String,
    to: Option<String>,
    reason: String,
    #[serde(flatten)]
    recorded: Recorded,
}

impl One {
    /// A household with what belongs to it.
    pub(super) fn new(page: &FosterHomePage) -> Self {
        let exemption = |one: &Versioned<Exempt>| Exemption {
            id: one.fact.id.to_string(),
            from: one.fact.from.to_string(),
            to: text(one.fact.to),
            reason: one.fact.reason.clone(),
            recorded: recorded(one),
        };
        let today = |one: &&Versioned<Exempt>| one.fact.from <= page.day && one.fact.to.is_none_or(|to| page.day < to);
        let in_force = u32::try_from(page.exemptions.iter().filter(today).count()).unwrap_or(u32::MAX);
        Self {
            on: page.day.to_string(),
            as_known: text(page.as_known),
            home: FosterHome::new(&page.home.fact, &page.provider.name, in_force),
            provider_id: page.provider.id.to_string(),
            skills: page.home.fact.skills.clone(),
            recorded: recorded(&page.home),
            children_tonight: page.children_tonight().len(),
            over_limit: page.limit_tonight().err().map(|over| over.to_string()),
            all_exemptions: page.exemptions.iter().map(exemption).collect(),
            log: log(&page.log),
        }
    }
}
