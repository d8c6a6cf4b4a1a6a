//! Health assessments in the record and in the work that they make, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{child, day, is_refused, person};
use domain::access::{Actor, Role};
use domain::case::{Assessor, HealthAssessment, HealthKind};
use domain::child::Child;
use domain::clock::Duty;
use domain::{Day, Id};
use recorded::{owner, records};
use service::Error;
use service::duties::{self, About};
use service::record::{self, Authority, Record, case};

fn held(record: &Record, child: Id<Child>, kind: HealthKind, by: Assessor, on: i32) -> HealthAssessment {
    let words = "Well; glasses ordered.".to_owned();
    HealthAssessment { id: record.id(), child, kind, due: None, held: Some(day(on)), by, score: None, words }
}

/// By when a child's next assessment is to be held, if somebody must look at it by now.
async fn due(record: &Record, actor: &Actor, here: &Authority, child: Id<Child>, today: Day) -> Option<Day> {
    let work = duties::list(record, actor, here, today).await.unwrap();
    let lines = work.overdue.iter().chain(&work.due);
    let mut lines = lines.filter(|line| line.duty == Duty::HealthAssessment && line.about == About::Child(child));
    let line = lines.next();
    assert!(lines.next().is_none(), "once");
    line.map(|line| line.by)
}

#[tokio::test]
async fn an_assessment_is_due_within_twenty_working_days_then_by_age() {
    for (_folder, record, here) in records().await {
        let (_, officer) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let add = async |fact: &HealthAssessment| case::add(&record, &officer, here.id, fact.child, fact).await;
        let older = child(&record, &here, ("H-1", Day::from_ymd(2014, 6, 5).unwrap(), day(0))).await;
        let young = child(&record, &here, ("H-2", Day::from_ymd(2022, 6, 5).unwrap(), day(0))).await;
        let early = child(&record, &here, ("H-3", Day::from_ymd(2012, 6, 5).unwrap(), day(-90))).await;
        // Nobody recorded any yet: whether one was held cannot be said, once it could be late.
        assert_eq!(due(&record, &officer, &here, older, day(26)).await, Some(day(26)), "20 working days after Sunday 1 March");
        assert_eq!(due(&record, &officer, &here, older, day(27)).await, None);
        let unknown = duties::list(&record, &officer, &here, day(27)).await.unwrap().unknown;
        assert!(unknown.iter().any(|one| one.duty == Duty::HealthAssessment && one.children == 3), "{unknown:?}");
        // From the first that is recorded on, silence says that none was held.
        add(&held(&record, early, HealthKind::Review, Assessor::Nurse, -10)).await.unwrap();
        assert_eq!(due(&record, &officer, &here, older, day(27)).await, Some(day(26)));
        // A dental check is none that the law times; nor is an initial assessment that a nurse carried out, nor one that is yet to be held.
        add(&held(&record, older, HealthKind::Dental, Assessor::Dentist, 5)).await.unwrap();
        let initial = held(&record, older, HealthKind::Initial, Assessor::Nurse, 20);
        add(&initial).await.unwrap();
        add(&held(&record, older, HealthKind::Review, Assessor::Nurse, 40)).await.unwrap();
        assert_eq!(due(&record, &officer, &here, older, day(27)).await, Some(day(26)));
        let by_doctor = HealthAssessment { by: Assessor::Doctor, ..initial };
        case::correct(&record, &officer, here.id, older, 1, &by_doctor, "Dr Invented held it").await.unwrap();
        assert_eq!(due(&record, &officer, &here, older, day(27)).await, None);
        let next = day(20).plus_months(12);
        // Of the review in April nothing was known before it was held; from then on the year runs from it.
        let later = day(40).plus_months(12);
        assert!(next < later);
        assert_eq!(due(&record, &officer, &here, older, later.plus(-21)).await, Some(later));
        // Under five it comes after six months.
        add(&held(&record, young, HealthKind::Initial, Assessor::Doctor, 10)).await.unwrap();
        let half = day(10).plus_months(6);
        assert_eq!(due(&record, &officer, &here, young, half.plus(-22)).await, None);
        assert_eq!(due(&record, &officer, &here, young, half.plus(3)).await, Some(half));
    }
}

#[tokio::test]
async fn what_was_recorded_is_corrected_taken_back_and_known_as_it_was() {
    for (_folder, record, here) in records().await {
        let (_, officer) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let (_, money) = person(&record, &here, "Fay", Role::FinanceOfficer).await;
        let child = child(&record, &here, ("H-1", Day::from_ymd(2014, 6, 5).unwrap(), day(0))).await;
        let scored =
            |score| HealthAssessment { score: Some(score), ..held(&record, child, HealthKind::Questionnaire, Assessor::Carer, 30) };
        let add = async |actor: &Actor, fact: &HealthAssessment| case::add(&record, actor, here.id, child, fact).await;
        is_refused(add(&officer, &scored(41)).await, "between 0 and 40");
        is_refused(add(&officer, &HealthAssessment { kind: HealthKind::Dental, ..scored(12) }).await, "Only a strengths");
        let never = HealthAssessment { held: None, score: None, ..scored(12) };
        is_refused(add(&officer, &never).await, "by when it is due");
        let before = held(&record, child, HealthKind::Review, Assessor::Doctor, -5_000);
        is_refused(add(&officer, &before).await, "before the child was born");
        assert!(matches!(add(&money, &scored(12)).await, Err(Error::NotFound { .. })), "finance sees no health (dossier C8)");
        let fact = scored(17);
        add(&officer, &fact).await.unwrap();
        let corrected = HealthAssessment { score: Some(16), ..fact.clone() };
        case::correct(&record, &officer, here.id, child, 1, &corrected, "added up again").await.unwrap();
        assert!(matches!(case::correct(&record, &officer, here.id, child, 1, &corrected, "again").await, Err(Error::Stale)));
        let history = case::history(&record, &officer, here.id, child, fact.id).await.unwrap();
        assert_eq!(history.iter().map(|one| one.known.fact.score).collect::<Vec<_>>(), [Some(17), Some(16)]);
        let show = async |on| record::show(&record, &officer, here.id, child, on).await;
        assert_eq!(show(None).await.unwrap().health.len(), 1);
        let today = record.today();
        case::withdraw(&record, &officer, here.id, child, (fact.id, 2), "of another child").await.unwrap();
        assert!(show(None).await.unwrap().health.is_empty() && show(Some(today)).await.unwrap().health.is_empty());
        // A copy for the child holds every version, and marks the words that may be about somebody else.
        let all = record::export(&record, &owner(), here.id, child, "asked on 1 June").await.unwrap();
        let table = all.held.iter().find(|held| held.table == "health_assessment").unwrap();
        assert_eq!(table.rows.len(), 3, "two versions, and the one that says it was taken back");
        assert!(all.to_look_at().iter().any(|[table, _, column, _]| table == "health_assessment" && column == "words"));
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn an_assessment_of_an_entry_that_is_the_same_child_counts_once_for_both() {
    for (_folder, record, here) in records().await {
        let (_, officer) = person(&record, &here, "Grace", Role::PlacementOfficer).await;
        let born = Day::from_ymd(2014, 6, 5).unwrap();
        let one = child(&record, &here, ("104532", born, day(0))).await;
        let other = child(&record, &here, ("104352", born, day(0))).await;
        let fact = held(&record, other, HealthKind::Initial, Assessor::Doctor, 10);
        case::add(&record, &officer, here.id, other, &fact).await.unwrap();
        let merged = case::merge(&record, &officer, here.id, other, one, "same UPN").await.unwrap();
        assert_eq!(record::show(&record, &officer, here.id, one, None).await.unwrap().health.len(), 1);
        let next = day(10).plus_months(12);
        assert_eq!(due(&record, &officer, &here, one, next).await, Some(next));
        case::unmerge(&record, &officer, here.id, one, (merged.id, 1), "two children").await.unwrap();
        assert!(record::show(&record, &officer, here.id, one, None).await.unwrap().health.is_empty());
        assert_eq!(due(&record, &officer, &here, other, next).await, Some(next));
    }
}
