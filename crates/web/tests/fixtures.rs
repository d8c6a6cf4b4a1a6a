//! Our components against govuk-frontend's own fixtures: the same options give the same markup.

#![expect(clippy::unwrap_used, reason = "a test stops where a fixture is not as expected")]

mod markup;

use maud::{Render, html};
use serde_json::Value;
use web::govuk::{
    Align, Arrangement, BackLink, Banner, Breadcrumbs, Button, Checkboxes, Choice, Chosen, Column, Crumb, DateInput, Details, ErrorSummary,
    Field, FileUpload, FirstCell, Group, Here, InputKind, InputMode, InsetText, Look, NavigationItem, NotificationBanner, PageLink,
    Pagination, Press, Problem, Radios, RowAction, Select, ServiceNavigation, Size, SkipLink, SummaryList, SummaryRow, Table, Tag,
    TextInput, Textarea, Tone, WarningText,
};

#[test]
fn every_component_writes_what_govuk_frontend_writes() {
    let held: Value = serde_json::from_str(include_str!("fixtures/govuk-frontend.json")).unwrap();
    let fixtures = held["fixtures"].as_array().unwrap();
    for fixture in fixtures {
        let (component, name) = (text(fixture, "component"), text(fixture, "name"));
        let options = words_for_numbers(&fixture["options"]);
        let ours = render(component, &options);
        assert_eq!(markup::canonical(&ours), markup::canonical(text(fixture, "html")), "{component}: {name}");
    }
    assert!(fixtures.len() >= 65, "{} fixtures", fixtures.len());
}

fn render(component: &str, options: &Value) -> String {
    let text = |key| text(options, key);
    match component {
        "back-link" => BackLink { text: maybe(options, "text").unwrap_or("Back"), href: maybe(options, "href").unwrap_or("#") }.render(),
        "breadcrumbs" => {
            let crumbs: Vec<_> = items(options).map(|item| Crumb { text: self::text(item, "text"), href: maybe(item, "href") }).collect();
            Breadcrumbs(&crumbs).render()
        }
        "button" => button(options).render(),
        "checkboxes" => {
            let (arrangement, choices) = (arrangement(options), choices(options));
            Checkboxes { group: group(options), arrangement, choices: &choices }.render()
        }
        "date-input" => {
            let prefix = maybe(options, "namePrefix");
            let values = ["day", "month", "year"].map(|part| {
                let key = prefix.map_or(part.to_owned(), |prefix| format!("{prefix}-{part}"));
                options["values"][key.as_str()].as_str().unwrap_or("")
            });
            let markup = DateInput { group: Group { name: prefix.unwrap_or("NONE"), ..group(options) }, values }.render();
            // Without a prefix the package names the parts bare; ours always has a prefix.
            return markup.into_string().replace("name=\"NONE-", "name=\"");
        }
        "details" => {
            let body = maybe(options, "html").map_or_else(|| html! { (text("text")) }, |raw| maud::PreEscaped(raw.to_owned()));
            Details { id: maybe(options, "id"), summary: text("summaryText"), text: body }.render()
        }
        "error-summary" => {
            let problems: Vec<_> = options["errorList"].as_array().into_iter().flatten().map(problem).collect();
            ErrorSummary { description: maybe(options, "descriptionText"), problems: &problems }.render()
        }
        "file-upload" => FileUpload { field: field(options) }.render(),
        "input" => input(options).render(),
        "inset-text" => InsetText(html! { (text("text")) }).render(),
        "notification-banner" => {
            let kind = if maybe(options, "type") == Some("success") { Banner::Success } else { Banner::Important };
            NotificationBanner { kind, text: text("text") }.render()
        }
        "pagination" => pagination(options).render(),
        "radios" => {
            let (arrangement, choices) = (arrangement(options), choices(options));
            Radios { group: group(options), arrangement, choices: &choices }.render()
        }
        "select" => {
            let choices = choices(options);
            Select { field: field(options), choices: &choices }.render()
        }
        "service-navigation" => return service_navigation(options),
        "textarea" => {
            let rows = maybe(options, "rows").map_or(5, |rows| rows.parse().unwrap());
            Textarea { field: field(options), value: maybe(options, "value").unwrap_or(""), rows }.render()
        }
        "skip-link" => SkipLink { text: text("text"), href: maybe(options, "href").unwrap_or("#content") }.render(),
        "summary-list" => return summary_list(options),
        "table" => return table(options),
        "tag" => {
            let tone = match maybe(options, "classes") {
                None => Tone::Accent,
                Some("govuk-tag--grey") => Tone::Quiet,
                Some("govuk-tag--teal") => Tone::Good,
                Some("govuk-tag--orange") => Tone::Soon,
                Some("govuk-tag--red") => Tone::Now,
                Some(other) => panic!("no tone {other}"),
            };
            Tag { text: text("text"), tone }.render()
        }
        "warning-text" => WarningText(text("text")).render(),
        other => panic!("no component {other}"),
    }
    .into_string()
}

fn button(options: &Value) -> Button<'_> {
    let look = match maybe(options, "classes") {
        None => Look::Primary,
        Some("govuk-button--secondary") => Look::Secondary,
        Some("govuk-button--warning") => Look::Warning,
        Some(other) => panic!("no look {other}"),
    };
    let press = match (maybe(options, "href"), maybe(options, "name")) {
        (Some(href), _) => Press::Follow(href),
        (None, Some(name)) => Press::SubmitAs { name, value: maybe(options, "value") },
        (None, None) => Press::Submit,
    };
    Button { text: text(options, "text"), look, press }
}

fn input(options: &Value) -> TextInput<'_> {
    let width = maybe(options, "classes").and_then(|class| class.strip_prefix("govuk-input--width-")).map(|width| width.parse().unwrap());
    let mode = match maybe(options, "inputmode") {
        None => InputMode::Text,
        Some("decimal") => InputMode::Decimal,
        Some("numeric") => InputMode::Numeric,
        Some(other) => panic!("no mode {other}"),
    };
    let (prefix, suffix) = (options["prefix"]["text"].as_str(), options["suffix"]["text"].as_str());
    let kind = match maybe(options, "type") {
        Some("email") => InputKind::Email,
        Some("password") => InputKind::Password,
        _ => InputKind::Text,
    };
    let autocomplete = maybe(options, "autocomplete");
    TextInput { field: field(options), value: maybe(options, "value").unwrap_or(""), mode, width, prefix, suffix, kind, autocomplete }
}

fn pagination(options: &Value) -> Pagination {
    let href = |key: &str| options[key]["href"].as_str().map(str::to_owned);
    let link = |item: &Value| {
        if item["ellipsis"] == true {
            return PageLink::Gap;
        }
        let (number, href) = (text(item, "number").parse().unwrap(), text(item, "href").to_owned());
        if item["current"] == true { PageLink::Current { number, href } } else { PageLink::To { number, href } }
    };
    Pagination { previous: href("previous"), items: items(options).map(link).collect(), next: href("next") }
}

fn service_navigation(options: &Value) -> String {
    let list: Vec<_> = options["navigation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let here = match (item["current"] == true, item["active"] == true) {
                (true, _) => Here::Page,
                (_, true) => Here::Within,
                _ => Here::Elsewhere,
            };
            NavigationItem { text: text(item, "text"), href: text(item, "href"), here }
        })
        .collect();
    let name = html! { (text(options, "serviceName")) };
    ServiceNavigation { name, href: text(options, "serviceUrl"), items: &list, end: None }.render().into_string()
}

fn summary_list(options: &Value) -> String {
    let action = |item| RowAction { text: text(item, "text"), href: text(item, "href"), about: text(item, "visuallyHiddenText") };
    let rows: Vec<_> = options["rows"].as_array().unwrap().iter().collect();
    let actions: Vec<Vec<_>> = rows.iter().map(|row| items(&row["actions"]).map(action).collect()).collect();
    let rows: Vec<_> = rows
        .iter()
        .zip(&actions)
        .map(|(row, actions)| {
            let value = &row["value"];
            let value = value["html"].as_str().map_or_else(|| html! { (text(value, "text")) }, |raw| maud::PreEscaped(raw.to_owned()));
            SummaryRow { key: text(&row["key"], "text"), value, actions }
        })
        .collect();
    SummaryList(&rows).render().into_string()
}

fn table(options: &Value) -> String {
    let column = |head: &'_ Value| {
        let align = if maybe(head, "format") == Some("numeric") { Align::Number } else { Align::Text };
        (head["text"].as_str().unwrap().to_owned(), align)
    };
    let heads: Vec<_> = options["head"].as_array().unwrap().iter().map(column).collect();
    let columns: Vec<_> = heads.iter().map(|(head, align)| Column { head, align: *align, sort: None }).collect();
    let cells = |row: &Value| row.as_array().unwrap().iter().map(|cell| html! { (text(cell, "text")) }).collect();
    let rows: Vec<Vec<_>> = options["rows"].as_array().unwrap().iter().map(cells).collect();
    let first = if options["firstCellIsHeader"] == true { FirstCell::Header } else { FirstCell::Data };
    assert_eq!(text(options, "captionClasses"), "govuk-table__caption--m");
    Table { caption: text(options, "caption"), size: Size::Medium, columns: &columns, first, rows: &rows }.render().into_string()
}

fn field(options: &Value) -> Field<'_> {
    let name = text(options, "name");
    Field {
        id: maybe(options, "id").unwrap_or(name),
        hint: options["hint"]["text"].as_str(),
        error: options["errorMessage"]["text"].as_str(),
        ..Field::new(name, text(&options["label"], "text"))
    }
}

fn group(options: &Value) -> Group<'_> {
    let name = maybe(options, "name").unwrap_or("");
    Group {
        id: maybe(options, "id").or_else(|| maybe(options, "idPrefix")).unwrap_or(name),
        hint: options["hint"]["text"].as_str(),
        error: options["errorMessage"]["text"].as_str(),
        ..Group::new(name, text(&options["fieldset"]["legend"], "text"))
    }
}

fn choices(options: &Value) -> Vec<Choice<'_>> {
    let choice = |item| Choice {
        value: text(item, "value"),
        text: text(item, "text"),
        hint: item["hint"]["text"].as_str(),
        state: if item["checked"] == true || item["selected"] == true { Chosen::Yes } else { Chosen::No },
    };
    items(options).map(choice).collect()
}

fn arrangement(options: &Value) -> Arrangement {
    match maybe(options, "classes") {
        None => Arrangement::Stacked,
        Some(class) if class.ends_with("--inline") => Arrangement::Inline,
        Some(class) if class.ends_with("--small") => Arrangement::Small,
        Some(other) => panic!("no arrangement {other}"),
    }
}

fn problem(item: &Value) -> Problem<'_> {
    Problem { text: text(item, "text"), href: maybe(item, "href") }
}

fn items(options: &Value) -> impl Iterator<Item = &Value> {
    options["items"].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    maybe(value, key).unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn maybe<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value[key].as_str()
}

/// The package takes `1` and `"1"` alike; ours takes text.
fn words_for_numbers(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => items.iter().map(words_for_numbers).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), words_for_numbers(value))).collect(),
        other => other.clone(),
    }
}
