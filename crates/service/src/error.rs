//! Why something could not be done, in words for the person who asked.

use domain::Finding;
use domain::list::NotListed;

/// The one error of the service layer. Each variant's text is a whole sentence with the way out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing under this name.
    #[error("{}", not_found(.what, .name, .near))]
    NotFound {
        /// The kind of thing: `authority`, `measure`.
        what: &'static str,
        /// The name asked for.
        name: String,
        /// Names that are nearly it, the nearest first.
        near: Vec<String>,
    },
    /// What was given cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// Not for this person.
    #[error("You may not do this. Whoever looks after people and permissions can tell you who may.")]
    Denied(domain::access::Denied),
    /// Somebody else changed it meanwhile; nothing was written.
    #[error(
        "Somebody else changed this while you were looking at it. Nothing of yours was saved: look at it again, and make your change anew if it is still needed."
    )]
    Stale,
    /// The database failed.
    #[error("The database failed. Nothing was saved.")]
    Database {
        /// The engine's code for what happened, which names no row.
        code: String,
        /// The engine's own words, which may: for the machine's owner, not for a log or a page.
        source: store::Error,
    },
    /// A fault of ours or of the machine.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A file of which nothing could be read: what it must look like, and what was found first.
    pub(crate) fn no_line(file: &str, form: &str, findings: &[Finding]) -> Self {
        let first = findings.first().map_or(String::new(), |finding| format!(" {}", finding.message));
        Self::Unusable(format!("{file} has no line that can be used. It must be CSV with the columns {form}.{first}"))
    }
}

impl From<store::Error> for Error {
    fn from(fault: store::Error) -> Self {
        match fault {
            store::Error::Stale => Self::Stale,
            store::Error::Taken => Self::Unusable("This is in the record already.".to_owned()),
            store::Error::Unusable(why) => Self::Unusable(format!("The database cannot be used: {why}.")),
            store::Error::Engine(_) => Self::Database { code: fault.code(), source: fault },
        }
    }
}

/// More names than these are a list to choose from, not guesses at what was meant.
const FEW: usize = 4;

fn not_found(what: &str, name: &str, near: &[String]) -> String {
    // An identity says nothing to a reader.
    if name.len() == 36 && name.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-') {
        return format!("There is no such {what}, or it is not open to you.");
    }
    match near {
        [] => format!("There is no {what} called “{name}”."),
        [one] => format!("There is no {what} called “{name}”. Did you mean {one}?"),
        [firsts @ .., last] if firsts.len() >= FEW => {
            format!("There is no {what} called “{name}”. Those there are: {} and {last}.", firsts.join(", "))
        }
        [firsts @ .., last] => format!("There is no {what} called “{name}”. Did you mean {} or {last}?", firsts.join(", ")),
    }
}

impl From<NotListed> for Error {
    fn from(fault: NotListed) -> Self {
        Self::NotFound { what: fault.what, name: fault.word, near: fault.known.into_iter().map(str::to_owned).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered() {
        let error =
            |near: &[&str]| Error::NotFound { what: "authority", name: "Notingham".into(), near: near.iter().map(|&n| n.into()).collect() };
        assert_eq!(error(&[]).to_string(), "There is no authority called “Notingham”.");
        assert_eq!(error(&["Nottingham"]).to_string(), "There is no authority called “Notingham”. Did you mean Nottingham?");
        assert!(error(&["Nottingham", "Nottinghamshire"]).to_string().ends_with("Did you mean Nottingham or Nottinghamshire?"));
    }
}
