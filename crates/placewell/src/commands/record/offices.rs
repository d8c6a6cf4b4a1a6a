//! `placewell record offices`: who decides, every nomination, and the rota.

use std::path::Path;

use domain::Day;
use domain::office::{Nomination, Office};
use serde::Serialize;
use service::people::{self, Approver, Gaps, Night};
use service::record as service_record;

use super::registers::{dated, grid};
use super::{OWNER, on};
use crate::cli::record::Offices;
use crate::commands::measures;
use crate::output;

/// What the record says of its offices.
struct Found {
    on: Day,
    hour: u8,
    deciders: Vec<(Office, Vec<Approver>)>,
    nominations: Vec<(Nomination, String)>,
    nights: Vec<Night>,
    gaps: Gaps,
}

pub(crate) fn show(home: &Path, args: &Offices) -> anyhow::Result<()> {
    let day = args.on.as_deref().map(measures::date).transpose()?;
    let from = args.from.as_deref().map(measures::date).transpose()?;
    let found = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        if let (Some(id), Some(from), Some(reason)) = (&args.end, from, &args.reason) {
            let id = id
                .parse()
                .map_err(|_| anyhow::anyhow!("“{id}” is no identity of a nomination: the list shows them with --format json."))?;
            let page = people::nomination(record, &OWNER, &authority, id).await?;
            let version = page.now().map(|known| known.version).unwrap_or_default();
            people::end_nomination(record, &OWNER, &authority, (id, version), from, reason).await?;
        }
        let (today, this_hour) = record.clock();
        let (on, hour) = (day.unwrap_or(today), args.hour.unwrap_or(this_hour));
        let mut deciders = Vec::new();
        for office in Office::ALL {
            deciders.push((office, people::approvers(record, &OWNER, &authority, office, (on, hour)).await?));
        }
        let nominations = people::nominations(record, &OWNER, &authority).await?;
        let nights = people::rota(record, &OWNER, &authority, (on, on.plus(args.nights - 1))).await?;
        let gaps = people::gaps(record, &OWNER, &authority).await?;
        Ok(Found { on, hour, deciders, nominations, nights, gaps })
    })?;
    let row = |(one, name): &(Nomination, String)| {
        let (from, until) = (one.start.to_string(), dated(one.end));
        vec![one.office.to_string(), name.clone(), one.standing.to_string(), from, until, one.written.clone()]
    };
    let rows = found.nominations.iter().map(row).collect();
    let grid = grid(&["office", "who", "as", "from", "until", "signed nomination"], rows, usize::MAX);
    output::print(args.asked.format, &Told::new(&found), &grid, &words(&found))
}

fn words(found: &Found) -> String {
    let decides = |(office, who): &(Office, Vec<Approver>)| {
        let names: Vec<&str> = who.iter().map(|one| one.person.name.as_str()).collect();
        format!("{}: {}.", office.words(), if names.is_empty() { "nobody".to_owned() } else { names.join(", ") })
    };
    let mut lines = vec![format!("Who decides on {}, {:02}:00:", found.on.long(), found.hour)];
    lines.extend(found.deciders.iter().map(decides));
    lines.extend(found.gaps.uncovered.iter().map(|(office, from)| format!("{}: from {} nobody can decide.", office.words(), from.long())));
    let unfounded = |(office, who, on): &(Office, String, Day)| {
        format!("{who} approved on {} without a nomination that bears it: {}.", on.long(), office.words())
    };
    lines.extend(found.gaps.unfounded.iter().map(unfounded));
    let empty = found.nights.iter().filter(|night| night.on_duty.is_empty()).count();
    lines.push(format!("Of {} nights nobody is on the rota for {empty}.", found.nights.len()));
    lines.join("\n")
}

/// The answer as JSON; the keys are documented in `docs/command-line.md` and held to `docs/schema`.
#[derive(Debug, Serialize)]
struct Told {
    on: String,
    hour: u8,
    deciders: Vec<Decider>,
    nominations: Vec<Nominated>,
    nights: Vec<OfNight>,
    uncovered: Vec<Uncovered>,
    unfounded: Vec<Unfounded>,
}

#[derive(Debug, Serialize)]
struct Decider {
    office: String,
    who: String,
    standing: String,
    telephone: Option<String>,
    written: String,
}

#[derive(Debug, Serialize)]
struct Nominated {
    id: String,
    office: String,
    who: String,
    standing: String,
    from: String,
    until: Option<String>,
    written: String,
}

#[derive(Debug, Serialize)]
struct OfNight {
    night: String,
    on_duty: Vec<OnDuty>,
    without: Vec<String>,
}

#[derive(Debug, Serialize)]
struct OnDuty {
    who: String,
    telephone: String,
    offices: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Uncovered {
    office: String,
    from: String,
}

#[derive(Debug, Serialize)]
struct Unfounded {
    office: String,
    who: String,
    on: String,
}

impl Told {
    fn new(found: &Found) -> Self {
        let decider = |office: Office, one: &Approver| Decider {
            office: office.to_string(),
            who: one.person.name.clone(),
            standing: one.standing.to_string(),
            telephone: one.telephone.clone(),
            written: one.written.clone(),
        };
        let nominated = |(one, name): &(Nomination, String)| Nominated {
            id: one.id.to_string(),
            office: one.office.to_string(),
            who: name.clone(),
            standing: one.standing.to_string(),
            from: one.start.to_string(),
            until: one.end.map(|day| day.to_string()),
            written: one.written.clone(),
        };
        let on_duty = |one: &people::OnDuty| OnDuty {
            who: one.name.clone(),
            telephone: one.duty.telephone.clone(),
            offices: one.offices.iter().map(|(office, _)| office.to_string()).collect(),
        };
        let night = |one: &Night| OfNight {
            night: one.day.to_string(),
            on_duty: one.on_duty.iter().map(on_duty).collect(),
            without: one.without.iter().map(ToString::to_string).collect(),
        };
        let uncovered = |(office, from): &(Office, Day)| Uncovered { office: office.to_string(), from: from.to_string() };
        let unfounded =
            |(office, who, on): &(Office, String, Day)| Unfounded { office: office.to_string(), who: who.clone(), on: on.to_string() };
        Self {
            on: found.on.to_string(),
            hour: found.hour,
            deciders: found.deciders.iter().flat_map(|(office, who)| who.iter().map(|one| decider(*office, one))).collect(),
            nominations: found.nominations.iter().map(nominated).collect(),
            nights: found.nights.iter().map(night).collect(),
            uncovered: found.gaps.uncovered.iter().map(uncovered).collect(),
            unfounded: found.gaps.unfounded.iter().map(unfounded).collect(),
        }
    }
}
