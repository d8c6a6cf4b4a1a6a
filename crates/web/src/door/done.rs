//! That what was asked for was done, said once on the page that a form leads to: a tired person who is told nothing presses again.
//!
//! A browser keeps one word of ours for a minute. It holds nothing of what was done, and to whom.

use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;

use super::{Opened, cookie};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Saved,
    Corrected,
    TakenBack,
    Approved,
    Confirmed,
    TurnedDown,
    Resolved,
    /// Somebody opened a case in need.
    Opened,
    /// It was done, and the case is not open any more to whoever did it.
    Shut,
}

/// Where forms write in the record; what other forms do shows on the page that they lead to.
const ROOMS: [&str; 11] = [
    "/cases/",
    "/conflicts",
    "/contracts",
    "/emergencies/",
    "/foster-homes/",
    "/homes/",
    "/offices/",
    "/opened-cases/",
    "/owners/",
    "/people/",
    "/providers/",
];

impl Done {
    const ALL: [Self; 9] = [
        Self::Saved,
        Self::Corrected,
        Self::TakenBack,
        Self::Approved,
        Self::Confirmed,
        Self::TurnedDown,
        Self::Resolved,
        Self::Opened,
        Self::Shut,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Corrected => "corrected",
            Self::TakenBack => "taken-back",
            Self::Approved => "approved",
            Self::Confirmed => "confirmed",
            Self::TurnedDown => "turned-down",
            Self::Resolved => "resolved",
            Self::Opened => "opened",
            Self::Shut => "shut",
        }
    }

    /// What people read.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Saved => "Saved.",
            Self::Corrected => "The correction is saved.",
            Self::TakenBack => "Taken back. What it said stays in the history.",
            Self::Approved => "Approved. Your approval is in the child’s case and its log.",
            Self::Confirmed => "Confirmed.",
            Self::TurnedDown => "Refused. Your reason is kept.",
            Self::Resolved => "The alert is resolved.",
            Self::Opened => "The case is open to you for a day. The director is told.",
            Self::Shut => "Saved. The case is not open to you any more.",
        }
    }

    /// What a form of this address has done once it leads on.
    fn by(path: &str) -> Option<Self> {
        if path == "/cases/find" || !ROOMS.iter().any(|room| path.starts_with(room)) {
            return None;
        }
        Some(match path.rsplit('/').next().unwrap_or_default() {
            "correct" => Self::Corrected,
            "withdraw" => Self::TakenBack,
            "confirm" => Self::Confirmed,
            "turn-down" => Self::TurnedDown,
            "in-need" => Self::Opened,
            _ if path.starts_with("/emergencies/") => Self::Approved,
            _ if path.starts_with("/homes/alerts/") => Self::Resolved,
            _ => Self::Saved,
        })
    }
}

/// What the page asked for tells of, where it comes after something that was done.
pub(super) fn told(method: &Method, headers: &HeaderMap, opened: &Opened) -> Option<Done> {
    let word = cookie::done(headers, opened).filter(|_| method == Method::GET)?;
    Done::ALL.into_iter().find(|done| done.word() == word)
}

/// Has the browser keep what was done until the next page, and forget it once that page has told of it.
pub(super) fn pass_on(response: &mut Response, opened: &Opened, asked: (&Method, &str), told: Option<Done>) {
    let (method, path) = asked;
    let leads_on = *method == Method::POST && response.status() == StatusCode::SEE_OTHER;
    let said = response.extensions().get::<Done>().copied();
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let value = match said.or_else(|| Done::by(path)).filter(|_| leads_on) {
        Some(done) => cookie::keep_done(opened, done.word()),
        None if told.is_some() && is_page => cookie::forget_done(opened),
        None => return,
    };
    response.headers_mut().append(SET_COOKIE, value);
}
