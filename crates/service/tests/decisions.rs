//! Decisions in an emergency with their approval, and courts' leave with its end, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here
//! is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{child, day, is_refused, person};
use domain::access::{Actor, Role};
use domain::case::{CourtAuthority, CourtKind, EmergencyDecision, EmergencyKind};
use domain::child::Child;
use domain::clock::{Duty, State};
use domain::office::{Office, Standing};
use domain::person::Person;
use domain::{Day, Id};
use recorded::{owner, records};
use service::Error;
use service::duties::{self, About, Line};
use service::people::{self, NewNomination};
use service::record::{self, Authority, Record, case};

fn decision(record: &Record, child: Id<Child>, decider: Id<Person>, kind: EmergencyKind, on: Day) -> EmergencyDecision {
    EmergencyDecision {
        id: record.id(),
        child,
        kind,
        day: on,
        decider,
        capacity: "Manager on duty".to_owned(),
        reasons: "The carer fell ill at night, and nothing nearer was free.".to_owned(),
        approver: None,
        approved: None,
    }
}

async fn nominated(record: &Record, here: &Authority, person: Id<Person>, office: Office, from: Day, to: Option<Day>) {
    let (standing, written) = (Standing::Holder, "Folder 7".to_owned());
    people::nominate(record, &owner(), here, NewNomination { office, standing, person, start: from, end: to, written }).await.unwrap();
}

async fn lines(record: &Record, actor: &Actor, here: &Authority, today: Day, duty: Duty) -> Vec<Line> {
    let work = duties::list(record, actor, here, today).await.unwrap();
    [work.overdue, work.waiting, work.due].into_iter().flatten().filter(|line| line.duty == duty).collect()
}

#[tokio::test]
async fn what_could_not_wait_is_put_before_whoever_holds_the_office_and_late_is_late() {
    for (_folder, record, here) in records().await {
        let born = Day::from_ymd(2014, 6, 5).unwrap();
        let child = child(&record, &here, ("E-1", born, day(0))).await;
        let (grace_id, grace) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let (ruth_id, ruth) = person(&record, &here, "Ruth", Role::Director).await;
        let (nora_id, nora) = person(&record, &here, "Nora", Role::SocialWorker).await;
        let today = record.today();
        nominated(&record, &here, nora_id, Office::NominatedOfficer, day(0), None).await;
        nominated(&record, &here, grace_id, Office::NominatedOfficer, day(0), None).await;
        nominated(&record, &here, ruth_id, Office::Director, day(0), None).await;
        // Tuesday 26 May 2026: the next working day is Wednesday; today, 1 June, it is late.
        let on = Day::from_ymd(2026, 5, 26).unwrap();
        let fact = decision(&record, child, grace_id, EmergencyKind::OutOfArea, on);
        case::add(&record, &grace, here.id, child, &fact).await.unwrap();
        let hers = lines(&record, &nora, &here, on.plus(1), Duty::EmergencyApproval).await;
        assert_eq!(
            hers.iter().map(|line| (line.about, line.by, line.days_late)).collect::<Vec<_>>(),
            [(About::Emergency(fact.id), on.plus(1), 0)]
        );
        assert_eq!(lines(&record, &nora, &here, today, Duty::EmergencyApproval).await[0].days_late, 5);
        // Whoever works with the child and holds no office is told to put it there.
        let (_, sam) = person(&record, &here, "Sam", Role::SocialWorker).await;
        let sam = Actor { cases: [child].into(), ..sam };
        assert_eq!(lines(&record, &sam, &here, today, Duty::EmergencyApproval).await[0].about, About::Child(child));
        for other in [&grace, &ruth] {
            let none = lines(&record, other, &here, today, Duty::EmergencyApproval).await;
            assert_eq!(none, [], "not whoever decided, and not another office");
        }
        assert!(matches!(case::put(&record, &ruth, here.id, fact.id).await, Err(Error::NotFound { .. })), "another office");
        let approve = async |actor: &Actor, version| case::approve(&record, actor, here.id, (fact.id, version)).await;
        is_refused(approve(&grace, 1).await, "Whoever decided cannot approve");
        let put = case::put(&record, &nora, here.id, fact.id).await.unwrap();
        assert_eq!((put.decider.as_str(), put.reference.as_str()), ("Grace", "E-1"));
        assert!(matches!(approve(&nora, 9).await, Err(Error::Stale)));
        approve(&nora, 1).await.unwrap();
        assert!(matches!(approve(&nora, 2).await, Err(Error::Stale)), "once");
        let known = &record::show(&record, &grace, here.id, child, None).await.unwrap().emergencies[0].fact;
        assert_eq!((known.approver, known.approved), (Some(nora_id), Some(today)));
        let standing = case::approval(known, today.plus(90));
        assert!(
            matches!(standing.state, State::Met { .. }) && standing.state.days_late(today.plus(90)) == 5,
            "a breach that stays to be seen"
        );
        assert_eq!(lines(&record, &nora, &here, today, Duty::EmergencyApproval).await, []);
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn an_approval_on_paper_is_held_to_the_same() {
    for (_folder, record, here) in records().await {
        let born = Day::from_ymd(2014, 6, 5).unwrap();
        let child = child(&record, &here, ("E-2", born, day(0))).await;
        let (grace_id, grace) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let (paul_id, paul) = person(&record, &here, "Paul", Role::PlacementOfficer).await;
        let (nora_id, _) = person(&record, &here, "Nora", Role::SocialWorker).await;
        nominated(&record, &here, nora_id, Office::NominatedOfficer, day(0), Some(day(20))).await;
        let with = |approver, on: i32| EmergencyDecision {
            approver: Some(approver),
            approved: Some(day(on)),
            ..decision(&record, child, grace_id, EmergencyKind::ConnectedPerson, day(10))
        };
        let add = async |actor: &Actor, fact: &EmergencyDecision| case::add(&record, actor, here.id, child, fact).await;
        is_refused(add(&paul, &with(nora_id, 20)).await, "Nominated officer");
        is_refused(add(&paul, &with(paul_id, 11)).await, "Nominated officer");
        is_refused(add(&paul, &with(grace_id, 11)).await, "somebody else does");
        is_refused(add(&paul, &with(nora_id, 9)).await, "on a day before");
        is_refused(add(&grace, &with(nora_id, 11)).await, "You decided this yourself");
        let distant = EmergencyDecision { kind: EmergencyKind::AtADistance, ..with(nora_id, 11) };
        is_refused(add(&paul, &distant).await, "Director of children");
        // On the last day of the nomination, late, by somebody else's hand.
        let late = with(nora_id, 19);
        add(&paul, &late).await.unwrap();
        assert_eq!(case::approval(&late, day(40)).state.days_late(day(40)), 8, "Wednesday 11 March, so Thursday the 12th");
        // Whoever decided may mend the words, not the approval.
        let words = EmergencyDecision { capacity: "Deputy".to_owned(), ..late.clone() };
        case::correct(&record, &grace, here.id, child, 1, &words, "was deputy that night").await.unwrap();
        let moved = EmergencyDecision { approved: Some(day(12)), ..words };
        is_refused(case::correct(&record, &grace, here.id, child, 2, &moved, "earlier").await, "You decided this yourself");
        // What the child is told names no member of staff by mistake.
        let all = record::export(&record, &owner(), here.id, child, "asked on 1 June").await.unwrap();
        for marked in ["decider", "approver", "capacity", "reasons"] {
            assert!(all.to_look_at().iter().any(|[table, _, column, _]| table == "emergency_decision" && column == marked), "{marked}");
        }
    }
}

#[tokio::test]
async fn leave_that_runs_out_is_an_alarm_until_another_follows() {
    for (_folder, record, here) in records().await {
        let born = Day::from_ymd(2011, 6, 5).unwrap();
        let child = child(&record, &here, ("C-1", born, day(0))).await;
        let (_, grace) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let leave = |start, expires| CourtAuthority {
            id: record.id(),
            child,
            kind: CourtKind::DeprivationOfLiberty,
            start: day(start),
            expires: day(expires),
            ended: None,
            court: "High Court, FD26P00000".to_owned(),
            words: String::new(),
        };
        let add = async |fact: &CourtAuthority| case::add(&record, &grace, here.id, child, fact).await;
        let alarm = async |today: i32| {
            let lines = lines(&record, &grace, &here, day(today), Duty::CourtAuthority).await;
            lines.iter().map(|line| (line.about, line.by, line.days_late)).collect::<Vec<_>>()
        };
        is_refused(add(&leave(20, 10)).await, "before the first");
        is_refused(add(&CourtAuthority { court: " ".to_owned(), ..leave(0, 10) }).await, "which court");
        let first = leave(0, 60);
        add(&first).await.unwrap();
        let about = About::Child(child);
        assert_eq!(alarm(10).await, [], "there is time");
        assert_eq!(alarm(40).await, [(about, day(60), 0)]);
        assert_eq!(alarm(70).await, [(about, day(60), 10)], "it does not go on by itself");
        let second = leave(61, 200);
        add(&second).await.unwrap();
        assert_eq!(alarm(70).await, []);
        assert_eq!(alarm(201).await, [(about, day(200), 1)]);
        let ended = CourtAuthority { ended: Some(day(190)), ..second };
        case::correct(&record, &grace, here.id, child, 1, &ended, "discharged").await.unwrap();
        assert_eq!(alarm(201).await, []);
        assert_eq!(record::show(&record, &grace, here.id, child, None).await.unwrap().courts.len(), 2);
    }
}

#[tokio::test]
async fn nobody_is_two_people_and_an_approval_is_of_what_was_approved() {
    for (_folder, record, here) in records().await {
        let born = Day::from_ymd(2014, 6, 5).unwrap();
        let child = child(&record, &here, ("E-3", born, day(0))).await;
        let (ada_id, ada) = person(&record, &here, "Ada", Role::PlacementOfficer).await;
        let (grace_id, _) = person(&record, &here, "Grace", Role::SocialWorker).await;
        let (nora_id, nora) = person(&record, &here, "Nora", Role::SocialWorker).await;
        for one in [ada_id, nora_id] {
            nominated(&record, &here, one, Office::NominatedOfficer, day(0), None).await;
        }
        let fact = decision(&record, child, ada_id, EmergencyKind::OutOfArea, day(10));
        case::add(&record, &ada, here.id, child, &fact).await.unwrap();
        let correct = async |actor: &Actor, version, fact: &EmergencyDecision| {
            case::correct(&record, actor, here.id, child, version, fact, "slip").await
        };
        // She puts another name there, and approves what she decided.
        let own = EmergencyDecision { decider: grace_id, approver: Some(ada_id), approved: Some(record.today()), ..fact.clone() };
        is_refused(correct(&ada, 1, &own).await, "where it is put before you");
        let renamed = EmergencyDecision { decider: grace_id, ..fact.clone() };
        correct(&ada, 1, &renamed).await.unwrap();
        is_refused(case::approve(&record, &ada, here.id, (fact.id, 2)).await, "somebody else who holds the office");
        let by_nora = EmergencyDecision { approver: Some(nora_id), approved: Some(record.today()), ..renamed.clone() };
        is_refused(correct(&ada, 2, &by_nora).await, "You decided this yourself");
        case::approve(&record, &nora, here.id, (fact.id, 2)).await.unwrap();
        let other = EmergencyDecision { reasons: "Another reason.".to_owned(), ..by_nora };
        is_refused(correct(&ada, 3, &other).await, "It was approved as it stood");
        let anew = EmergencyDecision { approver: None, approved: None, ..other };
        correct(&ada, 3, &anew).await.unwrap();
        // A restricted case: the office is the bond, unless a conflict of interest bars.
        let known = record::show(&record, &owner(), here.id, child, None).await.unwrap().child;
        case::amend(&record, &owner(), known.version, &Child { restricted: true, ..known.fact.clone() }, "threats").await.unwrap();
        assert_eq!(lines(&record, &nora, &here, record.today(), Duty::EmergencyApproval).await[0].about, About::Emergency(fact.id));
        let bound = Actor { conflicts: [Id::from_uuid(child.uuid())].into(), ..nora.clone() };
        assert!(matches!(case::approve(&record, &bound, here.id, (fact.id, 4)).await, Err(Error::NotFound { .. })));
        case::approve(&record, &nora, here.id, (fact.id, 4)).await.unwrap();
        assert!(record::show(&record, &nora, here.id, child, None).await.is_err(), "the case itself stays shut");
    }
}
