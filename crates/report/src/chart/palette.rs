//! Colours. Each is told apart from its neighbours by lightness too, and by dash or pattern, so print in black and white and
//! the common colour blindnesses lose nothing. Lines and marks have at least 3:1 contrast on white, text 4.5:1.

use std::fmt::Write as _;

/// Text.
pub const INK: &str = "#0b0c0c";
/// Text that can wait.
pub const QUIET: &str = "#505a5f";
/// Rules and grid.
pub const LINE: &str = "#d5d9dc";
/// Ground.
pub const PAPER: &str = "#ffffff";
/// The one accent.
pub const ACCENT: &str = "#00615a";
/// What others have.
pub const OTHERS: &str = "#7c868b";
/// Ranges and areas.
pub const WASH: &str = "#dfe5e6";

/// Lines of several series about the authority, with the dashes that tell them apart.
pub(super) const LINES: [(&str, &str); 6] =
    [(ACCENT, ""), ("#b4541a", "9 4"), ("#1f6fb2", "3 3"), ("#7a4a93", "10 3 2 3"), (INK, "6 3"), ("#8c6d00", "1 4")];

/// Lines of those it is compared with.
pub(super) const OTHER_LINES: [(&str, &str); 4] = [(OTHERS, "6 4"), (OTHERS, "2 3"), (QUIET, "10 3 2 3"), (QUIET, "1 4")];

/// A fill: ground, the colour of text on it, and the pattern drawn over it.
#[derive(Clone, Copy)]
pub(super) struct Fill {
    /// Its ground.
    pub(crate) ground: &'static str,
    /// Text on it.
    pub(crate) ink: &'static str,
    /// What is drawn over it.
    pub(crate) pattern: Pattern,
}

/// What is drawn over a fill.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Nothing.
    Plain,
    /// Lines that rise to the right, in this colour.
    Rising(&'static str),
    /// Dots in this colour.
    Dots(&'static str),
    /// Lines that fall to the right.
    Falling(&'static str),
}

/// Segments of a stack, in order: dark and light take turns, so neighbours always differ in lightness.
pub(super) const FILLS: [Fill; 8] = [
    Fill { ground: ACCENT, ink: PAPER, pattern: Pattern::Plain },
    Fill { ground: "#a9d3cd", ink: INK, pattern: Pattern::Rising("#7fbab2") },
    Fill { ground: "#1d5f94", ink: PAPER, pattern: Pattern::Plain },
    Fill { ground: "#b5d3ea", ink: INK, pattern: Pattern::Dots("#7fb0d6") },
    Fill { ground: "#a84c14", ink: PAPER, pattern: Pattern::Plain },
    Fill { ground: "#f2cdb0", ink: INK, pattern: Pattern::Falling("#e0a67c") },
    Fill { ground: "#5f6a70", ink: PAPER, pattern: Pattern::Plain },
    Fill { ground: "#dfe5e6", ink: INK, pattern: Pattern::Rising("#c3cbce") },
];

/// For pages in dark mode: style rules, under `scope`, that turn every colour of a drawing into one that reads on a dark ground.
/// Style sheets win over the drawing's own attributes, so the drawing needs nothing for it.
pub fn dark_css(scope: &str) -> String {
    const DARK: [(&str, &str); 10] = [
        (INK, "#f3f5f5"),
        (QUIET, "#b6bfc3"),
        (LINE, "#3d4648"),
        (PAPER, "#16191a"),
        (ACCENT, "#4fb8ab"),
        (OTHERS, "#98a3a8"),
        (WASH, "#353d3f"),
        ("#b4541a", "#e89a66"),
        ("#1f6fb2", "#6fb1e6"),
        ("#7a4a93", "#c39bdb"),
    ];
    let mut css = String::new();
    for (light, dark) in DARK {
        for property in ["fill", "stroke"] {
            // Text and marks inside the fills of a stack keep their colours: the fills keep theirs.
            let _ = write!(css, "{scope} [{property}=\"{light}\"]:not(.pw-keep){{{property}:{dark}}}");
        }
    }
    css
}
