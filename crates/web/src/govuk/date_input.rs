use maud::{Markup, Render, html};

use super::Group;

/// A date in three boxes: nothing to learn, works with every keyboard, and nothing pops up.
///
/// The fields are sent as `{name}-day`, `{name}-month` and `{name}-year`.
pub struct DateInput<'a> {
    pub group: Group<'a>,
    /// Day, month and year as they were entered, right or wrong.
    pub values: [&'a str; 3],
}

impl Render for DateInput<'_> {
    fn render(&self) -> Markup {
        let group = &self.group;
        let parts = ["day", "month", "year"].into_iter().zip(["Day", "Month", "Year"]).zip(self.values).zip([2, 2, 4]);
        let boxes = html! {
            div class="govuk-date-input" id=(group.id) {
                @for (((part, label), value), width) in parts { (self.part(part, label, value, width)) }
            }
        };
        group.wrap(Some("group"), &boxes)
    }
}

impl DateInput<'_> {
    fn part(&self, part: &str, label: &str, value: &str, width: u8) -> Markup {
        let group = &self.group;
        let (id, name) = (format!("{}-{part}", group.id), format!("{}-{part}", group.name));
        let error = if group.error.is_some() { " govuk-input--error" } else { "" };
        html! {
            div class="govuk-date-input__item" {
                div class="govuk-form-group" {
                    label class="govuk-label govuk-date-input__label" for=(id) { (label) }
                    input class={ "govuk-input govuk-date-input__input" (error) " govuk-input--width-" (width) } id=(id) name=(name)
                        type="text" value=[(!value.is_empty()).then_some(value)] inputmode="numeric";
                }
            }
        }
    }
}
