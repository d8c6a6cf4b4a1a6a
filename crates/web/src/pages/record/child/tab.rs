//! The pages of a case, each with its address and what stands on it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::{Pairs, show};
use crate::app;
use crate::door::Acting;
use crate::error::Error;

/// A part of the case with its own page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Living,
    Needs,
    Health,
    Planning,
    Decisions,
}

/// The page of the case, after its address, that shows a kind of fact.
pub(super) fn tab_of(slug: &str) -> &'static str {
    match slug {
        "needs" | "siblings" | "voice" => Tab::Needs.path(),
        "health" => Tab::Health.path(),
        "emergencies" | "courts" => Tab::Decisions.path(),
        "allocations" | "plans" | "reviews" | "visits" => Tab::Planning.path(),
        _ => Tab::Living.path(),
    }
}

impl Tab {
    /// All of them, in the order of the case's pages.
    pub(super) const ALL: [Self; 5] = [Self::Living, Self::Needs, Self::Health, Self::Planning, Self::Decisions];

    /// What follows the address of the case.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Living => "",
            Self::Needs => "/needs",
            Self::Health => "/health",
            Self::Planning => "/planning",
            Self::Decisions => "/decisions",
        }
    }

    /// What it is called.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Living => "Where the child lives",
            Self::Needs => "Needs and voice",
            Self::Health => "Health",
            Self::Planning => "Plans, reviews and visits",
            Self::Decisions => "Decisions and courts",
        }
    }
}

/// The handlers of the pages, one for each.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident $tab:ident,)+) => { $(
        $(#[$doc])*
        pub(super) async fn $name(
            State(state): State<Arc<app::State>>,
            acting: Acting,
            Path(text): Path<String>,
            Query(pairs): Query<Pairs>,
        ) -> Result<Response, Error> {
            show::tab(Tab::$tab, &state, &acting, &text, &pairs).await
        }
    )+ };
}

pages! {
    /// `GET /cases/{id}?as-known=2026-03-31`
    living Living,
    /// `GET /cases/{id}/needs`
    needs Needs,
    /// `GET /cases/{id}/health`
    health Health,
    /// `GET /cases/{id}/planning`
    planning Planning,
    /// `GET /cases/{id}/decisions`
    decisions Decisions,
}
