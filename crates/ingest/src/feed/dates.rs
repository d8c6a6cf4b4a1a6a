//! Dates as a case system writes them, by a form such as `%d/%m/%Y`.

use domain::Day;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// How dates are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateForm(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    MonthName,
    Year,
    /// Hours, minutes or seconds: let pass, for a fact of the record holds from a day.
    Time,
    Literal(char),
}

impl DateForm {
    /// A form of `%d` (day), `%m` (month), `%b` (Apr or April), `%Y` (year), `%H`, `%M`, `%S` (a time, which is let pass) and what stands between them.
    /// The error is the rest of a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                parts.push(Part::Literal(letter));
                continue;
            }
            parts.push(match letters.next() {
                Some('d') => Part::Day,
                Some('m') => Part::Month,
                Some('b' | 'B') => Part::MonthName,
                Some('Y') => Part::Year,
                Some('H' | 'M' | 'S') => Part::Time,
                Some('y') => {
                    return Err(
                        "has a year of two figures, which may be of either century: let the export write four, and the form %Y".to_owned()
                    );
                }
                other => {
                    let other = other.map_or_else(String::new, |letter| letter.to_string());
                    return Err(format!("has %{other}, which is not known: write it of %d, %m or %b, %Y and, for a time, %H, %M, %S"));
                }
            });
        }
        let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
        if (count(&[Part::Day]), count(&[Part::Month, Part::MonthName]), count(&[Part::Year])) == (1, 1, 1) {
            Ok(Self(parts))
        } else {
            Err("needs a day, a month and a year, each once: %d/%m/%Y for 31/03/2026, %Y-%m-%d for 2026-03-31, %d-%b-%Y for 31-Mar-2026"
                .to_owned())
        }
    }

    /// `2026-03-31`.
    pub(super) fn iso() -> Self {
        let dash = Part::Literal('-');
        Self(vec![Part::Year, dash, Part::Month, dash, Part::Day])
    }

    /// The day that a text is; nothing where it is not written so.
    pub(super) fn day(&self, text: &str) -> Option<Day> {
        let mut rest = text;
        let (mut year, mut month, mut day) = (0, 0, 0);
        for part in &self.0 {
            match part {
                Part::Day => (day, rest) = number(rest, 1, 2)?,
                Part::Month => (month, rest) = number(rest, 1, 2)?,
                Part::Year => (year, rest) = number(rest, 4, 4)?,
                Part::Time => (_, rest) = number(rest, 1, 2)?,
                Part::MonthName => (month, rest) = month_name(rest)?,
                Part::Literal(letter) => rest = rest.strip_prefix(*letter)?,
            }
        }
        // No child of any record was born in another millennium; a year such as 0026 is a slip of the export.
        (rest.is_empty() && (1900..=2199).contains(&year)).then(|| Day::from_ymd(year, month, day)).flatten()
    }

    /// The form as a mapping writes it.
    pub(super) fn text(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Day => "%d".to_owned(),
                Part::Month => "%m".to_owned(),
                Part::MonthName => "%b".to_owned(),
                Part::Year => "%Y".to_owned(),
                Part::Time => "%H".to_owned(),
                Part::Literal(letter) => letter.to_string(),
            })
            .collect()
    }
}

/// A number of so many figures at the front, and what follows.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let figures = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (front, rest) = text.split_at_checked(figures)?;
    (figures >= least).then(|| front.parse().ok()).flatten().map(|number| (number, rest))
}

/// `Apr` or `April` in any case at the front, and what follows.
fn month_name(text: &str) -> Option<(u32, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (front, rest) = text.split_at_checked(letters)?;
    let front = front.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == front || (front.len() == 3 && month.starts_with(&front)) || (front == "sept" && *month == "september"));
    at.map(|at| (at as u32 + 1, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_by_their_form_alone() {
        let day = Day::from_ymd(2026, 4, 1);
        for (form, text) in [
            ("%d/%m/%Y", "01/04/2026"),
            ("%d/%m/%Y", "1/4/2026"),
            ("%Y-%m-%d", "2026-04-01"),
            ("%d-%b-%Y", "01-Apr-2026"),
            ("%d %B %Y", "1 april 2026"),
            ("%d/%m/%Y %H:%M:%S", "01/04/2026 13:05:59"),
            ("%m/%d/%Y", "04/01/2026"),
        ] {
            assert_eq!(DateForm::parse(form).unwrap().day(text), day, "{form} {text}");
        }
        let english = DateForm::parse("%d/%m/%Y").unwrap();
        for text in ["", "2026-04-01", "31/02/2026", "04/13/2026", "1/4/26", "01/04/2026 00:00", "01/04/0026", "é", "01/é4/2026"] {
            assert_eq!(english.day(text), None, "{text}");
        }
        assert_eq!(DateForm::iso(), DateForm::parse("%Y-%m-%d").unwrap());
        assert_eq!(english.text(), "%d/%m/%Y");
    }

    #[test]
    fn a_form_that_leaves_the_day_open_is_refused() {
        for (form, said) in [
            ("%d/%m/%y", "either century"),
            ("%d/%m", "each once"),
            ("%d/%d/%m/%Y", "each once"),
            ("%q", "%q, which is not known"),
            ("%", "not known"),
        ] {
            let fault = DateForm::parse(form).unwrap_err();
            assert!(fault.contains(said), "{form}: {fault}");
        }
    }
}
