use maud::{Markup, Render, html};

/// The few numbers that a page is about, side by side.
pub struct Figures<'a>(pub &'a [Figure<'a>]);

/// One number with its reason.
pub struct Figure<'a> {
    /// What is counted.
    pub name: &'a str,
    /// The number as read (`84%`), or in words why there is none.
    pub number: &'a str,
    pub feeling: Feeling,
    /// What it is measured against.
    pub note: &'a str,
    /// The page that answers "why?".
    pub why: Option<&'a str>,
}

/// How a number stands against what is wanted. The note says the same in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Feeling {
    #[default]
    Plain,
    Good,
    /// Somebody should look.
    Now,
    /// There is no number.
    Unknown,
}

impl Feeling {
    const fn classes(self) -> &'static str {
        match self {
            Self::Plain => "pw-number",
            Self::Good => "pw-number pw-number--good",
            Self::Now => "pw-number pw-number--now",
            Self::Unknown => "pw-number pw-number--unknown",
        }
    }
}

impl Render for Figures<'_> {
    fn render(&self) -> Markup {
        html! {
            dl class="pw-figures" {
                @for figure in self.0 {
                    div class="pw-figure" {
                        dt { (figure.name) }
                        dd {
                            span class=(figure.feeling.classes()) { (figure.number) }
                            " "
                            span class="pw-note" {
                                (figure.note)
                                @if let Some(why) = figure.why {
                                    " " a href=(why) { "Why?" span class="govuk-visually-hidden" { " " (figure.name) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
