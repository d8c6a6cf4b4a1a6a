//! What the words mean and which moves are allowed. No input or output, no clock, no SQL, no serialisation.

pub mod access;
pub mod alert;
pub mod authority;
pub mod capacity;
pub mod child;
pub mod clock;
pub mod code;
pub mod date;
pub mod document;
pub mod finding;
pub mod foster_home;
pub mod history;
pub mod id;
pub mod judgement;
pub mod legal_status;
pub mod list;
pub mod money;
pub mod number;
pub mod office;
pub mod period;
pub mod person;
pub mod placement;
pub mod plan;
pub mod postcode;
pub mod provider;
pub mod setting;
pub mod supply;
pub mod word;
pub mod working;

pub use code::Code;
pub use date::Day;
pub use finding::{Finding, Severity, Treatment};
pub use id::Id;
pub use money::Money;
pub use number::Value;
pub use postcode::Postcode;
