//! I3 and F14 under requests at once: of many who want the last beds, exactly as many have one as there are beds, whether they hold it or place a child in
//! it, in homes and in foster homes.

use std::fmt::Debug;

use domain::Id;
use domain::capacity::Sharing;
use domain::code::place;
use domain::lodging::Place;
use domain::placement::Placement;
use domain::setting::Setting;
use proptest::prelude::*;
use service::Error;
use service::record::{self, Placing, Tense, Wanted, case};
use tokio::task::JoinHandle;

use crate::recorded::owner;
use crate::world::{World, done, prove, stay};

/// How many got what they asked for; whoever did not was told in a sentence.
async fn winners<T: Debug>(racers: Vec<JoinHandle<Result<T, Error>>>) -> Result<usize, TestCaseError> {
    let mut won = 0;
    for racer in racers {
        won += usize::from(done(racer.await.unwrap())?.is_some());
    }
    Ok(won)
}

impl World {
    /// Somebody asks for a bed in a home for a child of their own.
    async fn asks(&self, setting: Id<Setting>, holds: bool, from: i32) -> JoinHandle<Result<(), Error>> {
        let child = self.child(self.today().plus(-4000)).await.id;
        let (record, here, from) = (self.record.clone(), self.here(), self.today().plus(from));
        tokio::spawn(async move {
            if holds {
                let wanted = Wanted { setting, child, from, to: None, sharing: Sharing::Shared };
                record::hold(&record, &owner(), here, &wanted, 24).await.map(drop)
            } else {
                let wanted = stay(child, Place::Setting(setting), Tense::Planned, (from, None));
                record::place(&record, &owner(), here, &wanted).await.map(drop)
            }
        })
    }
}

#[test]
fn so_many_children_have_a_bed_as_there_are_beds() {
    let askers = prop::collection::vec((any::<bool>(), 0i32..6), 3..9);
    prove(6, &(1u32..5, askers), &async |world: &World, (places, askers): (u32, Vec<(bool, i32)>)| {
        let home = world.home(places).await;
        let mut racers = Vec::new();
        for &(holds, from) in &askers {
            racers.push(world.asks(home.id, holds, from).await);
        }
        let won = winners(racers).await?;
        prop_assert_eq!(won, askers.len().min(places as usize), "{} beds, {:?}", places, askers);
        let page = record::setting(&world.record, &owner(), world.here(), home.id, None).await.unwrap();
        let later = world.today().plus(10);
        let beds = page.nights(later, later.plus(1))[0].beds;
        prop_assert!(beds.occupied + beds.held <= places, "{beds:?}");
        Ok(())
    });
}

/// Who lives there until a day and stays on takes the bed of whoever was planned in from that day.
#[test]
fn a_stay_is_not_made_longer_into_nights_that_are_taken() {
    prove(
        8,
        &(1usize..4, 0usize..4, prop::option::of(-4i32..6)),
        &async |world: &World, (places, comers, later): (usize, usize, Option<i32>)| {
            let (home, today, here) = (world.home(u32::try_from(places).unwrap()).await, world.today(), world.here());
            let (planned, comers) = (today.plus(5), comers.min(places));
            let mut placed = None;
            for (number, tense, from, to) in (0..places)
                .map(|number| (number, Tense::Happened, today, Some(planned)))
                .chain((0..comers).map(|number| (number + places, Tense::Planned, planned, None)))
            {
                let child = world.child(today.plus(-4000)).await.id;
                let wanted = stay(child, Place::Setting(home.id), tense, (from, to));
                let done = record::place(&world.record, &owner(), here, &wanted).await.unwrap();
                placed = if number == 0 { Some(done.placement) } else { placed };
            }
            let placed = placed.unwrap();
            let end = later.map(|later| planned.plus(later));
            let longer = Placement { end, ..placed.clone() };
            let done = done(case::correct(&world.record, &owner(), here, placed.child, 1, &longer, "the move is put off").await)?;
            let is_longer = later.is_none_or(|later| later > 0);
            prop_assert_eq!(done.is_some(), !is_longer || comers < places, "{} comers for {} places", comers, places);
            Ok(())
        },
    );
}

#[test]
fn so_many_children_are_fostered_as_the_approval_and_the_law_allow() {
    prove(5, &(1u32..6, 2usize..7), &async |world: &World, (places, askers): (u32, usize)| {
        let home = world.foster_home(places).await;
        let mut racers = Vec::new();
        for _ in 0..askers {
            let child = world.child(world.today().plus(-4000)).await.id;
            let (record, here) = (world.record.clone(), world.here());
            let plain = stay(child, Place::FosterHome(home.id), Tense::Planned, (world.today(), None));
            let wanted = Placing { kind: Some(place::U6), ..plain };
            racers.push(tokio::spawn(async move { record::place(&record, &owner(), here, &wanted).await }));
        }
        prop_assert_eq!(winners(racers).await?, askers.min(places.min(3) as usize), "{} places", places);
        Ok(())
    });
}
