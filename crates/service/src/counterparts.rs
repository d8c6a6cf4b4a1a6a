//! Which measure card counts the same thing as which published measure, so that an authority's own figure may stand beside others'.

/// A card and what turns its value into the published unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counterpart {
    /// The card.
    pub card: &'static str,
    /// The published measure.
    pub indicator: &'static str,
    /// The published value of a card's 1: cards hold ratios from 0 to 1, publishers print percent.
    pub factor: f64,
}

const fn counterpart(card: &'static str, indicator: &'static str, factor: f64) -> Counterpart {
    Counterpart { card, indicator, factor }
}

/// Only pairs of one definition. Distance is not among them: the published measure counts children over 20 miles *and* outside the
/// boundary, and no card does (dossier A-check X1).
const COUNTERPARTS: [Counterpart; 6] = [
    counterpart("M01a", "children-looked-after", 1.0),
    counterpart("M01b", "children-looked-after-rate", 1.0),
    counterpart("M02a", "started", 1.0),
    counterpart("M02b", "ceased", 1.0),
    counterpart("M03", "three-or-more-placements", 100.0),
    counterpart("M04", "long-term-stability", 100.0),
];

/// The card of a published measure, if one counts the same.
pub fn of_indicator(id: &str) -> Option<Counterpart> {
    COUNTERPARTS.into_iter().find(|pair| pair.indicator == id)
}

/// The published measure of a card, if one counts the same.
pub fn of_card(id: &str) -> Option<Counterpart> {
    COUNTERPARTS.into_iter().find(|pair| pair.card == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{App, indicators};

    #[test]
    fn both_sides_of_every_pair_exist_and_agree_on_percent() {
        let app = App::new();
        for pair in COUNTERPARTS {
            let card = analysis::measure::card(pair.card).unwrap();
            let indicator = indicators::indicator(app.published(), pair.indicator).unwrap();
            let ratio = card.unit == analysis::measure::Unit::Ratio;
            assert_eq!((ratio, pair.factor > 1.0), (indicator.is_percentage(), ratio), "{pair:?}");
        }
    }
}
