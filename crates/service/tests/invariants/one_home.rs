//! I1, one legal status and one period of care at a time; I2, one main placement at a time. Random facts are added, corrected and taken back; whatever was
//! accepted, the case holds.

use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::{Code, Day, Id};
use proptest::collection::vec;
use proptest::prelude::*;
use service::Error;
use service::record::{self, Authority, Case, Record, case};

use crate::recorded::owner;
use crate::world::{World, prove};

/// Something that somebody types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed {
    /// Placement, legal status or period of care.
    what: u8,
    /// Added, or the how-manieth of those that stand is corrected or taken back.
    how: u8,
    which: usize,
    start: i32,
    nights: Option<i32>,
    temporary: bool,
}

pub(crate) fn typed() -> impl Strategy<Value = Typed> {
    (0u8..3, 0u8..4, 0usize..6, -5i32..40, proptest::option::of(-1i32..15), proptest::bool::weighted(0.2))
        .prop_map(|(what, how, which, start, nights, temporary)| Typed { what, how, which, start, nights, temporary })
}

fn day(n: i32) -> Day {
    Day::from_ymd(2026, 1, 1).unwrap().plus(n)
}

impl Typed {
    fn span(self) -> (Day, Option<Day>) {
        (day(self.start), self.nights.map(|nights| day(self.start + nights)))
    }

    pub(crate) async fn done(self, record: &Record, authority: &Authority, child: Id<Child>) {
        let case = shown(record, authority, child).await;
        let (start, end) = self.span();
        match self.what {
            0 => {
                let kind = Code::of(if self.temporary { "T2" } else { "U6" });
                let blank = Code::BLANK;
                let fact = |id| Placement { id, child, start, end, kind, provider: blank, urn: blank, postcode: None, ended: blank };
                self.write(record, authority, child, &case.placements, fact).await;
            }
            1 => {
                let fact = |id| LegalStatus { id, child, status: Code::of("C2"), need: Code::of("N1"), start, end };
                self.write(record, authority, child, &case.legal, fact).await;
            }
            _ => {
                let fact = |id| PeriodOfCare { id, child, kind: period::Kind::Care, start, end, ceased: Code::BLANK };
                self.write(record, authority, child, &case.periods, fact).await;
            }
        }
    }

    async fn write<F: case::CaseFact>(
        self,
        record: &Record,
        authority: &Authority,
        child: Id<Child>,
        held: &[record::Versioned<F>],
        fact: impl Fn(Id<F>) -> F,
    ) {
        let standing = held.get(self.which).map(|known| (known.fact.id(), known.version));
        let done = match (self.how, standing) {
            (0 | 1, _) | (_, None) => case::add(record, &owner(), authority.id, child, &fact(record.id())).await,
            (2, Some((id, version))) => case::correct(record, &owner(), authority.id, child, version, &fact(id), "typed wrong").await,
            (_, Some(which)) => case::withdraw(record, &owner(), authority.id, child, which, "never was").await,
        };
        assert!(matches!(done, Ok(()) | Err(Error::Unusable(_))), "{self:?}: {done:?}");
    }
}

async fn shown(record: &Record, authority: &Authority, child: Id<Child>) -> Case {
    record::show(record, &owner(), authority.id, child, None).await.unwrap()
}

fn share_a_night(spans: &[(Day, Option<Day>)]) -> bool {
    let ends_by = |end: Option<Day>, start: Day| end.is_some_and(|end| end <= start);
    let pairs = spans.iter().enumerate().flat_map(|(at, one)| spans[at + 1..].iter().map(move |other| (one, other)));
    pairs.into_iter().any(|(one, other)| !ends_by(one.1, other.0) && !ends_by(other.1, one.0))
}

#[test]
fn nothing_typed_puts_a_child_in_two_homes_or_under_two_laws() {
    prove(16, &vec(typed(), 1..25), &async |world: &World, all: Vec<Typed>| live(world, &all).await);
}

/// A new child of whom all this is typed.
async fn live(world: &World, all: &[Typed]) -> Result<(), TestCaseError> {
    let (record, authority) = (&world.record, &world.authority);
    let child = world.child(day(-4000)).await;
    for one in all {
        one.done(record, authority, child.id).await;
        let case = shown(record, authority, child.id).await;
        let mains = case.placements.iter().filter(|known| !known.fact.is_temporary());
        let mains: Vec<_> = mains.map(|known| (known.fact.start, known.fact.end)).collect();
        let laws: Vec<_> = case.legal.iter().map(|known| (known.fact.start, known.fact.end)).collect();
        let periods: Vec<_> = case.periods.iter().map(|known| (known.fact.start, known.fact.end)).collect();
        for spans in [mains, laws, periods] {
            prop_assert!(!share_a_night(&spans), "{one:?}: {spans:?}");
            prop_assert!(spans.iter().all(|(start, end)| end.is_none_or(|end| *start < end)), "{one:?}: {spans:?}");
        }
    }
    Ok(())
}
