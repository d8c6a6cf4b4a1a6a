//! The search, the choice of an authority and the privacy notice, over HTTP. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use service::people::{self, NewUser};
use service::record::access::{Actor, Role};
use service::record::{self, News};
use signed_in::{Person, Site, site};
use web::Opened;

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed
9000001,Elm House,Children's home,Private,Elm Care,892,NG1 5DT,4,8,17,Good,2026-01-05,2020-01-01,
";

async fn furnished(roles: &[Role]) -> Site {
    let site = site(roles, Opened::here).await;
    let owner = Actor::machine("test");
    record::take_register(&site.record, &owner, site.authority.id, ("homes.csv", HOMES.as_bytes()), News::Add).await.unwrap();
    site
}

#[tokio::test]
async fn what_is_typed_is_sent_and_found_and_stands_in_no_address() {
    let site = furnished(&[Role::PlacementOfficer, Role::LeadMember, Role::Administrator]).await;
    let officer = Some(site.person(Role::PlacementOfficer));
    let page = site.send(officer, &Method::GET, "/work", "").await;
    assert!(page.body.contains("aria-label=\"Search the record\" action=\"/search\" method=\"post\""), "{}", page.body);
    let found = site.send(officer, &Method::POST, "/search", "q=elm+huose").await;
    assert_eq!(found.status, StatusCode::OK);
    for words in [
        "Search: 1 found",
        ">Elm House</a>",
        "found nearly, by name",
        "9000001",
        "Not searched",
        "People who may sign in",
        "value=\"elm huose\"",
    ] {
        assert!(found.body.contains(words), "{words}: {}", found.body);
    }
    // A link asks the same, and so does a program.
    assert!(site.send(officer, &Method::GET, "/search?q=NG15DT", "").await.body.contains("found by postcode"));
    let json = site.send(officer, &Method::GET, "/api/v1/search?q=9000001&in=homes", "").await;
    assert!(json.body.contains("\"by\":\"urn\",\"likeness\":\"same\"") && json.body.contains("\"found\":1"), "{}", json.body);
    assert_eq!(site.send(officer, &Method::GET, "/api/v1/search?q=9000001&in=cupboards", "").await.status, StatusCode::NOT_FOUND);
    // Whoever may read no register is offered no box, and told so if they come by themselves.
    let member = Some(site.person(Role::LeadMember));
    assert!(!site.send(member, &Method::GET, "/work", "").await.body.contains("pw-seek"));
    let nothing = site.send(member, &Method::GET, "/search?q=elm", "").await;
    assert!(nothing.body.contains("Search: 0 found") && nothing.body.contains("Children; Homes") && !nothing.body.contains("Elm House"));
    let people = site.send(Some(site.person(Role::Administrator)), &Method::POST, "/search", "q=lead+member").await;
    assert!(people.body.contains("href=\"/people/") && !people.body.contains("Elm"), "{}", people.body);
}

#[tokio::test]
async fn what_cannot_be_looked_for_comes_back_with_words() {
    let site = furnished(&[Role::PlacementOfficer]).await;
    let officer = Some(site.person(Role::PlacementOfficer));
    let long = format!("q={}", "a".repeat(1000));
    for (typed, words) in
        [("q=+", "Type what you look for"), ("", "Type what you look for"), ("q=%3Cb%3E", "at least two"), (&long, "no more than 100")]
    {
        let answer = site.send(officer, &Method::POST, "/search", typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(
            answer.body.contains(words) && answer.body.contains("href=\"#q\"") && !answer.body.contains("<b>\""),
            "{words}: {}",
            answer.body
        );
    }
    let kept = site.send(officer, &Method::POST, "/search", "q=%3Cscript%3E1").await;
    assert!(kept.status == StatusCode::OK && kept.body.contains("value=\"&lt;script&gt;1\"") && !kept.body.contains("<script>1"));
    assert_eq!(site.send(officer, &Method::GET, "/search", "").await.status, StatusCode::OK);
    let refused = site.send(officer, &Method::GET, "/api/v1/search?q=a", "").await;
    assert!(refused.status == StatusCode::BAD_REQUEST && refused.body.contains("at least two letters"), "{}", refused.body);
}

#[tokio::test]
async fn a_name_is_sent_as_a_form_and_for_a_purpose() {
    let site = furnished(&[Role::PlacementOfficer, Role::Director, Role::Analyst]).await;
    let officer = Some(site.person(Role::PlacementOfficer));
    let page = site.send(officer, &Method::GET, "/search/names?name=Zoe", "").await;
    assert!(page.status == StatusCode::OK && !page.body.contains("Zoe"), "an address asks for no name");
    let nobody = site.send(officer, &Method::POST, "/search/names", "name=Zoe").await;
    assert!(nobody.body.contains("is called so, or nearly so") && nobody.body.contains("value=\"Zoe\""));
    let empty = site.send(officer, &Method::POST, "/search/names", "name=").await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("href=\"#name\""));
    let director = Some(site.person(Role::Director));
    let unsaid = site.send(director, &Method::POST, "/search/names", "name=Zoe").await;
    assert!(
        unsaid.status == StatusCode::UNPROCESSABLE_ENTITY
            && unsaid.body.contains("href=\"#purpose\"")
            && unsaid.body.contains("value=\"Zoe\"")
    );
    assert_eq!(site.send(director, &Method::POST, "/search/names", "name=Zoe&purpose=complaint").await.status, StatusCode::OK);
    assert_eq!(site.send(Some(site.person(Role::Analyst)), &Method::POST, "/search/names", "name=Zoe").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn somebody_with_two_authorities_sees_the_one_and_then_the_other() {
    let site = furnished(&[Role::PlacementOfficer, Role::Analyst]).await;
    let other = site.elsewhere().await;
    let officer = site.person(Role::PlacementOfficer);
    // With one part there is nothing to choose.
    assert!(!site.send(Some(officer), &Method::GET, "/work", "").await.body.contains("/authority"));
    assert_eq!(site.send(Some(officer), &Method::GET, "/authority", "").await.status, StatusCode::NOT_FOUND);
    let stolen = site.send(Some(officer), &Method::POST, "/authority", &format!("authority={}", other.authority.id)).await;
    assert_eq!((stolen.status, stolen.cookie.as_str()), (StatusCode::FORBIDDEN, ""));

    let email = format!("{}@example.gov.uk", Role::PlacementOfficer);
    let roles = BTreeSet::from([Role::PlacementOfficer]);
    let new = NewUser { name: "Invented placement officer", email: &email, roles, password: None };
    people::add(&site.record, &Actor::machine("test"), &other.authority, &new).await.unwrap();
    let here = site.send(Some(officer), &Method::GET, "/homes", "").await;
    assert!(here.body.contains("<b>Exampleshire</b>") && here.body.contains("href=\"/authority\"") && here.body.contains("Elm House"));
    let choice = site.send(Some(officer), &Method::GET, "/authority", "").await;
    assert!(choice.body.contains("Elsewhere") && choice.body.contains("You work for Exampleshire now"), "{}", choice.body);
    assert_eq!(site.send(Some(officer), &Method::POST, "/authority", "authority=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let chosen = site.send(Some(officer), &Method::POST, "/authority", &format!("authority={}", other.authority.id)).await;
    assert_eq!((chosen.status, chosen.location.as_str()), (StatusCode::SEE_OTHER, "/work"));
    assert!(site.send(Some(officer), &Method::GET, "/homes", "").await.location.starts_with("/sign-in"), "the token before is over");
    let cookie = chosen.cookie.split(';').next().unwrap().to_owned();
    let there = Person { cookie, id: officer.id.clone(), actor: officer.actor.clone(), token: String::new(), ..*officer };
    let homes = site.send(Some(&there), &Method::GET, "/homes", "").await;
    assert!(
        homes.status == StatusCode::OK && homes.body.contains("<b>Elsewhere</b>") && !homes.body.contains("Elm House"),
        "{}",
        homes.body
    );
    // What is read by an identity in the address, too: the home of the one is none of the other.
    let id = here.body.split("href=\"/homes/").find(|rest| rest.starts_with("01")).unwrap()[..36].to_owned();
    assert_eq!(site.send(Some(&there), &Method::GET, &format!("/homes/{id}"), "").await.status, StatusCode::NOT_FOUND);
    // Every page is of the authority that was chosen, what goes wrong too.
    for path in ["/", "/returns", "/children", "/account", "/search?q=elm", "/nowhere"] {
        let page = site.send(Some(&there), &Method::GET, path, "").await;
        assert!(page.body.contains("<b>Elsewhere</b>") && !page.body.contains("Exampleshire"), "{path}: {}", page.status);
    }
    assert!(site.send(Some(&there), &Method::GET, "/nowhere", "").await.status == StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn everybody_can_read_what_is_kept_and_whom_to_ask() {
    let contact = |record, authority| {
        Opened::here(record, authority).answering_for_data("the data protection officer, dpo@example.gov.uk".to_owned())
    };
    let site = site(&[Role::LeadMember], contact).await;
    let notice = site.send(None, &Method::GET, "/privacy", "").await;
    assert_eq!(notice.status, StatusCode::OK);
    for words in ["Exampleshire decides", "75 years after birth", "article 6(1)(c)", "To see what is kept about you", "dpo@example.gov.uk"]
    {
        assert!(notice.body.contains(words), "{words}");
    }
    assert!(site.send(None, &Method::GET, "/sign-in", "").await.body.contains("href=\"/privacy\""));
}
