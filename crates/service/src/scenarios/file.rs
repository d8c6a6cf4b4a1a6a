//! A scenario as the TOML file that `forecast --scenario` and `gap --scenario` take.

use std::fmt::Write;

use domain::Day;
use domain::number::half_up;
use forecast::scenario::{Ages, Change, Lever, Scenario, What, Whom};
use serde::Deserialize;

/// What a scenario was saved with, so that it can be seen later what has changed: the question, and the returns that it was asked of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The last day that was known.
    pub from: Day,
    /// Months ahead.
    pub months: u32,
    /// Futures.
    pub paths: usize,
    /// Where chance comes from.
    pub seed: u64,
    /// The last day that the returns covered: their vintage.
    pub returns_until: Day,
    /// Fingerprint of the returns.
    pub returns_sha256: String,
    /// Fingerprint of the levers as they are written here.
    pub levers_sha256: String,
    /// The Placewell that it was saved by.
    pub placewell: String,
}

/// `[saved]` as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    from: String,
    months: u32,
    paths: usize,
    seed: u64,
    returns_until: String,
    returns_sha256: String,
    levers_sha256: String,
    placewell: String,
}

impl Written {
    /// Nothing where a date in it is none: then it says nothing that could be held against the returns.
    pub(super) fn understood(self) -> Option<Basis> {
        let day = |text: &str| Day::parse(text.as_bytes());
        Some(Basis {
            from: day(&self.from)?,
            months: self.months,
            paths: self.paths,
            seed: self.seed,
            returns_until: day(&self.returns_until)?,
            returns_sha256: self.returns_sha256,
            levers_sha256: self.levers_sha256,
            placewell: self.placewell,
        })
    }
}

/// The levers alone, in one spelling: two files that mean the same are written alike.
pub(super) fn levers(scenario: &Scenario) -> String {
    let mut text = String::new();
    for lever in &scenario.levers {
        write_lever(&mut text, lever);
    }
    text
}

/// The whole file.
pub(super) fn write(name: &str, scenario: &Scenario, basis: Option<&Basis>) -> String {
    let mut text = format!("name = {}\n", quoted(name));
    text.push_str(&levers(scenario));
    if let Some(basis) = basis {
        let Basis { from, months, paths, seed, returns_until, returns_sha256, levers_sha256, placewell } = basis;
        // Writing to memory does not fail.
        let _ = write!(
            text,
            "\n# What it was saved with. Commands pass over it; the web app says what has changed since.\n[saved]\nfrom = \"{from}\"\nmonths = {months}\npaths = {paths}\nseed = {seed}\nreturns_until = \"{returns_until}\"\nreturns_sha256 = {}\nlevers_sha256 = {}\nplacewell = {}\n",
            quoted(returns_sha256),
            quoted(levers_sha256),
            quoted(placewell),
        );
    }
    text
}

fn write_lever(text: &mut String, lever: &Lever) {
    text.push_str("\n[[lever]]\n");
    let mut say = |key: &str, value: String| {
        let _ = writeln!(text, "{key} = {value}");
    };
    match &lever.what {
        What::Entries { whom, change } => {
            say("kind", quoted("entries"));
            say("group", quoted(&group(*whom)));
            match *change {
                Change::Factor(factor) => say("change", quoted(&percent(factor))),
                Change::AMonth(children) => say("change", quoted(&format!("{children} a month"))),
            }
        }
        What::Exits { route, factor } => {
            say("kind", quoted("exits"));
            say("group", quoted(route.map_or("all", |route| route.name())));
            say("change", quoted(&percent(*factor)));
        }
        What::StepDown { a_month } => {
            say("kind", quoted("step-down"));
            say("change", quoted(&a_month.to_string()));
        }
        What::InHouse { sector, share } => {
            say("kind", quoted("in-house"));
            say("group", quoted(sector.name()));
            say("change", quoted(&format!("{}%", half_up(share * 100.0, 6))));
        }
        What::NewHome(home) => {
            say("kind", quoted("new-home"));
            say("name", quoted(&home.name));
            say("group", quoted(home.sector.name()));
            say("beds", home.beds.to_string());
            say("ages", quoted(&ages(home.ages)));
        }
        What::Event { name, whom, factor } => {
            say("kind", quoted("event"));
            say("name", quoted(name));
            say("group", quoted(&group(*whom)));
            say("change", quoted(&percent(*factor)));
        }
        What::Growth(growth) => {
            say("kind", quoted("growth"));
            say("change", quoted(&growth.a_month.to_string()));
            say("until", growth.until.to_string());
        }
    }
    let when = lever.when;
    say("from", when.from.to_string());
    if when.ramp_months > 0 {
        say("ramp_months", when.ramp_months.to_string());
    }
    if let Some(to) = when.to {
        say("to", to.to_string());
    }
}

pub(super) fn group(whom: Whom) -> String {
    match whom {
        Whom::All => "all".to_owned(),
        Whom::Uasc => "UASC".to_owned(),
        Whom::Ages(years) => ages(years),
    }
}

pub(super) fn ages(ages: Ages) -> String {
    if ages.from == ages.to { ages.from.to_string() } else { format!("{}-{}", ages.from, ages.to) }
}

/// `+10%`; six decimals are more than anybody writes, and take away what multiplying leaves behind.
pub(super) fn percent(factor: f64) -> String {
    let percent = half_up((factor - 1.0) * 100.0, 6);
    format!("{}{percent}%", if percent < 0.0 { "" } else { "+" })
}

/// A string of TOML with what must be escaped in it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
