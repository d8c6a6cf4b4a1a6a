//! Children and people of a story, for tests that need some. Everybody here is made up.

use std::collections::BTreeSet;

use domain::access::{Actor, Grant, Role, Who};
use domain::child::Child;
use domain::history::Uasc;
use domain::period::{self, PeriodOfCare};
use domain::person::Person;
use domain::placement::Placement;
use domain::{Code, Day, Id};
use service::people::{self, NewUser};
use service::record::{Authority, Record, case};

/// Days from 1 March 2026, a Sunday.
pub(crate) fn day(n: i32) -> Day {
    Day::from_ymd(2026, 3, 1).unwrap().plus(n)
}

/// A child in care since a day, in a foster home.
pub(crate) async fn child(record: &Record, authority: &Authority, (reference, born, since): (&str, Day, Day)) -> Id<Child> {
    let owner = Actor::machine("test");
    let id = record.id();
    let child = Child {
        id,
        authority: authority.id,
        reference: reference.to_owned(),
        born,
        sex: Code::of("F"),
        ethnicity: Code::of("WBRI"),
        asylum: Uasc::Never,
        restricted: false,
    };
    case::register(record, &owner, &child).await.unwrap();
    let period = PeriodOfCare { id: record.id(), child: id, kind: period::Kind::Care, start: since, end: None, ceased: Code::BLANK };
    case::add(record, &owner, authority.id, id, &period).await.unwrap();
    let placement = Placement {
        id: record.id(),
        child: id,
        start: since,
        end: None,
        kind: Code::of("U6"),
        provider: Code::of("PR1"),
        urn: Code::BLANK,
        postcode: None,
        ended: Code::BLANK,
    };
    case::add(record, &owner, authority.id, id, &placement).await.unwrap();
    id
}

/// Somebody who is in the record, with a role.
pub(crate) async fn person(record: &Record, authority: &Authority, name: &str, role: Role) -> (Id<Person>, Actor) {
    let new = NewUser {
        name,
        email: &format!("{}@example.gov.uk", name.to_lowercase()),
        roles: BTreeSet::from([role]),
        password: Some("three random words"),
    };
    let person = people::add(record, &Actor::machine("test"), authority, &new).await.unwrap();
    (person.id, Actor { who: Who::Person(person.id), grants: [Grant { authority: authority.id, role }].into(), ..Actor::nobody() })
}

/// That something was refused, with these words in the sentence.
pub(crate) fn is_refused<T: std::fmt::Debug>(done: Result<T, service::Error>, words: &str) {
    match done {
        Err(service::Error::Unusable(said)) => assert!(said.contains(words), "{said}"),
        other => panic!("{words}: {other:?}"),
    }
}
