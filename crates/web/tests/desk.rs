//! One's work, what one was told, and the ways in beside a password. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::site;
use web::{Opened, Post};

#[tokio::test]
async fn work_says_what_whose_by_when_and_what_next() {
    let site = site(&[Role::Administrator, Role::LeadMember], Opened::here).await;
    let admin = Some(site.person(Role::Administrator));
    let page = site.send(admin, &Method::GET, "/work", "").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["3 things overdue", "Nominated officer", "1 day late", "href=\"/offices\"", "nobody can decide"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let file = site.send(admin, &Method::GET, "/work.csv", "").await;
    assert!(file.body.starts_with("state,duty,whose,since,by,days_late,next,source\noverdue,"), "{}", file.body);
    let json = site.send(admin, &Method::GET, "/api/v1/work", "").await;
    assert_eq!(json.body.matches("\"duty\":\"office\"").count(), 3, "{}", json.body);
    let nothing = site.send(Some(site.person(Role::LeadMember)), &Method::GET, "/work", "").await;
    assert!(nothing.body.contains("Nothing waits for you today"));
}

#[tokio::test]
async fn how_one_is_told_by_mail_is_kept() {
    let site = site(&[Role::Administrator], Opened::here).await;
    let admin = Some(site.person(Role::Administrator));
    let chosen = |body: &str| body.contains("value=\"digest\" checked");
    assert!(!chosen(&site.send(admin, &Method::GET, "/notifications", "").await.body), "each time, unless they say otherwise");
    assert_eq!(site.send(admin, &Method::POST, "/notifications/mail", "mail=digest").await.location, "/notifications");
    assert!(chosen(&site.send(admin, &Method::GET, "/notifications", "").await.body));
    for (path, words) in [("/notifications/mail", "mail=never"), ("/notifications/read", "until=yesterday")] {
        assert_eq!(site.send(admin, &Method::POST, path, words).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn a_forgotten_password_gets_one_answer_for_every_address() {
    let without = site(&[Role::Analyst], Opened::here).await;
    let page = without.send(None, &Method::GET, "/sign-in/forgotten", "").await;
    assert!(page.body.contains("sends no mail. Ask an administrator"), "{}", page.body);
    assert_eq!(without.send(None, &Method::GET, "/sign-in/provider", "").await.status, StatusCode::NOT_FOUND, "there is no provider");
    let analyst = without.person(Role::Analyst);
    assert_eq!(without.send(Some(analyst), &Method::POST, "/account/sign-on", "").await.status, StatusCode::NOT_FOUND);
    let link = format!("/link/{}/sign-on", "0".repeat(64));
    assert_eq!(without.send(None, &Method::POST, &link, "").await.status, StatusCode::NOT_FOUND);

    let site = site(&[Role::Analyst], |record, authority| Opened::here(record, authority).mailing(Post::On)).await;
    let ask = async |email: &str| site.send(None, &Method::POST, "/sign-in/forgotten", &format!("email={email}")).await;
    let (known, unknown) = (ask("analyst%40example.gov.uk").await, ask("nobody%40example.gov.uk").await);
    assert_eq!((known.status, &known.body), (StatusCode::OK, &unknown.body));
    let wrong = ask("%22%3E%3Cscript%3E").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#email\"") && wrong.body.contains("&lt;script&gt;"), "{}", wrong.body);
}
