//! I4 and I5 by placement code, where the registers know no home: nobody is planned below the age of the law, on any day of the stay; what has happened is
//! recorded, and is on somebody's list until the child is old enough or lives elsewhere.

use domain::access::Role;
use domain::case::Allocation;
use domain::clock::Duty;
use domain::code::Code;
use domain::legal_status::LegalStatus;
use domain::setting::Kind;
use domain::{Day, Id};
use proptest::prelude::*;
use service::duties::{self, About};
use service::record::case;

use crate::recorded::{owner, person};
use crate::world::{World, birthdays, done, prove};

/// The completed years of age that the law asks of a placement (dossier B4, I4), written down once more. H5 and P2 are codes no longer.
fn youngest(kind: Code) -> u32 {
    match kind.to_string().as_str() {
        "K3" | "Z1" | "Z11" | "Z12" | "Z13" | "Z14" => 16,
        "P3" => 14,
        "R5" => 10,
        _ => 0,
    }
}

/// Whether a breach of this child is on the list of those who place children.
async fn is_on_the_list(world: &World, child: Id<domain::child::Child>) -> bool {
    let officer = person(&world.authority, Role::PlacementOfficer);
    let work = duties::list(&world.record, &officer, &world.authority, world.today()).await.unwrap();
    let mut lines = work.overdue.iter().chain(&work.due);
    lines.any(|line| line.duty == Duty::TooYoung && line.about == About::Child(child) && line.since < line.by)
}

#[test]
fn nobody_is_planned_where_they_are_too_young_to_live() {
    let mut codes: Vec<Code> = case::choices("PLACE", Day::from_ymd(2026, 6, 1).unwrap()).iter().map(|one| one.code).collect();
    codes.extend(["R5", "K3", "Z12"].map(Code::of));
    let drawn = (prop::sample::select(codes), birthdays(), -15i32..25);
    prove(60, &drawn, &async |world: &World, (kind, birthday, from): (Code, (i32, i32), i32)| {
        let (today, start) = (world.today(), world.today().plus(from));
        let child = world.in_care(world.born(birthday), world.born(birthday)).await;
        let mut typed = world.typed(child.id, kind, (start, None));
        if kind == domain::code::place::P1 {
            typed.provider = domain::code::provider::PR0;
        }
        if kind == domain::code::place::K1 {
            world.allow(Kind::SecureHome, child.id).await;
        }
        let accepted = done(case::add(&world.record, &owner(), world.here(), child.id, &typed).await)?.is_some();
        // Nobody grows younger: whoever is old enough on the first day is so on every other.
        let too_young = child.born.age_at(start) < youngest(kind);
        prop_assert_eq!(accepted, start <= today || !too_young, "{} from {} at {}", kind, from, child.born.age_at(start));
        let still = accepted && start <= today && child.born.age_at(today) < youngest(kind);
        prop_assert_eq!(is_on_the_list(world, child.id).await, still, "{} from {} at {}", kind, from, child.born.age_at(today));
        Ok(())
    });
}

#[test]
fn no_child_under_ten_is_to_be_in_custody_by_law() {
    let codes = ["J1", "J2", "J3", "C2", "E1", "V2"].map(Code::of).to_vec();
    let drawn = (prop::sample::select(codes), birthdays(), -15i32..25);
    prove(40, &drawn, &async |world: &World, (status, birthday, from): (Code, (i32, i32), i32)| {
        let (today, start) = (world.today(), world.today().plus(from));
        let child = world.in_care(world.born(birthday), world.born(birthday)).await;
        let legal = LegalStatus { id: world.record.id(), child: child.id, status, need: Code::of("N1"), start, end: None };
        let accepted = done(case::add(&world.record, &owner(), world.here(), child.id, &legal).await)?.is_some();
        let custody = status.to_string().starts_with('J');
        prop_assert_eq!(accepted, start <= today || !custody || child.born.age_at(start) >= 10, "{} from {}", status, from);
        let still = accepted && start <= today && custody && child.born.age_at(today) < 10;
        prop_assert_eq!(is_on_the_list(world, child.id).await, still, "{} from {}", status, from);
        Ok(())
    });
}

/// Once somebody works with the child, the breach is theirs: it is on no other list.
#[test]
fn whoever_works_with_the_child_answers_for_it() {
    prove(1, &Just(()), &async |world: &World, ()| {
        let today = world.today();
        let child = world.in_care(today.plus_months(-12 * 14), today.plus(-30)).await;
        let typed = world.typed(child.id, Code::of("K3"), (today.plus(-30), None));
        case::add(&world.record, &owner(), world.here(), child.id, &typed).await.unwrap();
        prop_assert!(is_on_the_list(world, child.id).await);
        let worker = world.somebody("worker", Role::SocialWorker).await;
        let allocation = Allocation { id: world.record.id(), child: child.id, person: worker.0, start: today.plus(-1), end: None };
        case::add(&world.record, &owner(), world.here(), child.id, &allocation).await.unwrap();
        prop_assert!(!is_on_the_list(world, child.id).await);
        let mut actor = worker.1;
        actor.cases.insert(child.id);
        let work = duties::list(&world.record, &actor, &world.authority, today).await.unwrap();
        prop_assert!(work.overdue.iter().any(|line| line.duty == Duty::TooYoung && line.days_late > 0));
        Ok(())
    });
}
