//! Words without what people write differently: capitals, accents, apostrophes, dashes, spaces.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in small letters without accents; an apostrophe joins what stands about it, and anything else that is no letter or figure
/// parts words.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.replace('&', " and ").nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let joined = plain.replace(['\'', '’', '‘', '`'], "");
    let parts = joined.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(|word| word.chars().map(letters).collect()).collect()
}

/// The same without any space: numbers, references and postcodes are written with spaces and dashes or without.
pub(super) fn whole(text: &str) -> String {
    words(text).concat()
}

/// Letters that no accent was added to, as an English keyboard writes them.
fn letters(letter: char) -> String {
    let plain = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        other => return other.to_string(),
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_differently_is_the_same() {
        for (written, folded) in [
            ("Elm House", "elm house"),
            ("ÉLM–HOUSE", "elm house"),
            ("St. Mary’s", "st marys"),
            ("St Mary's", "st marys"),
            ("Oak & Ash", "oak and ash"),
            ("Łódź Straße", "lodz strasse"),
            ("Zoë", "zoe"),
            ("  ", ""),
        ] {
            assert_eq!(words(written).join(" "), folded, "{written}");
        }
        assert_eq!(whole("ng1-5 aa"), "ng15aa");
    }
}
