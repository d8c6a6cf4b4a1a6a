//! Pages and API: thin faces of the service layer.

pub mod api;
