//! Tokens by which programs act for people: what they open, and everything that they do not. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use service::people::{self, NewToken};
use service::record::access::Role;
use signed_in::{Answer, Person, Site, site};
use web::{Gate, Opened};

const SOME: [Role; 3] = [Role::Administrator, Role::Analyst, Role::QualityOfficer];

/// What a page that shows a token once shows.
fn secret(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// A token of somebody, made on their own page.
async fn made(site: &Site, who: &Person, name: &str) -> String {
    let form = format!("name={name}&role={}&days=30", who.role);
    secret(&site.send(Some(who), &Method::POST, "/account/tokens", &form).await)
}

/// A request of a program that brings this.
async fn by(site: &Site, token: &str, method: &Method, path: &str, body: &str) -> Answer {
    site.raw(None, method, path, &[("authorization", &format!("Bearer {token}"))], body).await
}

async fn reads(site: &Site, token: &str) -> StatusCode {
    by(site, token, &Method::GET, "/api/v1/homes", "").await.status
}

#[tokio::test]
async fn a_token_is_shown_once_acts_as_its_person_and_stands_in_the_log() {
    let site = site(&SOME, Opened::here).await;
    let who = site.person(Role::QualityOfficer);
    let token = made(&site, who, "Nightly").await;
    let page = site.send(Some(who), &Method::GET, "/account/tokens", "").await;
    assert!(page.body.contains("Nightly") && page.body.contains("Never") && !page.body.contains(&token), "kept as a hash");
    assert_eq!(reads(&site, &token).await, StatusCode::OK);
    // What is sent carries neither cookie nor form token.
    let form = "name=Elm+Care&legal_name=&sector=private&status=approved";
    let added = by(&site, &token, &Method::POST, "/api/v1/providers", form).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let provider = by(&site, &token, &Method::GET, &added.location, "").await;
    let body: serde_json::Value = serde_json::from_str(&provider.body).unwrap();
    assert_eq!(body["log"][0]["who"], "Invented quality assurance officer");
    assert_eq!(body["log"][0]["reason"], "by token Nightly");
    assert!(added.cookie.is_empty() && provider.cookie.is_empty());
    let machine = service::record::access::Actor::machine("test");
    assert!(service::record::verify(&site.record, &machine, site.authority.id).await.unwrap().holds);
}

#[tokio::test]
async fn a_token_opens_no_page_and_nothing_that_its_roles_do_not() {
    let site = site(&SOME, Opened::here).await;
    let token = made(&site, site.person(Role::Analyst), "Figures").await;
    for &(path, gate) in web::doors().table() {
        let (Gate::To(_) | Gate::Begun(_)) = gate else { continue };
        if path.starts_with("/api/") || path.contains('{') {
            continue;
        }
        let answer = by(&site, &token, &Method::GET, path, "").await;
        let shut = answer.location.starts_with("/sign-in") || answer.status == StatusCode::METHOD_NOT_ALLOWED;
        assert!(shut, "{path}: {}", answer.status);
    }
    assert_eq!(by(&site, &token, &Method::GET, "/api/v1/work", "").await.status, StatusCode::OK);
    let refused = by(&site, &token, &Method::POST, "/api/v1/providers", "name=Elm").await;
    assert_eq!((refused.status, refused.header("content-type")), (StatusCode::FORBIDDEN, "application/problem+json"));
    // A cookie beside a wrong token counts for nothing.
    let who = site.person(Role::QualityOfficer);
    let both = site.raw(Some(who), &Method::GET, "/api/v1/homes", &[("authorization", "Bearer nothing")], "").await;
    assert_eq!(both.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_of_some_roles_has_those_alone_and_none_that_its_person_has_not() {
    let site = site(&SOME, Opened::here).await;
    let who = site.person(Role::Analyst);
    for form in ["name=x&role=quality-officer&days=30", "name=x&days=30", "name=&role=analyst&days=30", "name=x&role=analyst&days=367"] {
        let answer = site.send(Some(who), &Method::POST, "/account/tokens", form).await;
        assert!(
            answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("There is a problem"),
            "{form}: {}",
            answer.status
        );
    }
    made(&site, who, "Same").await;
    let twice = site.send(Some(who), &Method::POST, "/account/tokens", "name=Same&role=analyst&days=30").await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("token of this name"));
}

#[tokio::test]
async fn what_has_ended_opens_nothing_whoever_ended_it() {
    let site = site(&SOME, Opened::here).await;
    let (admin, who) = (site.person(Role::Administrator), site.person(Role::QualityOfficer));
    let of = format!("/people/{}/tokens", who.id);
    let by_admin = site.send(Some(admin), &Method::POST, &of, "name=Made+for+them&role=quality-officer&days=1").await;
    let (theirs, own) = (secret(&by_admin), made(&site, who, "Own").await);
    let page = site.send(Some(who), &Method::GET, "/account/tokens", "").await.body;
    let ends: Vec<&str> = page.split("action=\"").map(|rest| rest.split('"').next().unwrap()).filter(|at| at.ends_with("/end")).collect();
    assert_eq!(ends.len(), 2);
    // Nobody ends what is another's.
    let stranger = site.send(Some(site.person(Role::Analyst)), &Method::POST, ends[0], "").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert_eq!([reads(&site, &own).await, reads(&site, &theirs).await], [StatusCode::OK; 2]);
    assert_eq!(site.send(Some(who), &Method::POST, ends[0], "").await.status, StatusCode::SEE_OTHER);
    let after = BTreeSet::from([reads(&site, &own).await, reads(&site, &theirs).await]);
    assert_eq!(after, BTreeSet::from([StatusCode::OK, StatusCode::UNAUTHORIZED]));
    // Whoever is stopped has no tokens any more, and none when they are let in again.
    let stop = format!("/people/{}/stop", who.id);
    assert_eq!(site.send(Some(admin), &Method::POST, &stop, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!([reads(&site, &own).await, reads(&site, &theirs).await], [StatusCode::UNAUTHORIZED; 2]);
    site.send(Some(admin), &Method::POST, &format!("/people/{}/let-in-again", who.id), "").await;
    assert_eq!([reads(&site, &own).await, reads(&site, &theirs).await], [StatusCode::UNAUTHORIZED; 2]);
}

#[tokio::test]
async fn a_token_of_one_authority_opens_nothing_of_another() {
    let site = site(&SOME, Opened::here).await;
    let other = site.elsewhere().await;
    let token = made(&site, site.person(Role::QualityOfficer), "Here").await;
    assert_eq!(by(&other, &token, &Method::GET, "/api/v1/homes", "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(reads(&site, &token).await, StatusCode::OK);
}

#[tokio::test]
async fn wrong_tokens_slow_down_and_right_ones_work_on() {
    let site = site(&SOME, Opened::here).await;
    let token = made(&site, site.person(Role::QualityOfficer), "Right").await;
    let mut answers = Vec::new();
    for _ in 0..12 {
        answers.push(by(&site, &"ab".repeat(32), &Method::GET, "/api/v1/homes", "").await);
    }
    assert!(answers[..5].iter().all(|answer| answer.status == StatusCode::UNAUTHORIZED));
    let last = answers.iter().find(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).unwrap();
    assert_eq!(last.header("content-type"), "application/problem+json");
    assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
    assert_eq!(reads(&site, &token).await, StatusCode::OK);
}

#[tokio::test]
async fn a_program_makes_no_tokens() {
    let site = site(&SOME, Opened::here).await;
    let token = made(&site, site.person(Role::Administrator), "Admin").await;
    let posted = by(&site, &token, &Method::POST, "/account/tokens", "name=More&role=administrator&days=30").await;
    assert!(posted.location.starts_with("/sign-in"), "{}", posted.status);
    let person = site.person(Role::Administrator);
    let actor = service::record::access::Actor { token: Some("Admin".to_owned()), ..person.actor.clone() };
    let new = NewToken { name: "More", roles: BTreeSet::from([Role::Administrator]), days: 1 };
    let more = people::make_token(&site.record, &actor, &site.authority, person.id.parse().unwrap(), &new).await;
    assert!(matches!(more, Err(service::Error::Denied(_))));
}
