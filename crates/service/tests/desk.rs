//! What waits for people and what they are told, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "../../network/tests/mail_server/mod.rs"]
mod mail_server;
#[path = "../../network/tests/provider/mod.rs"]
#[expect(dead_code, reason = "each test file uses its part")]
mod provider;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;
mod single_sign_on;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::access::{Actor, Role};
use domain::case::Allocation;
use domain::child::Child;
use domain::clock::Duty;
use domain::office::{Office, Standing as Part};
use domain::person::Person;
use domain::{Day, Id};
use mail_server::{MailServer, Manner};
use network::oidc::{self, Provider};
use network::smtp::{Security, Server, Settings};
use provider::{Says, TestProvider};
use recorded::{owner, records, records_at};
use service::copies;
use service::duties::{self, Work};
use service::holdings::{self, Folder, Holding};
use service::notify::{self, Delivered, MailChoice, Outbox};
use service::people::{self, Attempt, Came, Counts, Errand, NewNomination, NewUser, Outcome, SignOn, Signed, Standing, Token};
use service::record::{self, Authority, Choice, Record, case};
use zip::ZipArchive;

const PASSWORD: &str = "three random words";

/// One year of a fictitious authority, which ends on 31 March 2026.
static EXAMPLE: LazyLock<(tempfile::TempDir, Holding)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 1, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    let home = folder.path().join(&written.authorities[0]);
    let holding = holdings::open(Folder { path: home, authority: None, year: None }).unwrap();
    (folder, holding)
});

fn day(month: u32, day: u32) -> Day {
    Day::from_ymd(2026, month, day).unwrap()
}

async fn added(record: &Record, authority: &Authority, name: &str, role: Role) -> Person {
    let new = NewUser { name, email: &format!("{name}@example.gov.uk"), roles: BTreeSet::from([role]), password: Some(PASSWORD) };
    people::add(record, &owner(), authority, &new).await.unwrap()
}

async fn token(record: &Record, site: &Authority, name: &str, password: &str) -> Option<Token> {
    let email = format!("{name}@example.gov.uk");
    match people::sign_in(record, site, Attempt { email: &email, password, from: "192.0.2.1" }).await.unwrap() {
        Outcome::Open(token) => Some(token),
        _ => None,
    }
}

async fn signed(record: &Record, site: &Authority, name: &str) -> Signed {
    let token = token(record, site, name, PASSWORD).await.unwrap();
    people::signed(record, site, token).await.unwrap().unwrap()
}

async fn work(record: &Record, actor: &Actor, here: &Authority, today: Day) -> Work {
    duties::list(record, actor, here, today).await.unwrap()
}

/// A server as it is spoken to by whoever signs in there.
fn signing_in(server: &MailServer) -> Server {
    reached(server, Some(("placewell".to_owned(), "a password".to_owned())))
}

fn post(server: &MailServer) -> Server {
    reached(server, None)
}

fn reached(server: &MailServer, credentials: Option<(String, String)>) -> Server {
    network::ready();
    let settings = Settings {
        host: "localhost".to_owned(),
        port: server.port,
        security: Security::None,
        credentials,
        from: "Placewell <placewell@example.gov.uk>".to_owned(),
        authority: None,
    };
    Server::new(&settings).unwrap()
}

/// A letter as it is read: long lines put together again, `=` written out.
fn read(letter: &str) -> String {
    letter.replace("=\r\n", "").replace("=3D", "=")
}

#[tokio::test]
async fn duties_fall_to_those_whose_they_are_and_what_is_not_known_is_said() {
    for (_folder, record, here) in records().await {
        record::import(&record, &owner(), &here, &EXAMPLE.1, Choice::Keep).await.unwrap();
        for (name, role) in
            [("grace", Role::PlacementOfficer), ("ada", Role::SocialWorker), ("emmy", Role::LeadMember), ("ruth", Role::Director)]
        {
            added(&record, &here, name, role).await;
        }
        let actor = async |name: &str| signed(&record, &here, name).await.actor;
        let today = day(3, 31);
        let grace = actor("grace").await;
        let hers = work(&record, &grace, &here, today).await;
        // Nobody is allocated to these children: the clocks that run are the placement officers'.
        assert!(!hers.due.is_empty() && hers.due.iter().all(|line| line.by >= today && line.whose.starts_with("Child ")), "{hers:?}");
        assert!(hers.due.is_sorted_by_key(|line| line.by) && hers.overdue.is_empty(), "nothing is late of which nothing is known");
        let unknown = |duty: Duty| hers.unknown.iter().filter(|one| one.duty == duty).map(|one| one.children).sum::<u32>();
        assert!(unknown(Duty::Review) > 30 && unknown(Duty::Visit) > 30, "{:?}", hers.unknown);
        // The day after its last day a duty is not late but not known: nobody says whether it was done.
        let first = &hers.due[0];
        let later = work(&record, &grace, &here, first.by.plus(1)).await;
        assert!(!later.due.iter().chain(&later.overdue).any(|line| line.about == first.about && line.duty == first.duty));
        for name in ["ada", "emmy"] {
            assert_eq!(work(&record, &actor(name).await, &here, today).await, Work::default(), "{name}");
        }
        // A conflict of interest takes the child out of the list.
        let duties::About::Child(child) = first.about else { panic!("{first:?}") };
        let grace_id = match grace.who {
            domain::access::Who::Person(id) => id,
            other => panic!("{other:?}"),
        };
        let ruth = actor("ruth").await;
        people::declare_conflict(&record, &ruth, &here, grace_id, Id::from_uuid(child.uuid()), "Her niece.", day(3, 1)).await.unwrap();
        let kept_out = work(&record, &actor("grace").await, &here, today).await;
        assert!(!kept_out.due.iter().any(|line| line.about == first.about));
    }
}

/// A duty falls to somebody, whoever is missing: no reviewing officer, a case that placement officers may not open, nobody at all.
#[tokio::test]
async fn no_duty_falls_to_nobody_and_a_case_nobody_works_on_is_given_to_somebody() {
    for (_folder, record, here) in records().await {
        record::import(&record, &owner(), &here, &EXAMPLE.1, Choice::Keep).await.unwrap();
        let mut ids = std::collections::BTreeMap::new();
        for (name, role) in [
            ("grace", Role::PlacementOfficer),
            ("ada", Role::SocialWorker),
            ("emmy", Role::SocialWorker),
            ("mary", Role::IndependentReviewingOfficer),
            ("ruth", Role::Director),
        ] {
            ids.insert(name, added(&record, &here, name, role).await.id);
        }
        let actor = async |name: &str| signed(&record, &here, name).await.actor;
        let today = record.today();
        let grace = actor("grace").await;
        // Of the children in care, one of whom something is known to be due or not known.
        let listed = record::children(&record, &owner(), here.id).await.unwrap();
        let in_care = |one: &record::Listed| one.lives.is_some();
        let child = listed.into_iter().find(in_care).unwrap().child;
        let duties_of = async |name: &str| {
            let work = work(&record, &actor(name).await, &here, today).await;
            let unknown: BTreeSet<Duty> = work.unknown.iter().map(|one| one.duty).collect();
            let lines = work.overdue.iter().chain(&work.due).chain(&work.waiting);
            let own: Vec<duties::About> = lines.map(|line| line.about).filter(|about| is_about(*about, child.id)).collect();
            (unknown, own)
        };
        let allocate = async |name: &str, start| {
            let allocation = Allocation { id: record.id(), child: child.id, person: ids[name], start, end: None };
            case::add(&record, &owner(), here.id, child.id, &allocation).await.unwrap();
        };
        let reviews_of_grace = async || {
            let work = work(&record, &grace, &here, today).await;
            work.unknown.iter().filter(|one| one.duty == Duty::Review).map(|one| one.children).sum::<u32>()
        };
        // A social worker alone: the review is still the placement officers', the visit is hers.
        let before = reviews_of_grace().await;
        allocate("ada", today).await;
        assert_eq!(reviews_of_grace().await, before, "nobody reviews this child");
        assert!(duties_of("ada").await.0.contains(&Duty::Visit) && !duties_of("ada").await.0.contains(&Duty::Review));
        // Restricted: placement officers may not open it, so the review falls to whoever may.
        let read = record::show(&record, &owner(), here.id, child.id, None).await.unwrap().child;
        let restricted = Child { restricted: true, ..read.fact.clone() };
        case::amend(&record, &owner(), read.version, &restricted, "adoption").await.unwrap();
        assert_eq!(reviews_of_grace().await, before - 1);
        assert!(duties_of("ada").await.0.contains(&Duty::Review));
        allocate("mary", today).await;
        assert!(duties_of("mary").await.0.contains(&Duty::Review) && !duties_of("ada").await.0.contains(&Duty::Review));
        assert!(duties_of("ruth").await.1.is_empty());
        let ruth = actor("ruth").await;
        assert!(matches!(case::forsaken(&record, &ruth, here.id, child.id).await, Err(service::Error::NotFound { .. })), "they work on it");
        // Both leave, and nobody ended their allocations.
        for name in ["ada", "mary"] {
            people::stop(&record, &owner(), &here, ids[name]).await.unwrap();
        }
        assert_eq!(duties_of("ruth").await.1, [duties::About::Entrusting(child.id)]);
        assert!(duties_of("grace").await.1.is_empty());
        // An entry that stands under another, and a child who is not looked after, are given to nobody, whatever address is opened.
        let alone = Child { id: record.id(), reference: "104599".to_owned(), ..restricted.clone() };
        case::register(&record, &Actor::machine("test"), &alone).await.unwrap();
        assert!(matches!(case::forsaken(&record, &ruth, here.id, alone.id).await, Err(service::Error::NotFound { .. })), "not in care");
        // The director gives it to somebody without opening it; nobody else may.
        let found = case::forsaken(&record, &ruth, here.id, child.id).await.unwrap();
        assert_eq!(found.people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["emmy"]);
        for name in ["grace", "emmy"] {
            let refused = case::entrust(&record, &actor(name).await, here.id, child.id, ids["emmy"], "she knows him").await;
            assert!(matches!(refused, Err(service::Error::Denied(_))), "{name}");
        }
        for (person, reason) in [("ada", "she was his"), ("grace", "she may"), ("emmy", " ")] {
            assert!(case::entrust(&record, &ruth, here.id, child.id, ids[person], reason).await.is_err(), "{person}");
        }
        case::entrust(&record, &ruth, here.id, child.id, ids["emmy"], "she knows him").await.unwrap();
        assert!(record::show(&record, &actor("emmy").await, here.id, child.id, None).await.is_ok());
        let purposeful = Actor { purpose: Some("complaint".to_owned()), ..actor("ruth").await };
        assert!(record::show(&record, &purposeful, here.id, child.id, None).await.is_err(), "it stays shut to the director");
        assert!(case::entrust(&record, &ruth, here.id, child.id, ids["emmy"], "again").await.is_err(), "somebody works on it");
        assert!(duties_of("ruth").await.1.is_empty() && duties_of("emmy").await.0.contains(&Duty::Review));
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

fn is_about(about: duties::About, child: Id<Child>) -> bool {
    matches!(about, duties::About::Child(id) | duties::About::Entrusting(id) if id == child)
}

#[tokio::test]
async fn an_office_that_nobody_holds_soon_is_work_before_it_is_a_gap() {
    for (_folder, record, here) in records().await {
        let ada = added(&record, &here, "ada", Role::Administrator).await;
        let admin = signed(&record, &here, "ada").await.actor;
        let today = day(6, 1);
        let offices = async || {
            let work = work(&record, &admin, &here, today).await;
            let line = |line: &duties::Line| (line.whose.clone(), line.days_late, line.by);
            work.overdue.iter().chain(&work.due).filter(|one| one.duty == Duty::Office).map(line).collect::<Vec<_>>()
        };
        assert_eq!(offices().await.len(), 3, "nobody is nominated to anything yet");
        let nomination = |office, end| NewNomination {
            office,
            standing: Part::Holder,
            person: ada.id,
            start: day(5, 1),
            end,
            written: "Scheme of delegation, page 4".to_owned(),
        };
        for (office, end) in [(Office::Director, None), (Office::Chair, Some(day(6, 20))), (Office::NominatedOfficer, Some(day(9, 1)))] {
            people::nominate(&record, &owner(), &here, nomination(office, end)).await.unwrap();
        }
        assert_eq!(offices().await, [("Panel chair".to_owned(), 0, day(6, 19))], "its last day with somebody is the last day to act");
        people::nominate(&record, &owner(), &here, NewNomination { start: day(6, 20), ..nomination(Office::Chair, None) }).await.unwrap();
        assert_eq!(offices().await, []);
    }
}

#[tokio::test]
async fn a_case_opened_in_need_is_told_to_the_director_once_by_mail_without_the_child() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        record::import(&record, &owner(), &here, &EXAMPLE.1, Choice::Keep).await.unwrap();
        let child = record::children(&record, &owner(), here.id).await.unwrap().remove(0).child;
        added(&record, &here, "ada", Role::SocialWorker).await;
        added(&record, &here, "grace", Role::Director).await;
        added(&record, &here, "ruth", Role::Director).await;
        let ruth = signed(&record, &here, "ruth").await;
        notify::choose(&record, &ruth, MailChoice::Digest).await.unwrap();
        let ada = signed(&record, &here, "ada").await.actor;
        people::break_glass(&record, &ada, &here, child.id, "The police rang about her tonight.").await.unwrap();
        let grace = signed(&record, &here, "grace").await;
        assert_eq!(grace.unread, 1);
        let waiting = work(&record, &grace.actor, &here, record.today()).await.waiting;
        assert_eq!(waiting.iter().map(|line| line.duty).collect::<Vec<_>>(), [Duty::OpenedCase]);
        let told = notify::notices(&record, &grace).await.unwrap();
        assert_eq!((told.len(), told[0].path.as_str()), (1, "/opened-cases"));

        // The server is busy at first: the mail waits, a minute and no less, and goes once.
        let server = MailServer::start(Manner::Busy).await;
        let post = post(&server);
        let deliver = async || notify::deliver(&record, &here, &post, "https://placewell.example.gov.uk").await.unwrap();
        assert_eq!(deliver().await, Delivered { again: 1, ..Delivered::default() }, "ruth wants a digest");
        server.behave(Manner::Plain);
        assert_eq!(deliver().await, Delivered::default());
        NOW.fetch_add(60, Ordering::Relaxed);
        assert_eq!(deliver().await, Delivered { sent: 1, ..Delivered::default() });
        NOW.fetch_add(3600, Ordering::Relaxed);
        assert_eq!(deliver().await, Delivered::default(), "once");
        let letters = server.taken();
        assert_eq!(letters.len(), 1);
        let letter = read(&letters[0]);
        assert!(
            letter.contains("To: grace@example.gov.uk") && letter.contains("https://placewell.example.gov.uk/opened-cases"),
            "{letter}"
        );
        for word in [&child.reference, "police", "ada", &child.id.to_string()] {
            assert!(!letter.contains(word), "{word} is in {letter}");
        }

        // What is read is read; what came after the page was shown stays new.
        let grace = signed(&record, &here, "grace").await;
        notify::read_all(&record, &grace, told[0].made_at).await.unwrap();
        assert_eq!(signed(&record, &here, "grace").await.unread, 0);

        // The day is told once, however often it is looked at; ruth gets hers in one mail.
        notify::daily(&record, &here).await.unwrap();
        assert_eq!(notify::daily(&record, &here).await.unwrap().people, 0);
        deliver().await;
        let to_ruth: Vec<String> = server.taken().iter().map(|one| read(one)).filter(|one| one.contains("To: ruth@")).collect();
        assert_eq!(to_ruth.len(), 1, "{to_ruth:?}");
        assert!(to_ruth[0].contains("unread") && to_ruth[0].contains("waiting for you"), "{to_ruth:?}");
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
        NOW.fetch_add(24 * 3600, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn mail_that_no_server_takes_is_given_up_and_keeps_no_secret() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        let server = MailServer::start(Manner::Refusing).await;
        let post = post(&server);
        let deliver = async || notify::deliver(&record, &here, &post, "https://placewell.example.gov.uk").await.unwrap();
        let new = |email| NewUser { name: "Grace", email, roles: [Role::Analyst].into(), password: None };
        people::invite_by_mail(&record, &owner(), &here, &new("grace@example.gov.uk")).await.unwrap();
        assert_eq!(deliver().await, Delivered { given_up: 1, ..Delivered::default() });
        people::invite_by_mail(&record, &owner(), &here, &new("ada@example.gov.uk")).await.unwrap();
        server.behave(Manner::Busy);
        let mut tries = 0;
        loop {
            let done = deliver().await;
            if done.given_up == 1 {
                break;
            }
            tries += done.again;
            NOW.fetch_add(3600, Ordering::Relaxed);
        }
        assert!((30..60).contains(&tries), "{tries} tries in three days");
        server.behave(Manner::Plain);
        NOW.fetch_add(3600, Ordering::Relaxed);
        assert_eq!((deliver().await, server.taken().len()), (Delivered::default(), 0));
        // A record that stood still, and is served again, sends nobody what waited.
        people::invite_by_mail(&record, &owner(), &here, &new("emmy@example.gov.uk")).await.unwrap();
        NOW.fetch_add(4 * 24 * 3600, Ordering::Relaxed);
        assert_eq!((deliver().await, server.taken().len()), (Delivered { given_up: 1, ..Delivered::default() }, 0));
    }
}

/// Last night somebody changed the password of the mail server: no letter is at fault, and none is lost.
#[tokio::test]
async fn a_server_that_refuses_us_is_seen_and_no_mail_is_lost_by_it() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        let server = MailServer::start(Manner::Shut).await;
        let post = signing_in(&server);
        let deliver = async || notify::deliver(&record, &here, &post, "https://placewell.example.gov.uk").await.unwrap();
        let standing = async || notify::standing(&record, &here).await.unwrap();
        for name in ["ada", "grace", "emmy"] {
            let new = NewUser { name, email: &format!("{name}@example.gov.uk"), roles: [Role::Analyst].into(), password: None };
            people::invite_by_mail(&record, &owner(), &here, &new).await.unwrap();
        }
        let done = deliver().await;
        assert_eq!((done.sent, done.again, done.given_up), (0, 1, 0), "nobody knocks with a wrong password for every letter");
        let why = done.shut.unwrap();
        assert!(why.contains("535") && !why.contains("ada") && !why.contains('@'), "{why}");
        assert_eq!(standing().await, Outbox { waiting: 3, tried: 1, given_up: 0 });
        // A weekend later it is mended.
        for _ in 0..40 {
            NOW.fetch_add(3600, Ordering::Relaxed);
            assert_eq!(deliver().await.given_up, 0);
        }
        server.behave(Manner::Plain);
        NOW.fetch_add(7200, Ordering::Relaxed);
        assert_eq!(deliver().await, Delivered { sent: 3, ..Delivered::default() });
        assert_eq!(standing().await, Outbox::default());
        NOW.fetch_add(24 * 3600, Ordering::Relaxed);
    }
}

/// The secret of the link in the newest letter to somebody.
fn link_in(server: &MailServer, to: &str) -> Option<Token> {
    let letters = server.taken();
    let letter = letters.iter().rev().map(|one| read(one)).find(|one| one.contains(&format!("To: {to}")))?;
    let secret = letter.split("/link/").nth(1)?.split_whitespace().next()?.to_owned();
    secret.parse().ok()
}

#[tokio::test]
async fn whoever_forgot_their_password_is_mailed_a_link_and_nobody_learns_who_works_here() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Analyst).await;
        let stopped = added(&record, &here, "emmy", Role::Analyst).await;
        people::stop(&record, &owner(), &here, stopped.id).await.unwrap();
        let session = token(&record, &here, "ada", PASSWORD).await.unwrap();
        let server = MailServer::start(Manner::Plain).await;
        let post = post(&server);
        let ask = async |email: &str, from: &str| people::forgot(&record, &here, email, from).await.unwrap();
        for email in ["ada@example.gov.uk", "nobody@example.gov.uk", "emmy@example.gov.uk", "no address"] {
            assert_eq!(ask(email, "192.0.2.7").await, None, "{email}: the answer is the same");
        }
        assert_eq!(ask(" Ada@Example.gov.uk", "192.0.2.8").await, None);
        let sent = notify::deliver(&record, &here, &post, "https://placewell.example.gov.uk").await.unwrap();
        assert_eq!((sent.sent, server.taken().len()), (1, 1), "one mail in five minutes, to ada alone");
        let link = link_in(&server, "ada@example.gov.uk").unwrap();
        people::choose_password(&record, &here, link, "four more random words").await.unwrap();
        assert!(people::signed(&record, &here, session).await.unwrap().is_none(), "every session ends");
        assert!(token(&record, &here, "ada", PASSWORD).await.is_none());
        assert!(people::choose_password(&record, &here, link, "four more random words").await.is_err(), "once");
        // Asking again and again is slowed down.
        let mut waits = 0;
        for _ in 0..10 {
            waits += usize::from(ask("ada@example.gov.uk", "192.0.2.9").await.is_some());
        }
        assert!(waits >= 4, "{waits}");
        NOW.fetch_add(24 * 3600, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_conflict_with_a_provider_keeps_out_of_its_homes() {
    for (_folder, record, here) in records().await {
        let ruth = added(&record, &here, "ruth", Role::Director).await;
        let grace = added(&record, &here, "grace", Role::QualityOfficer).await;
        let (director, free) = (signed(&record, &here, "ruth").await.actor, signed(&record, &here, "grace").await.actor);
        let provider = domain::provider::Provider {
            id: record.id(),
            name: "Elm Care".to_owned(),
            legal_name: "Elm Care Ltd".to_owned(),
            company: domain::Code::BLANK,
            sector: domain::provider::Sector::Private,
            status: domain::provider::Status::Approved,
        };
        record::add(&record, &free, here.id, &provider).await.unwrap();
        let setting = domain::setting::Setting {
            id: record.id(),
            provider: provider.id,
            urn: "9000012".parse().unwrap(),
            kind: domain::setting::Kind::ChildrensHome,
            name: "Elm House".to_owned(),
            area: None,
            postcode: None,
            registration: domain::setting::Registration::Held,
            opened: None,
            closed: None,
            before: None,
        };
        record::add(&record, &free, here.id, &setting).await.unwrap();
        let thing = Id::from_uuid(provider.id.uuid());
        people::declare_conflict(&record, &director, &here, grace.id, thing, "Her brother owns it.", day(3, 1)).await.unwrap();
        let bound = signed(&record, &here, "grace").await.actor;
        let renamed = domain::setting::Setting { name: "Oak House".to_owned(), ..setting.clone() };
        for refused in [
            record::provider(&record, &bound, here.id, provider.id, None).await.map(drop),
            record::setting(&record, &bound, here.id, setting.id, None).await.map(drop),
            record::correct_entry(&record, &bound, here.id, 1, &renamed, "a new sign").await,
            record::withdraw(&record, &bound, here.id, setting.id, 1, "never there").await,
            record::correct_entry(&record, &bound, here.id, 1, &provider, "nothing").await,
        ] {
            assert!(matches!(refused, Err(service::Error::Denied(_))), "{refused:?}");
        }
        assert!(record::setting(&record, &free, here.id, setting.id, None).await.is_ok(), "whoever is free reads it as before");

        // The register names both, and ends it by somebody else than whom it binds.
        let found = people::thing(&record, &director, &here, people::Named::Provider("elm care")).await.unwrap();
        assert_eq!(found, thing);
        assert!(people::thing(&record, &director, &here, people::Named::Child("nobody")).await.is_err());
        let own = people::declare_conflict(&record, &director, &here, ruth.id, thing, "Her cousin works there.", day(3, 1)).await.unwrap();
        let declared = people::conflicts(&record, &director, &here).await.unwrap();
        assert!(declared.iter().all(|one| one.holds && one.thing == "Elm Care") && declared.len() == 2, "{declared:?}");
        assert!(people::end_conflict(&record, &director, &here, own.id, record.today()).await.is_err(), "not her own");
        let hers = declared.iter().find(|one| one.person == "grace").unwrap().conflict.id;
        people::end_conflict(&record, &director, &here, hers, record.today()).await.unwrap();
        assert!(people::end_conflict(&record, &director, &here, hers, record.today()).await.is_err(), "once");
        let again = signed(&record, &here, "grace").await.actor;
        assert!(record::provider(&record, &again, here.id, provider.id, None).await.is_ok());
    }
}
