//! Reports as one accessible HTML file, and blocks as markup that web pages reuse.
//!
//! A page that reuses blocks puts [`block_css`] into its style sheet and says with [`Links`] where a figure's "why" leads.

mod blocks;
mod document;

pub use blocks::{block, chart, key_figures, list, not_known, note, paragraph, table, text, why};
pub use document::write;

use crate::block::FigureId;
use crate::chart::palette;

/// Where a figure's "why" leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Links {
    /// To its place in the same document: `#why-cla.number.2025`.
    Here,
    /// To a page: the id after this address. `/why/` gives `/why/cla.number.2025`.
    Under(String),
    /// Nowhere: figures are plain text.
    Nowhere,
}

impl Links {
    /// The address for a figure.
    pub fn address(&self, id: &FigureId) -> Option<String> {
        match self {
            Self::Here => Some(format!("#{}", anchor(id))),
            Self::Under(address) => Some(format!("{address}{id}")),
            Self::Nowhere => None,
        }
    }
}

/// The id of the element that tells how a figure was made.
pub fn anchor(id: &FigureId) -> String {
    format!("why-{id}")
}

/// Style of the blocks, dark mode and print included; every class starts with `pw-`.
pub fn block_css() -> String {
    format!("{}@media screen and (prefers-color-scheme:dark){{{}}}", include_str!("blocks.css"), palette::dark_css(".pw-drawing"))
}
