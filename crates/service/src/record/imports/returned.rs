//! What the returns say about one child, as the record would hold it.

use analysis::timeline::{self, Timeline};
use domain::Id;
use domain::authority::Authority;
use domain::child::Child;
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
    pub(super) periods: Vec<PeriodOfCare>,
    pub(super) legal: Vec<LegalStatus>,
    pub(super) placements: Vec<Placement>,
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
        let periods = timeline.periods_of(at).map(|period| PeriodOfCare {
            id: Id::from_uuid(fresh().uuid()),
            child: id,
            kind: match timeline.periods.kind[period] {
                timeline::Kind::Care => Kind::Care,
                timeline::Kind::ShortBreaks => Kind::ShortBreaks,
            },
            start: timeline.periods.start[period],
            end: timeline.periods.end[period],
            ceased: timeline.periods.ceased[period],
        });
        let periods = periods.collect();
        let legal = timeline.periods_of(at).flat_map(|period| legal(history, timeline, period, id, fresh)).collect();
        let placements = timeline.periods_of(at).flat_map(|period| timeline.periods.placements(period)).map(|placement| {
            let (first, last) =
                (timeline.placements.first_episode[placement] as usize, timeline.placements.last_episode[placement] as usize);
            let episodes = &history.episodes;
            Placement {
                id: Id::from_uuid(fresh().uuid()),
                child: id,
                start: timeline.placements.start[placement],
                end: timeline.placements.end[placement],
                kind: episodes.place[first],
                provider: episodes.provider[first],
                urn: episodes.urn[first],
                postcode: episodes.placed[first],
                ended: episodes.change[last],
            }
        });
        let placements = placements.collect();
        Self { child, periods, legal, placements }
    }
}

/// Episodes of one legal status and need that follow each other are one.
fn legal(history: &History, timeline: &Timeline, period: usize, child: Id<Child>, fresh: &mut dyn FnMut() -> Id<Uuid>) -> Vec<LegalStatus> {
    let episodes = &history.episodes;
    let mut statuses: Vec<LegalStatus> = Vec::new();
    for episode in timeline.periods.episodes(period) {
        let (status, need, end) = (episodes.legal[episode], episodes.need[episode], episodes.end[episode]);
        match statuses.last_mut() {
            Some(last) if last.status == status && last.need == need => last.end = end,
            _ => statuses.push(LegalStatus { id: Id::from_uuid(fresh().uuid()), child, status, need, start: episodes.start[episode], end }),
        }
    }
    statuses
}
