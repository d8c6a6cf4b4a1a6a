//! Charts drawn on the server: one SVG string for page, print, PDF and Word.
//!
//! Colours are explicit and every drawing stands alone on white; pages recolour it for dark mode with [`palette::dark_css`].
//! Series are named where they end, not in a legend, and dashes and patterns carry what colour carries. Missing values are
//! gaps, never zeros. The drawing holds no heading: its finding stands above it, in words, in every format.

mod axis;
mod bar;
mod canvas;
mod dots;
mod label;
mod line;
mod map;
mod multiples;
pub mod palette;
mod pyramid;
mod stacked;
pub(crate) mod text;
mod unit;

pub use bar::{BarRow, Bars, Reference};
pub use canvas::Canvas;
pub use dots::{DotRow, Dots, NamedValue};
pub use line::{Band, Base, Line, Marker};
pub use map::{Area, Map, Place, PlaceKind, Ring, Symbol};
pub use multiples::{Multiples, Panel};
pub use pyramid::{Pyramid, Side};
pub use stacked::{Scale, Stacked, StackedRow};
pub use unit::Unit;

use crate::block::{Chart, Table};

/// What a drawing is called and says.
#[derive(Clone, Debug)]
pub struct Words {
    /// Unique in the document: lower-case letters, digits and hyphens.
    pub id: String,
    /// The finding: `Falling since 2022, and below similar authorities`.
    pub title: String,
    /// What the drawing shows, for someone who cannot see it.
    pub summary: String,
}

/// A chart that can draw itself.
pub trait Drawing {
    /// The drawing. Ids inside it start with `id`.
    fn canvas(&self, id: &str) -> Canvas;

    /// The drawing as an `<svg>` element with a title and a description.
    fn svg(&self, words: &Words) -> String {
        self.canvas(&words.id).svg(words)
    }

    /// The drawing with its words and numbers, ready for a document.
    fn block(&self, words: Words, table: Table) -> Chart {
        let svg = self.svg(&words);
        Chart { id: words.id, title: words.title, summary: words.summary, svg, table }
    }
}

/// A named row of values, one for each place on the axis; `None` where there is no number to draw.
#[derive(Clone, Debug)]
pub struct Series {
    /// Shown beside it.
    pub name: String,
    /// Its values.
    pub values: Vec<Option<f64>>,
    /// Whom it is about.
    pub about: About,
}

/// Whom a series or row is about: it decides how loud it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// The authority itself: strong and first.
    #[default]
    Subject,
    /// Those it is compared with: quiet.
    Others,
}

impl Series {
    /// A series about the authority.
    pub fn subject(name: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Self { name: name.into(), values, about: About::Subject }
    }

    /// A series about those it is compared with.
    pub fn others(name: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Self { name: name.into(), values, about: About::Others }
    }
}

/// Only numbers that can be drawn: infinite and undefined ones count as missing.
fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|number| number.is_finite() && number.abs() < 1e15)
}
