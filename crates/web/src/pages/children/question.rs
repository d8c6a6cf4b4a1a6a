//! From an address to a question for the service, and back.

use domain::Day;
use service::cohorts::Request;
use service::counts::field::Field;

use crate::asked::Asked;
use crate::error::Error;

/// The three boxes of the form, which the address of the page does not keep.
const BOXES: [&str; 3] = ["on-day", "on-month", "on-year"];

/// The pages of the room: the same children, told in three ways.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Measures,
    Profile,
    Flows,
}

impl View {
    pub(super) const ALL: [Self; 3] = [Self::Measures, Self::Profile, Self::Flows];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Measures => "/children",
            Self::Profile => "/children/profile",
            Self::Flows => "/children/flows",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Measures => "Measures",
            Self::Profile => "Who they are",
            Self::Flows => "Who came, left and moved",
        }
    }
}

/// What is asked of the returns.
pub(crate) struct Question {
    /// As the address has it: nothing but what the service was asked.
    pub(crate) asked: Asked,
    pub(crate) request: Request,
    /// What was typed into the boxes, where that is no date.
    pub(crate) boxes: Option<[String; 3]>,
}

impl Question {
    /// `?on=2026-03-31&sex=female&age_band=0`; `from` and `to` for flows of other days than the twelve months to the date.
    pub(crate) fn read(asked: &Asked) -> Result<Self, Error> {
        let range = match (asked.day("from")?, asked.day("to")?) {
            (None, None) => None,
            (Some(from), Some(to)) => Some((from, to)),
            _ => return Err(Error::Unreadable("Flows need both a first and a last day: from=2025-04-01 and to=2026-03-31.".to_owned())),
        };
        let filters = Field::ALL.iter().flat_map(|field| asked.all(field.name()).map(|value| format!("{}={value}", field.name())));
        let request = Request { on: asked.day("on")?, range, filters: filters.collect() };
        let names: Vec<&str> = ["on", "from", "to"].into_iter().chain(Field::ALL.iter().map(|field| field.name())).collect();
        Ok(Self { asked: asked.only(&names), request, boxes: None })
    }

    /// The same date without a choice of children.
    pub(crate) fn of_everybody(&self) -> Request {
        Request { filters: Vec::new(), ..self.request.clone() }
    }

    pub(crate) fn is_everybody(&self) -> bool {
        self.request.filters.is_empty()
    }

    /// The same date and flows for everybody.
    pub(crate) fn everybody(&self) -> Asked {
        self.asked.only(&["on", "from", "to"])
    }
}

/// What the boxes say.
pub(super) enum FormDate {
    /// They were not sent, or all left blank.
    None,
    Day(Day),
    Wrong,
}

pub(super) fn form_date(asked: &Asked) -> FormDate {
    let Some(boxes) = boxes(asked) else { return FormDate::None };
    let [day, month, year] = boxes.map(|text| text.parse().ok());
    match (day, month, year) {
        (Some(day), Some(month), Some(year)) => Day::from_ymd(year, month, day).map_or(FormDate::Wrong, FormDate::Day),
        _ => FormDate::Wrong,
    }
}

/// What was typed, if anything was.
pub(super) fn boxes(asked: &Asked) -> Option<[String; 3]> {
    let boxes = BOXES.map(|name| asked.one(name).unwrap_or_default().to_owned());
    boxes.iter().any(|text| !text.is_empty()).then_some(boxes)
}

pub(super) fn without_boxes(asked: &Asked) -> Asked {
    BOXES.iter().fold(asked.clone(), |asked, name| asked.without(name))
}
