//! Ages on both sides of a middle: girls and boys.

use super::axis::Axis;
use super::bar::NO_FIGURE;
use super::canvas::{Anchor, Canvas, LABEL, Stroke, Type, WIDTH};
use super::line::NOTHING;
use super::palette::{INK, PAPER, QUIET};
use super::text::{Weight, width};
use super::{Drawing, Unit, drawable};

/// Ages on both sides of a middle, the oldest on top.
#[derive(Clone, Debug, Default)]
pub struct Pyramid {
    /// Names of the ages, the youngest first.
    pub ages: Vec<String>,
    /// The side drawn to the left.
    pub left: Side,
    /// The side drawn to the right.
    pub right: Side,
    /// Whose the outline is, where sides have one: `shape of similar authorities`.
    pub outline: Option<String>,
    /// How values are written.
    pub unit: Unit,
}

/// A side of a pyramid.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// One value for each age, not below zero; `None` where there is no number.
    pub values: Vec<Option<f64>>,
    /// What others would have, one value for each age; may be empty.
    pub outline: Vec<Option<f64>>,
}

const ROW: f64 = 30.0;
const THICK: f64 = 22.0;
const TOP: f64 = 26.0;

impl Drawing for Pyramid {
    fn canvas(&self, id: &str) -> Canvas {
        let sides = [&self.left, &self.right];
        let values: Vec<f64> =
            sides.iter().flat_map(|side| side.values.iter().chain(&side.outline)).filter_map(|&value| drawable(value)).collect();
        if values.is_empty() {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let middle = self.ages.iter().map(|age| width(age, LABEL, Weight::Regular)).fold(0.0, f64::max) / 2.0 + 12.0;
        let room = values
            .iter()
            .map(|&value| width(&self.unit.show(value), LABEL, Weight::Bold))
            .fold(width(NO_FIGURE, LABEL, Weight::Regular), f64::max);
        let reach = WIDTH / 2.0 - middle - room - 8.0;
        let axis = Axis::exact(values.iter().copied(), 0.0, reach);
        let bottom = TOP + self.ages.len() as f64 * ROW;
        let mut canvas = Canvas::new(id, WIDTH, bottom + if self.outline.is_some() { 26.0 } else { 4.0 });
        for (row, (a, age)) in self.ages.iter().enumerate().rev().enumerate() {
            let y = TOP + row as f64 * ROW;
            canvas.text((WIDTH / 2.0, y + THICK / 2.0 + 5.0), age, Type::PLAIN.at(Anchor::Middle));
            self.draw_bar(&mut canvas, &self.left, a, (axis, -1.0, middle, y));
            self.draw_bar(&mut canvas, &self.right, a, (axis, 1.0, middle, y));
        }
        canvas.text((WIDTH / 2.0 - middle, 14.0), &self.left.name, Type::STRONG.at(Anchor::End));
        canvas.text((WIDTH / 2.0 + middle, 14.0), &self.right.name, Type::STRONG);
        if let Some(outline) = &self.outline {
            let half = width(outline, LABEL, Weight::Regular) / 2.0;
            let y = bottom + 12.0;
            canvas.line((WIDTH / 2.0 - half - 14.0, y - 7.0), (WIDTH / 2.0 - half - 14.0, y + 7.0), Stroke::solid(INK, 2.5));
            canvas.text((WIDTH / 2.0, y + 5.0), outline, Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
        }
        canvas
    }
}

impl Pyramid {
    fn draw_bar(&self, canvas: &mut Canvas, side: &Side, age: usize, (axis, way, middle, y): (Axis, f64, f64, f64)) {
        let start = WIDTH / 2.0 + way * middle;
        let anchor = if way < 0.0 { Anchor::End } else { Anchor::Start };
        let base = y + THICK / 2.0 + 5.0;
        let outline = side.outline.get(age).copied().and_then(drawable).map(|value| axis.pixel(value.max(0.0)));
        let value = side.values.get(age).copied().and_then(drawable);
        let length = value.map_or(0.0, |value| axis.pixel(value.max(0.0)));
        let fill = if way < 0.0 { 2 } else { 0 };
        canvas.filled((start.min(start + way * length), y), (length, THICK), fill);
        if let Some(reach) = outline {
            let x = start + way * reach;
            // On the bar or beyond it: a dark mark in a light frame shows on both.
            canvas.line((x, y - 3.0), (x, y + THICK + 3.0), Stroke::solid(PAPER, 5.0));
            canvas.line((x, y - 3.0), (x, y + THICK + 3.0), Stroke::solid(INK, 2.5));
        }
        let end = outline.filter(|&reach| (reach - length).abs() < 40.0).map_or(length, |reach| reach.max(length));
        let (label, set) =
            value.map_or_else(|| (NO_FIGURE.to_owned(), Type::PLAIN.in_colour(QUIET)), |value| (self.unit.show(value), Type::PLAIN));
        canvas.text_over((start + way * (end + 6.0), base), &label, set.at(anchor));
    }
}
