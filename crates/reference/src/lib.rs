//! Facts from outside, inside the product: published figures, areas and their neighbours, every postcode, code lists with
//! validity, the calendar of working days, and what Ofsted registers and finds. Embedded and compact; no input or output.
//!
//! Sources, vintages and licences of every file are in `data/README.md`; what must be shown to readers is in [`notices()`].

pub mod area;
pub mod authority;
pub mod calendar;
pub mod codes;
mod embedded;
pub mod geography;
pub mod ground;
pub mod neighbour;
mod notices;
pub mod ofsted;
pub mod postcode;
pub mod published;

pub use area::AreaId;
pub use authority::{Authority, NotFound};
pub use notices::notices;
