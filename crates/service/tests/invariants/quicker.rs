//! Of several who correct the same fact at once, one is quicker and the others are told: nothing is written over what somebody did not see.

use domain::code::Code;
use domain::lodging::Place;
use domain::placement::Placement;
use domain::setting::Terms;
use proptest::prelude::*;
use service::Error;
use service::record::{self, Tense, case};

use crate::recorded::owner;
use crate::world::{World, prove, stay};

#[test]
fn one_correction_is_kept_and_the_others_are_told() {
    prove(6, &(2i32..6, any::<bool>()), &async |world: &World, (writers, withdraws): (i32, bool)| {
        let (today, here) = (world.today(), world.here());
        let child = world.child(today.plus(-4000)).await.id;
        let home = world.typed(child, Code::of("U6"), (today.plus(-20), None));
        case::add(&world.record, &owner(), here, child, &home).await.unwrap();
        let racers = (1..=writers).map(|by| {
            let record = world.record.clone();
            let corrected = Placement { start: home.start.plus(by), ..home.clone() };
            tokio::spawn(async move {
                if withdraws && by == 1 {
                    return case::withdraw(&record, &owner(), here, child, (corrected.id, 1), "never was").await;
                }
                case::correct(&record, &owner(), here, child, 1, &corrected, &format!("{by} days later")).await
            })
        });
        let mut kept = 0;
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.unwrap() {
                Ok(()) => kept += 1,
                // What was taken back meanwhile is not there.
                Err(Error::Stale | Error::NotFound { .. }) => {}
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
        prop_assert_eq!(kept, 1);
        let written = case::history(&world.record, &owner(), here, child, home.id).await.unwrap();
        let versions: Vec<i64> = written.iter().map(|one| one.known.version).collect();
        prop_assert!(versions == [1, 2] || (withdraws && written.last().unwrap().reason == "never was"), "{versions:?}");
        Ok(())
    });
}

#[test]
fn of_two_terms_for_one_home_one_is_kept() {
    prove(4, &(2u32..6), &async |world: &World, writers: u32| {
        let (home, here) = (world.home(3).await, world.here());
        let child = world.child(world.today().plus(-4000)).await.id;
        let wanted = stay(child, Place::Setting(home.id), Tense::Happened, (world.today(), None));
        record::place(&world.record, &owner(), here, &wanted).await.unwrap();
        let page = record::setting(&world.record, &owner(), here, home.id, None).await.unwrap();
        let known = page.terms[0].clone();
        let racers = (0..writers).map(|places| {
            let (record, version) = (world.record.clone(), known.version);
            let fewer = Terms { places: Some(places), ..known.fact.clone() };
            tokio::spawn(async move {
                record::correct_entry(&record, &owner(), here, version, &fewer, "the certificate").await.map(|()| places)
            })
        });
        let mut kept = Vec::new();
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.unwrap() {
                Ok(places) => kept.push(places),
                Err(Error::Stale) => {}
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
        prop_assert_eq!(kept.len(), 1);
        let page = record::setting(&world.record, &owner(), here, home.id, None).await.unwrap();
        prop_assert_eq!(page.terms[0].fact.places, Some(kept[0]));
        // Whoever made it too small for who lives there made a breach with it.
        prop_assert_eq!(world.breaches(Place::Setting(home.id), child).await.len(), usize::from(kept[0] == 0));
        Ok(())
    });
}
