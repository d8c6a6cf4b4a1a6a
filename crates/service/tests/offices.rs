//! What becomes of nominations and of the rota, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{child, day, is_refused, person};
use domain::access::Role;
use domain::case::{EmergencyDecision, EmergencyKind};
use domain::office::{Nomination, Office, Standing};
use domain::person::Person;
use domain::{Day, Id};
use recorded::{owner, records};
use service::Error;
use service::people::{self, NewNomination};
use service::record::case;

fn nominating(person: Id<Person>, office: Office, start: Day) -> NewNomination {
    NewNomination { office, standing: Standing::Holder, person, start, end: None, written: "Folder 7".to_owned() }
}

fn refused<T>(done: &Result<T, Error>) -> bool {
    matches!(done, Err(Error::Unusable(_)))
}

/// A nomination as it stands, with the version to hand back.
fn read(page: &people::NominationPage) -> (Id<Nomination>, i64) {
    let now = page.now().unwrap();
    (now.fact.id, now.version)
}

#[tokio::test]
async fn a_nomination_that_has_ended_makes_no_approval_lawful_from_that_day_on() {
    for (_folder, record, here) in records().await {
        let child = child(&record, &here, ("O-1", day(-4_000), day(0))).await;
        let (nora, _) = person(&record, &here, "Nora", Role::SocialWorker).await;
        let (grace, grace_acts) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let (_, admin) = person(&record, &here, "Ada", Role::Administrator).await;
        let (_, mover) = person(&record, &here, "Paul", Role::PlacementOfficer).await;
        let nomination = people::nominate(&record, &owner(), &here, nominating(nora, Office::NominatedOfficer, day(0))).await.unwrap();
        let (_, worker) = person(&record, &here, "Sam", Role::SocialWorker).await;
        let page = people::nomination(&record, &worker, &here, nomination.id).await.unwrap();
        let at = read(&page);
        let end = async |actor, day, reason| people::end_nomination(&record, actor, &here, at, day, reason).await;
        assert!(matches!(end(&worker, day(5), "She left.").await, Err(Error::Denied(_))));
        for (on, reason) in [(day(5), " "), (day(0), "She left.")] {
            assert!(refused(&end(&admin, on, reason).await), "{on} “{reason}”");
        }
        end(&admin, day(5), "She left.").await.unwrap();
        assert!(matches!(end(&admin, day(4), "She left.").await, Err(Error::Stale)));
        let page = people::nomination(&record, &worker, &here, nomination.id).await.unwrap();
        assert_eq!(page.versions.iter().map(|(known, _)| known.fact.end).collect::<Vec<_>>(), [None, Some(day(5))]);
        assert_eq!((page.log[0].who.as_str(), page.log[0].reason.as_str()), ("Ada", "She left."));
        assert!(refused(&people::end_nomination(&record, &admin, &here, read(&page), day(9), "Later.").await), "nothing is made longer so");

        let decided = |on: Day, approved: Day| EmergencyDecision {
            id: record.id(),
            child,
            kind: EmergencyKind::OutOfArea,
            day: on,
            decider: grace,
            capacity: "Manager on duty".to_owned(),
            reasons: "Nothing nearer was free that night.".to_owned(),
            approver: Some(nora),
            approved: Some(approved),
        };
        let add = async |one: EmergencyDecision| case::add(&record, &mover, here.id, child, &one).await;
        add(decided(day(2), day(4))).await.unwrap();
        assert!(refused(&add(decided(day(4), day(5))).await), "on the day on which it ended nobody approves by it");

        let gaps = people::gaps(&record, &admin, &here).await.unwrap();
        assert_eq!(gaps.uncovered.iter().map(|(office, _)| *office).collect::<Vec<_>>(), Office::ALL, "the register says so at once");
        assert_eq!(gaps.unfounded, []);
        let sooner = NewNomination { end: Some(day(3)), ..nominating(nora, Office::NominatedOfficer, day(0)) };
        people::correct_nomination(&record, &admin, &here, read(&page), sooner, "She left on the third.").await.unwrap();
        let gaps = people::gaps(&record, &admin, &here).await.unwrap();
        assert_eq!(gaps.unfounded, [(Office::NominatedOfficer, "Nora".to_owned(), day(4))], "what was approved stays, and shows");
        assert!(people::gaps(&record, &grace_acts, &here).await.is_err());
    }
}

#[tokio::test]
async fn a_nomination_is_corrected_and_taken_back_by_somebody_else_than_whom_it_names() {
    for (_folder, record, here) in records().await {
        let (ada, ada_acts) = person(&record, &here, "Ada", Role::Administrator).await;
        let (ruth, ruth_acts) = person(&record, &here, "Ruth", Role::Director).await;
        let made = people::nominate(&record, &owner(), &here, nominating(ruth, Office::Director, day(0))).await.unwrap();
        let page = async || people::nomination(&record, &ada_acts, &here, made.id).await.unwrap();
        let at = read(&page().await);
        let correct = async |actor, new| people::correct_nomination(&record, actor, &here, at, new, "Typed wrongly.").await;
        assert!(refused(&correct(&ruth_acts, nominating(ruth, Office::Director, day(-9))).await), "nobody corrects their own");
        assert!(refused(&correct(&ada_acts, nominating(ada, Office::Director, day(0))).await), "nor makes it theirs");
        let unwritten = NewNomination { written: " ".to_owned(), ..nominating(ruth, Office::Director, day(0)) };
        assert!(refused(&correct(&ada_acts, unwritten).await));
        correct(&ada_acts, nominating(ruth, Office::Chair, day(1))).await.unwrap();
        let at = read(&page().await);
        let withdraw = async |actor, reason| people::withdraw_nomination(&record, actor, &here, at, reason).await;
        assert!(refused(&withdraw(&ruth_acts, "Never was.").await));
        assert!(refused(&withdraw(&ada_acts, "").await));
        withdraw(&ada_acts, "Never was.").await.unwrap();
        assert_eq!(people::nominations(&record, &ada_acts, &here).await.unwrap(), []);
        let page = page().await;
        assert!(page.now().is_none() && page.versions.len() == 3, "all that it said stays");
        assert!(matches!(withdraw(&ada_acts, "Again.").await, Err(Error::NotFound { .. })));
    }
}

#[tokio::test]
async fn the_rota_says_of_each_night_who_decides_and_for_which_office_nobody_does() {
    for (_folder, record, here) in records().await {
        let (ruth, _) = person(&record, &here, "Ruth", Role::Director).await;
        let (sam, sam_acts) = person(&record, &here, "Sam", Role::SocialWorker).await;
        let (_, admin) = person(&record, &here, "Ada", Role::Administrator).await;
        for standing in [Standing::Deputy, Standing::Holder] {
            let new = NewNomination { standing, ..nominating(ruth, Office::Director, day(0)) };
            people::nominate(&record, &owner(), &here, new).await.unwrap();
        }
        let duty = people::put_on_duty(&record, &admin, &here, ruth, day(3), "0115 496 0000").await.unwrap();
        is_refused(people::put_on_duty(&record, &admin, &here, ruth, day(3), "0115 496 0001").await, "already");
        people::put_on_duty(&record, &admin, &here, sam, day(3), "0115 496 0002").await.unwrap();
        let nights = people::rota(&record, &sam_acts, &here, (day(2), day(4))).await.unwrap();
        assert_eq!(nights.iter().map(|night| night.on_duty.len()).collect::<Vec<_>>(), [0, 2, 0]);
        assert_eq!(nights[0].without, Office::ALL);
        let third = &nights[1];
        let said: Vec<_> = third.on_duty.iter().map(|one| (one.name.as_str(), one.offices.clone())).collect();
        assert_eq!(said, [("Ruth", vec![(Office::Director, Standing::Holder)]), ("Sam", Vec::new())]);
        assert_eq!(third.without, [Office::NominatedOfficer, Office::Chair]);
        for (from, to) in [(day(4), day(2)), (day(0), day(people::MOST_NIGHTS))] {
            assert!(refused(&people::rota(&record, &sam_acts, &here, (from, to)).await));
        }

        let page = people::duty(&record, &sam_acts, &here, duty.id).await.unwrap();
        let at = (duty.id, page.now().unwrap().version);
        let correct =
            async |actor, telephone| people::correct_duty(&record, actor, &here, at, (ruth, day(4), telephone), "She swapped.").await;
        assert!(matches!(correct(&sam_acts, "0115 496 0003").await, Err(Error::Denied(_))));
        assert!(refused(&correct(&admin, "ring her").await));
        correct(&admin, "0115 496 0003").await.unwrap();
        let page = people::duty(&record, &sam_acts, &here, duty.id).await.unwrap();
        let version = page.now().unwrap().version;
        people::withdraw_duty(&record, &admin, &here, (duty.id, version), "She is on leave.").await.unwrap();
        let nights = people::rota(&record, &sam_acts, &here, (day(4), day(4))).await.unwrap();
        assert_eq!(nights[0].on_duty, []);
        assert_eq!(people::duty(&record, &sam_acts, &here, duty.id).await.unwrap().versions.len(), 3);
    }
}
