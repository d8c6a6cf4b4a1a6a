//! The pages and the API of Placewell: HTTP in, HTML or JSON out. Every number comes from `service`; nothing is worked out here.

pub mod api;
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
