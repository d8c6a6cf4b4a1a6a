//! Files beside the returns that rooms work with: homes, requests, prices, a plan.
//!
//! They are given when Placewell starts, or sent by a form while it runs; what was sent is held in memory until it is stopped, so that nothing is
//! written that nobody asked to keep.

use std::sync::{Arc, Mutex, PoisonError};

use service::plans::Named;
use service::sheets::Sheet;
use sha2::{Digest, Sha256};

/// One file as it was given or sent.
#[derive(Debug)]
pub struct Paper {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of its content.
    pub sha256: String,
    /// How it came.
    pub origin: Origin,
}

/// How a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Named where Placewell was started.
    Given,
    /// Sent by a form.
    Sent,
}

/// The files at hand.
#[derive(Debug, Default)]
pub(crate) struct Papers(Mutex<[Option<Arc<Paper>>; Sheet::ALL.len()]>);

impl Paper {
    /// A file.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>, origin: Origin) -> Self {
        Self { name: name.into(), sha256: format!("{:x}", Sha256::digest(&bytes)), bytes, origin }
    }

    /// As the services take it.
    pub fn named(&self) -> Named<'_> {
        Named { name: &self.name, bytes: &self.bytes }
    }
}

impl Papers {
    pub(crate) fn find(&self, sheet: Sheet) -> Option<Arc<Paper>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[sheet as usize].clone()
    }

    pub(crate) fn hold(&self, sheet: Sheet, paper: Paper) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[sheet as usize] = Some(Arc::new(paper));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_last_is_held() {
        let papers = Papers::default();
        assert!(Sheet::ALL.into_iter().all(|sheet| papers.find(sheet).is_none()));
        for text in ["a", "b"] {
            papers.hold(Sheet::Prices, Paper::new("p.csv", text.into(), Origin::Sent));
        }
        assert_eq!(papers.find(Sheet::Prices).unwrap().bytes, b"b");
        assert!(papers.find(Sheet::Supply).is_none());
    }
}
