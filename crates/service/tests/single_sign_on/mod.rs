//! Coming in by the organisation's own sign-in: linked on purpose, and by nothing else.

use super::*;

fn sign_on(test: &TestProvider, counts: Counts) -> SignOn {
    network::ready();
    let settings = oidc::Settings {
        issuer: test.issuer.clone(),
        client_id: "placewell".to_owned(),
        client_secret: None,
        redirect: "https://placewell.example.gov.uk/sign-in/provider/back".to_owned(),
        authority: None,
    };
    SignOn::new(Provider::new(settings).unwrap(), "Example account".to_owned(), counts)
}

/// Whoever goes to the provider on an errand and comes back, saying what it says of them, to a browser in which somebody may be signed in.
async fn comes(
    (record, here): (&Record, &Authority),
    (test, by): (&TestProvider, &SignOn),
    errand: Errand<'_>,
    says: Says,
    signed: Option<&Signed>,
) -> Came {
    test.say(says);
    let (address, kept) = by.begin(record, errand).await.unwrap();
    let (state, code) = test.signed_in_at(&address);
    by.finish(record, here, (&kept, &state, &code), signed).await.unwrap()
}

fn is_refused(came: &Came) -> bool {
    matches!(came, Came::Refused(_))
}

async fn let_in(record: &Record, here: &Authority, came: Came) -> Signed {
    let Came::In(token, _) = came else { panic!("{came:?}") };
    people::signed(record, here, token).await.unwrap().unwrap()
}

/// How often the sealed log has that an account was linked.
async fn linkings(record: &Record, here: &Authority, person: Id<Person>) -> usize {
    let mut file = Cursor::new(Vec::new());
    copies::back_up(record, &owner(), &mut file, copies::Key::LeftOut).await.unwrap();
    let mut log = String::new();
    ZipArchive::new(file).unwrap().by_name("tables/audit.jsonl").unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains(&here.id.to_string()));
    let is_one = |line: &&str| line.contains("\"sign-on.link\"") && line.contains(&person.to_string());
    log.lines().filter(is_one).count()
}

#[tokio::test]
async fn a_provider_lets_in_whoever_linked_their_account_and_nobody_by_their_address() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        let ada = added(&record, &here, "ada", Role::Analyst).await;
        added(&record, &here, "grace", Role::Analyst).await;
        let (site, test) = ((&record, &here), TestProvider::start().await);
        let by = (&test, &sign_on(&test, Counts::Naming(vec!["mfa".to_owned()])));
        let in_by = Errand::SignIn("/homes");
        // Her verified address alone opens nothing, nor anybody else's.
        for email in [Some("ada@example.gov.uk"), Some("stranger@example.gov.uk"), None] {
            let says = Says { email, ..Says::default() };
            assert!(is_refused(&comes(site, by, in_by, says, None).await), "{email:?}");
        }
        // She links it herself, signed in; in a browser where nobody is, or somebody else, what she began is of no use.
        let (hers, graces) = (signed(&record, &here, "ada").await, signed(&record, &here, "grace").await);
        for signed in [None, Some(&graces)] {
            assert!(is_refused(&comes(site, by, Errand::Link(&hers), Says::default(), signed).await));
        }
        assert_eq!(linkings(&record, &here, ada.id).await, 0);
        assert!(!by.1.is_linked(&record, &hers).await.unwrap());
        assert_eq!(comes(site, by, Errand::Link(&hers), Says::default(), Some(&hers)).await, Came::Linked);
        assert!(by.1.is_linked(&record, &hers).await.unwrap());
        assert_eq!(linkings(&record, &here, ada.id).await, 1);
        let first = let_in(&record, &here, comes(site, by, in_by, Says::default(), None).await).await;
        assert_eq!((first.session.person.id, first.session.factor_at), (ada.id, None));
        // By subject: her address there may change, and whoever has it next is not she.
        let moved = Says { email: Some("grace@example.gov.uk"), methods: vec!["mfa"], ..Says::default() };
        let again = let_in(&record, &here, comes(site, by, in_by, moved.clone(), None).await).await;
        assert_eq!((again.session.person.id, again.standing), (ada.id, Standing::Whole));
        assert!(again.session.factor_at.is_some(), "the provider's second factor counts where it says so");
        let never = (&test, &sign_on(&test, Counts::Never));
        assert_eq!(let_in(&record, &here, comes(site, never, in_by, moved, None).await).await.session.factor_at, None);
        let heir = Says { subject: "subject-2", ..Says::default() };
        assert!(is_refused(&comes(site, by, in_by, heir.clone(), None).await), "her old address on another account");
        // One account opens one person, and a person has one.
        assert!(is_refused(&comes(site, by, Errand::Link(&graces), Says::default(), Some(&graces)).await));
        assert!(is_refused(&comes(site, by, Errand::Link(&hers), heir.clone(), Some(&hers)).await));
        // Unlinked, nothing of hers opens it until she links anew; stopped, nothing does.
        people::unlink(&record, &owner(), &here, ada.id).await.unwrap();
        assert!(is_refused(&comes(site, by, in_by, Says::default(), None).await));
        let hers = signed(&record, &here, "ada").await;
        assert_eq!(comes(site, by, Errand::Link(&hers), heir.clone(), Some(&hers)).await, Came::Linked);
        assert_eq!(let_in(&record, &here, comes(site, by, in_by, heir.clone(), None).await).await.session.person.id, ada.id);
        people::stop(&record, &owner(), &here, ada.id).await.unwrap();
        assert!(is_refused(&comes(site, by, in_by, heir, None).await));
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn whoever_was_invited_takes_their_account_in_place_of_a_password_once() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        let (site, test) = ((&record, &here), TestProvider::start().await);
        let by = (&test, &sign_on(&test, Counts::Never));
        let new = NewUser { name: "Grace", email: "grace@example.gov.uk", roles: [Role::Analyst].into(), password: None };
        let (grace, link) = people::invite(&record, &owner(), &here, &new).await.unwrap();
        let invitation = Errand::Invitation(link);
        // What the provider calls her address is not asked.
        let says = Says { subject: "subject-7", email: None, verified: None, ..Says::default() };
        let came = comes(site, by, invitation, says.clone(), None).await;
        assert_eq!(let_in(&record, &here, came).await.session.person.id, grace.id);
        assert_eq!(linkings(&record, &here, grace.id).await, 1);
        assert!(is_refused(&comes(site, by, invitation, Says::default(), None).await), "once");
        assert!(people::link(&record, &here, link).await.unwrap().is_none());
        let again = let_in(&record, &here, comes(site, by, Errand::SignIn("/work"), says.clone(), None).await).await;
        assert_eq!(again.session.person.id, grace.id);
        // A link to choose another password links nobody, and an account of somebody's is nobody else's.
        let ada = added(&record, &here, "ada", Role::Analyst).await;
        let recovery = people::link_for(&record, &owner(), &here, ada.id).await.unwrap();
        let stranger = Says { subject: "subject-8", ..Says::default() };
        assert!(is_refused(&comes(site, by, Errand::Invitation(recovery), stranger.clone(), None).await));
        let new = NewUser { name: "Emmy", email: "emmy@example.gov.uk", roles: [Role::Analyst].into(), password: None };
        let (_, link) = people::invite(&record, &owner(), &here, &new).await.unwrap();
        assert!(is_refused(&comes(site, by, Errand::Invitation(link), says, None).await), "it is grace's account");
        assert!(people::link(&record, &here, link).await.unwrap().is_some(), "and the invitation is not used up by it");
        NOW.fetch_add(8 * 24 * 3600, Ordering::Relaxed);
        let late = Says { expires: now().as_second() + 300, ..stranger };
        assert!(is_refused(&comes(site, by, Errand::Invitation(link), late, None).await), "it has ended");
        NOW.fetch_add(-8 * 24 * 3600, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn an_attempt_belongs_to_the_browser_that_began_it_and_ends() {
    static NOW: AtomicI64 = AtomicI64::new(provider::NOW);
    fn now() -> jiff::Timestamp {
        jiff::Timestamp::from_second(NOW.load(Ordering::Relaxed)).unwrap()
    }
    for (_folder, record, here) in records_at(now).await {
        added(&record, &here, "ada", Role::Analyst).await;
        let test = TestProvider::start().await;
        let by = sign_on(&test, Counts::Never);
        let hers = signed(&record, &here, "ada").await;
        comes((&record, &here), (&test, &by), Errand::Link(&hers), Says::default(), Some(&hers)).await;
        let (address, kept) = by.begin(&record, Errand::SignIn("/work")).await.unwrap();
        let (state, code) = test.signed_in_at(&address);
        let (_, of_another) = by.begin(&record, Errand::SignIn("/work")).await.unwrap();
        let finish = async |kept: &str, state: &str| by.finish(&record, &here, (kept, state, &code), None).await.unwrap();
        for (kept, state) in [("", state.as_str()), (&of_another, &state), (&kept, "another state"), (&kept[..40], &state), ("zz", &state)]
        {
            assert!(is_refused(&finish(kept, state).await), "{kept} {state}");
        }
        NOW.fetch_add(15 * 60, Ordering::Relaxed);
        assert!(is_refused(&finish(&kept, &state).await), "a quarter of an hour");
        NOW.fetch_add(-15 * 60, Ordering::Relaxed);
        assert!(matches!(finish(&kept, &state).await, Came::In(..)), "and in time, in that browser, it lets her in");
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}
