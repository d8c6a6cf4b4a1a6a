//! I6 of papers: what has run out is said to have, and nothing but another paper makes it hold again. What courts have allowed is in [`crate::leave`].

use std::collections::BTreeSet;

use domain::access::Role;
use domain::clock::Duty;
use domain::document::{Document, Kind};
use domain::office::{Nomination, Office, Standing};
use proptest::collection::vec;
use proptest::prelude::*;
use service::duties;
use service::people::{self, NewNomination};
use service::record;

use crate::recorded::{owner, person};
use crate::world::{World, prove};

/// Which kind, from which day on, for how many days.
type Paper = (usize, i32, Option<i32>);

#[test]
fn a_paper_that_ran_out_is_an_alarm_until_another_follows_it() {
    let papers = vec((0usize..2, -40i32..20, prop::option::weighted(0.8, 1i32..90)), 1..6);
    prove(20, &papers, &async |world: &World, papers: Vec<Paper>| {
        let kinds = [Kind::Insurance, Kind::Registration];
        let (today, provider) = (world.today(), world.provider().await);
        for &(kind, from, days) in &papers {
            let (id, from) = (world.record.id(), today.plus(from));
            let (to, title) = (days.map(|days| from.plus(days)), String::new());
            let paper = Document { id, provider: provider.id, setting: None, foster_home: None, kind: kinds[kind], title, from, to };
            record::add(&world.record, &owner(), world.here(), &paper).await.unwrap();
        }
        for ahead in [0, 7, 28, 60] {
            let until = today.plus(ahead);
            let found = record::expiring_documents(&world.record, &owner(), world.here(), until).await.unwrap();
            let alarmed = |kind| found.iter().any(|one| one.document.fact.provider == provider.id && one.document.fact.kind == kind);
            for (at, kind) in kinds.into_iter().enumerate() {
                let of_kind = || papers.iter().filter(move |paper| paper.0 == at);
                let lasts = |&(_, from, days): &Paper| days.is_none_or(|days| ahead <= from + days);
                // Another that ends later follows; after a gap, once it has begun.
                let end = |one: &Paper| one.2.map(|days| one.1 + days);
                let ends_later = |one: &Paper, other: &Paper| end(other).is_none_or(|later| end(one).is_some_and(|first| first < later));
                let followed = |one: &Paper| of_kind().any(|other| ends_later(one, other) && other.1 <= end(one).unwrap_or(0).max(0));
                let alarm = of_kind().any(|one| !lasts(one) && !followed(one));
                prop_assert_eq!(alarmed(kind), alarm, "{} in {} days: {:?}", kind, ahead, papers);
            }
        }
        // Whoever asks for the new paper has it on the list once it has run out, and the days since grow.
        let officer = person(&world.authority, Role::ContractOfficer);
        let late = duties::list(&world.record, &officer, &world.authority, today.plus(120)).await.unwrap().overdue;
        let theirs: BTreeSet<&str> = late.iter().filter(|line| line.duty == Duty::Document).map(|line| line.whose.as_str()).collect();
        let theirs = theirs.into_iter().filter(|whose| whose.ends_with(&provider.name)).count();
        let expected = (0..2).filter(|&at| {
            let mut of_kind = papers.iter().filter(|paper| paper.0 == at).peekable();
            of_kind.peek().is_some() && of_kind.all(|paper| paper.2.is_some())
        });
        prop_assert_eq!(theirs, expected.count(), "{:?}", papers);
        Ok(())
    });
}

#[test]
fn an_office_lapses_with_its_paper_and_is_never_held_on() {
    let nominations = vec((-60i32..40, prop::option::weighted(0.8, 1i32..60)), 1..5);
    prove(12, &nominations, &async |world: &World, nominations: Vec<(i32, Option<i32>)>| {
        let (holder, _) = world.somebody("holder", Role::Director).await;
        let today = world.today();
        let mut held: Vec<Nomination> = Vec::new();
        for &(from, days) in &nominations {
            let start = today.plus(from);
            let new = NewNomination {
                office: Office::NominatedOfficer,
                standing: Standing::Holder,
                person: holder,
                start,
                end: days.map(|days| start.plus(days)),
                written: "file 7".to_owned(),
            };
            held.push(people::nominate(&world.record, &owner(), &world.authority, new).await.unwrap());
        }
        for ahead in [-50, -10, 0, 1, 20, 39, 70, 120] {
            let on = today.plus(ahead);
            let found = people::approvers(&world.record, &owner(), &world.authority, Office::NominatedOfficer, (on, 18)).await.unwrap();
            let lawful = nominations.iter().any(|&(from, days)| from <= ahead && days.is_none_or(|days| ahead < from + days));
            prop_assert_eq!(found.iter().any(|one| one.person.id == holder), lawful, "in {} days: {:?}", ahead, nominations);
        }
        Ok(())
    });
}
