//! Whole fictitious authorities: their records, their shape, and what the statutory rules say of them.

#[cfg(test)]
mod common;
#[cfg(test)]
mod margins;
#[cfg(test)]
mod records;
#[cfg(test)]
mod rules;
