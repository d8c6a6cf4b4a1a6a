//! What a statutory rule means, for people who mend what it finds.

use ingest::ssda903::rules;

/// A statutory rule in words. There is one text: the documentation of the rule's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The Department's code.
    pub code: &'static str,
    /// What it looks for, in a line.
    pub title: &'static str,
    /// The whole text; paragraphs are apart by an empty line.
    pub text: String,
    /// How to mend a row that breaks it; may be empty.
    pub mend: String,
}

/// The meaning of a rule; nothing for one that is not among the Department's.
pub fn meaning(code: &str) -> Option<Meaning> {
    let rule = rules::find(code)?;
    Some(Meaning { code: rule.code, title: rule.title(), text: rule.meaning(), mend: rule.mend() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_it_looks_for_and_ours_have_none() {
        let rule = meaning("501").unwrap();
        assert!(!rule.title.is_empty() && rule.text.contains(rule.title));
        assert_eq!(meaning("overlap-cut"), None);
    }
}
