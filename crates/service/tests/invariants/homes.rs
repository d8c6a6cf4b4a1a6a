//! I0, I3, I4, I5 and I9 in the homes of the registers. What is planned is within the law on every night of the stay; what has happened is recorded whatever
//! the law says, and is a breach with an owner and a clock if and only if the law says something against it.

use domain::access::Role;
use domain::capacity::Sharing;
use domain::case::{CourtAuthority, CourtKind};
use domain::child::Child;
use domain::code::place;
use domain::lodging::Place;
use domain::setting::{Kind, Limit, Registration, Restriction, Setting, Terms};
use domain::{Code, Day, Id};
use proptest::collection::vec;
use proptest::prelude::*;
use service::record::{self, Placing, Tense, Wanted, case};

use crate::recorded::owner;
use crate::world::{World, birthdays, done, prove, stay};

/// A home, in days from today.
#[derive(Clone, Copy, Debug)]
struct Built {
    kind: Kind,
    registration: Registration,
    opened: i32,
    closed: Option<i32>,
    stopped: Option<(Limit, i32, Option<i32>)>,
    places: u32,
    /// From this day on, so many places.
    varied: Option<(i32, u32)>,
    /// Youngest and oldest of the registration.
    ages: (Option<u32>, Option<u32>),
}

fn built() -> impl Strategy<Value = Built> {
    let kinds = [Kind::ChildrensHome, Kind::ChildrensHome, Kind::SecureHome, Kind::SupportedShared, Kind::SupportedLodgings, Kind::Other];
    let kind = prop::sample::select(kinds.to_vec());
    let registration = prop_oneof![4 => Just(Registration::Held), 1 => prop::sample::select(Registration::ALL.to_vec())];
    let opened = prop_oneof![4 => Just(-300), 1 => -15i32..15];
    let closed = prop_oneof![4 => Just(None), 1 => (0i32..60).prop_map(Some)];
    let stop = (prop::sample::select(Limit::ALL.to_vec()), -20i32..30, prop::option::of(1i32..25));
    let stopped = prop_oneof![3 => Just(None), 1 => stop.prop_map(Some)];
    let varied = prop::option::of((-10i32..20, 1u32..5));
    let ages = prop_oneof![3 => Just((None, None)), 1 => (prop::option::of(8u32..11), prop::option::of(14u32..17))];
    (kind, registration, opened, closed, stopped, 1u32..4, varied, ages).prop_map(
        |(kind, registration, opened, closed, stopped, places, varied, ages)| {
            let closed = closed.filter(|closed| opened < *closed);
            Built { kind, registration, opened, closed, stopped, places, varied, ages }
        },
    )
}

/// What somebody does for a child whom nothing is known of yet.
#[derive(Clone, Copy, Debug)]
struct Step {
    act: Act,
    birthday: (i32, i32),
    from: i32,
    nights: Option<i32>,
    /// Placement code, in a home that has none of its own.
    kind: Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Hold,
    Plan,
    Happened,
}

fn step() -> impl Strategy<Value = Step> {
    let act = prop::sample::select(vec![Act::Hold, Act::Plan, Act::Plan, Act::Happened]);
    let kind = prop::sample::select(vec![place::K2, place::S1, place::R5]);
    (act, birthdays(), -12i32..25, prop::option::of(1i32..30), kind).prop_map(|(act, birthday, from, nights, kind)| {
        let from = if act == Act::Happened { -from.abs() } else { from };
        Step { act, birthday, from, nights, kind }
    })
}

/// The last night that is looked at: all that is drawn has begun by then.
const HORIZON: i32 = 70;

/// The home with all that was accepted in it, counted night by night.
struct Counted {
    built: Built,
    today: Day,
    nights: Vec<(i32, i32)>,
}

impl Counted {
    fn last(step: &Step) -> i32 {
        step.nights.map_or(HORIZON, |nights| step.from + nights)
    }

    fn kind(&self, step: &Step) -> Code {
        self.built.kind.codes().first().copied().unwrap_or(step.kind)
    }

    fn places(&self, night: i32) -> u32 {
        self.built.varied.filter(|(from, _)| *from <= night).map_or(self.built.places, |(_, places)| places)
    }

    fn is_stopped(&self, night: i32) -> bool {
        let stops = |(limit, from, nights): (Limit, i32, Option<i32>)| {
            let in_force = from <= night && nights.is_none_or(|nights| night < from + nights);
            in_force && matches!(limit, Limit::Suspension | Limit::NoAdmissions)
        };
        self.built.stopped.is_some_and(stops)
    }

    /// Whether a night has one child more than the home has places.
    fn is_full(&self, night: i32) -> bool {
        let others = self.nights.iter().filter(|(from, to)| *from <= night && night < *to).count();
        u32::try_from(others).unwrap() >= self.places(night)
    }

    /// Whether the law lets a child of this age live there on a night (I4, I5).
    fn is_of_age(&self, born: Day, step: &Step, night: i32) -> bool {
        let age = born.age_at(self.today.plus(night));
        let supported = [Kind::SupportedShared, Kind::SupportedLodgings].contains(&self.built.kind) || self.kind(step) == place::K3;
        (!supported || age >= 16) && (self.kind(step) != place::R5 || age >= 10)
    }

    /// Whether the law has nothing against a stay: on the day it begins, and on each of its nights.
    fn is_lawful(&self, born: Day, step: &Step) -> bool {
        let Built { kind, registration, opened, closed, ages, .. } = self.built;
        let (from, last) = (step.from, Self::last(step));
        // What needs no registration may ask for one; what was refused one, or hides from it, is no home for anybody (I5).
        let needless = kind == Kind::Other && registration == Registration::Applied;
        let registered = needless || [Registration::Held, Registration::NotNeeded].contains(&registration);
        let is_what_it_says = kind != Kind::Other || self.kind(step) != place::K2;
        // A home that closes is no home for a stay that goes on.
        let open = opened <= from && closed.is_none_or(|closed| step.nights.is_some() && last <= closed);
        let age = born.age_at(self.today.plus(from));
        let registered_age = ages.0.is_none_or(|youngest| youngest <= age) && ages.1.is_none_or(|oldest| age <= oldest);
        let nightly = (from..last).all(|night| !self.is_full(night) && self.is_of_age(born, step, night));
        registered && is_what_it_says && open && !self.is_stopped(from) && registered_age && nightly
    }

    /// Whether nothing has come to stand against it: on the last of its nights that have been.
    fn is_lawful_still(&self, born: Day, step: &Step) -> bool {
        let night = (Self::last(step) - 1).min(0);
        let suspends = |(limit, from, nights): (Limit, i32, Option<i32>)| {
            limit == Limit::Suspension && from <= night && nights.is_none_or(|nights| night < from + nights)
        };
        let (age, ages) = (born.age_at(self.today.plus(night)), self.built.ages);
        let registered_age = ages.0.is_none_or(|youngest| youngest <= age) && ages.1.is_none_or(|oldest| age <= oldest);
        night <= step.from || (!self.built.stopped.is_some_and(suspends) && registered_age)
    }
}

impl World {
    async fn build(&self, built: Built) -> Setting {
        let day = |n: i32| self.today().plus(n);
        let plain = self.setting(built.kind).await;
        let (opened, closed) = (Some(day(built.opened)), built.closed.map(day));
        let setting = Setting { registration: built.registration, opened, closed, ..plain };
        let terms = |from, places| Terms { youngest: built.ages.0, oldest: built.ages.1, ..self.terms(setting.id, from, places) };
        record::add_home(&self.record, &owner(), self.here(), &setting, &terms(day(-400), built.places)).await.unwrap();
        if let Some((from, places)) = built.varied {
            record::add(&self.record, &owner(), self.here(), &terms(day(from), places)).await.unwrap();
        }
        if let Some((kind, from, nights)) = built.stopped {
            let (id, from, to) = (self.record.id(), day(from), nights.map(|nights| day(from + nights)));
            let restriction = Restriction { id, setting: setting.id, kind, from, to, words: String::new() };
            record::add(&self.record, &owner(), self.here(), &restriction).await.unwrap();
        }
        setting
    }

    /// A secure home needs a court's leave, which is another rule's matter.
    pub(crate) async fn allow(&self, kind: Kind, child: Id<Child>) {
        if kind != Kind::SecureHome {
            return;
        }
        let (id, court, words) = (self.record.id(), "Family Court".to_owned(), String::new());
        let (start, expires) = (self.today().plus(-100), self.today().plus(100));
        let leave = CourtAuthority { id, child, kind: CourtKind::Secure, start, expires, ended: None, court, words };
        case::add(&self.record, &owner(), self.here(), child, &leave).await.unwrap();
    }

    /// Does it; whether it was accepted.
    async fn act(&self, counted: &Counted, step: &Step, setting: &Setting, child: &Child) -> Result<bool, TestCaseError> {
        let day = |n: i32| self.today().plus(n);
        let (from, to) = (day(step.from), step.nights.map(|nights| day(step.from + nights)));
        if step.act == Act::Hold {
            let wanted = Wanted { setting: setting.id, child: child.id, from, to, sharing: Sharing::Shared };
            return Ok(done(record::hold(&self.record, &owner(), self.here(), &wanted, 24).await)?.is_some());
        }
        let tense = if step.act == Act::Plan { Tense::Planned } else { Tense::Happened };
        let place = Place::Setting(setting.id);
        let wanted = Placing { kind: Some(counted.kind(step)), ..stay(child.id, place, tense, (from, to)) };
        Ok(done(record::place(&self.record, &owner(), self.here(), &wanted).await)?.is_some())
    }
}

#[test]
fn a_plan_is_within_the_law_on_every_night_and_what_happened_is_recorded_whatever_it_says() {
    prove(14, &(built(), vec(step(), 1..9)), &async |world: &World, (built, steps): (Built, Vec<Step>)| {
        let setting = world.build(built).await;
        let mut counted = Counted { built, today: world.today(), nights: Vec::new() };
        for step in &steps {
            let child = world.child(world.born(step.birthday)).await;
            let lawful = counted.is_lawful(child.born, step) && counted.is_lawful_still(child.born, step);
            world.allow(built.kind, child.id).await;
            let accepted = world.act(&counted, step, &setting, &child).await?;
            let breaches = world.breaches(Place::Setting(setting.id), child.id).await;
            if step.act == Act::Happened {
                prop_assert!(accepted, "a fact was refused: {step:?} in {built:?}");
                prop_assert_eq!(breaches.is_empty(), lawful, "{:?} in {:?}", step, built);
                let answered =
                    breaches.iter().all(|one| one.due > world.today() && (one.owner.is_some() || one.role == Role::QualityOfficer));
                prop_assert!(answered, "nobody answers for it: {step:?}");
            } else {
                // Holding says nothing of the placement code.
                let lawful = if step.act == Act::Hold { counted.is_lawful(child.born, &Step { kind: place::S1, ..*step }) } else { lawful };
                prop_assert_eq!(accepted, lawful, "{:?} in {:?}", step, built);
                prop_assert!(breaches.is_empty(), "a plan broke nothing yet");
            }
            if accepted {
                counted.nights.push((step.from, Counted::last(step)));
            }
        }
        Ok(())
    });
}
