//! Stacked horizontal bars: what a whole is made of, over years or places.

use std::cmp::Ordering;

use super::Drawing;
use super::axis::Axis;
use super::bar::{LABEL_ROOM, NO_FIGURE};
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::drawable;
use super::line::NOTHING;
use super::palette::{FILLS, INK, QUIET};
use super::text::{Weight, fit, width, wrap_to};
use super::unit::Unit;

/// Stacked horizontal bars.
#[derive(Clone, Debug, Default)]
pub struct Stacked {
    /// What the whole is made of, from the left.
    pub segments: Vec<String>,
    /// The rows, from the top.
    pub rows: Vec<StackedRow>,
    /// Whether rows show shares or amounts.
    pub scale: Scale,
    /// How amounts are written; shares are written in whole percent.
    pub unit: Unit,
}

/// A row of a stack.
#[derive(Clone, Debug)]
pub struct StackedRow {
    /// Its label.
    pub label: String,
    /// One value for each segment, not below zero; `None` where there is no number.
    pub values: Vec<Option<f64>>,
}

/// What the length of a stack means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Every row is as long: segments are shares of the known values of their row.
    #[default]
    Shares,
    /// Rows are as long as their sum, written at their end.
    Amounts,
}

const THICK: f64 = 26.0;
const GAP: f64 = 9.0;
/// Height of one line of segment names.
const TIER: f64 = 17.0;

impl Drawing for Stacked {
    fn canvas(&self, id: &str) -> Canvas {
        let sums: Vec<f64> = self.rows.iter().map(|row| parts(row).sum()).collect();
        let longest = sums.iter().copied().fold(0.0, f64::max);
        if longest <= 0.0 {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let labels: Vec<Vec<String>> = self.rows.iter().map(|row| wrap_to(&row.label, 2, LABEL_ROOM, LABEL, Weight::Regular)).collect();
        let left = labels.iter().flatten().map(|line| width(line, LABEL, Weight::Regular)).fold(0.0, f64::max) + 10.0;
        let ends = sums.iter().map(|&sum| width(&self.unit.show(sum), LABEL, Weight::Bold)).fold(0.0, f64::max) + 8.0;
        let right = WIDTH - if self.scale == Scale::Amounts { ends } else { 2.0 };
        let lengths: Vec<f64> = match self.scale {
            Scale::Shares => sums.iter().map(|&sum| if sum > 0.0 { right - left } else { 0.0 }).collect(),
            Scale::Amounts => {
                let axis = Axis::exact(sums.iter().copied(), 0.0, right - left);
                sums.iter().map(|&sum| axis.pixel(sum)).collect()
            }
        };
        let names = self.names(left, &sums, &lengths);
        let top = names.iter().map(|name| name.tier + 1).max().unwrap_or(0) as f64 * TIER + 8.0;
        let mut canvas = Canvas::new(id, WIDTH, top + self.rows.len() as f64 * (THICK + GAP));
        draw_names(&mut canvas, &names, top);
        for (r, row) in self.rows.iter().enumerate() {
            let y = top + r as f64 * (THICK + GAP);
            canvas.lines((left - 10.0, y + THICK / 2.0), &labels[r], Type::PLAIN.at(Anchor::End));
            if sums[r] <= 0.0 {
                canvas.text((left + 6.0, y + THICK / 2.0 + 5.0), NO_FIGURE, Type::PLAIN.in_colour(QUIET));
                continue;
            }
            self.draw_row(&mut canvas, row, (left, y), sums[r], lengths[r]);
            if self.scale == Scale::Amounts {
                canvas.text((left + lengths[r] + 6.0, y + THICK / 2.0 + 5.0), &self.unit.show(sums[r]), Type::STRONG);
            }
        }
        canvas
    }
}

/// The name of a segment above the first row.
struct Name {
    text: String,
    /// The middle of its segment.
    over: f64,
    /// Where the text stands, from and to.
    span: (f64, f64),
    /// Line of names it stands on, 0 next to the bar.
    tier: usize,
}

impl Stacked {
    /// Places the names of the segments over those of the first row that has any, on as many lines as they need. A name that
    /// is no wider than its segment stands over it; any other ends at a stalk that rises from its segment. No name covers
    /// another, and no stalk runs through a name.
    fn names(&self, left: f64, sums: &[f64], lengths: &[f64]) -> Vec<Name> {
        let Some(first) = sums.iter().position(|&sum| sum > 0.0) else { return Vec::new() };
        let mut at = left;
        let mut placed: Vec<Name> = Vec::new();
        let mut narrow: Vec<(String, f64, f64)> = Vec::new();
        for (s, text) in self.segments.iter().enumerate() {
            let value = self.rows[first].values.get(s).copied().and_then(drawable).unwrap_or(0.0).max(0.0);
            let wide = value / sums[first] * lengths[first];
            let over = at + wide / 2.0;
            at += wide;
            let text = fit(text, WIDTH - 4.0, SMALL, Weight::Regular);
            let needed = width(&text, SMALL, Weight::Regular);
            if needed <= wide {
                placed.push(Name { text, over, span: (over - needed / 2.0, over + needed / 2.0), tier: 0 });
            } else {
                narrow.push((text, over, needed));
            }
        }
        for (text, over, needed) in narrow {
            // Ends at its stalk, or as far to the right as it must to stay inside the drawing.
            let end = (over + 4.0).max(needed);
            let span = (end - needed, end);
            let above_all = placed.len() + 1;
            let tier = (0..above_all).find(|&tier| fits(&placed, over, span, tier)).unwrap_or(above_all);
            placed.push(Name { text, over, span, tier });
        }
        placed
    }

    fn draw_row(&self, canvas: &mut Canvas, row: &StackedRow, (left, y): (f64, f64), sum: f64, length: f64) {
        let mut x = left;
        for (s, value) in row.values.iter().enumerate().take(self.segments.len()) {
            let Some(value) = drawable(*value).filter(|&value| value > 0.0) else { continue };
            let wide = value / sum * length;
            canvas.filled((x, y), ((wide - 1.5).max(0.5), THICK), s);
            let label = match self.scale {
                Scale::Shares => Unit::percent(0).show(value / sum * 100.0),
                Scale::Amounts => self.unit.show(value),
            };
            let needed = width(&label, SMALL, Weight::Regular);
            if needed + 6.0 <= wide {
                let fill = FILLS[s % FILLS.len()];
                let set = Type { size: SMALL, ..Type::PLAIN.at(Anchor::Middle).in_colour(fill.ink) };
                canvas.text_inside((x + wide / 2.0, y + THICK / 2.0 + 4.7), &label, set);
            }
            x += wide;
        }
    }
}

/// The values of a row that can be drawn.
fn parts(row: &StackedRow) -> impl Iterator<Item = f64> {
    row.values.iter().filter_map(|&value| drawable(value)).filter(|&value| value > 0.0)
}

/// Whether a name may stand on this line: clear of the names there, of the stalks that pass it, and with a clear way down.
fn fits(placed: &[Name], over: f64, span: (f64, f64), tier: usize) -> bool {
    placed.iter().all(|other| match other.tier.cmp(&tier) {
        Ordering::Equal => span.1 + 10.0 <= other.span.0 || other.span.1 + 10.0 <= span.0,
        Ordering::Greater => other.over < span.0 - 3.0 || span.1 + 3.0 < other.over,
        Ordering::Less => over < other.span.0 - 3.0 || other.span.1 + 3.0 < over,
    })
}

fn draw_names(canvas: &mut Canvas, names: &[Name], top: f64) {
    for name in names {
        let base = top - 10.0 - name.tier as f64 * TIER;
        canvas.line((name.over, top - 1.0), (name.over, base + 4.0), Stroke::solid(QUIET, 1.0));
        canvas.text((name.span.0, base), &name.text, Type::AXIS.in_colour(INK));
    }
}
