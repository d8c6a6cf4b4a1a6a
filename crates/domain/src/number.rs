//! What a number is. Five kinds that never mix (dossier F33), and the difference between unknown, nought and withheld (F10).

/// A value as published or computed. A mark is never a number: nothing here turns one into zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number, zero included.
    Known(f64),
    /// Not recorded, so nobody knows.
    Unknown,
    /// Withheld because the number is small, or because it would give a small one away (`c`).
    Suppressed,
    /// The question makes no sense here (`z`).
    NotApplicable,
    /// The publisher has no figure, whatever the reason (`x`, `-`).
    NotAvailable,
    /// More than nothing, but it rounds to nothing (`k`).
    RoundsToZero,
}

impl Value {
    /// The number, if it is one.
    pub const fn known(self) -> Option<f64> {
        match self {
            Self::Known(number) => Some(number),
            _ => None,
        }
    }

    /// The publisher's letter for a mark; nothing for a number.
    pub const fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Known(_) => None,
            Self::Unknown => Some("u"),
            Self::Suppressed => Some("c"),
            Self::NotApplicable => Some("z"),
            Self::NotAvailable => Some("x"),
            Self::RoundsToZero => Some("k"),
        }
    }

    /// The mark in words, for a reader; nothing for a number.
    pub const fn words(self) -> Option<&'static str> {
        match self {
            Self::Known(_) => None,
            Self::Unknown => Some("not known"),
            Self::Suppressed => Some("withheld: small number"),
            Self::NotApplicable => Some("not applicable"),
            Self::NotAvailable => Some("not available"),
            Self::RoundsToZero => Some("rounds to 0"),
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => { $(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name<T = Value>(pub T);
    )+ };
}

kinds! {
    /// What was counted.
    Actual,
    /// What is expected, with its uncertainty.
    Forecast,
    /// What is chosen to be affordable or bought.
    Plan,
    /// What is aimed for.
    Target,
    /// What others have, with source and vintage.
    Benchmark,
}

/// Whole units of an amount: what is left over is none. A share that comes to a whole number only nearly, by the arithmetic of fractions, is that number.
pub fn whole_down(amount: f64) -> u32 {
    (amount + 1e-9) as u32
}

/// Rounds half away from zero, once, for display (dossier F11): `4.45` to `4.5`, `-0.25` to `-0.3`.
/// A value within a billionth of a half counts as the half, so that decimal fractions round as a person would round them.
pub fn half_up(value: f64, places: u32) -> f64 {
    let scale = 10f64.powi(places as i32);
    let scaled = value.abs() * scale;
    let rounded = (scaled + 0.5 + 1e-9 * scaled.max(1.0)).floor() / scale;
    if value < 0.0 && rounded > 0.0 { -rounded } else { rounded }
}

/// A chance as people read it: that of no or of every future drawn is not nothing or certainty.
pub fn chance_in_words(chance: f64) -> String {
    match chance * 100.0 {
        percent if percent < 0.5 => "under 1%".to_owned(),
        percent if percent >= 99.5 => "over 99%".to_owned(),
        percent => format!("{}%", half_up(percent, 0)),
    }
}

/// Growth in percent from `from` to `to`, unrounded; nothing where `from` is not positive.
pub fn percent_change(from: f64, to: f64) -> Option<f64> {
    (from > 0.0).then(|| (to - from) / from * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_the_changes_of_the_nottingham_strategy() {
        // Dossier A-check: exact change, and half-up to one place.
        for (from, to, shown) in [(628.0, 656.0, 4.5), (594.0, 656.0, 10.4), (90.0, 95.0, 5.6), (65.0, 67.0, 3.1), (53.0, 61.0, 15.1)] {
            assert!((half_up(percent_change(from, to).unwrap(), 1) - shown).abs() < 1e-12);
        }
        assert!((half_up(0.125, 2) - 0.13).abs() < 1e-12);
        assert!((half_up(1.005, 2) - 1.01).abs() < 1e-12);
        assert!((half_up(-0.25, 1) + 0.3).abs() < 1e-12);
        assert_eq!(percent_change(0.0, 5.0), None);
    }
}
