//! Dates inside the words of a source, as readers write them: publishers and files give `2025-11-01`, pages say `1 November 2025`.

use domain::Day;

/// The text with each `YYYY-MM-DD` in it as `4 March 2026`; what is no such day stays as it is.
pub fn in_words(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, day)) = rest.char_indices().find_map(|(at, _)| Some((at, day_at(rest, at)?))) {
        written.push_str(&rest[..at]);
        written.push_str(&day.long());
        rest = &rest[at + LENGTH..];
    }
    written.push_str(rest);
    written
}

/// Characters of `2026-03-04`.
const LENGTH: usize = 10;

/// The day written from this byte on, unless it is part of a longer number.
fn day_at(text: &str, at: usize) -> Option<Day> {
    let inside = |neighbour: Option<char>| neighbour.is_some_and(|c| c.is_ascii_digit() || c == '-');
    let word = text.get(at..at + LENGTH)?;
    if inside(text[..at].chars().next_back()) || inside(text[at + LENGTH..].chars().next()) {
        return None;
    }
    let dashes = [4, 7].map(|place| word.as_bytes()[place]);
    Day::parse(word.as_bytes()).filter(|_| dashes == [b'-', b'-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out_and_nothing_else() {
        assert_eq!(in_words("last update 2026-04-01; then released 2026-11"), "last update 1 April 2026; then released 2026-11");
        assert_eq!(in_words("2023-03-31 and 2025-03-31"), "31 March 2023 and 31 March 2025");
        for kept in ["", "2024-25", "2025-13-45", "12025-01-01", "2025-01-012", "£1–£2 · 31/03/2025", "reporting year 2025"] {
            assert_eq!(in_words(kept), kept);
        }
    }
}
