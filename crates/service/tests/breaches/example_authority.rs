//! What the alerts find in an invented authority.

use domain::alert::Kind as AlertKind;
use service::holdings::{self, Folder};
use service::record::{self, Choice, News};

use crate::recorded::{owner, records};

/// An invented authority breaks the law no more often than it is meant to: what the alerts find there is worth somebody's look.
#[tokio::test]
async fn the_example_authority_is_not_full_of_breaches() {
    let (_folder, record, authority) = records().await.remove(0);
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 200, years: 2, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    let home = folder.path().join(&written.authorities[0]);
    let homes = std::fs::read(home.join("settings.csv")).unwrap();
    let holding = holdings::open(Folder { path: home, authority: Some(authority.name.clone()), year: None }).unwrap();
    record::import(&record, &owner(), &authority, &holding, Choice::Keep).await.unwrap();
    record::take_register(&record, &owner(), authority.id, ("settings.csv", &homes), News::Add).await.unwrap();
    record::watch(&record, &owner(), authority.id).await.unwrap();
    let all = record::alerts(&record, &owner(), authority.id).await.unwrap().into_iter().map(|one| one.alert.fact);
    let breaches: Vec<String> =
        all.filter(|one| one.kind == AlertKind::Breach).map(|one| format!("{} since {}", one.words, one.since)).collect();
    assert!(breaches.len() <= 10, "{} of 200 children: {breaches:#?}", breaches.len());
}
