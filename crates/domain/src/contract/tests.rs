use super::member::{Lot, Membership, Suspension, call_off, continues};
use super::*;
use proptest::prelude::*;
use uuid::Uuid;

pub(crate) fn id<Of>(n: u128) -> Id<Of> {
    Id::from_uuid(Uuid::from_u128(n))
}

pub(crate) fn day(n: i32) -> Day {
    Day::from_ymd(2026, 4, 1).unwrap().plus(n)
}

pub(crate) fn vehicle(kind: Kind, from: i32, to: Option<i32>, run_off: Option<i32>) -> Vehicle {
    Vehicle {
        id: id(1),
        reference: "FW-1".into(),
        title: "Invented framework".into(),
        kind,
        regime: Regime::Pa2023,
        lead: String::new(),
        callers: String::new(),
        from: day(from),
        to: to.map(day),
        run_off: run_off.map(day),
        notes: String::new(),
    }
}

fn option(number: u128, to: i32, notice: i32, taken: Option<i32>) -> Extension {
    Extension { id: id(number), vehicle: id(1), to: day(to), notice: day(notice), taken: taken.map(day) }
}

#[test]
fn a_vehicle_runs_until_the_last_option_taken_and_then_runs_off() {
    let framework = vehicle(Kind::Framework, 0, Some(100), Some(250));
    let options = [option(1, 150, 80, Some(70)), option(2, 200, 130, None)];
    assert_eq!((framework.end(&[]), framework.end(&options)), (Some(day(100)), Some(day(150))));
    let phase = |n| framework.phase(&options, day(n));
    assert_eq!(
        [phase(-1), phase(0), phase(149), phase(150), phase(249), phase(250)],
        [Phase::ToCome, Phase::Running, Phase::Running, Phase::RunOff, Phase::RunOff, Phase::Over]
    );
    assert_eq!(framework.latest_end(&options, day(130)), Some(day(200)), "the last day for notice");
    assert_eq!(framework.latest_end(&options, day(131)), Some(day(150)), "the second was not taken");
    assert_eq!(framework.next_option(&options).map(|one| one.to), Some(day(200)));
    assert_eq!(vehicle(Kind::InHouse, 0, None, None).phase(&[], day(99_999)), Phase::Running);
}

#[test]
fn options_follow_one_another() {
    let framework = vehicle(Kind::Framework, 0, Some(100), None);
    let first = option(1, 150, 80, None);
    let check = |extension: &Extension, others: &[Extension]| check_extension(extension, &framework, others);
    assert_eq!(check(&first, &[]), Ok(()));
    assert_eq!(check(&option(1, 100, 80, None), &[]), Err(Impossible::ExtendsNothing { end: day(100) }));
    assert_eq!(check(&option(1, 150, 100, None), &[]), Err(Impossible::NoticeTooLate { end: day(100) }));
    assert_eq!(check(&option(2, 200, 130, Some(120)), std::slice::from_ref(&first)), Err(Impossible::OutOfOrder { earlier: day(150) }));
    assert_eq!(check(&option(2, 200, 130, None), std::slice::from_ref(&first)), Ok(()));
    // Late is recorded as it was, and shown.
    let late = option(1, 150, 80, Some(95));
    assert_eq!((check(&late, &[]), late.is_late()), (Ok(()), true));
    // Nothing is untaken beneath a later option that was taken.
    let taken = [option(1, 150, 80, Some(70)), option(2, 200, 130, Some(120))];
    assert_eq!(check(&option(1, 150, 80, None), &taken), Err(Impossible::OutOfOrder { earlier: day(150) }));
    assert_eq!(check_extension(&first, &vehicle(Kind::InHouse, 0, None, None), &[]), Err(Impossible::HasNoEnd));
    assert_eq!(super::check(&vehicle(Kind::Framework, 0, Some(10), Some(9))), Err(Impossible::RunsOffBeforeTheEnd));
    assert_eq!(super::check(&vehicle(Kind::Framework, 0, Some(0), None)), Err(Impossible::EndsBeforeItBegins));
}

fn member(number: u128, from: i32, to: Option<i32>) -> Membership {
    Membership { id: id(number), vehicle: id(1), lot: Some(id(1)), provider: id(1), from: day(from), to: to.map(day), rank: None }
}

proptest! {
    /// However options are put in and taken, a vehicle never lasts beyond the last of them, and an option is taken only after those before it.
    #[test]
    fn an_extension_never_exceeds_its_options(puts in prop::collection::vec((1i32..400, 0i32..400, prop::option::of(0i32..400)), 0..8)) {
        let framework = vehicle(Kind::Framework, 0, Some(100), None);
        let mut held: Vec<Extension> = Vec::new();
        for (number, (to, notice, taken)) in (1..).zip(puts) {
            let put = option(number, to, notice, taken);
            if check_extension(&put, &framework, &held).is_ok() {
                held.push(put);
            }
        }
        let end = framework.end(&held).unwrap();
        let farthest = held.iter().map(|one| one.to).max().map_or(day(100), |to| to.max(day(100)));
        prop_assert!(end >= day(100) && end <= farthest);
        for one in held.iter().filter(|one| one.taken.is_some()) {
            prop_assert!(held.iter().all(|other| other.to >= one.to || other.taken.is_some()));
        }
        for one in &held {
            prop_assert!(one.notice < one.to);
        }
    }

    /// A new call-off lies within vehicle and membership; what began so goes on until the run-off is over, and not a day longer.
    #[test]
    fn a_call_off_lies_within_membership_and_run_off(
        (from, to, off) in (0i32..50, 51i32..150, 0i32..100), (joined, left) in (0i32..100, prop::option::of(1i32..100)),
        (stopped, lifted) in (0i32..150, prop::option::of(1i32..50)), began in -10i32..200, on in -10i32..300, suspended: bool,
    ) {
        let framework = vehicle(Kind::Framework, from, Some(to), Some(to + off));
        let members = [member(1, joined, left.map(|left| joined + left))];
        let stop = Suspension { id: id(1), vehicle: id(1), membership: id(1), from: day(stopped), to: lifted.map(|lifted| day(stopped + lifted)), reason: "test".into() };
        let stops: Vec<Suspension> = suspended.then_some(stop).into_iter().collect();
        let lot = Lot { id: id(1), vehicle: id(1), name: "Lot 1".into(), buys: String::new() };
        let called = call_off(&framework, &[], &members, &stops, (Some(lot.id), id(1)), day(began));
        if let Ok(by) = called {
            prop_assert!(from <= began && began < to && joined <= began && left.is_none_or(|left| began < joined + left));
            prop_assert!(!stops.iter().any(|one| one.holds_on(day(began))));
            prop_assert_eq!(by.id, id(1));
        }
        let goes_on = continues(&framework, &[], &members, (Some(lot.id), id(1)), day(began), day(on));
        let began_in_time = from <= began && began < to && joined <= began && left.is_none_or(|left| began < joined + left);
        prop_assert_eq!(goes_on.is_ok(), began_in_time && began <= on && on < to + off);
    }
}
