//! Cells of comma-separated tables that people open in a spreadsheet.

use std::borrow::Cow;

/// A cell as text for a spreadsheet. One that begins like a formula would be worked out there, whoever typed it here, and could send what stands beside
/// it elsewhere; behind an apostrophe it is text (OWASP, CSV injection). Numbers stay numbers.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if begins && cell.parse::<f64>().is_err() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text_and_numbers_are_numbers() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "＝1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["-2.5", "+44", "Elm House", "a=b", "", "–"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
