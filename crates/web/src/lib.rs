//! The pages and the API of Placewell: HTTP in, HTML or JSON out. Every number comes from `service`; nothing is worked out here.

pub mod api;
pub mod app;
mod asked;
mod assets;
mod csv_file;
mod error;
pub mod govuk;
mod headers;
mod loopback;
pub mod page;
mod pages;
mod papers;
pub mod parts;
mod recent;
mod sent;
mod serve;
mod shown;

pub use app::{Pdf, State, router, surround};
pub use pages::routes;
pub use papers::{Origin, Paper};
pub use serve::serve;
