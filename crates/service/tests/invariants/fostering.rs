//! I3 and I0 in foster homes: on every night at most as many children as the approval says, and at most three unless all are siblings or an exemption names
//! them. What has happened against that is recorded, and is a breach.

use domain::access::Role;
use domain::case::{Kin, Sibling, Together};
use domain::code::place;
use domain::foster_home::{Care, Exemption, FosterHome, Kinship, Stage};
use domain::lodging::Place;
use domain::setting::{Kind, Setting, Takes};
use domain::{Code, Day};
use proptest::collection::vec;
use proptest::prelude::*;
use service::record::{self, Placing, Tense, case};

use crate::recorded::owner;
use crate::world::{World, done, prove, stay};

impl World {
    /// A household with a service of its own, approved for so many.
    pub(crate) async fn foster_home(&self, places: u32) -> FosterHome {
        let service = Setting { name: "Elm Carers".to_owned(), ..self.setting(Kind::FosteringAgency).await };
        self.open(&service, 0).await;
        let id = self.record.id();
        let home = FosterHome {
            id,
            provider: service.provider,
            reference: format!("FH-{id}"),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(self.today().plus(-100)),
            ended: None,
            places,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        };
        record::add(&self.record, &owner(), self.here(), &home).await.unwrap();
        home
    }
}

/// A child who comes: when, for how long, planned or there already, brother or sister of all who came before, named by an exemption from a day on.
#[derive(Clone, Copy, Debug)]
struct Coming {
    happened: bool,
    from: i32,
    nights: Option<i32>,
    siblings: bool,
    named: Option<(i32, Option<i32>)>,
}

fn coming() -> impl Strategy<Value = Coming> {
    let named = prop::option::weighted(0.3, (-10i32..5, prop::option::of(1i32..30)));
    (prop::bool::weighted(0.3), 0i32..20, prop::option::of(1i32..25), prop::bool::weighted(0.2), named).prop_map(
        |(happened, from, nights, siblings, named)| Coming { happened, from: if happened { -from } else { from }, nights, siblings, named },
    )
}

impl Coming {
    fn lives(&self, night: i32) -> bool {
        self.from <= night && self.nights.is_none_or(|nights| night < self.from + nights)
    }

    fn is_named(&self, night: i32) -> bool {
        self.named.is_some_and(|(from, nights)| from <= night && nights.is_none_or(|nights| night < from + nights))
    }

    /// Whether every night with this child keeps to the limits.
    fn is_lawful(&self, there: &[Self], places: u32) -> bool {
        (self.from..60).filter(|&night| self.lives(night)).all(|night| {
            let living = || there.iter().chain([self]).filter(|one| one.lives(night));
            let counted = living().filter(|one| !one.is_named(night)).count();
            // Whoever came first has nobody before them.
            let all_siblings = living().skip(1).all(|one| one.siblings);
            counted <= places as usize && (counted <= 3 || all_siblings)
        })
    }
}

#[test]
fn no_night_of_a_plan_is_over_the_limit_and_one_that_happened_is_a_breach() {
    prove(10, &(1u32..6, vec(coming(), 2..8)), &async |world: &World, (places, all): (u32, Vec<Coming>)| {
        let home = world.foster_home(places).await;
        let day = |n: i32| -> Day { world.today().plus(n) };
        let mut there: Vec<Coming> = Vec::new();
        let mut children = Vec::new();
        for one in all {
            let child = world.child(day(-4000)).await.id;
            for &other in children.iter().filter(|_| one.siblings) {
                let (id, words, plan) = (world.record.id(), String::new(), Together::NotKnown);
                let sibling = Sibling { id, child, other: Some(other), kin: Kin::Half, born: None, wish: plan, plan, words };
                case::add(&world.record, &owner(), world.here(), child, &sibling).await.unwrap();
            }
            if let Some((from, nights)) = one.named {
                let (id, to) = (world.record.id(), nights.map(|nights| day(from + nights)));
                let exemption = Exemption { id, home: home.id, child, from: day(from), to, reason: "panel".to_owned() };
                record::add(&world.record, &owner(), world.here(), &exemption).await.unwrap();
            }
            let tense = if one.happened { Tense::Happened } else { Tense::Planned };
            let span = (day(one.from), one.nights.map(|nights| day(one.from + nights)));
            let kinship = if one.siblings { Kinship::AllSiblings } else { Kinship::NotAll };
            let wanted = Placing { kind: Some(place::U6), kinship, ..stay(child, Place::FosterHome(home.id), tense, span) };
            let accepted = done(record::place(&world.record, &owner(), world.here(), &wanted).await)?.is_some();
            let lawful = one.is_lawful(&there, places);
            prop_assert_eq!(accepted, one.happened || lawful, "{:?} beside {:?} in {} places", one, there, places);
            let breaches = world.breaches(Place::FosterHome(home.id), child).await;
            prop_assert_eq!(!breaches.is_empty(), accepted && !lawful, "{:?} beside {:?} in {} places", one, there, places);
            prop_assert!(breaches.iter().all(|breach| breach.due > world.today() && breach.role == Role::QualityOfficer));
            if accepted {
                there.push(one);
                children.push(child);
            }
        }
        Ok(())
    });
}
