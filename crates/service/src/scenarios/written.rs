//! The form of the file.

use domain::Day;
use forecast::scenario::{Ages, Change, Growth, Lever, NewHome, Route, Scenario, Sector, What, When, Whom};
use serde::Deserialize;

use super::file::{self, Basis};
use crate::plans::Named;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Option<String>,
    #[serde(default)]
    lever: Vec<Written>,
    /// What the web app saved with it; commands pass over it.
    saved: Option<file::Written>,
}

/// A file, understood.
#[derive(Debug)]
pub(super) struct Read {
    /// Its name, if it gives one.
    pub(super) name: Option<String>,
    /// Its levers.
    pub(super) scenario: Scenario,
    /// What it was saved with.
    pub(super) basis: Option<Basis>,
}

/// One `[[lever]]` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    group: Option<String>,
    change: Option<toml::Value>,
    from: Option<toml::Value>,
    ramp_months: Option<u32>,
    to: Option<toml::Value>,
    name: Option<String>,
    ages: Option<String>,
    beds: Option<u32>,
    until: Option<u32>,
}

const KINDS: &str = "entries, exits, step-down, in-house, new-home, event or growth";

/// The file, or a sentence for each thing in it that cannot be understood.
pub(super) fn read(file: Named<'_>) -> Result<Read, Vec<String>> {
    let name = file.name;
    let text = std::str::from_utf8(file.bytes).map_err(|_| vec![format!("{name} is not a text file in UTF-8.")])?;
    let read: File = toml::from_str(text).map_err(|fault| {
        let line = fault.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        vec![format!("{name}, line {line}: {}.", fault.message().trim_end_matches('.').replace('\n', "; "))]
    })?;
    if read.lever.is_empty() {
        return Err(vec![format!("{name} has no lever. Write at least one [[lever]] with kind ({KINDS}) and from.")]);
    }
    let (mut levers, mut faults) = (Vec::new(), Vec::new());
    for (at, written) in read.lever.iter().enumerate() {
        match lever(written) {
            Ok(lever) => levers.push(lever),
            Err(fault) => faults.push(format!("{name}, lever {}: {fault}", at + 1)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Read { name: read.name, scenario: Scenario { levers }, basis: read.saved.and_then(file::Written::understood) })
}

fn lever(written: &Written) -> Result<Lever, String> {
    let what = match word(&written.kind).as_str() {
        "entries" => What::Entries { whom: whom(written)?, change: entries(written)? },
        "exits" => What::Exits { route: route(written)?, factor: factor(written)? },
        "step-down" => What::StepDown { a_month: number(written, "children a month, for example change = 2")? },
        "in-house" | "in-house-share" => What::InHouse { sector: sector(written, Sector::Fostering)?, share: share(written)? },
        "new-home" => What::NewHome(NewHome {
            name: written.name.clone().unwrap_or_else(|| "New home".to_owned()),
            sector: sector(written, Sector::Residential)?,
            beds: written.beds.ok_or("a new home needs its number of beds: beds = 4.")?,
            ages: written.ages.as_deref().map_or(Some(Ages::EVERY), ages).ok_or("ages are written as ages = \"10-17\".")?,
        }),
        "event" | "policy-event" => What::Event {
            name: written.name.clone().ok_or("an event needs the name that it has on charts: name = \"…\".")?,
            whom: whom(written)?,
            factor: factor(written)?,
        },
        "growth" => What::Growth(Growth {
            a_month: number(written, "children a month, for example change = 2")?,
            until: written.until.ok_or("growth needs the number at which it stops: until = 898.")?,
        }),
        other => return Err(format!("there is no kind “{other}”. Write {KINDS}.")),
    };
    let from = day(written.from.as_ref(), "from")?.ok_or("it has no first day. Write from = 2026-07-01.")?;
    Ok(Lever { what, when: When { from, ramp_months: written.ramp_months.unwrap_or(0), to: day(written.to.as_ref(), "to")? } })
}

fn word(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', ' '], "-")
}

fn day(value: Option<&toml::Value>, key: &str) -> Result<Option<Day>, String> {
    let Some(value) = value else { return Ok(None) };
    let text = match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match Day::parse(text.trim().as_bytes()) {
        Some(day) => Ok(Some(day)),
        None => Err(format!("{key} “{text}” is not a date. Write {key} = 2026-07-01.")),
    }
}

fn whom(written: &Written) -> Result<Whom, String> {
    let text = written.group.as_deref().unwrap_or("all");
    group(text).ok_or_else(|| format!("there is no group “{text}”. Write all, UASC, or ages such as 10-15, 0 or 16+."))
}

/// The children that a word means.
pub(super) fn group(text: &str) -> Option<Whom> {
    match word(text).as_str() {
        "all" | "total" => Some(Whom::All),
        "uasc" | "unaccompanied" => Some(Whom::Uasc),
        other => ages(other).map(Whom::Ages),
    }
}

/// `10-15`, `10_15`, `0`, `16+`, `16-plus`.
fn ages(text: &str) -> Option<Ages> {
    let text = word(text).replace("-to-", "-").replace("16-plus", "16+");
    let years = |text: &str| text.trim().parse::<u32>().ok();
    if let Some(from) = text.strip_suffix('+') {
        return Some(Ages { from: years(from)?, to: Ages::EVERY.to });
    }
    match text.split_once('-') {
        Some((from, to)) => Some(Ages { from: years(from)?, to: years(to)? }),
        None => years(&text).map(|years| Ages { from: years, to: years }),
    }
}

fn route(written: &Written) -> Result<Option<Route>, String> {
    let Some(group) = written.group.as_deref() else { return Ok(None) };
    match word(group).as_str() {
        "all" => Ok(None),
        "return-home" | "return" | "home" | "reunification" => Ok(Some(Route::ReturnHome)),
        "adoption" => Ok(Some(Route::Adoption)),
        "special-guardianship" | "sgo" | "cao" | "sgo/cao" | "sgo-cao" | "guardianship" => Ok(Some(Route::Guardianship)),
        "other" => Ok(Some(Route::Other)),
        _ => Err(format!("there is no route “{group}”. Write return home, adoption, special guardianship, other, or all.")),
    }
}

fn sector(written: &Written, usual: Sector) -> Result<Sector, String> {
    match written.group.as_deref().map(word).as_deref() {
        None => Ok(usual),
        Some("fostering") => Ok(Sector::Fostering),
        Some("residential") => Ok(Sector::Residential),
        Some(other) => Err(format!("there is no sector “{other}”. Write fostering or residential.")),
    }
}

/// A change as written: a percentage or a number.
enum Given {
    Percent(f64),
    Number(f64),
}

fn given(written: &Written, wanted: &str) -> Result<Given, String> {
    let unreadable = |text: &str| format!("change “{text}” cannot be read. Write {wanted}.");
    match &written.change {
        None => Err(format!("it has no change. Write {wanted}.")),
        Some(toml::Value::Integer(number)) => Ok(Given::Number(*number as f64)),
        Some(toml::Value::Float(number)) => Ok(Given::Number(*number)),
        Some(toml::Value::String(text)) => {
            let bare = text.trim().trim_end_matches("a month").trim();
            let (bare, percent) = bare.strip_suffix('%').map_or((bare, false), |bare| (bare.trim_end(), true));
            let number: f64 = bare.strip_prefix('+').unwrap_or(bare).parse().map_err(|_| unreadable(text))?;
            Ok(if percent { Given::Percent(number) } else { Given::Number(number) })
        }
        Some(other) => Err(unreadable(&other.to_string())),
    }
}

fn entries(written: &Written) -> Result<Change, String> {
    match given(written, "a percentage such as change = \"+10%\", or children a month such as change = 2")? {
        Given::Percent(percent) => Ok(Change::Factor(1.0 + percent / 100.0)),
        Given::Number(children) => Ok(Change::AMonth(children)),
    }
}

fn factor(written: &Written) -> Result<f64, String> {
    match given(written, "a percentage such as change = \"+10%\"")? {
        Given::Percent(percent) => Ok(1.0 + percent / 100.0),
        Given::Number(number) => Err(format!("change = {number} is not a percentage. Write change = \"+10%\" for a tenth more.")),
    }
}

fn share(written: &Written) -> Result<f64, String> {
    match given(written, "a share such as change = \"70%\" or change = 0.7")? {
        Given::Percent(percent) => Ok(percent / 100.0),
        Given::Number(share) => Ok(share),
    }
}

fn number(written: &Written, wanted: &str) -> Result<f64, String> {
    match given(written, wanted)? {
        Given::Number(number) => Ok(number),
        Given::Percent(_) => Err(format!("its change is a number of {wanted}, not a percentage.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levers(text: &str) -> Vec<Lever> {
        read(Named { name: "s.toml", bytes: text.as_bytes() }).unwrap().scenario.levers
    }

    fn one(text: &str) -> What {
        levers(&format!("[[lever]]\nfrom = 2026-07-01\n{text}")).remove(0).what
    }

    #[test]
    fn every_kind_of_lever_can_be_written() {
        let entries = |whom, change| What::Entries { whom, change };
        let teens = Whom::Ages(Ages { from: 10, to: 15 });
        let cases = [
            ("kind = \"entries\"\nchange = \"-50%\"", entries(Whom::All, Change::Factor(0.5))),
            ("kind = \"entries\"\ngroup = \"UASC\"\nchange = 2", entries(Whom::Uasc, Change::AMonth(2.0))),
            ("kind = \"entries\"\ngroup = \"10_15\"\nchange = \"+1.5 a month\"", entries(teens, Change::AMonth(1.5))),
            ("kind = \"exits\"\ngroup = \"return home\"\nchange = \"+25%\"", What::Exits { route: Some(Route::ReturnHome), factor: 1.25 }),
            ("kind = \"exits\"\nchange = \"+25%\"", What::Exits { route: None, factor: 1.25 }),
            ("kind = \"step-down\"\nchange = 2", What::StepDown { a_month: 2.0 }),
            ("kind = \"in-house\"\nchange = \"75%\"", What::InHouse { sector: Sector::Fostering, share: 0.75 }),
            ("kind = \"in-house\"\ngroup = \"residential\"\nchange = 0.25", What::InHouse { sector: Sector::Residential, share: 0.25 }),
            (
                "kind = \"new-home\"\nname = \"Elm\"\nbeds = 4\nages = \"10-17\"",
                What::NewHome(NewHome { name: "Elm".into(), sector: Sector::Residential, beds: 4, ages: Ages { from: 10, to: 17 } }),
            ),
            (
                "kind = \"event\"\nname = \"Dispersal\"\ngroup = \"16+\"\nchange = \"+300%\"",
                What::Event { name: "Dispersal".into(), whom: Whom::Ages(Ages { from: 16, to: 17 }), factor: 4.0 },
            ),
            ("kind = \"growth\"\nchange = 2\nuntil = 898", What::Growth(Growth { a_month: 2.0, until: 898 })),
        ];
        for (text, what) in cases {
            assert_eq!(one(text), what, "{text}");
        }
    }

    #[test]
    fn dates_stand_as_dates_or_in_quotes() {
        let when = |text: &str| levers(&format!("[[lever]]\nkind = \"step-down\"\nchange = 1\n{text}")).remove(0).when;
        let day = |text: &str| Day::parse(text.as_bytes()).unwrap();
        let plain = when("from = 2026-07-01\nramp_months = 6\nto = \"30/06/2027\"");
        assert_eq!(plain, When { from: day("2026-07-01"), ramp_months: 6, to: Some(day("2027-06-30")) });
    }

    #[test]
    fn every_lever_that_cannot_be_read_is_named() {
        let said = |text: &str| read(Named { name: "s.toml", bytes: text.as_bytes() }).unwrap_err();
        let two = "[[lever]]\nkind = \"exits\"\nchange = 0.1\nfrom = 2026-07-01\n[[lever]]\nkind = \"arrivals\"\nfrom = 2026-07-01\n";
        assert_eq!(
            said(two),
            [
                "s.toml, lever 1: change = 0.1 is not a percentage. Write change = \"+10%\" for a tenth more.",
                "s.toml, lever 2: there is no kind “arrivals”. Write entries, exits, step-down, in-house, new-home, event or growth."
            ]
        );
        assert!(said("")[0].starts_with("s.toml has no lever."));
        assert_eq!(
            said("[[lever]]\nkind = \"step-down\"\nchange = 2\n"),
            ["s.toml, lever 1: it has no first day. Write from = 2026-07-01."]
        );
        assert!(said("[[lever]]\nkind = \"exits\"\nbegin = 1\n")[0].starts_with("s.toml, line 3: unknown field `begin`"));
    }
}
