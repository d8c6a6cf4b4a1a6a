//! What a reader sees. A [`Report`] is written once, as blocks, and comes out as HTML, DOCX and XLSX here and as PDF in
//! crate `pdf`: the same numbers in every format by construction. Web pages reuse the block renderers of [`html`] and the
//! charts of [`chart`]. The crate knows nothing of children, placements or measures.

#![warn(missing_docs)]

pub mod block;
pub mod chart;
pub mod csv;
pub mod docx;
mod figure;
pub mod fonts;
pub mod html;
pub mod layout;

pub mod provenance;
pub mod raster;
#[cfg(feature = "sample")]
pub mod sample;
pub mod xlsx;

pub use block::{Block, Report, Section};
