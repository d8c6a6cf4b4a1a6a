//! What a contract costs: prices, blocks of beds, rises.

use domain::Id;
use domain::contract::Vehicle;
use domain::contract::block::BlockBeds;
use domain::contract::indexation::{Indexation, Rule, parse_percent, percent};
use domain::contract::price::PriceLine;
use maud::{Markup, html};
use service::record::Names;

use super::super::super::fact::{FROM, Form, Told, boxes, figure, options};
use super::super::super::form::{Typed, choices};
use super::{chosen, day, lots, money, providers, settings, typed_money, with};

told!(PriceLine, "price", "Price", |one, names| {
    let hours = one.core_hours.map_or_else(|| "not said".to_owned(), |hours| format!("{hours} a week"));
    vec![
        ("Lot", one.lot.map_or("all", |lot| names.lot(lot)).to_owned()),
        ("Provider", one.provider.map_or("every member", |provider| names.provider(provider)).to_owned()),
        ("Home", one.setting.map_or("all", |setting| names.setting(setting)).to_owned()),
        ("Tier", one.tier.clone()),
        ("From", one.from.long()),
        ("To", day(one.to, "goes on")),
        ("A week, as agreed", money(one.weekly)),
        ("Core hours", hours),
        ("An hour more", money(one.hourly)),
        ("Source", one.source.clone()),
    ]
});
form!(
    PriceLine,
    "from",
    filled | one | {
        let values = vec![
            ("lot", chosen(one.lot)),
            ("provider", chosen(one.provider)),
            ("setting", chosen(one.setting)),
            ("tier", one.tier.clone()),
            ("weekly", typed_money(one.weekly)),
            ("core_hours", figure(one.core_hours)),
            ("hourly", typed_money(one.hourly)),
            ("source", one.source.clone()),
        ];
        with(values, one.from, one.to)
    },
    fields | typed,
    names,
    vehicle
        | html! {
            (typed.choice("lot", "Lot", Some("All lots"), &lots(names, vehicle)))
            (typed.choice("provider", "Provider", Some("Every member"), &providers(names)))
            (typed.choice("setting", "Home", Some("All homes"), &settings(names)))
            (typed.line("tier", "Tier of need or of foster care", Some("Empty where there is none")))
            (typed.date("from", "First night", None))
            (typed.date("to", "Holds no more from", Some("Empty while it holds")))
            (typed.pounds("weekly", "A week of the core service", Some("Empty where nobody knows: unknown is not nought")))
            (typed.figure("core_hours", "Hours a week for each child in the core service", Some("Empty where nobody says")))
            (typed.pounds("hourly", "An hour beyond those", Some("Empty where nobody knows")))
            (typed.line("source", "Where the price comes from", Some("Schedule, offer or letter")))
        },
    read | typed,
    id,
    vehicle | {
        let lot = typed.maybe("lot", "Choose a lot of this contract");
        let provider = typed.maybe("provider", "Choose a provider");
        let setting = typed.maybe("setting", "Choose a home");
        let from = typed.needed_day("from", "Enter the first night");
        let to = typed.after("to", from, "A price ends at least a day after it begins");
        let (weekly, hourly) = (typed.money("weekly"), typed.money("hourly"));
        let core_hours = typed.maybe("core_hours", "Enter whole hours, or leave it empty");
        let (tier, source) = (typed.text("tier"), typed.text("source"));
        Some(Self { id, vehicle, lot, provider, setting, tier, from: from?, to, weekly, core_hours, hourly, source })
    }
);

told!(BlockBeds, "block", "Block of beds", |one, names| {
    let place = match (one.setting, one.foster_home) {
        (Some(setting), _) => names.setting(setting),
        (None, Some(home)) => names.foster_home(home),
        (None, None) => "not said yet",
    };
    vec![
        ("Where", place.to_owned()),
        ("Beds", one.beds.to_string()),
        ("Paid for if empty", one.minimum.to_string()),
        ("From", one.from.long()),
        ("To", day(one.to, "goes on")),
        ("A bed a week, as agreed", money(one.weekly)),
        ("An empty bed a week, as agreed", money(one.void)),
    ]
});
form!(
    BlockBeds,
    "beds",
    filled | one | {
        let values = vec![
            ("setting", chosen(one.setting)),
            ("foster_home", chosen(one.foster_home)),
            ("beds", one.beds.to_string()),
            ("minimum", one.minimum.to_string()),
            ("weekly", typed_money(one.weekly)),
            ("void", typed_money(one.void)),
        ];
        with(values, one.from, one.to)
    },
    fields | typed,
    names,
    _vehicle
        | html! {
            (typed.figure("beds", "How many beds", None))
            (typed.choice("setting", "In which home", Some("None, or not said yet"), &settings(names)))
            (typed.choice("foster_home", "Or in which foster home", Some("None"), &options(names.foster_homes.iter().map(|(id, name)| (*id, name.clone())))))
            (typed.date("from", "First night", None))
            (typed.date("to", "Bought no more from", Some("Empty while nobody knows")))
            (typed.pounds("weekly", "A week of a bed in which somebody lives", Some("Empty where nobody knows")))
            (typed.figure("minimum", "Beds paid for whether or not somebody lives in them", None))
            (typed.pounds("void", "A week of such a bed while it is empty", Some("Empty where nobody knows")))
        },
    read | typed,
    id,
    vehicle | {
        let beds = typed.word("beds", "Enter how many beds, one at least");
        let minimum = typed.word("minimum", "Enter how many beds are paid for in any case, 0 for none");
        let (setting, foster_home) = (typed.maybe("setting", "Choose a home"), typed.maybe("foster_home", "Choose a foster home"));
        let from = typed.needed_day("from", "Enter the first night");
        let to = typed.after("to", from, "The beds are bought for a night at least");
        let (weekly, void) = (typed.money("weekly"), typed.money("void"));
        Some(Self { id, vehicle, setting, foster_home, beds: beds?, from: from?, to, weekly, minimum: minimum?, void })
    }
);

told!(Indexation, "rise", "Rise of prices", |one, _names| vec![
    ("Rule", one.rule.label().to_owned()),
    ("At most", one.cap.map_or_else(|| "no cap".to_owned(), percent)),
    ("Not before", one.from.long()),
    ("Rose by", one.rate.map_or_else(|| "not decided".to_owned(), percent)),
    ("From", day(one.applied, "not yet")),
]);
form!(
    Indexation,
    "rule",
    filled | one | {
        let rate = |rate: Option<u32>| rate.map(percent).unwrap_or_default();
        let mut values = vec![("rule", one.rule.to_string()), ("cap", rate(one.cap)), ("rate", rate(one.rate))];
        values.extend(boxes(FROM, Some(one.from)));
        values.extend(boxes(["applied-day", "applied-month", "applied-year"], one.applied));
        values
    },
    fields | typed,
    _names,
    _vehicle
        | html! {
            (typed.choice("rule", "By what the rise is found", Some("Choose"), &choices!(Rule)))
            (typed.line("cap", "The most that prices may rise", Some("Like 1.5%; empty where no cap was agreed")))
            (typed.date("from", "Prices are fixed until", None))
            (typed.line("rate", "By how much they rose", Some("Like 1.2%; empty while it is not decided")))
            (typed.date("applied", "First night of the higher prices", Some("Empty while they are not")))
        },
    read | typed,
    id,
    vehicle | {
        let rule = typed.word("rule", "Choose by what the rise is found");
        let from = typed.needed_day("from", "Enter the day until which prices are fixed");
        let (cap, rate) = (rate(typed, "cap"), rate(typed, "rate"));
        let applied = typed.day("applied");
        Some(Self { id, vehicle, rule: rule?, cap, from: from?, rate, applied })
    }
);

fn rate(typed: &mut Typed, field: &'static str) -> Option<u32> {
    let text = typed.text(field);
    let read = parse_percent(&text);
    if read.is_none() && !text.is_empty() {
        typed.wrong(field, "Enter a rate like 1.5%, or leave it empty");
    }
    read
}
