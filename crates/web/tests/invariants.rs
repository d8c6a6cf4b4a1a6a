//! The invariants of the record (dossier E2) over HTTP, as browsers and programs meet them: I3 by forms sent at once, I15 by what no address can do,
//! I17 by what the interface for programs says, I18 by the want of a way to delete. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use domain::child::Child;
use domain::history::Uasc;
use domain::placement::Placement;
use domain::{Code, Id};
use serde_json::Value;
use service::App;
use service::holdings::{self, Folder, Holding};
use service::record::access::{Actor, Role};
use service::record::{self, Authority, News, Record, case};
use signed_in::{Answer, Person, Site, site};
use tower::ServiceExt as _;
use web::{Opened, State, router};

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,2,8,17,Good,2024-01-05,2020-01-01,
";

/// A site with a home of two places, a placement officer and a director, and so many children.
struct House {
    site: Site,
    record: Record,
    authority: Authority,
    home: String,
    children: Vec<Child>,
}

impl House {
    async fn new(children: u32) -> Self {
        let mut opened: Option<(Record, Authority)> = None;
        let roles = [Role::PlacementOfficer, Role::Director];
        let site = site(&roles, |record, authority| {
            opened = Some((record.clone(), authority.clone()));
            Opened::here(record, authority)
        });
        let site = site.await;
        let (record, authority) = opened.unwrap();
        let owner = Actor::machine("test");
        record::take_register(&record, &owner, authority.id, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
        let home = record::setting_by_number(&record, &owner, authority.id, "9000001").await.unwrap().to_string();
        let mut all = Vec::new();
        for number in 0..children {
            let (id, sex, ethnicity) = (record.id(), Code::of("F"), Code::BLANK);
            let (reference, born) = (format!("C-{number}"), record.today().plus(-5000));
            let child = Child { id, authority: authority.id, reference, born, sex, ethnicity, asylum: Uasc::Never, restricted: false };
            case::register(&record, &owner, &child).await.unwrap();
            all.push(child);
        }
        Self { site, record, authority, home, children: all }
    }

    fn officer(&self) -> &Person {
        self.site.person(Role::PlacementOfficer)
    }

    async fn posted(&self, path: &str, words: &str) -> Answer {
        self.site.send(Some(self.officer()), &Method::POST, path, words).await
    }

    async fn placements(&self, child: Id<Child>) -> Vec<record::Versioned<Placement>> {
        record::show(&self.record, &Actor::machine("test"), self.authority.id, child, None).await.unwrap().placements
    }
}

fn date(name: &str, day: domain::Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{name}-day={day}&{name}-month={month}&{name}-year={year}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_six_forms_at_once_two_have_the_last_two_beds() {
    let house = Arc::new(House::new(6).await);
    let from = date("from", house.record.today().plus(1));
    let racers = (0..6).map(|number| {
        let (house, from) = (Arc::clone(&house), from.clone());
        tokio::spawn(async move {
            let done = if number % 2 == 0 { "hold&hours=24" } else { "plan" };
            let form = format!("child=C-{number}&{from}&to-day=&to-month=&to-year=&sharing=shared&siblings=no&leaves=&done={done}");
            house.posted(&format!("/homes/{}/place", house.home), &form).await
        })
    });
    let mut won = 0;
    for racer in racers.collect::<Vec<_>>() {
        let answer = racer.await.unwrap();
        match answer.status {
            StatusCode::SEE_OTHER => won += 1,
            // The form comes back with the reason.
            StatusCode::UNPROCESSABLE_ENTITY => assert!(answer.body.contains("2 registered places are taken or held")),
            other => panic!("{other}"),
        }
    }
    assert_eq!(won, 2);
    let owner = Actor::machine("test");
    let id = house.home.parse().unwrap();
    let page = record::setting(&house.record, &owner, house.authority.id, id, None).await.unwrap();
    let night = page.nights(house.record.today().plus(1), house.record.today().plus(2))[0].beds;
    assert_eq!(night.occupied + night.held, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_four_corrections_at_once_one_is_kept_and_three_are_told() {
    let house = Arc::new(House::new(1).await);
    let (child, start) = (house.children[0].id, house.record.today().plus(-30));
    let (id, kind, provider, blank) = (house.record.id(), Code::of("U6"), Code::of("PR1"), Code::BLANK);
    let placement = Placement { id, child, start, end: None, kind, provider, urn: blank, postcode: None, ended: blank };
    case::add(&house.record, &Actor::machine("test"), house.authority.id, child, &placement).await.unwrap();
    let racers = (1..5).map(|later| {
        let house = Arc::clone(&house);
        tokio::spawn(async move {
            let rest = "end-day=&end-month=&end-year=&kind=U6&provider=PR1&urn=&postcode=&ended=";
            let form = format!("version=1&{}&{rest}&reason=arrived+{later}+later", date("start", start.plus(later)));
            house.posted(&format!("/cases/{child}/placements/{id}/correct"), &form).await
        })
    });
    let mut kept = 0;
    for racer in racers.collect::<Vec<_>>() {
        let answer = racer.await.unwrap();
        match answer.status {
            StatusCode::SEE_OTHER => kept += 1,
            StatusCode::UNPROCESSABLE_ENTITY => assert!(answer.body.contains("Somebody else changed this")),
            other => panic!("{other}"),
        }
    }
    assert_eq!((kept, house.placements(child).await[0].version), (1, 2));
}

/// I18 and I15: there is no address by which a child, a fact or an entry of the log is deleted, whoever asks, and nothing that is asked so is done.
#[tokio::test]
async fn no_address_deletes_anything() {
    let house = House::new(1).await;
    let child = house.children[0].id;
    let addresses = [
        format!("/cases/{child}"),
        format!("/api/v1/cases/{child}"),
        format!("/cases/{child}/delete"),
        format!("/cases/{child}/withdraw"),
        format!("/cases/{child}/erase"),
        format!("/homes/{}", house.home),
        "/children".to_owned(),
        "/api/v1/work".to_owned(),
    ];
    for role in [Role::PlacementOfficer, Role::Director] {
        for path in &addresses {
            for method in [Method::DELETE, Method::PUT, Method::PATCH, Method::POST] {
                let answer = house.site.send(Some(house.site.person(role)), &method, path, "reason=gone").await;
                assert!(answer.status.is_client_error(), "{role}: {method} {}: {}", path.replace(&child.to_string(), "ID"), answer.status);
            }
        }
    }
    let owner = Actor::machine("test");
    assert!(record::show(&house.record, &owner, house.authority.id, child, None).await.is_ok());
    assert!(record::verify(&house.record, &owner, house.authority.id).await.unwrap().holds);
}

/// I20 and I4 at the form: it comes back with what was typed and why it cannot be.
#[tokio::test]
async fn what_cannot_be_planned_comes_back_with_the_reason() {
    let house = House::new(1).await;
    let child = house.children[0].id;
    let path = format!("/cases/{child}/placements/new");
    let typed = |kind: &str, provider: &str, from: i32| {
        let start = date("start", house.record.today().plus(from));
        format!("{start}&end-day=&end-month=&end-year=&kind={kind}&provider={provider}&urn=&postcode=&ended=")
    };
    for (form, words) in [
        (typed("U6", "PR0", -3), "choose both or neither"),
        (typed("P1", "PR1", -3), "choose both or neither"),
        (typed("K3", "PR4", 9), "nobody under 16"),
    ] {
        let answer = house.posted(&path, &form).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains(words), "{form}: {}", answer.status);
    }
    assert!(house.placements(child).await.is_empty());
    // What has happened is recorded, and its child is on the list of whoever is to act.
    assert_eq!(house.posted(&path, &typed("K3", "PR4", -3)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.placements(child).await.len(), 1);
}

static HOLDING: LazyLock<Arc<Holding>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 2, dirt: 0.02, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    Arc::new(holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap())
});

async fn asked(path: &str) -> Value {
    let request = Request::builder().uri(path).header("host", "127.0.0.1:8000").body(Body::empty()).unwrap();
    let answer = router(State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING))).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap()
}

/// I17: every figure that a program is given says which it is, of which day, over which data, by which definition, and for how many it cannot be told.
#[tokio::test]
async fn every_figure_of_the_interface_says_what_it_is() {
    let (first, last) = HOLDING.read.history.covers.unwrap();
    for on in [first, first.plus(200), last] {
        for filter in ["", "&sex=female", "&age_band=16_plus"] {
            let told = asked(&format!("/api/v1/measures?on={on}{filter}")).await;
            assert_eq!(told["on"], on.to_string(), "which day");
            assert!(told["from"].is_string() && told["to"].is_string(), "which days");
            let rows = |name: &str| told["rows"][name].as_u64().unwrap();
            assert!(rows("read") > 0 && rows("read") == rows("used") + rows("set_aside"), "over which data");
            let measures = told["measures"].as_array().unwrap();
            assert!(measures.len() > 20);
            for one in measures {
                let text = |name: &str| one[name].as_str().unwrap_or_default().len();
                assert!(text("id") > 2 && text("label") > 3 && text("definition") > 20 && text("unit") > 3, "{}", one["id"]);
                assert!(one["unknown"].is_u64(), "{}: for how many it cannot be told", one["id"]);
                // A mark is never a number, and says itself which it is.
                assert!(one["value"].is_number() || one["value"].is_object() || text("value") > 0, "{}: {}", one["id"], one["value"]);
            }
            for one in told["breakdowns"].as_array().unwrap() {
                let rows: u64 = one["rows"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
                assert_eq!(rows + one["unknown"].as_u64().unwrap(), one["total"].as_u64().unwrap(), "{}", one["by"]);
            }
        }
    }
}
