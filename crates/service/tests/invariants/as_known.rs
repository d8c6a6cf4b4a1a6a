//! I15: what was known stays known. Whatever is added, corrected and taken back afterwards, "as it was known on day D" answers what was read on day D,
//! and the log holds.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::Day;
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use proptest::collection::vec;
use proptest::prelude::*;
use service::record::{self, Case, case};

use crate::one_home::{Typed, typed};
use crate::recorded::owner;
use crate::world::{World, prove_at};

/// Milliseconds since noon by Greenwich on 1 June 2026.
static SINCE_NOON: AtomicI64 = AtomicI64::new(0);

fn now() -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(1_780_315_200_000 + SINCE_NOON.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// On to the next day, or to an hour later: around midnight in England, which is not Greenwich's in summer.
fn later(hours: i64) {
    SINCE_NOON.fetch_add(hours * 3_600_000, Ordering::Relaxed);
}

/// What a case says.
#[derive(Clone, Debug, PartialEq)]
struct Told(Child, Vec<PeriodOfCare>, Vec<LegalStatus>, Vec<Placement>);

impl Told {
    fn of(case: Case) -> Self {
        let (periods, legal) = (case.periods.into_iter().map(|one| one.fact), case.legal.into_iter().map(|one| one.fact));
        Self(case.child.fact, periods.collect(), legal.collect(), case.placements.into_iter().map(|one| one.fact).collect())
    }
}

#[test]
fn a_day_of_the_past_is_answered_as_it_was_read_then() {
    let steps = vec((typed(), prop_oneof![Just(0i64), Just(11), Just(24), Just(50)], any::<bool>()), 3..14);
    prove_at(now, 8, &steps, &async |world: &World, steps: Vec<(Typed, i64, bool)>| {
        let child = world.child(Day::from_ymd(2015, 1, 1).unwrap()).await;
        // The last reading of each day.
        let mut read: Vec<(Day, Told)> = Vec::new();
        for (one, hours, amends) in steps {
            later(hours);
            one.done(&world.record, &world.authority, child.id).await;
            if amends {
                let known = world.case(child.id).await.child;
                let other = Child { restricted: !known.fact.restricted, ..known.fact.clone() };
                case::amend(&world.record, &owner(), known.version, &other, "as the court said").await.unwrap();
            }
            let told = Told::of(world.case(child.id).await);
            let today = world.today();
            read.retain(|(day, _)| *day != today);
            read.push((today, told));
        }
        later(24);
        for (at, (day, told)) in read.iter().enumerate() {
            let known = record::show(&world.record, &owner(), world.here(), child.id, Some(*day)).await.unwrap();
            prop_assert!(Told::of(known) == *told, "the record remembers another day {at} of {}", read.len());
        }
        for checked in [
            record::verify(&world.record, &owner(), world.here()).await.unwrap(),
            record::agree(&world.record, &owner(), world.here()).await.unwrap(),
        ] {
            prop_assert!(checked.holds, "{}", checked.words);
        }
        Ok(())
    });
}
