//! What every form field has: a label, perhaps a hint, perhaps what is wrong, tied together for screen readers.

use maud::{Markup, html};

/// A field of one control.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub label: &'a str,
    pub size: Size,
    pub hint: Option<&'a str>,
    /// What is wrong and how to put it right.
    pub error: Option<&'a str>,
}

/// A field of several controls under one legend.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// The first control's id; the others' ids start with it.
    pub id: &'a str,
    pub name: &'a str,
    pub legend: &'a str,
    pub size: Size,
    pub hint: Option<&'a str>,
    /// What is wrong and how to put it right.
    pub error: Option<&'a str>,
}

/// One of several values to choose.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub text: &'a str,
    pub hint: Option<&'a str>,
    pub state: Chosen,
}

/// Whether a choice is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    #[default]
    No,
    Yes,
}

/// The size of a label, legend or caption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    #[default]
    Body,
    Small,
    Medium,
    Large,
    /// For screen readers only, where the heading above says the same.
    Hidden,
}

impl<'a> Field<'a> {
    /// A field whose id is its name.
    pub const fn new(name: &'a str, label: &'a str) -> Self {
        Self { id: name, name, label, size: Size::Body, hint: None, error: None }
    }

    pub(super) fn described_by(&self) -> Option<String> {
        described_by(self.id, self.hint, self.error)
    }

    /// The group around a control: label, hint and error first.
    pub(super) fn wrap(&self, control: &Markup) -> Markup {
        let label = match self.size {
            Size::Body => "govuk-label",
            Size::Small => "govuk-label govuk-label--s",
            Size::Medium => "govuk-label govuk-label--m",
            Size::Large => "govuk-label govuk-label--l",
            Size::Hidden => "govuk-label govuk-visually-hidden",
        };
        html! {
            div class=(form_group(self.error)) {
                label class=(label) for=(self.id) { (self.label) }
                (hint_and_error(self.id, self.hint, self.error))
                (control)
            }
        }
    }
}

impl<'a> Group<'a> {
    /// A group whose first id is its name.
    pub const fn new(name: &'a str, legend: &'a str) -> Self {
        Self { id: name, name, legend, size: Size::Body, hint: None, error: None }
    }

    /// The fieldset around several controls: legend, hint and error first.
    pub(super) fn wrap(&self, role: Option<&str>, controls: &Markup) -> Markup {
        let legend = match self.size {
            Size::Body => "govuk-fieldset__legend",
            Size::Small => "govuk-fieldset__legend govuk-fieldset__legend--s",
            Size::Medium => "govuk-fieldset__legend govuk-fieldset__legend--m",
            Size::Large => "govuk-fieldset__legend govuk-fieldset__legend--l",
            Size::Hidden => "govuk-fieldset__legend govuk-visually-hidden",
        };
        html! {
            div class=(form_group(self.error)) {
                fieldset class="govuk-fieldset" role=[role] aria-describedby=[described_by(self.id, self.hint, self.error)] {
                    legend class=(legend) { (self.legend) }
                    (hint_and_error(self.id, self.hint, self.error))
                    (controls)
                }
            }
        }
    }
}

impl<'a> Choice<'a> {
    /// A choice that is not taken.
    pub const fn new(value: &'a str, text: &'a str) -> Self {
        Self { value, text, hint: None, state: Chosen::No }
    }

    /// The same choice, taken if its value is this one.
    #[must_use]
    pub fn chosen_if(self, value: &str) -> Self {
        Self { state: if self.value == value { Chosen::Yes } else { Chosen::No }, ..self }
    }

    pub(super) fn is_chosen(&self) -> bool {
        self.state == Chosen::Yes
    }
}

fn form_group(error: Option<&str>) -> &'static str {
    if error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
}

fn described_by(id: &str, hint: Option<&str>, error: Option<&str>) -> Option<String> {
    let ids: Vec<String> = [hint.map(|_| format!("{id}-hint")), error.map(|_| format!("{id}-error"))].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_and_error(id: &str, hint: Option<&str>, error: Option<&str>) -> Markup {
    html! {
        @if let Some(hint) = hint { div id={ (id) "-hint" } class="govuk-hint" { (hint) } }
        @if let Some(error) = error {
            p id={ (id) "-error" } class="govuk-error-message" { span class="govuk-visually-hidden" { "Error:" } " " (error) }
        }
    }
}
