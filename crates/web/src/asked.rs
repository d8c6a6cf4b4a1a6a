//! What an address asks for. Every state of a page is an address that can be kept and shared.

use domain::Day;
use form_urlencoded::Serializer;

use crate::error::Error;

/// Names and values of an address's query, in its order, blank ones left out: a form sends those for every field that nobody filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        // PostgreSQL keeps no NUL in a text, and no keyboard types one.
        let trimmed = pairs.into_iter().map(|(name, value)| (name, value.replace('\0', "").trim().to_owned()));
        Self(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The first value of a name.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The day of a name, written `2026-03-31`.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Day>, Error> {
        let read = |text: &str| {
            Day::parse(text.as_bytes()).ok_or_else(|| Error::Unreadable(format!("“{text}” is not a date. Write it as 2026-03-31.")))
        };
        self.one(name).map(read).transpose()
    }

    /// The whole number of a name.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, Error> {
        let read = |text: &str| text.parse().map_err(|_| Error::Unreadable(format!("“{text}” is not a whole number.")));
        self.one(name).map(read).transpose()
    }

    /// With this value alone under the name.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut asked = self.without(name);
        asked.0.push((name.to_owned(), value.to_owned()));
        asked
    }

    /// Without the name.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(known, _)| known != name).cloned().collect())
    }

    /// Without one value of the name.
    pub(crate) fn without_value(&self, name: &str, value: &str) -> Self {
        Self(self.0.iter().filter(|(known, other)| (known.as_str(), other.as_str()) != (name, value)).cloned().collect())
    }

    /// Nothing but these names.
    pub(crate) fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(known, _)| names.contains(&known.as_str())).cloned().collect())
    }

    /// The address that asks for this of a page.
    pub(crate) fn of(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        format!("{path}?{}", Serializer::new(String::new()).extend_pairs(&self.0).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::new(pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn an_address_is_rebuilt_with_one_thing_changed() {
        let all = asked(&[("on", "2026-03-31"), ("sex", ""), ("age_band", "0"), ("age_band", "16_plus")]);
        assert_eq!(all.of("/children"), "/children?on=2026-03-31&age_band=0&age_band=16_plus");
        assert_eq!(all.without_value("age_band", "0").of("/children"), "/children?on=2026-03-31&age_band=16_plus");
        assert_eq!(all.with("age_band", "5_9").of("/children"), "/children?on=2026-03-31&age_band=5_9");
        assert_eq!(all.only(&["nothing"]).of("/children"), "/children");
        assert_eq!(asked(&[("area", "Bath & NE Somerset")]).of("/b"), "/b?area=Bath+%26+NE+Somerset");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(asked(&[("on", "2026-03-31")]).day("on").unwrap(), Day::from_ymd(2026, 3, 31));
        assert!(asked(&[("on", "31st of March")]).day("on").is_err());
        assert!(asked(&[("page", "two")]).number::<usize>("page").is_err());
    }
}
