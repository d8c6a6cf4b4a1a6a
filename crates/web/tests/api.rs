//! The API of the registers, as a program of somebody who is signed in asks it. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::fmt::Write as _;

use axum::http::{Method, StatusCode};
use serde_json::Value;
use service::record::access::{Actor, Role};
use service::record::{self, News};
use signed_in::{Person, Site, site};
use web::Opened;

const ROLES: [Role; 3] = [Role::Administrator, Role::PlacementOfficer, Role::ContractOfficer];

/// A site with a register of as many homes, one of them an agency.
async fn with_homes(homes: usize) -> Site {
    let site = site(&ROLES, Opened::here).await;
    let mut register =
        "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed\n".to_owned();
    for number in 1..homes {
        let _ = writeln!(
            register,
            "{},Elm {number:03},Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,",
            9_000_000 + number
        );
    }
    register += "9900000,Ash Carers,Independent fostering agency,Voluntary,Ash Trust,892,,,,,Not yet inspected,,2019-01-01,\n";
    let taken =
        record::take_register(&site.record, &Actor::machine("test"), site.authority.id, ("homes.csv", register.as_bytes()), News::Add)
            .await;
    assert!(taken.unwrap().applied);
    site
}

async fn read(site: &Site, who: &Person, path: &str) -> Value {
    let answer = site.send(Some(who), &Method::GET, path, "").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"), "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// Every row of a list, following `next`.
async fn all(site: &Site, who: &Person, path: &str, rows: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = read(site, who, &path).await;
        assert!(page["on"].is_string(), "{path} says of which day it is");
        found.extend(page[rows].as_array().unwrap().iter().cloned());
        assert!(page["total"].as_u64().unwrap() >= found.len() as u64);
        next = page["next"].as_str().map(str::to_owned);
    }
    found
}

#[tokio::test]
async fn lists_have_the_filters_of_their_pages_and_lead_from_page_to_page() {
    let site = with_homes(130).await;
    let who = site.person(Role::PlacementOfficer);
    let homes = all(&site, who, "/api/v1/homes?sort=places", "homes").await;
    assert_eq!(homes.len(), 130, "no home twice and none left out");
    let named: std::collections::BTreeSet<&str> = homes.iter().map(|home| home["name"].as_str().unwrap()).collect();
    assert_eq!(named.len(), 130);
    let agencies = all(&site, who, "/api/v1/homes?search=ash", "homes").await;
    assert_eq!((agencies.len(), &agencies[0]["registered"]), (1, &Value::Null), "what has no places has no nought of them");
    let providers = all(&site, who, "/api/v1/providers?sector=voluntary", "providers").await;
    assert_eq!((providers.len(), providers[0]["name"].as_str()), (1, Some("Ash Trust")));
    for (path, rows) in
        [("/api/v1/foster-homes", "foster_homes"), ("/api/v1/alerts?which=all&sort=since", "alerts"), ("/api/v1/cases", "cases")]
    {
        assert!(all(&site, who, path, rows).await.is_empty(), "{path}");
    }
    for path in ["/api/v1/homes?kind=castle", "/api/v1/homes?after=nothing", "/api/v1/alerts?which=some", "/api/v1/offices?hour=24"] {
        let answer = site.send(Some(who), &Method::GET, path, "").await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::BAD_REQUEST, "application/problem+json"), "{path}");
    }
}

#[tokio::test]
async fn one_thing_is_read_with_its_versions_and_its_nights() {
    let site = with_homes(2).await;
    let who = site.person(Role::PlacementOfficer);
    let listed = all(&site, who, "/api/v1/homes?search=elm", "homes").await;
    let at = format!("/api/v1/homes/{}", listed[0]["id"].as_str().unwrap());
    let home = read(&site, who, &at).await;
    assert_eq!((home["version"].as_i64(), home["terms"][0]["places"].as_u64()), (Some(1), Some(4)));
    assert!(home["terms"][0]["id"].is_string() && home["as_known"].is_null());
    let history = read(&site, who, &format!("{at}/history")).await;
    assert_eq!(history["versions"].as_array().unwrap().len(), 1);
    let beds = read(&site, who, &format!("{at}/beds?from=2026-12-01&to=2026-12-04")).await;
    assert_eq!((beds["nights"].as_array().unwrap().len(), beds["nights"][0]["available"].as_u64()), (3, Some(4)));
    let backwards = site.send(Some(who), &Method::GET, &format!("{at}/beds?from=2026-12-04&to=2026-12-01"), "").await;
    assert_eq!(backwards.status, StatusCode::BAD_REQUEST);
    let provider = read(&site, who, &format!("/api/v1/providers/{}", home["provider_id"].as_str().unwrap())).await;
    assert_eq!(provider["homes"][0]["urn"].as_str(), Some("9000001"));
    assert!(provider["missing"].as_array().unwrap().len() > 1, "nobody holds a paper of theirs");
    let admin = site.person(Role::Administrator);
    let nominations = read(&site, admin, "/api/v1/nominations").await;
    assert!(nominations["nominations"].as_array().unwrap().is_empty());
    assert_eq!(read(&site, admin, "/api/v1/offices?on=2026-11-22&hour=18").await["offices"].as_array().unwrap().len(), 3);
    assert!(read(&site, who, "/api/v1/documents?months=6").await["until"].is_string());
}
