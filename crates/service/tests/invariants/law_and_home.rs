//! I19: a change of the law by which a child is looked after ends no placement, whether it is typed or comes with a return.

use std::fmt::Write as _;

use domain::Day;
use domain::code::Code;
use domain::legal_status::LegalStatus;
use domain::placement::Placement;
use proptest::collection::vec;
use proptest::prelude::*;
use service::holdings::{self, Folder};
use service::record::{self, Choice, Versioned, case};

use crate::recorded::owner;
use crate::world::{World, done, prove};

/// A legal status that is added, or takes the place of one that stands; or that is taken back.
type Step = (usize, Code, i32, Option<i32>);

fn step() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(["C1", "C2", "V2", "E1", "J1", "L1"].map(Code::of).to_vec());
    (0usize..6, status, -60i32..30, prop::option::of(1i32..40))
}

async fn homes(world: &World, child: domain::Id<domain::child::Child>) -> Vec<Versioned<Placement>> {
    world.case(child).await.placements
}

#[test]
fn whatever_law_is_typed_the_child_lives_on_where_it_lived() {
    prove(12, &vec(step(), 1..10), &async |world: &World, steps: Vec<Step>| {
        let (today, here) = (world.today(), world.here());
        let child = world.in_care(today.plus(-4000), today.plus(-60)).await.id;
        for (from, to) in [(-60, Some(-20)), (-20, None)] {
            let home = world.typed(child, Code::of("U6"), (today.plus(from), to.map(|to| today.plus(to))));
            case::add(&world.record, &owner(), here, child, &home).await.unwrap();
        }
        let before = homes(world, child).await;
        for (which, status, from, days) in steps {
            let held = world.case(child).await.legal;
            let (start, end) = (today.plus(from), days.map(|days| today.plus(from + days)));
            let fact = |id| LegalStatus { id, child, status, need: Code::of("N1"), start, end };
            match held.get(which) {
                Some(known) if from % 3 == 0 => {
                    let one = (known.fact.id, known.version);
                    done(case::withdraw(&world.record, &owner(), here, child, one, "never was").await)?;
                }
                Some(known) => {
                    let fact = fact(known.fact.id);
                    done(case::correct(&world.record, &owner(), here, child, known.version, &fact, "the order").await)?;
                }
                None => {
                    done(case::add(&world.record, &owner(), here, child, &fact(world.record.id())).await)?;
                }
            }
            prop_assert_eq!(&homes(world, child).await, &before, "after {} from {}", status, from);
        }
        Ok(())
    });
}

#[test]
fn a_return_with_many_laws_has_one_home() {
    let laws = vec((prop::sample::select(vec!["C1", "C2", "V2", "E1"]), 1i32..60), 2..7);
    prove(8, &laws, &async |world: &World, laws: Vec<(&'static str, i32)>| {
        // Each follows the one before on the day on which that one ends, and is another one.
        let mut laws = laws;
        laws.dedup_by_key(|one| one.0);
        let reference = format!("L{}", world.record.id::<Day>());
        let spelt = |day: Day| {
            let (year, month, day) = day.ymd();
            format!("{day:02}/{month:02}/{year}")
        };
        let (mut start, mut episodes) = (Day::from_ymd(2023, 5, 1).unwrap(), String::new());
        for (at, (law, days)) in laws.iter().enumerate() {
            let reason = if at == 0 { "S" } else { "L" };
            let end = start.plus(*days);
            let ends = if at + 1 < laws.len() { format!("{},X1", spelt(end)) } else { ",".to_owned() };
            writeln!(episodes, "{reference},{},{reason},{law},N1,U6,PR1,{ends},,,,", spelt(start)).unwrap();
            start = end;
        }
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("2024");
        std::fs::create_dir(&place).unwrap();
        std::fs::write(place.join("header.csv"), format!("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{reference},2,02/05/2015,WBRI,,,\n"))
            .unwrap();
        let columns = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
        std::fs::write(place.join("episodes.csv"), format!("{columns}\n{episodes}")).unwrap();
        let authority = Some(world.authority.name.clone());
        let holding = holdings::open(Folder { path: folder.path().to_owned(), authority, year: None }).unwrap();
        record::import(&world.record, &owner(), &world.authority, &holding, Choice::Keep).await.unwrap();
        let child = record::by_reference(&world.record, &owner(), world.here(), &reference).await.unwrap();
        let case = world.case(child).await;
        prop_assert_eq!(case.legal.len(), laws.len());
        prop_assert_eq!(case.placements.len(), 1);
        prop_assert!(case.placements[0].fact.end.is_none() && case.placements[0].fact.start == Day::from_ymd(2023, 5, 1).unwrap());
        Ok(())
    });
}
