//! Limits that time breaks, and words that mend nothing.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::code::Code;
use domain::foster_home::{Exemption, FosterHome};
use domain::lodging::Place;
use domain::placement::Placement;
use domain::setting::Kind;
use service::notify;
use service::record::{self, Tense, case};

use crate::desk::{Desk, wanted};
use crate::recorded::{owner, records_at};

static DAYS: AtomicI64 = AtomicI64::new(0);

/// Noon by Greenwich on 1 June 2026, some days later.
fn later() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    jiff::Timestamp::from_second(1_780_315_200 + 86_400 * DAYS.load(Ordering::Relaxed) + LOOKS.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// I0: time breaks limits, and a word does not mend them.
#[tokio::test]
async fn each_day_is_looked_at_and_a_breach_that_goes_on_is_raised_anew() {
    for (_folder, record, authority) in records_at(later).await {
        DAYS.store(0, Ordering::Relaxed);
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 1).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let (ann, ben) = (desk.child(today.plus(-3000)).await, desk.child(today.plus(-3000)).await);
        let exemption = Exemption {
            id: record.id(),
            home: home.id,
            child: ben,
            from: today.plus(-3),
            to: Some(today.plus(2)),
            reason: "panel of 28 May".to_owned(),
        };
        record::add(&record, &owner(), authority.id, &exemption).await.unwrap();
        for child in [ann, ben] {
            desk.place(&wanted(child, there, Tense::Happened, (today, Some(today.plus(2))))).await.unwrap();
        }
        assert_eq!(desk.breaches(there).await, []);
        // Neither moves when they should, and nobody edits a home.
        let stays = record::show(&record, &owner(), authority.id, ben, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { end: None, ..stays }).await.unwrap();
        let stays = record::show(&record, &owner(), authority.id, ann, None).await.unwrap().placements[0].fact.clone();
        case::correct(&record, &owner(), authority.id, ann, 1, &Placement { end: Some(today.plus(40)), ..stays }, "stays")
            .await
            .unwrap_err();
        DAYS.store(3, Ordering::Relaxed);
        assert_eq!(desk.breaches(there).await, []);
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, [], "one child, and one place");
        // The approval ends while the child is there: the day alone says so.
        let ends = FosterHome { ended: Some(today.plus(5)), ..home };
        record::correct_entry(&record, &owner(), authority.id, 1, &ends, "they move abroad").await.unwrap();
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        DAYS.store(5, Ordering::Relaxed);
        notify::daily(&record, &authority).await.unwrap();
        notify::daily(&record, &authority).await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].child == Some(ben) && said[0].words.contains("not approved"), "{said:?}");
        record::resolve(&record, &owner(), authority.id, said[0].id, "rang the provider").await.unwrap();
        for (days, open) in [(5, 0), (11, 0), (12, 1), (13, 1)] {
            DAYS.store(days, Ordering::Relaxed);
            notify::daily(&record, &authority).await.unwrap();
            assert_eq!(desk.breaches(there).await.len(), open, "on day {days}");
        }
        // The child has moved: the word stands.
        let again = desk.breaches(there).await[0].id;
        let stays = record::show(&record, &owner(), authority.id, ben, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { end: Some(desk.today()), ended: Code::of("CARPL"), ..stays }).await.unwrap();
        record::resolve(&record, &owner(), authority.id, again, "moved").await.unwrap();
        DAYS.store(40, Ordering::Relaxed);
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}
