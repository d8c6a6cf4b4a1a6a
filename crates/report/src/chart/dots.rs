//! Dot and range: where the authority stands among others, measure by measure.

use super::axis::Axis;
use super::bar::{LABEL_ROOM, NO_FIGURE};
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::line::NOTHING;
use super::palette::{ACCENT, INK, LINE, OTHERS, PAPER, QUIET, WASH};
use super::text::{Weight, width, wrap_to};
use super::{Drawing, Unit, drawable};

/// The authority's value in each row, on the range of others. All rows share one scale.
#[derive(Clone, Debug, Default)]
pub struct Dots {
    /// Whose the strong dot is.
    pub subject: String,
    /// Whose the range and the small dots are: `ten similar authorities`.
    pub others: String,
    /// The rows, from the top.
    pub rows: Vec<DotRow>,
    /// How values are written.
    pub unit: Unit,
}

/// A row of dots.
#[derive(Clone, Debug, Default)]
pub struct DotRow {
    /// Its label.
    pub label: String,
    /// The authority's value; `None` where there is no number.
    pub subject: Option<f64>,
    /// The others' values, in any order; those without a number left out.
    pub others: Vec<f64>,
    /// One more value to point out: England's.
    pub named: Option<NamedValue>,
}

/// A value with a name.
#[derive(Clone, Debug)]
pub struct NamedValue {
    /// Whose it is.
    pub name: String,
    /// The value.
    pub value: f64,
}

const ROW: f64 = 42.0;
const TOP: f64 = 30.0;

impl Drawing for Dots {
    fn canvas(&self, id: &str) -> Canvas {
        let all = self.rows.iter().flat_map(|row| {
            let named = row.named.as_ref().map(|named| named.value);
            row.others.iter().copied().map(Some).chain([row.subject, named]).filter_map(drawable)
        });
        let all: Vec<f64> = all.collect();
        if all.is_empty() {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let labels: Vec<Vec<String>> = self.rows.iter().map(|row| wrap_to(&row.label, 2, LABEL_ROOM, LABEL, Weight::Regular)).collect();
        let left = labels.iter().flatten().map(|line| width(line, LABEL, Weight::Regular)).fold(0.0, f64::max) + 26.0;
        let bottom = TOP + self.rows.len() as f64 * ROW;
        let axis = Axis::over(all.into_iter(), 6, left, WIDTH - 28.0);
        let mut canvas = Canvas::new(id, WIDTH, bottom + 26.0);
        for tick in axis.ticks() {
            let x = axis.pixel(tick);
            canvas.line((x, TOP - 4.0), (x, bottom), Stroke::solid(LINE, 1.0));
            canvas.text((x, bottom + 18.0), &axis.tick_label(tick, &self.unit), Type::AXIS.at(Anchor::Middle));
        }
        for (r, (row, lines)) in self.rows.iter().zip(&labels).enumerate() {
            let y = TOP + (r as f64 + 0.62) * ROW;
            canvas.lines((left - 18.0, y), lines, Type::PLAIN.at(Anchor::End));
            self.draw_row(&mut canvas, row, axis, y);
        }
        self.draw_key(&mut canvas, left);
        canvas
    }
}

impl Dots {
    fn draw_row(&self, canvas: &mut Canvas, row: &DotRow, axis: Axis, y: f64) {
        let others: Vec<f64> = row.others.iter().filter_map(|&value| drawable(Some(value))).map(|value| axis.pixel(value)).collect();
        let (low, high) = others.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
        if low <= high {
            canvas.rect((low - 6.0, y - 6.0), (high - low + 12.0, 12.0), WASH);
        }
        for &x in &others {
            canvas.circle((x, y), 3.5, PAPER, Stroke::solid(OTHERS, 1.5));
        }
        if let Some(value) = row.named.as_ref().and_then(|named| drawable(Some(named.value))) {
            let x = axis.pixel(value);
            canvas.line((x, y - 9.0), (x, y + 9.0), Stroke::solid(INK, 2.0));
        }
        if let Some(value) = drawable(row.subject) {
            let x = axis.pixel(value);
            canvas.circle((x, y), 6.5, ACCENT, Stroke::solid(PAPER, 1.5));
            canvas.text_over((x, y - 11.0), &self.unit.show(value), Type { size: SMALL, ..Type::STRONG.at(Anchor::Middle) });
        } else {
            let x = if low <= high { high + 12.0 } else { axis.start() + 4.0 };
            let anchor = if x + 60.0 > WIDTH { Anchor::End } else { Anchor::Start };
            let x = if anchor == Anchor::End { low - 12.0 } else { x };
            canvas.text_over((x, y + 4.5), NO_FIGURE, Type::AXIS.at(anchor));
        }
    }

    /// Says, in one line above, whose the marks are: each mark stands in front of its own name.
    fn draw_key(&self, canvas: &mut Canvas, left: f64) {
        let mut x = left.min(WIDTH - self.key_width());
        let y = 10.0;
        canvas.circle((x + 6.0, y), 6.5, ACCENT, Stroke::solid(PAPER, 1.5));
        x += 17.0;
        canvas.text((x, y + 4.5), &self.subject, Type { size: SMALL, ..Type::STRONG });
        x += width(&self.subject, SMALL, Weight::Bold) + 20.0;
        canvas.rect((x, y - 6.0), (28.0, 12.0), WASH);
        for offset in [5.0, 13.0, 23.0] {
            canvas.circle((x + offset, y), 3.5, PAPER, Stroke::solid(OTHERS, 1.5));
        }
        x += 34.0;
        canvas.text((x, y + 4.5), &self.others, Type::AXIS);
        x += width(&self.others, SMALL, Weight::Regular) + 20.0;
        if let Some(name) = self.rows.iter().find_map(|row| row.named.as_ref()).map(|named| &named.name) {
            canvas.line((x, y - 8.0), (x, y + 8.0), Stroke::solid(INK, 2.0));
            canvas.text((x + 7.0, y + 4.5), name, Type::AXIS.in_colour(INK));
        }
    }

    fn key_width(&self) -> f64 {
        let named =
            self.rows.iter().find_map(|row| row.named.as_ref()).map_or(0.0, |named| width(&named.name, SMALL, Weight::Regular) + 9.0);
        17.0 + width(&self.subject, SMALL, Weight::Bold) + 74.0 + width(&self.others, SMALL, Weight::Regular) + named + 2.0
    }
}
