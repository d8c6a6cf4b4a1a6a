//! What the register says about a child itself: entering one, and correcting birth, sex, ethnicity, whether it came alone, and whether the case is restricted.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::child::Child;
use domain::history::Uasc;
use domain::{Code, Day, Id};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Versioned, case};

use super::super::form::{Sheet, Typed, dated};
use super::super::home::refused;
use super::super::id;
use super::{Pairs, may_open};
use crate::app;
use crate::door::{Acting, Done};
use crate::error::Error;
use crate::page::Room;

const SEXES: [(&str, &str); 3] = [("F", "Female"), ("M", "Male"), ("U", "Not known")];
const ASYLUM: [(&str, &str); 3] = [("not-known", "Not known"), ("no", "No"), ("yes", "Yes")];
const OPEN: [(&str, &str); 2] = [("no", "To everybody whose role opens cases"), ("yes", "To those alone who are allocated to it")];

fn fields(typed: &Typed, acting: &Acting) -> Markup {
    let plain = |list: &[(&str, &str)]| list.iter().map(|(word, text)| ((*word).to_owned(), (*text).to_owned())).collect::<Vec<_>>();
    let ethnicities: Vec<(String, String)> =
        case::choices("ETHNIC", acting.record.today()).iter().map(|one| (one.code.to_string(), one.label.to_owned())).collect();
    html! {
        (typed.line("reference", "What the case system calls the child", Some("As it stands in the return: no name, and not made of one")))
        (typed.date("born", "Born on", None))
        (typed.choice("sex", "Sex", Some("Choose"), &plain(&SEXES)))
        (typed.choice("ethnicity", "Ethnicity", Some("Not known"), &ethnicities))
        (typed.choice("asylum", "Came to England alone, seeking asylum", None, &plain(&ASYLUM)))
        (typed.date("asylum-ended", "Status ended on", Some("Only where the child came alone and the status has ended, by the 18th birthday")))
        (typed.choice("restricted", "Who may open the case", None, &plain(&OPEN)))
    }
}

/// What was typed about a child; what the form does not ask stays as it was.
fn read(typed: &mut Typed, before: &Child) -> Option<Child> {
    let reference = typed.needed("reference", "Enter what the case system calls the child");
    let born = typed.needed_day("born", "Enter the day of birth");
    let sex: Option<Code> = typed.word("sex", "Choose the sex, or that it is not known");
    if sex.is_some_and(|sex| !SEXES.iter().any(|(word, _)| sex.to_string() == *word)) {
        typed.wrong("sex", "Choose the sex, or that it is not known");
    }
    let ethnicity = typed.code("ethnicity", "Choose one of the list");
    if !ethnicity.is_blank() && case::words("ETHNIC", ethnicity) == ethnicity.to_string() {
        typed.wrong("ethnicity", "Choose one of the list");
    }
    let asylum = asylum(typed, born, before.asylum);
    let restricted = typed.text("restricted") == "yes";
    let child = Child { reference, born: born?, sex: sex?, ethnicity, asylum, restricted, ..before.clone() };
    typed.is_right().then_some(child)
}

/// Whether the child came alone: that nobody knows is an answer of its own. What was not asked stays as it was.
fn asylum(typed: &mut Typed, born: Option<Day>, before: Uasc) -> Uasc {
    let ended = typed.day("asylum-ended");
    match (typed.text("asylum").as_str(), ended) {
        ("yes", ended) => {
            let asylum = Uasc::Until(ended);
            if let Some(Err(fault)) = born.map(|born| asylum.check(born)) {
                typed.wrong("asylum-ended", fault);
            }
            asylum
        }
        (word, Some(_)) => {
            typed.wrong("asylum-ended", "Say first that the child came alone, or leave the day empty");
            if word == "no" { Uasc::Never } else { Uasc::NotKnown }
        }
        ("", None) => before,
        ("no", None) => Uasc::Never,
        _ => Uasc::NotKnown,
    }
}

/// The same as the form's words and boxes.
fn asylum_filled(asylum: Uasc) -> Vec<(&'static str, String)> {
    let (word, ended) = match asylum {
        Uasc::NotKnown => ("not-known", None),
        Uasc::Never => ("no", None),
        Uasc::Until(ended) => ("yes", ended),
    };
    let day = dated(["asylum-ended-day", "asylum-ended-month", "asylum-ended-year"], ended);
    [("asylum", word.to_owned())].into_iter().chain(day).collect()
}

fn entering(state: &app::State, acting: &Acting, typed: &Typed) -> Response {
    let sheet = Sheet {
        heading: "Enter a child".to_owned(),
        trail: &[("Cases", "/cases")],
        action: "/cases/new",
        button: "Enter the child",
        fields: fields(typed, acting),
    };
    typed.page_in(state, Room::Cases, sheet)
}

/// `GET /cases/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, acting: Acting) -> Response {
    entering(&state, &acting, &Typed::new(Vec::new()))
}

/// `POST /cases/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    let blank = Child {
        id: acting.record.id(),
        authority: acting.authority.id,
        reference: String::new(),
        born: acting.record.today(),
        sex: Code::BLANK,
        ethnicity: Code::BLANK,
        asylum: Uasc::NotKnown,
        restricted: false,
    };
    if let Some(child) = read(&mut typed, &blank) {
        let done = case::register(&acting.record, &acting.actor, &child).await;
        if !refused(&mut typed, "reference", done)? {
            return Ok(Redirect::to(&format!("/cases/{}", child.id)).into_response());
        }
    }
    Ok(entering(&state, &acting, &typed))
}

async fn find(acting: &Acting, text: &str) -> Result<Versioned<Child>, Error> {
    let child: Id<Child> = id(text)?;
    may_open(acting, child, Action::ChildWrite).await?;
    Ok(record::show(&acting.record, &acting.actor, acting.authority.id, child, None).await?.child)
}

fn correcting(state: &app::State, acting: &Acting, known: &Versioned<Child>, typed: &Typed) -> Response {
    let here = format!("/cases/{}", known.fact.id);
    let fields = html! {
        input type="hidden" name="version" value=(known.version);
        (fields(typed, acting))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask. Whoever restricts a case and is not allocated to it cannot open it any more")))
    };
    let named = format!("Child {}", known.fact.reference);
    let trail = [("Cases", "/cases"), (named.as_str(), here.as_str())];
    let action = format!("{here}/correct");
    let sheet = Sheet {
        heading: "Correct what the register says".to_owned(),
        trail: &trail,
        action: &action,
        button: "Save the correction",
        fields,
    };
    typed.page_in(state, Room::Cases, sheet)
}

/// `GET /cases/{id}/correct`
pub(super) async fn edit(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let known = find(&acting, &text).await?;
    let fact = &known.fact;
    let mut values = vec![
        ("reference", fact.reference.clone()),
        ("sex", fact.sex.to_string()),
        ("ethnicity", fact.ethnicity.to_string()),
        ("restricted", if fact.restricted { "yes" } else { "no" }.to_owned()),
    ];
    values.extend(dated(["born-day", "born-month", "born-year"], Some(fact.born)));
    values.extend(asylum_filled(fact.asylum));
    Ok(correcting(&state, &acting, &known, &Typed::filled(&values)))
}

/// `POST /cases/{id}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let known = find(&acting, &text).await?;
    let mut typed = Typed::new(pairs);
    let corrected = read(&mut typed, &known.fact);
    let reason = typed.needed("reason", "Say why it is corrected");
    let version: i64 = typed.text("version").parse().unwrap_or_default();
    if version != known.version {
        typed.wrong("reference", "Somebody else changed this meanwhile: look at the case again, and save yours only if it is still right");
    }
    if let Some(child) = corrected.filter(|_| typed.is_right()) {
        let done = case::amend(&acting.record, &acting.actor, version, &child, &reason).await;
        if !refused(&mut typed, "reference", done)? {
            // Whoever restricted a case that they are not allocated to goes back to the list.
            if case::still_opens(&acting.record, &acting.actor, acting.authority.id, child.id).await? {
                return Ok(Redirect::to(&format!("/cases/{}", child.id)).into_response());
            }
            return Ok((Extension(Done::Shut), Redirect::to("/cases")).into_response());
        }
    }
    Ok(correcting(&state, &acting, &known, &typed))
}
