//! The facts of a contract as people read and type them.

use domain::contract::accreditation::{Accreditation, Outcome};
use domain::contract::block::BlockBeds;
use domain::contract::indexation::Indexation;
use domain::contract::member::{JoinWindow, Lot, Membership, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::price::PriceLine;
use domain::contract::{Extension, Kind, Regime, Vehicle};
use domain::{Day, Id, Money};
use maud::{Markup, html};
use service::record::Names;

use super::super::fact::{FROM, Form, TO, Told, boxes, entries, figure, options};
use super::super::form::{Typed, choices};

/// What every fact of a contract tells of itself.
macro_rules! told {
    ($type:ty, $word:literal, $title:literal, |$one:ident, $names:ident| $told:expr) => {
        impl Told for $type {
            const ROOM: &'static str = "/contracts";
            const WORD: &'static str = $word;
            const TITLE: &'static str = $title;

            fn told(&self, $names: &Names) -> Vec<(&'static str, String)> {
                let $one = self;
                $told
            }

            fn page(&self) -> String {
                format!("/contracts/{}", self.vehicle)
            }
        }
    };
}

/// The form of a fact of a contract.
macro_rules! form {
    (
        $type:ty, $first:literal, filled |$one:ident| $filled:expr, fields |$typed:ident, $names:ident, $vehicle:ident| $fields:expr,
        read |$read:ident, $id:ident, $whole:ident| $value:block
    ) => {
        impl Form for $type {
            type Whole = Id<Vehicle>;
            const FIRST: &'static str = $first;

            fn whole(&self) -> Self::Whole {
                self.vehicle
            }

            fn filled(&self) -> Vec<(&'static str, String)> {
                let $one = self;
                $filled
            }

            fn fields($typed: &Typed, $names: &Names, $vehicle: Self::Whole) -> Markup {
                $fields
            }

            fn read($read: &mut Typed, $id: Id<Self>, $whole: Self::Whole, _: &Names) -> Option<Self> $value
        }
    };
}

mod prices;

fn day(day: Option<Day>, otherwise: &str) -> String {
    day.map_or_else(|| otherwise.to_owned(), Day::long)
}

fn money(money: Option<Money>) -> String {
    money.map_or_else(|| "not known".to_owned(), |money| money.to_string())
}

/// An amount as it stands in a form.
fn typed_money(money: Option<Money>) -> String {
    money.map(|money| money.to_string().replace('£', "")).unwrap_or_default()
}

fn chosen<Of>(id: Option<Id<Of>>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn with(mut values: Vec<(&'static str, String)>, from: Day, to: Option<Day>) -> Vec<(&'static str, String)> {
    values.extend(boxes(FROM, Some(from)));
    values.extend(boxes(TO, to));
    values
}

fn lots(names: &Names, vehicle: Id<Vehicle>) -> Vec<(String, String)> {
    options(names.lots.iter().filter(|(_, (_, of))| *of == vehicle).map(|(id, (name, _))| (*id, name.clone())))
}

fn providers(names: &Names) -> Vec<(String, String)> {
    options(names.providers.iter().map(|(id, name)| (*id, name.clone())))
}

fn settings(names: &Names) -> Vec<(String, String)> {
    options(names.settings.iter().map(|(id, (name, provider))| (*id, format!("{name}, {}", names.provider(*provider)))))
}

impl Told for Vehicle {
    const ROOM: &'static str = "/contracts";
    const WORD: &'static str = "contract";
    const TITLE: &'static str = "Contract";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("Reference", self.reference.clone()),
            ("Title", self.title.clone()),
            ("What it is", self.kind.label().to_owned()),
            ("Law of procurement", self.regime.label().to_owned()),
            ("Led by", self.lead.clone()),
            ("Who may call on it", self.callers.clone()),
            ("Begins", self.from.long()),
            ("Ends", day(self.to, "has no end")),
            ("Run-off until", day(self.run_off, "none agreed")),
            ("Notes", self.notes.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/contracts/{}", self.id)
    }

    fn list(&self) -> String {
        "/contracts".to_owned()
    }

    fn corrected_at(&self) -> Option<String> {
        Some(format!("/contracts/{}/correct", self.id))
    }
}

/// The fields of a contract, new or corrected.
pub(super) fn vehicle_fields(typed: &Typed) -> Markup {
    html! {
        (typed.line("reference", "Reference", Some("What contract officers call it; no other contract has it")))
        (typed.line("title", "Title", None))
        (typed.choice("kind", "What it is", Some("Choose"), &choices!(Kind)))
        (typed.choice("regime", "Law that it was bought under", Some("Choose"), &choices!(Regime)))
        (typed.line("lead", "Authority that leads it", Some("Empty where it is this authority’s alone")))
        (typed.line("callers", "Who may call on it", Some("Authorities, or a region")))
        (typed.date("from", "Begins", None))
        (typed.date("to", "Ends", Some("The day on which it ends unless an option is taken; empty where it has no end")))
        (typed.date("run_off", "What was called off ends by", Some("Empty where no run-off was agreed")))
        (typed.line("notes", "Notes", None))
    }
}

/// The contract that was typed.
pub(super) fn vehicle(typed: &mut Typed, id: Id<Vehicle>) -> Option<Vehicle> {
    let reference = typed.needed("reference", "Enter the contract’s reference");
    let title = typed.needed("title", "Enter the contract’s title");
    let kind = typed.word("kind", "Choose what it is");
    let regime = typed.word("regime", "Choose the law, or that nobody wrote it down");
    let from = typed.needed_day("from", "Enter the day on which it begins");
    let to = typed.after("to", from, "It ends at least a day after it begins");
    let run_off = typed.day("run_off");
    if run_off.is_some() && to.is_none() && typed.is_right() {
        typed.wrong("run_off", "A contract without an end has no run-off");
    } else if to.zip(run_off).is_some_and(|(to, run_off)| run_off < to) {
        typed.wrong("run_off", "What was called off is not over before the contract ends");
    }
    let (lead, callers, notes) = (typed.text("lead"), typed.text("callers"), typed.text("notes"));
    let vehicle = Vehicle { id, reference, title, kind: kind?, regime: regime?, lead, callers, from: from?, to, run_off, notes };
    typed.is_right().then_some(vehicle)
}

/// The form as a contract fills it.
pub(super) fn filled(vehicle: &Vehicle) -> Vec<(&'static str, String)> {
    let mut values = vec![
        ("reference", vehicle.reference.clone()),
        ("title", vehicle.title.clone()),
        ("kind", vehicle.kind.to_string()),
        ("regime", vehicle.regime.to_string()),
        ("lead", vehicle.lead.clone()),
        ("callers", vehicle.callers.clone()),
        ("notes", vehicle.notes.clone()),
    ];
    values.extend(boxes(["run_off-day", "run_off-month", "run_off-year"], vehicle.run_off));
    with(values, vehicle.from, vehicle.to)
}

told!(Extension, "option", "Option to go on", |one, _names| {
    let late = if one.is_late() { ", after the last day for it" } else { "" };
    let taken = one.taken.map_or_else(|| "not taken".to_owned(), |taken| format!("{}{late}", taken.long()));
    vec![("Until", one.to.long()), ("Last day to give notice", one.notice.long()), ("Taken", taken)]
});
form!(
    Extension,
    "to",
    filled | one | {
        let mut values = boxes(TO, Some(one.to));
        values.extend(boxes(["notice-day", "notice-month", "notice-year"], Some(one.notice)));
        values.extend(boxes(["taken-day", "taken-month", "taken-year"], one.taken));
        values
    },
    fields | typed,
    _names,
    _vehicle
        | html! {
            (typed.date("to", "The contract then ends on", None))
            (typed.date("notice", "Last day to give notice", None))
            (typed.date("taken", "Taken on", Some("Empty while it was not taken")))
        },
    read | typed,
    id,
    vehicle | {
        let to = typed.needed_day("to", "Enter the day on which the contract then ends");
        let notice = typed.needed_day("notice", "Enter the last day to give notice");
        let taken = typed.day("taken");
        Some(Self { id, vehicle, to: to?, notice: notice?, taken })
    }
);

told!(Lot, "lot", "Lot", |one, _names| vec![("Lot", one.name.clone()), ("What is bought under it", one.buys.clone())]);
form!(
    Lot,
    "name",
    filled | one | vec![("name", one.name.clone()), ("buys", one.buys.clone())],
    fields | typed,
    _names,
    _vehicle
        | html! {
            (typed.line("name", "Number or name", None))
            (typed.line("buys", "What is bought under it", None))
        },
    read | typed,
    id,
    vehicle | {
        let name = typed.needed("name", "Enter the lot’s number or name");
        Some(Self { id, vehicle, name, buys: typed.text("buys") })
    }
);

told!(JoinWindow, "window", "Window for joining", |one, _names| vec![("Open from", one.from.long()), ("Closed again on", one.to.long())]);
form!(
    JoinWindow,
    "from",
    filled | one | with(Vec::new(), one.from, Some(one.to)),
    fields | typed,
    _names,
    _vehicle
        | html! {
            (typed.date("from", "Open from", None))
            (typed.date("to", "Closed again on", None))
        },
    read | typed,
    id,
    vehicle | {
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "A window is open for a day at least");
        if to.is_none() && typed.is_right() {
            typed.wrong("to", "Enter the day on which it is closed again");
        }
        Some(Self { id, vehicle, from: from?, to: to? })
    }
);

told!(Membership, "member", "Member", |one, names| {
    let lot = one.lot.map_or("all", |lot| names.lot(lot));
    let rank = one.rank.map_or_else(|| "all at once".to_owned(), |rank| rank.to_string());
    vec![
        ("Provider", names.provider(one.provider).to_owned()),
        ("Lot", lot.to_owned()),
        ("Joined", one.from.long()),
        ("Left", day(one.to, "is a member")),
        ("Order of asking", rank),
    ]
});
form!(
    Membership,
    "provider",
    filled
        | one
        | with(vec![("provider", one.provider.to_string()), ("lot", chosen(one.lot)), ("rank", figure(one.rank))], one.from, one.to),
    fields | typed,
    names,
    vehicle
        | html! {
            (typed.choice("provider", "Provider", Some("Choose a provider"), &providers(names)))
            (typed.choice("lot", "Lot", Some("All of it"), &lots(names, vehicle)))
            (typed.date("from", "Joined on", Some("The contract’s first day, or a day on which a window is open")))
            (typed.date("to", "Left on", Some("Empty while it is a member")))
            (typed.figure("rank", "Place in the order of asking", Some("Empty where all are asked at once")))
        },
    read | typed,
    id,
    vehicle | {
        let provider = typed.word("provider", "Choose the provider");
        let lot = typed.maybe("lot", "Choose a lot of this contract");
        let from = typed.needed_day("from", "Enter the day of joining");
        let to = typed.after("to", from, "A member leaves at least a day after it joined");
        let rank = typed.maybe("rank", "Enter a whole number, or leave it empty").filter(|&rank: &u32| rank > 0);
        Some(Self { id, vehicle, lot, provider: provider?, from: from?, to, rank })
    }
);

told!(Suspension, "suspension", "Suspension of a member", |one, names| vec![
    ("Member", names.member(one.membership).to_owned()),
    ("From", one.from.long()),
    ("Lifted", day(one.to, "in force")),
    ("Why", one.reason.clone()),
]);
form!(
    Suspension,
    "member",
    filled | one | with(vec![("member", one.membership.to_string()), ("why", one.reason.clone())], one.from, one.to),
    fields | typed,
    names,
    vehicle | {
        let own = names.members.iter().filter(|(_, (_, of))| *of == vehicle).map(|(id, (name, _))| (*id, name.clone()));
        html! {
            (typed.choice("member", "Member", Some("Choose a member"), &options(own)))
            (typed.date("from", "From", None))
            (typed.date("to", "Lifted on", Some("Empty while it is in force")))
            (typed.line("why", "Why", None))
        }
    },
    read | typed,
    id,
    vehicle | {
        let membership = typed.word("member", "Choose the member");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "A suspension is lifted after the day on which it begins");
        let reason = typed.needed("why", "Say why the member is suspended");
        Some(Self { id, vehicle, membership: membership?, from: from?, to, reason })
    }
);

told!(Accreditation, "accreditation", "Accreditation", |one, names| vec![
    ("Of", one.setting.map_or_else(|| names.provider(one.provider), |setting| names.setting(setting)).to_owned()),
    ("Provider", names.provider(one.provider).to_owned()),
    ("Scheme", one.scheme.clone()),
    ("Score", one.score.map_or_else(|| "not known".to_owned(), |score| score.to_string())),
    ("What came of it", one.outcome.label().to_owned()),
    ("From", one.from.long()),
    ("Runs out", day(one.to, "does not")),
]);
form!(
    Accreditation,
    "scheme",
    filled | one | {
        let values = vec![
            ("provider", one.provider.to_string()),
            ("setting", chosen(one.setting)),
            ("scheme", one.scheme.clone()),
            ("score", figure(one.score)),
            ("outcome", one.outcome.to_string()),
        ];
        with(values, one.from, one.to)
    },
    fields | typed,
    names,
    _vehicle
        | html! {
            (typed.choice("provider", "Provider", Some("Choose a provider"), &providers(names)))
            (typed.choice("setting", "Property", Some("The provider itself"), &settings(names)))
            (typed.line("scheme", "Scheme", Some("DASH (Decent and Safe Homes), or the authority’s own")))
            (typed.figure("score", "Score", Some("Empty where the scheme gives none")))
            (typed.choice("outcome", "What came of it", Some("Choose"), &choices!(Outcome)))
            (typed.date("from", "From", None))
            (typed.date("to", "Runs out on", Some("Empty where it does not run out")))
        },
    read | typed,
    id,
    vehicle | {
        let provider = typed.word("provider", "Choose the provider");
        let setting = typed.maybe("setting", "Choose a property");
        let scheme = typed.needed("scheme", "Enter the name of the scheme");
        let score = typed.maybe("score", "Enter a whole number, or leave it empty");
        let outcome = typed.word("outcome", "Choose what came of it");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "It runs out after the day on which it begins");
        Some(Self { id, vehicle, provider: provider?, setting, scheme, score, outcome: outcome?, from: from?, to })
    }
);

told!(OutcomeTerm, "outcome", "Outcome paid for", |one, _names| vec![
    ("What is to come about", one.name.clone()),
    ("What is counted", one.counted.clone()),
    ("Paid for each", money(one.tariff)),
    ("At most", one.cap.map_or_else(|| "no cap".to_owned(), |cap| cap.to_string())),
    ("Verified by", one.verifier.clone()),
]);
form!(
    OutcomeTerm,
    "name",
    filled
        | one
        | vec![
            ("name", one.name.clone()),
            ("counted", one.counted.clone()),
            ("tariff", typed_money(one.tariff)),
            ("cap", typed_money(one.cap)),
            ("verifier", one.verifier.clone()),
        ],
    fields | typed,
    _names,
    _vehicle
        | html! {
            (typed.line("name", "What is to come about", None))
            (typed.line("counted", "What is counted", Some("Weeks in a family, moves avoided")))
            (typed.pounds("tariff", "Paid for each", Some("Empty where nobody knows")))
            (typed.pounds("cap", "At most in all", Some("Empty where there is no cap")))
            (typed.line("verifier", "Who verifies what is claimed", None))
        },
    read | typed,
    id,
    vehicle | {
        let name = typed.needed("name", "Enter what is to come about");
        let (tariff, cap) = (typed.money("tariff"), typed.money("cap"));
        Some(Self { id, vehicle, name, counted: typed.text("counted"), tariff, cap, verifier: typed.text("verifier") })
    }
);

entries!(
    told Vehicle, Extension, Lot, JoinWindow, Membership, Suspension, PriceLine, BlockBeds, Indexation, Accreditation, OutcomeTerm;
    typed Extension, Lot, JoinWindow, Membership, Suspension, PriceLine, BlockBeds, Indexation, Accreditation, OutcomeTerm
);
