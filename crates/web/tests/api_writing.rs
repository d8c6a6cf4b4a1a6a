//! Writing by API: the same forms and use cases as the pages', told in JSON. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use domain::child::Child;
use domain::history::Uasc;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::{Code, Day};
use serde_json::{Value, json};
use service::record::access::{Actor, Role};
use service::record::{self, News, case};
use signed_in::{Site, site};
use web::Opened;

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,
";

/// A site with one home and one child, who has been in care since 3 March 2024 in a foster home; gives the child's identity.
async fn furnished() -> (Site, String) {
    let site = site(&[Role::PlacementOfficer, Role::QualityOfficer, Role::Analyst], Opened::here).await;
    let (record, authority, owner) = (&site.record, site.authority.id, Actor::machine("test"));
    let taken = record::take_register(record, &owner, authority, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
    assert!(taken.applied);
    let (id, start) = (record.id(), Day::from_ymd(2024, 3, 3).unwrap());
    let child = Child {
        id,
        authority,
        reference: "104532".to_owned(),
        born: Day::from_ymd(2012, 6, 5).unwrap(),
        sex: Code::of("F"),
        ethnicity: Code::of("WBRI"),
        asylum: Uasc::Never,
        restricted: false,
    };
    case::register(record, &owner, &child).await.unwrap();
    let period = PeriodOfCare { id: record.id(), child: id, kind: period::Kind::Care, start, end: None, ceased: Code::BLANK };
    case::add(record, &owner, authority, id, &period).await.unwrap();
    let placement = Placement {
        id: record.id(),
        child: id,
        start,
        end: None,
        kind: Code::of("U6"),
        provider: Code::of("PR1"),
        urn: Code::BLANK,
        postcode: None,
        ended: Code::BLANK,
    };
    case::add(record, &owner, authority, id, &placement).await.unwrap();
    (site, id.to_string())
}

async fn send(site: &Site, role: Role, path: &str, body: &Value) -> (StatusCode, Value) {
    let who = site.person(role);
    let headers = [("content-type", "application/json"), ("form-token", who.token.as_str())];
    let answer = site.raw(Some(who), &Method::POST, path, &headers, &body.to_string()).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

async fn read(site: &Site, role: Role, path: &str) -> Value {
    let answer = site.send(Some(site.person(role)), &Method::GET, path, "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn a_home_is_registered_and_everything_wrong_is_said_at_once() {
    let (site, _) = furnished().await;
    let (status, told) = send(&site, Role::QualityOfficer, "/api/v1/homes", &json!({ "urn": "12" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<&str> = told["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    for field in ["name", "provider", "kind", "registration", "takes"] {
        assert!(fields.contains(&field), "{field}: {told}");
    }
    let provider = read(&site, Role::QualityOfficer, "/api/v1/providers").await["providers"][0]["id"].clone();
    let home = json!({
        "name": "Ash House", "provider": provider, "kind": "childrens-home", "urn": "9000009", "registration": "held", "opened": "2021-02-03",
        "places": 3, "youngest": 8, "oldest": 17, "takes": "anybody", "postcode": null,
    });
    let (status, told) = send(&site, Role::QualityOfficer, "/api/v1/homes", &home).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    let made = read(&site, Role::QualityOfficer, told["see"].as_str().unwrap()).await;
    assert_eq!((made["opened"].as_str(), made["terms"][0]["places"].as_u64()), (Some("2021-02-03"), Some(3)));
    let (status, told) = send(&site, Role::QualityOfficer, "/api/v1/homes", &home).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the number is taken: {told}");
    assert_eq!(send(&site, Role::Analyst, "/api/v1/homes", &home).await.0, StatusCode::FORBIDDEN);
    assert_eq!(send(&site, Role::QualityOfficer, "/api/v1/homes", &json!([1])).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn beds_are_blocked_corrected_and_given_back_at_the_version_that_was_read() {
    let (site, _) = furnished().await;
    let role = Role::QualityOfficer;
    let home = read(&site, role, "/api/v1/homes").await["homes"][0]["id"].as_str().unwrap().to_owned();
    let at = format!("/api/v1/homes/{home}");
    let blocked = json!({ "beds": 1, "why": "staffing", "from": "2026-12-01", "to": "2026-12-03" });
    let (status, told) = send(&site, role, &format!("{at}/add/beds"), &blocked).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    let event = read(&site, role, &at).await["events"][0].clone();
    let nights = read(&site, role, &format!("{at}/beds?from=2026-12-01&to=2026-12-04")).await;
    let available: Vec<u64> = nights["nights"].as_array().unwrap().iter().map(|night| night["available"].as_u64().unwrap()).collect();
    assert_eq!(available, [3, 3, 4]);
    let entry = format!("/api/v1/homes/entries/beds/{}", event["id"].as_str().unwrap());
    let two = json!({ "beds": 2, "why": "staffing", "from": "2026-12-01", "version": event["version"], "reason": "two on leave" });
    let (status, told) = send(&site, role, &format!("{entry}/withdraw"), &json!({ "version": 7, "reason": "typed twice" })).await;
    assert_eq!(status, StatusCode::CONFLICT, "{told}");
    let (status, told) = send(&site, role, &format!("{entry}/correct"), &two).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(read(&site, role, &at).await["log"][0]["reason"], "two on leave", "not why the beds cannot be used");
    let (status, told) = send(&site, role, &format!("{entry}/correct"), &two).await;
    assert_eq!(status, StatusCode::CONFLICT, "{told}");
    let (status, told) = send(&site, role, &format!("{entry}/withdraw"), &json!({ "version": 2, "reason": "never was" })).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert!(read(&site, role, &at).await["events"].as_array().unwrap().is_empty());
    let stop = json!({ "kind": "no-admissions", "from": "2026-12-01" });
    let (status, told) = send(&site, role, &format!("{at}/add/restriction"), &stop).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
}

#[tokio::test]
async fn a_child_is_placed_and_a_fact_of_the_case_corrected() {
    let (site, child) = furnished().await;
    let role = Role::PlacementOfficer;
    let home = read(&site, role, "/api/v1/homes").await["homes"][0]["id"].as_str().unwrap().to_owned();
    let case = format!("/api/v1/cases/{child}");
    let stay = read(&site, role, &case).await["placements"][0].clone();
    let correct = format!("{case}/placements/{}/correct", stay["id"].as_str().unwrap());
    let body = json!({ "start": "2024-03-03", "kind": "U6", "provider": "PR1", "version": stay["version"], "reason": "the agency's own" });
    let wrong = json!({ "start": "2024-13-03", "kind": "castle", "version": stay["version"] });
    let (status, told) = send(&site, role, &correct, &wrong).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && told["errors"].as_array().unwrap().len() >= 2, "{status} {told}");
    let (status, told) = send(&site, role, &correct, &body).await;
    assert_eq!((status, told["see"].as_str()), (StatusCode::OK, Some(case.as_str())), "{told}");
    let (status, told) = send(&site, role, &correct, &body).await;
    assert_eq!((status, told["title"].as_str()), (StatusCode::CONFLICT, Some("This was changed meanwhile")), "{told}");

    let place = format!("/api/v1/homes/{home}/place");
    let plan = |done: &str| json!({ "child": "104532", "from": "2024-06-01", "kind": "K2", "sharing": "shared", "done": done });
    let (status, told) = send(&site, role, &place, &plan("look")).await;
    assert!(status == StatusCode::OK && told["said"].is_array() && told["refused"].is_array(), "{status} {told}");
    let (status, told) = send(&site, role, &place, &plan("happened")).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    let lives = read(&site, role, &case).await;
    assert_eq!(lives["placements"].as_array().unwrap().len(), 2, "{lives}");
    let (status, told) = send(&site, role, &place, &json!({ "child": "none such" })).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && told["errors"].as_array().unwrap().len() >= 2, "{status} {told}");
}
