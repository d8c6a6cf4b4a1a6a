//! The pages and the API of Placewell: HTTP in, HTML or JSON out. Every number comes from `service`; nothing is worked out here.

pub mod api;
pub mod app;
mod asked;
mod assets;
mod csv_file;
pub mod door;
mod error;
pub mod govuk;
mod headers;
mod operations;
pub mod page;
mod pages;
mod papers;
pub mod parts;
mod recent;
mod sent;
mod serve;
mod shown;

pub use app::{Pdf, State, doors, router, surround};
pub use door::{Doors, Gate, Invented, Opened, Post, SecondFactor};
pub use pages::routes;
pub use papers::{Origin, Paper};
pub use serve::{Ended, Listeners, serve};
