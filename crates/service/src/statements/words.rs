//! Plain words from numbers: more, fewer, the same, not known. Percent and percentage points never mix (dossier F11).

use domain::Value;
use domain::number::{half_up, percent_change};
use report::chart::Unit;

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// `1 child`, `639 children`, `no children`.
pub(super) fn children(count: f64) -> String {
    counted(count, "child", "children")
}

/// A number with its noun: `1 home`, `12 homes`, `no homes`.
pub(super) fn counted(count: f64, one: &str, many: &str) -> String {
    match Unit::count().show(count) {
        shown if shown == "0" => format!("no {many}"),
        shown if shown == "1" => format!("1 {one}"),
        shown => format!("{shown} {many}"),
    }
}

/// The noun that goes with a number as it is shown.
pub(super) fn noun(count: f64, one: &'static str, many: &'static str) -> &'static str {
    if Unit::count().show(count) == "1" { one } else { many }
}

/// Small numbers as words, as people write them.
pub(super) fn number_word(count: usize) -> String {
    const WORDS: [&str; 11] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| Unit::count().show(count as f64), |&word| word.to_owned())
}

/// Which way a number went. What is shown as the same is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Level,
}

impl Way {
    /// Between two numbers as they are shown.
    pub(super) fn between(before: f64, after: f64, places: u32) -> Self {
        Self::of(half_up(after, places) - half_up(before, places))
    }

    fn of(difference: f64) -> Self {
        if difference > 1e-9 {
            Self::Up
        } else if difference < -1e-9 {
            Self::Down
        } else {
            Self::Level
        }
    }
}

/// How a count compares with that of a year before: `28 more than a year before (4.5%)`.
pub(super) fn count_on_year(before: Value, after: f64) -> String {
    let Some(before) = before.known() else { return "with no figure for the year before to set beside it".to_owned() };
    let difference = (after - before).abs();
    let grown = percent_change(before, after).map_or_else(String::new, |percent| format!(" ({})", Unit::percent(1).show(percent.abs())));
    match Way::of(after - before) {
        Way::Up => format!("{} more than a year before{grown}", Unit::count().show(difference)),
        Way::Down => format!("{} fewer than a year before{grown}", Unit::count().show(difference)),
        Way::Level => "the same number as a year before".to_owned(),
    }
}

/// How a percentage compares with that of a year before: `2 percentage points higher than a year before`.
pub(super) fn points_on_year(before: Value, after: f64, places: u32) -> String {
    let Some(before) = before.known() else { return "with no figure for the year before".to_owned() };
    let difference = half_up((after - before).abs(), places);
    let points = Unit { places, ..Unit::default() }.show(difference);
    let noun = if points == "1" { "percentage point" } else { "percentage points" };
    match Way::between(before, after, places) {
        Way::Up => format!("{points} {noun} higher than a year before"),
        Way::Down => format!("{points} {noun} lower than a year before"),
        Way::Level => "the same as a year before".to_owned(),
    }
}

/// Growth beside another's growth, both in percent: `a faster rise than in East Midlands (2.0%)`.
pub(super) fn growth_beside(own: f64, others: &[(String, Option<f64>)]) -> Option<String> {
    let way = |growth: f64| Way::between(0.0, growth, 1);
    let beside = |(name, theirs): &(String, Option<f64>)| {
        let theirs = (*theirs)?;
        let size = Unit::percent(1).show(theirs.abs());
        let said = match (way(own), way(theirs)) {
            (Way::Up, Way::Up) => match Way::between(theirs, own, 1) {
                Way::Up => format!("a faster rise than in {name} ({size})"),
                Way::Down => format!("a slower rise than in {name} ({size})"),
                Way::Level => format!("the same rise as in {name}"),
            },
            (Way::Down, Way::Down) => match Way::between(theirs, own, 1) {
                Way::Down => format!("a faster fall than in {name} ({size})"),
                Way::Up => format!("a slower fall than in {name} ({size})"),
                Way::Level => format!("the same fall as in {name}"),
            },
            (_, Way::Up) => format!("while {name} rose by {size}"),
            (_, Way::Down) => format!("while {name} fell by {size}"),
            (_, Way::Level) => format!("while {name} stayed level"),
        };
        Some(said)
    };
    let said: Vec<String> = others.iter().filter_map(beside).collect();
    (!said.is_empty()).then(|| list(&said))
}

/// `above`, `below` or `level with` another number, as they are shown.
pub(super) fn stands(own: f64, other: f64, places: u32) -> &'static str {
    match Way::between(other, own, places) {
        Way::Up => "above",
        Way::Down => "below",
        Way::Level => "level with",
    }
}

/// A change with its sign: `+4.5%`, `−1.0`, `0.0%`.
pub(super) fn signed(unit: &Unit, change: f64) -> String {
    let shown = unit.show(change);
    if Way::between(0.0, change, unit.places) == Way::Up { format!("+{shown}") } else { shown }
}

/// The first letter as a capital.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The first letter small, unless the word is all capitals: for titles inside sentences.
pub(super) fn inside(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().collect::<String>() + &words[first.len_utf8()..]
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_say_more_fewer_same_and_not_known() {
        let known = Value::Known;
        assert_eq!(count_on_year(known(628.0), 656.0), "28 more than a year before (4.5%)");
        assert_eq!(count_on_year(known(675.0), 639.0), "36 fewer than a year before (5.3%)");
        assert_eq!(count_on_year(known(639.0), 639.0), "the same number as a year before");
        assert_eq!(count_on_year(known(0.0), 3.0), "3 more than a year before");
        assert!(count_on_year(Value::Suppressed, 3.0).starts_with("with no figure"));
    }

    #[test]
    fn points_are_never_percent() {
        assert_eq!(points_on_year(Value::Known(20.0), 22.0, 0), "2 percentage points higher than a year before");
        assert_eq!(points_on_year(Value::Known(22.0), 21.0, 0), "1 percentage point lower than a year before");
        assert_eq!(points_on_year(Value::Known(22.04), 22.0, 1), "the same as a year before");
    }

    #[test]
    fn growth_is_set_beside_growth_with_care() {
        let beside = |own, theirs| growth_beside(own, &[("England".to_owned(), Some(theirs))]).unwrap();
        assert_eq!(beside(4.5, 2.0), "a faster rise than in England (2.0%)");
        assert_eq!(beside(-4.5, -2.0), "a faster fall than in England (2.0%)");
        assert_eq!(beside(-1.0, -2.0), "a slower fall than in England (2.0%)");
        assert_eq!(beside(1.0, -2.0), "while England fell by 2.0%");
        assert_eq!(beside(2.04, 2.0), "the same rise as in England");
        assert_eq!(growth_beside(2.0, &[("England".to_owned(), None)]), None);
    }

    #[test]
    fn small_words_are_right() {
        assert_eq!((children(1.0), children(0.0), children(1200.0)), ("1 child".into(), "no children".into(), "1,200 children".into()));
        assert_eq!(signed(&Unit::percent(1), -0.04), "0.0%");
        assert_eq!(signed(&Unit::percent(1), 4.46), "+4.5%");
        assert_eq!(
            (inside("Foster placements"), inside("NEET"), inside("A home")),
            ("foster placements".into(), "NEET".into(), "a home".into())
        );
    }
}
