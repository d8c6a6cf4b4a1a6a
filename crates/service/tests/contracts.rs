//! Contracts, as contract officers work with them, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod recorded;

use domain::access::{Actor, Role};
use domain::contract::block::BlockBeds;
use domain::contract::ending;
use domain::contract::indexation::{Indexation, Rule};
use domain::contract::member::{JoinWindow, Lot, Membership, Suspension};
use domain::contract::price::{Bought, PriceLine};
use domain::contract::{Extension, Kind, Phase, Regime, Vehicle};
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Day, Id, Money};
use recorded::{owner, person, records};
use service::Error;
use service::record::lists::{ContractFilter, ContractSort, ListedContract, ProviderFilter, SettingFilter, Sort};
use service::record::{self, Authority, ContractList, News, Record};

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,
9000002,Oak House,Children's home,Private,Oak Living,892,NG1 5DT,3,8,17,Good,2026-02-05,2023-10-28,
";

/// A framework of one lot, with two providers on the register.
struct Desk {
    vehicle: Vehicle,
    lot: Lot,
    elm: Provider,
    oak: Provider,
    home: Setting,
}

fn vehicle(record: &Record, reference: &str, from: Day, to: Option<Day>) -> Vehicle {
    Vehicle {
        id: record.id(),
        reference: reference.to_owned(),
        title: format!("Invented contract {reference}"),
        kind: Kind::Framework,
        regime: Regime::Pa2023,
        lead: String::new(),
        callers: "Fictitious".to_owned(),
        from,
        to,
        run_off: to.map(|to| to.plus(400)),
        notes: String::new(),
    }
}

async fn desk(record: &Record, authority: &Authority) -> Desk {
    let taken = record::take_register(record, &owner(), authority.id, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
    assert!(taken.applied, "{taken:?}");
    let providers = record::providers(record, &owner(), authority.id, &ProviderFilter::default(), None, 10).await.unwrap().rows;
    let named = |name: &str| providers.iter().find(|one| one.provider.name == name).unwrap().provider.clone();
    let filter = SettingFilter { search: Some("elm house".to_owned()), ..SettingFilter::default() };
    let home = record::settings(record, &owner(), authority.id, &filter, Sort::Name, None, 10).await.unwrap().rows[0].setting.clone();
    let today = record.today();
    let vehicle = vehicle(record, "FW-1", today.plus(-300), Some(today.plus(100)));
    record::add(record, &owner(), authority.id, &vehicle).await.unwrap();
    let lot = Lot { id: record.id(), vehicle: vehicle.id, name: "Lot 1".to_owned(), buys: "Children's homes".to_owned() };
    record::add(record, &owner(), authority.id, &lot).await.unwrap();
    Desk { vehicle, lot, elm: named("Elm Care"), oak: named("Oak Living"), home }
}

impl Desk {
    fn member(&self, record: &Record, provider: Id<Provider>, from: Day) -> Membership {
        Membership { id: record.id(), vehicle: self.vehicle.id, lot: Some(self.lot.id), provider, from, to: None, rank: None }
    }

    fn price(&self, record: &Record, setting: Option<Id<Setting>>, from: Day, pounds: Option<i64>) -> PriceLine {
        PriceLine {
            id: record.id(),
            vehicle: self.vehicle.id,
            lot: Some(self.lot.id),
            provider: Some(self.elm.id),
            setting,
            tier: String::new(),
            from,
            to: None,
            weekly: pounds.map(|pounds| Money::from_pence(100 * pounds)),
            core_hours: None,
            hourly: None,
            source: "schedule 3".to_owned(),
        }
    }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    match done.unwrap_err() {
        Error::Unusable(words) => words,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_framework_is_joined_in_its_window_and_extended_by_its_options() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let (here, today, begins) = (authority.id, record.today(), desk.vehicle.from);
        let add_member = async |provider, from| record::add(&record, &owner(), here, &desk.member(&record, provider, from)).await;
        add_member(desk.elm.id, begins).await.unwrap();
        assert!(refusal(add_member(desk.oak.id, today.plus(10)).await).contains("while a window is open"), "a plan");
        let window = JoinWindow { id: record.id(), vehicle: desk.vehicle.id, from: today.plus(-20), to: today };
        record::add(&record, &owner(), here, &window).await.unwrap();
        add_member(desk.oak.id, today.plus(-10)).await.unwrap();
        assert!(refusal(add_member(desk.elm.id, today.plus(-10)).await).contains("end that membership first"));

        let option = |to: i32, notice: i32, taken: Option<i32>| Extension {
            id: record.id(),
            vehicle: desk.vehicle.id,
            to: today.plus(to),
            notice: today.plus(notice),
            taken: taken.map(|n| today.plus(n)),
        };
        let first = option(465, 30, None);
        record::add(&record, &owner(), here, &first).await.unwrap();
        assert!(refusal(record::add(&record, &owner(), here, &option(830, 400, Some(0))).await).contains("comes first"));
        let page = record::contract(&record, &owner(), here, desk.vehicle.id, None).await.unwrap();
        assert_eq!((page.phase(), page.end(), page.latest_end()), (Phase::Running, Some(today.plus(100)), Some(today.plus(465))));
        let ahead = Extension { taken: Some(today.plus(1)), ..first.clone() };
        assert!(
            refusal(record::correct_entry(&record, &owner(), here, 1, &ahead, "cabinet, next week").await).contains("a day that has come")
        );
        // The option is taken: by a correction with its reason, and the end follows.
        let taken = Extension { taken: Some(today), ..first.clone() };
        record::correct_entry(&record, &owner(), here, 1, &taken, "cabinet, 1 June").await.unwrap();
        assert!(matches!(record::correct_entry(&record, &owner(), here, 1, &taken, "again").await, Err(Error::Stale)));
        let page = record::contract(&record, &owner(), here, desk.vehicle.id, None).await.unwrap();
        assert_eq!((page.end(), page.members.len(), page.log[0].reason.as_str()), (Some(today.plus(465)), 2, "cabinet, 1 June"));
        // A contract cannot be corrected against the options that stand on it.
        let longer = Vehicle { to: Some(today.plus(500)), run_off: None, ..desk.vehicle.clone() };
        assert!(refusal(record::correct_entry(&record, &owner(), here, 1, &longer, "longer").await).contains("options would not fit"));
        // A member that somebody stands on is not taken back; a suspension is.
        let member = page.members[0].fact.id;
        let stop = Suspension {
            id: record.id(),
            vehicle: desk.vehicle.id,
            membership: member,
            from: today,
            to: None,
            reason: "judged inadequate".to_owned(),
        };
        record::add(&record, &owner(), here, &stop).await.unwrap();
        assert!(refusal(record::withdraw(&record, &owner(), here, member, 1, "never joined").await).contains("other facts stand on it"));
        assert!(refusal(record::withdraw(&record, &owner(), here, stop.id, 1, " ").await).contains("Say why"));
        record::withdraw(&record, &owner(), here, stop.id, 1, "another provider was meant").await.unwrap();
        let versions = record::history::<Suspension>(&record, &owner(), here, stop.id).await.unwrap();
        assert!(versions.last().unwrap().superseded_at.is_some() && versions[0].fact.reason == "judged inadequate");
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

#[tokio::test]
async fn what_is_outside_the_contract_is_no_plan_and_a_breach_where_it_has_happened() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let (here, today, begins) = (authority.id, record.today(), desk.vehicle.from);
        let breaches = async || record::contract(&record, &owner(), here, desk.vehicle.id, None).await.unwrap().breaches();
        let beds = |from: Day, to: Option<Day>| BlockBeds {
            id: record.id(),
            vehicle: desk.vehicle.id,
            setting: Some(desk.home.id),
            foster_home: None,
            beds: 2,
            from,
            to,
            weekly: None,
            minimum: 2,
            void: None,
        };
        let ended = desk.vehicle.to.unwrap();
        assert!(refusal(record::add(&record, &owner(), here, &beds(ended, None)).await).contains("nothing new can be bought"));
        let far = refusal(record::add(&record, &owner(), here, &beds(today.plus(1), Some(ended.plus(401)))).await);
        assert!(far.contains("nothing goes on under the contract"), "{far}");
        assert!(breaches().await.is_empty());
        // A provider was let in between windows, and a price was paid before the contract began: so it was, and it is seen.
        record::add(&record, &owner(), here, &desk.member(&record, desk.oak.id, today.plus(-10))).await.unwrap();
        record::add(&record, &owner(), here, &desk.price(&record, None, begins.plus(-7), Some(4_000))).await.unwrap();
        let said = breaches().await;
        assert!(said.len() == 2 && said[0].starts_with("Member Oak Living: ") && said[0].contains("while a window is open"), "{said:?}");
        assert!(said[1].contains("£4,000.00 a week") && said[1].contains("and the contract on"), "{said:?}");
        // The list says the same of what is to come, with everything else that stands against it.
        let head = "lot,provider,urn,tier,from,to,weekly_price,core_hours,hourly_price,source\n";
        let late = format!("{head}Lot 1,Oak Living,,,{},,4000,,,\n", ended.plus(500));
        let list = (ContractList::Prices, ("prices.csv", late.as_bytes()));
        let taken = record::take_contract_lines(&record, &owner(), here, desk.vehicle.id, list.0, list.1).await.unwrap();
        assert!(!taken.applied && taken.findings[0].message.contains("nothing new can be bought"), "{taken:?}");
    }
}

#[tokio::test]
async fn a_contract_s_facts_stand_in_the_history_of_the_provider_and_the_home_that_they_are_about() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let here = authority.id;
        let provider = async |actor: &Actor| {
            let page = record::provider(&record, actor, here, desk.elm.id, None).await.unwrap();
            page.log.iter().map(|entry| entry.reason.clone()).collect::<Vec<_>>()
        };
        let home = async || record::setting(&record, &owner(), here, desk.home.id, None).await.unwrap().log.len();
        let (before, at_home) = (provider(&owner()).await.len(), home().await);
        let line = desk.price(&record, Some(desk.home.id), desk.vehicle.from, Some(4_000));
        record::add(&record, &owner(), here, &line).await.unwrap();
        let dearer = PriceLine { weekly: Some(Money::from_pence(410_000)), ..line.clone() };
        record::correct_entry(&record, &owner(), here, 1, &dearer, "letter of 3 May").await.unwrap();
        record::add(&record, &owner(), here, &desk.member(&record, desk.elm.id, desk.vehicle.from)).await.unwrap();
        record::correct_entry(&record, &owner(), here, 1, &Lot { buys: "Small homes".to_owned(), ..desk.lot.clone() }, "misread")
            .await
            .unwrap();
        let said = provider(&owner()).await;
        assert_eq!((said.len(), &*said[0]), (before + 4, "misread"), "the newest first: {said:?}");
        assert_eq!(home().await, at_home + 2, "the price of this home, twice");
        // A price that becomes another home's stands in both histories.
        let all = PriceLine { setting: None, ..dearer };
        record::correct_entry(&record, &owner(), here, 2, &all, "of all its homes").await.unwrap();
        assert_eq!(home().await, at_home + 3);
        // A list tells of those whose lines it has, and whoever may not read contracts reads nothing of them.
        let first = desk.vehicle.from;
        let list = format!("lot,provider,from,to,rank\nLot 1,Oak Living,{first},,1\n");
        let list = ("members.csv", list.as_bytes());
        let taken = record::take_contract_lines(&record, &owner(), here, desk.vehicle.id, ContractList::Members, list).await.unwrap();
        assert!(taken.applied);
        let oak = record::provider(&record, &owner(), here, desk.oak.id, None).await.unwrap();
        assert_eq!(oak.log[0].reason, "members.csv");
        assert_eq!(provider(&person(&authority, Role::QualityOfficer)).await.len(), before);
        // Whoever is bound to the provider writes none of its prices (I14).
        let bound = Actor { conflicts: [Id::from_uuid(desk.elm.id.uuid())].into(), ..person(&authority, Role::ContractOfficer) };
        let theirs = desk.price(&record, None, desk.vehicle.from, Some(9_000));
        assert!(matches!(record::add(&record, &bound, here, &theirs).await, Err(Error::Denied(_))));
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_rise_is_in_prices_and_empty_beds_from_its_day_and_says_that_it_is_in_the_run_off() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let (here, today) = (authority.id, record.today());
        record::add(&record, &owner(), here, &desk.price(&record, None, desk.vehicle.from, Some(4_000))).await.unwrap();
        let rise = |applied: Day, rate| Indexation {
            id: record.id(),
            vehicle: desk.vehicle.id,
            rule: Rule::LowerOfCapAndCpi,
            cap: Some(150),
            from: applied,
            rate: Some(rate),
            applied: Some(applied),
        };
        assert!(refusal(record::add(&record, &owner(), here, &rise(today, 151)).await).contains("caps a rise at 1.5%"));
        record::add(&record, &owner(), here, &rise(today, 150)).await.unwrap();
        assert!(refusal(record::add(&record, &owner(), here, &rise(today, 100)).await).contains("already"));
        let end = desk.vehicle.to.unwrap();
        record::add(&record, &owner(), here, &rise(end, 100)).await.unwrap();
        assert!(refusal(record::add(&record, &owner(), here, &rise(end.plus(400), 100)).await).contains("nothing goes on"));
        let page = record::contract(&record, &owner(), here, desk.vehicle.id, None).await.unwrap();
        // The home alone is named: its provider's prices are its prices.
        let bought = Bought { lot: Some(desk.lot.id), setting: Some(desk.home.id), ..Bought::default() };
        let weekly = |day| page.price(&bought, day).weekly.map(Money::pence);
        assert_eq!((weekly(today.plus(-1)), weekly(today), weekly(end)), (Some(400_000), Some(406_000), Some(410_060)));
        assert!(page.price(&bought, today).words.contains("raised by 1.5% from"), "{:?}", page.price(&bought, today));
        assert_eq!(page.rises_in_run_off(), [format!("by 1% from {}", end.long())]);
    }
}

#[tokio::test]
async fn what_a_place_costs_on_a_night_is_the_closest_line_and_never_two() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let (here, today) = (authority.id, record.today());
        record::add(&record, &owner(), here, &desk.price(&record, None, today.plus(-50), Some(4_000))).await.unwrap();
        record::add(&record, &owner(), here, &desk.price(&record, Some(desk.home.id), today, None)).await.unwrap();
        let second = desk.price(&record, None, today, Some(4_200));
        assert!(refusal(record::add(&record, &owner(), here, &second).await).contains("end that line first"));
        let elsewhere = PriceLine { provider: Some(desk.oak.id), ..desk.price(&record, Some(desk.home.id), today, Some(1)) };
        assert!(refusal(record::add(&record, &owner(), here, &elsewhere).await).contains("does not run that home"));
        let page = record::contract(&record, &owner(), here, desk.vehicle.id, None).await.unwrap();
        let bought = Bought { lot: Some(desk.lot.id), provider: Some(desk.elm.id), setting: Some(desk.home.id), tier: String::new() };
        assert_eq!(page.price(&bought, today.plus(-1)).weekly, Some(Money::from_pence(400_000)));
        let unknown = page.price(&bought, today);
        assert!(unknown.weekly.is_none() && unknown.words.contains("has no price"), "unknown is not the wider line's: {unknown:?}");
        // As it was known yesterday there was no contract at all.
        let before = record::contract(&record, &owner(), here, desk.vehicle.id, Some(today.plus(-1))).await;
        assert!(matches!(before, Err(Error::NotFound { .. })));
    }
}

#[tokio::test]
async fn a_list_is_taken_whole_or_not_at_all_and_again_without_effect() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let take = async |list, text: &str| {
            record::take_contract_lines(&record, &owner(), authority.id, desk.vehicle.id, list, ("list.csv", text.as_bytes()))
                .await
                .unwrap()
        };
        let first = desk.vehicle.from;
        let members = format!("lot,provider,from,to,rank\nLot 1,Elm Care,{first},,1\nLot 2,Oak Living,{first},,\n,Ash Care,{first},,\n");
        let refused = take(ContractList::Members, &members).await;
        assert!(!refused.applied && refused.findings.len() == 2, "every problem at once: {refused:?}");
        assert!(refused.findings[0].message.contains("none of this contract's lots (lot 1)"), "{refused:?}");
        let members = format!("lot,provider,from,to,rank\nLot 1,Elm Care,{first},,1\nlot 1,oak living,{first},,2\n");
        assert_eq!(take(ContractList::Members, &members).await.added, 2);
        let again = take(ContractList::Members, &members).await;
        assert!(again.applied && again.added == 0 && again.unchanged == 2, "{again:?}");

        let head = "lot,provider,urn,tier,from,to,weekly_price,core_hours,hourly_price,source\n";
        let wrong = format!(
            "{head}Lot 1,Elm Care,,,{first},,4000,,,\nLot 1,Elm Care,,,2026-05-01,,4100,,,\nLot 1,Oak Living,9000001,,{first},,1,,,\n,,,,{first},,much,,,\n"
        );
        let refused = take(ContractList::Prices, &wrong).await;
        assert!(!refused.applied && refused.findings.len() == 3, "{refused:?}");
        let page = record::contract(&record, &owner(), authority.id, desk.vehicle.id, None).await.unwrap();
        assert!(page.prices.is_empty() && page.members.len() == 2);
        let right = format!("{head}Lot 1,Elm Care,,,{first},2026-05-01,4000,20,25.50,a\nLot 1,Elm Care,,,2026-05-01,,,,,b\n");
        assert_eq!(take(ContractList::Prices, &right).await.added, 2);
        let page = record::contract(&record, &owner(), authority.id, desk.vehicle.id, None).await.unwrap();
        assert_eq!(page.prices[1].fact.weekly, None, "an empty cell is unknown");
    }
}

async fn listed(record: &Record, authority: &Authority, filter: ContractFilter, sort: ContractSort) -> Vec<ListedContract> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = record::contracts(record, &owner(), authority.id, &filter, sort, after.as_ref(), 2).await.unwrap();
        rows.extend(page.rows);
        if page.next.is_none() {
            assert_eq!(rows.len() as u64, page.total);
            return rows;
        }
        after = page.next.map(|cursor| cursor.to_string().parse().unwrap());
    }
}

#[tokio::test]
async fn contracts_are_listed_by_what_they_are_and_when_they_end() {
    for (_folder, record, authority) in records().await {
        let desk = desk(&record, &authority).await;
        let (here, today) = (authority.id, record.today());
        for (reference, from, to) in [("A", -900, Some(-100)), ("B", -900, Some(-500)), ("C", 10, Some(900)), ("D", -10, None)] {
            let one = vehicle(&record, reference, today.plus(from), to.map(|to| today.plus(to)));
            record::add(&record, &owner(), here, &one).await.unwrap();
        }
        let block = BlockBeds {
            id: record.id(),
            vehicle: desk.vehicle.id,
            setting: Some(desk.home.id),
            foster_home: None,
            beds: 3,
            from: today,
            to: Some(today.plus(40)),
            weekly: None,
            minimum: 2,
            void: None,
        };
        record::add(&record, &owner(), here, &block).await.unwrap();
        record::add(&record, &owner(), here, &desk.member(&record, desk.elm.id, desk.vehicle.from)).await.unwrap();
        let names = async |filter, sort| {
            listed(&record, &authority, filter, sort).await.into_iter().map(|one| one.vehicle.reference).collect::<Vec<_>>()
        };
        let of = |phase| ContractFilter { phase: Some(phase), ..ContractFilter::default() };
        assert_eq!(names(ContractFilter::default(), ContractSort::End).await, ["B", "A", "FW-1", "C", "D"]);
        assert_eq!(names(of(Phase::Running), ContractSort::Reference).await, ["D", "FW-1"]);
        assert_eq!(names(of(Phase::RunOff), ContractSort::Reference).await, ["A"]);
        assert_eq!(names(of(Phase::Over), ContractSort::Reference).await, ["B"]);
        assert_eq!(names(of(Phase::ToCome), ContractSort::Reference).await, ["C"]);
        let by_member = ContractFilter { search: Some("ELM".to_owned()), ..ContractFilter::default() };
        assert_eq!(names(by_member.clone(), ContractSort::Title).await, ["FW-1"]);
        let one = &listed(&record, &authority, by_member, ContractSort::Title).await[0];
        assert_eq!((one.lots, one.members, one.block_beds, one.prices, one.end), (1, 1, 3, 0, desk.vehicle.to));

        let ends = record::contract_endings(&record, &owner(), here, today.plus(200)).await.unwrap();
        let ends: Vec<(ending::Kind, &str)> = ends.iter().map(|one| (one.ending.kind, one.vehicle.reference.as_str())).collect();
        assert_eq!(ends, [(ending::Kind::Block, "FW-1"), (ending::Kind::Contract, "FW-1")]);
        // Prices are not for everybody.
        for (role, may) in [(Role::FinanceOfficer, true), (Role::QualityOfficer, false), (Role::SocialWorker, false)] {
            let found =
                record::contracts(&record, &person(&authority, role), here, &ContractFilter::default(), ContractSort::End, None, 9).await;
            assert_eq!(found.is_ok(), may, "{role}");
        }
        let looks = person(&authority, Role::FinanceOfficer);
        let lot = Lot { id: record.id(), vehicle: desk.vehicle.id, name: "Lot 9".to_owned(), buys: String::new() };
        assert!(matches!(record::add(&record, &looks, here, &lot).await, Err(Error::Denied(_))));
    }
}
