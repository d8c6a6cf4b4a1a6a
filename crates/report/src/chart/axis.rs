//! Axes: from values to pixels, with ticks at round numbers.

use super::unit::Unit;

/// What a line chart shows at least, as a share of its highest value.
const LEAST_SPAN: f64 = 0.2;

/// A scale from values to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// A scale that holds all `values` between round numbers, about `ticks` steps; `from` and `to` are the pixels of its ends.
    pub(super) fn over(values: impl Iterator<Item = f64>, ticks: usize, from: f64, to: f64) -> Self {
        let (mut low, mut high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if (high - low).abs() < f64::EPSILON * high.abs().max(1.0) {
            // One value only: give it room on both sides, but never below a zero that it stands on.
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.2 };
            (low, high) = (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room);
        }
        let step = nice_step((high - low) / ticks.max(1) as f64);
        Self { low: (low / step + 1e-9).floor() * step, high: (high / step - 1e-9).ceil() * step, step, from, to }
    }

    /// The same for lines over time, which may start above zero but never blow a ripple up to a wave: at least a fifth of the height of
    /// the highest value is shown.
    pub(super) fn near(values: impl Iterator<Item = f64>, ticks: usize, from: f64, to: f64) -> Self {
        let values: Vec<f64> = values.collect();
        let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
        let room = (high.abs().max(low.abs()) * LEAST_SPAN - (high - low)) / 2.0;
        if !(low.is_finite() && room > 0.0) {
            return Self::over(values.into_iter(), ticks, from, to);
        }
        let bottom = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
        Self::over([bottom, high + room].into_iter(), ticks, from, to)
    }

    /// The same, from zero (or below it, where values are).
    pub(super) fn from_zero(values: impl Iterator<Item = f64>, ticks: usize, from: f64, to: f64) -> Self {
        Self::over(values.chain(std::iter::once(0.0)), ticks, from, to)
    }

    /// A scale from zero that ends exactly at the outermost values: for bars that carry their numbers and need no ticks.
    pub(super) fn exact(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values.fold((0.0f64, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
        let high = if low < high { high } else { 1.0 };
        Self { low, high, step: high - low, from, to }
    }

    /// The pixel of a value.
    pub(super) fn pixel(self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The pixel of its low end.
    pub(super) fn start(self) -> f64 {
        self.from
    }

    /// The same scale between other pixels.
    pub(super) fn between(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// Values at the ticks.
    pub(super) fn ticks(self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|i| self.low + i as f64 * self.step).collect()
    }

    /// How a tick is written: with the places that its step needs.
    pub(super) fn tick_label(self, value: f64, unit: &Unit) -> String {
        let places = (-(self.step.log10() + 1e-9).floor()).max(0.0) as u32;
        unit.show_to(if value.abs() < self.step * 1e-6 { 0.0 } else { value }, places)
    }
}

/// 1, 2 or 5 times a power of ten, at least `raw`.
fn nice_step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= raw * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

/// Which of `count` labels of this width to show on an axis of this length: every n-th back from the last, so none touch.
pub(super) fn thin(count: usize, label: f64, length: f64) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let gap = if count > 1 { length / (count - 1) as f64 } else { length };
    let every = (1..=count).find(|&every| gap * every as f64 >= label + 14.0).unwrap_or(count);
    (0..count).filter(|i| (count - 1 - i).is_multiple_of(every)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        let axis = Axis::over([594.0, 722.0].into_iter(), 5, 0.0, 100.0);
        assert_eq!(axis.ticks(), [550.0, 600.0, 650.0, 700.0, 750.0]);
        let axis = Axis::from_zero([0.31, 0.72].into_iter(), 4, 0.0, 100.0);
        assert_eq!(axis.tick_label(0.4, &Unit::count()), "0.4");
        assert_eq!(Axis::from_zero(std::iter::empty(), 4, 0.0, 1.0).ticks().first(), Some(&0.0));
        assert!(Axis::over([7.0].into_iter(), 4, 0.0, 1.0).ticks().len() >= 2);
    }

    #[test]
    fn a_ripple_stays_a_ripple() {
        let axis = Axis::near([891.0, 929.0].into_iter(), 5, 0.0, 100.0);
        assert_eq!((axis.ticks().first(), axis.ticks().last()), (Some(&800.0), Some(&1050.0)));
        // A wave is drawn as before, and nothing falls below a zero that it stands on.
        assert_eq!(Axis::near([594.0, 722.0].into_iter(), 5, 0.0, 100.0).ticks().first(), Some(&550.0));
        assert!(Axis::near([0.0, 0.0].into_iter(), 5, 0.0, 100.0).ticks()[0] >= 0.0);
        assert!(!Axis::near(std::iter::empty(), 5, 0.0, 1.0).ticks().is_empty());
    }

    #[test]
    fn the_last_label_is_always_shown() {
        assert_eq!(thin(11, 24.0, 220.0), [0, 2, 4, 6, 8, 10]);
        assert_eq!(thin(1, 30.0, 10.0), [0]);
        assert!(thin(400, 30.0, 500.0).contains(&399));
    }
}
