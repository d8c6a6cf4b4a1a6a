//! `placewell record contracts|contract|place`: what homes are bought under, and placing a child, at the terminal.

use std::path::Path;

use domain::capacity::Sharing;
use domain::contract::price::Bought;
use domain::foster_home::Kinship;
use domain::lodging::Place as At;
use domain::{Day, Id};
use serde::Serialize;
use service::record::lists::{ContractFilter, ContractSort, FosterHomeFilter, ListedContract};
use service::record::{
    self as service_record, Authority, ContractList, ContractPage, EndingOf, LinesTaken, Placing, Record, Tense, Wanted,
};
use web::api::contracts as json;

use super::registers::{all, dated, file_name, grid};
use super::{OWNER, on};
use crate::cli::record::{Contract, Contracts, Place};
use crate::commands::{file, measures};
use crate::output;

pub(crate) fn contracts(home: &Path, args: &Contracts) -> anyhow::Result<()> {
    if let Some(months) = args.ending {
        return ending(home, args, months);
    }
    let filter = ContractFilter { search: args.search.clone(), kind: args.kind, phase: None };
    let load = args.load.as_deref().map(|path| Ok::<_, anyhow::Error>((file_name(path), file::read(path)?))).transpose()?;
    let (listed, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        if let Some((name, bytes)) = &load {
            said(name, &service_record::take_contracts(record, &OWNER, authority.id, (name, bytes)).await?)?;
        }
        let page = async |after: Option<service_record::Cursor>| {
            service_record::contracts(record, &OWNER, authority.id, &filter, ContractSort::Reference, after.as_ref(), 500).await
        };
        Ok((all(page).await?, record.today()))
    })?;
    let row = |one: &ListedContract| {
        let vehicle = &one.vehicle;
        vec![
            vehicle.reference.clone(),
            vehicle.title.clone(),
            vehicle.kind.label().to_owned(),
            vehicle.from.to_string(),
            dated(one.end),
            one.lots.to_string(),
            one.members.to_string(),
            one.block_beds.to_string(),
            one.prices.to_string(),
        ]
    };
    let headings = ["reference", "title", "kind", "from", "to", "lots", "members", "beds", "prices"];
    let grid = grid(&headings, listed.iter().map(row).collect(), 5);
    output::print(args.asked.format, &json::Contracts::new(&listed, today), &grid, &format!("{} contracts.", listed.len()))
}

fn ending(home: &Path, args: &Contracts, months: i32) -> anyhow::Result<()> {
    let (endings, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let until = record.today().plus_months(months);
        Ok((service_record::contract_endings(record, &OWNER, authority.id, until).await?, record.today()))
    })?;
    let row = |one: &EndingOf| {
        let (day, what) = (one.ending.day.to_string(), one.ending.kind.label().to_owned());
        vec![day, what, one.vehicle.reference.clone(), one.vehicle.title.clone()]
    };
    let grid = grid(&["day", "what", "contract", "title"], endings.iter().map(row).collect(), usize::MAX);
    let words = format!("{} things end in {months} months.", endings.len());
    output::print(args.asked.format, &json::Endings::new(&endings, today, today.plus_months(months)), &grid, &words)
}

pub(crate) fn contract(home: &Path, args: &Contract) -> anyhow::Result<()> {
    let as_known = args.as_known.as_deref().map(measures::date).transpose()?;
    let on_day = args.on.as_deref().map(measures::date).transpose()?;
    let lists = [(ContractList::Members, &args.load_members), (ContractList::Prices, &args.load_prices)];
    let read = |(list, path): (ContractList, &Option<std::path::PathBuf>)| {
        path.as_deref().map(|path| Ok::<_, anyhow::Error>((list, file_name(path), file::read(path)?))).transpose()
    };
    let lists = lists.into_iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let (page, bought) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let id = service_record::contract_by_reference(record, &OWNER, authority.id, &args.reference).await?;
        for (list, name, bytes) in lists.iter().flatten() {
            let taken = service_record::take_contract_lines(record, &OWNER, authority.id, id, *list, (name, bytes)).await?;
            said(name, &taken)?;
        }
        let page = service_record::contract(record, &OWNER, authority.id, id, as_known).await?;
        let bought = bought(record, &authority, &page, args).await?;
        Ok((page, bought))
    })?;
    let priced = on_day.map(|day| (day, page.price(&bought, day)));
    let vehicle = &page.vehicle.fact;
    let cost = priced.as_ref().map_or_else(String::new, |(day, priced)| format!(" On the night of {}: {}.", day.long(), priced.words));
    let mut words = format!("{}, {}, {}: {}.{cost}", vehicle.reference, vehicle.title, vehicle.kind.label(), page.phase().label());
    for breach in page.breaches() {
        words = format!("{words} Outside what it allows: {breach}.");
    }
    let grid = grid(&["from", "to", "what", "of"], facts(&page), usize::MAX);
    let body = json::Contract::new(&page, priced.as_ref().map(|(day, priced)| (*day, priced)));
    output::print(args.asked.format, &body, &grid, &words)
}

/// What taking a list did; everything that stands against it goes to the terminal.
fn said(name: &str, taken: &LinesTaken) -> anyhow::Result<()> {
    for finding in &taken.findings {
        output::say(&finding.message);
    }
    if !taken.applied {
        anyhow::bail!("Nothing of {name} was taken: mend the lines above, and take it again.");
    }
    output::say(&format!("{name}: {} new, {} as they were.", taken.added, taken.unchanged));
    Ok(())
}

/// The thing whose price is asked, by the names of the command.
async fn bought(record: &Record, authority: &Authority, page: &ContractPage, args: &Contract) -> anyhow::Result<Bought> {
    let named = |what: &str, name: &str| anyhow::anyhow!("There is no {what} called “{name}” in this contract or on the register.");
    let same = |known: &str, name: &str| known.eq_ignore_ascii_case(name);
    let lot = match &args.lot {
        Some(name) => {
            let found = page.lots.iter().find(|known| same(&known.fact.name, name)).map(|known| known.fact.id);
            Some(found.ok_or_else(|| named("lot", name))?)
        }
        None => None,
    };
    let setting = match &args.urn {
        Some(urn) => Some(service_record::setting_by_number(record, &OWNER, authority.id, urn).await?),
        None => None,
    };
    let provider = match (&args.provider, setting) {
        (Some(name), _) => {
            let found = page.names.providers.iter().find(|(_, known)| same(known, name)).map(|(id, _)| *id);
            Some(found.ok_or_else(|| named("provider", name))?)
        }
        // A home's prices are its provider's, without anybody saying so.
        (None, Some(setting)) => page.names.settings.get(&setting).map(|(_, provider)| *provider),
        (None, None) => None,
    };
    Ok(Bought { lot, provider, setting, tier: args.tier.clone().unwrap_or_default() })
}

/// Every dated fact of a contract, in the order in which they begin.
fn facts(page: &ContractPage) -> Vec<Vec<String>> {
    let names = &page.names;
    let mut rows: Vec<(Day, Vec<String>)> = Vec::new();
    let mut add = |from: Day, to: Option<Day>, what: &str, of: String| {
        rows.push((from, vec![from.to_string(), dated(to), what.to_owned(), of]));
    };
    let vehicle = &page.vehicle.fact;
    add(vehicle.from, page.end(), "contract", vehicle.title.clone());
    for known in &page.extensions {
        let taken = known.fact.taken.map_or_else(|| "not taken".to_owned(), |taken| format!("taken {taken}"));
        add(known.fact.notice, Some(known.fact.to), "option", taken);
    }
    for known in &page.members {
        let lot = known.fact.lot.map_or_else(String::new, |lot| format!(", {}", names.lot(lot)));
        add(known.fact.from, known.fact.to, "member", format!("{}{lot}", names.provider(known.fact.provider)));
    }
    for known in &page.prices {
        let fact = &known.fact;
        let of = [fact.lot.map(|id| names.lot(id)), fact.provider.map(|id| names.provider(id)), fact.setting.map(|id| names.setting(id))];
        let weekly = fact.weekly.map_or_else(|| "not known".to_owned(), |money| format!("{money} a week"));
        add(fact.from, fact.to, "price", format!("{weekly}: {}", of.into_iter().flatten().collect::<Vec<_>>().join(", ")));
    }
    for known in &page.blocks {
        add(known.fact.from, known.fact.to, "block", format!("{} beds, {} paid for if empty", known.fact.beds, known.fact.minimum));
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What placing did, or what stands against it.
#[derive(Debug, Serialize)]
struct Answer {
    done: &'static str,
    refused: Vec<String>,
    said: Vec<String>,
    placement: Option<String>,
    hold: Option<String>,
    lapses: Option<String>,
    alerts: usize,
}

pub(crate) fn place(home: &Path, args: &Place) -> anyhow::Result<()> {
    let (from, to) = (measures::date(&args.from)?, args.to.as_deref().map(measures::date).transpose()?);
    let answer = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let child = service_record::by_reference(record, &OWNER, authority.id, &args.child).await?;
        let place = at(record, &authority, args).await?;
        let sharing = if args.alone { Sharing::Alone } else { Sharing::Shared };
        let placing = Placing {
            child,
            place,
            tense: if args.happened { Tense::Happened } else { Tense::Planned },
            from,
            to,
            kind: args.kind,
            sharing,
            kinship: if args.siblings { Kinship::AllSiblings } else { Kinship::NotAll },
            leaves: args.leaves.unwrap_or_default(),
        };
        let nothing = Answer { done: "looked", refused: vec![], said: vec![], placement: None, hold: None, lapses: None, alerts: 0 };
        if args.look {
            let outlook = service_record::outlook(record, &OWNER, authority.id, &placing).await?;
            return Ok(Answer { refused: outlook.refused, said: outlook.said, ..nothing });
        }
        if let (Some(hours), At::Setting(setting)) = (args.hold, place) {
            let wanted = Wanted { setting, child, from, to, sharing };
            let (hold, said) = service_record::hold(record, &OWNER, authority.id, &wanted, hours).await?;
            let said = said.iter().map(ToString::to_string).collect();
            return Ok(Answer { done: "held", said, hold: Some(hold.id.to_string()), lapses: Some(hold.lapses.to_string()), ..nothing });
        }
        let placed = service_record::place(record, &OWNER, authority.id, &placing).await?;
        let placement = Some(placed.placement.id.to_string());
        Ok(Answer { done: "placed", said: placed.said, placement, alerts: placed.alerts.len(), ..nothing })
    })?;
    let rows =
        answer.said.iter().map(|said| vec![said.clone(), if answer.refused.contains(said) { "refused".to_owned() } else { String::new() }]);
    let grid = grid(&["to be thought of", ""], rows.collect(), usize::MAX);
    let words = match answer.done {
        "looked" if !answer.refused.is_empty() => "It cannot be planned.".to_owned(),
        "looked" => "It can be planned; a person decides.".to_owned(),
        "held" => format!("The bed is held until {}.", answer.lapses.as_deref().unwrap_or_default()),
        _ if answer.alerts > 0 => format!("The placement is recorded, and {} alerts are raised about it.", answer.alerts),
        _ => "The placement is recorded.".to_owned(),
    };
    output::print(args.asked.format, &answer, &grid, &words)
}

async fn at(record: &Record, authority: &Authority, args: &Place) -> anyhow::Result<At> {
    if let Some(urn) = &args.urn {
        return Ok(At::Setting(service_record::setting_by_number(record, &OWNER, authority.id, urn).await?));
    }
    let reference = args.foster_home.clone().unwrap_or_default();
    let filter = FosterHomeFilter { search: Some(reference.clone()), ..FosterHomeFilter::default() };
    let page = async |after: Option<service_record::Cursor>| {
        service_record::foster_homes(record, &OWNER, authority.id, &filter, after.as_ref(), 500).await
    };
    let found: Option<Id<_>> = all(page).await?.into_iter().find(|one| one.home.reference == reference).map(|one| one.home.id);
    Ok(At::FosterHome(found.ok_or_else(|| anyhow::anyhow!("There is no foster home called “{reference}”."))?))
}
