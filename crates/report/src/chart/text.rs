//! How wide text is: measured with the font that pictures and PDF use, whose widths are Arial's.

use std::sync::LazyLock;

use ttf_parser::Face;

use crate::fonts;

/// How heavy text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(fonts::REGULAR, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(fonts::BOLD, 0).ok());

/// Width in pixels at this size; a character that the font lacks counts as an em.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = match weight {
        Weight::Regular => &*REGULAR,
        Weight::Bold => &*BOLD,
    };
    let Some(face) = face else { return text.chars().count() as f64 * size };
    let em = f64::from(face.units_per_em());
    let advance = |c: char| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(em, f64::from);
    text.chars().map(advance).sum::<f64>() * size / em
}

/// Lines of at most `room` pixels, broken at spaces; a single word that is longer is cut with an ellipsis, so nothing is drawn
/// outside its place (the full text stands in the table).
pub(crate) fn wrap(text: &str, room: f64, size: f64, weight: Weight) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = fit(word, room, size, weight);
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// At most `most` lines; what does not fit ends in an ellipsis.
pub(super) fn wrap_to(text: &str, most: usize, room: f64, size: f64, weight: Weight) -> Vec<String> {
    let mut lines = wrap(text, room, size, weight);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(fit(&rest, room, size, weight));
    }
    lines
}

/// The text, or as much of it as fits in front of an ellipsis.
pub(super) fn fit(text: &str, room: f64, size: f64, weight: Weight) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let short = format!("{}…", kept.trim_end());
        if width(&short, size, weight) <= room {
            return short;
        }
    }
    "…".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_arial() {
        assert!((width("Hello", 1000.0, Weight::Regular) - 2278.0).abs() < 5.0);
        assert!(width("Hello", 14.0, Weight::Bold) > width("Hello", 14.0, Weight::Regular));
    }

    #[test]
    fn lines_fit_their_room() {
        let lines = wrap("Children placed more than 20 miles from home and outside the authority", 150.0, 14.0, Weight::Regular);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| width(line, 14.0, Weight::Regular) <= 150.0));
        assert!(fit("Wolverhampton", 40.0, 14.0, Weight::Regular).ends_with('…'));
        assert_eq!(wrap_to("one two three four five six", 2, 60.0, 14.0, Weight::Regular).len(), 2);
    }
}
