//! From an address to a question about the future.

use maud::{Markup, html};
use service::forecasts::{Groups, Model, Request, TOTAL};
use service::holdings::Holding;

use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Choice, Field, Select, Size, TextInput};
use crate::pages::ahead;
use crate::parts::Filter;

pub(super) struct Ask {
    /// As the address has it.
    pub(super) asked: Asked,
    pub(super) request: Request,
    /// The group that is drawn.
    pub(super) group: &'static str,
    /// A number of children that a reader wants the chance of.
    pub(super) more_than: Option<u32>,
    /// The numbers that a program wants the chance of.
    pub(super) exceeds: Vec<u32>,
}

impl Ask {
    pub(super) fn read(holding: &Holding, asked: &Asked) -> Result<Self, Error> {
        let asked = asked.only(&["from", "months", "groups", "model", "group", "more_than", "exceeds"]);
        let (months, from) = (ahead::months(&asked, None)?, ahead::from(holding, &asked, None)?);
        let groups = match asked.one("groups") {
            None | Some("broad") => Groups::Broad,
            Some("detailed") => Groups::Detailed,
            Some(other) => return Err(Error::Unreadable(format!("“{other}” is no way to group homes: broad, or detailed."))),
        };
        let model = match asked.one("model") {
            None | Some("microsimulation") => Model::Microsimulation,
            Some("stock-and-flow") => Model::StockAndFlow,
            Some("blend") => Model::Blend,
            Some(other) => return Err(Error::Unreadable(format!("“{other}” is no model: microsimulation, blend or stock-and-flow."))),
        };
        let names = groups.names();
        // A group of the other grouping falls back to the whole, so that the switch between them never fails.
        let group = asked.one("group").and_then(|name| names.iter().find(|known| **known == name)).copied().unwrap_or(TOTAL);
        let request = Request { groups, model, ..Request::ahead(from, months) };
        let exceeds = asked.one("exceeds").map(numbers).transpose()?.unwrap_or_default();
        Ok(Self { more_than: asked.number("more_than")?, exceeds, asked, request, group })
    }

    pub(super) fn panel(&self, holding: &Holding) -> Markup {
        let from = self.request.from.to_string();
        let hint = holding.known_until().map(|last| format!("The returns end on {}.", last.long()));
        let names = self.request.groups.names();
        let groups: Vec<Choice<'_>> = [TOTAL].iter().chain(&names).map(|&name| Choice::new(name, name).chosen_if(self.group)).collect();
        let grouping = if self.request.groups == Groups::Detailed { "detailed" } else { "broad" };
        let groupings = [Choice::new("broad", "Four broad types"), Choice::new("detailed", "Each kind of home")]
            .map(|choice| choice.chosen_if(grouping));
        let models = [
            Choice::new("microsimulation", "Child by child"),
            Choice::new("blend", "Blend with simple forecasts"),
            Choice::new("stock-and-flow", "Averaged rates (stock and flow)"),
        ]
        .map(|choice| choice.chosen_if(self.request.model.name()));
        let more_than = self.more_than.map(|number| number.to_string()).unwrap_or_default();
        let small = |name, label| Field { size: Size::Small, ..Field::new(name, label) };
        let fields = html! {
            (TextInput { width: Some(10), ..TextInput::new(Field { hint: hint.as_deref(), ..small("from", "From") }, &from) })
            (ahead::reach(&self.request, "How far ahead"))
            (Select { field: small("group", "Drawn"), choices: &groups })
            (Select { field: small("groups", "Kinds of home"), choices: &groupings })
            (Select { field: small("model", "Model"), choices: &models })
            (TextInput { width: Some(5), suffix: Some("children"), ..TextInput::new(small("more_than", "Chance of more than"), &more_than) })
        };
        html! { (Filter { title: "Filter", action: "/forecast", fields, chosen: &[], button: "Forecast", all: "/forecast" }) }
    }
}

/// `600,650`
fn numbers(list: &str) -> Result<Vec<u32>, Error> {
    let number = |text: &str| {
        let refused =
            || Error::Unreadable(format!("“{text}” is no number of children: write whole numbers with commas between, such as 600,650."));
        text.trim().parse().map_err(|_| refused())
    };
    list.split(',').map(number).collect()
}
