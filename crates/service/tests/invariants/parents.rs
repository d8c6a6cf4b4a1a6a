//! I20: parents provide the placement with parents, and no other, whether it is typed or comes with a return.

use domain::Day;
use domain::code::{Code, place, provider};
use domain::placement::Placement;
use proptest::prelude::*;
use service::holdings::{self, Folder};
use service::record::{self, Choice, case};

use crate::recorded::owner;
use crate::world::{World, done, prove};

fn agrees(placement: &Placement) -> bool {
    (placement.kind == place::P1) == (placement.provider == provider::PR0)
}

fn cells() -> impl Strategy<Value = (Code, Code)> {
    let kinds = ["P1", "P1", "U6", "K2", "S1", "T2"].map(Code::of).to_vec();
    let providers = vec![provider::PR0, provider::PR0, provider::PR1, provider::PR4, Code::BLANK];
    (prop::sample::select(kinds), prop::sample::select(providers))
}

#[test]
fn nothing_typed_has_parents_provide_another_home() {
    prove(15, &(cells(), cells()), &async |world: &World, (first, second): ((Code, Code), (Code, Code))| {
        let (today, here) = (world.today(), world.here());
        let child = world.child(today.plus(-4000)).await.id;
        let typed = world.typed(child, first.0, (today.plus(-20), None));
        let typed = Placement { provider: first.1, ..typed };
        let added = done(case::add(&world.record, &owner(), here, child, &typed).await)?;
        prop_assert_eq!(added.is_some(), agrees(&typed), "{:?}", first);
        if let Some(known) = world.case(child).await.placements.first() {
            let other = Placement { kind: second.0, provider: second.1, ..known.fact.clone() };
            let corrected = done(case::correct(&world.record, &owner(), here, child, known.version, &other, "the carer says").await)?;
            prop_assert_eq!(corrected.is_some(), agrees(&other), "{:?}", second);
        }
        prop_assert!(world.case(child).await.placements.iter().all(|known| agrees(&known.fact)));
        Ok(())
    });
}

/// The home is a fact and comes in; the provider that it cannot have does not, and is shown.
#[test]
fn a_return_that_has_it_otherwise_brings_the_home_and_is_shown() {
    prove(
        20,
        &cells().prop_filter("temporary stays have no provider", |one| one.0 != place::T2),
        &async |world: &World, (kind, by): (Code, Code)| {
            let reference = format!("P{}", world.record.id::<Day>());
            let folder = tempfile::tempdir().unwrap();
            let year = folder.path().join("2024");
            std::fs::create_dir(&year).unwrap();
            std::fs::write(year.join("header.csv"), format!("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{reference},2,02/05/2015,WBRI,,,\n"))
                .unwrap();
            let columns = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
            let row = format!("{reference},03/03/2023,S,C2,N1,{kind},{by},,,,,,");
            std::fs::write(year.join("episodes.csv"), format!("{columns}\n{row}\n")).unwrap();
            let authority = Some(world.authority.name.clone());
            let holding = holdings::open(Folder { path: folder.path().to_owned(), authority, year: None }).unwrap();
            for choice in [Choice::Keep, Choice::Take] {
                let imported = record::import(&world.record, &owner(), &world.authority, &holding, choice).await.unwrap();
                let child = record::by_reference(&world.record, &owner(), world.here(), &reference).await.unwrap();
                let placements = world.case(child).await.placements;
                prop_assert_eq!(placements.len(), 1, "{} by {}", kind, by);
                prop_assert!(agrees(&placements[0].fact) && placements[0].fact.kind == kind, "{} by {}", kind, by);
                let contradicts = !by.is_blank() && (kind == place::P1) != (by == provider::PR0);
                let shown = imported.differences.iter().filter(|one| one.child == reference && one.what == "placement").count();
                prop_assert_eq!(shown, usize::from(contradicts), "{} by {}: {:?}", kind, by, imported.differences);
            }
            Ok(())
        },
    );
}
