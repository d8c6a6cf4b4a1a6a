//! What a commissioner's registers hold in the demonstration: further homes of the market, who owns providers, papers, and contracts with their lots,
//! members, prices and blocks. All of it is invented.

use std::collections::BTreeSet;

use domain::access::Actor;
use domain::contract::accreditation::{Accreditation, Outcome};
use domain::contract::block::BlockBeds;
use domain::contract::indexation::{Indexation, Rule};
use domain::contract::member::{JoinWindow, Lot, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::{Extension, Kind, Regime, Vehicle};
use domain::document::{self, Document};
use domain::provider::{Owner, Ownership, Provider, Sector};
use domain::setting::{Kind as Home, Setting};
use domain::{Code, Day, Id, Money};
use service::record::lists::{ProviderFilter, SettingFilter, Sort};
use service::record::{self as service_record, Authority, ContractList, Cursor, News, Record};

use crate::commands::record::OWNER;
use crate::commands::record::registers::all;

/// Further homes, so that the register has about four hundred.
const FURTHER: u32 = 290;

const ACTOR: &Actor = &OWNER;

/// The desk at which the demonstration is furnished.
struct Desk<'r> {
    record: &'r Record,
    authority: Id<Authority>,
    today: Day,
    providers: Vec<Provider>,
    settings: Vec<Setting>,
}

/// Furnishes the record of a demonstration that has its own homes already.
pub(crate) async fn furnish(record: &Record, authority: &Authority, homes: &[u8]) -> anyhow::Result<()> {
    let text = String::from_utf8_lossy(homes);
    let column = text.lines().next().and_then(|head| head.split(',').position(|name| name == "dfe_number")).unwrap_or(usize::MAX);
    let areas: BTreeSet<&str> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(column))
        .filter(|area| area.len() == 3 && area.bytes().all(|figure| figure.is_ascii_digit()))
        .collect();
    let areas: Vec<&str> = areas.into_iter().collect();
    let further = example::further_homes(&areas, FURTHER);
    service_record::take_register(record, ACTOR, authority.id, ("further homes", further.as_bytes()), News::Add).await?;
    let desk = Desk::read(record, authority.id).await?;
    desk.owners().await?;
    desk.documents().await?;
    desk.frameworks().await?;
    desk.blocks().await?;
    desk.others().await
}

impl<'r> Desk<'r> {
    async fn read(record: &'r Record, authority: Id<Authority>) -> anyhow::Result<Self> {
        let (which, what) = (ProviderFilter::default(), SettingFilter::default());
        let page = async |after: Option<Cursor>| service_record::providers(record, ACTOR, authority, &which, after.as_ref(), 500).await;
        let providers = all(page).await?.into_iter().map(|one| one.provider).collect();
        let page =
            async |after: Option<Cursor>| service_record::settings(record, ACTOR, authority, &what, Sort::Name, after.as_ref(), 500).await;
        let settings = all(page).await?.into_iter().map(|one| one.setting).collect();
        Ok(Self { record, authority, today: record.today(), providers, settings })
    }

    async fn add<F: service_record::RegisterEntry>(&self, facts: &[F]) -> anyhow::Result<()> {
        Ok(service_record::add_all(self.record, ACTOR, self.authority, facts).await?)
    }

    /// A day so many days from today; before it where the number is below nought.
    const fn day(&self, days: i32) -> Day {
        self.today.plus(days)
    }

    fn bought_from(&self) -> impl Iterator<Item = &Provider> {
        self.providers.iter().filter(|one| one.sector != Sector::LocalAuthority)
    }

    fn homes_of(&self, kind: Home) -> impl Iterator<Item = &Setting> {
        let outside = move |one: &&Setting| self.bought_from().any(|provider| provider.id == one.provider);
        self.settings.iter().filter(move |one| one.kind == kind).filter(outside)
    }

    fn supported(&self) -> impl Iterator<Item = &Setting> {
        let outside = move |one: &&Setting| self.bought_from().any(|provider| provider.id == one.provider);
        self.settings.iter().filter(|one| one.kind.is_supported()).filter(outside)
    }

    /// Four groups own every third provider; one was sold last year.
    async fn owners(&self) -> anyhow::Result<()> {
        let names = ["Supposed Capital Partners", "Invented Childcare Group", "Unreal Holdings", "Storybook Family Trust"];
        let owners: Vec<Owner> =
            names.map(|name| Owner { id: self.record.id(), name: name.to_owned(), company: Code::BLANK }).into_iter().collect();
        self.add(&owners).await?;
        let mut sold_on = Vec::new();
        for (at, provider) in self.bought_from().enumerate().filter(|(at, _)| at % 3 == 0) {
            let whose = |number: usize| owners[number % owners.len()].id;
            let (from, to) = if at % 12 == 0 { (-2_000, Some(self.day(-400 + at as i32))) } else { (-1_500, None) };
            self.behind(provider, (whose(at), self.day(from), to)).await?;
            sold_on.extend(to.map(|sold| Ownership {
                id: self.record.id(),
                provider: provider.id,
                owner: whose(at + 1),
                from: sold,
                to: None,
            }));
        }
        self.add(&sold_on).await
    }

    /// Says that a group is behind a provider, which the register calls its own owner.
    async fn behind(&self, provider: &Provider, (owner, from, to): (Id<Owner>, Day, Option<Day>)) -> anyhow::Result<()> {
        let page = service_record::provider(self.record, ACTOR, self.authority, provider.id, None).await?;
        match page.ownerships.first() {
            Some((known, _)) => {
                let corrected = Ownership { owner, from, to, ..known.fact.clone() };
                let why = "The group behind it, from its accounts";
                Ok(service_record::correct_entry(self.record, ACTOR, self.authority, known.version, &corrected, why).await?)
            }
            None => self.add(&[Ownership { id: self.record.id(), provider: provider.id, owner, from, to }]).await,
        }
    }

    /// Papers of every provider; some run out soon, a few have.
    async fn documents(&self) -> anyhow::Result<()> {
        let mut papers = Vec::new();
        for (at, provider) in self.bought_from().enumerate() {
            for (nth, kind) in document::DUE_DILIGENCE.into_iter().enumerate().filter(|(nth, _)| at % 11 != *nth) {
                let left = (at * 37 + nth * 91) as i32 % 400 - 20;
                papers.push(Document {
                    id: self.record.id(),
                    provider: provider.id,
                    setting: None,
                    foster_home: None,
                    kind,
                    title: format!("Invented paper {}-{nth}", at + 1),
                    from: self.day(left - 365),
                    to: Some(self.day(left)),
                });
            }
        }
        self.add(&papers).await
    }

    fn vehicle(&self, (reference, title): (&str, &str), kind: Kind, (from, to): (i32, Option<i32>), run_off: Option<i32>) -> Vehicle {
        Vehicle {
            id: self.record.id(),
            reference: reference.to_owned(),
            title: format!("{title} (invented)"),
            kind,
            regime: if kind == Kind::InHouse {
                Regime::NotBought
            } else if from < -700 {
                Regime::Pcr2015
            } else {
                Regime::Pa2023
            },
            lead: String::new(),
            callers: "The authority and its invented neighbours".to_owned(),
            from: self.day(from),
            to: to.map(|to| self.day(to)),
            run_off: run_off.map(|to| self.day(to)),
            notes: String::new(),
        }
    }

    async fn lots(&self, vehicle: &Vehicle, names: &[(&str, &str)]) -> anyhow::Result<()> {
        let lot = |(name, buys): &(&str, &str)| Lot {
            id: self.record.id(),
            vehicle: vehicle.id,
            name: (*name).to_owned(),
            buys: (*buys).to_owned(),
        };
        self.add(&names.iter().map(lot).collect::<Vec<_>>()).await
    }

    async fn take(&self, vehicle: &Vehicle, list: ContractList, lines: &[String]) -> anyhow::Result<()> {
        let text = format!("{}\n{}\n", list.columns().join(","), lines.join("\n"));
        let taken =
            service_record::take_contract_lines(self.record, ACTOR, self.authority, vehicle.id, list, ("invented list", text.as_bytes()));
        let taken = taken.await?;
        let first = taken.findings.first().map_or_else(String::new, |finding| finding.message.clone());
        if taken.applied { Ok(()) } else { Err(anyhow::anyhow!("The demonstration cannot be furnished. {first}")) }
    }

    /// A framework with lots, members, windows, options, prices by tier and rises.
    async fn framework(
        &self,
        vehicle: &Vehicle,
        lots: &[(&str, &str)],
        members: &[&Provider],
        (pounds, step): (i64, i64),
    ) -> anyhow::Result<()> {
        self.add(std::slice::from_ref(vehicle)).await?;
        self.lots(vehicle, lots).await?;
        let begins = vehicle.from;
        let joined = |at: usize, lot: usize| (at + lot) % lots.len() != lots.len() - 1 || lots.len() == 1;
        let mut joins = Vec::new();
        let mut prices = Vec::new();
        let turned = begins.plus(365);
        for (at, provider) in members.iter().enumerate() {
            for (nth, (lot, _)) in lots.iter().enumerate().filter(|(nth, _)| joined(at, *nth)) {
                joins.push(format!("{lot},\"{}\",{begins},,{}", provider.name, nth + 1));
                let week = pounds + step * nth as i64 + (at as i64 * 37) % 400;
                prices.push(format!("{lot},\"{}\",,,{begins},{turned},{week},,,schedule of the first year", provider.name));
                // A few members have not said what the second year costs.
                let raised = if at % 9 == 5 { String::new() } else { format!("{}.50", week + week / 50) };
                prices.push(format!("{lot},\"{}\",,,{turned},,{raised},20,28.40,schedule of the second year", provider.name));
            }
        }
        self.take(vehicle, ContractList::Members, &joins).await?;
        self.take(vehicle, ContractList::Prices, &prices).await
    }

    async fn frameworks(&self) -> anyhow::Result<()> {
        let agencies: Vec<&Provider> = self.homes_of(Home::FosteringAgency).filter_map(|one| self.run_by(one)).collect();
        let agencies = distinct(&agencies);
        let residential: Vec<&Provider> = self.homes_of(Home::ChildrensHome).filter_map(|one| self.run_by(one)).collect();
        let residential: Vec<&Provider> = distinct(&residential).into_iter().take(30).collect();
        let fostering = self.vehicle(("FW-FOST-2", "Regional fostering framework"), Kind::Framework, (-800, Some(130)), Some(1_200));
        let lots =
            [("Lot 1 standard", "Foster care"), ("Lot 2 enhanced", "Foster care with support"), ("Lot 3 complex", "Instead of a home")];
        self.framework(&fostering, &lots, &agencies, (980, 260)).await?;
        let option = |to: i32, notice: i32| Extension {
            id: self.record.id(),
            vehicle: fostering.id,
            to: self.day(to),
            notice: self.day(notice),
            taken: None,
        };
        self.add(&[option(495, 40), option(860, 405)]).await?;
        let homes = self.vehicle(("FW-RES-3", "Regional children’s homes framework"), Kind::Framework, (-500, Some(960)), Some(1_700));
        let lots = [("Lot 1 mainstream", "Homes"), ("Lot 2 enhanced", "Homes with more staff"), ("Lot 3 therapeutic", "Specialist homes")];
        self.framework(&homes, &lots, &residential, (4_350, 900)).await?;
        let windows = [-140, 225, 590].map(|from| JoinWindow {
            id: self.record.id(),
            vehicle: homes.id,
            from: self.day(from),
            to: self.day(from + 30),
        });
        self.add(&windows).await?;
        let rise = |from: i32, said: Option<u32>| Indexation {
            id: self.record.id(),
            vehicle: homes.id,
            rule: Rule::LowerOfCapAndCpi,
            cap: Some(150),
            from: self.day(from),
            rate: said,
            applied: said.map(|_| self.day(from)),
        };
        self.add(&[rise(-135, Some(150)), rise(230, None)]).await?;
        let page = service_record::contract(self.record, ACTOR, self.authority, homes.id, None).await?;
        if let Some(member) = page.members.first() {
            let reason = "Judged inadequate; no new children until it was looked at again".to_owned();
            let (from, to) = (self.day(-60), Some(self.day(25)));
            self.add(&[Suspension { id: self.record.id(), vehicle: homes.id, membership: member.fact.id, from, to, reason }]).await?;
        }
        let old = self.vehicle(("FW-RES-2", "The framework before it"), Kind::Framework, (-1_960, Some(-500)), Some(230));
        self.framework(&old, &[("All homes", "Homes")], &residential[..residential.len().min(8)], (3_900, 0)).await?;
        let flexible = self.vehicle(("DM-16-1", "Dynamic market for 16 and over"), Kind::Flexible, (-300, Some(1_160)), Some(1_500));
        let single: Vec<&Provider> = self.supported().filter_map(|one| self.run_by(one)).collect();
        let single: Vec<&Provider> = distinct(&single).into_iter().take(25).collect();
        self.framework(&flexible, &[("Shared", "Shared homes"), ("Self-contained", "Flats with support")], &single, (870, 310)).await
    }

    fn run_by(&self, setting: &Setting) -> Option<&Provider> {
        self.providers.iter().find(|one| one.id == setting.provider)
    }

    async fn blocks(&self) -> anyhow::Result<()> {
        let block = |vehicle: &Vehicle, setting: &Setting, beds: u32, weekly: i64, void: Option<i64>| BlockBeds {
            id: self.record.id(),
            vehicle: vehicle.id,
            setting: Some(setting.id),
            foster_home: None,
            beds,
            from: vehicle.from,
            to: vehicle.to,
            weekly: Some(Money::from_pence(100 * weekly)),
            minimum: beds,
            void: void.map(|void| Money::from_pence(100 * void)),
        };
        let long = self.vehicle(("BL-RES-1", "Block of ten beds in homes"), Kind::Block, (-900, Some(195)), None);
        self.add(std::slice::from_ref(&long)).await?;
        let beds: Vec<BlockBeds> =
            self.homes_of(Home::ChildrensHome).take(5).map(|home| block(&long, home, 2, 4_180, Some(4_180))).collect();
        self.add(&beds).await?;
        let notice = Extension { id: self.record.id(), vehicle: long.id, to: self.day(925), notice: self.day(15), taken: None };
        self.add(&[notice]).await?;
        let young = self.vehicle(("BL-16-1", "Block for 16 and over, with an emergency bed"), Kind::Block, (-200, Some(530)), None);
        self.add(std::slice::from_ref(&young)).await?;
        let beds: Vec<BlockBeds> = self.supported().take(3).map(|home| block(&young, home, 3, 940, None)).collect();
        self.add(&beds).await
    }

    async fn others(&self) -> anyhow::Result<()> {
        let own = self.vehicle(("IN-HOUSE", "Homes and foster homes of the authority’s own"), Kind::InHouse, (-3_650, None), None);
        let spots = ["SP-101", "SP-102", "SP-103"]
            .map(|name| self.vehicle((name, "Spot purchase for one child"), Kind::Spot, (-120, Some(62)), None));
        let agreement = self.vehicle(("SLA-4", "Short breaks with a voluntary body"), Kind::Sla, (-600, Some(130)), None);
        let outcomes = self.vehicle(("OC-1", "Outcomes contract: staying with the family"), Kind::Outcomes, (-400, Some(700)), None);
        let scheme = self.vehicle(("ACC-16", "Accredited homes for 16 and over"), Kind::Accredited, (-1_000, None), None);
        let [first, second, third] = spots;
        self.add(&[own, first, second, third, agreement, outcomes.clone(), scheme.clone()]).await?;
        let term = |name: &str, counted: &str, tariff: i64, cap: Option<i64>| OutcomeTerm {
            id: self.record.id(),
            vehicle: outcomes.id,
            name: name.to_owned(),
            counted: counted.to_owned(),
            tariff: Some(Money::from_pence(100 * tariff)),
            cap: cap.map(|cap| Money::from_pence(100 * cap)),
            verifier: "An analyst who does not work for the provider".to_owned(),
        };
        self.add(&[
            term("Stays with the family", "Weeks out of care", 310, Some(420_000)),
            term("Steps down from a home", "Weeks in a foster home", 540, Some(180_000)),
            term("Home is stable", "Quarters without a move", 900, None),
        ])
        .await?;
        let mut seen = BTreeSet::new();
        let mut said = Vec::new();
        for (at, home) in self.supported().take(40).enumerate() {
            let word = |setting: Option<Id<Setting>>, to: i32, outcome: Outcome| Accreditation {
                id: self.record.id(),
                vehicle: scheme.id,
                provider: home.provider,
                setting,
                scheme: if setting.is_some() { "DASH" } else { "Standards for 16 and over" }.to_owned(),
                score: setting.map(|_| 60 + (at as u32 * 13) % 40),
                outcome,
                from: self.day(to - 730),
                to: Some(self.day(to)),
            };
            if seen.insert(home.provider) {
                said.push(word(None, 700 - at as i32 * 9, Outcome::Accredited));
            }
            let outcome = if at % 8 == 3 { Outcome::Conditional } else { Outcome::Accredited };
            said.push(word(Some(home.id), at as i32 * 17 - 30, outcome));
        }
        self.add(&said).await
    }
}

/// Each provider once, in order.
fn distinct<'p>(providers: &[&'p Provider]) -> Vec<&'p Provider> {
    let mut seen = BTreeSet::new();
    providers.iter().copied().filter(|one| seen.insert(one.id)).collect()
}
