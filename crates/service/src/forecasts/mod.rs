//! How many children will need which kind of home: the forecast, what it rests on, and what must be said with it.

mod past;
mod question;

use std::fmt::Write as _;

use domain::Day;
use forecast::outlook::Outlook;
use forecast::paths::{Groups, Paths};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::holdings::Holding;
use crate::work::Progress;

pub use forecast::outlook::{Point, Spread};
pub use past::{Past, past};
pub use question::{Model, Request, Split};

/// A forecast with what it rests on.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// What was asked, every choice made.
    pub asked: Request,
    /// The last day that was known.
    pub from: Day,
    /// Every number.
    pub outlook: Outlook,
    /// Every future, where they were drawn.
    pub paths: Option<Paths>,
    /// SHA-256 over the returns and the question: the same hash means the same bytes.
    pub inputs_sha256: String,
    /// Sentences that a reader of the numbers must know.
    pub warnings: Vec<String>,
}
