//! Contracts as JSON: the list, one contract, and what ends. Money is whole pence; what nobody knows is `null`.

use domain::contract::Phase;
use domain::contract::price::PriceLine;
use domain::{Day, Money};
use serde::Serialize;
use service::record::lists::ListedContract;
use service::record::{ContractPage, EndingOf, Priced, Versioned};

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn pence(money: Option<Money>) -> Option<i64> {
    money.map(Money::pence)
}

const fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::ToCome => "to-come",
        Phase::Running => "running",
        Phase::RunOff => "run-off",
        Phase::Over => "over",
    }
}

/// The list of contracts.
#[derive(Debug, Serialize)]
pub struct Contracts {
    on: String,
    contracts: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    reference: String,
    title: String,
    kind: &'static str,
    regime: &'static str,
    from: String,
    to: Option<String>,
    run_off: Option<String>,
    lots: u32,
    members: u32,
    block_beds: u32,
    prices: u32,
}

impl Contracts {
    /// The list as it is on a day.
    pub fn new(listed: &[ListedContract], on: Day) -> Self {
        let row = |one: &ListedContract| Row {
            id: one.vehicle.id.to_string(),
            reference: one.vehicle.reference.clone(),
            title: one.vehicle.title.clone(),
            kind: one.vehicle.kind.word(),
            regime: one.vehicle.regime.word(),
            from: one.vehicle.from.to_string(),
            to: day(one.end),
            run_off: day(one.vehicle.run_off),
            lots: one.lots,
            members: one.members,
            block_beds: one.block_beds,
            prices: one.prices,
        };
        Self { on: on.to_string(), contracts: listed.iter().map(row).collect() }
    }
}

/// What ends within a time.
#[derive(Debug, Serialize)]
pub struct Endings {
    from: String,
    until: String,
    #[serde(rename = "endings")]
    rows: Vec<EndingRow>,
}

#[derive(Debug, Serialize)]
struct EndingRow {
    day: String,
    what: &'static str,
    contract: String,
    title: String,
}

impl Endings {
    /// What ends from a day up to another.
    pub fn new(endings: &[EndingOf], from: Day, until: Day) -> Self {
        let row = |one: &EndingOf| EndingRow {
            day: one.ending.day.to_string(),
            what: one.ending.kind.word(),
            contract: one.vehicle.reference.clone(),
            title: one.vehicle.title.clone(),
        };
        Self { from: from.to_string(), until: until.to_string(), rows: endings.iter().map(row).collect() }
    }
}

/// One contract.
#[derive(Debug, Serialize)]
pub struct Contract {
    id: String,
    version: i64,
    reference: String,
    title: String,
    kind: &'static str,
    regime: &'static str,
    lead: String,
    callers: String,
    from: String,
    to: Option<String>,
    run_off: Option<String>,
    notes: String,
    as_known: Option<String>,
    phase: &'static str,
    end: Option<String>,
    options: Vec<Choice>,
    lots: Vec<Lot>,
    windows: Vec<Span>,
    members: Vec<Member>,
    prices: Vec<Price>,
    blocks: Vec<Block>,
    rises: Vec<Rise>,
    accreditations: Vec<Accreditation>,
    outcomes: Vec<Outcome>,
    price: Option<Answer>,
}

#[derive(Debug, Serialize)]
struct Choice {
    to: String,
    notice: String,
    taken: Option<String>,
    late: bool,
}

#[derive(Debug, Serialize)]
struct Lot {
    name: String,
    buys: String,
}

#[derive(Debug, Serialize)]
struct Span {
    from: String,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct Member {
    lot: Option<String>,
    provider: String,
    from: String,
    to: Option<String>,
    rank: Option<u32>,
    suspended: Vec<Span>,
}

#[derive(Debug, Serialize)]
struct Price {
    lot: Option<String>,
    provider: Option<String>,
    setting: Option<String>,
    tier: String,
    from: String,
    to: Option<String>,
    weekly_pence: Option<i64>,
    core_hours: Option<u32>,
    hourly_pence: Option<i64>,
    source: String,
}

#[derive(Debug, Serialize)]
struct Block {
    setting: Option<String>,
    foster_home: Option<String>,
    beds: u32,
    minimum: u32,
    from: String,
    to: Option<String>,
    weekly_pence: Option<i64>,
    void_pence: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Rise {
    rule: &'static str,
    /// Hundredths of a per cent.
    cap: Option<u32>,
    from: String,
    rate: Option<u32>,
    applied: Option<String>,
}

#[derive(Debug, Serialize)]
struct Accreditation {
    provider: String,
    setting: Option<String>,
    scheme: String,
    score: Option<u32>,
    outcome: &'static str,
    from: String,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    name: String,
    counted: String,
    tariff_pence: Option<i64>,
    cap_pence: Option<i64>,
    verifier: String,
}

/// What a place costs on a night.
#[derive(Debug, Serialize)]
struct Answer {
    on: String,
    weekly_pence: Option<i64>,
    why: String,
}

fn each<F, R>(all: &[Versioned<F>], row: impl Fn(&F) -> R) -> Vec<R> {
    all.iter().map(|known| row(&known.fact)).collect()
}

impl Contract {
    /// One contract, with what a place costs on a night where that was asked.
    pub fn new(page: &ContractPage, asked: Option<(Day, &Priced)>) -> Self {
        let (vehicle, names) = (&page.vehicle.fact, &page.names);
        let lot = |id: Option<_>| id.map(|id| names.lot(id).to_owned());
        let setting = |id: Option<_>| id.map(|id| names.setting(id).to_owned());
        let price = |one: &PriceLine| Price {
            lot: lot(one.lot),
            provider: one.provider.map(|id| names.provider(id).to_owned()),
            setting: setting(one.setting),
            tier: one.tier.clone(),
            from: one.from.to_string(),
            to: day(one.to),
            weekly_pence: pence(one.weekly),
            core_hours: one.core_hours,
            hourly_pence: pence(one.hourly),
            source: one.source.clone(),
        };
        Self {
            id: vehicle.id.to_string(),
            version: page.vehicle.version,
            reference: vehicle.reference.clone(),
            title: vehicle.title.clone(),
            kind: vehicle.kind.word(),
            regime: vehicle.regime.word(),
            lead: vehicle.lead.clone(),
            callers: vehicle.callers.clone(),
            from: vehicle.from.to_string(),
            to: day(vehicle.to),
            run_off: day(vehicle.run_off),
            notes: vehicle.notes.clone(),
            as_known: day(page.as_known),
            phase: word(page.phase()),
            end: day(page.end()),
            options: each(&page.extensions, |one| Choice {
                to: one.to.to_string(),
                notice: one.notice.to_string(),
                taken: day(one.taken),
                late: one.is_late(),
            }),
            lots: each(&page.lots, |one| Lot { name: one.name.clone(), buys: one.buys.clone() }),
            windows: each(&page.windows, |one| Span { from: one.from.to_string(), to: Some(one.to.to_string()) }),
            members: each(&page.members, |one| Member {
                lot: lot(one.lot),
                provider: names.provider(one.provider).to_owned(),
                from: one.from.to_string(),
                to: day(one.to),
                rank: one.rank,
                suspended: page
                    .suspensions
                    .iter()
                    .filter(|stop| stop.fact.membership == one.id)
                    .map(|stop| Span { from: stop.fact.from.to_string(), to: day(stop.fact.to) })
                    .collect(),
            }),
            prices: each(&page.prices, price),
            blocks: each(&page.blocks, |one| Block {
                setting: setting(one.setting),
                foster_home: one.foster_home.map(|id| names.foster_home(id).to_owned()),
                beds: one.beds,
                minimum: one.minimum,
                from: one.from.to_string(),
                to: day(one.to),
                weekly_pence: pence(one.weekly),
                void_pence: pence(one.void),
            }),
            rises: each(&page.indexations, |one| Rise {
                rule: one.rule.word(),
                cap: one.cap,
                from: one.from.to_string(),
                rate: one.rate,
                applied: day(one.applied),
            }),
            accreditations: each(&page.accreditations, |one| Accreditation {
                provider: names.provider(one.provider).to_owned(),
                setting: setting(one.setting),
                scheme: one.scheme.clone(),
                score: one.score,
                outcome: one.outcome.word(),
                from: one.from.to_string(),
                to: day(one.to),
            }),
            outcomes: each(&page.outcomes, |one| Outcome {
                name: one.name.clone(),
                counted: one.counted.clone(),
                tariff_pence: pence(one.tariff),
                cap_pence: pence(one.cap),
                verifier: one.verifier.clone(),
            }),
            price: asked.map(|(on, priced)| Answer { on: on.to_string(), weekly_pence: pence(priced.weekly), why: priced.words.clone() }),
        }
    }
}
