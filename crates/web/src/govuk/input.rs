use maud::{Markup, Render, html};

use super::Field;

/// One line of text.
#[derive(Clone, Copy, Debug)]
pub struct TextInput<'a> {
    pub field: Field<'a>,
    pub value: &'a str,
    pub mode: InputMode,
    /// Characters that fit (2, 3, 4, 5, 10, 20 or 30), where the length says what is expected.
    pub width: Option<u8>,
    /// A unit before the number (`£`).
    pub prefix: Option<&'a str>,
    /// A unit after the number (`miles`).
    pub suffix: Option<&'a str>,
    pub kind: InputKind,
    /// What a browser may fill in by itself (`username`, `one-time-code`).
    pub autocomplete: Option<&'a str>,
}

/// What is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    /// An address to send mail to.
    Email,
    /// Something that nobody beside should read, and that no answer repeats.
    Password,
}

/// Which keyboard a telephone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputMode {
    #[default]
    Text,
    /// Whole numbers.
    Numeric,
    /// Numbers with a point.
    Decimal,
}

impl<'a> TextInput<'a> {
    /// A plain input without a unit.
    pub const fn new(field: Field<'a>, value: &'a str) -> Self {
        Self { field, value, mode: InputMode::Text, width: None, prefix: None, suffix: None, kind: InputKind::Text, autocomplete: None }
    }

    /// A password: never shown, never given back.
    pub const fn password(field: Field<'a>, autocomplete: &'a str) -> Self {
        Self { kind: InputKind::Password, autocomplete: Some(autocomplete), ..Self::new(field, "") }
    }
}

impl InputKind {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}

impl InputMode {
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Numeric => Some("numeric"),
            Self::Decimal => Some("decimal"),
        }
    }
}

impl Render for TextInput<'_> {
    fn render(&self) -> Markup {
        let field = &self.field;
        let width = self.width.map_or_else(String::new, |width| format!(" govuk-input--width-{width}"));
        let error = if field.error.is_some() { " govuk-input--error" } else { "" };
        let input = html! {
            input class={ "govuk-input" (width) (error) } id=(field.id) name=(field.name) type=(self.kind.attribute())
                spellcheck=[(self.kind != InputKind::Text).then_some("false")] value=[(!self.value.is_empty()).then_some(self.value)] inputmode=[self.mode.attribute()]
                autocomplete=[self.autocomplete] aria-describedby=[field.described_by()];
        };
        if self.prefix.is_none() && self.suffix.is_none() {
            return field.wrap(&input);
        }
        field.wrap(&html! {
            div class="govuk-input__wrapper" {
                @if let Some(prefix) = self.prefix { div class="govuk-input__prefix" aria-hidden="true" { (prefix) } }
                (input)
                @if let Some(suffix) = self.suffix { div class="govuk-input__suffix" aria-hidden="true" { (suffix) } }
            }
        })
    }
}
