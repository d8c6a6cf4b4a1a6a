//! I6 of courts: secure accommodation needs a court's leave that holds, which never goes on by itself. Nobody is planned there for more than 72 hours without
//! one, and whoever is there without one is on somebody's list until one is recorded.

use domain::access::Role;
use domain::case::{CourtAuthority, CourtKind};
use domain::child::Child;
use domain::clock::Duty;
use domain::code::place;
use domain::legal_status::LegalStatus;
use domain::{Code, Day, Id};
use proptest::collection::vec;
use proptest::prelude::*;
use service::duties;
use service::record::case;

use crate::recorded::{owner, person};
use crate::world::{World, done, prove};

/// What a court allowed: which kind, from which day on, for how many days, and after how many it was discharged.
type Leave = (CourtKind, i32, i32, Option<i32>);

fn leave() -> impl Strategy<Value = Leave> {
    let kind = prop_oneof![3 => Just(CourtKind::Secure), 1 => prop::sample::select(CourtKind::ALL.to_vec())];
    (kind, -60i32..5, 1i32..60, prop::option::weighted(0.3, 1i32..50))
}

/// Whether a court lets the child be kept there on a day.
fn holds(all: &[Leave], day: i32) -> bool {
    let on = |&(kind, start, days, ended): &Leave| {
        kind == CourtKind::Secure && start <= day && day < start + days && ended.is_none_or(|ended| day < start + ended)
    };
    all.iter().any(on)
}

async fn record(world: &World, child: Id<Child>, all: &[Leave]) {
    let day = |n: i32| -> Day { world.today().plus(n) };
    for &(kind, start, days, ended) in all {
        let (id, court, words) = (world.record.id(), "Family Court".to_owned(), String::new());
        // A discharge is recorded once it has happened.
        let ended = ended.map(|ended| day(start + ended)).filter(|ended| *ended <= world.today());
        let fact = CourtAuthority { id, child, kind, start: day(start), expires: day(start + days - 1), ended, court, words };
        case::add(&world.record, &owner(), world.here(), child, &fact).await.unwrap();
    }
}

/// As they are recorded: without a discharge that has not happened.
fn recorded(all: Vec<Leave>) -> Vec<Leave> {
    all.into_iter().map(|(kind, start, days, ended)| (kind, start, days, ended.filter(|ended| start + ended <= 0))).collect()
}

#[test]
fn nobody_is_planned_into_secure_accommodation_without_leave() {
    let drawn = (vec(leave(), 0..4), 1i32..30, prop::option::of(1i32..9), prop::bool::weighted(0.2));
    prove(40, &drawn, &async |world: &World, (all, from, nights, custody): (Vec<Leave>, i32, Option<i32>, bool)| {
        let all = recorded(all);
        let (today, child) = (world.today(), world.in_care(world.today().plus(-5200), world.today().plus(-90)).await);
        record(world, child.id, &all).await;
        if custody {
            let (id, status, need) = (world.record.id(), Code::of("J1"), Code::of("N1"));
            let law = LegalStatus { id, child: child.id, status, need, start: today.plus(-1), end: None };
            case::add(&world.record, &owner(), world.here(), child.id, &law).await.unwrap();
        }
        let typed = world.typed(child.id, place::K1, (today.plus(from), nights.map(|nights| today.plus(from + nights))));
        let accepted = done(case::add(&world.record, &owner(), world.here(), child.id, &typed).await)?.is_some();
        let lawful = custody || nights.is_some_and(|nights| nights <= 3) || holds(&all, from);
        prop_assert_eq!(accepted, lawful, "from {} for {:?} nights with {:?}", from, nights, all);
        Ok(())
    });
}

#[test]
fn whoever_is_there_without_leave_is_on_somebodys_list() {
    let drawn = (vec(leave(), 0..4), -50i32..0);
    prove(40, &drawn, &async |world: &World, (all, there): (Vec<Leave>, i32)| {
        let all = recorded(all);
        let (today, child) = (world.today(), world.in_care(world.today().plus(-5200), world.today().plus(-90)).await);
        record(world, child.id, &all).await;
        let typed = world.typed(child.id, place::K1, (today.plus(there), None));
        case::add(&world.record, &owner(), world.here(), child.id, &typed).await.unwrap();
        let officer = person(&world.authority, Role::PlacementOfficer);
        let work = duties::list(&world.record, &officer, &world.authority, today).await.unwrap();
        let whose = format!("Child {}", child.reference);
        let line = work.overdue.iter().chain(&work.due).find(|line| line.duty == Duty::SecureLeave && line.whose == whose);
        // Counted back from today, day by day.
        let since = (there..=0).rev().find(|&day| holds(&all, day)).map_or(there, |last| last + 1);
        let late = if since == there { (-since - 3).max(0) } else { 1 - since };
        let expected = (since <= 0).then_some((today.plus(since), u32::try_from(late).unwrap()));
        prop_assert_eq!(line.map(|line| (line.since, line.days_late)), expected, "there since {} with {:?}", there, all);
        Ok(())
    });
}
