//! Lines over time, named where they end; bands for forecasts.

use super::axis::{Axis, thin};
use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::label::spread;
use super::palette::{ACCENT, INK, LINE, LINES, OTHER_LINES, PAPER, QUIET};
use super::text::{Weight, width, wrap_to};
use super::{About, Drawing, Series, Unit, drawable};

/// Lines over time.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Names of the places along the axis: years. As many as each series has values.
    pub x: Vec<String>,
    /// The lines, the first drawn on top.
    pub series: Vec<Series>,
    /// Ranges behind the lines, the widest first.
    pub bands: Vec<Band>,
    /// How values are written.
    pub unit: Unit,
    /// A place along the axis to point out.
    pub marker: Option<Marker>,
    /// Where the value axis starts.
    pub base: Base,
}

/// Where the value axis of a line chart starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// Near the lowest value, and far enough from it that a small change looks small: for changes over time.
    #[default]
    Near,
    /// At zero: where the height itself is the message.
    Zero,
}

/// A range behind the lines.
#[derive(Clone, Debug)]
pub struct Band {
    /// What it is: `4 in 5 futures`.
    pub name: String,
    /// Its lower edge, one value for each place on the axis.
    pub low: Vec<Option<f64>>,
    /// Its upper edge.
    pub high: Vec<Option<f64>>,
}

/// A place along the axis to point out.
#[derive(Clone, Debug)]
pub struct Marker {
    /// Which place.
    pub at: usize,
    /// What it is: `today`.
    pub label: String,
}

/// A label at the right end.
struct EndLabel {
    /// Where the thing it names ends.
    end: (f64, f64),
    lines: Vec<String>,
    set: Type,
}

const TOP: f64 = 14.0;
const PLOT: f64 = 230.0;
/// Widest a label at the right may be before it is broken.
const LABEL_ROOM: f64 = 150.0;

impl Drawing for Line {
    fn canvas(&self, id: &str) -> Canvas {
        let top = TOP + if self.marker.is_some() { 16.0 } else { 0.0 };
        let bottom = top + PLOT;
        let values =
            self.series.iter().flat_map(|series| &series.values).chain(self.bands.iter().flat_map(|b| b.low.iter().chain(&b.high)));
        let values: Vec<f64> = values.filter_map(|&value| drawable(value)).collect();
        if values.is_empty() || self.x.is_empty() {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        }
        let mut canvas = Canvas::new(id, WIDTH, bottom + 34.0);
        let y = match self.base {
            Base::Near => Axis::near(values.into_iter(), 5, bottom, top),
            Base::Zero => Axis::from_zero(values.into_iter(), 5, bottom, top),
        };
        let x = self.places(y);
        self.draw_axes(&mut canvas, &x, y, top, bottom);
        for (depth, band) in self.bands.iter().enumerate() {
            draw_band(&mut canvas, band, &x, y, 0.14 + 0.10 * depth as f64);
        }
        let mut labels: Vec<EndLabel> = self.bands.iter().flat_map(|band| self.band_labels(band, &x, y)).collect();
        let pens = self.pens();
        for (series, pen) in self.series.iter().zip(&pens).rev() {
            draw_series(&mut canvas, series, &x, y, *pen);
        }
        labels.extend(self.series.iter().zip(&pens).filter_map(|(series, pen)| self.end_label(series, *pen, &x, y)));
        let (first, right) = (x.first().copied().unwrap_or(0.0), x.last().copied().unwrap_or(WIDTH));
        let labels = draw_early(&mut canvas, labels, first, right, top);
        draw_labels(&mut canvas, &labels, right, top, bottom);
        canvas
    }
}

/// Said instead of a drawing where no value can be drawn.
pub(super) const NOTHING: &str = "Nothing to draw: no figure here is known and published";

impl Line {
    /// Pixels of the places along the axis, with room for the labels on both sides.
    fn places(&self, y: Axis) -> Vec<f64> {
        let ticks = y.ticks().into_iter().map(|tick| width(&y.tick_label(tick, &self.unit), SMALL, Weight::Regular)).fold(0.0, f64::max);
        let half = self.x.first().map_or(0.0, |label| width(label, SMALL, Weight::Regular) / 2.0);
        let left = (ticks + 10.0).max(half + 2.0);
        let names = self.series.iter().filter(|series| last(&series.values).is_some()).map(|series| self.label_lines(series));
        let bands = self
            .bands
            .iter()
            .flat_map(|band| [last(&band.high), last(&band.low)].into_iter().flatten().map(|(_, value)| self.band_lines(band, value)));
        let widest = names.chain(bands).flatten().map(|line| width(&line, LABEL, Weight::Bold)).fold(0.0, f64::max);
        let half_last = self.x.last().map_or(0.0, |label| width(label, SMALL, Weight::Regular) / 2.0);
        let right = WIDTH - (widest + 14.0).max(half_last + 2.0);
        let steps = (self.x.len() - 1).max(1) as f64;
        let only = self.x.len() == 1;
        (0..self.x.len()).map(|i| if only { f64::midpoint(left, right) } else { left + i as f64 / steps * (right - left) }).collect()
    }

    fn draw_axes(&self, canvas: &mut Canvas, x: &[f64], y: Axis, top: f64, bottom: f64) {
        let (Some(&first), Some(&end)) = (x.first(), x.last()) else { return };
        let (first, end) = if x.len() == 1 { (first - 60.0, end + 60.0) } else { (first, end) };
        for tick in y.ticks() {
            let at = y.pixel(tick);
            let grid = if tick == 0.0 { Stroke::solid(QUIET, 1.0) } else { Stroke::solid(LINE, 1.0) };
            canvas.line((first, at), (end, at), grid);
            canvas.text((first - 8.0, at + 4.5), &y.tick_label(tick, &self.unit), Type::AXIS.at(Anchor::End));
        }
        let widest = self.x.iter().map(|label| width(label, SMALL, Weight::Regular)).fold(0.0, f64::max);
        for i in thin(self.x.len(), widest, end - first) {
            canvas.line((x[i], bottom), (x[i], bottom + 4.0), Stroke::solid(QUIET, 1.0));
            canvas.text((x[i], bottom + 20.0), &self.x[i], Type::AXIS.at(Anchor::Middle));
        }
        if let Some((marker, &at)) = self.marker.as_ref().and_then(|marker| Some((marker, x.get(marker.at)?))) {
            canvas.line((at, top - 6.0), (at, bottom), Stroke::dashed(QUIET, 1.0, "2 3"));
            canvas.text((at, top - 11.0), &marker.label, Type::AXIS.at(Anchor::Middle));
        }
    }

    /// How each series is drawn: the subject first in the accent, the others quiet, each with its own dashes.
    fn pens(&self) -> Vec<Stroke> {
        let (mut subjects, mut others) = (LINES.iter().cycle(), OTHER_LINES.iter().cycle());
        let pen = |series: &Series| match series.about {
            About::Subject => subjects.next().map(|&(colour, dash)| Stroke::dashed(colour, 3.0, dash)),
            About::Others => others.next().map(|&(colour, dash)| Stroke::dashed(colour, 2.0, dash)),
        };
        self.series.iter().map(pen).map(|stroke| stroke.unwrap_or(Stroke::solid(INK, 2.0))).collect()
    }

    fn label_lines(&self, series: &Series) -> Vec<String> {
        let value = last(&series.values).map(|(_, value)| self.unit.show(value)).unwrap_or_default();
        wrap_to(&format!("{} {value}", series.name), 2, LABEL_ROOM, LABEL, Weight::Bold)
    }

    fn band_lines(&self, band: &Band, value: f64) -> Vec<String> {
        wrap_to(&format!("{} ({})", self.unit.show(value), band.name), 2, LABEL_ROOM, SMALL, Weight::Regular)
    }

    fn end_label(&self, series: &Series, pen: Stroke, x: &[f64], y: Axis) -> Option<EndLabel> {
        let (i, value) = last(&series.values)?;
        let set = match series.about {
            About::Subject => Type::STRONG.in_colour(if self.subjects() > 1 { pen.colour } else { INK }),
            About::Others => Type::PLAIN.in_colour(QUIET),
        };
        Some(EndLabel { end: (*x.get(i)?, y.pixel(value)), lines: self.label_lines(series), set })
    }

    fn band_labels(&self, band: &Band, x: &[f64], y: Axis) -> Vec<EndLabel> {
        let label = |edge: &[Option<f64>]| {
            let (i, value) = last(edge)?;
            let set = Type::PLAIN.in_colour(QUIET);
            Some(EndLabel { end: (*x.get(i)?, y.pixel(value)), lines: self.band_lines(band, value), set: Type { size: SMALL, ..set } })
        };
        [label(&band.high), label(&band.low)].into_iter().flatten().collect()
    }

    fn subjects(&self) -> usize {
        self.series.iter().filter(|series| series.about == About::Subject).count()
    }
}

/// The last value that can be drawn, and its place.
fn last(values: &[Option<f64>]) -> Option<(usize, f64)> {
    values.iter().enumerate().rev().find_map(|(i, &value)| Some((i, drawable(value)?)))
}

/// The points of a series in unbroken runs: a missing value is a gap.
pub(super) fn runs(values: &[Option<f64>], x: &[f64], y: Axis) -> Vec<Vec<(f64, f64)>> {
    let mut runs = vec![Vec::new()];
    for (value, &x) in values.iter().zip(x) {
        match (drawable(*value), runs.last_mut()) {
            (Some(value), Some(run)) => run.push((x, y.pixel(value))),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn draw_series(canvas: &mut Canvas, series: &Series, x: &[f64], y: Axis, pen: Stroke) {
    let runs = runs(&series.values, x, y);
    for run in &runs {
        if let [only] = run[..] {
            canvas.circle(only, 3.5, pen.colour, Stroke::solid(PAPER, 1.0));
        } else {
            canvas.polyline(run, pen);
        }
    }
    if let Some(&end) = runs.last().and_then(|run| run.last()) {
        let radius = if series.about == About::Subject { 4.5 } else { 3.5 };
        canvas.circle(end, radius, pen.colour, Stroke::solid(PAPER, 1.5));
    }
}

fn draw_band(canvas: &mut Canvas, band: &Band, x: &[f64], y: Axis, opacity: f64) {
    let both = |i: usize| Some((i, drawable(*band.low.get(i)?)?, drawable(*band.high.get(i)?)?));
    let known: Vec<(usize, f64, f64)> = (0..x.len()).filter_map(both).collect();
    for run in known.chunk_by(|a, b| a.0 + 1 == b.0) {
        let upper = run.iter().map(|&(i, _, high)| (x[i], y.pixel(high)));
        let lower = run.iter().rev().map(|&(i, low, _)| (x[i], y.pixel(low)));
        canvas.polygon(&upper.chain(lower).collect::<Vec<_>>(), ACCENT, opacity);
    }
}

/// Writes the labels of lines that end well before the right over their ends, and returns the others: those at the right,
/// and those that would cover one another.
fn draw_early(canvas: &mut Canvas, labels: Vec<EndLabel>, left: f64, right: f64, top: f64) -> Vec<EndLabel> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut rest = Vec::new();
    for label in labels {
        let (x, y) = label.end;
        let text = label.lines.join(" ");
        let half = width(&text, label.set.size, label.set.weight) / 2.0;
        let middle = x.clamp(left + half, (right - half).max(left + half));
        let covers = |&(other, wide, height): &(f64, f64, f64)| (other - middle).abs() < half + wide + 6.0 && (height - y).abs() < 20.0;
        if x > right - (right - left) * 0.15 || y - 24.0 < top - 14.0 || taken.iter().any(covers) {
            rest.push(label);
        } else {
            taken.push((middle, half, y));
            canvas.text_over((middle, y - 10.0), &text, label.set.at(Anchor::Middle));
        }
    }
    rest
}

fn draw_labels(canvas: &mut Canvas, labels: &[EndLabel], right: f64, top: f64, bottom: f64) {
    let wanted: Vec<f64> = labels.iter().map(|label| label.end.1).collect();
    let sizes: Vec<f64> = labels.iter().map(|label| label.lines.len() as f64 * label.set.size * 1.2 + 2.0).collect();
    for (label, middle) in labels.iter().zip(spread(&wanted, &sizes, top - 10.0, bottom + 10.0)) {
        let (x, y) = label.end;
        // A label that had to move, or whose line ends early, is tied to its end.
        if (middle - y).abs() > 7.0 || right - x > 1.0 {
            canvas.line((x + 6.0, y), (right + 10.0, middle), Stroke::solid(LINE, 1.0));
        }
        canvas.lines((right + 12.0, middle), &label.lines, label.set);
    }
}
