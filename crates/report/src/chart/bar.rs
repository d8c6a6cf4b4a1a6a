//! Horizontal bars from zero, one or several to a row.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::line::NOTHING;
use super::palette::{ACCENT, FILLS, INK, LINE, QUIET};
use super::text::{Weight, fit, width, wrap_to};
use super::{About, Drawing, Unit, drawable};

/// Horizontal bars.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// Names of the bars of a row, where it has several: `Nottingham`, `similar authorities`. One empty name otherwise.
    pub names: Vec<String>,
    /// The rows, from the top.
    pub rows: Vec<BarRow>,
    /// How values are written.
    pub unit: Unit,
    /// A value to compare every bar with.
    pub reference: Option<Reference>,
}

/// A row of bars.
#[derive(Clone, Debug)]
pub struct BarRow {
    /// Its label.
    pub label: String,
    /// One value for each name; `None` where there is no number.
    pub values: Vec<Option<f64>>,
    /// Whom it is about: one row among others may be the authority's own.
    pub about: About,
}

/// A value to compare every bar with.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What it is: `England`.
    pub label: String,
    /// The value.
    pub value: f64,
}

impl BarRow {
    /// A row about the authority.
    pub fn subject(label: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Self { label: label.into(), values, about: About::Subject }
    }

    /// A row about another.
    pub fn others(label: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Self { label: label.into(), values, about: About::Others }
    }
}

/// Widest that row labels may be.
pub(super) const LABEL_ROOM: f64 = 210.0;
/// Said where a bar has no number.
pub(super) const NO_FIGURE: &str = "no figure";

impl Drawing for Bars {
    fn canvas(&self, id: &str) -> Canvas {
        let values: Vec<f64> = self.rows.iter().flat_map(|row| &row.values).filter_map(|&value| drawable(value)).collect();
        let each = self.rows.iter().map(|row| row.values.len()).max().unwrap_or(0).max(1);
        if values.is_empty() {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let (thick, gap) = if each == 1 { (20.0, 10.0) } else { (17.0, 14.0) };
        let labels: Vec<Vec<String>> = self.rows.iter().map(|row| wrap_to(&row.label, 4, LABEL_ROOM, LABEL, Weight::Bold)).collect();
        let left = labels.iter().flatten().map(|line| width(line, LABEL, Weight::Bold)).fold(0.0, f64::max) + 10.0;
        let row_height = |lines: usize| (each as f64 * thick).max(lines as f64 * LABEL * 1.2) + gap;
        let top = if self.reference.is_some() { 24.0 } else { 4.0 };
        let height = top + labels.iter().map(|lines| row_height(lines.len())).sum::<f64>() + 4.0;

        let reference = self.reference.as_ref().and_then(|reference| drawable(Some(reference.value)));
        let axis = Axis::exact(values.iter().copied().chain(reference), 0.0, 1.0);
        let axis = self.place(axis, left);
        let zero = axis.pixel(0.0);

        let mut canvas = Canvas::new(id, WIDTH, height);
        let mut numbers = Vec::new();
        let mut y = top;
        for (r, (row, lines)) in self.rows.iter().zip(&labels).enumerate() {
            let height = row_height(lines.len());
            let middle = y + (height - gap) / 2.0;
            let set = if row.about == About::Subject && self.differ() { Type::STRONG } else { Type::PLAIN };
            canvas.lines((left - 10.0, middle), lines, set.at(Anchor::End));
            let first = middle - each as f64 * thick / 2.0;
            for (i, value) in row.values.iter().enumerate() {
                let at = first + i as f64 * thick;
                let thick = thick - if each == 1 { 0.0 } else { 2.0 };
                numbers.push(self.draw_bar(&mut canvas, (r, i), drawable(*value), axis, (at, thick)));
            }
            y += height;
        }
        canvas.line((zero, top - 2.0), (zero, height - 6.0), Stroke::solid(QUIET, 1.0));
        if let (Some(reference), Some(value)) = (&self.reference, reference) {
            let at = axis.pixel(value);
            canvas.line((at, top - 4.0), (at, height - 6.0), Stroke::dashed(INK, 1.5, "4 3"));
            let label = format!("{} {}", reference.label, self.unit.show(value));
            let half = width(&label, SMALL, Weight::Regular) / 2.0;
            canvas.text((at.clamp(half, WIDTH - half), 14.0), &label, Type::AXIS.at(Anchor::Middle).in_colour(INK));
        }
        for (at, label, set) in numbers {
            canvas.text_over(at, &label, set);
        }
        canvas
    }
}

impl Bars {
    /// Whether rows about the authority stand among rows about others.
    fn differ(&self) -> bool {
        self.rows.iter().any(|row| row.about == About::Others)
    }

    /// What is written at the end of a bar: the value and, in the first row of several bars, whose it is.
    fn value_label(&self, row: usize, bar: usize, value: Option<f64>) -> String {
        let shown = value.map_or_else(|| NO_FIGURE.to_owned(), |value| self.unit.show(value));
        match self.names.get(bar) {
            Some(name) if row == 0 && !name.is_empty() => fit(&format!("{shown} {name}"), LABEL_ROOM, LABEL, Weight::Regular),
            _ => shown,
        }
    }

    /// Where the axis begins and ends, so that the number at the end of every bar stays inside the drawing.
    fn place(&self, axis: Axis, left: f64) -> Axis {
        let bars =
            self.rows.iter().enumerate().flat_map(|(r, row)| row.values.iter().enumerate().map(move |(i, value)| (r, i, drawable(*value))));
        let room = |(r, i, value): (usize, usize, Option<f64>)| {
            (value.unwrap_or(0.0), width(&self.value_label(r, i, value), LABEL, Weight::Bold) + 8.0)
        };
        let bars: Vec<(f64, f64)> = bars.map(room).collect();
        let before = bars.iter().filter(|(value, _)| *value < 0.0).map(|&(_, room)| room).fold(0.0, f64::max);
        let start = left + before;
        // A short bar may carry a long label: the axis ends where the first label would touch the edge.
        let share = |value: f64| axis.between(0.0, 1.0).pixel(value.max(0.0));
        let ends = bars.iter().map(|&(value, room)| (WIDTH - start - room) / share(value).max(0.05));
        axis.between(start, start + ends.fold(WIDTH - start - 4.0, f64::min).max(40.0))
    }

    /// Draws one bar and says which number stands at its end, and where: numbers are written last, over every line.
    fn draw_bar(
        &self,
        canvas: &mut Canvas,
        (row, bar): (usize, usize),
        value: Option<f64>,
        axis: Axis,
        (y, thick): (f64, f64),
    ) -> ((f64, f64), String, Type) {
        let zero = axis.pixel(0.0);
        let label = self.value_label(row, bar, value);
        let about = self.rows[row].about;
        let base = y + thick / 2.0 + 5.0;
        let Some(value) = value else { return ((zero + 6.0, base), label, Type::PLAIN.in_colour(QUIET)) };
        let end = axis.pixel(value);
        let (from, length) = (zero.min(end), (end - zero).abs());
        if self.names.len() > 1 {
            canvas.filled((from, y), (length, thick), GROUPED[bar % GROUPED.len()]);
        } else if about == About::Subject {
            canvas.rect((from, y), (length, thick), ACCENT);
        } else {
            canvas.rect((from, y), (length, thick), LINE);
            canvas.line((end, y), (end, y + thick), Stroke::solid(QUIET, 2.0));
        }
        let set = if about == About::Subject && bar == 0 { Type::STRONG } else { Type::PLAIN };
        let (x, anchor) = if value < 0.0 { (end - 6.0, Anchor::End) } else { (end + 6.0, Anchor::Start) };
        ((x, base), label, set.at(anchor))
    }
}

/// Fills of the bars of a row, out of the palette's: strong, light, strong.
const GROUPED: [usize; 4] = [0, 7, 2, 5];
const _: () = assert!(FILLS.len() > 7, "the fills of grouped bars are in the palette");
