//! The drawing surface: writes the few SVG elements that charts need, always well formed, never with an undefined number.

use std::fmt::Write as _;

use super::Words;
use super::palette::{Fill, INK, Pattern, QUIET};
use super::text::Weight;

/// Families in the order tried; all have the widths that the layout was measured with.
const FAMILY: &str = "Liberation Sans, Arial, Helvetica, sans-serif";

/// Size of text on axes, in pixels of the drawing.
pub(super) const SMALL: f64 = 13.0;
/// Size of labels.
pub(super) const LABEL: f64 = 14.0;
/// Width of every chart that fills a column.
pub(super) const WIDTH: f64 = 640.0;

/// A drawing in progress.
#[derive(Clone, Debug)]
pub struct Canvas {
    id: String,
    width: f64,
    height: f64,
    patterns: Vec<usize>,
    definitions: String,
    body: String,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Its colour.
    pub(crate) colour: &'static str,
    /// Its size.
    pub(crate) size: f64,
    /// Its weight.
    pub(crate) weight: Weight,
    /// Where it is held.
    pub(crate) anchor: Anchor,
}

impl Type {
    /// Words on an axis.
    pub(crate) const AXIS: Self = Self { colour: QUIET, size: SMALL, weight: Weight::Regular, anchor: Anchor::Start };
    /// The label of what the chart is about.
    pub(crate) const STRONG: Self = Self { colour: INK, size: LABEL, weight: Weight::Bold, anchor: Anchor::Start };
    /// Another label.
    pub(crate) const PLAIN: Self = Self { colour: INK, size: LABEL, weight: Weight::Regular, anchor: Anchor::Start };

    /// Held elsewhere.
    pub(crate) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// In another colour.
    pub(crate) const fn in_colour(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    /// Its colour.
    pub(crate) colour: &'static str,
    /// Its width.
    pub(crate) width: f64,
    /// Its dashes; empty for none.
    pub(crate) dash: &'static str,
}

impl Stroke {
    /// An unbroken line.
    pub(crate) const fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dash: "" }
    }

    /// A broken line.
    pub(crate) const fn dashed(colour: &'static str, width: f64, dash: &'static str) -> Self {
        Self { colour, width, dash }
    }
}

impl Canvas {
    /// An empty drawing of this size; ids inside it start with `id`.
    pub(super) fn new(id: &str, width: f64, height: f64) -> Self {
        Self { id: id.to_owned(), width, height, patterns: Vec::new(), definitions: String::new(), body: String::new() }
    }

    /// The whole drawing: size, title, description, shapes.
    pub(super) fn svg(&self, words: &Words) -> String {
        let (w, h) = (number(self.width), number(self.height));
        let id = escape(&words.id);
        let definitions = if self.definitions.is_empty() { String::new() } else { format!("<defs>{}</defs>", self.definitions) };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FAMILY}\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>{definitions}{}</svg>",
            escape(&words.title),
            escape(&words.summary),
            self.body
        )
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let (x1, y1, x2, y2) = (number(from.0), number(from.1), number(to.0), number(to.1));
        let stroke = stroke_attributes(stroke);
        let _ = write!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{stroke}/>");
    }

    /// A line through points.
    pub(super) fn polyline(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let points = coordinates(points);
        let stroke = stroke_attributes(stroke);
        let _ = write!(self.body, "<polyline points=\"{points}\" fill=\"none\" stroke-linejoin=\"round\"{stroke}/>");
    }

    /// A filled shape.
    pub(super) fn polygon(&mut self, points: &[(f64, f64)], colour: &str, opacity: f64) {
        let points = coordinates(points);
        let opacity = if opacity < 1.0 { format!(" fill-opacity=\"{opacity:.2}\"") } else { String::new() };
        let _ = write!(self.body, "<polygon points=\"{points}\" fill=\"{colour}\"{opacity}/>");
    }

    /// A filled rectangle; nothing where it has no extent.
    pub(super) fn rect(&mut self, at: (f64, f64), size: (f64, f64), colour: &str) {
        if size.0 > 0.0 && size.1 > 0.0 {
            let (x, y, w, h) = (number(at.0), number(at.1), number(size.0), number(size.1));
            let _ = write!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{colour}\"/>");
        }
    }

    /// A rectangle with the n-th fill of the palette, its pattern included. It keeps its colours in dark mode.
    pub(super) fn filled(&mut self, at: (f64, f64), size: (f64, f64), index: usize) {
        if size.0 <= 0.0 || size.1 <= 0.0 {
            return;
        }
        let index = index % super::palette::FILLS.len();
        let fill = super::palette::FILLS[index];
        let (x, y, w, h) = (number(at.0), number(at.1), number(size.0), number(size.1));
        let paint = if fill.pattern == Pattern::Plain {
            fill.ground.to_owned()
        } else {
            self.define(index, fill);
            format!("url(#{}-p{index})", escape(&self.id))
        };
        let _ = write!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{paint}\" class=\"pw-keep\"/>");
    }

    /// A filled circle with an edge.
    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, fill: &str, edge: Stroke) {
        let (x, y, r) = (number(at.0), number(at.1), number(radius));
        let stroke = stroke_attributes(edge);
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\"{stroke}/>");
    }

    /// A line of text; `at` is its base line.
    pub(super) fn text(&mut self, at: (f64, f64), text: &str, set: Type) {
        self.write_text(at, text, set, "");
    }

    /// Text inside a fill: keeps its colour in dark mode as the fill does.
    pub(super) fn text_inside(&mut self, at: (f64, f64), text: &str, set: Type) {
        self.write_text(at, text, set, " class=\"pw-keep\"");
    }

    /// Text over lines of the drawing: they stop around it.
    pub(super) fn text_over(&mut self, at: (f64, f64), text: &str, set: Type) {
        self.write_text(at, text, set, " stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }

    /// Lines of text under one another, the middle of the whole at `at`.
    pub(super) fn lines(&mut self, at: (f64, f64), lines: &[String], set: Type) {
        let step = set.size * 1.2;
        let first = at.1 - (lines.len() as f64 - 1.0) * step / 2.0 + set.size * 0.36;
        for (i, line) in lines.iter().enumerate() {
            self.text((at.0, first + i as f64 * step), line, set);
        }
    }

    fn write_text(&mut self, at: (f64, f64), text: &str, set: Type, more: &str) {
        let (x, y) = (number(at.0), number(at.1));
        let anchor = match set.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if set.weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
        let (size, colour) = (number(set.size), set.colour);
        let text = escape(text);
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} fill=\"{colour}\"{more}>{text}</text>");
    }

    fn define(&mut self, index: usize, fill: Fill) {
        if self.patterns.contains(&index) {
            return;
        }
        self.patterns.push(index);
        let shape = match fill.pattern {
            Pattern::Plain => return,
            Pattern::Rising(colour) => format!("<path d=\"M-2 2 2 -2M0 8 8 0M6 10 10 6\" stroke=\"{colour}\" stroke-width=\"2\"/>"),
            Pattern::Falling(colour) => format!("<path d=\"M-2 6 2 10M0 0 8 8M6 -2 10 2\" stroke=\"{colour}\" stroke-width=\"2\"/>"),
            Pattern::Dots(colour) => {
                format!("<circle cx=\"2\" cy=\"2\" r=\"1.4\" fill=\"{colour}\"/><circle cx=\"6\" cy=\"6\" r=\"1.4\" fill=\"{colour}\"/>")
            }
        };
        let _ = write!(
            self.definitions,
            "<pattern id=\"{}-p{index}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" fill=\"{}\" class=\"pw-keep\"/>{shape}</pattern>",
            escape(&self.id),
            fill.ground
        );
    }
}

/// At most one decimal place; a number that cannot be drawn becomes 0, so no drawing is ever broken by one.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    match text.strip_suffix(".0").unwrap_or(&text) {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

fn coordinates(points: &[(f64, f64)]) -> String {
    let pairs: Vec<String> = points.iter().map(|&(x, y)| format!("{},{}", number(x), number(y))).collect();
    pairs.join(" ")
}

fn stroke_attributes(stroke: Stroke) -> String {
    let dash = if stroke.dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", stroke.dash) };
    format!(" stroke=\"{}\" stroke-width=\"{}\"{dash}", stroke.colour, number(stroke.width))
}

/// Text made safe for XML; control characters, which XML cannot hold, fall away.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_text_are_always_valid() {
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(escape("A<B & \"C\"\u{1}"), "A&lt;B &amp; &quot;C&quot; ");
    }
}
