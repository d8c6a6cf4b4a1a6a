//! What the returns say about one child, as the record would hold it.

use analysis::timeline::{self, Opening, Timeline};
use domain::Id;
use domain::authority::Authority;
use domain::child::Child;
use domain::code::{Code, place, provider, rne};
use domain::history::{History, Uasc};
use domain::legal_status::LegalStatus;
use domain::period::{Kind, PeriodOfCare};
use domain::placement::Placement;
use uuid::Uuid;

/// Whether the returns answer a question at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A table of it was sent.
    Yes,
    /// None was.
    No,
}

/// One child of the returns.
pub(super) struct Returned {
    pub(super) child: Child,
    pub(super) periods: Vec<Told<PeriodOfCare>>,
    pub(super) legal: Vec<Told<LegalStatus>>,
    pub(super) placements: Vec<Told<Placement>>,
    /// Placements whose provider the returns have otherwise than it can be, as they have it.
    pub(super) misprovided: Vec<Placement>,
}

/// A stay with what the returns say about their own word on it.
pub(super) struct Told<F> {
    pub(super) fact: F,
    /// Whether it began before the returns do: its first day is the first that they know, and not when it began.
    pub(super) began_before: bool,
    /// Types of placement that it had before the one that it has.
    pub(super) was: Vec<Code>,
}

impl Returned {
    /// Reads the child at a position of the history. `asylum` says whether they
    /// have a table of children who came alone; `fresh` gives the identities of what may turn out to be new.
    pub(super) fn read(
        history: &History,
        timeline: &Timeline,
        at: usize,
        (authority, asylum): (Id<Authority>, Asked),
        id: Id<Child>,
        fresh: &mut dyn FnMut() -> Id<Uuid>,
    ) -> Self {
        let children = &history.children;
        let child = Child {
            id,
            authority,
            reference: children.id.get(at).to_owned(),
            born: children.born[at],
            sex: children.sex[at],
            ethnicity: children.ethnicity[at],
            asylum: match (children.uasc[at], asylum) {
                // Where no table of it was sent, that a child is in none says nothing.
                (Uasc::Never, Asked::No) => Uasc::NotKnown,
                (told, _) => told,
            },
            restricted: false,
        };
        let periods = timeline.periods_of(at).map(|period| Told {
            fact: PeriodOfCare {
                id: Id::from_uuid(fresh().uuid()),
                child: id,
                kind: match timeline.periods.kind[period] {
                    timeline::Kind::Care => Kind::Care,
                    timeline::Kind::ShortBreaks => Kind::ShortBreaks,
                },
                start: timeline.periods.start[period],
                end: timeline.periods.end[period],
                ceased: timeline.periods.ceased[period],
            },
            began_before: timeline.periods.opening[period] == Opening::BeforeRecords,
            was: Vec::new(),
        });
        let periods = periods.collect();
        let legal = timeline.periods_of(at).flat_map(|period| legal(history, timeline, period, id, fresh)).collect();
        let placements = timeline.periods_of(at).flat_map(|period| timeline.periods.placements(period)).map(|placement| Told {
            fact: lived(history, timeline, placement, id, fresh),
            began_before: timeline.placements.opening[placement] == Opening::BeforeRecords,
            was: types(history, timeline, placement),
        });
        let mut placements: Vec<Told<Placement>> = placements.collect();
        let mut misprovided = Vec::new();
        for Told { fact, .. } in &mut placements {
            let by = provided(fact.kind, fact.provider);
            if by != fact.provider && !fact.provider.is_blank() {
                misprovided.push(fact.clone());
            }
            fact.provider = by;
        }
        Self { child, periods, legal, placements, misprovided }
    }
}

/// Who provides a placement: parents that with parents and no other (dossier I20). Where a return says otherwise, the home is the fact.
fn provided(kind: Code, by: Code) -> Code {
    match (kind == place::P1, by == provider::PR0) {
        (true, _) => provider::PR0,
        (false, true) => Code::BLANK,
        (false, false) => by,
    }
}

/// A placement as its last episode has it: the type of a home changes while the child stays, when a carer is approved or an order is made.
fn lived(history: &History, timeline: &Timeline, placement: usize, child: Id<Child>, fresh: &mut dyn FnMut() -> Id<Uuid>) -> Placement {
    let (first, last) = (timeline.placements.first_episode[placement] as usize, timeline.placements.last_episode[placement] as usize);
    let episodes = &history.episodes;
    let latest = |column: &[Code]| if column[last].is_blank() { column[first] } else { column[last] };
    Placement {
        id: Id::from_uuid(fresh().uuid()),
        child,
        start: timeline.placements.start[placement],
        end: timeline.placements.end[placement],
        kind: episodes.place[last],
        provider: latest(&episodes.provider),
        urn: latest(&episodes.urn),
        postcode: episodes.placed[last].or(episodes.placed[first]),
        ended: episodes.change[last],
    }
}

/// The types that a placement had before its last.
fn types(history: &History, timeline: &Timeline, placement: usize) -> Vec<Code> {
    let (first, last) = (timeline.placements.first_episode[placement] as usize, timeline.placements.last_episode[placement] as usize);
    let own = (first..last).filter(|&row| timeline.placement_of[row] as usize == placement);
    own.map(|row| history.episodes.place[row]).collect()
}

/// Episodes of one legal status and need that follow each other are one.
fn legal(
    history: &History,
    timeline: &Timeline,
    period: usize,
    child: Id<Child>,
    fresh: &mut dyn FnMut() -> Id<Uuid>,
) -> Vec<Told<LegalStatus>> {
    let episodes = &history.episodes;
    let mut statuses: Vec<Told<LegalStatus>> = Vec::new();
    for episode in timeline.periods.episodes(period) {
        let (status, need, end) = (episodes.legal[episode], episodes.need[episode], episodes.end[episode]);
        match statuses.last_mut() {
            Some(last) if last.fact.status == status && last.fact.need == need => last.fact.end = end,
            before => {
                let began_before = before.is_none() && !rne::begins_legal_status(episodes.rne[episode]);
                let start = episodes.start[episode];
                let fact = LegalStatus { id: Id::from_uuid(fresh().uuid()), child, status, need, start, end };
                statuses.push(Told { fact, began_before, was: Vec::new() });
            }
        }
    }
    statuses
}
