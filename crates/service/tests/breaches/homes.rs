//! Homes of the register that become unlawful around a child, or never were right for one.

use domain::alert::Kind as AlertKind;
use domain::code::{Code, place};
use domain::foster_home::FosterHome;
use domain::judgement::{Judgement, Overall};
use domain::lodging::Place;
use domain::period::{self, PeriodOfCare};
use domain::setting::{Kind, Limit, Registration, Setting, Terms};
use service::record::{self, Placing, Tense, case};

use crate::cast::{self, is_refused};
use crate::desk::{Desk, wanted};
use crate::recorded::{owner, records};

/// I0: a home may become unlawful around a child who lives there.
#[tokio::test]
async fn a_stay_is_looked_at_as_of_today() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, terms) = desk.setting(Kind::ChildrensHome, Some(3)).await;
        let (today, there) = (desk.today(), Place::Setting(home.id));
        // Eleven when they moved in, thirteen for ten days.
        let child = desk.child(today.plus(-10).plus_months(-13 * 12)).await;
        desk.place(&wanted(child, there, Tense::Happened, (today.plus(-400), None))).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        let younger = Terms { oldest: Some(12), ..terms.clone() };
        record::correct_entry(&record, &owner(), authority.id, 1, &younger, "as the certificate says").await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].since == today.plus(-10) && said[0].words.contains("the child is 13"), "{said:?}");
        record::correct_entry(&record, &owner(), authority.id, 2, &terms, "it was the other home").await.unwrap();
        desk.stop(&home, Limit::Suspension, today.plus(-1)).await;
        let said = desk.breaches(there).await;
        assert!(said.len() == 2 && said.iter().any(|one| one.since == today.plus(-1) && one.words.contains("suspended")), "{said:?}");
        record::watch(&record, &owner(), authority.id).await.unwrap();
        assert_eq!(desk.breaches(there).await.len(), 2, "once");

        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let household = desk.household(&agency, 3).await;
        let there = Place::FosterHome(household.id);
        let other = desk.child(today.plus(-10).plus_months(-11 * 12)).await;
        desk.place(&wanted(other, there, Tense::Happened, (today.plus(-400), None))).await.unwrap();
        let younger = FosterHome { oldest: 10, ..household };
        record::correct_entry(&record, &owner(), authority.id, 1, &younger, "approved for children up to 10").await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].since == today.plus(-10) && said[0].words.contains("the child is 11"), "{said:?}");
    }
}

/// A100: a home for short breaks is in capacity, and none for a child in care.
#[tokio::test]
async fn a_short_breaks_home_is_no_home_for_a_child_in_care() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::ShortBreaksHome, Some(4)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let in_care = cast::child(&record, &authority, ("S-1", today.plus(-4000), today.plus(-90))).await;
        let visitor = desk.child(today.plus(-4000)).await;
        let period = PeriodOfCare {
            id: record.id(),
            child: visitor,
            kind: period::Kind::ShortBreaks,
            start: today.plus(-90),
            end: None,
            ceased: Code::BLANK,
        };
        case::add(&record, &owner(), here, visitor, &period).await.unwrap();
        let stay = |child, tense, from| Placing { kind: Some(place::S1), ..wanted(child, there, tense, (from, None)) };
        desk.place(&stay(visitor, Tense::Planned, today.plus(1))).await.unwrap();
        is_refused(desk.place(&stay(in_care, Tense::Planned, today.plus(1))).await, "short breaks only");
        let placed = desk.place(&stay(in_care, Tense::Happened, today)).await.unwrap();
        assert!(placed.alerts.len() == 1 && placed.alerts[0].words.contains("short breaks only"), "{placed:?}");
    }
}

/// I5: what is said to be no registered home takes nobody, whatever it is called.
#[tokio::test]
async fn an_unregistered_home_does_not_pass_as_another_setting() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::Other, Some(1)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-12 * 12)).await;
        let as_a_home = Placing { kind: Some(place::K2), ..wanted(child, there, Tense::Planned, (today, None)) };
        is_refused(desk.place(&as_a_home).await, "this one is not");
        let hidden = Setting { registration: Registration::Missing, ..home };
        record::correct_entry(&record, &owner(), here, 1, &hidden, "nobody registered the caravan").await.unwrap();
        let other = Placing { kind: Some(place::S1), ..as_a_home };
        is_refused(desk.place(&other).await, "lacks the registration");
        let placed = desk.place(&Placing { tense: Tense::Happened, ..other }).await.unwrap();
        assert!(placed.alerts.len() == 1 && placed.alerts[0].words.contains("lacks the registration"), "{placed:?}");
    }
}

/// E3, E5: an inspection is news by whichever door it comes in.
#[tokio::test]
async fn a_judgement_that_is_typed_tells_whoever_must_look() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::SupportedShared, Some(4)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-17 * 12)).await;
        desk.place(&wanted(child, there, Tense::Happened, (today.plus(-30), None))).await.unwrap();
        let told = async || {
            let all = record::alerts(&record, &owner(), here).await.unwrap().into_iter().map(|one| one.alert.fact);
            all.filter(|one| one.setting == Some(home.id)).map(|one| (one.kind, one.child, one.since)).collect::<Vec<_>>()
        };
        let judged = |ago: i32, overall| Judgement {
            id: record.id(),
            provider: home.provider,
            setting: None,
            day: today.plus(-ago),
            overall,
            protected: None,
            leaders: None,
        };
        let add = async |one: Judgement| record::add(&record, &owner(), here, &one).await.unwrap();
        add(judged(400, Overall::Outcome1)).await;
        assert_eq!(told().await, [], "consistently strong, and the first");
        add(judged(9, Overall::Outcome3)).await;
        let mut said = told().await;
        said.sort_by_key(|one| one.0);
        let since = today.plus(-9);
        assert_eq!(said, [(AlertKind::JudgementFell, Some(child), since), (AlertKind::Restricted, Some(child), since)]);
        let next = desk.child(today.plus_months(-17 * 12)).await;
        is_refused(desk.place(&wanted(next, there, Tense::Planned, (today.plus(1), None))).await, "it may take nobody new");
        add(judged(200, Overall::Outcome2)).await;
        assert_eq!(told().await.len(), 2, "an older one is no news");
    }
}
