//! M07: placed locally, by the authority's own definition.

use super::{Card, Direction, Locality, Settings, Tally, Unit};
use crate::facts::Whereabouts;
use crate::timeline::Standing;
use crate::view::View;

pub(super) static CARDS: [Card; 1] = [Card {
    id: "M07",
    label: "Placed locally",
    unit: Unit::Ratio,
    direction: Direction::High,
    definition: "Children looked after on the date whose placement is local, over those for whom it is known. Children placed away for a good reason \
                 (safety, family, adopters) cannot be told from returns and are in the denominator.",
    source: "The authority's own definition of local (dossier A088-A091)",
    needs: None,
    count: local,
}];

fn local(view: &View, settings: &Settings, tally: &mut Tally) {
    tally.remark(remark(settings.locality));
    for at in view.stock() {
        match is_local(view, settings.locality, at) {
            Some(true) => tally.yes(at),
            Some(false) => tally.no(),
            None => tally.unknown(at),
        }
    }
}

fn is_local(view: &View, locality: Locality, at: &Standing) -> Option<bool> {
    match locality {
        Locality::FromHome { tenths } => view.distance(at).map(|distance| distance <= tenths),
        Locality::FromCentre { centre, tenths } => {
            let placed = view.history.episodes.placed[at.home_episode as usize]?;
            (view.facts.distance)(centre, placed).map(|distance| distance <= tenths)
        }
        Locality::InsideBoundary => view.inside(at).map(|place| place == Whereabouts::Inside),
    }
}

fn remark(locality: Locality) -> String {
    let miles = |tenths: u32| format!("{}.{}", tenths / 10, tenths % 10);
    match locality {
        Locality::FromHome { tenths } => format!("Local: no more than {} miles from the child's home.", miles(tenths)),
        Locality::FromCentre { centre, tenths } => format!("Local: no more than {} miles from {centre}.", miles(tenths)),
        Locality::InsideBoundary => "Local: inside the responsible authority.".to_owned(),
    }
}
