//! I18: a case record goes by the rule of retention and in no other way: those whose time has come, and nobody else.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::code::rec;
use domain::period::{Kind, PeriodOfCare};
use domain::{Code, Day};
use proptest::collection::vec;
use proptest::prelude::*;
use service::Error;
use service::record::{self, case};

use crate::recorded::owner;
use crate::world::{World, prove_at};

/// The morning of 19 June 2060.
fn now() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    jiff::Timestamp::from_millisecond(2_854_861_200_000 + LOOKS.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// A child's life, as the record has it: days of birth around 75 years ago or later, how care ended, and after how many days of life.
#[derive(Clone, Copy, Debug)]
struct Life {
    /// Year, month, day.
    born: (u32, u32, u32),
    ended: Option<(i32, Code)>,
}

fn life() -> impl Strategy<Value = Life> {
    let year = prop_oneof![2 => 1983u32..1988, 1 => 2025u32..2030, 1 => 2035u32..2050];
    let born = (year, 5u32..8, 1u32..29);
    let days = prop_oneof![10i32..7_500, 6_560i32..6_590];
    let ended = prop::option::weighted(0.8, (days, prop::sample::select(vec![rec::E2, Code::of("E4A")])));
    (born, ended).prop_map(|(born, ended)| Life { born, ended })
}

/// So many years after a day that every year has.
fn years_after(day: Day, years: u32) -> (u32, u32, u32) {
    let (year, month, day) = day.ymd();
    (year + years, month, day)
}

#[test]
fn those_go_whose_time_has_come_and_nobody_else() {
    prove_at(now, 8, &vec(life(), 1..6), &async |world: &World, lives: Vec<Life>| {
        let (record, here, today) = (&world.record, world.here(), world.today());
        let mut children = Vec::new();
        for life in &lives {
            let (year, month, day) = life.born;
            let born = Day::from_ymd(year, month, day).unwrap();
            let child = world.child(born).await;
            let died = life.ended.map(|(days, ceased)| (born.plus(days), ceased)).filter(|(end, _)| *end <= today);
            if let Some((end, ceased)) = died {
                let period = PeriodOfCare { id: record.id(), child: child.id, kind: Kind::Care, start: born, end: Some(end), ceased };
                case::add(record, &owner(), here, child.id, &period).await.unwrap();
            }
            let death = died.filter(|(end, ceased)| *ceased == rec::E2 && end.ymd() < years_after(born, 18)).map(|(end, _)| end);
            let goes = match death {
                // A death on 29 February: every other day stands in each year.
                Some(death) => years_after(death, 15) <= today.ymd(),
                None => years_after(born, 75) <= today.ymd(),
            };
            children.push((child.id, goes));
        }
        prop_assert!(record::erase_expired(record, &owner(), here, " ").await.is_err(), "nobody decided it");
        let due: Vec<_> = record::expired(record, &owner(), here).await.unwrap().iter().map(|one| one.child.id).collect();
        for (at, (child, goes)) in children.iter().enumerate() {
            prop_assert_eq!(due.contains(child), *goes, "{:?}", lives[at]);
        }
        let erased = record::erase_expired(record, &owner(), here, "decided by the board").await.unwrap();
        prop_assert_eq!(erased.children, due.len());
        for (at, (child, goes)) in children.iter().enumerate() {
            let shown = record::show(record, &owner(), here, *child, None).await;
            prop_assert_eq!(matches!(shown, Err(Error::NotFound { .. })), *goes, "{:?}", lives[at]);
            prop_assert_eq!(shown.is_ok(), !goes, "{:?}", lives[at]);
        }
        prop_assert_eq!(record::erase_expired(record, &owner(), here, "again").await.unwrap().children, 0);
        prop_assert!(record::verify(record, &owner(), here).await.unwrap().holds);
        Ok(())
    });
}

/// Whatever is taken back of a case, the child stays in the record, and what was said stays in the log.
#[test]
fn nobody_is_withdrawn_from_the_record() {
    prove_at(now, 4, &vec(0usize..4, 1..6), &async |world: &World, which: Vec<usize>| {
        let child = world.in_care(world.today().plus(-4000), world.today().plus(-40)).await.id;
        let home = world.typed(child, Code::of("U6"), (world.today().plus(-40), None));
        case::add(&world.record, &owner(), world.here(), child, &home).await.unwrap();
        for at in which {
            let before = world.case(child).await;
            if let Some(known) = before.placements.get(at % before.placements.len().max(1)) {
                let one = (known.fact.id, known.version);
                case::withdraw(&world.record, &owner(), world.here(), child, one, "never was").await.unwrap();
            } else if let Some(known) = before.periods.first() {
                let one = (known.fact.id, known.version);
                case::withdraw(&world.record, &owner(), world.here(), child, one, "never was").await.unwrap();
            } else {
                break;
            }
            prop_assert_eq!(world.case(child).await.changes.len(), before.changes.len() + 1, "the log keeps each");
            prop_assert!(record::children(&world.record, &owner(), world.here()).await.unwrap().iter().any(|one| one.child.id == child));
        }
        Ok(())
    });
}
