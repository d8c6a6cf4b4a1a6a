//! Fields of a form that may stay empty, of types that a case needs in a few kinds of fact.

use domain::Id;
use domain::person::Person;
use maud::Markup;

use super::super::form::Typed;
use super::described::{About, Context, Input, one};

/// A whole number, or nothing where none was typed.
impl Input for Option<u32> {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.figure(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, &self.map(|number| number.to_string()).unwrap_or_default())
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        Some(typed.maybe(about.name, "Enter a whole number, or leave it empty"))
    }

    fn said(&self, _: &About, _: &Context) -> String {
        self.map(|number| number.to_string()).unwrap_or_default()
    }
}

/// A colleague, or nobody yet.
impl Input for Option<Id<Person>> {
    fn field(typed: &Typed, about: &About, cx: &Context) -> Markup {
        let people: Vec<(String, String)> = cx.people.iter().map(|(name, id)| (id.to_string(), name.clone())).collect();
        typed.choice(about.name, about.label, Some("Nobody yet"), &people)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, &self.map(|id| id.to_string()).unwrap_or_default())
    }

    fn read(typed: &mut Typed, about: &About, cx: &Context) -> Option<Self> {
        let text = typed.text(about.name);
        if text.is_empty() {
            return Some(None);
        }
        let read = text.parse().ok().filter(|id| cx.people.iter().any(|(_, known)| known == id));
        if read.is_none() {
            typed.wrong(about.name, "Choose one of the list");
        }
        read.map(Some)
    }

    fn said(&self, about: &About, cx: &Context) -> String {
        self.map(|id| id.said(about, cx)).unwrap_or_default()
    }
}
