//! From an address to scenarios that shall be compared.

use std::sync::Arc;

use domain::Day;
use maud::{Markup, html};
use service::forecasts::{Groups, Request, TOTAL};
use service::holdings::Holding;
use service::scenarios::Kept;
use service::sheets::Sheet;

use super::PATH;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Arrangement, Checkboxes, Choice, Chosen, Field, Group, InputMode, Select, Size, TextInput};
use crate::pages::ahead;
use crate::papers::Paper;
use crate::parts::Filter;

/// Most scenarios beside the base: more lines cannot be told apart.
const MOST: usize = 3;

pub(super) struct Ask {
    pub(super) asked: Asked,
    pub(super) kept: Vec<Kept>,
    /// The question without a scenario.
    pub(super) base: Request,
    /// The kind of home that is drawn.
    pub(super) group: &'static str,
    /// The date of the tables; the last one where none is asked.
    pub(super) on: Option<Day>,
    /// A number of children that is aimed for: neither forecast nor plan.
    pub(super) target: Option<u32>,
    pub(super) prices: Option<Arc<Paper>>,
}

impl Ask {
    pub(super) fn read(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Self, Error> {
        let asked = asked.only(&["with", "from", "months", "group", "on", "target"]);
        let slugs: Vec<&str> = asked.all("with").collect();
        if slugs.len() > MOST {
            return Err(Error::Unreadable(format!("{} scenarios were chosen. Compare up to {MOST} at a time.", slugs.len())));
        }
        let kept: Vec<Kept> = slugs.iter().map(|slug| super::super::scenarios::find(state, holding, slug)).collect::<Result<_, _>>()?;
        let months = ahead::months(&asked, kept.first().and_then(|kept| Some(kept.basis.as_ref()?.months)))?;
        let from = ahead::from(holding, &asked, saved_from(&kept))?;
        let base = Request { groups: Groups::Detailed, ..Request::ahead(from, months) };
        let names = base.groups.names();
        let group = asked.one("group").and_then(|name| names.iter().find(|known| **known == name)).copied().unwrap_or(TOTAL);
        Ok(Self {
            kept,
            base,
            group,
            on: asked.day("on")?,
            target: asked.number("target")?,
            prices: state.papers.find(Sheet::Prices),
            asked,
        })
    }

    /// The same question with each scenario.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.kept.iter().map(|kept| Request { scenario: Some(kept.saved.clone()), ..self.base.clone() }).collect()
    }

    pub(super) fn panel(&self, state: &app::State, dates: &[Day]) -> Markup {
        let slugs = state.shelf.list().unwrap_or_default();
        let is_chosen = |slug: &str| if self.asked.all("with").any(|one| one == slug) { Chosen::Yes } else { Chosen::No };
        let scenarios: Vec<Choice<'_>> =
            slugs.iter().map(|slug| Choice { state: is_chosen(slug.as_str()), ..Choice::new(slug.as_str(), slug.as_str()) }).collect();
        let names = self.base.groups.names();
        let groups: Vec<Choice<'_>> = [TOTAL].iter().chain(&names).map(|&name| Choice::new(name, name).chosen_if(self.group)).collect();
        let on = self.on.or_else(|| dates.last().copied()).map(|day| day.to_string()).unwrap_or_default();
        let days: Vec<(String, String)> = dates.iter().map(|day| (day.to_string(), day.long())).collect();
        let days: Vec<Choice<'_>> = days.iter().map(|(value, text)| Choice::new(value, text).chosen_if(&on)).collect();
        let target = self.target.map(|number| number.to_string()).unwrap_or_default();
        let small = |name, label| Field { size: Size::Small, ..Field::new(name, label) };
        let hint = Some("Drawn as a line of its own.");
        let fields = html! {
            (Checkboxes { group: Group { size: Size::Small, hint: Some("Up to three"), ..Group::new("with", "Scenarios") }, arrangement: Arrangement::Small, choices: &scenarios })
            (Select { field: small("group", "Drawn"), choices: &groups })
            (ahead::reach(&self.base, "How far ahead"))
            @if !days.is_empty() { (Select { field: small("on", "Tables on"), choices: &days }) }
            (TextInput { width: Some(5), suffix: Some("children"), mode: InputMode::Numeric, ..TextInput::new(Field { hint, ..small("target", "Target") }, &target) })
        };
        html! { (Filter { title: "Filter", action: PATH, fields, chosen: &[], button: "Compare", all: PATH }) }
    }
}

/// The day that all scenarios were saved from, so that the figures of then come again; nothing where they differ.
fn saved_from(kept: &[Kept]) -> Option<Day> {
    let mut days = kept.iter().map(|kept| kept.basis.as_ref().map(|basis| basis.from));
    let first = days.next()??;
    days.all(|day| day == Some(first)).then_some(first)
}
