//! One search through what somebody may see and nothing else, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use std::collections::BTreeSet;

use domain::access::{Action, Actor, Grant, On, Purpose, Role, Who, permit};
use domain::case::Allocation;
use domain::child::Child;
use domain::contract::{Kind as ContractKind, Regime, Vehicle};
use domain::document::{self, Document};
use domain::history::Uasc;
use domain::provider::Provider;
use domain::vault::Kind;
use domain::{Code, Day, Id};
use recorded::{owner, records};
use service::Error;
use service::people::{self, NewUser};
use service::record::lists::ProviderFilter;
use service::record::{self, Authority, Entries, Field, Found, Hit, Likeness, News, Part, Record, Register, case};

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,
9000002,Oak Lodge,Children's home,Private,Oak Living,892,NG7 2AB,3,8,17,Good,2026-02-05,2023-10-28,
9000003,Rivière House,Children's home,Private,Oak Living,892,NG7 3AB,3,8,17,Good,2026-02-05,2023-10-28,2026-01-31
";

async fn child(record: &Record, authority: &Authority, reference: &str, restricted: bool) -> Id<Child> {
    let child = Child {
        id: record.id(),
        authority: authority.id,
        reference: reference.to_owned(),
        born: Day::from_ymd(2014, 6, 5).unwrap(),
        sex: Code::of("F"),
        ethnicity: Code::of("WBRI"),
        asylum: Uasc::Never,
        restricted,
    };
    case::register(record, &owner(), &child).await.unwrap();
    child.id
}

/// Somebody who is in the record, with a role.
async fn somebody(record: &Record, authority: &Authority, role: Role) -> Actor {
    let email = format!("{role}@example.gov.uk");
    let new = NewUser { name: role.words(), email: &email, roles: BTreeSet::from([role]), password: Some("three random words") };
    let person = people::add(record, &owner(), authority, &new).await.unwrap();
    Actor { who: Who::Person(person.id), grants: [Grant { authority: authority.id, role }].into(), ..Actor::nobody() }
}

/// Homes, providers, a contract and a paper.
async fn furnished(record: &Record, authority: &Authority) -> (Provider, Provider) {
    let taken = record::take_register(record, &owner(), authority.id, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
    assert!(taken.applied, "{taken:?}");
    let providers = record::providers(record, &owner(), authority.id, &ProviderFilter::default(), None, 10).await.unwrap().rows;
    let named = |name: &str| providers.iter().find(|one| one.provider.name == name).unwrap().provider.clone();
    let (elm, oak) = (named("Elm Care"), named("Oak Living"));
    let vehicle = Vehicle {
        id: record.id(),
        reference: "FW-2024".to_owned(),
        title: "Homes of the East".to_owned(),
        kind: ContractKind::Framework,
        regime: Regime::Pa2023,
        lead: String::new(),
        callers: "Fictitious".to_owned(),
        from: Day::from_ymd(2024, 4, 1).unwrap(),
        to: None,
        run_off: None,
        notes: String::new(),
    };
    record::add(record, &owner(), authority.id, &vehicle).await.unwrap();
    let paper = Document {
        id: record.id(),
        provider: oak.id,
        setting: None,
        foster_home: None,
        kind: document::Kind::ALL[0],
        title: "Policy 4711".to_owned(),
        from: Day::from_ymd(2026, 1, 1).unwrap(),
        to: None,
    };
    record::add(record, &owner(), authority.id, &paper).await.unwrap();
    (elm, oak)
}

async fn looked(record: &Record, actor: &Actor, authority: &Authority, typed: &str) -> Found {
    record::search(record, actor, authority.id, typed, None).await.unwrap()
}

fn hits(found: &Found) -> Vec<&Hit> {
    found.groups.iter().flat_map(|group| &group.hits).collect()
}

fn titles(found: &Found) -> Vec<&str> {
    hits(found).into_iter().map(|hit| hit.title.as_str()).collect()
}

#[tokio::test]
async fn things_are_found_by_name_number_and_postcode_and_say_why() {
    for (_folder, record, here) in records().await {
        furnished(&record, &here).await;
        for (typed, title, by) in [
            ("elm house", "Elm House", Field::Name),
            ("ELM-HOUSE", "Elm House", Field::Name),
            ("9000001", "Elm House", Field::Urn),
            ("ng15dt", "Elm House", Field::Postcode),
            ("Riviere", "Rivière House", Field::Name),
            ("fw 2024", "Homes of the East", Field::Reference),
            ("policy 4711", "Policy 4711", Field::Title),
            ("oak living", "Oak Living", Field::Name),
        ] {
            let found = looked(&record, &owner(), &here, typed).await;
            let hit = hits(&found).into_iter().find(|hit| hit.title == title).unwrap_or_else(|| panic!("{typed}: {found:?}"));
            assert_eq!(hit.by, by, "{typed}");
        }
        // The better it fits the earlier it stands, register by register, and the same every time.
        let houses = looked(&record, &owner(), &here, "house").await;
        assert_eq!(titles(&houses), ["Elm House", "Rivière House"]);
        assert!(hits(&houses)[1].beside.contains("closed") && hits(&houses)[1].beside.contains("9000003"), "{houses:?}");
        assert_eq!(houses, looked(&record, &owner(), &here, "house").await);
        // A slip of the hand finds what is nearly so, where nothing is so.
        let slip = looked(&record, &owner(), &here, "oak lodeg").await;
        assert_eq!((titles(&slip), hits(&slip)[0].likeness), (vec!["Oak Lodge"], Likeness::Nearly));
        for typed in ["", "  ", "e", "%", "_", &"e".repeat(1000)] {
            let refused = record::search(&record, &owner(), here.id, typed, None).await;
            assert!(matches!(refused, Err(Error::Unusable(_))), "{typed}");
        }
        for typed in ["' OR 1=1 --", "%%%house%", "hou_e", "'; DROP TABLE child; --", "e%e"] {
            assert!(!titles(&looked(&record, &owner(), &here, typed).await).contains(&"Oak Lodge"), "{typed} is text and nothing else");
        }
    }
}

#[tokio::test]
async fn a_reference_is_found_however_it_is_written() {
    for (_folder, record, here) in records().await {
        for reference in ["A.12", "B_13", "C:14/x", "(D) 15", "Ä-16"] {
            child(&record, &here, reference, false).await;
            for typed in [reference.to_owned(), reference.to_lowercase(), reference.replace(['.', '_', ':', '/', '(', ')', ' ', '-'], "")] {
                assert_eq!(titles(&looked(&record, &owner(), &here, &typed).await), [reference], "{typed}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_shown_is_counted() {
    for (_folder, record, here) in records().await {
        for n in 0..12 {
            child(&record, &here, &format!("REF-{n:03}"), false).await;
        }
        let found = looked(&record, &owner(), &here, "ref0").await;
        let group = &found.groups[0];
        assert_eq!((group.register, group.hits.len(), group.beyond, found.count()), (Register::Children, 8, 4, 12));
        let alone = record::search(&record, &owner(), here.id, "ref0", Some(Register::Children)).await.unwrap();
        assert_eq!((alone.groups.len(), alone.groups[0].hits.len(), alone.groups[0].beyond), (1, 12, 0));
    }
}

#[tokio::test]
async fn each_role_searches_what_it_may_read_and_is_told_what_it_may_not() {
    for (_folder, record, here) in records().await {
        furnished(&record, &here).await;
        child(&record, &here, "9000001-A", false).await;
        for role in Role::ALL {
            let actor = somebody(&record, &here, role).await;
            for register in Register::ALL {
                let found = record::search(&record, &actor, here.id, "9000001", Some(register)).await.unwrap();
                let may = permit(&actor, register.action(), On::authority(here.id)).is_ok();
                assert_eq!((found.groups.len(), found.closed.len()), (usize::from(may), usize::from(!may)), "{role} {register:?}");
            }
            let all = looked(&record, &actor, &here, "9000001").await;
            let homes = permit(&actor, Action::HomeRead, On::authority(here.id)).is_ok();
            assert_eq!(titles(&all).contains(&"Elm House"), homes, "{role}");
            let lists = matches!(role, Role::Director | Role::Inspector | Role::PlacementOfficer);
            assert_eq!(titles(&all).contains(&"9000001-A"), lists, "{role} is allocated to nobody");
        }
        let nobody = somebody(&record, &here, Role::LeadMember).await;
        assert!(!record::may_search(&nobody, here.id) && record::may_search(&owner(), here.id));
        let admin = looked(&record, &somebody(&record, &here, Role::Administrator).await, &here, "lead member").await;
        assert_eq!(titles(&admin), ["Lead member"], "people are for those who look after them");
    }
}

#[tokio::test]
async fn nobody_finds_what_they_could_not_open() {
    for (_folder, record, here) in records().await {
        let (elm, oak) = furnished(&record, &here).await;
        let officer = somebody(&record, &here, Role::PlacementOfficer).await;
        let Who::Person(me) = officer.who else { panic!("a person") };
        let (open, kept_out, closed) = (
            child(&record, &here, "104531", false).await,
            child(&record, &here, "104532", false).await,
            child(&record, &here, "104533", true).await,
        );
        assert_eq!(titles(&looked(&record, &officer, &here, "10 45-3").await), ["104531", "104532"], "a restricted case is not there");
        let allocation = Allocation { id: record.id(), child: closed, person: me, start: record.today(), end: None };
        case::add(&record, &owner(), here.id, closed, &allocation).await.unwrap();
        assert_eq!(titles(&looked(&record, &officer, &here, "104533").await), ["104533"], "but for those who are allocated to it");
        // By a conflict of interest, a child and a provider with its homes and papers are gone.
        let mut bound = officer.clone();
        for thing in [Id::from_uuid(kept_out.uuid()), Id::from_uuid(oak.id.uuid())] {
            people::declare_conflict(&record, &owner(), &here, me, thing, "made up", record.today()).await.unwrap();
            bound.conflicts.insert(thing);
        }
        assert_eq!(titles(&looked(&record, &bound, &here, "10453").await), ["104531", "104533"]);
        for typed in ["oak", "9000002", "NG7 2AB", "policy"] {
            assert!(looked(&record, &bound, &here, typed).await.count() == 0, "{typed}");
        }
        assert_eq!(titles(&looked(&record, &bound, &here, "elm").await), ["Elm House", elm.name.as_str()]);
        // Of two entries that are one child, the one that stands under is found as the other, and kept out with it.
        case::merge(&record, &owner(), here.id, kept_out, open, "the same child").await.unwrap();
        assert_eq!(looked(&record, &bound, &here, "104531").await.count(), 0);
        let joined = looked(&record, &owner(), &here, "104532").await;
        assert_eq!((titles(&joined), hits(&joined)[0].by), (vec!["104531"], Field::JoinedReference));
        assert_eq!(hits(&joined)[0].id.uuid(), open.uuid());
        // Another authority of the same database has things of its own.
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        assert_eq!(looked(&record, &owner(), &there, "elm").await.count(), 0);
        assert_eq!(looked(&record, &officer, &there, "elm").await.groups.len(), 0, "whoever has no part there searches nothing there");
    }
}

#[tokio::test]
async fn a_name_is_found_by_those_who_open_vaults_and_the_log_has_each_child() {
    for (_folder, record, here) in records().await {
        let officer = somebody(&record, &here, Role::PlacementOfficer).await;
        let (one, other) = (child(&record, &here, "104531", false).await, child(&record, &here, "104532", true).await);
        case::add_word(&record, &owner(), here.id, one, Kind::Name, "Zoë Makebelieve").await.unwrap();
        case::add_word(&record, &owner(), here.id, one, Kind::HomeAddress, "1 Makebelieve Street").await.unwrap();
        case::add_word(&record, &owner(), here.id, other, Kind::KnownAs, "Zoe Otherwise").await.unwrap();
        let log = async |child| {
            let case = record::show(&record, &owner(), here.id, child, None).await.unwrap();
            let log = record::log(&record, &case, Part::last(Entries::Readings, 50)).await.unwrap();
            log.into_iter().filter(|entry| entry.action == Action::VaultRead).collect::<Vec<_>>()
        };
        let readings = async |child| log(child).await.len();
        let found = record::search_names(&record, &officer, here.id, "zoe").await.unwrap();
        assert_eq!(found.children.iter().map(|one| one.reference.as_str()).collect::<Vec<_>>(), ["104531"], "the other case is restricted");
        assert_eq!(found.children[0].names, [(Kind::Name, "Zoë Makebelieve".to_owned())], "an address is no name");
        assert_eq!((readings(one).await, readings(other).await), (1, 0), "only what was found was opened to anybody");
        assert_eq!(record::search_names(&record, &officer, here.id, "Makebeleive").await.unwrap().children.len(), 1, "spelt nearly so");
        assert_eq!(record::search_names(&record, &officer, here.id, "nobody").await.unwrap().children.len(), 0);
        assert_eq!(readings(one).await, 2);
        // The plain search knows no names.
        assert_eq!(looked(&record, &officer, &here, "makebelieve").await.count(), 0);
        // Whoever works with a child finds its name, and no other's; whoever opens for a purpose says it first; the others do not search.
        let worker = somebody(&record, &here, Role::SocialWorker).await;
        assert!(record::search_names(&record, &worker, here.id, "zoe").await.unwrap().children.is_empty());
        let Who::Person(person) = worker.who else { panic!("a person") };
        let allocation = Allocation { id: record.id(), child: other, person, start: record.today(), end: None };
        case::add(&record, &owner(), here.id, other, &allocation).await.unwrap();
        let worker = Actor { cases: [other].into(), ..worker };
        assert_eq!(record::search_names(&record, &worker, here.id, "zoe").await.unwrap().children[0].child, other);
        let director = somebody(&record, &here, Role::Director).await;
        assert!(matches!(record::search_names(&record, &director, here.id, "zoe").await, Err(Error::Denied(_))));
        let purposed = Actor { purpose: Some(Purpose::Complaint.label().to_owned()), ..director };
        assert_eq!(record::search_names(&record, &purposed, here.id, "zoe").await.unwrap().children.len(), 1);
        let log = log(one).await;
        assert_eq!((log[0].purpose.as_deref(), log[0].reason.as_str()), (Some(Purpose::Complaint.label()), "searched by name"));
        for role in [Role::Administrator, Role::Analyst, Role::Commissioner, Role::FinanceOfficer, Role::LeadMember] {
            let actor = somebody(&record, &here, role).await;
            assert!(matches!(record::search_names(&record, &actor, here.id, "zoe").await, Err(Error::Denied(_))), "{role}");
        }
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}
