//! Stacked horizontal bars: what a whole is made of, over years or places.

use super::Drawing;
use super::axis::Axis;
use super::bar::{LABEL_ROOM, NO_FIGURE};
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::drawable;
use super::label::spread;
use super::line::NOTHING;
use super::palette::{FILLS, INK, QUIET};
use super::text::{Weight, width, wrap_to};
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
                let axis = Axis::from_zero(sums.iter().copied(), 5, 0.0, right - left);
                sums.iter().map(|&sum| (axis.pixel(sum) / axis.pixel(longest)) * (right - left)).collect()
            }
        };
        let names = self.names(left, right, &sums, &lengths);
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
    /// The middle of the name.
    at: f64,
    /// Line of names it stands on, 0 next to the bar.
    tier: usize,
}

impl Stacked {
    /// Places the names of the segments over those of the first row that has any, on as many lines as they need.
    fn names(&self, left: f64, right: f64, sums: &[f64], lengths: &[f64]) -> Vec<Name> {
        let Some(first) = sums.iter().position(|&sum| sum > 0.0) else { return Vec::new() };
        let mut at = left;
        let over: Vec<f64> = (0..self.segments.len())
            .map(|s| {
                let value = self.rows[first].values.get(s).copied().and_then(drawable).unwrap_or(0.0).max(0.0);
                let wide = value / sums[first] * lengths[first];
                at += wide;
                at - wide / 2.0
            })
            .collect();
        let wide: Vec<f64> = self.segments.iter().map(|name| width(name, SMALL, Weight::Regular) + 14.0).collect();
        let room = right - 0.0;
        // As few lines as hold all names; names take turns between lines, so neighbours stand on different ones.
        let tiers = (1..=4).find(|&tiers| (0..tiers).all(|t| wide.iter().skip(t).step_by(tiers).sum::<f64>() <= room)).unwrap_or(4);
        let mut middles = vec![0.0; over.len()];
        for tier in 0..tiers {
            let mine: Vec<usize> = (tier..over.len()).step_by(tiers).collect();
            let pick = |all: &[f64]| mine.iter().map(|&i| all[i]).collect::<Vec<f64>>();
            for (&i, middle) in mine.iter().zip(spread(&pick(&over), &pick(&wide), 0.0, right)) {
                middles[i] = middle;
            }
        }
        let name = |(i, text): (usize, &String)| Name { text: text.clone(), over: over[i], at: middles[i], tier: i % tiers };
        self.segments.iter().enumerate().map(name).collect()
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

fn draw_names(canvas: &mut Canvas, names: &[Name], top: f64) {
    for name in names {
        let base = top - 10.0 - name.tier as f64 * TIER;
        canvas.line((name.over, top - 1.0), (name.over, top - 6.0), Stroke::solid(QUIET, 1.0));
        if (name.at - name.over).abs() > 3.0 || name.tier > 0 {
            canvas.line((name.over, top - 6.0), (name.at, base + 3.0), Stroke::solid(QUIET, 0.7));
        }
        canvas.text((name.at, base), &name.text, Type::AXIS.at(Anchor::Middle).in_colour(INK));
    }
}
