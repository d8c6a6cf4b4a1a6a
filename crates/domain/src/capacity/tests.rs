use proptest::prelude::*;
use uuid::Uuid;

use super::plan::{Newcomer, Obstacle, Regard, Weight, breaches, obstacles, plan};
use super::since::since_then;
use super::*;
use crate::code::Code;
use crate::judgement::{Judgement, Overall};
use crate::provider::Status;
use crate::setting::{Kind, Limit, Registration, Takes};

fn day(n: i32) -> Day {
    Day::from_ymd(2026, 1, 1).unwrap().plus(n)
}

fn id<Of>(n: u128) -> Id<Of> {
    Id::from_uuid(Uuid::from_u128(n))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A home of so many registered places, with what the test puts in.
#[derive(Clone, Debug)]
struct House {
    setting: Setting,
    terms: Vec<Terms>,
    restrictions: Vec<Restriction>,
    events: Vec<CapacityEvent>,
    stays: Vec<Stay>,
    holds: Vec<Hold>,
    judgements: Vec<Judgement>,
}

impl House {
    fn of(kind: Kind, places: u32) -> Self {
        let setting = Setting {
            id: id(1),
            provider: id(1),
            urn: Code::of("9000001"),
            kind,
            name: "Elm".into(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: Some(day(-100)),
            closed: None,
            before: None,
        };
        let terms = Terms {
            id: id(1),
            setting: id(1),
            from: day(-100),
            places: Some(places),
            youngest: Some(8),
            oldest: Some(17),
            takes: Takes::Anybody,
            conditions: String::new(),
        };
        let good = Judgement {
            id: id(1),
            provider: id(1),
            setting: Some(id(1)),
            day: day(-50),
            overall: Overall::Good,
            protected: None,
            leaders: None,
        };
        Self { setting, terms: vec![terms], restrictions: vec![], events: vec![], stays: vec![], holds: vec![], judgements: vec![good] }
    }

    fn home(&self) -> Home<'_> {
        Home {
            setting: &self.setting,
            terms: &self.terms,
            restrictions: &self.restrictions,
            events: &self.events,
            stays: &self.stays,
            holds: &self.holds,
        }
    }

    fn regard(&self) -> Regard<'_> {
        Regard { judgements: &self.judgements, status: Status::Approved }
    }

    fn plan(&self, child: &Newcomer) -> Result<Vec<Obstacle>, super::plan::Refused> {
        plan(&self.home(), child, self.regard(), at(0))
    }
}

fn stay(child: u128, from: i32, to: Option<i32>) -> Stay {
    Stay { child: id(child), from: day(from), to: to.map(day), sharing: Sharing::Shared }
}

fn hold(child: u128, from: i32, lapses: i64) -> Hold {
    Hold {
        id: id(child),
        setting: id(1),
        child: id(child),
        from: day(from),
        to: None,
        sharing: Sharing::Shared,
        lapses: at(lapses),
        released: None,
    }
}

fn blocked(from: i32, to: Option<i32>, beds: u32, reason: Reason) -> CapacityEvent {
    CapacityEvent { id: id(1), setting: id(1), from: day(from), to: to.map(day), beds, reason, note: String::new() }
}

fn newcomer(age: u32, from: i32, to: Option<i32>) -> Newcomer {
    let born = Day::from_ymd(2026 - age, 1, 1).unwrap();
    Newcomer { child: id(99), born, sex: Code::of("F"), from: day(from), to: to.map(day), sharing: Sharing::Shared }
}

#[test]
fn beds_are_counted_by_the_night() {
    let mut house = House::of(Kind::ChildrensHome, 4);
    house.stays = vec![stay(1, 0, Some(10)), stay(2, 10, None)];
    house.events = vec![blocked(5, Some(8), 1, Reason::Staffing), blocked(5, None, 1, Reason::Damage)];
    house.holds = vec![hold(3, 6, 100)];
    let night = |n| house.home().night(day(n), at(0)).beds;
    // The day of leaving is no night of the stay, the first day is (F4): one child on each side of the change.
    assert_eq!([9, 10].map(|n| night(n).occupied), [1, 1]);
    let sixth = night(6);
    assert_eq!(
        (sixth.registered, sixth.staffed, sixth.usable, sixth.occupied, sixth.held, sixth.available),
        (Some(4), Some(3), Some(2), 1, 1, Some(0))
    );
    assert_eq!(house.home().night(day(6), at(100)).beds.available, Some(1), "a hold that lapsed holds nothing");
    assert_eq!(night(-101).registered, None, "before it was registered there is nothing to count");
    let occupancy = Occupancy::over(&house.home().nights(day(5), day(8), at(0)));
    assert_eq!((occupancy.of_registered(), occupancy.of_usable()), (Some(0.25), Some(0.5)));
    assert_eq!(Occupancy::over(&[]).of_registered(), None);
}

#[test]
fn a_child_alone_takes_the_whole_home() {
    let mut house = House::of(Kind::ChildrensHome, 4);
    house.stays = vec![stay(1, 0, None)];
    house.events = vec![blocked(0, None, 3, Reason::Solo)];
    assert_eq!(house.home().night(day(1), at(0)).beds.available, Some(0));
    assert!(house.plan(&newcomer(12, 1, None)).unwrap().contains(&Obstacle::SoloThere));
    house.events.clear();
    let alone = Newcomer { sharing: Sharing::Alone, ..newcomer(12, 1, None) };
    assert!(house.plan(&alone).unwrap().contains(&Obstacle::OthersThere));
}

#[test]
fn what_the_law_forbids_is_not_planned_and_what_happened_is_a_breach() {
    let mut house = House::of(Kind::SupportedShared, 3);
    house.terms[0].youngest = None;
    let child = newcomer(15, 10, None);
    let refused = house.plan(&child).unwrap_err();
    assert_eq!(refused.0[0], Obstacle::UnderAge { youngest: 16, age: 15 });
    assert_eq!(refused.to_string(), "the law puts nobody under 16 there, and the child is 15");
    assert_eq!(breaches(&house.home(), &child, house.regard(), at(0)), [Obstacle::UnderAge { youngest: 16, age: 15 }]);
    // Sixteen on the first night is old enough: a child only becomes older.
    let born = day(10).anniversary(0);
    let birthday = Newcomer { born: Day::from_ymd(born.year() - 16, born.ymd().1, born.ymd().2).unwrap(), ..child.clone() };
    assert!(house.plan(&birthday).is_ok());
    house.setting.registration = Registration::Applied;
    assert!(house.plan(&birthday).unwrap_err().0.contains(&Obstacle::NotRegistered), "I5");
    house.setting.registration = Registration::Held;
    let stop = |kind| Restriction { id: id(1), setting: id(1), kind, from: day(0), to: Some(day(20)), words: String::new() };
    for (kind, obstacle) in [(Limit::Suspension, Obstacle::Suspended), (Limit::NoAdmissions, Obstacle::NoAdmissions)] {
        house.restrictions = vec![stop(kind)];
        assert!(house.plan(&birthday).unwrap_err().0.contains(&obstacle), "I9");
        let later = Newcomer { from: day(20), ..birthday.clone() };
        assert!(house.plan(&later).is_ok(), "it was lifted");
    }
    house.restrictions.clear();
    house.setting.closed = Some(day(30));
    assert_eq!(house.plan(&birthday).unwrap_err().0, [Obstacle::NotOpen { on: day(30) }]);
}

#[test]
fn what_came_to_stand_against_a_stay_is_seen_since_its_first_day() {
    let mut house = House::of(Kind::ChildrensHome, 2);
    house.terms[0].oldest = Some(12);
    // Twelve on the first night, thirteen a year later: the stay outgrew the registration on the birthday.
    let child = newcomer(12, 10, None);
    let birthday = child.born.anniversary(13);
    let since = |house: &House, child: &Newcomer, today| since_then(&house.home(), child, today);
    assert_eq!(since(&house, &child, birthday.plus(-1)), []);
    let outgrew = (birthday, Obstacle::OutsideAges { registered: (house.terms[0].youngest, Some(12)), age: 13 });
    assert_eq!(since(&house, &child, birthday.plus(900)), [outgrew], "said as it was on the day, however old the child is now");
    assert_eq!(since(&house, &Newcomer { to: Some(birthday), ..child.clone() }, birthday.plus(900)), [], "gone by then");
    let planned = house.plan(&child).unwrap();
    assert!(planned.contains(&Obstacle::Outgrows { on: birthday }), "said of a plan without an end: {planned:?}");
    house.terms[0].oldest = Some(17);
    // Suspended while the child lives there; a stop of admissions is for others.
    let stop = |kind, from, to: Option<i32>| Restriction {
        id: id(1),
        setting: id(1),
        kind,
        from: day(from),
        to: to.map(day),
        words: String::new(),
    };
    house.restrictions = vec![stop(Limit::Suspension, 20, None), stop(Limit::NoAdmissions, 15, None)];
    assert_eq!(since(&house, &child, day(19)), []);
    assert_eq!(since(&house, &child, day(40)), [(day(20), Obstacle::Suspended)]);
    house.restrictions = vec![stop(Limit::Suspension, 20, Some(30))];
    assert_eq!(since(&house, &child, day(40)), [], "it was lifted");
    house.restrictions = vec![stop(Limit::Suspension, 5, None)];
    assert_eq!(since(&house, &child, day(40)), [], "it stood on the first night already");
    house.restrictions.clear();
    // A variation to boys only, of which nobody told the girl who lives there.
    let varied = Terms { id: id(2), from: day(25), takes: Takes::Boys, ..house.terms[0].clone() };
    house.terms.push(varied);
    assert_eq!(since(&house, &child, day(40)), [(day(25), Obstacle::OtherSex)]);
    house.setting.closed = Some(day(30));
    assert_eq!(since(&house, &child, day(40))[0], (day(30), Obstacle::NotOpen { on: day(30) }));
}

#[test]
fn what_practice_says_never_stops_anybody() {
    let mut house = House::of(Kind::ChildrensHome, 2);
    house.judgements[0].overall = Overall::Inadequate;
    house.events = vec![blocked(0, None, 2, Reason::Staffing)];
    let said = plan(&house.home(), &newcomer(12, 0, Some(3)), Regard { status: Status::Suspended, ..house.regard() }, at(0)).unwrap();
    let expected =
        [Obstacle::NoUsableBed { on: day(0) }, Obstacle::LessThanGood { judged: "Inadequate" }, Obstacle::Provider(Status::Suspended)];
    assert_eq!(said, expected);
    house.judgements.clear();
    house.events.clear();
    assert_eq!(house.plan(&newcomer(12, 0, None)).unwrap(), [Obstacle::NotYetInspected]);
}

#[test]
fn a_place_promised_for_a_later_night_stands_in_the_way() {
    let mut house = House::of(Kind::ChildrensHome, 1);
    house.holds = vec![hold(5, 30, 100)];
    assert_eq!(house.plan(&newcomer(12, 0, None)).unwrap_err().0, [Obstacle::Full { on: day(30), places: 1 }]);
    assert!(house.plan(&newcomer(12, 0, Some(30))).is_ok(), "gone by then");
    let own = Newcomer { child: id(5), ..newcomer(12, 30, None) };
    assert!(house.plan(&own).is_ok(), "a child's own hold is for the child");
}

fn houses() -> impl Strategy<Value = House> {
    let span = || (-20i32..40, proptest::option::of(1i32..30));
    let stays = proptest::collection::vec((0u128..8, span()), 0..6);
    let holds = proptest::collection::vec((8u128..14, span(), 0i64..2), 0..4);
    let events = proptest::collection::vec((span(), 0u32..4, 0..Reason::ALL.len()), 0..4);
    let kinds = proptest::sample::select(Kind::ALL.to_vec());
    let registrations = proptest::sample::select(Registration::ALL.to_vec());
    (kinds, 0u32..5, registrations, stays, holds, events, proptest::option::of(-10i32..40)).prop_map(
        |(kind, places, registration, stays, holds, events, closed)| {
            let mut house = House::of(kind, places);
            house.setting.registration = registration;
            house.setting.closed = closed.map(day);
            house.stays = stays.into_iter().map(|(child, (from, nights))| stay(child, from, nights.map(|n| from + n))).collect();
            let held = |(child, (from, _), lapses): (u128, (i32, Option<i32>), i64)| hold(child, from, lapses);
            house.holds = holds.into_iter().map(held).collect();
            let event = |((from, nights), beds, reason): ((i32, Option<i32>), u32, usize)| {
                blocked(from, nights.map(|n| from + n), beds, Reason::ALL[reason])
            };
            house.events = events.into_iter().map(event).collect();
            house
        },
    )
}

fn newcomers() -> impl Strategy<Value = Newcomer> {
    (5u32..18, -10i32..30, proptest::option::of(1i32..30)).prop_map(|(age, from, nights)| newcomer(age, from, nights.map(|n| from + n)))
}

proptest! {
    /// I3, I4, I5, I9: whatever the home and the child, a plan that is allowed breaks no law on any night of the stay.
    #[test]
    fn no_plan_breaks_the_law(house in houses(), child in newcomers()) {
        if house.plan(&child).is_err() {
            return Ok(());
        }
        prop_assert!(house.setting.is_lawful());
        prop_assert!(child.born.age_at(child.from) >= house.setting.kind.youngest_in_law());
        let mut with = house.clone();
        with.stays.retain(|stay| stay.child != child.child);
        with.stays.push(Stay { child: child.child, from: child.from, to: child.to, sharing: child.sharing });
        let last = child.to.unwrap_or(day(80));
        for night in with.home().nights(child.from, last, at(0)) {
            prop_assert_ne!(night.beds.open, Open::Closed);
            if house.setting.kind.has_places() {
                prop_assert!(night.beds.registered.is_some_and(|places| night.beds.occupied + night.beds.held <= places), "{:?}", night);
            }
        }
    }

    /// I0: the same facts are counted and named whatever they are, and what is refused as a plan is what is flagged as a breach.
    #[test]
    fn what_happened_is_counted_and_flagged(house in houses(), child in newcomers()) {
        let refused = house.plan(&child).err().map(|refused| refused.0).unwrap_or_default();
        let law: Vec<_> = refused.into_iter().filter(|one| one.weight() == Weight::Law).collect();
        prop_assert_eq!(breaches(&house.home(), &child, house.regard(), at(0)), law);
        let night = house.home().night(child.from, at(0)).beds;
        let beds = night.available.unwrap_or(0);
        prop_assert!(beds == 0 || beds + night.occupied + night.held <= night.registered.unwrap_or(0));
        prop_assert!(night.usable <= night.registered && night.staffed <= night.registered);
        // A bed said to be available for a child of the registered ages can be planned for one night.
        let tonight = Newcomer { to: Some(child.from.plus(1)), ..newcomer(17, 0, None) };
        let tonight = Newcomer { from: child.from, born: Day::from_ymd(2008, 7, 1).unwrap(), to: Some(child.from.plus(1)), ..tonight };
        if beds > 0 {
            prop_assert!(obstacles(&house.home(), &tonight, house.regard(), at(0)).iter().all(|one| one.weight() == Weight::Practice));
        }
    }
}
