//! A list of a contract's prices or members becomes part of the record: all of it or nothing, with everything that stands against it said at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::contract::member::{self, JoinWindow, Lot, Membership};
use domain::contract::price::{self, PriceLine};
use domain::contract::{self, Extension, Vehicle};
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Finding, Id, Severity, Treatment};
use ingest::contract_lines::{ContractRow, MEMBER_COLUMNS, MemberRow, PRICE_COLUMNS, PriceRow, read_contracts, read_members, read_prices};
use store::{Concern, Event, Tx, Versioned};

use super::{allowed, plain};
use crate::Error;
use crate::record::registers::{concerns_of, no_interests};
use crate::record::{Record, clock};

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractList {
    /// Prices.
    Prices,
    /// Members.
    Members,
}

impl ContractList {
    /// The columns that it must have.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Prices => &PRICE_COLUMNS,
            Self::Members => &MEMBER_COLUMNS,
        }
    }
}

/// What taking a list did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinesTaken {
    /// Whether it was taken: not where anything stands against a line.
    pub applied: bool,
    /// Lines recorded.
    pub added: usize,
    /// Lines that the record has already, as they are.
    pub unchanged: usize,
    /// Everything that stands against it.
    pub findings: Vec<Finding>,
}

/// Takes a list of contracts into the record: all of it or nothing. A reference that the record has stays as it is.
///
/// # Errors
/// [`Error::Denied`].
pub async fn take_contracts(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    (name, bytes): (&str, &[u8]),
) -> Result<LinesTaken, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ContractWrite, On::authority(authority))?, record.moment()).await?;
    let (rows, findings) = read_contracts(name, bytes);
    let mut taken = LinesTaken { findings, ..LinesTaken::default() };
    let mut known: BTreeSet<String> =
        store::all::<Vehicle>(&mut tx).await?.into_iter().map(|known| known.fact.reference.to_lowercase()).collect();
    let mut new = Vec::new();
    for row in rows {
        let reference = row.reference.clone();
        let vehicle = vehicle(record, row);
        if let Err(fault) = contract::check(&vehicle) {
            taken.findings.push(finding(name, "contract-line", ("reference", &reference), &fault.to_string()));
        } else if known.insert(reference.to_lowercase()) {
            new.push(vehicle);
        } else {
            taken.unchanged += 1;
        }
    }
    let taken = keep(&mut tx, taken, &new).await?;
    if taken.added > 0 {
        tx.commit(Event::of("authority", authority).because(name)).await?;
    }
    Ok(taken)
}

fn vehicle(record: &Record, row: ContractRow) -> Vehicle {
    let ContractRow { reference, title, kind, regime, lead, callers, from, to, run_off, notes } = row;
    Vehicle { id: record.id(), reference, title, kind, regime, lead, callers, from, to, run_off, notes }
}

/// What the names of a list mean here.
struct Register {
    vehicle: Vehicle,
    lots: BTreeMap<String, Id<Lot>>,
    providers: BTreeMap<String, Id<Provider>>,
    settings: BTreeMap<String, Setting>,
}

/// Takes a list of prices or members into the record: all of it or nothing. What the record has already stays as it is, so a list can be taken again.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn take_contract_lines(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    vehicle: Id<Vehicle>,
    list: ContractList,
    file: (&str, &[u8]),
) -> Result<LinesTaken, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ContractWrite, On::authority(authority))?, record.moment()).await?;
    let register = Register::read(&mut tx, vehicle).await?;
    let taken = match list {
        ContractList::Prices => prices(record, &mut tx, &register, file, actor).await?,
        ContractList::Members => members(record, &mut tx, &register, file, actor).await?,
    };
    let (taken, concerns) = taken;
    if taken.applied && taken.added > 0 {
        tx.commit(Event::of("contract", vehicle).because(file.0).concerning(concerns)).await?;
    }
    Ok(taken)
}

/// What a list did, and whom it concerns.
type Kept = (LinesTaken, Vec<Concern>);

async fn prices(record: &Record, tx: &mut Tx, register: &Register, (name, bytes): (&str, &[u8]), actor: &Actor) -> Result<Kept, Error> {
    let (rows, findings) = read_prices(name, bytes);
    let mut taken = LinesTaken { findings, ..LinesTaken::default() };
    let extensions: Vec<Extension> = plain(&store::of(tx, register.vehicle.id).await?);
    let mut held: Vec<PriceLine> = plain(&store::of(tx, register.vehicle.id).await?);
    let mut new = Vec::new();
    for row in &rows {
        let line = match register.price(record, row) {
            Ok(line) => line,
            Err((column, value, said)) => {
                taken.findings.push(finding(name, "price-line", (column, value), &said));
                continue;
            }
        };
        if held.iter().any(|other| PriceLine { id: line.id, ..other.clone() } == line) {
            taken.unchanged += 1;
        } else if let Err(fault) = price::check(&line, &held) {
            let of = format!("{} {} {}", row.provider, row.urn, row.tier);
            taken.findings.push(finding(name, "price-line", ("from", &row.from.to_string()), &format!("of {}: {fault}", of.trim())));
        } else if let Some(outside) = line.outside(&register.vehicle, &extensions).filter(|_| clock::today(tx) < line.from) {
            taken.findings.push(finding(name, "price-line", ("from", &row.from.to_string()), &outside.to_string()));
        } else {
            held.push(line.clone());
            new.push(line);
        }
    }
    no_interests(tx, actor, &new).await?;
    let concerns = concerns_of(tx, &new.iter().collect::<Vec<_>>()).await?;
    Ok((keep(tx, taken, &new).await?, concerns))
}

async fn members(record: &Record, tx: &mut Tx, register: &Register, (name, bytes): (&str, &[u8]), actor: &Actor) -> Result<Kept, Error> {
    let (rows, findings) = read_members(name, bytes);
    let mut taken = LinesTaken { findings, ..LinesTaken::default() };
    let vehicle = &register.vehicle;
    let extensions: Vec<Extension> = plain(&store::of(tx, vehicle.id).await?);
    let windows: Vec<JoinWindow> = plain(&store::of(tx, vehicle.id).await?);
    let mut held: Vec<Membership> = plain(&store::of(tx, vehicle.id).await?);
    let mut new = Vec::new();
    for row in &rows {
        let joins = match register.member(record, row) {
            Ok(joins) => joins,
            Err((column, value, said)) => {
                taken.findings.push(finding(name, "member-line", (column, value), &said));
                continue;
            }
        };
        if held.iter().any(|other| Membership { id: joins.id, ..other.clone() } == joins) {
            taken.unchanged += 1;
        } else if let Err(fault) = member::check(&joins, &held) {
            taken.findings.push(finding(name, "member-line", ("provider", &row.provider), &fault.to_string()));
        } else if let Some(outside) = joins.outside(vehicle, &extensions, &windows).filter(|_| clock::today(tx) < joins.from) {
            taken.findings.push(finding(name, "member-line", ("from", &row.from.to_string()), &outside.to_string()));
        } else {
            held.push(joins.clone());
            new.push(joins);
        }
    }
    no_interests(tx, actor, &new).await?;
    let concerns = concerns_of(tx, &new.iter().collect::<Vec<_>>()).await?;
    Ok((keep(tx, taken, &new).await?, concerns))
}

/// Records the new lines, unless anything stands against one of the list.
async fn keep<F: store::Fact>(tx: &mut Tx, taken: LinesTaken, new: &[F]) -> Result<LinesTaken, Error> {
    if taken.findings.iter().any(|one| one.severity == Severity::Error) {
        return Ok(taken);
    }
    for fact in new {
        store::add(tx, fact).await?;
    }
    Ok(LinesTaken { applied: true, added: new.len(), ..taken })
}

/// A column, what stands in it, and what is wrong with that.
type Unknown<'r> = (&'static str, &'r str, String);

impl Register {
    async fn read(tx: &mut Tx, vehicle: Id<Vehicle>) -> Result<Self, Error> {
        let found: Option<Versioned<Vehicle>> = store::find(tx, vehicle).await?;
        let known = found.ok_or_else(|| Error::NotFound { what: "contract", name: vehicle.to_string(), near: Vec::new() })?;
        let lots: Vec<Lot> = plain(&store::of(tx, vehicle).await?);
        let settings = store::all::<Setting>(tx).await?.into_iter().map(|known| known.fact).filter(|one| !one.urn.is_blank());
        Ok(Self {
            vehicle: known.fact,
            lots: lots.into_iter().map(|lot| (lot.name.to_lowercase(), lot.id)).collect(),
            settings: settings.map(|setting| (setting.urn.to_string(), setting)).collect(),
            providers: store::all::<Provider>(tx).await?.into_iter().map(|known| (known.fact.name.to_lowercase(), known.fact.id)).collect(),
        })
    }

    fn lot<'r>(&self, name: &'r str) -> Result<Option<Id<Lot>>, Unknown<'r>> {
        if name.is_empty() {
            return Ok(None);
        }
        let names: BTreeSet<&str> = self.lots.keys().map(String::as_str).collect();
        let said = || format!("is none of this contract's lots ({}): add it there first", names.into_iter().collect::<Vec<_>>().join(", "));
        self.lots.get(&name.to_lowercase()).copied().map(Some).ok_or_else(|| ("lot", name, said()))
    }

    fn provider<'r>(&self, name: &'r str) -> Result<Option<Id<Provider>>, Unknown<'r>> {
        if name.is_empty() {
            return Ok(None);
        }
        let said = || ("provider", name, "is not on the register of providers: add it there first".to_owned());
        self.providers.get(&name.to_lowercase()).copied().map(Some).ok_or_else(said)
    }

    fn price<'r>(&self, record: &Record, row: &'r PriceRow) -> Result<PriceLine, Unknown<'r>> {
        let (lot, provider) = (self.lot(&row.lot)?, self.provider(&row.provider)?);
        let setting = match row.urn.as_str() {
            "" => None,
            urn => Some(self.settings.get(urn).ok_or_else(|| ("urn", urn, "is no home of the register: add it there first".to_owned()))?),
        };
        if let (Some(provider), Some(setting)) = (provider, setting)
            && setting.provider != provider
        {
            return Err(("urn", &row.urn, format!("is a home that “{}” does not run", row.provider)));
        }
        Ok(PriceLine {
            id: record.id(),
            vehicle: self.vehicle.id,
            lot,
            provider,
            setting: setting.map(|setting| setting.id),
            tier: row.tier.clone(),
            from: row.from,
            to: row.to,
            weekly: row.weekly,
            core_hours: row.core_hours,
            hourly: row.hourly,
            source: row.source.clone(),
        })
    }

    fn member<'r>(&self, record: &Record, row: &'r MemberRow) -> Result<Membership, Unknown<'r>> {
        let lot = self.lot(&row.lot)?;
        let provider = self.provider(&row.provider)?.ok_or_else(|| ("provider", "", "is empty: write who is a member".to_owned()))?;
        Ok(Membership { id: record.id(), vehicle: self.vehicle.id, lot, provider, from: row.from, to: row.to, rank: row.rank })
    }
}

fn finding(file: &str, rule: &'static str, (column, value): (&str, &str), said: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        file: file.to_owned(),
        table: "Contract",
        year: 0,
        row: 0,
        child: String::new(),
        column: column.to_owned(),
        value: value.to_owned(),
        message: format!("{file}: {column} “{value}” {said}."),
        action: Treatment::SetAside,
    }
}
