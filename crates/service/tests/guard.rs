//! Who is kept out of what, wherever it is shown or done, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{child, day, is_refused, person};
use domain::access::{Actor, Role};
use domain::case::Allocation;
use domain::child::Child;
use domain::clock::Duty;
use domain::person::Person;
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{self, Registration, Setting, Takes, Terms};
use domain::{Code, Day, Id};
use recorded::{owner, records};
use service::Error;
use service::duties;
use service::people;
use service::record::{self, Authority, Record, case};

/// A home for one child, of a provider.
async fn home(record: &Record, here: &Authority) -> (Id<Provider>, Id<Setting>) {
    let provider = Provider {
        id: record.id(),
        name: "Elm".to_owned(),
        legal_name: String::new(),
        company: Code::BLANK,
        sector: Sector::Private,
        status: Status::Approved,
    };
    record::add(record, &owner(), here.id, &provider).await.unwrap();
    let since = day(-400);
    let home = Setting {
        id: record.id(),
        provider: provider.id,
        urn: Code::of("9000900"),
        kind: setting::Kind::ChildrensHome,
        name: "Elm House".to_owned(),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: Some(since),
        closed: None,
        before: None,
    };
    let terms = Terms {
        id: record.id(),
        setting: home.id,
        from: since,
        places: Some(1),
        youngest: None,
        oldest: Some(17),
        takes: Takes::Anybody,
        conditions: String::new(),
    };
    record::add_home(record, &owner(), here.id, &home, &terms).await.unwrap();
    (provider.id, home.id)
}

fn stay(record: &Record, child: Id<Child>, from: Day) -> Placement {
    Placement {
        id: record.id(),
        child,
        start: from,
        end: None,
        kind: Code::of("K2"),
        provider: Code::of("PR4"),
        urn: Code::of("9000900"),
        postcode: None,
        ended: Code::BLANK,
    }
}

/// The same person with what they are kept out of by now, as every page asks it.
async fn again(record: &Record, here: &Authority, name: &str) -> Actor {
    people::acting_as(record, &owner(), here, &format!("{name}@example.gov.uk")).await.unwrap()
}

async fn bind<Of>(record: &Record, here: &Authority, person: Id<Person>, thing: Id<Of>) {
    people::declare_conflict(record, &owner(), here, person, Id::from_uuid(thing.uuid()), "A cousin.", day(0)).await.unwrap();
}

async fn restrict(record: &Record, here: &Authority, child: Id<Child>) {
    let known = record::show(record, &owner(), here.id, child, None).await.unwrap().child;
    case::amend(record, &owner(), known.version, &Child { restricted: true, ..known.fact.clone() }, "threats").await.unwrap();
}

/// The child leaves the foster home on the fifth day.
async fn leaves(record: &Record, here: &Authority, child: Id<Child>) {
    let case = record::show(record, &owner(), here.id, child, None).await.unwrap();
    let before = &case.placements[0];
    let ended = Placement { end: Some(day(5)), ..before.fact.clone() };
    case::correct(record, &owner(), here.id, child, before.version, &ended, "moved").await.unwrap();
}

#[tokio::test]
async fn an_alert_names_a_child_to_those_who_may_see_it_and_nothing_to_those_bound_to_the_provider() {
    for (_folder, record, here) in records().await {
        let (provider, _) = home(&record, &here).await;
        let born = Day::from_ymd(2012, 6, 5).unwrap();
        for reference in ["A-1", "A-2"] {
            let child = child(&record, &here, (reference, born, day(0))).await;
            leaves(&record, &here, child).await;
            case::add(&record, &owner(), here.id, child, &stay(&record, child, day(5))).await.unwrap();
            restrict(&record, &here, child).await;
        }
        let (quinn_id, quinn) = person(&record, &here, "Quinn", Role::QualityOfficer).await;
        let work = async |actor: &Actor| {
            let work = duties::list(&record, actor, &here, record.today()).await.unwrap();
            let lines = [work.overdue, work.waiting, work.due].into_iter().flatten();
            lines.filter(|line| line.duty == Duty::Alert).map(|line| line.whose).collect::<Vec<_>>()
        };
        let seen = work(&quinn).await;
        assert!(!seen.is_empty() && seen.iter().all(|whose| whose == "A child, Elm House"), "{seen:?}");
        let alert = record::alerts(&record, &quinn, here.id).await.unwrap()[0].alert.fact.id;
        bind(&record, &here, quinn_id, provider).await;
        let bound = again(&record, &here, "quinn").await;
        assert!(work(&bound).await.is_empty() && record::alerts(&record, &bound, here.id).await.unwrap().is_empty());
        let resolved = record::resolve(&record, &bound, here.id, alert, "All is well.").await;
        assert!(matches!(resolved, Err(Error::NotFound { .. })), "{resolved:?}");
        // Nor does whoever is bound to the provider place a child there by any form.
        let (grace_id, grace) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let child = child(&record, &here, ("A-3", born, day(0))).await;
        leaves(&record, &here, child).await;
        bind(&record, &here, grace_id, provider).await;
        let added = case::add(&record, &grace, here.id, child, &stay(&record, child, record.today().plus(30))).await;
        is_refused(added, "A conflict of interest keeps you out of this home");
    }
}

#[tokio::test]
async fn a_case_is_entrusted_to_somebody_else_and_only_where_nobody_works() {
    for (_folder, record, here) in records().await {
        let born = Day::from_ymd(2012, 6, 5).unwrap();
        let (ruth_id, _) = person(&record, &here, "Ruth", Role::Director).await;
        people::set_roles(&record, &owner(), &here, ruth_id, &[Role::Director, Role::SocialWorker].into()).await.unwrap();
        let (emmy_id, _) = person(&record, &here, "Emmy", Role::SocialWorker).await;
        let ruth = again(&record, &here, "ruth").await;
        let [one, other] = [child(&record, &here, ("B-1", born, day(0))).await, child(&record, &here, ("B-2", born, day(0))).await];
        for child in [one, other] {
            restrict(&record, &here, child).await;
        }
        let found = case::forsaken(&record, &ruth, here.id, one).await.unwrap();
        assert_eq!(found.people.iter().map(|person| person.id).collect::<Vec<_>>(), [emmy_id]);
        is_refused(case::entrust(&record, &ruth, here.id, one, ruth_id, "I know her").await, "You cannot give the case to yourself");
        let emmy = Allocation { id: record.id(), child: one, person: emmy_id, start: day(0), end: None };
        case::add(&record, &owner(), here.id, one, &emmy).await.unwrap();
        case::merge(&record, &owner(), here.id, other, one, "one child").await.unwrap();
        let joined = case::entrust(&record, &ruth, here.id, other, emmy_id, "nobody is there").await;
        assert!(matches!(joined, Err(Error::NotFound { .. })), "somebody works on the one it stands under: {joined:?}");
        // Whoever is kept out of one entry works on neither.
        bind(&record, &here, emmy_id, other).await;
        assert!(case::forsaken(&record, &ruth, here.id, one).await.is_ok());
        let kept_out = again(&record, &here, "emmy").await;
        assert!([one, other].iter().all(|child| kept_out.conflicts.contains(&Id::from_uuid(child.uuid()))));
    }
}
