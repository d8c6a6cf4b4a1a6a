//! The fields of a nomination and of an entry of the rota, with all that was typed, wherever they are filled in.

use domain::Day;
use domain::Id;
use domain::office::{Office, Standing};
use domain::person::Person;
use maud::{Markup, html};
use service::people::{self, NewNomination};
use service::record::access::Action;

use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Choice, Chosen, ErrorSummary, Field, Problem, Select, TextInput};

/// What is wrong, beside which field.
pub(super) type Wrong = (&'static str, String);

/// A form that somebody fills in.
pub(super) struct Typing<'a> {
    /// What they typed.
    pub(super) asked: &'a Asked,
    /// Whom they may choose, by identity and name.
    pub(super) eligible: &'a [(String, String)],
    /// What is wrong; nothing before they typed.
    pub(super) wrong: Option<&'a Wrong>,
}

/// What people call a standing.
pub(super) const fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Holder => "Holder",
        Standing::Deputy => "Deputy",
    }
}

/// Those who can be chosen, and whoever stands there already; nobody for whoever may choose nobody.
pub(super) async fn eligible(acting: &Acting, now: Option<(Id<Person>, &str)>) -> Result<Vec<(String, String)>, Error> {
    if !acting.may(Action::OfficeWrite) {
        return Ok(Vec::new());
    }
    let working = people::eligible(&acting.record, &acting.actor, &acting.authority).await?;
    let mut all: Vec<(String, String)> = working.into_iter().map(|person| (person.id.to_string(), person.name)).collect();
    if let Some((id, name)) = now.map(|(id, name)| (id.to_string(), name))
        && !all.iter().any(|(known, _)| *known == id)
    {
        all.push((id, name.to_owned()));
    }
    Ok(all)
}

/// A day as it is typed here; nothing where the field is empty.
pub(super) fn day(asked: &Asked, field: &'static str) -> Result<Option<Day>, Wrong> {
    let read = |text: &str| Day::parse(text.as_bytes()).ok_or_else(|| (field, "Enter the day as 2026-03-31".to_owned()));
    asked.one(field).map(read).transpose()
}

/// The nomination that was typed.
pub(super) fn nomination(asked: &Asked) -> Result<NewNomination, Wrong> {
    let lacks = |field, words: &str| (field, words.to_owned());
    let office: Office = asked.one("office").and_then(|word| word.parse().ok()).ok_or_else(|| lacks("office", "Choose the office"))?;
    let person = asked.one("person").and_then(|id| id.parse().ok()).ok_or_else(|| lacks("person", "Choose who is nominated"))?;
    let start = day(asked, "start")?.ok_or_else(|| lacks("start", "Enter the first day as 2026-03-31"))?;
    let standing = asked.one("standing").and_then(|word| word.parse().ok()).unwrap_or(Standing::Deputy);
    Ok(NewNomination {
        office,
        standing,
        person,
        start,
        end: day(asked, "end")?,
        written: asked.one("written").unwrap_or_default().to_owned(),
    })
}

/// The entry of the rota that was typed: who, and which night.
pub(super) fn duty(asked: &Asked) -> Result<(Id<Person>, Day), Wrong> {
    let person = asked.one("on-duty").and_then(|id| id.parse().ok()).ok_or_else(|| ("on-duty", "Choose who is on duty".to_owned()))?;
    let night = day(asked, "night")?.ok_or_else(|| ("night", "Enter the day as 2026-03-31".to_owned()))?;
    Ok((person, night))
}

/// Which field of a nomination a refusal is about shows in its words.
pub(super) fn about_nomination(words: &str) -> &'static str {
    match words {
        words if words.contains("yourself") || words.contains("works here") || words.contains("your own") => "person",
        words if words.contains("signed nomination") => "written",
        words if words.contains("Say why") => "reason",
        _ => "start",
    }
}

/// Which field of the rota a refusal is about.
pub(super) fn about_duty(words: &str) -> &'static str {
    match words {
        words if words.contains("telephone") => "telephone",
        words if words.contains("works here") => "on-duty",
        words if words.contains("Say why") => "reason",
        _ => "night",
    }
}

/// What was refused beside the field that it is about; nothing where it was done.
pub(super) fn refused<T>(done: Result<T, service::Error>, about: impl Fn(&str) -> &'static str) -> Result<Option<Wrong>, Error> {
    match done {
        Ok(_) => Ok(None),
        Err(service::Error::Unusable(words)) => Ok(Some((about(&words), words))),
        Err(fault) => Err(fault.into()),
    }
}

impl Typing<'_> {
    fn error(&self, name: &str) -> Option<&str> {
        self.wrong.filter(|(field, _)| *field == name).map(|(_, words)| words.as_str())
    }

    fn typed(&self, name: &str) -> &str {
        self.asked.one(name).unwrap_or_default()
    }

    /// What is wrong, with the way to its field.
    pub(super) fn summary(&self) -> Markup {
        html! {
            @if let Some((field, text)) = self.wrong {
                (ErrorSummary { description: None, problems: &[Problem { text, href: Some(&format!("#{field}")) }] })
            }
        }
    }

    /// A line of text.
    pub(super) fn line(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        html! { (TextInput::new(Field { hint, error: self.error(name), ..Field::new(name, label) }, self.typed(name))) }
    }

    fn somebody(&self, name: &str) -> Markup {
        let all: Vec<_> = self.eligible.iter().map(|(id, called)| Choice::new(id, called).chosen_if(self.typed(name))).collect();
        html! { (Select { field: Field { error: self.error(name), ..Field::new(name, "Who") }, choices: &all }) }
    }

    /// The fields of a nomination.
    pub(super) fn nomination(&self) -> Markup {
        let words = Office::ALL.map(|office| (office.to_string(), office.words()));
        let offices: Vec<_> = words.iter().map(|(word, text)| Choice::new(word, text).chosen_if(self.typed("office"))).collect();
        let is_holder = self.typed("standing") == "holder";
        let standings = [(Standing::Deputy, !is_holder), (Standing::Holder, is_holder)].map(|(standing, chosen)| {
            let state = if chosen { Chosen::Yes } else { Chosen::No };
            Choice { state, ..Choice::new(if standing == Standing::Holder { "holder" } else { "deputy" }, standing_words(standing)) }
        });
        html! {
            (Select { field: Field { error: self.error("office"), ..Field::new("office", "Office") }, choices: &offices })
            (Select { field: Field::new("standing", "As"), choices: &standings })
            (self.somebody("person"))
            (self.line("start", "First day", Some("Such as 2026-03-31.")))
            (self.line("end", "Day on which it ends", Some("From that day on it makes nothing lawful. Leave it blank where the paper names none.")))
            (self.line("written", "Where the signed paper is", None))
        }
    }

    /// The fields of an entry of the rota.
    pub(super) fn duty(&self) -> Markup {
        html! {
            (self.somebody("on-duty"))
            (self.line("night", "Day on whose evening it begins", Some("Such as 2026-03-31. At weekends, the whole day and night.")))
            (self.line("telephone", "Telephone number", None))
        }
    }
}
