//! What Placewell's pages are made of beyond the Design System and the blocks of crate `report`.

mod bar;
mod filter;
mod panel;
mod scroll;
mod sub_navigation;

pub use bar::Bar;
pub use filter::{Chosen, Filter};
pub use panel::Panel;
pub use scroll::Scroll;
pub use sub_navigation::{SubNavigation, SubPage};
