use maud::{Markup, Render, html};

/// A verb to press. The words say what happens ("Show these children"), never "Submit".
pub struct Button<'a> {
    pub text: &'a str,
    pub look: Look,
    pub press: Press<'a>,
}

/// How much a button draws the eye: one primary on a page at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Primary,
    Secondary,
    Warning,
}

/// What pressing does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Press<'a> {
    /// Sends the form.
    #[default]
    Submit,
    /// Sends the form together with this pair, so that the receiver knows which button it was.
    SubmitAs { name: &'a str, value: Option<&'a str> },
    /// Sends the form as something to be kept, where its other buttons only ask; with this pair, which a question's address must not hold.
    Post(Option<(&'a str, &'a str)>),
    /// Goes to an address.
    Follow(&'a str),
}

impl Look {
    const fn classes(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
        }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let classes = self.look.classes();
        match self.press {
            Press::Submit => html! { button type="submit" class=(classes) data-module="govuk-button" { (self.text) } },
            Press::SubmitAs { name, value } => html! {
                button type="submit" name=(name) value=[value] class=(classes) data-module="govuk-button" { (self.text) }
            },
            Press::Post(pair) => html! {
                button type="submit" formmethod="post" name=[pair.map(|pair| pair.0)] value=[pair.map(|pair| pair.1)] class=(classes)
                    data-module="govuk-button" { (self.text) }
            },
            Press::Follow(href) => html! {
                a href=(href) role="button" draggable="false" class=(classes) data-module="govuk-button" { (self.text) }
            },
        }
    }
}
