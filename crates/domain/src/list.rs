//! Short lists of words with a meaning in law or practice. A list is a table, written once: the word of files and of the database, and the words that
//! people read.

use std::fmt;

/// A word that is not on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotListed {
    /// What was looked for: `kind of setting`.
    pub what: &'static str,
    /// The word given.
    pub word: String,
    /// The words there are.
    pub known: Vec<&'static str>,
}

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no {}: write one of {}", self.word, self.what, self.known.join(", "))
    }
}

impl std::error::Error for NotListed {}

/// Declares an enum as a table of `Variant = word, label`.
#[macro_export]
macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$each:meta])* $variant:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which people read them.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word of files, addresses and the database.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::list::NotListed;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.into_iter().find(|one| one.word() == word);
                let known = || Self::ALL.iter().map(|one| one.word()).collect();
                found.ok_or_else(|| $crate::list::NotListed { what: $what, word: word.to_owned(), known: known() })
            }
        }
    };
}
pub(crate) use list;

#[cfg(test)]
mod tests {
    use crate::setting::Kind;

    #[test]
    fn words_read_back_and_others_are_answered_with_the_list() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        let said = "castle".parse::<Kind>().unwrap_err().to_string();
        assert!(said.starts_with("“castle” is no kind of setting: write one of childrens-home, "), "{said}");
    }
}
