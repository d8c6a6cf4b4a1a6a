//! Secure accommodation and a court's leave.

use domain::access::Role;
use domain::case::{CourtAuthority, CourtKind};
use domain::clock::Duty;
use domain::code::{Code, place};
use domain::legal_status::LegalStatus;
use domain::lodging::Place;
use domain::placement::Placement;
use domain::setting::Kind;
use service::duties;
use service::record::{self, Placing, Tense, case};

use crate::cast::{self, is_refused};
use crate::desk::{Desk, wanted};
use crate::recorded::{owner, person, records};

/// I6: secure accommodation needs a court's leave, by every door, and custody is another matter.
#[tokio::test]
async fn nobody_is_planned_into_secure_accommodation_without_leave() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::SecureHome, Some(8)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-14 * 12)).await;
        let plan = wanted(child, there, Tense::Planned, (today.plus(2), None));
        is_refused(desk.place(&plan).await, "no leave of a court");
        let said = record::outlook(&record, &owner(), here, &plan).await.unwrap();
        assert!(said.refused.iter().any(|said| said.contains("section 25")), "{said:?}");
        let typed = Placement {
            id: record.id(),
            child,
            start: today.plus(2),
            end: None,
            kind: place::K1,
            provider: Code::of("PR4"),
            urn: Code::BLANK,
            postcode: None,
            ended: Code::BLANK,
        };
        is_refused(case::add(&record, &owner(), here, child, &typed).await, "no leave of a court");
        let leave = |kind, start: i32, expires: i32| CourtAuthority {
            id: record.id(),
            child,
            kind,
            start: today.plus(start),
            expires: today.plus(expires),
            ended: None,
            court: "Family Court".to_owned(),
            words: String::new(),
        };
        for other in [leave(CourtKind::DeprivationOfLiberty, 0, 90), leave(CourtKind::Secure, 3, 90)] {
            case::add(&record, &owner(), here, child, &other).await.unwrap();
        }
        is_refused(desk.place(&plan).await, "no leave of a court");
        case::add(&record, &owner(), here, child, &leave(CourtKind::Secure, 1, 2)).await.unwrap();
        desk.place(&plan).await.unwrap();

        let remanded = desk.child(today.plus_months(-15 * 12)).await;
        let law = LegalStatus { id: record.id(), child: remanded, status: Code::of("J1"), need: Code::of("N1"), start: today, end: None };
        case::add(&record, &owner(), here, remanded, &law).await.unwrap();
        desk.place(&Placing { child: remanded, ..plan.clone() }).await.unwrap();
        let urgent = desk.child(today.plus_months(-15 * 12)).await;
        desk.place(&Placing { child: urgent, to: Some(today.plus(5)), ..plan }).await.unwrap();
    }
}

/// I0, I6: whoever is there without leave stands on somebody's list, whatever the record does not say.
#[tokio::test]
async fn secure_accommodation_without_leave_is_a_breach_after_72_hours() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let today = desk.today();
        let born = today.plus_months(-14 * 12);
        let child = cast::child(&record, &authority, ("K-1", born, today.plus(-90))).await;
        let held = record::show(&record, &owner(), authority.id, child, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { kind: place::K1, start: today.plus(-20), ..held }).await.unwrap();
        let officer = person(&authority, Role::PlacementOfficer);
        let late = async || {
            let work = duties::list(&record, &officer, &authority, today).await.unwrap();
            let lines: Vec<_> = work.overdue.into_iter().chain(work.due).filter(|line| line.duty == Duty::SecureLeave).collect();
            lines.iter().map(|line| (line.since, line.days_late)).collect::<Vec<_>>()
        };
        assert_eq!(late().await, [(today.plus(-20), 17)]);
        let leave = CourtAuthority {
            id: record.id(),
            child,
            kind: CourtKind::Secure,
            start: today.plus(-18),
            expires: today.plus(30),
            ended: None,
            court: "Family Court".to_owned(),
            words: String::new(),
        };
        case::add(&record, &owner(), authority.id, child, &leave).await.unwrap();
        assert_eq!(late().await, []);
        // It was discharged, and the child is there still.
        let ended = CourtAuthority { ended: Some(today.plus(-2)), ..leave };
        case::correct(&record, &owner(), authority.id, child, 1, &ended, "discharged").await.unwrap();
        assert_eq!(late().await, [(today.plus(-2), 3)]);
    }
}
