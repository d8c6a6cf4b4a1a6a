//! What each kind of fact about a child looks like in a form and on a page, said once as a list of its fields. The rest follows from their types.

use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::person::Person;
use domain::{Code, Day, Id, Postcode};
use maud::Markup;
use service::record::Case;
use service::record::case::{CaseFact, choices, words};

use super::super::form::{Typed, dated};

/// One field of a kind of fact.
#[derive(Clone, Copy)]
pub(super) struct About {
    /// Its name in the form, which is its name in the domain.
    pub(super) name: &'static str,
    /// What people read beside it, and above its column.
    pub(super) label: &'static str,
    /// A word of help, where one is needed.
    pub(super) hint: Option<&'static str>,
    /// What is said where it was left empty and may not be; empty where it may.
    pub(super) needed: &'static str,
    /// The set of codes of the return that it is one of; empty for none.
    pub(super) set: &'static str,
}

/// What a kind of fact is called.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Its word in addresses.
    pub(super) slug: &'static str,
    /// Several of it: `Placements`.
    pub(super) heading: &'static str,
    /// The link that adds one: `Add a placement`.
    pub(super) add: &'static str,
    /// What is said where there is none.
    pub(super) none: &'static str,
}

/// What a form needs to know beside what was typed.
pub(super) struct Context {
    pub(super) today: Day,
    /// The children on the reader's list, by reference: as far as a brother or sister can be chosen or named.
    pub(super) children: Vec<(String, Id<Child>)>,
    /// The people of the authority, by name.
    pub(super) people: Vec<(String, Id<Person>)>,
    /// Foster households, by reference.
    pub(super) households: Vec<(String, Id<FosterHome>)>,
}

/// A kind of fact about a child, with its form.
pub(super) trait Described: CaseFact + PartialEq {
    const KIND: Kind;
    const FIELDS: &'static [About];

    /// Whether it can be in a foster household, which its form asks beside it.
    const IN_HOUSEHOLD: bool = false;

    /// The form's fields.
    fn fields(typed: &Typed, cx: &Context) -> Markup;

    /// What stands in the form for a fact that is known.
    fn filled(&self, cx: &Context) -> Vec<(String, String)>;

    /// What was typed; whatever is missing or wrong is said.
    fn read(typed: &mut Typed, cx: &Context, id: Id<Self>, child: Id<Child>) -> Option<Self>;

    /// Each field in words, in the order of [`Self::FIELDS`].
    fn said(&self, cx: &Context) -> Vec<String>;

    /// Whether it is planned and nobody has recorded yet that it happened: then it is not corrected, and no second one is added.
    fn is_ahead(&self) -> bool {
        false
    }

    /// What must not be overlooked about it on a day, as it stands in a case.
    fn remark(&self, _on: Day, _case: &Case) -> Option<&'static str> {
        None
    }
}

/// A type that has a field in a form.
pub(super) trait Input: Sized {
    fn field(typed: &Typed, about: &About, cx: &Context) -> Markup;

    fn fill(&self, about: &About, cx: &Context) -> Vec<(String, String)>;

    /// Nothing where something is wrong, which is said then.
    fn read(typed: &mut Typed, about: &About, cx: &Context) -> Option<Self>;

    fn said(&self, about: &About, cx: &Context) -> String;
}

pub(super) fn one(about: &About, value: &impl ToString) -> Vec<(String, String)> {
    vec![(about.name.to_owned(), value.to_string())]
}

fn boxes(about: &About, day: Option<Day>) -> Vec<(String, String)> {
    let names = ["day", "month", "year"].map(|part| format!("{}-{part}", about.name));
    let filled = dated([&names[0], &names[1], &names[2]], day).map(|(name, value)| (name.to_owned(), value));
    filled.into()
}

impl Input for String {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.area(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, self)
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        Some(if about.needed.is_empty() { typed.text(about.name) } else { typed.needed(about.name, about.needed) })
    }

    fn said(&self, _: &About, _: &Context) -> String {
        self.clone()
    }
}

impl Input for Day {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.date(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        boxes(about, Some(*self))
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        typed.needed_day(about.name, about.needed)
    }

    fn said(&self, _: &About, _: &Context) -> String {
        self.long()
    }
}

impl Input for Option<Day> {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.date(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        boxes(about, *self)
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        Some(typed.day(about.name))
    }

    fn said(&self, _: &About, _: &Context) -> String {
        self.map(Day::long).unwrap_or_default()
    }
}

/// A code of the return: one of those of today, or the one that stands there from an earlier year. A code of no set is written.
impl Input for Code {
    fn field(typed: &Typed, about: &About, cx: &Context) -> Markup {
        if about.set.is_empty() {
            return typed.line(about.name, about.label, about.hint);
        }
        let mut all: Vec<(String, String)> =
            choices(about.set, cx.today).iter().map(|one| (one.code.to_string(), format!("{}: {}", one.code, one.label))).collect();
        let now = typed.text(about.name);
        if let Some(code) = Self::parse(now.as_bytes()).filter(|code| !code.is_blank() && !all.iter().any(|(word, _)| *word == now)) {
            all.push((now, format!("{code}: {}", words(about.set, code))));
        }
        typed.choice(about.name, about.label, Some(if about.needed.is_empty() { "Not known" } else { "Choose" }), &all)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, self)
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        let code = typed.code(about.name, "A code has at most eight letters and figures");
        let known = about.set.is_empty() || code.is_blank() || words(about.set, code) != code.to_string();
        if (code.is_blank() && !about.needed.is_empty()) || !known {
            typed.wrong(about.name, if about.needed.is_empty() { "Choose one of the list" } else { about.needed });
        }
        Some(code)
    }

    fn said(&self, about: &About, _: &Context) -> String {
        match (self.is_blank(), about.set.is_empty()) {
            (true, _) => String::new(),
            (false, true) => self.to_string(),
            (false, false) => format!("{} ({self})", words(about.set, *self)),
        }
    }
}

impl Input for Option<Postcode> {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.line(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, &self.map(|postcode| postcode.to_string()).unwrap_or_default())
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        Some(typed.maybe(about.name, "Enter a postcode like NG1 5DT, or leave it empty"))
    }

    fn said(&self, _: &About, _: &Context) -> String {
        self.map(|postcode| postcode.to_string()).unwrap_or_default()
    }
}

/// Another child, by what the case system calls them.
impl Input for Option<Id<Child>> {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.line(about.name, about.label, about.hint)
    }

    fn fill(&self, about: &About, cx: &Context) -> Vec<(String, String)> {
        let reference = self.and_then(|id| cx.children.iter().find(|(_, known)| *known == id)).map(|(reference, _)| reference.clone());
        one(about, &reference.unwrap_or_else(|| self.map(|id| id.to_string()).unwrap_or_default()))
    }

    /// A reference of the reader's list; or the identity that the form was filled with, for a child that the reader may not see.
    fn read(typed: &mut Typed, about: &About, cx: &Context) -> Option<Self> {
        let text = typed.text(about.name);
        if text.is_empty() {
            return Some(None);
        }
        let known = cx.children.iter().find(|(reference, _)| *reference == text).map(|(_, id)| *id);
        let id = known.or_else(|| text.parse().ok());
        if id.is_none() {
            typed.wrong(about.name, "No child on your list has this reference: correct it, or leave it empty");
        }
        id.map(Some)
    }

    fn said(&self, _: &About, cx: &Context) -> String {
        let Some(id) = self else { return String::new() };
        let known = cx.children.iter().find(|(_, known)| known == id);
        known.map_or_else(|| "A child whose case is not open to you".to_owned(), |(reference, _)| format!("Child {reference}"))
    }
}

/// A colleague, chosen by name.
impl Input for Id<Person> {
    fn field(typed: &Typed, about: &About, cx: &Context) -> Markup {
        let people: Vec<(String, String)> = cx.people.iter().map(|(name, id)| (id.to_string(), name.clone())).collect();
        typed.choice(about.name, about.label, Some("Choose"), &people)
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        one(about, self)
    }

    fn read(typed: &mut Typed, about: &About, cx: &Context) -> Option<Self> {
        let read = typed.text(about.name).parse().ok().filter(|id| cx.people.iter().any(|(_, known)| known == id));
        if read.is_none() {
            typed.wrong(about.name, about.needed);
        }
        read
    }

    fn said(&self, _: &About, cx: &Context) -> String {
        let known = cx.people.iter().find(|(_, known)| known == self);
        known.map_or_else(|| "Somebody who has left".to_owned(), |(name, _)| name.clone())
    }
}

/// Lists of the domain.
macro_rules! listed {
    ($($list:ty),+ $(,)?) => { $(
        impl Input for $list {
            fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
                typed.choice(about.name, about.label, None, &$crate::pages::record::form::choices!($list))
            }

            fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
                one(about, self)
            }

            fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
                typed.word(about.name, "Choose one of the list")
            }

            fn said(&self, _: &About, _: &Context) -> String {
                self.label().to_owned()
            }
        }
    )+ };
}
listed!(
    domain::case::Absence,
    domain::case::Alongside,
    domain::case::Assessor,
    domain::case::Channel,
    domain::case::CourtKind,
    domain::case::EmergencyKind,
    domain::case::HealthKind,
    domain::case::Interview,
    domain::case::Kin,
    domain::case::Participation,
    domain::case::PlanKind,
    domain::case::Seen,
    domain::case::Together,
    domain::period::Kind,
);

impl Input for domain::case::Risks {
    fn field(typed: &Typed, about: &About, _: &Context) -> Markup {
        typed.several(about.name, about.label, about.hint, &super::super::form::choices!(domain::case::Risk))
    }

    fn fill(&self, about: &About, _: &Context) -> Vec<(String, String)> {
        self.iter().map(|risk| (about.name.to_owned(), risk.word().to_owned())).collect()
    }

    fn read(typed: &mut Typed, about: &About, _: &Context) -> Option<Self> {
        let read = typed.all(about.name).join(" ").parse().ok();
        if read.is_none() {
            typed.wrong(about.name, "Choose from the list");
        }
        read
    }

    fn said(&self, _: &About, _: &Context) -> String {
        let risks: Vec<&str> = self.iter().map(domain::case::Risk::label).collect();
        if risks.is_empty() { "None was named".to_owned() } else { risks.join(", ") }
    }
}

macro_rules! optional {
    () => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}
pub(super) use optional;

macro_rules! text {
    () => {
        ""
    };
    ($text:literal) => {
        $text
    };
}
pub(super) use text;

/// Describes a kind of fact: its words, then its fields with their types, labels and, where there are any, hint, what is said when it is missing, and the
/// set of codes that it is one of.
macro_rules! described {
    (
        $type:ident in $slug:literal, $heading:literal, $add:literal, $none:literal {
            $($field:ident: $of:ty = $label:literal $(, hint $hint:literal)? $(, needed $needed:literal)? $(, code of $set:literal)?;)+
        }
        $(in household $household:literal)?
        $(ahead $ahead:expr;)?
        $(remark $remark:expr)?
    ) => {
        impl $crate::pages::record::child::described::Described for $type {
            const KIND: Kind = Kind { slug: $slug, heading: $heading, add: $add, none: $none };
            const FIELDS: &'static [About] = &[$(About {
                name: stringify!($field),
                label: $label,
                hint: $crate::pages::record::child::described::optional!($($hint)?),
                needed: $crate::pages::record::child::described::text!($($needed)?),
                set: $crate::pages::record::child::described::text!($($set)?),
            }),+];
            $(const IN_HOUSEHOLD: bool = $household;)?

            fn fields(typed: &Typed, cx: &Context) -> Markup {
                let mut about = Self::FIELDS.iter();
                maud::html! { $( @if let Some(about) = about.next() { (<$of as Input>::field(typed, about, cx)) } )+ }
            }

            fn filled(&self, cx: &Context) -> Vec<(String, String)> {
                let (mut all, mut about) = (Vec::new(), Self::FIELDS.iter());
                $( all.extend(about.next().into_iter().flat_map(|about| Input::fill(&self.$field, about, cx))); )+
                all
            }

            fn read(typed: &mut Typed, cx: &Context, id: Id<Self>, child: Id<Child>) -> Option<Self> {
                let mut about = Self::FIELDS.iter();
                // Each one is read before any is missed: every mistake is said at once.
                $( let $field = about.next().and_then(|about| <$of as Input>::read(typed, about, cx)); )+
                let read = Self { id, child, $($field: $field?),+ };
                typed.is_right().then_some(read)
            }

            fn said(&self, cx: &Context) -> Vec<String> {
                let (mut all, mut about) = (Vec::new(), Self::FIELDS.iter());
                $( all.extend(about.next().map(|about| Input::said(&self.$field, about, cx))); )+
                all
            }

            $(fn is_ahead(&self) -> bool {
                let ahead: fn(&Self) -> bool = $ahead;
                ahead(self)
            })?

            $(fn remark(&self, on: Day, case: &service::record::Case) -> Option<&'static str> {
                let remark: fn(&Self, Day, &service::record::Case) -> Option<&'static str> = $remark;
                remark(self, on, case)
            })?
        }
    };
}
pub(super) use described;
