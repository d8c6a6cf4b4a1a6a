//! Facts of a home and a foster home: beds that cannot be used, a judgement, a variation of the registration, a restriction, an exemption.

use domain::capacity::{CapacityEvent, Reason};
use domain::foster_home::{Exemption, FosterHome};
use domain::judgement::{Grade, Judgement, Overall};
use domain::provider::Provider;
use domain::setting::{Limit, Restriction, Setting, Takes, Terms};
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::Names;

use super::super::fact::{FROM, Form, TO, Told, boxes, figure};
use super::super::form::{Typed, choices};
use super::super::number;
use super::until;

impl Told for CapacityEvent {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "beds";
    const TITLE: &'static str = "Beds that cannot be used";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let why = self.reason.label().to_owned();
        vec![
            ("First night", self.from.long()),
            ("Usable again", until(self.to)),
            ("Beds", self.beds.to_string()),
            ("Why", why),
            ("Note", self.note.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for CapacityEvent {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "beds";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("beds", self.beds.to_string()), ("why", self.reason.to_string()), ("note", self.note.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn begun(today: Day) -> Vec<(&'static str, String)> {
        boxes(FROM, Some(today))
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.figure("beds", "How many beds", None))
            (typed.choice("why", "Why", Some("Choose a reason"), &choices!(Reason)))
            (typed.date("from", "First night", None))
            (typed.date("to", "The day on which they can be used again", Some("Empty while nobody knows")))
            (typed.line("note", "Note", Some("Nothing about a child: everybody who sees homes reads it")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let beds = typed.word("beds", "Enter how many beds, one at least").filter(|&beds: &u32| beds > 0);
        if beds.is_none() && typed.is_right() {
            typed.wrong("beds", "Enter how many beds, one at least");
        }
        let reason = typed.word("why", "Choose why they cannot be used");
        let from = typed.needed_day("from", "Enter the first night");
        let to = typed.after("to", from, "The day must be after the first night");
        Some(Self { id, setting, from: from?, to, beds: beds?, reason: reason?, note: typed.text("note") })
    }
}

impl Told for Judgement {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "judgement";
    const TITLE: &'static str = "Judgement";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let grade = |grade: Option<Grade>| grade.map_or("–", Grade::label).to_owned();
        vec![
            ("Inspected", self.day.long()),
            ("Overall", self.overall.label().to_owned()),
            ("Helped and protected", grade(self.protected)),
            ("Leaders and managers", grade(self.leaders)),
        ]
    }

    fn page(&self) -> String {
        self.setting.map_or_else(|| format!("/providers/{}", self.provider), |setting| format!("/homes/{setting}"))
    }
}

impl Form for Judgement {
    type Whole = (Option<Id<Setting>>, Id<Provider>);
    const FIRST: &'static str = "overall";

    fn whole(&self) -> Self::Whole {
        (self.setting, self.provider)
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let grade = |grade: Option<Grade>| grade.map(|grade| grade.to_string()).unwrap_or_default();
        let mut values =
            vec![("overall", self.overall.to_string()), ("protected", grade(self.protected)), ("leaders", grade(self.leaders))];
        values.extend(boxes(["day-day", "day-month", "day-year"], Some(self.day)));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.date("day", "Day of the inspection", None))
            (typed.choice("overall", "Overall", Some("Choose"), &choices!(Overall)))
            (typed.choice("protected", "How well children are helped and protected", Some("Not judged"), &choices!(Grade)))
            (typed.choice("leaders", "Leaders and managers", Some("Not judged"), &choices!(Grade)))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, (setting, provider): Self::Whole, _: &Names) -> Option<Self> {
        let day = typed.needed_day("day", "Enter the day of the inspection");
        let overall = typed.word("overall", "Choose the overall judgement");
        let protected = typed.maybe("protected", "Choose a grade, or leave it");
        let leaders = typed.maybe("leaders", "Choose a grade, or leave it");
        Some(Self { id, provider, setting, day: day?, overall: overall?, protected, leaders })
    }
}

impl Told for Terms {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "terms";
    const TITLE: &'static str = "What the registration allows";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("From", self.from.long()),
            ("Places", number(self.places)),
            ("Ages", format!("{} to {}", number(self.youngest), number(self.oldest))),
            ("Whom it takes", self.takes.label().to_owned()),
            ("Conditions", self.conditions.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for Terms {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "from";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("places", figure(self.places)), ("youngest", figure(self.youngest)), ("oldest", figure(self.oldest))];
        values.extend([("takes", self.takes.to_string()), ("conditions", self.conditions.clone())]);
        values.extend(boxes(FROM, Some(self.from)));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.date("from", "From", Some("The day on which the variation takes effect")))
            (typed.figure("places", "Registered places", Some("Empty for agencies and services")))
            (typed.figure("youngest", "Youngest age", None))
            (typed.figure("oldest", "Oldest age", None))
            (typed.choice("takes", "Whom it takes", None, &choices!(Takes)))
            (typed.line("conditions", "Conditions", None))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let from = typed.needed_day("from", "Enter the day on which the variation takes effect");
        allowed(typed, id, setting, from)
    }
}

/// What a registration was typed to allow from a day on; nothing where something is wrong.
pub(in crate::pages::record) fn allowed(typed: &mut Typed, id: Id<Terms>, setting: Id<Setting>, from: Option<Day>) -> Option<Terms> {
    let places = typed.maybe("places", "Enter a whole number of places, or leave it empty");
    let youngest = typed.maybe("youngest", "Enter an age in whole years, or leave it empty");
    let oldest = typed.maybe("oldest", "Enter an age in whole years, or leave it empty");
    let takes = typed.word("takes", "Choose whom it takes");
    if youngest.zip(oldest).is_some_and(|(youngest, oldest): (u32, u32)| youngest > oldest) {
        typed.wrong("oldest", "The oldest age is below the youngest");
    }
    let conditions = typed.text("conditions");
    let terms = Terms { id, setting, from: from?, places, youngest, oldest, takes: takes?, conditions };
    typed.is_right().then_some(terms)
}

impl Told for Restriction {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "restriction";
    const TITLE: &'static str = "Restriction";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let lifted = self.to.map_or_else(|| "in force".to_owned(), Day::long);
        let what = self.kind.label().to_owned();
        vec![("From", self.from.long()), ("Lifted", lifted), ("What is stopped", what), ("In its own words", self.words.clone())]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for Restriction {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "kind";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("kind", self.kind.to_string()), ("words", self.words.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.choice("kind", "What is stopped", Some("Choose"), &choices!(Limit)))
            (typed.date("from", "From", None))
            (typed.date("to", "Lifted on", Some("Empty while it is in force")))
            (typed.line("words", "In its own words", None))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let kind = typed.word("kind", "Choose what is stopped");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        Some(Self { id, setting, kind: kind?, from: from?, to, words: typed.text("words") })
    }
}

impl Told for Exemption {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "exemption";
    const TITLE: &'static str = "Exemption from the fostering limit";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let child = names.child(self.child).to_owned();
        vec![("For", child), ("From", self.from.long()), ("To", until(self.to)), ("Why it was given", self.reason.clone())]
    }

    fn page(&self) -> String {
        format!("/foster-homes/{}", self.home)
    }
}

impl Form for Exemption {
    type Whole = (Id<FosterHome>, Option<Id<domain::child::Child>>);
    const FIRST: &'static str = "child";

    fn whole(&self) -> Self::Whole {
        (self.home, Some(self.child))
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("why", self.reason.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, (_, whom): Self::Whole) -> Markup {
        html! {
            @match whom {
                // An exemption names one child for good; another child has another exemption.
                Some(child) => p class="govuk-body" { "For " (names.child(child)) "." },
                None => (typed.line("child", "Child", Some("What returns and case system call the child: an exemption names one child"))),
            }
            (typed.date("from", "From", None))
            (typed.date("to", "To", Some("The day on which it ends; empty while that is open")))
            (typed.line("why", "Why it is given", Some("Stays in the record of the household; nothing about the child’s past")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, (home, whom): Self::Whole, names: &Names) -> Option<Self> {
        let child = whom.or_else(|| child(typed, names));
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        let reason = typed.needed("why", "Say why it is given");
        Some(Self { id, home, child: child?, from: from?, to, reason })
    }
}

/// The child whose reference was typed, among those whom the person may see.
pub(in crate::pages::record) fn child(typed: &mut Typed, names: &Names) -> Option<Id<domain::child::Child>> {
    let reference = typed.needed("child", "Enter what returns and case system call the child");
    let found = names.children.iter().find(|(_, known)| **known == reference).map(|(id, _)| *id);
    if found.is_none() && !reference.is_empty() {
        typed.wrong("child", "No child whom you may see is called so");
    }
    found
}
