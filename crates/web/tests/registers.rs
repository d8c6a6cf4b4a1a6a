//! The rooms of the registers, as somebody who is signed in walks through them.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[path = "signed_in/clock.rs"]
mod clock;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use clock::now;
use service::App;
use service::people::{self, Attempt, NewUser, Outcome};
use service::profile::Profile;
use service::record::access::{Actor, Role};
use service::record::{self, News, Record};
use tower::ServiceExt;
use web::{Opened, SecondFactor, State, router};

/// A record with some homes and one person in it, who is signed in.
struct House {
    _folder: tempfile::TempDir,
    pages: axum::Router,
    cookie: String,
}

fn chance(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = bytes.len() - 8;
    bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
}

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,
9000002,Oak House,Supported accommodation,Private,Oak Living,892,NG1 5DT,3,16,17,outcome-2,2026-02-05,2023-10-28,
9000003,Ash Carers,Independent fostering agency,Voluntary,Ash Trust,892,,,,,Not yet inspected,,2019-01-01,
";

impl House {
    async fn new(role: Role) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("record.db");
        std::fs::File::create(&file).unwrap();
        let record = Record::connect(&format!("sqlite://{}", file.display()), [5; 64], now, chance).await.unwrap();
        record.migrate().await.unwrap();
        let owner = Actor::machine("test");
        let authority = record::open(&record, &owner, "Exampleshire", "Exampleshire").await.unwrap();
        let homes = record::take_register(&record, &owner, authority.id, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
        assert!(homes.applied && homes.added == 3, "{homes:?}");
        let (email, password) = ("somebody@example.gov.uk", "made-up children only");
        let somebody = NewUser { name: "Somebody", email, roles: BTreeSet::from([role]), password: Some(password) };
        people::add(&record, &owner, &authority, &somebody).await.unwrap();
        let Outcome::Open(token) = people::sign_in(&record, &authority, Attempt { email, password, from: "test" }).await.unwrap() else {
            panic!("the password is right")
        };
        let profile = Profile { fictitious: true, ..Profile::unknown("Exampleshire") };
        let state =
            State::published(Arc::new(App::new()), profile).with_record(Opened::here(record, authority).asking(SecondFactor::Offered));
        Self { _folder: folder, pages: router(state), cookie: format!("placewell={}", token.secret()) }
    }

    async fn answer(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let location = response.headers().get("location").map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn read(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("host", "localhost").header("cookie", &self.cookie).body(Body::empty()).unwrap();
        let (status, _, body) = self.answer(request).await;
        (status, body)
    }

    /// Sends a form with the token that its page carries.
    async fn send(&self, path: &str, form: &str) -> (StatusCode, String, String) {
        let (_, page) = self.read(path).await;
        let token = page.split("name=\"form-token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let request = Request::post(path)
            .header("host", "localhost")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("form-token={token}&{form}")))
            .unwrap();
        self.answer(request).await
    }
}

/// The address of a home in the list.
fn address<'p>(page: &'p str, name: &str) -> &'p str {
    let before = page.split(&format!("\">{name}</a>")).next().unwrap();
    before.rsplit("href=\"").next().unwrap()
}

#[tokio::test]
async fn homes_are_listed_filtered_and_taken_away() {
    let house = House::new(Role::PlacementOfficer).await;
    let (status, list) = house.read("/homes").await;
    assert_eq!(status, StatusCode::OK);
    for words in ["3 settings on ", "Elm House", "Outcome 2: inconsistent", "Not yet inspected", ">Homes<"] {
        assert!(list.contains(words), "{words}");
    }
    let (_, free) = house.read("/homes?which=free&kind=childrens-home&sort=available").await;
    assert!(free.contains("1 setting on ") && free.contains("Elm House") && !free.contains("Oak House"));
    let (status, _) = house.read("/homes?kind=castle").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (_, csv) = house.read("/homes.csv?search=elm").await;
    assert_eq!(csv.lines().nth(1), Some("9000001,Elm House,childrens-home,Elm Care,Good,8,17,open,4,4,4,0,0,4"));
    let (_, agency) = house.read("/homes.csv?search=ash").await;
    assert!(agency.contains(",Not yet inspected,,,open,,,,0,0,\n"), "what has no places has no nought of them: {agency}");
    let (_, home) = house.read(address(&list, "Elm House")).await;
    assert!(home.contains("<h1") && home.contains("available 4") && home.contains("5 January 2026"), "{home}");
    let (_, beds) = house.read(&format!("{}/beds?from=2026-12-01", address(&list, "Elm House"))).await;
    assert!(beds.contains("A bed is available on 28 nights of 28"), "{beds}");
    let (_, providers) = house.read("/providers").await;
    let (_, provider) = house.read(address(&providers, "Elm Care")).await;
    assert!(provider.contains("Due diligence wants") && provider.contains("Elm House"));
    assert_eq!(house.read("/homes/1").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_comes_back_with_everything_typed_and_the_way_to_each_mistake() {
    let house = House::new(Role::PlacementOfficer).await;
    let (_, list) = house.read("/homes").await;
    let elm = address(&list, "Elm House").to_owned();
    let path = format!("{elm}/add/beds");
    let (status, _, page) = house.send(&path, "beds=&why=staffing&from-day=31&from-month=2&from-year=2026&note=No+night+staff").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["There is a problem", "href=\"#beds\"", "href=\"#from-day\"", "value=\"No night staff\"", "value=\"31\"", "Error: Beds"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let form = "beds=2&why=staffing&from-day=1&from-month=12&from-year=2026&note=No+night+staff";
    let (status, location, _) = house.send(&path, form).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, elm.as_str()));
    let (_, beds) = house.read(&format!("{elm}/beds?from=2026-12-01")).await;
    assert!(beds.contains("2: not enough staff"), "{beds}");

    // A correction wants a reason, and is told when somebody else was quicker.
    let correct = format!("{elm}/correct");
    let (_, page) = house.read(&correct).await;
    let provider = page.split("<option value=\"").find(|option| option.contains("selected>Elm Care")).unwrap().split('"').next().unwrap();
    let fields = format!(
        "name=Elm+Cottage&provider={provider}&kind=childrens-home&urn=9000001&registration=held&area=892&postcode=NG1+5DT&opened-day=1&opened-month=1&opened-year=2020"
    );
    let (status, _, page) = house.send(&correct, &format!("version=1&{fields}")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Say why it is corrected") && page.contains("Elm Cottage"));
    let (status, ..) = house.send(&correct, &format!("version=1&{fields}&reason=renamed")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, ..) = house.send(&correct, &format!("version=1&{fields}&reason=again")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (_, history) = house.read(&format!("{elm}/history")).await;
    assert!(history.contains("Elm House") && history.contains("Elm Cottage"));
}

#[tokio::test]
async fn whoever_may_only_look_is_offered_nothing_to_write() {
    let house = House::new(Role::FinanceOfficer).await;
    let (status, list) = house.read("/homes").await;
    assert!(status == StatusCode::OK && !list.contains("Add a home"));
    let (_, home) = house.read(address(&list, "Elm House")).await;
    assert!(!home.contains("Correct") && !home.contains("/add/"));
    assert_eq!(house.read("/homes/new").await.0, StatusCode::FORBIDDEN);
    let closed = House::new(Role::LeadMember).await;
    assert_eq!(closed.read("/homes").await.0, StatusCode::FORBIDDEN);
}
