//! Somebody who works for a provider: what they see and tell, and that they reach nothing else, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL.
//! Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
#[expect(dead_code, reason = "each test file uses its part")]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{is_refused, person};
use domain::access::{Action, Actor, Role};
use domain::capacity::{CapacityEvent, Reason};
use domain::contract::member::Membership;
use domain::contract::price::PriceLine;
use domain::contract::{Kind as Vehicles, Regime, Vehicle};
use domain::document::{Document, Kind as Paper};
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use domain::{Code, Day, Id, Money};
use recorded::{owner, records};
use service::Error;
use service::duties::{self, About};
use service::people::{self, NewProviderUser, NewUser};
use service::record::{self, Authority, Record};

/// A provider with one home of four places, a paper of its own, and a price.
struct Own {
    provider: Id<Provider>,
    home: Id<Setting>,
    paper: Id<Document>,
}

async fn vehicle(record: &Record, here: &Authority) -> Id<Vehicle> {
    let vehicle = Vehicle {
        id: record.id(),
        reference: "FW-1".to_owned(),
        title: "Homes".to_owned(),
        kind: Vehicles::Framework,
        regime: Regime::Pa2023,
        lead: String::new(),
        callers: String::new(),
        from: record.today().plus(-300),
        to: None,
        run_off: None,
        notes: String::new(),
    };
    record::add(record, &owner(), here.id, &vehicle).await.unwrap();
    vehicle.id
}

fn price(record: &Record, vehicle: Id<Vehicle>, of: (Option<Id<Provider>>, Option<Id<Setting>>), pence: i64) -> PriceLine {
    PriceLine {
        id: record.id(),
        vehicle,
        lot: None,
        provider: of.0,
        setting: of.1,
        tier: String::new(),
        from: record.today().plus(-200),
        to: None,
        weekly: Some(Money::from_pence(pence)),
        core_hours: None,
        hourly: None,
        source: String::new(),
    }
}

fn paper(record: &Record, provider: Id<Provider>, to: Day) -> Document {
    let (setting, foster_home, kind, title) = (None, None, Paper::Insurance, "Policy 1".to_owned());
    Document { id: record.id(), provider, setting, foster_home, kind, title, from: record.today().plus(-300), to: Some(to) }
}

fn beds(record: &Record, setting: Id<Setting>, note: &str) -> CapacityEvent {
    CapacityEvent { id: record.id(), setting, from: record.today(), to: None, beds: 1, reason: Reason::Staffing, note: note.to_owned() }
}

async fn provider(record: &Record, here: &Authority, vehicle: Id<Vehicle>, name: &str, pence: i64) -> Own {
    let (legal_name, company) = (String::new(), Code::BLANK);
    let provider =
        Provider { id: record.id(), name: name.to_owned(), legal_name, company, sector: Sector::Private, status: Status::Approved };
    record::add(record, &owner(), here.id, &provider).await.unwrap();
    let home = Setting {
        id: record.id(),
        provider: provider.id,
        urn: Code::BLANK,
        kind: Kind::ChildrensHome,
        name: format!("{name} House"),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: None,
        closed: None,
        before: None,
    };
    let (from, conditions) = (record.today().plus(-400), String::new());
    let terms = Terms {
        id: record.id(),
        setting: home.id,
        from,
        places: Some(4),
        youngest: Some(8),
        oldest: Some(17),
        takes: Takes::Anybody,
        conditions,
    };
    record::add_home(record, &owner(), here.id, &home, &terms).await.unwrap();
    let document = paper(record, provider.id, record.today().plus(5));
    record::add(record, &owner(), here.id, &document).await.unwrap();
    let (lot, from, to, rank) = (None, record.today().plus(-300), None, None);
    let member = Membership { id: record.id(), vehicle, lot, provider: provider.id, from, to, rank };
    record::add(record, &owner(), here.id, &member).await.unwrap();
    record::add(record, &owner(), here.id, &price(record, vehicle, (Some(provider.id), None), pence)).await.unwrap();
    record::add(record, &owner(), here.id, &price(record, vehicle, (None, Some(home.id)), pence + 1)).await.unwrap();
    Own { provider: provider.id, home: home.id, paper: document.id }
}

struct Story {
    elm: Own,
    oak: Own,
    /// Works for Elm.
    emmy: Actor,
}

async fn joined(record: &Record, here: &Authority, name: &str, provider: Id<Provider>) -> Actor {
    let email = format!("{}@example.com", name.to_lowercase());
    let new = NewProviderUser { name, email: &email, provider, password: Some("three random words") };
    people::join_provider(record, &owner(), here, &new).await.unwrap();
    people::acting_as(record, &owner(), here, &email).await.unwrap()
}

async fn story(record: &Record, here: &Authority) -> Story {
    let vehicle = vehicle(record, here).await;
    let elm = provider(record, here, vehicle, "Elm", 400_000).await;
    let oak = provider(record, here, vehicle, "Oak", 500_000).await;
    record::add(record, &owner(), here.id, &price(record, vehicle, (None, None), 300_000)).await.unwrap();
    let emmy = joined(record, here, "Emmy", elm.provider).await;
    Story { elm, oak, emmy }
}

fn is_hidden<T: std::fmt::Debug>(done: &Result<T, Error>) {
    assert!(matches!(done, Err(Error::NotFound { .. })), "{done:?}");
}

fn is_denied<T: std::fmt::Debug>(done: &Result<T, Error>) {
    assert!(matches!(done, Err(Error::Denied(_))), "{done:?}");
}

#[tokio::test]
async fn they_see_their_own_provider_and_nothing_of_another_one() {
    for (_folder, record, here) in records().await {
        let Story { elm, oak, emmy } = story(&record, &here).await;
        let own = record::own_provider(&record, &emmy, here.id).await.unwrap();
        assert_eq!((own.provider.id, own.homes.len()), (elm.provider, 1));
        assert_eq!((own.homes[0].0.id, own.homes[0].1.beds.available), (elm.home, Some(4)));
        assert_eq!(own.documents.iter().map(|known| known.fact.id).collect::<Vec<_>>(), [elm.paper]);
        assert_eq!(own.missing, [Paper::Checks, Paper::Safeguarding, Paper::Accounts]);
        // Prices of theirs, of their home and of every member; none of another's home.
        let agreed = record::agreed(&record, &emmy, here.id).await.unwrap();
        let mut pence: Vec<i64> = agreed[0].prices.iter().map(|price| price.tonight.unwrap().pence()).collect();
        pence.sort_unstable();
        assert_eq!((agreed.len(), agreed[0].members.len(), pence), (1, 1, vec![300_000, 400_000, 400_001]));
        let nights = (record.today(), record.today().plus(7));
        let home = record::own_home(&record, &emmy, here.id, elm.home, nights).await.unwrap();
        assert_eq!((home.nights.len(), home.terms.unwrap().places), (7, Some(4)));
        is_hidden(&record::own_home(&record, &emmy, here.id, oak.home, nights).await);
        // Their work is their own papers.
        let work = duties::list(&record, &emmy, &here, record.today()).await.unwrap();
        assert_eq!(work.due.iter().map(|line| line.about).collect::<Vec<_>>(), [About::OwnPapers]);
        assert!(work.overdue.is_empty() && work.waiting.is_empty() && work.unknown.is_empty());
    }
}

/// The registers' own use cases, with the own provider's ids and another's: every one of them is closed.
#[tokio::test]
async fn what_the_authority_reads_is_closed_to_them() {
    for (_folder, record, here) in records().await {
        let Story { elm, oak, emmy } = story(&record, &here).await;
        let a = here.id;
        for of in [&elm, &oak] {
            is_denied(&record::provider(&record, &emmy, a, of.provider, None).await);
            is_denied(&record::setting(&record, &emmy, a, of.home, None).await);
            is_denied(&record::history(&record, &emmy, a, of.paper).await);
            is_denied(&record::held_beds(&record, &emmy, a, of.home).await);
            is_denied(&record::payees(&record, &emmy, a, of.provider).await);
            is_denied(&record::add(&record, &emmy, a, &paper(&record, of.provider, record.today().plus(400))).await);
            is_denied(&record::add(&record, &emmy, a, &beds(&record, of.home, "Two staff ill")).await);
            is_denied(&record::withdraw(&record, &emmy, a, of.paper, 1, "mine").await);
        }
        is_denied(&record::providers(&record, &emmy, a, &record::lists::ProviderFilter::default(), None, 10).await);
        is_denied(
            &record::settings(&record, &emmy, a, &record::lists::SettingFilter::default(), record::lists::Sort::Name, None, 10).await,
        );
        is_denied(&record::expiring_documents(&record, &emmy, a, record.today().plus(99)).await);
        is_denied(&record::contract_endings(&record, &emmy, a, record.today().plus(99)).await);
        is_denied(&record::alerts(&record, &emmy, a).await);
        is_denied(&record::children(&record, &emmy, a).await);
        is_denied(&record::names(&record, &emmy, a).await);
        is_denied(&record::told_by_providers(&record, &emmy, a).await);
        is_denied(&people::users(&record, &emmy, &here).await);
        is_denied(&people::conflicts(&record, &emmy, &here).await);
        is_denied(&people::nominations(&record, &emmy, &here).await);
        is_denied(&people::provider_users(&record, &emmy, &here).await);
        assert!(!record::may_search(&emmy, a), "no register is theirs to search");
        assert!(record::search(&record, &emmy, a, "Elm", None).await.unwrap().groups.is_empty());
        // And what is theirs is nobody else's.
        let (_, quinn) = person(&record, &here, "Quinn", Role::QualityOfficer).await;
        is_denied(&record::own_provider(&record, &quinn, a).await);
        is_denied(&record::agreed(&record, &owner(), a).await);
    }
}

#[tokio::test]
async fn what_they_tell_is_marked_and_in_the_log_under_their_name() {
    for (_folder, record, here) in records().await {
        let Story { elm, oak, emmy } = story(&record, &here).await;
        let tell = async |event: &CapacityEvent| record::tell(&record, &emmy, here.id, event).await;
        is_hidden(&tell(&beds(&record, oak.home, "Two staff ill")).await);
        is_refused(tell(&beds(&record, elm.home, " ")).await, "Say in the note why");
        let long_ago = CapacityEvent { from: record.today().plus(-29), ..beds(&record, elm.home, "Two staff ill") };
        is_refused(tell(&long_ago).await, "four weeks");
        let event = beds(&record, elm.home, "Two staff ill");
        tell(&event).await.unwrap();
        let theirs = paper(&record, elm.provider, record.today().plus(400));
        record::tell(&record, &emmy, here.id, &theirs).await.unwrap();
        is_hidden(&record::tell(&record, &emmy, here.id, &paper(&record, oak.provider, record.today().plus(400))).await);
        let about_another = Document { setting: Some(oak.home), ..paper(&record, elm.provider, record.today().plus(400)) };
        is_hidden(&record::tell(&record, &emmy, here.id, &about_another).await);
        // The authority counts with it, sees that the provider said so, and who.
        let (_, cleo) = person(&record, &here, "Cleo", Role::ContractOfficer).await;
        let page = record::setting(&record, &cleo, here.id, elm.home, None).await.unwrap();
        assert_eq!(page.tonight().beds.available, Some(3));
        let told = record::told_by_providers(&record, &cleo, here.id).await.unwrap();
        assert_eq!(told, [Id::from_uuid(event.id.uuid()), Id::from_uuid(theirs.id.uuid())].into());
        let entry = page.log.iter().find(|entry| entry.reason == "told by the provider").unwrap();
        assert_eq!((entry.who.as_str(), entry.action), ("Emmy", Action::OwnProviderTell));
        // A paper that follows ends the duty.
        assert!(duties::list(&record, &emmy, &here, record.today()).await.unwrap().due.is_empty());
        // What staff noted for themselves does not show.
        record::add(&record, &owner(), here.id, &beds(&record, elm.home, "We think little of them")).await.unwrap();
        let own = record::own_home(&record, &emmy, here.id, elm.home, (record.today(), record.today().plus(1))).await.unwrap();
        let mut notes: Vec<&str> = own.events.iter().map(|known| known.fact.note.as_str()).collect();
        notes.sort_unstable();
        assert_eq!(notes, ["", "Two staff ill"]);
        // They take back what they told, with a reason, and nothing else.
        let take_back = async |id, version, reason: &'static str| {
            record::take_back::<CapacityEvent>(&record, &emmy, here.id, id, version, reason).await
        };
        is_refused(take_back(event.id, 1, " ").await, "Say why");
        assert!(matches!(take_back(event.id, 2, "hired").await, Err(Error::Stale)));
        let staffs = own.events.iter().find(|known| known.fact.id != event.id).unwrap().fact.id;
        is_hidden(&take_back(staffs, 1, "untrue").await);
        take_back(event.id, 1, "hired").await.unwrap();
        is_hidden(&record::own_word(&record, &emmy, here.id, event.id).await);
        is_hidden(&record::take_back::<Document>(&record, &emmy, here.id, oak.paper, 1, "not ours").await);
        // What the authority has corrected since is the authority's word.
        let corrected = Document { title: "Policy 2".to_owned(), ..theirs.clone() };
        record::correct_entry(&record, &cleo_of(&record, &here).await, here.id, 1, &corrected, "seen").await.unwrap();
        is_refused(record::take_back::<Document>(&record, &emmy, here.id, theirs.id, 2, "wrong").await, "corrected it since");
    }
}

async fn cleo_of(record: &Record, here: &Authority) -> Actor {
    people::acting_as(record, &owner(), here, "cleo@example.gov.uk").await.unwrap()
}

#[tokio::test]
async fn contract_officers_and_administrators_invite_them_to_one_provider() {
    for (_folder, record, here) in records().await {
        let Story { elm, oak, emmy } = story(&record, &here).await;
        let (_, cleo) = person(&record, &here, "Cleo", Role::ContractOfficer).await;
        let (ada_id, ada) = person(&record, &here, "Ada", Role::Administrator).await;
        let (_, quinn) = person(&record, &here, "Quinn", Role::QualityOfficer).await;
        let new = |name, email, provider| NewProviderUser { name, email, provider, password: None };
        is_denied(&people::invite_to_provider(&record, &quinn, &here, &new("Zoe", "zoe@example.com", oak.provider)).await);
        is_denied(&people::invite_to_provider(&record, &emmy, &here, &new("Zoe", "zoe@example.com", elm.provider)).await);
        let bound = Actor { conflicts: [Id::from_uuid(oak.provider.uuid())].into(), ..cleo.clone() };
        is_denied(&people::invite_to_provider(&record, &bound, &here, &new("Zoe", "zoe@example.com", oak.provider)).await);
        is_hidden(&people::invite_to_provider(&record, &cleo, &here, &new("Zoe", "zoe@example.com", record.id())).await);
        let (zoe, _) = people::invite_to_provider(&record, &cleo, &here, &new("Zoe", "zoe@example.com", oak.provider)).await.unwrap();
        let all = people::provider_users(&record, &ada, &here).await.unwrap();
        assert_eq!(
            all.iter().map(|one| (one.of.as_str(), one.known.person.name.as_str())).collect::<Vec<_>>(),
            [("Elm", "Emmy"), ("Oak", "Zoe")]
        );
        // One person has one part: neither a second provider, nor a role beside it, nor a provider beside a role.
        is_refused(
            people::invite_to_provider(&record, &ada, &here, &new("Zoe", "zoe@example.com", elm.provider)).await,
            "one person has one part",
        );
        is_refused(
            people::invite_to_provider(&record, &cleo, &here, &new("Ada", "ada@example.gov.uk", elm.provider)).await,
            "one person has one part",
        );
        is_refused(people::set_roles(&record, &ada, &here, zoe.id, &[Role::Analyst].into()).await, "no other role");
        let role = NewUser { name: "Zoe", email: "zoe@example.com", roles: [Role::Analyst].into(), password: None };
        is_refused(people::add(&record, &ada, &here, &role).await, "no other role");
        let stray = NewUser { name: "Max", email: "max@example.com", roles: [Role::ProviderUser].into(), password: None };
        is_refused(people::add(&record, &ada, &here, &stray).await, "comes with a provider");
        let (max, _) = person(&record, &here, "Max", Role::Analyst).await;
        is_refused(people::set_roles(&record, &ada, &here, max, &[Role::ProviderUser].into()).await, "comes with a provider");
        // Nobody of a provider is nominated or put on the rota.
        let eligible = people::eligible(&record, &ada, &here).await.unwrap();
        assert!(eligible.iter().any(|person| person.id == ada_id) && eligible.iter().all(|person| person.id != zoe.id));
        // The part ends at once, and may begin again elsewhere.
        is_denied(&people::part_from_provider(&record, &emmy, &here, zoe.id).await);
        is_hidden(&people::part_from_provider(&record, &cleo, &here, max).await);
        people::part_from_provider(&record, &cleo, &here, zoe.id).await.unwrap();
        assert!(people::acting_as(&record, &owner(), &here, "zoe@example.com").await.is_err());
        let again = joined(&record, &here, "Zoe", elm.provider).await;
        assert_eq!(record::own_provider(&record, &again, here.id).await.unwrap().provider.id, elm.provider);
    }
}
