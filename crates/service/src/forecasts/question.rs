//! What may be asked of a forecast.

use domain::Day;
use forecast::paths::Groups;

/// How to forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// Every child followed through many futures.
    #[default]
    Microsimulation,
    /// The sector's model of averaged rates, short breaks out, its variance mended.
    StockAndFlow,
    /// The same as the open demand model has it, faults included.
    Compatible,
}

impl Model {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Microsimulation => "microsimulation",
            Self::StockAndFlow | Self::Compatible => "stock-and-flow",
        }
    }
}

/// Whether several authorities are forecast apart or together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Their sum alone.
    #[default]
    Together,
    /// Each, and their sum.
    ByAuthority,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The last day that is known; the newest that the returns cover if left out.
    pub from: Option<Day>,
    /// How far ahead.
    pub months: u32,
    /// Only these dates; month ends if empty.
    pub at: Vec<Day>,
    /// How many futures are drawn.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
    /// Learn only from what happened on or after this day.
    pub history_from: Option<Day>,
    /// Four broad types, or each kind of home.
    pub groups: Groups,
    /// Several authorities together or apart.
    pub split: Split,
    /// How to forecast.
    pub model: Model,
}

impl Default for Request {
    /// Two years ahead in a thousand futures.
    fn default() -> Self {
        Self {
            from: None,
            months: 24,
            at: Vec::new(),
            paths: 1000,
            seed: 1,
            history_from: None,
            groups: Groups::default(),
            split: Split::default(),
            model: Model::default(),
        }
    }
}
