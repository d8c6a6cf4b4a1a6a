//! The stock-and-flow model that the sector knows, beside our own: age band × type of placement, constant daily rates, one line ahead.
//!
//! It stands here so that whoever switches can see both, and so that the examiner can say which was nearer. It follows the open demand model
//! for regions (cs-demand-model-regional, 2026-05) in its states and in how rates are taken (means of daily ratios), and departs where
//! that model is wrong by its own assumptions: short breaks are out, children are counted on our timeline (up to the 18th birthday), and
//! the uncertainty is that of the model, not its over-wide interval that falls below zero. As there, nobody is made to leave at 18 in the
//! forecast: the average rate of leaving in the band of 16 and over does it. [`compatible`] is the other model to the letter.

pub mod compatible;
mod fit;
mod law;
mod series;
mod state;

use domain::Day;
use rayon::prelude::*;

use crate::known::Known;
use crate::outlook::{Outlook, Point, Split, TOTAL};
use crate::paths::{Groups, Pick};

pub use fit::{Fit, Window};
pub use law::{Law, laws, published_interval};
pub use series::Series;
pub use state::{BANDS, STATES, broad_of};

/// The model's forecast at some dates, by broad type. Together, rates are taken over all authorities at once, as a region uses the model.
pub fn outlook(known: &Known, dates: &[Day], window: Window, split: Split) -> Outlook {
    let authorities: Vec<Pick> = match split {
        Split::Together => vec![Pick::Sum],
        Split::ByAuthority => (0..known.history.authorities.len()).map(Pick::One).collect(),
    };
    let names: Vec<&'static str> = Groups::Broad.names().into_iter().chain([TOTAL]).collect();
    let of_one = |who: Pick| {
        let authority = match who {
            Pick::One(at) => Some(known.history.authorities[at].clone()),
            Pick::Sum => None,
        };
        let mut points = Vec::with_capacity(dates.len() * names.len());
        for (&date, laws) in dates.iter().zip(laws(&Fit::of(known, who, window), dates)) {
            for (&group, law) in names.iter().zip(&laws) {
                points.push(Point::new(date, authority.clone(), group, law.counts()));
            }
        }
        points
    };
    let points = authorities.into_par_iter().flat_map_iter(of_one).collect();
    Outlook { from: known.on, points }
}
