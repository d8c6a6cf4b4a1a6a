//! I14: whoever asks does not approve, and whoever is bound to the matter stays out of it.

use domain::Id;
use domain::access::{Actor, Grant, Role, Thing, Who};
use domain::office::{Office, Standing};
use domain::person::Person;
use proptest::collection::vec;
use proptest::prelude::*;
use service::Error;
use service::duties::{self, About};
use service::people::{self, NewNomination, NewUser};

use crate::recorded::owner;
use crate::world::{World, done, prove};

impl World {
    /// Somebody who is in the record, with a role.
    pub(crate) async fn somebody(&self, name: &str, role: Role) -> (Id<Person>, Actor) {
        let email = format!("{name}.{}@example.gov.uk", self.record.id::<Person>());
        // Without a password: nobody signs in here, and making one takes long.
        let new = NewUser { name, email: &email, roles: [role].into(), password: None };
        let person = people::add(&self.record, &owner(), &self.authority, &new).await.unwrap();
        (person.id, Actor { who: Who::Person(person.id), grants: [Grant { authority: self.here(), role }].into(), ..Actor::nobody() })
    }
}

/// Somebody tries to review what one of them opened: who they are, and whether they declared to be bound to the child.
type Tried = (usize, bool);

#[test]
fn whoever_opened_a_case_or_is_bound_to_the_child_does_not_review_it() {
    prove(16, &(0usize..3, vec((0usize..3, any::<bool>()), 1..5)), &async |world: &World, (opener, tries): (usize, Vec<Tried>)| {
        let child = world.child(world.today().plus(-4000)).await.id;
        let mut people = Vec::new();
        for name in ["ann", "ben", "cid"] {
            people.push(world.somebody(name, Role::Director).await);
        }
        let mut worker = people[opener].1.clone();
        worker.grants.insert(Grant { authority: world.here(), role: Role::SocialWorker });
        let why = "the child rang and is alone";
        let glass = people::break_glass(&world.record, &worker, &world.authority, child, why).await.unwrap();
        let mut reviewed = false;
        for (who, bound) in tries {
            let mut actor = people[who].1.clone();
            if bound {
                actor.conflicts.insert(Id::from_uuid(child.uuid()));
            }
            let work = duties::list(&world.record, &actor, &world.authority, world.today()).await.unwrap();
            let listed = work.waiting.iter().any(|line| line.about == About::OpenedCase(glass.id));
            let shown = people::broken(&world.record, &actor, &world.authority).await.unwrap();
            prop_assert_eq!(shown.iter().any(|one| one.glass.id == glass.id), !bound, "shown to somebody who is bound to the child");
            let lawful = who != opener && !bound && !reviewed;
            prop_assert_eq!(listed, lawful, "on the list of {}", who);
            let done = people::review_glass(&world.record, &actor, &world.authority, glass.id, "it was right").await;
            prop_assert_eq!(done.is_ok(), lawful, "reviewed by {}, bound: {}", who, bound);
            let told = matches!(done, Ok(()) | Err(Error::Unusable(_) | Error::Stale | Error::NotFound { .. }));
            prop_assert!(told, "{done:?}");
            reviewed |= lawful;
        }
        Ok(())
    });
}

#[test]
fn nobody_ends_a_conflict_or_records_a_nomination_of_their_own() {
    prove(8, &(0usize..2, 0usize..2), &async |world: &World, (bound, tries): (usize, usize)| {
        let child = world.child(world.today().plus(-4000)).await.id;
        let people = [world.somebody("ann", Role::Administrator).await, world.somebody("ben", Role::Director).await];
        let (actor, thing) = (&people[tries].1, Id::<Thing>::from_uuid(child.uuid()));
        let start = world.today().plus(-3);
        let (record, here) = (&world.record, &world.authority);
        let conflict = people::declare_conflict(record, actor, here, people[bound].0, thing, "an aunt", start).await.unwrap();
        let ended = done(people::end_conflict(record, actor, here, conflict.id, world.today()).await)?;
        prop_assert_eq!(ended.is_some(), bound != tries);
        let nomination = NewNomination {
            office: Office::NominatedOfficer,
            standing: Standing::Holder,
            person: people[bound].0,
            start,
            end: None,
            written: "file 7".to_owned(),
        };
        prop_assert_eq!(done(people::nominate(record, actor, here, nomination).await)?.is_some(), bound != tries);
        Ok(())
    });
}
