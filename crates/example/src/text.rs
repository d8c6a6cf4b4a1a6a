//! Lines of comma-separated text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Adds a line. Writing to a string cannot fail.
pub(crate) fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
    out.push('\n');
}

/// A cell, quoted where it holds a comma or a quotation mark.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n']) { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) } else { Cow::Borrowed(text) }
}
