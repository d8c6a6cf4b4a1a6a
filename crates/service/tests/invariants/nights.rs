//! I12, the night rule: the first day of a placement is a night of it, the day of leaving is not, so that every night of a child in care belongs to one
//! placement, however often the child moves and in whatever order that is written down. That the nights of returns add up is proved where they are laid on
//! a timeline (`analysis`).

use domain::code::change;
use domain::lodging::Place;
use domain::{Day, Id};
use proptest::collection::vec;
use proptest::prelude::*;
use service::record::{self, Correction, Placing, Tense};

use crate::recorded::owner;
use crate::world::{World, done, prove, stay};

/// So many nights back no move and no correction reaches.
const LOOKED_AT: i32 = 100;

/// A move to one of some homes, so many days ago, or the day of a move corrected.
#[derive(Clone, Copy, Debug)]
enum Step {
    Moves { home: usize, ago: i32 },
    Corrected { which: usize, by: i32 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0usize..3, 0i32..40).prop_map(|(home, ago)| Step::Moves { home, ago }),
        1 => (0usize..4, -5i32..5).prop_map(|(which, by)| Step::Corrected { which, by }),
    ]
}

#[test]
fn every_night_belongs_to_one_placement() {
    prove(12, &vec(step(), 1..9), &async |world: &World, steps: Vec<Step>| {
        let (today, here) = (world.today(), world.here());
        let homes = [world.home(4).await.id, world.home(4).await.id, world.home(4).await.id];
        let child = world.in_care(today.plus(-4000), today.plus(-40)).await.id;
        let mut corrected = false;
        for step in steps {
            match step {
                Step::Moves { home, ago } => {
                    let plain = stay(child, Place::Setting(homes[home]), Tense::Happened, (today.plus(-ago), None));
                    let wanted = Placing { leaves: change::CARPL, ..plain };
                    done(record::place(&world.record, &owner(), here, &wanted).await)?;
                }
                Step::Corrected { which, by } => {
                    let placements = world.case(child).await.placements;
                    let Some(known) = placements.get(which) else { continue };
                    let (placement, version, end) = (known.fact.id, known.version, known.fact.end);
                    let correction =
                        Correction { placement, version, start: known.fact.start.plus(by), end, reason: "typed wrong".to_owned() };
                    done(record::correct(&world.record, &owner(), here, child, &correction).await)?;
                }
            }
            let nights = counted(world, child, &homes).await?;
            // Moves alone leave no night between two homes: whoever left one came into the next that day.
            corrected |= matches!(step, Step::Corrected { .. });
            let first = world.case(child).await.placements.first().map_or(0, |first| today.plus(1).since(first.fact.start));
            prop_assert!(corrected || nights == first, "{} nights of {}", nights, first);
        }
        Ok(())
    });
}

/// How many nights of this child the record has: by the child, by the placements and by the homes they are the same, and none of them is twice.
async fn counted(world: &World, child: Id<domain::child::Child>, homes: &[Id<domain::setting::Setting>]) -> Result<i32, TestCaseError> {
    let today = world.today();
    let placements = world.case(child).await.placements;
    let lived = |day: Day| placements.iter().filter(|one| one.fact.start <= day && one.fact.end.is_none_or(|end| day < end)).count();
    let mut by_child = 0;
    for ago in 0..LOOKED_AT {
        let nights = lived(today.plus(-ago));
        prop_assert!(nights <= 1, "{} placements share a night", nights);
        by_child += nights;
    }
    // A first day that was corrected into the future makes a plan of the move: it has no night yet.
    let begun = placements.iter().filter(|one| one.fact.start <= today);
    let summed: i32 = begun.map(|one| one.fact.end.unwrap_or(today.plus(1)).since(one.fact.start)).sum();
    prop_assert_eq!(summed, i32::try_from(by_child).unwrap(), "nights of placements and nights of the child");
    let mut by_home = 0;
    for &home in homes {
        let page = record::setting(&world.record, &owner(), world.here(), home, None).await.unwrap();
        by_home += page.nights(today.plus(1 - LOOKED_AT), today.plus(1)).iter().map(|night| night.beds.occupied).sum::<u32>();
    }
    prop_assert_eq!(by_home as usize, by_child, "nights of the homes and nights of the child");
    Ok(summed)
}
