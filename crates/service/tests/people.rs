//! How people show who they are, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::access::{Action, Actor, On, Role, permit};
use domain::child::Child;
use domain::office::{Office, Standing as Part};
use domain::person::Person;
use domain::{Day, Id};
use recorded::{owner, records, records_at};
use service::Error;
use service::holdings::{self, Folder};
use service::people::{self, Attempt, Brought, Factor, NewNomination, NewToken, NewUser, Outcome, Proof, Signed, Standing, Token};
use service::record::{self, Authority, Choice, Record};

const PASSWORD: &str = "three random words";

async fn added(record: &Record, authority: &Authority, name: &str, role: Role) -> Person {
    let new = NewUser { name, email: &format!("{name}@example.gov.uk"), roles: BTreeSet::from([role]), password: Some(PASSWORD) };
    people::add(record, &owner(), authority, &new).await.unwrap()
}

async fn tried(record: &Record, site: &Authority, email: &str, password: &str, from: &str) -> Outcome {
    people::sign_in(record, site, Attempt { email, password, from }).await.unwrap()
}

async fn token(record: &Record, site: &Authority, name: &str) -> Token {
    match tried(record, site, &format!("{name}@example.gov.uk"), PASSWORD, "192.0.2.1").await {
        Outcome::Open(token) => token,
        other => panic!("{other:?}"),
    }
}

async fn signed(record: &Record, site: &Authority, name: &str) -> Signed {
    let token = token(record, site, name).await;
    people::signed(record, site, token).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_right_password_opens_a_session_until_somebody_signs_out() {
    for (_folder, record, here) in records().await {
        added(&record, &here, "ada", Role::PlacementOfficer).await;
        for (email, password) in [
            ("ada@example.gov.uk", "three random word"),
            ("nobody@example.gov.uk", PASSWORD),
            ("ada@example.gov.uk' OR '1'='1", PASSWORD),
            ("", ""),
        ] {
            assert_eq!(tried(&record, &here, email, password, "192.0.2.1").await, Outcome::Wrong, "{email}");
        }
        let Outcome::Open(token) = tried(&record, &here, " Ada@Example.gov.uk ", PASSWORD, "192.0.2.1").await else { panic!("not open") };
        let ada = people::signed(&record, &here, token).await.unwrap().unwrap();
        assert_eq!((ada.session.person.name.as_str(), ada.standing), ("ada", Standing::Whole));
        assert!(permit(&ada.actor, Action::ChildList, On::authority(here.id)).is_ok());
        people::sign_out(&record, &ada).await.unwrap();
        assert!(people::signed(&record, &here, token).await.unwrap().is_none());
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_session_opens_the_authority_it_was_opened_for_and_no_other() {
    for (_folder, record, here) in records().await {
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        let ada = added(&record, &here, "ada", Role::Administrator).await;
        assert_eq!(tried(&record, &there, "ada@example.gov.uk", PASSWORD, "192.0.2.1").await, Outcome::Wrong, "no part there");
        let opened = token(&record, &here, "ada").await;
        assert!(people::signed(&record, &there, opened).await.unwrap().is_none());
        let grace = added(&record, &there, "grace", Role::Analyst).await;
        let actor = people::signed(&record, &here, opened).await.unwrap().unwrap().actor;
        for looked in [
            people::user(&record, &actor, &here, grace.id).await.map(drop),
            people::stop(&record, &actor, &here, grace.id).await,
            people::link_for(&record, &actor, &here, grace.id).await.map(drop),
        ] {
            assert!(matches!(looked, Err(Error::NotFound { .. })), "{looked:?}");
        }
        assert!(matches!(people::users(&record, &actor, &there).await, Err(Error::Denied(_))));
        assert!(people::user(&record, &actor, &here, ada.id).await.is_ok());
    }
}

/// Ada administers here; Grace works there, and Ada gives her a part here as well.
#[tokio::test]
async fn an_administrator_changes_nothing_of_somebody_beyond_their_part_here() {
    for (_folder, record, here) in records().await {
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        added(&record, &here, "ada", Role::Administrator).await;
        let ada = signed(&record, &here, "ada").await.actor;
        let grace = added(&record, &there, "grace", Role::Analyst).await;
        let names = async |actor: &Actor, at: &Authority| {
            let all = people::users(&record, actor, at).await.unwrap();
            all.into_iter().map(|(known, _)| known.person.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&ada, &here).await, ["ada"], "whoever works elsewhere is in no list here");
        let new = NewUser { name: "Grace", email: "grace@example.gov.uk", roles: [Role::Inspector].into(), password: None };
        // An administrator elsewhere could have chosen how she signs in: no administrator's word opens this house to her.
        let before = token(&record, &there, "grace").await;
        for refused in [
            people::invite(&record, &ada, &here, &new).await.map(drop),
            people::invite_by_mail(&record, &ada, &here, &new).await.map(drop),
            people::add(&record, &ada, &here, &new).await.map(drop),
        ] {
            assert!(matches!(&refused, Err(Error::Unusable(why)) if why.contains("whoever runs this Placewell")), "{refused:?}");
        }
        assert_eq!(names(&ada, &here).await, ["ada"]);
        let (same, link) = people::invite(&record, &owner(), &here, &new).await.unwrap();
        assert_eq!(same.id, grace.id);
        assert!(people::signed(&record, &there, before).await.unwrap().is_none(), "what was open before is over");
        assert_eq!(tried(&record, &there, "grace@example.gov.uk", PASSWORD, "192.0.2.1").await, Outcome::Wrong, "by nothing of before");
        people::choose_password(&record, &here, link, PASSWORD).await.unwrap();
        assert_eq!(names(&ada, &here).await, ["ada", "grace"]);
        let working = token(&record, &there, "grace").await;
        let visiting = token(&record, &here, "grace").await;
        let refused = |changed: Result<(), Error>| match changed {
            Err(Error::Unusable(why)) => assert!(why.contains("another authority"), "{why}"),
            other => panic!("{other:?}"),
        };
        refused(people::link_for(&record, &ada, &here, grace.id).await.map(drop));
        refused(people::mail_link_to(&record, &ada, &here, grace.id).await.map(drop));
        refused(people::take_factor(&record, &ada, &here, grace.id).await);
        refused(people::unlink(&record, &ada, &here, grace.id).await);
        refused(people::let_in_again(&record, &ada, &here, grace.id).await);
        refused(people::reset(&record, &ada, &here, "grace@example.gov.uk").await.map(drop));
        people::set_roles(&record, &ada, &here, grace.id, &[Role::Analyst, Role::Inspector].into()).await.unwrap();
        people::set_roles(&record, &ada, &here, grace.id, &[Role::Inspector].into()).await.unwrap();
        let roles = people::user(&record, &owner(), &there, grace.id).await.unwrap().roles;
        assert_eq!(roles, BTreeSet::from([Role::Analyst]), "her part there stays as it is");
        people::stop(&record, &ada, &here, grace.id).await.unwrap();
        assert_eq!(names(&ada, &here).await, ["ada"]);
        assert!(people::signed(&record, &here, visiting).await.unwrap().is_none(), "her session here is over");
        assert!(people::signed(&record, &there, working).await.unwrap().is_some(), "and there it goes on");
        assert!(matches!(tried(&record, &there, "grace@example.gov.uk", PASSWORD, "192.0.2.9").await, Outcome::Open(_)));
        assert_eq!(tried(&record, &here, "grace@example.gov.uk", PASSWORD, "192.0.2.9").await, Outcome::Wrong);
        // What neither may do, the owner of the machine does.
        let (_, link) = people::reset(&record, &owner(), &there, "grace@example.gov.uk").await.unwrap();
        assert!(people::signed(&record, &there, working).await.unwrap().is_none());
        assert_eq!(tried(&record, &there, "grace@example.gov.uk", PASSWORD, "192.0.2.9").await, Outcome::Wrong, "nor the old password");
        people::choose_password(&record, &there, link, "another three words").await.unwrap();
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_left_and_at_the_end_of_the_day() {
    static NOW: AtomicI64 = AtomicI64::new(1_780_315_200);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    let later = |minutes: i64| NOW.fetch_add(minutes * 60, Ordering::Relaxed);
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Analyst).await;
        let open = |token: Token| {
            let (record, here) = (record.clone(), here.clone());
            async move { people::signed(&record, &here, token).await.unwrap().is_some() }
        };
        let left = token(&record, &here, "ada").await;
        later(29);
        assert!(open(left).await, "{}", here.name);
        later(29);
        assert!(open(left).await, "looking in keeps it open");
        later(31);
        assert!(!open(left).await);
        let long = token(&record, &here, "ada").await;
        for _ in 0..35 {
            later(20);
            assert!(open(long).await);
        }
        later(21);
        assert!(!open(long).await, "twelve hours are a working day");
    }
}

#[tokio::test]
async fn whoever_guesses_waits_and_keeps_nobody_else_out() {
    static NOW: AtomicI64 = AtomicI64::new(1_780_315_200);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Analyst).await;
        let guess = async |from: &str, password: &str| tried(&record, &here, "ada@example.gov.uk", password, from).await;
        for _ in 0..5 {
            assert_eq!(guess("192.0.2.66", "a guess at it").await, Outcome::Wrong);
        }
        assert_eq!(guess("192.0.2.66", "a guess at it").await, Outcome::Wait(1));
        assert_eq!(guess("192.0.2.66", PASSWORD).await, Outcome::Wait(1), "not even the right one is looked at");
        assert!(matches!(guess("192.0.2.1", PASSWORD).await, Outcome::Open(_)), "ada herself sits elsewhere");
        // From a thousand places at once: nobody waits for longer than ten seconds.
        for place in 0..25 {
            guess(&format!("198.51.100.{place}"), "a guess at it").await;
        }
        let Outcome::Wait(seconds) = guess("192.0.2.1", PASSWORD).await else { panic!("not slowed down") };
        assert!(seconds <= 10, "{seconds}");
        NOW.fetch_add(seconds, Ordering::Relaxed);
        assert!(matches!(guess("192.0.2.1", PASSWORD).await, Outcome::Open(_)));
        NOW.fetch_add(3600, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_council_that_signs_in_from_one_place_does_not_wait() {
    for (_folder, record, here) in records().await {
        added(&record, &here, "ada", Role::Analyst).await;
        let attempt = async |password: &str| tried(&record, &here, "ada@example.gov.uk", password, "192.0.2.1").await;
        for at in 0..60 {
            assert!(matches!(attempt(PASSWORD).await, Outcome::Open(_)), "right sign-in {at}");
        }
        // One right password takes back itself alone: guesses at others stay counted.
        for at in 0..50 {
            let guess = tried(&record, &here, &format!("nobody{at}@example.gov.uk"), "a guess at it", "192.0.2.1").await;
            assert_eq!(guess, Outcome::Wrong, "guess {at}");
            if at == 20 {
                assert!(matches!(attempt(PASSWORD).await, Outcome::Open(_)));
            }
        }
        assert!(matches!(attempt(PASSWORD).await, Outcome::Wait(_)), "fifty guesses from one place");
    }
}

/// The code that an authenticator app shows.
fn code(factor: &Factor, at: i64) -> String {
    let Factor::Begun(setup) = factor else { panic!("not begun: {factor:?}") };
    let secret = totp_rs::Secret::try_from_base32(setup.secret.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("Placewell").build().unwrap();
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

#[tokio::test]
async fn a_second_factor_is_proven_once_a_code_and_gives_the_session_another_token() {
    static NOW: AtomicI64 = AtomicI64::new(1_780_315_200);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Administrator).await;
        let first = token(&record, &here, "ada").await;
        let ada = people::signed(&record, &here, first).await.unwrap().unwrap();
        people::begin_factor(&record, &ada).await.unwrap();
        let factor = people::factor(&record, &ada).await.unwrap();
        let prove = async |signed: &Signed, code: &str| people::prove(&record, &here, signed, code, "192.0.2.1").await.unwrap();
        assert_eq!(prove(&ada, "000000").await, Proof::Wrong);
        let shown = code(&factor, NOW.load(Ordering::Relaxed));
        let Proof::Proven(second, Some(codes)) = prove(&ada, &shown).await else { panic!("not proven") };
        assert!(people::signed(&record, &here, first).await.unwrap().is_none(), "whoever saw the token before holds nothing");
        let whole = people::signed(&record, &here, second).await.unwrap().unwrap();
        assert_eq!((whole.standing, codes.len()), (Standing::Whole, 8));
        assert!(people::begin_factor(&record, &whole).await.is_err(), "nobody sets up another one over it");
        assert!(matches!(people::factor(&record, &whole).await.unwrap(), Factor::Confirmed(8)), "its secret is shown no more");

        // Elsewhere the same code opens nothing a second time; a recovery code does, once.
        let begun = signed(&record, &here, "ada").await;
        assert_eq!(begun.standing, Standing::Begun);
        assert_eq!(prove(&begun, &shown).await, Proof::Wrong);
        assert!(matches!(prove(&begun, &codes[0].to_uppercase()).await, Proof::Proven(_, None)));
        let again = signed(&record, &here, "ada").await;
        assert_eq!(prove(&again, &codes[0]).await, Proof::Wrong);
        NOW.fetch_add(60, Ordering::Relaxed);
        assert!(matches!(prove(&again, &code(&factor, NOW.load(Ordering::Relaxed))).await, Proof::Proven(..)));
        let whole = people::signed(&record, &here, second).await.unwrap().unwrap();
        assert!(people::proved_lately(&record, &whole));
        NOW.fetch_add(16 * 60, Ordering::Relaxed);
        assert!(!people::proved_lately(&record, &whole));

        // Taken away, it is asked in no session any more: this one goes on by another token, every other one is over.
        let elsewhere = token(&record, &here, "ada").await;
        let third = people::remove_factor(&record, &whole).await.unwrap().unwrap();
        assert!(people::signed(&record, &here, second).await.unwrap().is_none() && third != second);
        assert_eq!(people::signed(&record, &here, third).await.unwrap().unwrap().standing, Standing::Whole);
        assert!(people::signed(&record, &here, elsewhere).await.unwrap().is_none());
        NOW.fetch_add(24 * 3600, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn an_invitation_is_taken_up_once_and_in_time() {
    static NOW: AtomicI64 = AtomicI64::new(1_780_315_200);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Administrator).await;
        let admin = signed(&record, &here, "ada").await.actor;
        let new = NewUser { name: "Grace", email: "grace@example.gov.uk", roles: [Role::Analyst].into(), password: None };
        let (grace, invited) = people::invite(&record, &admin, &here, &new).await.unwrap();
        assert_eq!(tried(&record, &here, "grace@example.gov.uk", "", "192.0.2.1").await, Outcome::Wrong, "no password opens nothing");
        let weak = people::choose_password(&record, &here, invited, "short").await;
        assert!(matches!(weak, Err(Error::Unusable(why)) if why.contains("12 characters")));
        let session = people::choose_password(&record, &here, invited, PASSWORD).await.unwrap();
        assert!(people::signed(&record, &here, session).await.unwrap().is_some());
        assert!(people::choose_password(&record, &here, invited, PASSWORD).await.is_err(), "it works once");
        // Another password ends every session that was opened with the one before.
        let link = people::link_for(&record, &admin, &here, grace.id).await.unwrap();
        people::choose_password(&record, &here, link, "four more random words").await.unwrap();
        assert!(people::signed(&record, &here, session).await.unwrap().is_none());
        let late = people::link_for(&record, &admin, &here, grace.id).await.unwrap();
        NOW.fetch_add(3601, Ordering::Relaxed);
        assert!(people::link(&record, &here, late).await.unwrap().is_none(), "an hour, and no longer");
    }
}

#[tokio::test]
async fn nobody_changes_their_own_part_and_whoever_is_stopped_is_out_at_once() {
    for (_folder, record, here) in records().await {
        let ada = added(&record, &here, "ada", Role::Administrator).await;
        let grace = added(&record, &here, "grace", Role::Analyst).await;
        let admin = signed(&record, &here, "ada").await.actor;
        let everything: BTreeSet<Role> = Role::ALL.into_iter().filter(|role| role.is_of_authority()).collect();
        let own = people::set_roles(&record, &admin, &here, ada.id, &everything).await;
        assert!(matches!(own, Err(Error::Unusable(why)) if why.contains("Nobody changes their own part")));
        let by_adding = NewUser { name: "ada", email: "ada@example.gov.uk", roles: everything, password: None };
        assert!(people::add(&record, &admin, &here, &by_adding).await.is_err(), "nor by being added again");
        let working = token(&record, &here, "grace").await;
        people::set_roles(&record, &admin, &here, grace.id, &[Role::LeadMember].into()).await.unwrap();
        let now = people::signed(&record, &here, working).await.unwrap().unwrap();
        assert!(permit(&now.actor, Action::AnalysisRead, On::authority(here.id)).is_err(), "roles hold from the next page on");
        assert!(matches!(people::users(&record, &now.actor, &here).await, Err(Error::Denied(_))));
        people::stop(&record, &admin, &here, grace.id).await.unwrap();
        assert!(people::signed(&record, &here, working).await.unwrap().is_none());
        assert_eq!(tried(&record, &here, "grace@example.gov.uk", PASSWORD, "192.0.2.9").await, Outcome::Wrong);
    }
}

/// A child of a fictitious authority whose returns are taken into the record.
async fn child(record: &Record, here: &Authority) -> Id<Child> {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 12, years: 1, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap();
    record::import(record, &owner(), here, &holding, Choice::Keep).await.unwrap();
    record::children(record, &owner(), here.id).await.unwrap()[0].child.id
}

#[tokio::test]
async fn a_broken_glass_opens_one_case_for_a_day_and_somebody_else_looks_at_why() {
    for (_folder, record, here) in records().await {
        let ada = added(&record, &here, "ada", Role::SocialWorker).await;
        added(&record, &here, "grace", Role::Director).await;
        let child = child(&record, &here).await;
        let before = signed(&record, &here, "ada").await.actor;
        assert!(record::show(&record, &before, here.id, child, None).await.is_err());
        assert!(people::break_glass(&record, &before, &here, child, "why").await.is_err(), "a word is no reason");
        let glass = people::break_glass(&record, &before, &here, child, "The police rang about her tonight.").await.unwrap();
        let after = signed(&record, &here, "ada").await.actor;
        assert!(record::show(&record, &after, here.id, child, None).await.is_ok());
        let director = signed(&record, &here, "grace").await.actor;
        let waiting = people::broken(&record, &director, &here).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].person.as_str(), waiting[0].overdue), (1, "ada", false));
        assert!(matches!(people::review_glass(&record, &after, &here, glass.id, "fine").await, Err(Error::Denied(_))));
        people::review_glass(&record, &director, &here, glass.id, "It was needed.").await.unwrap();
        assert!(matches!(people::review_glass(&record, &director, &here, glass.id, "Twice").await, Err(Error::Stale)));

        // A conflict of interest keeps her out whatever else says.
        let today = record.today();
        let thing = Id::from_uuid(child.uuid());
        people::declare_conflict(&record, &director, &here, ada.id, thing, "Her niece.", today).await.unwrap();
        let kept_out = signed(&record, &here, "ada").await.actor;
        assert!(record::show(&record, &kept_out, here.id, child, None).await.is_err());
        assert!(people::break_glass(&record, &kept_out, &here, child, "The police rang about her tonight.").await.is_err());
    }
}

#[tokio::test]
async fn at_six_on_sunday_evening_somebody_lawful_is_found() {
    for (_folder, record, here) in records().await {
        let ada = added(&record, &here, "ada", Role::Director).await;
        let grace = added(&record, &here, "grace", Role::QualityOfficer).await;
        let admin: Actor = signed(&record, &here, "ada").await.actor;
        let sunday = Day::from_ymd(2026, 11, 22).unwrap();
        let nomination = |person: &Person, standing| NewNomination {
            office: Office::Director,
            standing,
            person: person.id,
            start: Day::from_ymd(2026, 9, 1).unwrap(),
            end: None,
            written: "Scheme of delegation, page 4".to_owned(),
        };
        let unwritten = NewNomination { written: " ".to_owned(), ..nomination(&grace, Part::Deputy) };
        assert!(people::nominate(&record, &admin, &here, unwritten).await.is_err(), "a nomination is written");
        people::nominate(&record, &owner(), &here, nomination(&ada, Part::Holder)).await.unwrap();
        people::nominate(&record, &admin, &here, nomination(&grace, Part::Deputy)).await.unwrap();
        people::put_on_duty(&record, &admin, &here, grace.id, sunday, "0115 496 0000").await.unwrap();
        let found = async |day: Day, hour: u8| {
            let approvers = people::approvers(&record, &admin, &here, Office::Director, (day, hour)).await.unwrap();
            approvers.into_iter().map(|one| (one.person.name, one.telephone.is_some())).collect::<Vec<_>>()
        };
        let (a, g) = ("ada".to_owned(), "grace".to_owned());
        assert_eq!(found(sunday, 18).await, [(g.clone(), true), (a.clone(), false)]);
        assert_eq!(found(sunday.plus(1), 3).await, [(g.clone(), true), (a.clone(), false)]);
        assert_eq!(found(sunday.plus(1), 11).await, [(a, false), (g, false)]);
        assert_eq!(found(Day::from_ymd(2026, 8, 31).unwrap(), 11).await, [], "not before the nomination");
    }
}

#[tokio::test]
async fn many_guesses_at_once_are_judged_one_after_another() {
    for (_folder, record, here) in records().await {
        added(&record, &here, "ada", Role::Analyst).await;
        let mut guesses = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let (record, here) = (record.clone(), here.clone());
            guesses.spawn(async move { tried(&record, &here, "ada@example.gov.uk", "a guess at it", "192.0.2.66").await });
        }
        let looked_at = guesses.join_all().await.into_iter().filter(|outcome| *outcome == Outcome::Wrong).count();
        assert_eq!(looked_at, 5, "five are slips, however many come together");
    }
}

#[tokio::test]
async fn a_token_of_a_program_ends_by_itself_and_with_the_role_that_it_has() {
    static NOW: AtomicI64 = AtomicI64::new(1_780_315_200);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        let ada = added(&record, &here, "ada", Role::Analyst).await;
        let actor = signed(&record, &here, "ada").await.actor;
        let new = |name, days| NewToken { name, roles: BTreeSet::from([Role::Analyst]), days };
        let opens = async |token: Token| match people::by_token(&record, &here, Some(token), "192.0.2.1").await.unwrap() {
            Brought::Open(signed) => Some(signed.actor),
            Brought::Wrong | Brought::Wait(_) => None,
        };
        let short = people::make_token(&record, &actor, &here, ada.id, &new("short", 1)).await.unwrap();
        let long = people::make_token(&record, &actor, &here, ada.id, &new("long", 300)).await.unwrap();
        assert_eq!(opens(short).await.unwrap().token.as_deref(), Some("short"));
        assert_eq!(people::program_tokens(&record, &actor, &here, ada.id).await.unwrap().len(), 2);
        NOW.fetch_add(24 * 3600, Ordering::Relaxed);
        assert!(opens(short).await.is_none() && opens(long).await.is_some());
        let kept = people::program_tokens(&record, &actor, &here, ada.id).await.unwrap();
        assert_eq!(kept.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["long"]);
        // Somebody else neither sees nor ends it.
        let grace = added(&record, &here, "grace", Role::Analyst).await;
        let other = signed(&record, &here, "grace").await.actor;
        assert!(matches!(people::program_tokens(&record, &other, &here, ada.id).await, Err(Error::Denied(_))));
        assert!(matches!(people::end_token(&record, &other, &here, ada.id, kept[0].id).await, Err(Error::Denied(_))));
        assert!(matches!(people::end_token(&record, &other, &here, grace.id, kept[0].id).await, Err(Error::NotFound { .. })));
        people::set_roles(&record, &owner(), &here, ada.id, &BTreeSet::from([Role::Commissioner])).await.unwrap();
        assert!(opens(long).await.is_none(), "the role that it had is taken away");
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
        NOW.fetch_add(3600, Ordering::Relaxed);
    }
}
