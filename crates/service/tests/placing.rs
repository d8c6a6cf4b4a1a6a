//! Placing children, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod recorded;

use std::sync::LazyLock;

use domain::access::Role;
use domain::alert;
use domain::capacity::Sharing;
use domain::child::Child;
use domain::code::{Code, place};
use domain::foster_home::{Care, Exemption, FosterHome, Kinship, Stage};
use domain::lodging::Place;
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use domain::{Day, Id};
use recorded::{owner, person, records};
use service::Error;
use service::holdings::{self, Folder, Holding};
use service::record::{self, Authority, Choice, Placing, Record, Tense, Wanted, case};

static EXAMPLE: LazyLock<(tempfile::TempDir, Holding)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 40, years: 1, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    let home = folder.path().join(&written.authorities[0]);
    let holding = holdings::open(Folder { path: home, authority: None, year: None }).unwrap();
    (folder, holding)
});

async fn provider(record: &Record, authority: &Authority) -> Provider {
    let provider = Provider {
        id: record.id(),
        name: format!("Elm {}", record.id::<Provider>()),
        legal_name: String::new(),
        company: Code::BLANK,
        sector: Sector::Private,
        status: Status::Approved,
    };
    record::add(record, &owner(), authority.id, &provider).await.unwrap();
    provider
}

/// A home without a number, so that nobody is found in it by one.
async fn home(record: &Record, authority: &Authority, kind: Kind, places: u32) -> Setting {
    numbered(record, authority, Code::BLANK, (kind, places)).await
}

async fn numbered(record: &Record, authority: &Authority, urn: Code, (kind, places): (Kind, u32)) -> Setting {
    let provider = provider(record, authority).await;
    let setting = Setting {
        id: record.id(),
        provider: provider.id,
        urn,
        kind,
        name: "Elm House".to_owned(),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: Some(record.today().plus(-400)),
        closed: None,
        before: None,
    };
    let terms = Terms {
        id: record.id(),
        setting: setting.id,
        from: record.today().plus(-400),
        places: Some(places),
        youngest: None,
        oldest: Some(17),
        takes: Takes::Anybody,
        conditions: String::new(),
    };
    record::add_home(record, &owner(), authority.id, &setting, &terms).await.unwrap();
    setting
}

/// Children of an age who live somewhere today, or nowhere.
async fn young_people(record: &Record, authority: &Authority, most: u32) -> Vec<Id<Child>> {
    record::import(record, &owner(), authority, &EXAMPLE.1, Choice::Keep).await.unwrap();
    let today = record.today();
    let all = record::children(record, &owner(), authority.id).await.unwrap();
    all.into_iter().filter(|one| (5..=most).contains(&one.child.born.age_at(today))).map(|one| one.child.id).collect()
}

fn placing(child: Id<Child>, place: Place, from: Day) -> Placing {
    Placing {
        child,
        place,
        tense: Tense::Planned,
        from,
        to: None,
        kind: None,
        sharing: Sharing::Shared,
        kinship: Kinship::NotAll,
        leaves: Code::BLANK,
    }
}

async fn beds(record: &Record, authority: &Authority, home: &Setting) -> (u32, u32, Option<u32>) {
    let beds = record::setting(record, &owner(), authority.id, home.id, None).await.unwrap().tonight().beds;
    (beds.occupied, beds.held, beds.available)
}

#[tokio::test]
async fn a_held_bed_becomes_a_placement_and_the_home_before_ends() {
    for (_folder, record, authority) in records().await {
        let home = home(&record, &authority, Kind::ChildrensHome, 2).await;
        let children = young_people(&record, &authority, 17).await;
        let (here, today) = (authority.id, record.today());
        let lives = async |child| record::show(&record, &owner(), here, child, None).await.unwrap().placements;
        let mut moving = None;
        for &child in &children {
            if lives(child).await.iter().any(|known| known.fact.end.is_none() && known.fact.start < today) {
                moving = Some(child);
                break;
            }
        }
        let child = moving.unwrap();
        let wanted = Wanted { setting: home.id, child, from: today, to: None, sharing: Sharing::Shared };
        record::hold(&record, &owner(), here, &wanted, 24).await.unwrap();
        assert_eq!(beds(&record, &authority, &home).await, (0, 1, Some(1)));
        // Who holds it, and for whom: the child's reference for those alone who may see the child.
        let held = record::held_beds(&record, &owner(), here, home.id).await.unwrap();
        assert!(held.len() == 1 && held[0].child.is_some() && !held[0].by.is_empty(), "{held:?}");
        let finance = record::held_beds(&record, &person(&authority, Role::FinanceOfficer), here, home.id).await.unwrap();
        assert!(finance.len() == 1 && finance[0].child.is_none(), "{finance:?}");

        let before = lives(child).await.len();
        let wanted = Placing { leaves: Code::of("CARPL"), ..placing(child, Place::Setting(home.id), today) };
        let placed = record::place(&record, &owner(), here, &wanted).await.unwrap();
        assert_eq!((placed.placement.kind, placed.placement.provider.to_string().as_str()), (place::K2, "PR4"));
        assert_eq!(beds(&record, &authority, &home).await, (1, 0, Some(1)), "the hold went with the placement");
        let after = lives(child).await;
        assert_eq!(after.len(), before + 1);
        let left = after.iter().find(|known| known.fact.end == Some(today) && known.fact.id != placed.placement.id).unwrap();
        assert_eq!(left.fact.ended, Code::of("CARPL"));
        // The same again contradicts the case: the child lives there already.
        assert!(matches!(record::place(&record, &owner(), here, &wanted).await, Err(Error::Unusable(_))));
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_bed_is_placed_in_once() {
    for (_folder, record, authority) in records().await {
        let home = home(&record, &authority, Kind::ChildrensHome, 2).await;
        let children = young_people(&record, &authority, 17).await;
        let racers = children[..6].iter().map(|&child| {
            let (record, authority) = (record.clone(), authority.id);
            let wanted = placing(child, Place::Setting(home.id), record.today().plus(1));
            tokio::spawn(async move { record::place(&record, &owner(), authority, &wanted).await })
        });
        let mut placed = 0;
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.unwrap() {
                Ok(_) => placed += 1,
                Err(Error::Unusable(words)) => assert!(words.contains("2 registered places are taken or held"), "{words}"),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(placed, 2);
    }
}

#[tokio::test]
async fn what_the_law_forbids_is_no_plan_and_what_happened_is_a_breach_with_an_owner_and_a_clock() {
    for (_folder, record, authority) in records().await {
        let home = home(&record, &authority, Kind::SupportedShared, 3).await;
        let child = young_people(&record, &authority, 15).await[0];
        let (here, today) = (authority.id, record.today());
        let wanted = placing(child, Place::Setting(home.id), today);
        let outlook = record::outlook(&record, &owner(), here, &wanted).await.unwrap();
        assert!(outlook.refused.iter().any(|said| said.contains("nobody under 16")), "{outlook:?}");
        let refused = record::place(&record, &owner(), here, &wanted).await.unwrap_err().to_string();
        assert!(refused.contains("the law puts nobody under 16 there"), "{refused}");
        assert_eq!(beds(&record, &authority, &home).await, (0, 0, Some(3)), "nothing was written");
        let happened = Placing { tense: Tense::Happened, ..wanted.clone() };
        let later = Placing { from: today.plus(1), ..happened.clone() };
        assert!(record::place(&record, &owner(), here, &later).await.unwrap_err().to_string().contains("has not happened"));
        let placed = record::place(&record, &owner(), here, &happened).await.unwrap();
        assert!(placed.alerts.iter().all(|one| one.kind == alert::Kind::Breach && one.due > today && one.child == Some(child)));
        assert_eq!(placed.alerts.len(), 1, "{placed:?}");
        // Looking again raises nothing twice, and the child's reference is not for everybody who may see homes.
        assert!(record::watch(&record, &owner(), here).await.unwrap().iter().all(|one| one.setting != Some(home.id)));
        let seen = async |actor| {
            record::alerts(&record, &actor, here).await.unwrap().into_iter().find(|one| one.alert.fact.setting == Some(home.id)).unwrap()
        };
        assert!(seen(owner()).await.child.is_some());
        assert!(seen(person(&authority, Role::PlacementOfficer)).await.child.is_some());
        for role in [Role::FinanceOfficer, Role::Commissioner, Role::SocialWorker] {
            assert_eq!(seen(person(&authority, role)).await.child, None, "{role}");
        }
    }
}

#[tokio::test]
async fn the_law_is_the_same_for_a_placement_that_is_typed_into_the_case() {
    for (_folder, record, authority) in records().await {
        let home = numbered(&record, &authority, Code::of("2900001"), (Kind::SupportedShared, 3)).await;
        let (here, today) = (authority.id, record.today());
        let child = Child { reference: "T-1".to_owned(), ..newborn(&record, &authority, today.plus(-14 * 365)) };
        case::register(&record, &owner(), &child).await.unwrap();
        let typed = |start: Day| Placement {
            id: record.id(),
            child: child.id,
            start,
            end: None,
            kind: Code::of("K3"),
            provider: Code::of("PR4"),
            urn: home.urn,
            postcode: None,
            ended: Code::BLANK,
        };
        let breaches = async || {
            let all = record::alerts(&record, &owner(), here).await.unwrap();
            all.into_iter().filter(|one| one.alert.fact.setting == Some(home.id) && one.alert.fact.kind == alert::Kind::Breach).count()
        };
        let planned = typed(today.plus(7));
        let refused = case::add(&record, &owner(), here, child.id, &planned).await.unwrap_err().to_string();
        assert!(refused.contains("nobody under 16"), "{refused}");
        assert_eq!(breaches().await, 0);
        let happened = typed(today.plus(-2));
        case::add(&record, &owner(), here, child.id, &happened).await.unwrap();
        assert_eq!(breaches().await, 1, "recorded as it was, and seen");
        // It was another home: what was typed goes, the alert stays for whoever looks at it.
        case::withdraw(&record, &owner(), here, child.id, (happened.id, 1), "mistyped").await.unwrap();
        assert_eq!(breaches().await, 1);

        // A young person of 17 may live there, until an assessment says that they are 15.
        let older = Child { reference: "T-2".to_owned(), ..newborn(&record, &authority, today.plus(-17 * 366)) };
        case::register(&record, &owner(), &older).await.unwrap();
        let theirs = Placement { id: record.id(), child: older.id, ..happened };
        case::add(&record, &owner(), here, older.id, &theirs).await.unwrap();
        assert_eq!(breaches().await, 1);
        let assessed = Child { born: today.plus(-15 * 366), ..older.clone() };
        case::amend(&record, &owner(), 1, &assessed, "age assessed").await.unwrap();
        assert_eq!(breaches().await, 2);
    }
}

#[tokio::test]
async fn a_placement_is_taken_back_with_the_bed_that_it_took() {
    for (_folder, record, authority) in records().await {
        let home = home(&record, &authority, Kind::ChildrensHome, 2).await;
        let child = young_people(&record, &authority, 17).await[0];
        let here = authority.id;
        let placed =
            record::place(&record, &owner(), here, &placing(child, Place::Setting(home.id), record.today().plus(1))).await.unwrap();
        let nights = async || {
            let page = record::setting(&record, &owner(), here, home.id, None).await.unwrap();
            page.nights(record.today().plus(1), record.today().plus(2))[0].beds.occupied
        };
        assert_eq!(nights().await, 1);
        case::withdraw(&record, &owner(), here, child, (placed.placement.id, 1), "the plan fell through").await.unwrap();
        assert_eq!(nights().await, 0);
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

fn newborn(record: &Record, authority: &Authority, born: Day) -> Child {
    Child {
        id: record.id(),
        authority: authority.id,
        reference: String::new(),
        born,
        sex: Code::of("1"),
        ethnicity: Code::of("WBRI"),
        asylum: domain::history::Uasc::Never,
        restricted: false,
    }
}

#[tokio::test]
async fn a_child_alone_takes_the_whole_home_and_a_home_for_a_child_is_found() {
    for (_folder, record, authority) in records().await {
        let (alone, free) =
            (home(&record, &authority, Kind::ChildrensHome, 4).await, home(&record, &authority, Kind::ChildrensHome, 1).await);
        let children = young_people(&record, &authority, 17).await;
        let (here, tomorrow) = (authority.id, record.today().plus(1));
        let solo = Placing { sharing: Sharing::Alone, ..placing(children[0], Place::Setting(alone.id), tomorrow) };
        record::place(&record, &owner(), here, &solo).await.unwrap();
        let page = record::setting(&record, &owner(), here, alone.id, None).await.unwrap();
        let night = page.nights(tomorrow, tomorrow.plus(1))[0].beds;
        assert_eq!((night.occupied, night.available, night.sharing), (1, Some(0), Sharing::Alone));
        let second = placing(children[1], Place::Setting(alone.id), tomorrow);
        let refused = record::place(&record, &owner(), here, &second).await.unwrap_err().to_string();
        assert!(refused.contains("a child lives there alone"), "{refused}");
        let found = record::suited(&record, &owner(), here, children[1], (tomorrow, None), Sharing::Shared).await.unwrap();
        let homes: Vec<Id<Setting>> = found.homes.iter().map(|one| one.setting.id).collect();
        assert!(homes.contains(&free.id) && !homes.contains(&alone.id), "{found:?}");
    }
}

#[tokio::test]
async fn a_fourth_child_in_a_foster_home_needs_an_exemption_that_names_it() {
    for (_folder, record, authority) in records().await {
        let provider = provider(&record, &authority).await;
        let children = young_people(&record, &authority, 17).await;
        let (here, today) = (authority.id, record.today());
        let home = FosterHome {
            id: record.id(),
            provider: provider.id,
            reference: "FH-900".to_owned(),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(today.plus(-100)),
            ended: None,
            places: 4,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        };
        record::add(&record, &owner(), here, &home).await.unwrap();
        let wanted = |child| Placing { kind: Some(place::U6), ..placing(child, Place::FosterHome(home.id), today) };
        for &child in &children[..3] {
            record::place(&record, &owner(), here, &wanted(child)).await.unwrap();
        }
        let refused = record::place(&record, &owner(), here, &wanted(children[3])).await.unwrap_err().to_string();
        assert!(refused.contains("the usual fostering limit is 3"), "{refused}");
        let siblings = Placing { kinship: Kinship::AllSiblings, ..wanted(children[3]) };
        let said = record::outlook(&record, &owner(), here, &siblings).await.unwrap().refused;
        assert!(said.iter().any(|said| said.contains("record it there first")), "a tick is no fact: {said:?}");
        let exemption =
            Exemption { id: record.id(), home: home.id, child: children[3], from: today, to: None, reason: "panel of 1 June".to_owned() };
        record::add(&record, &owner(), here, &exemption).await.unwrap();
        record::place(&record, &owner(), here, &wanted(children[3])).await.unwrap();
        let page = record::foster_home(&record, &owner(), here, home.id, None).await.unwrap();
        assert_eq!((page.children_tonight().len(), page.limit_tonight()), (4, Ok(())));
        // Without the exemption, four would be over the limit: said on the page from then on.
        record::withdraw(&record, &owner(), here, exemption.id, 1, "the panel said no").await.unwrap();
        let page = record::foster_home(&record, &owner(), here, home.id, None).await.unwrap();
        assert!(page.limit_tonight().is_err());
    }
}

#[tokio::test]
async fn a_foster_home_that_breaks_a_limit_is_seen_as_any_home_is() {
    for (_folder, record, authority) in records().await {
        let provider = provider(&record, &authority).await;
        let (here, today) = (authority.id, record.today());
        let mut children = Vec::new();
        for number in 0..4 {
            let one = Child { reference: format!("F-{number}"), ..newborn(&record, &authority, today.plus(-10 * 366)) };
            case::register(&record, &owner(), &one).await.unwrap();
            children.push(one.id);
        }
        let home = FosterHome {
            id: record.id(),
            provider: provider.id,
            reference: "FH-901".to_owned(),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(today.plus(-100)),
            ended: None,
            places: 4,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        };
        record::add(&record, &owner(), here, &home).await.unwrap();
        let open = async || {
            let all = record::alerts(&record, &owner(), here).await.unwrap();
            let theirs = all.into_iter().filter(|one| one.alert.fact.foster_home == Some(home.id));
            theirs.map(|one| (one.alert.fact.kind, one.setting, one.alert.fact.words)).collect::<Vec<_>>()
        };
        let wanted = |child| Placing { kind: Some(place::U6), ..placing(child, Place::FosterHome(home.id), today) };
        for &child in &children[..3] {
            record::place(&record, &owner(), here, &wanted(child)).await.unwrap();
        }
        assert!(open().await.is_empty());
        // The fourth came all the same, at night: recorded, and a breach with an owner and a clock, though its service is on no register.
        let happened = Placing { tense: Tense::Happened, ..wanted(children[3]) };
        let placed = record::place(&record, &owner(), here, &happened).await.unwrap();
        assert_eq!(placed.alerts.len(), 1);
        let said = open().await;
        assert!(said.len() == 1 && said[0].0 == alert::Kind::Breach && said[0].1 == "FH-901", "{said:?}");
        assert!(said[0].2.contains("the usual fostering limit is 3"), "{said:?}");
        let alert = placed.alerts[0].id;
        record::resolve(&record, &owner(), here, alert, "moved on the next morning").await.unwrap();
        case::withdraw(&record, &owner(), here, children[3], (placed.placement.id, 1), "it was another house").await.unwrap();
        assert!(open().await.is_empty());
        // The approval ends while three children live there: each of them has somebody who must look.
        let page = record::foster_home(&record, &owner(), here, home.id, None).await.unwrap();
        let ended = FosterHome { ended: Some(today), ..page.home.fact.clone() };
        record::correct_entry(&record, &owner(), here, page.home.version, &ended, "resigned").await.unwrap();
        let said = open().await;
        assert!(said.len() == 3 && said.iter().all(|one| one.2.contains("not approved")), "{said:?}");
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_correction_raises_the_alert_that_it_causes() {
    for (_folder, record, authority) in records().await {
        let home = home(&record, &authority, Kind::ChildrensHome, 2).await;
        let children = young_people(&record, &authority, 17).await;
        let (here, today) = (authority.id, record.today());
        for &child in &children[..2] {
            record::place(&record, &owner(), here, &placing(child, Place::Setting(home.id), today)).await.unwrap();
        }
        let open = async || {
            record::alerts(&record, &owner(), here).await.unwrap().into_iter().filter(|one| one.alert.fact.setting == Some(home.id)).count()
        };
        assert_eq!(open().await, 0);
        let page = record::setting(&record, &owner(), here, home.id, None).await.unwrap();
        let fewer = Terms { places: Some(1), ..page.terms[0].fact.clone() };
        record::correct_entry(&record, &owner(), here, page.terms[0].version, &fewer, "certificate says one").await.unwrap();
        assert_eq!(open().await, 2, "each child's own");
    }
}

/// A household for as many, approved a year ago.
async fn household(record: &Record, authority: &Authority, reference: &str, places: u32) -> FosterHome {
    let provider = provider(record, authority).await;
    let home = FosterHome {
        id: record.id(),
        provider: provider.id,
        reference: reference.to_owned(),
        stage: Stage::Approved,
        enquired: None,
        approved: Some(record.today().plus(-365)),
        ended: None,
        places,
        youngest: 0,
        oldest: 17,
        takes: Takes::Anybody,
        care: Care::ShortTerm,
        scheme: String::new(),
        skills: String::new(),
        ethnicity: Code::BLANK,
        postcode: None,
    };
    record::add(record, &owner(), authority.id, &home).await.unwrap();
    home
}

#[tokio::test]
async fn a_placement_that_stands_is_said_to_be_in_a_household_and_taken_out_again() {
    for (_folder, record, authority) in records().await {
        let (here, today) = (authority.id, record.today());
        let home = household(&record, &authority, "FH-910", 1).await;
        let mut stays = Vec::new();
        for number in 0..2 {
            let child = Child { reference: format!("H-{number}"), ..newborn(&record, &authority, today.plus(-9 * 366)) };
            case::register(&record, &owner(), &child).await.unwrap();
            let stay = Placement {
                id: record.id(),
                child: child.id,
                start: today.plus(-30),
                end: None,
                kind: place::U6,
                provider: Code::of("PR1"),
                urn: Code::BLANK,
                postcode: None,
                ended: Code::BLANK,
            };
            case::add(&record, &owner(), here, child.id, &stay).await.unwrap();
            stays.push(stay);
        }
        let lodge = async |stay: &Placement, version, home| {
            case::lodge(&record, &owner(), here, stay.child, (stay.id, version), home, "the social worker said so").await
        };
        let living = async || record::foster_home(&record, &owner(), here, home.id, None).await.unwrap().children_tonight();
        let breaches = async || {
            let all = record::alerts(&record, &owner(), here).await.unwrap();
            all.into_iter().filter(|one| one.alert.fact.foster_home == Some(home.id)).count()
        };
        lodge(&stays[0], 1, Some(home.id)).await.unwrap();
        assert_eq!((living().await, breaches().await), (vec![stays[0].child], 0));
        assert!(matches!(lodge(&stays[1], 7, Some(home.id)).await, Err(Error::Stale)));
        // The approval is for one: a second who lives there is a breach, from the household's side as from the case's.
        case::lodge_on(&record, &owner(), here, (stays[1].child, today), home.id, "seen there").await.unwrap();
        assert_eq!(living().await.len(), 2);
        assert!(breaches().await > 0, "more than the approval says");
        let case = record::show(&record, &owner(), here, stays[1].child, None).await.unwrap();
        assert_eq!(case.households.get(&stays[1].id).map(|(_, reference)| reference.as_str()), Some("FH-910"));
        // The agency's number becomes known: the household stays. The stay turns out to be in a children's home: it goes.
        let numbered = Placement { urn: Code::of("2900002"), ..stays[1].clone() };
        case::correct(&record, &owner(), here, numbered.child, 1, &numbered, "the agency wrote").await.unwrap();
        assert_eq!(living().await.len(), 2);
        lodge(&numbered, 2, None).await.unwrap();
        assert_eq!(living().await, [stays[0].child]);
        let typed = Placement { kind: place::K2, ..stays[0].clone() };
        case::correct(&record, &owner(), here, typed.child, 1, &typed, "it was a home").await.unwrap();
        assert!(living().await.is_empty());
        assert!(lodge(&typed, 2, Some(home.id)).await.unwrap_err().to_string().contains("in no foster household"));
        let nowhere = case::lodge_on(&record, &owner(), here, (typed.child, today), home.id, "seen there").await.unwrap_err().to_string();
        assert!(nowhere.contains("in no foster placement on the night"), "{nowhere}");
        assert!(record::verify(&record, &owner(), here).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_plan_beside_a_household_is_held_to_its_law() {
    for (_folder, record, authority) in records().await {
        let (here, today) = (authority.id, record.today());
        let home = household(&record, &authority, "FH-911", 1).await;
        let mut outcomes = Vec::new();
        for number in 0..2 {
            let child = Child { reference: format!("P-{number}"), ..newborn(&record, &authority, today.plus(-9 * 366)) };
            case::register(&record, &owner(), &child).await.unwrap();
            let plan = Placement {
                id: record.id(),
                child: child.id,
                start: today.plus(7),
                end: None,
                kind: place::U6,
                provider: Code::of("PR1"),
                urn: Code::BLANK,
                postcode: None,
                ended: Code::BLANK,
            };
            let beside = case::Beside::Household(Some(home.id));
            outcomes.push(case::add_beside(&record, &owner(), here, child.id, &plan, beside).await);
        }
        let refused = outcomes.pop().unwrap().unwrap_err().to_string();
        assert!(outcomes[0].is_ok() && refused.contains("It cannot be planned in FH-911: the approval is for 1"), "{refused}");
        let page = record::foster_home(&record, &owner(), here, home.id, None).await.unwrap();
        assert_eq!(page.residents.len(), 1, "what was refused was not written");
    }
}
