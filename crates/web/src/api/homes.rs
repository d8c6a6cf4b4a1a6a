//! Homes, agencies and services as JSON: the list, one of them, its versions and its nights; the keys are documented in `docs/command-line.md` and
//! `docs/api.md`.

use std::collections::BTreeMap;

use domain::Day;
use domain::capacity::{Beds as Counted, Night as Counts, Occupancy};
use domain::setting::Setting;
use serde::Serialize;
use service::record::lists::ListedSetting;
use service::record::{SettingPage, Versioned};

use super::shared::{Entry, Recorded, log, recorded, text};

/// A calendar longer than this is a mistake of a digit.
pub const MOST_NIGHTS: i32 = 3660;

/// Beds on a night; `null` where there are none to count.
#[derive(Debug, Serialize)]
struct Beds {
    open: &'static str,
    registered: Option<u32>,
    staffed: Option<u32>,
    usable: Option<u32>,
    occupied: u32,
    held: u32,
    sharing: &'static str,
    available: Option<u32>,
}

impl Beds {
    const fn new(beds: &Counted) -> Self {
        Self {
            open: beds.open.word(),
            registered: beds.registered,
            staffed: beds.staffed,
            usable: beds.usable,
            occupied: beds.occupied,
            held: beds.held,
            sharing: beds.sharing.word(),
            available: beds.available,
        }
    }
}

/// `record homes`: the list with the beds of a night.
#[derive(Debug, Serialize)]
pub struct Homes {
    on: String,
    homes: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    urn: String,
    name: String,
    kind: &'static str,
    provider: String,
    judged: Option<&'static str>,
    age_from: Option<u32>,
    age_to: Option<u32>,
    #[serde(flatten)]
    beds: Beds,
}

impl Homes {
    /// The list with the beds of this night.
    pub fn new(listed: &[ListedSetting], on: Day) -> Self {
        let home = |one: &ListedSetting| Listed {
            id: one.setting.id.to_string(),
            urn: one.setting.urn.to_string(),
            name: one.setting.name.clone(),
            kind: one.setting.kind.word(),
            provider: one.provider.clone(),
            judged: one.judged.map(domain::judgement::Overall::word),
            age_from: one.ages.0,
            age_to: one.ages.1,
            beds: Beds::new(&one.beds),
        };
        Self { on: on.to_string(), homes: listed.iter().map(home).collect() }
    }
}

/// `record home`: one home with all that bears on it, now or as it was known on a day.
#[derive(Debug, Serialize)]
pub struct Home {
    id: String,
    urn: String,
    name: String,
    kind: &'static str,
    provider: String,
    provider_id: String,
    registration: &'static str,
    opened: Option<String>,
    closed: Option<String>,
    judged: &'static str,
    on: String,
    as_known: Option<String>,
    #[serde(flatten)]
    recorded: Recorded,
    tonight: Beds,
    terms: Vec<Terms>,
    judgements: Vec<Judgement>,
    restrictions: Vec<Restriction>,
    events: Vec<Event>,
    log: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Terms {
    id: String,
    from: String,
    places: Option<u32>,
    age_from: Option<u32>,
    age_to: Option<u32>,
    takes: &'static str,
    conditions: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Judgement {
    id: String,
    day: String,
    overall: &'static str,
    protected: Option<&'static str>,
    leaders: Option<&'static str>,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Restriction {
    id: String,
    kind: &'static str,
    from: String,
    to: Option<String>,
    words: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Event {
    id: String,
    from: String,
    to: Option<String>,
    beds: u32,
    reason: &'static str,
    note: String,
    #[serde(flatten)]
    recorded: Recorded,
}

impl Home {
    /// One home as its page was read.
    pub fn new(page: &SettingPage) -> Self {
        let setting = &page.setting.fact;
        let terms = |one: &Versioned<domain::setting::Terms>| Terms {
            id: one.fact.id.to_string(),
            from: one.fact.from.to_string(),
            places: one.fact.places,
            age_from: one.fact.youngest,
            age_to: one.fact.oldest,
            takes: one.fact.takes.word(),
            conditions: one.fact.conditions.clone(),
            recorded: recorded(one),
        };
        let judgement = |one: &Versioned<domain::judgement::Judgement>| Judgement {
            id: one.fact.id.to_string(),
            day: one.fact.day.to_string(),
            overall: one.fact.overall.word(),
            protected: one.fact.protected.map(domain::judgement::Grade::word),
            leaders: one.fact.leaders.map(domain::judgement::Grade::word),
            recorded: recorded(one),
        };
        let restriction = |one: &Versioned<domain::setting::Restriction>| Restriction {
            id: one.fact.id.to_string(),
            kind: one.fact.kind.word(),
            from: one.fact.from.to_string(),
            to: text(one.fact.to),
            words: one.fact.words.clone(),
            recorded: recorded(one),
        };
        let event = |one: &Versioned<domain::capacity::CapacityEvent>| Event {
            id: one.fact.id.to_string(),
            from: one.fact.from.to_string(),
            to: text(one.fact.to),
            beds: one.fact.beds,
            reason: one.fact.reason.word(),
            note: one.fact.note.clone(),
            recorded: recorded(one),
        };
        Self {
            id: setting.id.to_string(),
            urn: setting.urn.to_string(),
            name: setting.name.clone(),
            kind: setting.kind.word(),
            provider: page.provider.name.clone(),
            provider_id: page.provider.id.to_string(),
            registration: setting.registration.word(),
            opened: text(setting.opened),
            closed: text(setting.closed),
            judged: page.judged(),
            on: page.day.to_string(),
            as_known: text(page.as_known),
            recorded: recorded(&page.setting),
            tonight: Beds::new(&page.tonight().beds),
            terms: page.terms.iter().map(terms).collect(),
            judgements: page.judgements.iter().map(judgement).collect(),
            restrictions: page.restrictions.iter().map(restriction).collect(),
            events: page.events.iter().map(event).collect(),
            log: log(&page.log),
        }
    }
}

/// `record capacity`: the beds of one home night by night.
#[derive(Debug, Serialize)]
pub struct Calendar {
    on: String,
    urn: String,
    name: String,
    of_registered: Option<f64>,
    of_usable: Option<f64>,
    nights: Vec<Night>,
}

#[derive(Debug, Serialize)]
struct Night {
    #[serde(rename = "night")]
    on: String,
    #[serde(flatten)]
    beds: Beds,
    blocked: BTreeMap<&'static str, u32>,
}

impl Calendar {
    /// These nights of a home.
    pub fn new(page: &SettingPage, nights: &[Counts]) -> Self {
        let occupancy = Occupancy::over(nights);
        let night = |one: &Counts| Night {
            on: one.day.to_string(),
            beds: Beds::new(&one.beds),
            blocked: one.blocked.iter().map(|(reason, beds)| (reason.word(), *beds)).collect(),
        };
        Self {
            on: page.day.to_string(),
            urn: page.setting.fact.urn.to_string(),
            name: page.setting.fact.name.clone(),
            of_registered: occupancy.of_registered(),
            of_usable: occupancy.of_usable(),
            nights: nights.iter().map(night).collect(),
        }
    }
}

/// Every version of a home's own row, the oldest first: nothing is overwritten.
#[derive(Debug, Serialize)]
pub(super) struct History {
    id: String,
    versions: Vec<Version>,
}

#[derive(Debug, Serialize)]
struct Version {
    #[serde(flatten)]
    recorded: Recorded,
    superseded_at: Option<String>,
    withdrawn: bool,
    urn: String,
    name: String,
    kind: &'static str,
    registration: &'static str,
    opened: Option<String>,
    closed: Option<String>,
}

impl History {
    /// The versions of a home; nothing where there are none.
    pub(super) fn new(versions: &[Versioned<Setting>]) -> Option<Self> {
        let version = |known: &Versioned<Setting>| Version {
            recorded: recorded(known),
            superseded_at: known.superseded_at.map(|at| at.to_string()),
            withdrawn: known.withdrawn,
            urn: known.fact.urn.to_string(),
            name: known.fact.name.clone(),
            kind: known.fact.kind.word(),
            registration: known.fact.registration.word(),
            opened: text(known.fact.opened),
            closed: text(known.fact.closed),
        };
        Some(Self { id: versions.first()?.fact.id.to_string(), versions: versions.iter().map(version).collect() })
    }
}
