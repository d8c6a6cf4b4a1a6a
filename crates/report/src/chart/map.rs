//! A map of points in British National Grid metres, with rings of distance: no ground is needed to say how far.

use super::canvas::{Anchor, Canvas, LABEL, SMALL, Stroke, Type, WIDTH};
use super::label::spread;
use super::line::NOTHING;
use super::palette::{ACCENT, INK, LINE, OTHERS, PAPER, QUIET, WASH};
use super::text::{Weight, fit};
use super::{About, Drawing};

/// Points, areas and rings.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Outlines behind the points.
    pub areas: Vec<Area>,
    /// Rings of distance.
    pub rings: Vec<Ring>,
    /// What kinds of place there are, named under the map with their numbers.
    pub kinds: Vec<PlaceKind>,
    /// The points.
    pub places: Vec<Place>,
}

/// An outline.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// Its borders, each a closed line of easting and northing in metres.
    pub borders: Vec<Vec<(f64, f64)>>,
    /// Whether it is the authority's own.
    pub about: About,
}

/// A circle of places as far from a point.
#[derive(Clone, Debug)]
pub struct Ring {
    /// Easting and northing of the middle, in metres.
    pub middle: (f64, f64),
    /// Radius in metres.
    pub radius: f64,
    /// What it is: `20 miles`.
    pub label: String,
}

/// A kind of place.
#[derive(Clone, Debug)]
pub struct PlaceKind {
    /// Its name.
    pub name: String,
    /// Its mark.
    pub symbol: Symbol,
}

/// A mark: form tells kinds apart, colour comes second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A filled circle.
    Disc,
    /// An open circle.
    Circle,
    /// A filled square.
    Square,
    /// A filled triangle.
    Triangle,
    /// A cross.
    Cross,
}

/// A point.
#[derive(Clone, Debug)]
pub struct Place {
    /// Easting and northing in metres.
    pub at: (f64, f64),
    /// Its kind, by its place in the list of kinds.
    pub kind: usize,
    /// Its name, written beside it where there is room; empty for none.
    pub label: String,
}

const PLOT: f64 = 460.0;
const MILE: f64 = 1609.344;

/// From metres to pixels, the same in both directions.
#[derive(Clone, Copy)]
struct Ground {
    west: f64,
    north: f64,
    scale: f64,
}

impl Ground {
    fn pixel(self, (easting, northing): (f64, f64)) -> (f64, f64) {
        ((easting - self.west) * self.scale, (self.north - northing) * self.scale)
    }
}

impl Drawing for Map {
    fn canvas(&self, id: &str) -> Canvas {
        let Some((ground, height)) = self.ground() else {
            let mut canvas = Canvas::new(id, WIDTH, 60.0);
            canvas.lines((WIDTH / 2.0, 30.0), &[NOTHING.to_owned()], Type::PLAIN.in_colour(QUIET).at(Anchor::Middle));
            return canvas;
        };
        let key = 26.0 + self.kinds.len().div_ceil(2) as f64 * 22.0;
        let mut canvas = Canvas::new(id, WIDTH, height + key);
        for area in &self.areas {
            let colour = if area.about == About::Subject { WASH } else { PAPER };
            for border in &area.borders {
                let points: Vec<(f64, f64)> = border.iter().filter(|at| sound(**at)).map(|&at| ground.pixel(at)).collect();
                canvas.polygon(&points, colour, 1.0);
                let closed: Vec<(f64, f64)> = points.iter().chain(points.first()).copied().collect();
                canvas.polyline(&closed, Stroke::solid(LINE, 1.5));
            }
        }
        for ring in self.rings.iter().filter(|ring| sound(ring.middle) && ring.radius.is_finite()) {
            let (x, y) = ground.pixel(ring.middle);
            let radius = ring.radius * ground.scale;
            canvas.circle((x, y), radius, "none", Stroke::dashed(QUIET, 1.0, "4 4"));
            canvas.text_over((x, (y - radius + 4.5).max(12.0)), &ring.label, Type::AXIS.at(Anchor::Middle));
        }
        for place in self.places.iter().filter(|place| sound(place.at)) {
            self.draw_symbol(&mut canvas, place.kind, ground.pixel(place.at));
        }
        self.draw_labels(&mut canvas, ground, height);
        draw_scale(&mut canvas, ground, height + 14.0);
        self.draw_key(&mut canvas, height + 36.0);
        canvas
    }
}

fn sound((easting, northing): (f64, f64)) -> bool {
    easting.is_finite() && northing.is_finite() && easting.abs() < 1e8 && northing.abs() < 1e8
}

impl Map {
    /// The ground that holds everything with a margin, and the height it needs; nothing if there is nothing on it.
    fn ground(&self) -> Option<(Ground, f64)> {
        let rings = self.rings.iter().filter(|ring| ring.radius.is_finite()).flat_map(|ring| {
            let ((e, n), r) = (ring.middle, ring.radius.abs());
            [(e - r, n - r), (e + r, n + r)]
        });
        let areas = self.areas.iter().flat_map(|area| area.borders.iter().flatten().copied());
        let all = self.places.iter().map(|place| place.at).chain(rings).chain(areas).filter(|&at| sound(at));
        let mut held: Option<[f64; 4]> = None;
        for (e, n) in all {
            let [west, east, south, north] = held.unwrap_or([e, e, n, n]);
            held = Some([west.min(e), east.max(e), south.min(n), north.max(n)]);
        }
        let [west, east, south, north] = held?;
        let margin = ((east - west).max(north - south) * 0.05).max(500.0);
        let (wide, tall) = (east - west + 2.0 * margin, north - south + 2.0 * margin);
        let scale = (WIDTH / wide).min(PLOT / tall);
        // What is narrower than the drawing stands in its middle.
        let west = west - margin - (WIDTH / scale - wide) / 2.0;
        Some((Ground { west, north: north + margin, scale }, tall * scale))
    }

    fn symbol(&self, kind: usize) -> Symbol {
        self.kinds.get(kind).map_or(Symbol::Disc, |kind| kind.symbol)
    }

    fn draw_symbol(&self, canvas: &mut Canvas, kind: usize, (x, y): (f64, f64)) {
        match self.symbol(kind) {
            Symbol::Disc => canvas.circle((x, y), 5.0, ACCENT, Stroke::solid(PAPER, 1.5)),
            Symbol::Circle => canvas.circle((x, y), 4.5, PAPER, Stroke::solid(OTHERS, 2.0)),
            Symbol::Square => {
                canvas.rect((x - 6.0, y - 6.0), (12.0, 12.0), PAPER);
                canvas.rect((x - 4.5, y - 4.5), (9.0, 9.0), "#1f6fb2");
            }
            Symbol::Triangle => {
                canvas.polygon(&[(x, y - 8.0), (x - 7.5, y + 6.0), (x + 7.5, y + 6.0)], PAPER, 1.0);
                canvas.polygon(&[(x, y - 5.8), (x - 5.5, y + 4.5), (x + 5.5, y + 4.5)], "#b4541a", 1.0);
            }
            Symbol::Cross => {
                for way in [-1.0, 1.0] {
                    canvas.line((x - 5.0, y - 5.0 * way), (x + 5.0, y + 5.0 * way), Stroke::solid(INK, 2.5));
                }
            }
        }
    }

    /// Writes names beside their points, moved apart up and down where they would touch.
    fn draw_labels(&self, canvas: &mut Canvas, ground: Ground, height: f64) {
        let named: Vec<&Place> = self.places.iter().filter(|place| sound(place.at) && !place.label.is_empty()).collect();
        // Names to the right of points of the left half and to the left of points of the right half never leave the drawing.
        for side in [false, true] {
            let mine: Vec<(&str, f64, f64)> = named
                .iter()
                .map(|place| (place.label.as_str(), ground.pixel(place.at)))
                .filter(|(_, (x, _))| (*x > WIDTH / 2.0) == side)
                .map(|(label, (x, y))| (label, x, y))
                .collect();
            let wanted: Vec<f64> = mine.iter().map(|&(_, _, y)| y).collect();
            for (&(label, x, y), middle) in mine.iter().zip(spread(&wanted, &vec![LABEL * 1.2; mine.len()], 0.0, height)) {
                let room = if side { x - 10.0 } else { WIDTH - x - 10.0 };
                let label = fit(label, room, SMALL, Weight::Regular);
                let (at, anchor) = if side { (x - 9.0, Anchor::End) } else { (x + 9.0, Anchor::Start) };
                if (middle - y).abs() > 6.0 {
                    canvas.line((x, y), (at, middle), Stroke::solid(QUIET, 0.7));
                }
                canvas.text_over((at, middle + 4.5), &label, Type::AXIS.in_colour(INK).at(anchor));
            }
        }
    }

    /// Kinds of place with their marks and numbers, two to a line.
    fn draw_key(&self, canvas: &mut Canvas, top: f64) {
        for (i, kind) in self.kinds.iter().enumerate() {
            let (x, y) = ((i % 2) as f64 * WIDTH / 2.0 + 8.0, top + (i / 2) as f64 * 22.0);
            self.draw_symbol(canvas, i, (x, y));
            let count = self.places.iter().filter(|place| place.kind == i && sound(place.at)).count();
            let text = fit(&format!("{} ({count})", kind.name), WIDTH / 2.0 - 30.0, SMALL, Weight::Regular);
            canvas.text((x + 14.0, y + 4.5), &text, Type::AXIS.in_colour(INK));
        }
    }
}

/// A bar of a round number of miles at the right, under the map.
fn draw_scale(canvas: &mut Canvas, ground: Ground, y: f64) {
    let miles = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0].into_iter().rfind(|miles| miles * MILE * ground.scale <= WIDTH / 4.0);
    let Some(miles) = miles else { return };
    let label = if miles > 1.5 { format!("{miles:.0} miles") } else { "1 mile".to_owned() };
    let from = WIDTH - 6.0 - miles * MILE * ground.scale;
    canvas.line((from, y), (WIDTH - 6.0, y), Stroke::solid(INK, 2.0));
    for x in [from, WIDTH - 6.0] {
        canvas.line((x, y - 5.0), (x, y + 5.0), Stroke::solid(INK, 2.0));
    }
    canvas.text((from - 8.0, y + 4.5), &label, Type::AXIS.at(Anchor::End));
}
