//! Foster households: their plans, their agency, and who is whose brother or sister.

use domain::case::{Kin, Sibling, Together};
use domain::code::place;
use domain::foster_home::Kinship;
use domain::lodging::Place;
use domain::placement::Placement;
use domain::setting::{Kind, Limit, Setting};
use service::record::{self, Placing, Tense, case};

use crate::cast::is_refused;
use crate::desk::{Desk, wanted};
use crate::recorded::{owner, records};

/// I3: a plan that is corrected is a plan, also in a household.
#[tokio::test]
async fn a_plan_in_a_household_is_held_to_the_limit_when_it_is_corrected() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 3).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let mut children = Vec::new();
        for _ in 0..5 {
            children.push(desk.child(today.plus(-3000)).await);
        }
        // One lives there until day 20; three are to come on that day; a fifth is to stay from day 5 to day 20.
        let first = desk.place(&wanted(children[0], there, Tense::Happened, (today.plus(-9), Some(today.plus(20))))).await.unwrap();
        for &child in &children[1..4] {
            desk.place(&wanted(child, there, Tense::Planned, (today.plus(20), None))).await.unwrap();
        }
        let planned = desk.place(&wanted(children[4], there, Tense::Planned, (today.plus(5), Some(today.plus(20))))).await.unwrap();
        for end in [None, Some(today.plus(21))] {
            let longer = Placement { end, ..planned.placement.clone() };
            is_refused(desk.correct(&longer).await, "4 children would live there");
            is_refused(desk.correct(&Placement { end, ..first.placement.clone() }).await, "The stay cannot be made longer");
        }
        let later = Placement { start: today.plus(20), end: None, ..planned.placement.clone() };
        is_refused(desk.correct(&later).await, "4 children would live there");
        desk.correct(&Placement { end: Some(today.plus(19)), ..planned.placement.clone() }).await.unwrap();
        desk.correct(&Placement { end: Some(today.plus(10)), ..first.placement.clone() }).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
    }
}

/// F31: who is whose brother or sister is asked of the record, so that the answer is the same tomorrow.
#[tokio::test]
async fn four_brothers_and_sisters_may_be_planned_once_their_cases_say_so() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 4).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let mut children = Vec::new();
        for _ in 0..4 {
            children.push(desk.child(today.plus(-3000)).await);
        }
        for &child in &children[..3] {
            desk.place(&wanted(child, there, Tense::Planned, (today, None))).await.unwrap();
        }
        let fourth = Placing { kinship: Kinship::AllSiblings, ..wanted(children[3], there, Tense::Planned, (today, None)) };
        is_refused(desk.place(&fourth).await, "record it there first");
        for (at, &child) in children.iter().enumerate() {
            for &other in &children[at + 1..] {
                let (id, together) = (record.id(), Together::Together);
                let words = String::new();
                let sibling = Sibling { id, child, other: Some(other), kin: Kin::Half, born: None, wish: together, plan: together, words };
                case::add(&record, &owner(), authority.id, child, &sibling).await.unwrap();
            }
        }
        desk.place(&Placing { kinship: Kinship::NotAll, ..fourth }).await.unwrap();
        record::watch(&record, &owner(), authority.id).await.unwrap();
        assert_eq!(desk.breaches(there).await, [], "nor does any later look find a breach");
    }
}

/// I9, F16: what stops an agency stops its households, as it does a children's home.
#[tokio::test]
async fn a_household_is_judged_by_its_agency_too() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 3).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let (ann, ben) = (desk.child(today.plus(-3000)).await, desk.child(today.plus(-3000)).await);
        let placed = desk.place(&wanted(ann, there, Tense::Happened, (today.plus(-30), None))).await.unwrap();
        assert!(placed.alerts.is_empty() && placed.said.iter().any(|said| said.contains("not been inspected")), "{placed:?}");
        desk.stop(&agency, Limit::NoAdmissions, today.plus(-3)).await;
        let plan = wanted(ben, there, Tense::Planned, (today, None));
        is_refused(desk.place(&plan).await, "its fostering service may take nobody new");
        assert_eq!(desk.breaches(there).await, [], "whoever was there before may stay");
        desk.stop(&agency, Limit::Suspension, today.plus(-2)).await;
        is_refused(desk.place(&plan).await, "the registration of its fostering service is suspended");
        let breaches = desk.breaches(there).await;
        assert!(breaches.len() == 1 && breaches[0].child == Some(ann) && breaches[0].since == today.plus(-2), "{breaches:?}");
        // Closed: no code is too odd to be refused, and no plan is made.
        let closed = Setting { closed: Some(today.plus(-1)), ..agency.clone() };
        record::correct_entry(&record, &owner(), authority.id, 1, &closed, "left the register").await.unwrap();
        is_refused(desk.place(&plan).await, "its fostering service is not open");
        is_refused(desk.place(&Placing { kind: Some(place::K2), ..plan }).await, "Nobody is placed here as K2");
        // What has happened all the same is recorded, and somebody must look.
        let placed = desk.place(&wanted(ben, there, Tense::Happened, (today, None))).await.unwrap();
        assert!(placed.alerts.iter().any(|one| one.words.contains("is not open")), "{placed:?}");
    }
}
