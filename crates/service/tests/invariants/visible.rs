//! I8: a placement without its plan, and without a word of the child, is on the list of whoever is to mend that.

use domain::access::Role;
use domain::case::{Channel, Plan, PlanKind, Voice};
use domain::clock::Duty;
use domain::code::place;
use proptest::prelude::*;
use service::duties::{self, About, Line};
use service::record::case;

use crate::recorded::{owner, person};
use crate::world::{World, prove};

#[test]
fn a_placement_without_plan_or_voice_is_on_somebodys_list() {
    let days = || prop::option::of(-80i32..0);
    prove(25, &(-60i32..0, days(), days()), &async |world: &World, (from, planned, heard): (i32, Option<i32>, Option<i32>)| {
        let today = world.today();
        // Somebody else's were recorded long ago: the authority keeps such things here.
        let other = world.child(today.plus(-4000)).await.id;
        record_them(world, other, Some(-200), Some(-200)).await;
        let child = world.in_care(today.plus(-4000), today.plus(from)).await.id;
        let home = world.typed(child, place::U6, (today.plus(from), None));
        case::add(&world.record, &owner(), world.here(), child, &home).await.unwrap();
        record_them(world, child, planned, heard).await;
        let officer = person(&world.authority, Role::PlacementOfficer);
        let work = duties::list(&world.record, &officer, &world.authority, today).await.unwrap();
        let lines: Vec<Line> = work.overdue.into_iter().chain(work.due).filter(|line| line.about == About::Child(child)).collect();
        for (duty, day) in [(Duty::PlacementPlan, planned), (Duty::Voice, heard)] {
            // Before the child moved in, but for this placement, not for the one before.
            let is_there = day.is_some_and(|day| from - 28 <= day);
            let shown = lines.iter().find(|line| line.duty == duty);
            prop_assert_eq!(shown.is_none(), is_there, "{} of {:?}, placed {}", duty, day, from);
            // Five working days are five days from a Sunday on, and eleven over Easter.
            prop_assert!(shown.is_none_or(|line| (5..=11).contains(&line.by.since(line.since))), "{lines:?}");
        }
        Ok(())
    });
}

async fn record_them(world: &World, child: domain::Id<domain::child::Child>, planned: Option<i32>, heard: Option<i32>) {
    if let Some(agreed) = planned {
        let (id, agreed) = (world.record.id(), world.today().plus(agreed));
        let plan = Plan { id, child, kind: PlanKind::Placement, agreed, again: None, ended: None, aim: String::new() };
        case::add(&world.record, &owner(), world.here(), child, &plan).await.unwrap();
    }
    if let Some(heard) = heard {
        let (id, day) = (world.record.id(), world.today().plus(heard));
        let (words, heard_by) = ("I like the garden.".to_owned(), "the social worker".to_owned());
        let voice = Voice { id, child, day, channel: Channel::Spoken, words, heard_by };
        case::add(&world.record, &owner(), world.here(), child, &voice).await.unwrap();
    }
}
