//! Where a proof happens: a record on each engine by a clock that hardly moves, with children and homes made for one case.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::alert::{self, Alert};
use domain::capacity::Sharing;
use domain::child::Child;
use domain::foster_home::Kinship;
use domain::history::Uasc;
use domain::lodging::Place;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use domain::{Code, Day, Id};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use service::Error;
use service::record::{self, Authority, Case, Placing, Record, Tense, case};

use crate::recorded::{owner, records_at};

/// Noon by Greenwich on 1 June 2026 and then a thousandth of a second for each look, so that no test reaches another day.
fn now() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    jiff::Timestamp::from_millisecond(1_780_315_200_000 + LOOKS.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// A record on one engine.
pub(crate) struct World {
    _folder: tempfile::TempDir,
    pub(crate) record: Record,
    pub(crate) authority: Authority,
}

/// Draws cases and tries each on every engine.
pub(crate) fn prove<S: Strategy>(cases: u32, drawn: &S, proof: &impl AsyncFn(&World, S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Clone,
{
    prove_at(now, cases, drawn, proof);
}

/// The same by another clock.
pub(crate) fn prove_at<S: Strategy>(
    clock: fn() -> jiff::Timestamp,
    cases: u32,
    drawn: &S,
    proof: &impl AsyncFn(&World, S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: Clone,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let worlds: Vec<World> = runtime.block_on(async {
        let records = records_at(clock).await;
        records.into_iter().map(|(folder, record, authority)| World { _folder: folder, record, authority }).collect()
    });
    let config = Config { failure_persistence: None, max_shrink_iters: 60, ..Config::with_cases(cases) };
    let tried = TestRunner::new(config).run(drawn, |case| {
        for world in &worlds {
            runtime.block_on(proof(world, case.clone()))?;
        }
        Ok(())
    });
    assert!(tried.is_ok(), "{}", tried.unwrap_err());
}

/// What was done; nothing where it was refused with a sentence. Anything else fails.
pub(crate) fn done<T: Debug>(done: Result<T, Error>) -> Result<Option<T>, TestCaseError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Error::Unusable(_)) => Ok(None),
        Err(other) => Err(TestCaseError::fail(other.to_string())),
    }
}

/// Birthdays within some days of today, at the ages where the law has its limits.
pub(crate) fn birthdays() -> impl Strategy<Value = (i32, i32)> {
    (prop::sample::select(vec![1, 9, 10, 14, 16, 17]), -25i32..25)
}

impl World {
    pub(crate) fn here(&self) -> Id<Authority> {
        self.authority.id
    }

    pub(crate) fn today(&self) -> Day {
        self.record.today()
    }

    /// The day of a birthday that is so many days after today.
    pub(crate) fn born(&self, (years, days): (i32, i32)) -> Day {
        self.today().plus_months(-12 * years).plus(days)
    }

    /// Somebody of the register of whom nothing else is known.
    pub(crate) async fn child(&self, born: Day) -> Child {
        let id = self.record.id();
        let (reference, sex, ethnicity) = (id.to_string(), Code::of("M"), Code::BLANK);
        let child = Child { id, authority: self.here(), reference, born, sex, ethnicity, asylum: Uasc::Never, restricted: false };
        case::register(&self.record, &owner(), &child).await.unwrap();
        child
    }

    /// Somebody in care from a day on.
    pub(crate) async fn in_care(&self, born: Day, start: Day) -> Child {
        let child = self.child(born).await;
        let id = self.record.id();
        let period = PeriodOfCare { id, child: child.id, kind: period::Kind::Care, start, end: None, ceased: Code::BLANK };
        case::add(&self.record, &owner(), self.here(), child.id, &period).await.unwrap();
        child
    }

    pub(crate) async fn case(&self, child: Id<Child>) -> Case {
        record::show(&self.record, &owner(), self.here(), child, None).await.unwrap()
    }

    pub(crate) async fn provider(&self) -> Provider {
        let id = self.record.id();
        let (name, legal_name, company) = (format!("Elm {id}"), String::new(), Code::BLANK);
        let provider = Provider { id, name, legal_name, company, sector: Sector::Private, status: Status::Approved };
        record::add(&self.record, &owner(), self.here(), &provider).await.unwrap();
        provider
    }

    /// A home that opened long ago and is on the register, without a number.
    pub(crate) async fn setting(&self, kind: Kind) -> Setting {
        Setting {
            id: self.record.id(),
            provider: self.provider().await.id,
            urn: Code::BLANK,
            kind,
            name: "Elm House".to_owned(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: Some(self.today().plus(-400)),
            closed: None,
            before: None,
        }
    }

    /// Terms that hold from a day on.
    pub(crate) fn terms(&self, setting: Id<Setting>, from: Day, places: u32) -> Terms {
        let conditions = String::new();
        Terms { id: self.record.id(), setting, from, places: Some(places), youngest: None, oldest: None, takes: Takes::Anybody, conditions }
    }

    pub(crate) async fn open(&self, setting: &Setting, places: u32) {
        let terms = self.terms(setting.id, self.today().plus(-400), places);
        record::add_home(&self.record, &owner(), self.here(), setting, &terms).await.unwrap();
    }

    /// A children's home with so many places.
    pub(crate) async fn home(&self, places: u32) -> Setting {
        let setting = self.setting(Kind::ChildrensHome).await;
        self.open(&setting, places).await;
        setting
    }

    /// The breaches of a child in a home that are open.
    pub(crate) async fn breaches(&self, place: Place, child: Id<Child>) -> Vec<Alert> {
        let all = record::alerts(&self.record, &owner(), self.here()).await.unwrap().into_iter().map(|one| one.alert.fact);
        all.filter(|one| one.place() == Some(place) && one.child == Some(child) && one.kind == alert::Kind::Breach).collect()
    }

    /// A placement as somebody types it, in a home that the registers do not know.
    pub(crate) fn typed(&self, child: Id<Child>, kind: Code, (start, end): (Day, Option<Day>)) -> Placement {
        let (id, provider, urn, ended) = (self.record.id(), Code::BLANK, Code::BLANK, Code::BLANK);
        Placement { id, child, start, end, kind, provider, urn, postcode: None, ended }
    }
}

/// A stay in a home of the registers that is to be, or has begun.
pub(crate) const fn stay(child: Id<Child>, place: Place, tense: Tense, (from, to): (Day, Option<Day>)) -> Placing {
    let (sharing, kinship, leaves) = (Sharing::Shared, Kinship::NotAll, Code::BLANK);
    Placing { child, place, tense, from, to, kind: None, sharing, kinship, leaves }
}
