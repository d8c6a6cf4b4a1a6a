//! A number or a mark in JSON.

use domain::Value;
use serde::Serialize;

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// No number, and why.
    Mark {
        /// `c` suppressed, `z` not applicable, `x` not available, `k` rounds to zero, `u` unknown.
        symbol: &'static str,
    },
}

impl From<Value> for Figure {
    fn from(value: Value) -> Self {
        match value {
            Value::Known(number) if number.fract() == 0.0 && number.abs() < 9e15 => Self::Whole(number as i64),
            Value::Known(number) => Self::Number(number),
            mark => Self::Mark { symbol: mark.symbol().unwrap_or("x") },
        }
    }
}
