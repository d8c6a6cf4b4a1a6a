//! M07: placed locally, by the authority's own definition.

use reference::postcode::Place;

use super::{Card, Direction, Locality, Settings, Tally, Unit};
use crate::facts::{Whereabouts, distance};
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
    let centre = match settings.locality {
        Locality::FromCentre { centre, .. } => (view.facts.place)(centre),
        Locality::FromHome { .. } | Locality::InsideBoundary => Place::NotHeld,
    };
    for (at, lives) in view.stock().iter().zip(view.all_live()) {
        let local = match settings.locality {
            Locality::FromHome { tenths } => lives.distance.map(|distance| distance.tenths <= tenths),
            Locality::FromCentre { tenths, .. } => {
                placed(view, at).and_then(|placed| distance(centre, placed)).map(|far| far.tenths <= tenths)
            }
            Locality::InsideBoundary => lives.whereabouts.map(|whereabouts| whereabouts == Whereabouts::Inside),
        };
        match local {
            Some(true) => tally.yes(at),
            Some(false) => tally.no(),
            None => tally.unknown(at),
        }
    }
}

fn placed(view: &View, at: &Standing) -> Option<Place> {
    view.history.episodes.placed[at.home_episode as usize].map(view.facts.place)
}

fn remark(locality: Locality) -> String {
    let miles = |tenths: u32| format!("{}.{}", tenths / 10, tenths % 10);
    match locality {
        Locality::FromHome { tenths } => format!("Local: no more than {} miles from the child's home.", miles(tenths)),
        Locality::FromCentre { centre, tenths } => format!("Local: no more than {} miles from {centre}.", miles(tenths)),
        Locality::InsideBoundary => "Local: inside the responsible authority.".to_owned(),
    }
}
