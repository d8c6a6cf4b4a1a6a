//! Forms of the registers: what was typed is kept, each mistake stands beside its field and in a summary above that leads to it.

use std::fmt::Display;
use std::str::FromStr;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Code, Day, Id, Money};
use maud::{Markup, html};
use service::record::Record;

use crate::app;
use crate::asked::Asked;
use crate::door::form_token;
use crate::govuk::{
    Arrangement, Button, Checkboxes, Choice, Chosen, DateInput, ErrorSummary, Field, Group, InputMode, Look, Press, Problem, Select, Size,
    TextInput, Textarea,
};
use crate::page::{Page, Room, layout};

/// What is said of three boxes that make no date.
const NO_DATE: &str = "Enter a date that exists, like 31 3 2026";

/// The name of the field that holds the identity of what a form adds.
const ONCE: &str = "once";

/// What somebody typed, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Typed {
    asked: Asked,
    problems: Vec<(&'static str, String)>,
    stale: bool,
}

/// What is wrong with what was typed, put beside the page that says so: the API tells it to programs.
#[derive(Clone, Debug)]
pub(crate) struct Problems {
    /// Each field with what is wrong there.
    pub(crate) all: Vec<(&'static str, String)>,
    /// Whether somebody else changed the fact since the version that was named.
    pub(crate) stale: bool,
}

/// A form page around its fields.
pub(super) struct Sheet<'a> {
    /// What is done: `Add a home`.
    pub(super) heading: String,
    /// The way down to it.
    pub(super) trail: &'a [(&'a str, &'a str)],
    /// Where it is sent.
    pub(super) action: &'a str,
    /// What the button says.
    pub(super) button: &'a str,
    pub(super) fields: Markup,
}

impl Typed {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { asked: Asked::new(pairs), problems: Vec::new(), stale: false }
    }

    /// A form that is filled in before anybody typed.
    pub(super) fn filled(values: &[(&str, String)]) -> Self {
        Self::new(values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.asked.one(name).unwrap_or_default().to_owned()
    }

    pub(super) fn wrong(&mut self, field: &'static str, problem: impl Display) {
        self.problems.push((field, problem.to_string()));
    }

    /// Somebody else changed the fact meanwhile, which stands beside a field as well.
    pub(super) fn outdated(&mut self, field: &'static str, problem: impl Display) {
        self.stale = true;
        self.wrong(field, problem);
    }

    /// Words that must be there.
    pub(super) fn needed(&mut self, field: &'static str, problem: &str) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.wrong(field, problem);
        }
        text
    }

    /// A word of a list, which must be there.
    pub(super) fn word<T: FromStr>(&mut self, field: &'static str, problem: &str) -> Option<T> {
        let read = self.text(field).parse().ok();
        if read.is_none() {
            self.wrong(field, problem);
        }
        read
    }

    /// A word of a list, or nothing.
    pub(super) fn maybe<T: FromStr>(&mut self, field: &'static str, problem: &str) -> Option<T> {
        if self.text(field).is_empty() { None } else { self.word(field, problem) }
    }

    /// A code, blank where nothing was typed.
    pub(super) fn code(&mut self, field: &'static str, problem: &str) -> Code {
        if self.text(field).is_empty() { Code::BLANK } else { self.word(field, problem).unwrap_or_default() }
    }

    /// A day in three boxes, or in one field as programs write it; nothing where all are empty.
    pub(super) fn day(&mut self, field: &'static str) -> Option<Day> {
        let boxes = boxes(field).map(|part| self.text(&part));
        let whole = self.text(field);
        if whole.is_empty() && boxes.iter().all(String::is_empty) {
            return None;
        }
        let [day, month, year] = boxes.map(|text| text.parse::<u32>().ok());
        let of_boxes = day.zip(month).zip(year).and_then(|((day, month), year)| Day::from_ymd(year, month, day));
        let read = if whole.is_empty() { of_boxes } else { Day::parse(whole.as_bytes()) };
        if read.is_none() {
            self.wrong(field, NO_DATE);
        }
        read
    }

    /// A day that must be there.
    pub(super) fn needed_day(&mut self, field: &'static str, problem: &str) -> Option<Day> {
        let before = self.problems.len();
        let day = self.day(field);
        if day.is_none() && self.problems.len() == before {
            self.wrong(field, problem);
        }
        day
    }

    /// Pounds, or nothing where nothing was typed: unknown, not nought.
    pub(super) fn money(&mut self, field: &'static str) -> Option<Money> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        let read = Money::parse_pounds(&text).filter(|&money| money >= Money::default());
        if read.is_none() {
            self.wrong(field, "Enter pounds, like 4,711.00, or leave it empty where nobody knows");
        }
        read
    }

    /// The last day of two, which must come after the first.
    pub(super) fn after(&mut self, field: &'static str, from: Option<Day>, problem: &str) -> Option<Day> {
        let to = self.day(field);
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            self.wrong(field, problem);
        }
        to
    }

    /// Which field a sentence is about: one whose day it says, as it was typed, or whose label it begins with.
    pub(super) fn meant(&self, words: &str, fields: impl IntoIterator<Item = (&'static str, &'static str)>) -> Option<&'static str> {
        let typed_day = |name: &str| {
            let [day, month, year] = boxes(name).map(|part| self.text(&part).parse::<u32>().ok());
            day.zip(month).zip(year).and_then(|((day, month), year)| Day::from_ymd(year, month, day))
        };
        let says = |(name, label): &(&'static str, &'static str)| {
            let first = label.split(' ').next().unwrap_or_default().to_lowercase();
            typed_day(name).is_some_and(|day| words.contains(&day.long())) || (first == "score" && words.to_lowercase().contains(&first))
        };
        fields.into_iter().find(says).map(|(name, _)| name)
    }

    /// The status of a page with what was typed.
    pub(super) const fn status(&self) -> StatusCode {
        if self.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    pub(super) const fn is_right(&self) -> bool {
        self.problems.is_empty()
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| problem.as_str())
    }

    fn field<'a>(&'a self, name: &'a str, label: &'a str, hint: Option<&'a str>) -> Field<'a> {
        Field { size: Size::Small, hint, error: self.error(name), ..Field::new(name, label) }
    }

    /// A line of text.
    pub(super) fn line(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        html! { (TextInput::new(self.field(name, label, hint), &self.text(name))) }
    }

    /// A whole number.
    pub(super) fn figure(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        html! { (TextInput { mode: InputMode::Numeric, width: Some(3), ..TextInput::new(self.field(name, label, hint), &self.text(name)) }) }
    }

    /// An amount of pounds.
    pub(super) fn pounds(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let input =
            TextInput {
                mode: InputMode::Decimal, width: Some(10), prefix: Some("£"), ..TextInput::new(self.field(name, label, hint), "")
            };
        html! { (TextInput { value: &self.text(name), ..input }) }
    }

    /// A day in three boxes.
    pub(super) fn date(&self, name: &str, legend: &str, hint: Option<&str>) -> Markup {
        let values = boxes(name).map(|part| self.text(&part));
        let group = Group { size: Size::Small, hint, error: self.error(name), ..Group::new(name, legend) };
        html! { (DateInput { group, values: [&values[0], &values[1], &values[2]] }) }
    }

    /// One of several; the first is nothing where `none` says what nothing means.
    pub(super) fn choice(&self, name: &str, label: &str, none: Option<&str>, choices: &[(String, String)]) -> Markup {
        let now = self.text(name);
        let nothing = none.map(|text| Choice::new("", text));
        let all = choices.iter().map(|(value, text)| Choice::new(value, text).chosen_if(&now));
        let choices: Vec<Choice<'_>> = nothing.into_iter().chain(all).collect();
        html! { (Select { field: self.field(name, label, None), choices: &choices }) }
    }

    /// Several lines of text.
    pub(super) fn area(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        html! { (Textarea { field: self.field(name, label, hint), value: &self.text(name), rows: 3 }) }
    }

    /// Any of several.
    pub(super) fn several(&self, name: &str, legend: &str, hint: Option<&str>, choices: &[(String, String)]) -> Markup {
        let taken = self.all(name);
        let state = |value: &String| if taken.contains(value) { Chosen::Yes } else { Chosen::No };
        let choices: Vec<Choice<'_>> =
            choices.iter().map(|(value, text)| Choice { state: state(value), ..Choice::new(value, text) }).collect();
        let group = Group { size: Size::Small, hint, error: self.error(name), ..Group::new(name, legend) };
        html! { (Checkboxes { group, arrangement: Arrangement::Small, choices: &choices }) }
    }

    /// Every value of a name.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.asked.all(name).map(str::to_owned).collect()
    }

    /// What is wrong first.
    pub(super) fn first(&self) -> Option<&str> {
        self.problems.first().map(|(_, problem)| problem.as_str())
    }

    /// What is wrong, each with the way to its field; nothing where nothing is.
    pub(super) fn summary(&self, fields: &Markup) -> Markup {
        let anchors: Vec<String> = self.problems.iter().map(|(field, _)| anchor(fields.0.as_str(), field)).collect();
        // Several dates may be wrong: above the form each says which it is.
        let named = |(field, text): &(&'static str, String)| match legend(fields.0.as_str(), field).filter(|_| text == NO_DATE) {
            Some(legend) => format!("{legend}: {}", text.to_lowercase()),
            None => text.clone(),
        };
        let texts: Vec<String> = self.problems.iter().map(named).collect();
        let problems: Vec<Problem<'_>> = texts.iter().zip(&anchors).map(|(text, href)| Problem { text, href: Some(href) }).collect();
        html! { @if !problems.is_empty() { (ErrorSummary { description: None, problems: &problems }) } }
    }

    /// A page with what was typed, and what is wrong with it beside.
    pub(super) fn answer(&self, page: &Markup) -> Response {
        let mut response = (self.status(), page.clone()).into_response();
        if !self.is_right() {
            response.extensions_mut().insert(Problems { all: self.problems.clone(), stale: self.stale });
        }
        response
    }

    /// The form's page in the room of homes; with what is wrong, where something is.
    pub(super) fn page(&self, state: &app::State, sheet: Sheet<'_>) -> Response {
        self.page_in(state, Room::Homes, sheet)
    }

    /// The same in another room.
    pub(super) fn page_in(&self, state: &app::State, room: Room, sheet: Sheet<'_>) -> Response {
        self.page_about(state, room, html! {}, sheet)
    }

    /// The identity of what this form adds: that with which the form was shown, so that a form that is sent twice adds one thing.
    pub(super) fn once<Of>(&self, record: &Record) -> Id<Of> {
        self.text(ONCE).parse().unwrap_or_else(|_| record.id())
    }

    /// The same with a sentence under its heading that says what it is about.
    pub(super) fn page_about(&self, state: &app::State, room: Room, lede: Markup, sheet: Sheet<'_>) -> Response {
        let once = state.record.as_ref().map(|opened| self.once::<()>(&opened.record).to_string());
        let body = html! {
            div class="pw-prose" {
                (self.summary(&sheet.fields))
                form action=(sheet.action) method="post" novalidate {
                    (form_token())
                    @if let Some(once) = &once { input type="hidden" name=(ONCE) value=(once); }
                    (sheet.fields)
                    (Button { text: sheet.button, look: Look::Primary, press: Press::Submit })
                }
            }
        };
        let title = if self.is_right() { sheet.heading.clone() } else { format!("Error: {}", sheet.heading) };
        let page = Page { title, room: Some(room), trail: sheet.trail, lede, body, ..Page::new(sheet.heading) };
        self.answer(&layout(Some(&state.place), &page))
    }
}

fn boxes(name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| format!("{name}-{part}"))
}

/// What stands over the boxes of a date.
fn legend<'f>(fields: &'f str, field: &str) -> Option<&'f str> {
    let before = &fields[..fields.find(&format!("id=\"{field}-day\""))?];
    let after = before[before.rfind("<legend")?..].split_once('>')?.1;
    Some(after.split('<').next()?.trim()).filter(|text| !text.is_empty())
}

/// Where a problem leads: the field, or the first box of a date.
fn anchor(fields: &str, field: &str) -> String {
    let dated = fields.contains(&format!("id=\"{field}-day\""));
    if dated { format!("#{field}-day") } else { format!("#{field}") }
}

/// The values of a date's boxes.
pub(super) fn dated(names: [&str; 3], day: Option<Day>) -> [(&str, String); 3] {
    let parts = day.map(Day::ymd).map(|(year, month, day)| [day, month, year]);
    let [first, second, third] = parts.map_or([String::new(), String::new(), String::new()], |parts| parts.map(|part| part.to_string()));
    let [day, month, year] = names;
    [(day, first), (month, second), (year, third)]
}

/// The words and labels of a list.
macro_rules! choices {
    ($list:ty) => {
        <$list>::ALL.into_iter().map(|one| (one.word().to_owned(), one.label().to_owned())).collect::<Vec<(String, String)>>()
    };
}
pub(super) use choices;
