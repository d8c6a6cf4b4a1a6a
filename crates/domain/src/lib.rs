//! What the words mean and which moves are allowed. No input or output, no clock, no SQL, no serialisation.

pub mod access;
pub mod authority;
pub mod child;
pub mod code;
pub mod date;
pub mod finding;
pub mod history;
pub mod id;
pub mod legal_status;
pub mod money;
pub mod number;
pub mod office;
pub mod period;
pub mod person;
pub mod placement;
pub mod plan;
pub mod postcode;
pub mod supply;
pub mod word;

pub use code::Code;
pub use date::Day;
pub use finding::{Finding, Severity, Treatment};
pub use id::Id;
pub use money::Money;
pub use number::Value;
pub use postcode::Postcode;
