//! What somebody typed, and how well a name or a number fits it.

use domain::list;

use super::fold;
use crate::Error;

/// A name, a number or a part of one is never longer.
const LONGEST: usize = 100;

list! {
    /// How well something fits what was typed, the best first.
    Likeness, "likeness" {
        /// It is that.
        Same = "same", "It is that";
        /// It begins so.
        Begins = "begins", "It begins so";
        /// Each word that was typed begins one of its words.
        Words = "words", "Its words begin so";
        /// It holds that somewhere.
        Within = "within", "It holds that";
        /// It is spelt nearly so.
        Nearly = "nearly", "It is spelt nearly so";
    }
}

/// What somebody typed, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Query {
    words: Vec<String>,
    whole: String,
}

impl Query {
    /// What was typed.
    ///
    /// # Errors
    /// [`Error::Unusable`] for nothing, for a single letter, and for more than anything is called.
    pub(super) fn read(typed: &str) -> Result<Self, Error> {
        let refused = |why: &str| Err(Error::Unusable(why.to_owned()));
        if typed.trim().is_empty() {
            return refused("Type what you look for: a reference, a name, a number or a postcode.");
        }
        if typed.chars().count() > LONGEST {
            return refused("Type no more than 100 characters: part of a name or number is enough.");
        }
        let words = fold::words(typed);
        let whole = words.concat();
        if whole.chars().count() < 2 {
            return refused("Type at least two letters or figures.");
        }
        Ok(Self { words, whole })
    }

    /// How well a name fits.
    pub(super) fn name(&self, name: &str) -> Option<Likeness> {
        let words = fold::words(name);
        let whole = words.concat();
        if let found @ Some(Likeness::Same | Likeness::Begins) = self.compared(&whole) {
            return found;
        }
        let each = |fits: fn(&str, &str) -> bool| self.words.iter().all(|asked| words.iter().any(|word| fits(word, asked)));
        if each(|word, asked| word.starts_with(asked)) {
            Some(Likeness::Words)
        } else if whole.contains(&self.whole) || each(|word, asked| word.starts_with(asked) || (asked.len() > 1 && word.contains(asked))) {
            Some(Likeness::Within)
        } else {
            None
        }
    }

    /// How well a number, a reference or a postcode fits; a slip of the hand makes another one of it, so none is nearly right.
    pub(super) fn number(&self, number: &str) -> Option<Likeness> {
        self.compared(&fold::whole(number))
    }

    /// Whether a name is spelt nearly so: every word that was typed is one of its words but for a slip, or two in a long one.
    pub(super) fn is_nearly(&self, name: &str) -> bool {
        let words = fold::words(name);
        self.words.iter().all(|asked| words.iter().any(|word| nearly(word, asked)))
    }

    fn compared(&self, whole: &str) -> Option<Likeness> {
        if whole == self.whole {
            Some(Likeness::Same)
        } else if whole.starts_with(&self.whole) {
            Some(Likeness::Begins)
        } else {
            whole.contains(&self.whole).then_some(Likeness::Within)
        }
    }
}

/// One slip in a word of four letters or more, two in one of eight or more; what holds a figure is a number.
fn nearly(word: &str, asked: &str) -> bool {
    if word.starts_with(asked) {
        return true;
    }
    let (long, other) = (asked.chars().count(), word.chars().count());
    let slips = match long {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    let digits = asked.chars().any(|letter| letter.is_ascii_digit());
    !digits && long.abs_diff(other) <= slips && strsim::osa_distance(word, asked) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(typed: &str) -> Query {
        Query::read(typed).unwrap()
    }

    #[test]
    fn the_better_it_fits_the_earlier_it_stands() {
        let elm = query("elm");
        let fits = ["Elm", "Elm House", "Old Elm House", "Wychelm"].map(|name| elm.name(name));
        assert_eq!(fits, [Likeness::Same, Likeness::Begins, Likeness::Words, Likeness::Within].map(Some));
        assert_eq!(elm.name("Oak House"), None);
        assert_eq!(query("house elm").name("Elm House"), Some(Likeness::Words));
        assert_eq!(query("elm-house").name("ELMHOUSE"), Some(Likeness::Same));
        assert_eq!(query("elmhouse").name("The Elm House"), Some(Likeness::Within));
        assert_eq!(query("NG1 5AA").number("ng15aa"), Some(Likeness::Same));
    }

    #[test]
    fn a_slip_is_forgiven_in_words_and_never_in_numbers() {
        for (typed, name) in
            [("Hosue", "Elm House"), ("elm huose", "Elm House"), ("Sycamroe Lodge", "Sycamore Lodge"), ("rivreside", "Riverside")]
        {
            assert!(query(typed).is_nearly(name) && query(typed).name(name).is_none(), "{typed}");
        }
        for (typed, name) in [("oat", "Oak"), ("9000013", "9000012"), ("mill", "Hall"), ("house", "Hospice")] {
            assert!(!query(typed).is_nearly(name), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_looked_for_says_what_to_type() {
        for (typed, said) in [("  ", "Type what you look for"), ("a", "at least two"), ("%", "at least two"), ("'; -- ", "at least two")] {
            assert!(Query::read(typed).unwrap_err().to_string().contains(said), "{typed}");
        }
        assert!(Query::read(&"a".repeat(1000)).unwrap_err().to_string().contains("no more than 100"));
        assert_eq!(query("' OR 1=1 --").whole, "or11");
    }
}
