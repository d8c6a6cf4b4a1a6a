use maud::{Markup, Render, html};

/// A status. The words carry the meaning and the tone repeats it, so nothing is lost in black and white.
pub struct Tag<'a> {
    pub text: &'a str,
    pub tone: Tone,
}

/// What a status means to the reader, not what colour it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The colour of the accent: neither good nor bad.
    #[default]
    Accent,
    /// Said for completeness.
    Quiet,
    /// As it should be.
    Good,
    /// Will need somebody.
    Soon,
    /// Needs somebody now.
    Now,
}

impl Tone {
    const fn classes(self) -> &'static str {
        match self {
            Self::Accent => "govuk-tag",
            Self::Quiet => "govuk-tag govuk-tag--grey",
            Self::Good => "govuk-tag govuk-tag--teal",
            Self::Soon => "govuk-tag govuk-tag--orange",
            Self::Now => "govuk-tag govuk-tag--red",
        }
    }
}

impl Render for Tag<'_> {
    fn render(&self) -> Markup {
        html! { strong class=(self.tone.classes()) { (self.text) } }
    }
}
