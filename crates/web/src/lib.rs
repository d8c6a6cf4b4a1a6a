//! The pages of Placewell: HTTP in, HTML out. Every number comes from `service`; nothing is worked out here.

pub mod app;
mod assets;
mod error;
pub mod govuk;
mod headers;
mod loopback;
pub mod page;
mod pages;
pub mod parts;

pub use app::{State, router, surround};
pub use pages::routes;
