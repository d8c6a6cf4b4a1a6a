//! I17: a statistic says which it is, how it is defined, of which day, over which data, and for how many it cannot be told.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::number::Value;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use service::App;
use service::cohorts::{self, Request};
use service::holdings::{self, Folder, Holding};

/// Two years of a made-up authority, with faults in some rows.
static HOLDING: LazyLock<Holding> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 2, dirt: 0.05, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    holdings::open(Folder { path: folder.path().join(&written.authorities[0]), authority: None, year: None }).unwrap()
});

#[test]
fn every_measure_names_itself_its_day_its_data_and_what_is_missing() {
    let (first, last) = HOLDING.read.history.covers.unwrap();
    let rows = HOLDING.read.history.rows;
    assert_eq!(rows.read, rows.used + rows.set_aside, "every row is accounted for");
    let config = Config { failure_persistence: None, ..Config::with_cases(12) };
    let proof = TestRunner::new(config).run(&(0..=last.since(first)), |after| {
        let on = first.plus(after);
        let request = Request { on: Some(on), ..Request::default() };
        let cohort = cohorts::measure(&App::new(), &HOLDING, &request).unwrap();
        prop_assert!(cohort.on == on && cohort.range.from <= cohort.range.to);
        let ids: BTreeSet<&str> = cohort.measures.iter().map(|one| one.id).collect();
        prop_assert_eq!(ids.len(), cohort.measures.len(), "two measures of one name");
        for one in &cohort.measures {
            prop_assert!(!one.id.is_empty() && !one.label.is_empty(), "{}", one.id);
            prop_assert!(one.definition.len() > 20 && !one.source.is_empty(), "{}: {}", one.id, one.definition);
            // A figure says of how many; where there is none, it says why: nobody sent it, nobody knows, or there is nobody.
            let says = match one.value.0 {
                Value::Known(_) => one.why_not.is_none() && one.numerator.is_some(),
                Value::NotAvailable => one.why_not.as_ref().is_some_and(|why| why.len() > 20),
                Value::Unknown => one.unknown > 0,
                Value::NotApplicable => one.denominator == Some(0),
                Value::Suppressed | Value::RoundsToZero => false,
            };
            prop_assert!(says, "{}: {:?} of {:?}, {} unknown", one.id, one.value, one.denominator, one.unknown);
        }
        for one in &cohort.breakdowns {
            let told: u64 = one.rows.iter().map(|row| row.count).sum();
            prop_assert_eq!(told + one.unknown, one.total, "{}", one.label);
        }
        Ok(())
    });
    assert!(proof.is_ok(), "{}", proof.unwrap_err());
}
