//! Small multiples: the same line chart many times, on one scale, to compare shapes.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::line::{NOTHING, runs};
use super::palette::{ACCENT, LINE, OTHERS, PAPER, QUIET};
use super::text::{Weight, width, wrap_to};
use super::{Drawing, Unit, drawable};

/// The same line chart many times, on one scale.
#[derive(Clone, Debug, Default)]
pub struct Multiples {
    /// Names of the places along every axis; only the first and last are written.
    pub x: Vec<String>,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
    /// Whose the dashed lines are, where panels have them.
    pub comparator: Option<String>,
    /// How values are written.
    pub unit: Unit,
}

/// One of many.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// What it is about.
    pub title: String,
    /// One value for each place; `None` where there is no number.
    pub values: Vec<Option<f64>>,
    /// What it is compared with; may be empty.
    pub comparator: Vec<Option<f64>>,
}

const COLUMNS: usize = 3;
const GAP: f64 = 26.0;
const PLOT: f64 = 84.0;
const TITLE: f64 = 46.0;
const FOOT: f64 = 34.0;

impl Drawing for Multiples {
    fn canvas(&self, id: &str) -> Canvas {
        let all: Vec<f64> = self
            .panels
            .iter()
            .flat_map(|panel| panel.values.iter().chain(&panel.comparator))
            .filter_map(|&value| drawable(value))
            .collect();
        if all.is_empty() || self.x.is_empty() {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let scale = Axis::from_zero(all.iter().copied(), 3, 0.0, 1.0);
        let room = all.iter().map(|&value| width(&self.unit.show(value), LABEL, Weight::Bold)).fold(0.0, f64::max) + 10.0;
        let head = if self.comparator.is_some() { 26.0 } else { 0.0 };
        let lines = self.panels.len().div_ceil(COLUMNS);
        let mut canvas = Canvas::new(id, WIDTH, head + lines as f64 * (TITLE + PLOT + FOOT));
        let wide = (WIDTH - (COLUMNS - 1) as f64 * GAP) / COLUMNS as f64;
        for (i, panel) in self.panels.iter().enumerate() {
            let at = ((i % COLUMNS) as f64 * (wide + GAP), head + (i / COLUMNS) as f64 * (TITLE + PLOT + FOOT));
            self.draw_panel(&mut canvas, panel, at, (wide, room), scale);
        }
        if let Some(name) = &self.comparator {
            canvas.line((0.0, 9.0), (30.0, 9.0), Stroke::dashed(OTHERS, 2.0, "6 4"));
            canvas.text((36.0, 13.5), name, Type::AXIS);
        }
        canvas
    }
}

impl Multiples {
    fn draw_panel(&self, canvas: &mut Canvas, panel: &Panel, (left, top): (f64, f64), (wide, room): (f64, f64), scale: Axis) {
        let title = wrap_to(&panel.title, 2, wide, LABEL, Weight::Bold);
        for (i, line) in title.iter().enumerate() {
            // The last line of every title stands on one height.
            let y = top + TITLE - 20.0 - (title.len() - 1 - i) as f64 * 16.0;
            canvas.text((left, y), line, Type::STRONG);
        }
        let (plot_top, bottom) = (top + TITLE, top + TITLE + PLOT);
        let right = left + wide - room;
        let axis = scale.between(bottom, plot_top);
        let ticks = axis.ticks();
        for tick in [ticks.first(), ticks.last()].into_iter().flatten() {
            let y = axis.pixel(*tick);
            canvas.line((left, y), (right, y), Stroke::solid(if *tick == 0.0 { QUIET } else { LINE }, 1.0));
        }
        let steps = (self.x.len() - 1).max(1) as f64;
        let x: Vec<f64> = (0..self.x.len()).map(|i| left + i as f64 / steps * (right - left)).collect();
        for run in runs(&panel.comparator, &x, axis) {
            canvas.polyline(&run, Stroke::dashed(OTHERS, 2.0, "6 4"));
        }
        let ours = runs(&panel.values, &x, axis);
        for run in &ours {
            if let [only] = run[..] {
                canvas.circle(only, 3.5, ACCENT, Stroke::solid(PAPER, 1.0));
            } else {
                canvas.polyline(run, Stroke::solid(ACCENT, 3.0));
            }
        }
        let last = panel.values.iter().rev().find_map(|&value| drawable(value));
        if let (Some(value), Some(&end)) = (last, ours.last().and_then(|run| run.last())) {
            canvas.circle(end, 4.0, ACCENT, Stroke::solid(PAPER, 1.5));
            canvas.text_over((end.0 + 8.0, end.1 + 5.0), &self.unit.show(value), Type::STRONG);
        } else if last.is_none() {
            canvas.text((left + 4.0, bottom - 8.0), "no figure", Type::PLAIN.in_colour(QUIET));
        }
        if let (Some(first), Some(end)) = (self.x.first(), self.x.last()) {
            canvas.text((left, bottom + 17.0), first, Type::AXIS);
            if self.x.len() > 1 && width(first, SMALL, Weight::Regular) + width(end, SMALL, Weight::Regular) + 10.0 < right - left {
                canvas.text((right, bottom + 17.0), end, Type::AXIS.at(Anchor::End));
            }
        }
        if let Some(&top) = ticks.last() {
            canvas.text((left, axis.pixel(top) - 4.0), &axis.tick_label(top, &self.unit), Type { size: 12.0, ..Type::AXIS });
        }
    }
}
