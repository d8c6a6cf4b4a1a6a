//! What somebody of a provider sees of it, as JSON. Money is whole pence; what nobody knows is `null`. No child, no other provider.

use domain::capacity::Night;
use domain::document::Document;
use domain::provider_user::Fact;
use domain::setting::Setting;
use domain::{Day, Id, Money};
use serde::Serialize;
use service::record::{Agreed, AgreedPrice, OwnProvider, Versioned};

/// The own provider with its homes, papers, contracts and prices.
#[derive(Debug, Serialize)]
pub struct Own {
    on: String,
    name: String,
    homes: Vec<Home>,
    documents: Vec<Paper>,
    missing: Vec<&'static str>,
    contracts: Vec<Contract>,
}

#[derive(Debug, Serialize)]
struct Home {
    id: String,
    name: String,
    urn: String,
    kind: &'static str,
    registered: Option<u32>,
    usable: Option<u32>,
    occupied: u32,
    held: u32,
    available: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Paper {
    id: String,
    kind: &'static str,
    title: String,
    home: Option<String>,
    from: String,
    runs_out: Option<String>,
    said_by: &'static str,
}

#[derive(Debug, Serialize)]
struct Contract {
    reference: String,
    title: String,
    from: String,
    ends: Option<String>,
    member: bool,
    prices: Vec<Price>,
}

#[derive(Debug, Serialize)]
struct Price {
    lot: String,
    home: String,
    tier: String,
    from: String,
    until: Option<String>,
    weekly_pence: Option<i64>,
    weekly_pence_tonight: Option<i64>,
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl Own {
    /// The body of an answer.
    pub fn new(own: &OwnProvider, agreed: &[Agreed]) -> Self {
        Self {
            on: own.day.to_string(),
            name: own.provider.name.clone(),
            homes: own.homes.iter().map(home).collect(),
            documents: own.documents.iter().map(|known| paper(own, known)).collect(),
            missing: own.missing.iter().map(|kind| kind.word()).collect(),
            contracts: agreed.iter().map(contract).collect(),
        }
    }
}

fn home((home, night): &(Setting, Night)) -> Home {
    let beds = &night.beds;
    Home {
        id: home.id.to_string(),
        name: home.name.clone(),
        urn: home.urn.to_string(),
        kind: home.kind.word(),
        registered: beds.registered,
        usable: beds.usable,
        occupied: beds.occupied,
        held: beds.held,
        available: beds.available,
    }
}

fn paper(own: &OwnProvider, known: &Versioned<Document>) -> Paper {
    let fact = &known.fact;
    let told = own.told.contains(&Id::<Fact>::from_uuid(fact.id.uuid()));
    Paper {
        id: fact.id.to_string(),
        kind: fact.kind.word(),
        title: fact.title.clone(),
        home: fact.setting.map(|id| id.to_string()),
        from: fact.from.to_string(),
        runs_out: day(fact.to),
        said_by: if told { "provider" } else { "authority" },
    }
}

fn contract(one: &Agreed) -> Contract {
    Contract {
        reference: one.vehicle.reference.clone(),
        title: one.vehicle.title.clone(),
        from: one.vehicle.from.to_string(),
        ends: day(one.ends),
        member: !one.members.is_empty(),
        prices: one.prices.iter().map(price).collect(),
    }
}

fn price(one: &AgreedPrice) -> Price {
    Price {
        lot: one.lot.clone(),
        home: one.home.clone(),
        tier: one.line.tier.clone(),
        from: one.line.from.to_string(),
        until: day(one.line.to),
        weekly_pence: one.line.weekly.map(Money::pence),
        weekly_pence_tonight: one.tonight.map(Money::pence),
    }
}
