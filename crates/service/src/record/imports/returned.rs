//! What the returns say about one child, as the record would hold it.

use analysis::timeline::{self, Timeline};
use domain::Id;
use domain::authority::Authority;
use domain::child::Child;
use domain::code::{Code, place, provider};
use domain::history::History;
use domain::legal_status::LegalStatus;
use domain::period::{Kind, PeriodOfCare};
use domain::placement::Placement;
use uuid::Uuid;

/// One child of the returns.
pub(super) struct Returned {
    pub(super) child: Child,
    pub(super) periods: Vec<PeriodOfCare>,
    pub(super) legal: Vec<LegalStatus>,
    pub(super) placements: Vec<Placement>,
    /// Placements whose provider the returns have otherwise than it can be, as they have it.
    pub(super) misprovided: Vec<Placement>,
}

impl Returned {
    /// Reads the child at a position of the history. `fresh` gives the identities of what may turn out to be new.
    pub(super) fn read(
        history: &History,
        timeline: &Timeline,
        at: usize,
        authority: Id<Authority>,
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
            asylum: children.uasc[at],
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
            let returned = Placement {
                id: Id::from_uuid(fresh().uuid()),
                child: id,
                start: timeline.placements.start[placement],
                end: timeline.placements.end[placement],
                kind: episodes.place[first],
                provider: episodes.provider[first],
                urn: episodes.urn[first],
                postcode: episodes.placed[first],
                ended: episodes.change[last],
            };
            (Placement { provider: provided(returned.kind, returned.provider), ..returned.clone() }, returned)
        });
        let (placements, as_returned): (Vec<Placement>, Vec<Placement>) = placements.unzip();
        let differs = |(read, returned): (&Placement, Placement)| {
            (!returned.provider.is_blank() && read.provider != returned.provider).then_some(returned)
        };
        let misprovided = placements.iter().zip(as_returned).filter_map(differs).collect();
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
