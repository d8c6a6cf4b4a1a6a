//! The registers' answers as JSON; the keys are documented in `docs/command-line.md` and held to `docs/schema`.

use std::collections::BTreeMap;

use domain::Day;
use domain::capacity::{Beds as Counted, Night as Counts, Occupancy};
use serde::Serialize;
use service::record::lists::{ListedFosterHome, ListedProvider, ListedSetting, OpenAlert};
use service::record::{SettingPage, Taken, Versioned};

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

#[derive(Debug, Serialize)]
pub(super) struct Providers {
    providers: Vec<Provider>,
}

#[derive(Debug, Serialize)]
struct Provider {
    id: String,
    name: String,
    legal_name: String,
    company: String,
    sector: &'static str,
    status: &'static str,
    owner: Option<String>,
    settings: u32,
    places: u32,
}

impl Providers {
    pub(super) fn new(listed: &[ListedProvider]) -> Self {
        let provider = |one: &ListedProvider| Provider {
            id: one.provider.id.to_string(),
            name: one.provider.name.clone(),
            legal_name: one.provider.legal_name.clone(),
            company: one.provider.company.to_string(),
            sector: one.provider.sector.word(),
            status: one.provider.status.word(),
            owner: one.owner.clone(),
            settings: one.settings,
            places: one.places,
        };
        Self { providers: listed.iter().map(provider).collect() }
    }
}

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

#[derive(Debug, Serialize)]
pub(super) struct Homes {
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
    pub(super) fn new(listed: &[ListedSetting], on: Day) -> Self {
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

/// When a version of a fact was recorded, and which it is.
#[derive(Debug, Serialize)]
struct Recorded {
    version: i64,
    recorded_at: String,
}

fn recorded<T>(known: &Versioned<T>) -> Recorded {
    Recorded { version: known.version, recorded_at: known.recorded_at.to_string() }
}

#[derive(Debug, Serialize)]
pub(super) struct Home {
    id: String,
    urn: String,
    name: String,
    kind: &'static str,
    provider: String,
    registration: &'static str,
    opened: Option<String>,
    closed: Option<String>,
    judged: &'static str,
    as_known: Option<String>,
    tonight: Beds,
    terms: Vec<Terms>,
    judgements: Vec<Judgement>,
    restrictions: Vec<Restriction>,
    events: Vec<Event>,
    log: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Terms {
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
    day: String,
    overall: &'static str,
    protected: Option<&'static str>,
    leaders: Option<&'static str>,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Restriction {
    kind: &'static str,
    from: String,
    to: Option<String>,
    words: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Event {
    from: String,
    to: Option<String>,
    beds: u32,
    reason: &'static str,
    note: String,
    #[serde(flatten)]
    recorded: Recorded,
}

#[derive(Debug, Serialize)]
struct Entry {
    at: String,
    who: String,
    action: &'static str,
    reason: String,
}

impl Home {
    pub(super) fn new(page: &SettingPage) -> Self {
        let setting = &page.setting.fact;
        let terms = |one: &Versioned<domain::setting::Terms>| Terms {
            from: one.fact.from.to_string(),
            places: one.fact.places,
            age_from: one.fact.youngest,
            age_to: one.fact.oldest,
            takes: one.fact.takes.word(),
            conditions: one.fact.conditions.clone(),
            recorded: recorded(one),
        };
        let judgement = |one: &Versioned<domain::judgement::Judgement>| Judgement {
            day: one.fact.day.to_string(),
            overall: one.fact.overall.word(),
            protected: one.fact.protected.map(domain::judgement::Grade::word),
            leaders: one.fact.leaders.map(domain::judgement::Grade::word),
            recorded: recorded(one),
        };
        let restriction = |one: &Versioned<domain::setting::Restriction>| Restriction {
            kind: one.fact.kind.word(),
            from: one.fact.from.to_string(),
            to: day(one.fact.to),
            words: one.fact.words.clone(),
            recorded: recorded(one),
        };
        let event = |one: &Versioned<domain::capacity::CapacityEvent>| Event {
            from: one.fact.from.to_string(),
            to: day(one.fact.to),
            beds: one.fact.beds,
            reason: one.fact.reason.word(),
            note: one.fact.note.clone(),
            recorded: recorded(one),
        };
        let entry = |one: &service::record::Entry| Entry {
            at: one.at.to_string(),
            who: one.who.clone(),
            action: one.action.name(),
            reason: one.reason.clone(),
        };
        Self {
            id: setting.id.to_string(),
            urn: setting.urn.to_string(),
            name: setting.name.clone(),
            kind: setting.kind.word(),
            provider: page.provider.name.clone(),
            registration: setting.registration.word(),
            opened: day(setting.opened),
            closed: day(setting.closed),
            judged: page.judged(),
            as_known: day(page.as_known),
            tonight: Beds::new(&page.tonight().beds),
            terms: page.terms.iter().map(terms).collect(),
            judgements: page.judgements.iter().map(judgement).collect(),
            restrictions: page.restrictions.iter().map(restriction).collect(),
            events: page.events.iter().map(event).collect(),
            log: page.log.iter().map(entry).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Calendar {
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
    pub(super) fn new(page: &SettingPage, nights: &[Counts]) -> Self {
        let occupancy = Occupancy::over(nights);
        let night = |one: &Counts| Night {
            on: one.day.to_string(),
            beds: Beds::new(&one.beds),
            blocked: one.blocked.iter().map(|(reason, beds)| (reason.word(), *beds)).collect(),
        };
        Self {
            urn: page.setting.fact.urn.to_string(),
            name: page.setting.fact.name.clone(),
            of_registered: occupancy.of_registered(),
            of_usable: occupancy.of_usable(),
            nights: nights.iter().map(night).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Register {
    as_at: String,
    added: usize,
    providers: usize,
    owners: usize,
    owned: usize,
    unchanged: usize,
    left: usize,
    changes: Vec<Change>,
    differences: Vec<Difference>,
    alerts: usize,
    findings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Change {
    urn: String,
    name: String,
    what: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct Difference {
    urn: String,
    name: String,
    what: &'static str,
    recorded: String,
    register: String,
}

impl Register {
    pub(super) fn new(taken: &Taken) -> Self {
        let change = |one: &service::record::Change| Change {
            urn: one.urn.to_string(),
            name: one.name.clone(),
            what: one.what.to_string(),
            before: one.before.clone(),
            after: one.after.clone(),
        };
        let difference = |one: &service::record::RegisterDifference| Difference {
            urn: one.urn.to_string(),
            name: one.name.clone(),
            what: one.what,
            recorded: one.recorded.clone(),
            register: one.register.clone(),
        };
        Self {
            as_at: taken.as_at.to_string(),
            added: taken.added,
            providers: taken.providers,
            owners: taken.owners,
            owned: taken.owned,
            unchanged: taken.unchanged,
            left: taken.left,
            changes: taken.changes.iter().map(change).collect(),
            differences: taken.differences.iter().map(difference).collect(),
            alerts: taken.alerts.len(),
            findings: taken.findings.iter().map(|finding| finding.message.clone()).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Alerts {
    alerts: Vec<Alert>,
}

#[derive(Debug, Serialize)]
struct Alert {
    id: String,
    kind: &'static str,
    setting: String,
    child: Option<String>,
    words: String,
    since: String,
    due: String,
    owner: Option<String>,
    role: &'static str,
}

impl Alerts {
    pub(super) fn new(open: &[OpenAlert]) -> Self {
        let alert = |one: &OpenAlert| Alert {
            id: one.alert.fact.id.to_string(),
            kind: one.alert.fact.kind.word(),
            setting: one.setting.clone(),
            child: one.child.clone(),
            words: one.alert.fact.words.clone(),
            since: one.alert.fact.since.to_string(),
            due: one.alert.fact.due.to_string(),
            owner: one.owner.clone(),
            role: one.alert.fact.role.name(),
        };
        Self { alerts: open.iter().map(alert).collect() }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct FosterHomes {
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

impl FosterHomes {
    pub(super) fn new(listed: &[ListedFosterHome]) -> Self {
        let home = |one: &ListedFosterHome| FosterHome {
            id: one.home.id.to_string(),
            reference: one.home.reference.clone(),
            provider: one.provider.clone(),
            stage: one.home.stage.word(),
            care: one.home.care.word(),
            enquired: day(one.home.enquired),
            approved: day(one.home.approved),
            ended: day(one.home.ended),
            places: one.home.places,
            age_from: one.home.youngest,
            age_to: one.home.oldest,
            takes: one.home.takes.word(),
            scheme: one.home.scheme.clone(),
            exemptions: one.exemptions,
        };
        Self { foster_homes: listed.iter().map(home).collect() }
    }
}
