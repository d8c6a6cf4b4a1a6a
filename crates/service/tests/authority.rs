//! Choosing for which authority one works, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use std::collections::BTreeSet;

use domain::Id;
use domain::access::{Action, On, Role, permit};
use recorded::{owner, records};
use service::Error;
use service::people::{self, Attempt, NewUser, Outcome, Token};
use service::record::{self, Authority, Record};

const PASSWORD: &str = "three random words";

async fn part(record: &Record, authority: &Authority, name: &str, role: Role) {
    let new = NewUser { name, email: &format!("{name}@example.gov.uk"), roles: BTreeSet::from([role]), password: Some(PASSWORD) };
    people::add(record, &owner(), authority, &new).await.unwrap();
}

async fn token(record: &Record, site: &Authority, name: &str) -> Token {
    let email = format!("{name}@example.gov.uk");
    let attempt = Attempt { email: &email, password: PASSWORD, from: "192.0.2.1" };
    let Outcome::Open(token) = people::sign_in(record, site, attempt).await.unwrap() else { panic!("{name} cannot sign in") };
    token
}

/// How many entries the log of an authority has.
async fn entries(record: &Record, authority: &Authority) -> u64 {
    let head = record::verify(record, &owner(), authority.id).await.unwrap().head.unwrap();
    head.split(':').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn one_works_for_one_authority_and_then_for_the_other() {
    for (_folder, record, here) in records().await {
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        part(&record, &here, "ada", Role::PlacementOfficer).await;
        part(&record, &there, "ada", Role::Analyst).await;
        let first = token(&record, &here, "ada").await;
        let ada = people::signed(&record, &here, first).await.unwrap().unwrap();
        assert_eq!(ada.session.authority, here);
        assert_eq!(ada.parts, [there.clone(), here.clone()], "by name");
        let second = people::choose(&record, &ada, there.id).await.unwrap();
        assert!(people::signed(&record, &here, first).await.unwrap().is_none(), "the token before opens nothing");
        let ada = people::signed(&record, &here, second).await.unwrap().unwrap();
        assert_eq!(ada.session.authority, there);
        // As what she is there, and nothing of what she is here.
        assert!(permit(&ada.actor, Action::AnalysisRead, On::authority(there.id)).is_ok());
        for authority in [&here, &there] {
            assert!(permit(&ada.actor, Action::ChildList, On::authority(authority.id)).is_err(), "{}", authority.name);
        }
        let third = people::choose(&record, &ada, here.id).await.unwrap();
        let ada = people::signed(&record, &here, third).await.unwrap().unwrap();
        assert!(ada.session.authority == here && permit(&ada.actor, Action::ChildList, On::authority(here.id)).is_ok());
        // A site is for those alone who have a part at its authority, whatever they chose.
        let third_site = record::open(&record, &owner(), "Nowhere", "Nowhere").await.unwrap();
        assert!(people::signed(&record, &third_site, third).await.unwrap().is_none());
        for authority in [&here, &there] {
            assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
        }
    }
}

#[tokio::test]
async fn an_authority_in_which_one_has_no_part_is_refused_and_logged() {
    for (_folder, record, here) in records().await {
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        part(&record, &here, "ada", Role::PlacementOfficer).await;
        part(&record, &there, "grace", Role::Analyst).await;
        let opened = token(&record, &here, "ada").await;
        let ada = people::signed(&record, &here, opened).await.unwrap().unwrap();
        assert_eq!(ada.parts, std::slice::from_ref(&here), "nothing to choose from");
        let before = entries(&record, &here).await;
        for authority in [there.id, Id::from_uuid(uuid::Uuid::from_u128(7))] {
            assert!(matches!(people::choose(&record, &ada, authority).await, Err(Error::Denied(_))));
        }
        assert_eq!(entries(&record, &here).await, before + 2, "both are in the log");
        let still = people::signed(&record, &here, opened).await.unwrap().unwrap();
        assert_eq!(still.session.authority, here);
    }
}
