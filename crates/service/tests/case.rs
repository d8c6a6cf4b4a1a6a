//! A child's case as people work with it, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use std::collections::BTreeSet;

use domain::access::{Action, Actor, Grant, Role, Who};
use domain::case::{
    Absence, Allocation, Channel, Interview, Kin, MissingEpisode, Participation, Review, Seen, Sibling, Together, Visit, Voice,
};
use domain::child::Child;
use domain::clock::Duty;
use domain::history::Uasc;
use domain::legal_status::LegalStatus;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::vault::Kind;
use domain::{Code, Day, Id};
use recorded::{owner, records};
use service::Error;
use service::duties::{self, About};
use service::people::{self, NewUser};
use service::record::{self, Authority, Entries, Part, Record, case};

fn day(n: i32) -> Day {
    Day::from_ymd(2026, 3, 1).unwrap().plus(n)
}

/// A child in care since 1 March 2026, in a foster home.
async fn child(record: &Record, authority: &Authority, reference: &str) -> Child {
    let child = Child {
        id: record.id(),
        authority: authority.id,
        reference: reference.to_owned(),
        born: Day::from_ymd(2014, 6, 5).unwrap(),
        sex: Code::of("F"),
        ethnicity: Code::of("WBRI"),
        asylum: Uasc::Never,
        restricted: false,
    };
    case::register(record, &owner(), &child).await.unwrap();
    let id = child.id;
    let period = PeriodOfCare { id: record.id(), child: id, kind: period::Kind::Care, start: day(0), end: None, ceased: Code::BLANK };
    case::add(record, &owner(), authority.id, id, &period).await.unwrap();
    case::add(record, &owner(), authority.id, id, &placement(record, id, 0, None)).await.unwrap();
    let legal = LegalStatus { id: record.id(), child: id, status: Code::of("C2"), need: Code::of("N1"), start: day(0), end: None };
    case::add(record, &owner(), authority.id, id, &legal).await.unwrap();
    child
}

fn placement(record: &Record, child: Id<Child>, start: i32, end: Option<i32>) -> Placement {
    Placement {
        id: record.id(),
        child,
        start: day(start),
        end: end.map(day),
        kind: Code::of("U6"),
        provider: Code::of("PR1"),
        urn: Code::BLANK,
        postcode: None,
        ended: Code::BLANK,
    }
}

/// Somebody who is in the record, with a role.
async fn person(record: &Record, authority: &Authority, role: Role) -> Actor {
    let email = format!("{role}@example.gov.uk");
    let new = NewUser { name: role.words(), email: &email, roles: BTreeSet::from([role]), password: Some("three random words") };
    let person = people::add(record, &owner(), authority, &new).await.unwrap();
    Actor { who: Who::Person(person.id), grants: [Grant { authority: authority.id, role }].into(), ..Actor::nobody() }
}

/// The same, allocated to a child.
fn allocated(actor: &Actor, child: Id<Child>) -> Actor {
    Actor { cases: [child].into(), ..actor.clone() }
}

fn is_refused<T: std::fmt::Debug>(done: Result<T, Error>, words: &str) {
    match done {
        Err(Error::Unusable(said)) => assert!(said.contains(words), "{said}"),
        other => panic!("{words}: {other:?}"),
    }
}

#[tokio::test]
async fn a_corrected_date_keeps_what_was_believed_and_why() {
    for (_folder, record, authority) in records().await {
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let child = child(&record, &authority, "A-1").await;
        let read = record::show(&record, &officer, authority.id, child.id, None).await.unwrap().placements[0].clone();
        let corrected = Placement { start: day(2), ..read.fact.clone() };
        let correct = |version, reason: &'static str| case::correct(&record, &officer, authority.id, child.id, version, &corrected, reason);
        is_refused(correct(read.version, " ").await, "Say why");
        correct(read.version, "moved in two days later, says the carer").await.unwrap();
        assert!(matches!(correct(read.version, "again").await, Err(Error::Stale)));
        let history = case::history(&record, &officer, authority.id, child.id, read.fact.id).await.unwrap();
        let said: Vec<(Day, &str)> = history.iter().map(|one| (one.known.fact.start, one.reason.as_str())).collect();
        assert_eq!(said, [(day(0), "added: placement"), (day(2), "moved in two days later, says the carer")]);
        assert_eq!(history[1].who, "Placement officer");
        // Taken back, it leaves its versions and says why it went.
        case::withdraw(&record, &officer, authority.id, child.id, (read.fact.id, 2), "typed for another child").await.unwrap();
        assert!(record::show(&record, &officer, authority.id, child.id, None).await.unwrap().placements.is_empty());
        let history = case::history(&record, &officer, authority.id, child.id, read.fact.id).await.unwrap();
        let last = history.last().unwrap();
        assert!(last.known.superseded_at.is_some() && last.reason == "typed for another child");
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn what_nobody_can_have_lived_through_is_refused_with_both_dates() {
    for (_folder, record, authority) in records().await {
        let child = child(&record, &authority, "A-2").await;
        let add = |fact: Placement| {
            let record = &record;
            async move { case::add(record, &owner(), authority.id, child.id, &fact).await }
        };
        is_refused(add(placement(&record, child.id, 9, None)).await, "lived elsewhere since 1 March 2026");
        is_refused(add(placement(&record, child.id, -9, Some(-9))).await, "at least a day after the start");
        add(placement(&record, child.id, -9, Some(0))).await.unwrap();
        let law = |start, end: Option<i32>| LegalStatus {
            id: record.id(),
            child: child.id,
            status: Code::of("V2"),
            need: Code::of("N1"),
            start: day(start),
            end: end.map(day),
        };
        is_refused(case::add(&record, &owner(), authority.id, child.id, &law(-3, Some(1))).await, "begins on 1 March 2026 and goes on");
        case::add(&record, &owner(), authority.id, child.id, &law(-3, Some(0))).await.unwrap();
        let early = PeriodOfCare {
            id: record.id(),
            child: child.id,
            kind: period::Kind::Care,
            start: Day::from_ymd(2014, 6, 4).unwrap(),
            end: Some(Day::from_ymd(2014, 7, 4).unwrap()),
            ceased: Code::BLANK,
        };
        is_refused(case::add(&record, &owner(), authority.id, child.id, &early).await, "before the child was born");
    }
}

#[tokio::test]
async fn each_writes_what_is_theirs_to_write_and_reads_what_is_open_to_them() {
    for (_folder, record, authority) in records().await {
        let child = child(&record, &authority, "A-3").await;
        let reviewer = person(&record, &authority, Role::IndependentReviewingOfficer).await;
        let worker = person(&record, &authority, Role::SocialWorker).await;
        let review = Review {
            id: record.id(),
            child: child.id,
            due: day(28),
            held: None,
            participation: Participation::NotKnown,
            decisions: String::new(),
        };
        let add = |actor: Actor| {
            let (record, review) = (&record, review.clone());
            async move { case::add(record, &actor, authority.id, child.id, &review).await }
        };
        assert!(matches!(add(allocated(&worker, child.id)).await, Err(Error::NotFound { .. })), "a review is the reviewing officer's");
        assert!(matches!(add(reviewer.clone()).await, Err(Error::NotFound { .. })), "and of their own cases");
        add(allocated(&reviewer, child.id)).await.unwrap();
        let voice = Voice {
            id: record.id(),
            child: child.id,
            day: day(5),
            channel: Channel::Spoken,
            words: "I want to stay near my school.".to_owned(),
            heard_by: "Invented worker".to_owned(),
        };
        case::add(&record, &allocated(&worker, child.id), authority.id, child.id, &voice).await.unwrap();
        // Whoever allocates opens the case from the next session on; the list follows.
        let Who::Person(someone) = worker.who else { unreachable!() };
        let allocation = Allocation { id: record.id(), child: child.id, person: someone, start: day(0), end: None };
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let listed = |actor: Actor| {
            let record = &record;
            async move { case::list(record, &actor, authority.id, &case::Question::default(), None, 50).await.unwrap().total }
        };
        assert_eq!(listed(worker.clone()).await, 0);
        case::add(&record, &officer, authority.id, child.id, &allocation).await.unwrap();
        is_refused(
            case::add(&record, &officer, authority.id, child.id, &Allocation { id: record.id(), ..allocation }).await,
            "begins on 1 March 2026",
        );
        // Nobody of another authority is allocated, whoever knows their identity.
        let there = record::open(&record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
        let new = NewUser { name: "Stranger", email: "stranger@example.gov.uk", roles: [Role::SocialWorker].into(), password: None };
        let stranger = people::add(&record, &owner(), &there, &new).await.unwrap().id;
        let of_a_stranger = Allocation { id: record.id(), child: child.id, person: stranger, start: day(0), end: None };
        is_refused(case::add(&record, &officer, authority.id, child.id, &of_a_stranger).await, "has a part here");
        assert_eq!((listed(worker.clone()).await, listed(officer).await), (1, 1));
        let case = record::show(&record, &allocated(&worker, child.id), authority.id, child.id, None).await.unwrap();
        assert_eq!((case.reviews.len(), case.voice.len(), case.allocations.len()), (1, 1, 1));
        assert!(case.reviews[0].fact.is_late_on(day(29)));
    }
}

#[tokio::test]
async fn names_are_sealed_read_by_permission_and_every_reading_is_logged() {
    for (_folder, record, authority) in records().await {
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let child = child(&record, &authority, "A-4").await;
        let name = "Marigold Makebelieve";
        is_refused(case::add_word(&record, &officer, authority.id, child.id, Kind::Nhs, "943 476 5918").await, "ten figures");
        let id = case::add_word(&record, &officer, authority.id, child.id, Kind::Name, name).await.unwrap();
        let words = case::vault(&record, &officer, authority.id, child.id, None).await.unwrap();
        assert_eq!(words.iter().map(|word| (word.kind, word.text.as_str())).collect::<Vec<_>>(), [(Kind::Name, name)]);
        let correct =
            |version| case::correct_word(&record, &officer, authority.id, child.id, (id, version), "Marigold Storybook", "adopted");
        correct(1).await.unwrap();
        assert!(matches!(correct(1).await, Err(Error::Stale)));
        let history = case::word_history(&record, &officer, authority.id, child.id, id).await.unwrap();
        let texts: Vec<&str> = history.iter().map(|one| one.word.text.as_str()).collect();
        assert_eq!(texts, [name, "Marigold Storybook"]);
        let case = record::show(&record, &officer, authority.id, child.id, None).await.unwrap();
        let log = record::log(&record, &case, Part::last(Entries::All, 100)).await.unwrap();
        let readings = log.iter().filter(|entry| entry.action == Action::VaultRead).count();
        assert_eq!(readings, 2, "the two openings of the vault");
        assert!(!format!("{:?} {log:?}", case.changes).contains("Marigold"), "the log tells that it changed, never what");
        let worker = person(&record, &authority, Role::SocialWorker).await;
        assert!(matches!(case::vault(&record, &worker, authority.id, child.id, None).await, Err(Error::NotFound { .. })));
        assert!(case::vault(&record, &allocated(&worker, child.id), authority.id, child.id, None).await.is_ok());
        case::withdraw_word(&record, &officer, authority.id, child.id, (id, 2), "another child's").await.unwrap();
        assert!(case::vault(&record, &officer, authority.id, child.id, None).await.unwrap().is_empty());
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn on_disk_there_is_no_name_and_another_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.db");
    std::fs::File::create(&file).unwrap();
    let address = format!("sqlite://{}", file.display());
    let now = || jiff::Timestamp::from_second(1_780_315_200).unwrap();
    let chance = |bytes: &mut [u8]| {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let at = bytes.len() - 8;
        bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    };
    let record = Record::connect(&address, [3; 64], now, chance).await.unwrap();
    record.migrate().await.unwrap();
    let authority = record::open(&record, &owner(), "Fictitious", "Fictitious").await.unwrap();
    let child = child(&record, &authority, "A-5").await;
    case::add_word(&record, &owner(), authority.id, child.id, Kind::Name, "Marigold Makebelieve").await.unwrap();
    record.close().await;
    let kept = |name: &str| std::fs::read(folder.path().join(name)).unwrap_or_default();
    let bytes = [kept("record.db"), kept("record.db-wal")].concat();
    assert!(!bytes.windows(8).any(|window| window == b"Marigold"), "the file holds no name");
    assert!(bytes.windows(3).any(|window| window == b"A-5"), "and would show one: it holds the reference");
    let other = Record::connect(&address, [4; 64], now, chance).await.unwrap();
    assert!(matches!(other.ready().await, Err(Error::Unusable(words)) if words.contains("another key")));
    is_refused(case::vault(&other, &owner(), authority.id, child.id, None).await, "sealed with another key");
}

#[tokio::test]
async fn a_child_recorded_twice_is_found_joined_and_taken_apart() {
    for (_folder, record, authority) in records().await {
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let one = child(&record, &authority, "104532").await;
        let other = child(&record, &authority, "104352").await;
        let twin = child(&record, &authority, "990001").await;
        let sibling = Sibling {
            id: record.id(),
            child: one.id,
            other: Some(twin.id),
            kin: Kin::Full,
            born: Some(twin.born),
            wish: Together::Together,
            plan: Together::Together,
            words: String::new(),
        };
        case::add(&record, &officer, authority.id, one.id, &sibling).await.unwrap();
        case::add_word(&record, &officer, authority.id, one.id, Kind::Upn, "H801200001001").await.unwrap();
        case::add_word(&record, &officer, authority.id, other.id, Kind::Upn, "h8012 0000 1001").await.unwrap();
        let found = case::duplicates(&record, &officer, authority.id).await.unwrap();
        let first = &found[0];
        assert_eq!((first.one.id, first.other.id), (one.id, other.id));
        let reasons = first.reasons.join("; ");
        for words in ["same unique pupil number", "nearly the same: 104532 and 104352", "born on 5 June 2014"] {
            assert!(reasons.contains(words), "{words}: {reasons}");
        }
        assert!(!reasons.contains("H801"), "the number itself stays in the vault");
        assert!(!found.iter().any(|pair| pair.one.id == one.id && pair.other.id == twin.id), "siblings are two children");

        is_refused(case::merge(&record, &officer, authority.id, one.id, one.id, "same").await, "not two entries");
        let merge = case::merge(&record, &officer, authority.id, other.id, one.id, "same UPN, checked with the school").await.unwrap();
        let shown = record::show(&record, &officer, authority.id, one.id, None).await.unwrap();
        assert_eq!((shown.placements.len(), shown.merged.len(), shown.merged[0].1.reference.as_str()), (2, 1, "104352"));
        assert_eq!(case::vault(&record, &officer, authority.id, one.id, None).await.unwrap().len(), 2);
        let listed = case::list(&record, &officer, authority.id, &case::Question::default(), None, 50).await.unwrap();
        assert_eq!(listed.total, 2, "two entries, one child, and the twin");
        // So in the other list, and in the work that the child makes, by a review that was recorded of the other entry: once.
        let (participation, decisions) = (Participation::NotKnown, String::new());
        let held = Review { id: record.id(), child: other.id, due: day(10), held: Some(day(10)), participation, decisions };
        case::add(&record, &owner(), authority.id, other.id, &held).await.unwrap();
        assert_eq!(record::children(&record, &officer, authority.id).await.unwrap().len(), 2);
        let work = duties::list(&record, &officer, &authority, day(200)).await.unwrap();
        let reviews: Vec<About> = work.overdue.iter().filter(|line| line.duty == Duty::Review).map(|line| line.about).collect();
        assert_eq!(reviews, [About::Child(one.id)], "{work:?}");
        is_refused(case::merge(&record, &officer, authority.id, twin.id, other.id, "x").await, "stands under another");
        // What was recorded of the other entry is corrected in the case that shows it.
        let theirs = shown.placements.iter().find(|known| known.fact.child == other.id).unwrap();
        let ended = Placement { end: Some(day(20)), ..theirs.fact.clone() };
        case::correct(&record, &officer, authority.id, one.id, theirs.version, &ended, "the same stay").await.unwrap();
        // Whoever is kept out of one entry is kept out of both.
        let conflicted = Actor { conflicts: [Id::from_uuid(other.id.uuid())].into(), ..officer.clone() };
        assert!(matches!(record::show(&record, &conflicted, authority.id, one.id, None).await, Err(Error::NotFound { .. })));

        // And sees the child in no list, by whichever entry the conflict was declared.
        let Who::Person(me) = officer.who else { panic!("a person") };
        let thing = Id::from_uuid(other.id.uuid());
        let declared = people::declare_conflict(&record, &owner(), &authority, me, thing, "Her niece.", day(0)).await.unwrap();
        let listed = case::list(&record, &officer, authority.id, &case::Question::default(), None, 50).await.unwrap();
        assert!(listed.total == 1 && listed.rows[0].child.id == twin.id, "{listed:?}");
        assert_eq!(record::children(&record, &officer, authority.id).await.unwrap().len(), 1);
        assert!(record::references(&record, &officer, authority.id, &[one.id, other.id]).await.unwrap().is_empty());
        people::end_conflict(&record, &owner(), &authority, declared.id, record.today()).await.unwrap();

        // And a restriction of the one holds for the other.
        let known = record::show(&record, &officer, authority.id, one.id, None).await.unwrap().child;
        let restrict = |restricted, reason: &'static str| {
            let (record, corrected) = (&record, Child { restricted, ..known.fact.clone() });
            let version = known.version + i64::from(!restricted);
            async move { case::amend(record, &owner(), version, &corrected, reason).await.unwrap() }
        };
        restrict(true, "a court's order").await;
        assert!(matches!(record::show(&record, &officer, authority.id, other.id, None).await, Err(Error::NotFound { .. })));
        restrict(false, "it ended").await;

        case::unmerge(&record, &officer, authority.id, one.id, (merge.id, 1), "two children after all").await.unwrap();
        let shown = record::show(&record, &officer, authority.id, one.id, None).await.unwrap();
        assert_eq!((shown.placements.len(), shown.merged.len()), (1, 0));
        let theirs = record::show(&record, &officer, authority.id, other.id, None).await.unwrap();
        assert_eq!(theirs.placements[0].fact.end, Some(day(20)), "and what was corrected meanwhile stays with its own entry");
    }
}

#[tokio::test]
async fn a_case_is_opened_in_need_by_its_reference() {
    for (_folder, record, authority) in records().await {
        let worker = person(&record, &authority, Role::SocialWorker).await;
        let child = child(&record, &authority, "A-6").await;
        let open = |reference: &'static str, reason: &'static str| case::in_need(&record, &worker, &authority, reference, reason);
        assert!(matches!(open("A-7", "the police have found somebody").await, Err(Error::NotFound { .. })));
        is_refused(open("A-6", "now").await, "Say in a sentence");
        assert_eq!(open("A-6", "the police have found her and ask for the carer").await.unwrap(), child.id);
    }
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_paged() {
    for (_folder, record, authority) in records().await {
        for number in 0..7 {
            let one = child(&record, &authority, &format!("B-{number}")).await;
            if number == 6 {
                let known = record::show(&record, &owner(), authority.id, one.id, None).await.unwrap().periods[0].clone();
                let ended = PeriodOfCare { end: Some(day(10)), ..known.fact };
                case::correct(&record, &owner(), authority.id, one.id, 1, &ended, "went home").await.unwrap();
            }
        }
        let list = |question: case::Question| {
            let record = &record;
            async move {
                let (mut references, mut after) = (Vec::new(), None);
                loop {
                    let page = case::list(record, &owner(), authority.id, &question, after.as_ref(), 3).await.unwrap();
                    references.extend(page.rows.into_iter().map(|row| row.child.reference));
                    match page.next {
                        Some(next) => after = Some(next),
                        None => return references.join(" "),
                    }
                }
            }
        };
        let of = |filter: case::Filter| case::Question { filter, sort: case::Sort::Reference };
        assert_eq!(list(case::Question::default()).await, "B-0 B-1 B-2 B-3 B-4 B-5");
        assert_eq!(list(of(case::Filter { which: case::Which::Left, ..case::Filter::default() })).await, "B-6");
        assert_eq!(list(of(case::Filter { lives: Some(vec![Code::of("K2")]), ..case::Filter::default() })).await, "");
        assert_eq!(list(of(case::Filter { lives: Some(vec![Code::of("K2"), Code::of("U6")]), ..case::Filter::default() })).await.len(), 23);
        assert_eq!(list(of(case::Filter { born_from: Day::from_ymd(2014, 6, 6), ..case::Filter::default() })).await, "");
        let by_birth = case::Question { sort: case::Sort::Since, ..case::Question::default() };
        assert_eq!(list(by_birth).await.len(), 23, "children of one day are shown once each");
    }
}

#[tokio::test]
async fn only_what_has_happened_is_written_as_having_happened() {
    for (_folder, record, authority) in records().await {
        let child = child(&record, &authority, "A-8").await.id;
        let (here, today) = (authority.id, record.today());
        let gone = |start: Day, end: Option<Day>, offered: Option<Day>, interview| MissingEpisode {
            id: record.id(),
            child,
            kind: Absence::Missing,
            start,
            end,
            offered,
            interview,
        };
        let tomorrow = today.plus(1);
        let ahead = "is yet to come";
        let missing = async |one: MissingEpisode| case::add(&record, &owner(), here, child, &one).await;
        is_refused(missing(gone(tomorrow, None, None, Interview::NotKnown)).await, ahead);
        is_refused(missing(gone(today.plus(-2), Some(tomorrow), None, Interview::NotKnown)).await, ahead);
        is_refused(missing(gone(today.plus(-9), Some(today.plus(-5)), Some(tomorrow), Interview::Accepted)).await, ahead);
        is_refused(
            missing(gone(today.plus(-9), Some(today.plus(-5)), Some(today.plus(-6)), Interview::Held)).await,
            "once the child is back",
        );
        is_refused(missing(gone(today.plus(-9), None, None, Interview::Held)).await, "follows the return");
        let visit = |due: Option<Day>, made: Option<Day>| {
            let (by, words) = (String::new(), String::new());
            Visit { id: record.id(), child, due, made, seen: Seen::NotKnown, by, words }
        };
        is_refused(case::add(&record, &owner(), here, child, &visit(None, Some(tomorrow))).await, ahead);
        case::add(&record, &owner(), here, child, &visit(Some(tomorrow), None)).await.unwrap();
        let review = |held: Option<Day>| {
            let (participation, decisions) = (Participation::NotKnown, String::new());
            Review { id: record.id(), child, due: today.plus(30), held, participation, decisions }
        };
        is_refused(case::add(&record, &owner(), here, child, &review(Some(tomorrow))).await, ahead);
        case::add(&record, &owner(), here, child, &review(None)).await.unwrap();
        let (words, heard_by) = ("I like it here.".to_owned(), "Her teacher".to_owned());
        let voice = Voice { id: record.id(), child, day: tomorrow, channel: Channel::Spoken, words, heard_by };
        is_refused(case::add(&record, &owner(), here, child, &voice).await, ahead);
        case::add(&record, &owner(), here, child, &Voice { day: today, ..voice }).await.unwrap();
    }
}

#[tokio::test]
async fn a_return_and_a_planned_placement_whose_day_has_come_wait_for_a_word() {
    for (_folder, record, authority) in records().await {
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let child = child(&record, &authority, "A-9").await.id;
        let (here, today) = (authority.id, record.today());
        let waits = async |duty: Duty, on: Day| {
            let work = duties::list(&record, &officer, &authority, on).await.unwrap();
            let mine = |line: &&duties::Line| line.duty == duty && line.about == About::Child(child);
            work.overdue.iter().chain(&work.due).filter(mine).map(|line| (line.by, line.days_late)).collect::<Vec<_>>()
        };
        let back = MissingEpisode {
            id: record.id(),
            child,
            kind: Absence::Missing,
            start: today.plus(-3),
            end: Some(today.plus(-1)),
            offered: Some(today),
            interview: Interview::Accepted,
        };
        case::add(&record, &owner(), here, child, &back).await.unwrap();
        assert_eq!(waits(Duty::ReturnInterview, today).await, [(today.plus(2), 0)]);
        assert_eq!(waits(Duty::ReturnInterview, today.plus(5)).await, [(today.plus(2), 3)]);
        let held = MissingEpisode { interview: Interview::Held, ..back.clone() };
        case::correct(&record, &owner(), here, child, 1, &held, "held at the carer's").await.unwrap();
        assert!(waits(Duty::ReturnInterview, today.plus(5)).await.is_empty());

        let left = record::show(&record, &owner(), here, child, None).await.unwrap().placements[0].clone();
        let start = today.plus(4);
        let ended = Placement { end: Some(start), ..left.fact.clone() };
        case::correct(&record, &owner(), here, child, left.version, &ended, "a move is planned").await.unwrap();
        let planned = Placement { id: record.id(), start, ..placement(&record, child, 0, None) };
        case::add(&record, &owner(), here, child, &planned).await.unwrap();
        assert!(waits(Duty::PlannedPlacement, start.plus(-1)).await.is_empty());
        assert_eq!(waits(Duty::PlannedPlacement, start).await, [(start, 0)]);
        assert_eq!(waits(Duty::PlannedPlacement, start.plus(3)).await, [(start, 3)], "it does not become a fact by the calendar");
        // What was written on its day or later says that it began: here, that it began today.
        let began = Placement { start: today, ..planned.clone() };
        case::correct(&record, &owner(), here, child, left.version + 1, &Placement { end: Some(today), ..left.fact }, "today")
            .await
            .unwrap();
        case::correct(&record, &owner(), here, child, 1, &began, "the carer rang: she moved in today").await.unwrap();
        assert!(waits(Duty::PlannedPlacement, start.plus(3)).await.is_empty());
    }
}

#[tokio::test]
async fn a_placement_has_a_code_of_its_time_that_the_law_allows_at_its_age() {
    for (_folder, record, authority) in records().await {
        let (here, today) = (authority.id, record.today());
        let child = Child { born: today.plus(-15 * 365), ..child(&record, &authority, "A-10").await };
        let known = record::show(&record, &owner(), here, child.id, None).await.unwrap();
        case::amend(&record, &owner(), known.child.version, &child, "age assessed").await.unwrap();
        let lives = known.placements[0].clone();
        let code = |code: &'static str, start: Day, end: Option<Day>| Placement {
            id: record.id(),
            start,
            end,
            kind: Code::of(code),
            ..placement(&record, child.id, 0, None)
        };
        let add = async |one: &Placement| case::add(&record, &owner(), here, child.id, one).await;
        let early = code("K3", Day::from_ymd(2024, 3, 1).unwrap(), Some(Day::from_ymd(2024, 3, 9).unwrap()));
        is_refused(add(&early).await, "K3 is in use from 1 April 2024");
        let late = code("H5", Day::from_ymd(2025, 3, 1).unwrap(), Some(Day::from_ymd(2025, 3, 9).unwrap()));
        is_refused(add(&late).await, "H5 is in use until 31 March 2024");
        is_refused(add(&code("Q9", today, None)).await, "no placement code");
        let ended = Placement { end: Some(today.plus(-1)), ..lives.fact.clone() };
        case::correct(&record, &owner(), here, child.id, lives.version, &ended, "moved").await.unwrap();
        is_refused(add(&code("Z12", today.plus(3), None)).await, "nobody under 16 is placed as Z12");
        // Found there, in a house that is on no register: recorded as it is, and somebody must look.
        let found = code("Z12", today.plus(-1), None);
        add(&found).await.unwrap();
        let open = record::alerts(&record, &owner(), here).await.unwrap();
        let theirs: Vec<_> = open.iter().filter(|one| one.alert.fact.child == Some(child.id)).collect();
        assert!(theirs.len() == 1 && theirs[0].alert.fact.place().is_none() && theirs[0].setting.is_empty(), "{theirs:?}");
        assert!(theirs[0].alert.fact.words.contains("and the child is"), "{theirs:?}");
    }
}

#[tokio::test]
async fn an_asylum_status_ends_between_birth_and_the_eighteenth_birthday() {
    for (_folder, record, authority) in records().await {
        let known = child(&record, &authority, "A-11").await;
        let until = |day: Day| Child { asylum: Uasc::Until(Some(day)), ..known.clone() };
        for end in [known.born.plus(-1), known.born.anniversary(18).plus(1)] {
            let new = Child { id: record.id(), reference: "A-12".to_owned(), ..until(end) };
            is_refused(case::register(&record, &owner(), &new).await, "between birth and the 18th birthday");
            is_refused(case::amend(&record, &owner(), 1, &until(end), "assessed").await, "between birth and the 18th birthday");
        }
        case::amend(&record, &owner(), 1, &until(known.born.anniversary(18)), "assessed").await.unwrap();
    }
}
