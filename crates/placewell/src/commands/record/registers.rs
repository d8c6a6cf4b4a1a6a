//! `placewell record providers|homes|home|foster-homes|capacity|ofsted|alerts`: the registers at the terminal.

use std::path::Path;

use domain::Day;
use domain::capacity::{Night, Occupancy};
use service::record::lists::{
    FosterHomeFilter, ListedAlert, ListedFosterHome, ListedProvider, ListedSetting, ProviderFilter, SettingFilter, Sort, Which,
};
use service::record::{self as service_record, Choice, Cursor, HouseholdsTaken, News, Page, SettingPage, Taken};
use web::api as json;

use super::{OWNER, on};
use crate::cli::record::{Alerts, Capacity, FosterHomes, Home, HomeSort, Homes, Ofsted, Providers};
use crate::commands::{file, measures};
use crate::output::{self, Grid};

/// Rows asked for at a time: a command prints all of them.
const ROWS: u32 = 500;

pub(super) fn grid(headings: &[&str], rows: Vec<Vec<String>>, numbers_from: usize) -> Grid {
    Grid { headings: headings.iter().map(|&heading| heading.to_owned()).collect(), rows, numbers_from }
}

fn or_dash(number: Option<u32>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}

pub(super) fn dated(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// All rows of a list, page after page.
pub(crate) async fn all<T>(mut page: impl AsyncFnMut(Option<Cursor>) -> Result<Page<T>, service::Error>) -> Result<Vec<T>, service::Error> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let Page { rows: found, next, .. } = page(after).await?;
        rows.extend(found);
        if next.is_none() {
            return Ok(rows);
        }
        after = next;
    }
}

pub(crate) fn providers(home: &Path, args: &Providers) -> anyhow::Result<()> {
    let filter = ProviderFilter { search: args.search.clone(), status: args.status, sort: args.sort.into(), ..ProviderFilter::default() };
    let (listed, today): (Vec<ListedProvider>, Day) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let page =
            async |after: Option<Cursor>| service_record::providers(record, &OWNER, authority.id, &filter, after.as_ref(), ROWS).await;
        Ok((all(page).await?, record.today()))
    })?;
    let row = |one: &ListedProvider| {
        let provider = &one.provider;
        let owner = one.owner.clone().unwrap_or_default();
        vec![
            provider.name.clone(),
            owner,
            provider.sector.label().to_owned(),
            provider.status.label().to_owned(),
            one.settings.to_string(),
            one.places.to_string(),
        ]
    };
    let grid = grid(&["provider", "owner", "sector", "status", "settings", "places"], listed.iter().map(row).collect(), 4);
    output::print(args.asked.format, &json::providers::Providers::new(&listed, today), &grid, &format!("{} providers.", listed.len()))
}

pub(crate) fn homes(home: &Path, args: &Homes) -> anyhow::Result<()> {
    let which = match (args.free, args.all) {
        (true, _) => Which::WithBed,
        (false, true) => Which::All,
        (false, false) => Which::Open,
    };
    let filter = SettingFilter { search: args.search.clone(), kind: args.kind, judged: args.judged, area: None, which };
    let sort = match args.sort {
        HomeSort::Name => Sort::Name,
        HomeSort::Provider => Sort::Provider,
        HomeSort::Places => Sort::Places,
        HomeSort::Available => Sort::Available,
    };
    let (listed, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let page =
            async |after: Option<Cursor>| service_record::settings(record, &OWNER, authority.id, &filter, sort, after.as_ref(), ROWS).await;
        Ok((all(page).await?, record.today()))
    })?;
    let row = |one: &ListedSetting| {
        let (setting, beds) = (&one.setting, &one.beds);
        vec![
            setting.urn.to_string(),
            setting.name.clone(),
            setting.kind.label().to_owned(),
            one.provider.clone(),
            one.judgement_words().to_owned(),
            or_dash(beds.registered),
            or_dash(beds.usable),
            beds.occupied.to_string(),
            beds.held.to_string(),
            or_dash(beds.available),
        ]
    };
    let headings = ["number", "name", "kind", "provider", "judgement", "registered", "usable", "occupied", "held", "available"];
    let grid = grid(&headings, listed.iter().map(row).collect(), 5);
    let beds: u32 = listed.iter().filter_map(|one| one.beds.available).sum();
    let words = format!("{} settings on {}; {beds} beds that a child can have, as far as the record knows.", listed.len(), today.long());
    output::print(args.asked.format, &json::homes::Homes::new(&listed, today), &grid, &words)
}

pub(crate) fn show(home: &Path, args: &Home) -> anyhow::Result<()> {
    let as_known = args.as_known.as_deref().map(measures::date).transpose()?;
    let page = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let id = service_record::setting_by_number(record, &OWNER, authority.id, &args.urn).await?;
        Ok(service_record::setting(record, &OWNER, authority.id, id, as_known).await?)
    })?;
    let setting = &page.setting.fact;
    let known = as_known.map_or_else(|| "as it is known now".to_owned(), |day| format!("as it was known on {}", day.long()));
    let words = format!(
        "{}, {} of {}, {known}: {}. The log has {} entries.",
        setting.name,
        setting.kind.label(),
        page.provider.name,
        page.judged(),
        page.log.len()
    );
    let grid = grid(&["from", "to", "what", "recorded"], facts(&page), usize::MAX);
    output::print(args.asked.format, &json::homes::Home::new(&page), &grid, &words)
}

/// Every dated fact of a home, in the order in which they began.
fn facts(page: &SettingPage) -> Vec<Vec<String>> {
    let mut rows: Vec<(Option<Day>, Vec<String>)> = Vec::new();
    let mut add = |from: Option<Day>, to: Option<Day>, what: String, recorded: String| {
        rows.push((from, vec![dated(from), dated(to), what, recorded]));
    };
    let setting = &page.setting;
    add(setting.fact.opened, setting.fact.closed, setting.fact.registration.label().to_owned(), setting.recorded_at.to_string());
    for known in &page.terms {
        let fact = &known.fact;
        let what = format!("{} places, ages {} to {}", or_dash(fact.places), or_dash(fact.youngest), or_dash(fact.oldest));
        add(Some(fact.from), None, what, known.recorded_at.to_string());
    }
    for known in &page.judgements {
        add(Some(known.fact.day), None, format!("judged {}", known.fact.overall.label()), known.recorded_at.to_string());
    }
    for known in &page.restrictions {
        add(Some(known.fact.from), known.fact.to, known.fact.kind.label().to_owned(), known.recorded_at.to_string());
    }
    for known in &page.events {
        let what = format!("{} beds: {}", known.fact.beds, known.fact.reason.label());
        add(Some(known.fact.from), known.fact.to, what, known.recorded_at.to_string());
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

pub(crate) fn capacity(home: &Path, args: &Capacity) -> anyhow::Result<()> {
    let (from, to) = (measures::date(&args.from)?, measures::date(&args.to)?);
    if !(1..=json::homes::MOST_NIGHTS).contains(&to.since(from)) {
        anyhow::bail!("--to {to} must be one day to ten years after --from {from}: it is the day after the last night.");
    }
    let page = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let id = service_record::setting_by_number(record, &OWNER, authority.id, &args.urn).await?;
        Ok(service_record::setting(record, &OWNER, authority.id, id, None).await?)
    })?;
    let nights = page.nights(from, to);
    let row = |night: &Night| {
        let beds = &night.beds;
        let blocked = night.blocked.iter().map(|(reason, beds)| format!("{beds} {}", reason.label().to_lowercase()));
        vec![
            night.day.to_string(),
            beds.open.label().to_owned(),
            blocked.collect::<Vec<_>>().join("; "),
            or_dash(beds.registered),
            or_dash(beds.staffed),
            or_dash(beds.usable),
            beds.occupied.to_string(),
            beds.held.to_string(),
            or_dash(beds.available),
        ]
    };
    let headings = ["night", "home", "blocked", "registered", "staffed", "usable", "occupied", "held", "available"];
    let grid = grid(&headings, nights.iter().map(row).collect(), 3);
    let occupancy = Occupancy::over(&nights);
    let percent = |share: Option<f64>| share.map_or_else(|| "not known".to_owned(), |share| format!("{:.1}%", 100.0 * share));
    let words = format!(
        "{}: occupancy {} of registered beds, {} of usable ones.",
        page.setting.fact.name,
        percent(occupancy.of_registered()),
        percent(occupancy.of_usable())
    );
    output::print(args.asked.format, &json::homes::Calendar::new(&page, &nights), &grid, &words)
}

pub(crate) fn ofsted(home: &Path, args: &Ofsted) -> anyhow::Result<()> {
    let bytes = file::read(&args.file)?;
    let name = file_name(&args.file);
    let news = if args.only_known { News::Leave } else { News::Add };
    let taken = on(home, &args.asked.record, async |record| {
        let authority = service_record::opened(record, &OWNER, &args.asked.authority).await?;
        Ok(service_record::take_register(record, &OWNER, authority.id, (&name, &bytes), news).await?)
    })?;
    for finding in &taken.findings {
        output::say(&finding.message);
    }
    if !taken.applied {
        anyhow::bail!("Nothing of {name} was taken: mend the lines above, and take it again.");
    }
    let changes = taken.changes.iter().map(|one| {
        let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
        vec![one.urn.to_string(), one.name.clone(), one.what.to_string(), said(&one.before), said(&one.after), "taken".to_owned()]
    });
    let differences = taken.differences.iter().map(|one| {
        let (recorded, register) = (one.recorded.clone(), one.register.clone());
        vec![one.urn.to_string(), one.name.clone(), one.what.to_owned(), recorded, register, "kept".to_owned()]
    });
    let grid = grid(&["number", "name", "what", "recorded", "register", "became"], changes.chain(differences).collect(), usize::MAX);
    output::print(args.asked.format, &json::ofsted::Register::new(&taken), &grid, &summary(&taken))
}

fn summary(taken: &Taken) -> String {
    let Taken { as_at, added, providers, owned, unchanged, left, changes, differences, alerts, .. } = taken;
    let left = if *left > 0 { format!(", {left} unknown to the record left out") } else { String::new() };
    format!(
        "As at {}: {added} settings new of {providers} new providers, {owned} providers with an owner now, {} changes, {unchanged} as they were{left}; {} said differently and kept. {} alerts raised.",
        as_at.long(),
        changes.len(),
        differences.len(),
        alerts.len()
    )
}

pub(crate) fn foster_homes(home: &Path, args: &FosterHomes) -> anyhow::Result<()> {
    let load = args.load.as_deref().map(|path| Ok::<_, anyhow::Error>((file_name(path), file::read(path)?))).transpose()?;
    let choice = if args.take { Choice::Take } else { Choice::Keep };
    let filter = FosterHomeFilter { search: args.search.clone(), stage: args.stage, sort: args.sort.into(), ..FosterHomeFilter::default() };
    let (taken, listed, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let taken = match &load {
            Some((name, bytes)) => Some(service_record::take_foster_homes(record, &OWNER, authority.id, (name, bytes), choice).await?),
            None => None,
        };
        let page =
            async |after: Option<Cursor>| service_record::foster_homes(record, &OWNER, authority.id, &filter, after.as_ref(), ROWS).await;
        Ok((taken, all(page).await?, record.today()))
    })?;
    let taken_words = taken.as_ref().map(said).transpose()?.unwrap_or_default();
    let row = |one: &ListedFosterHome| {
        let home = &one.home;
        vec![
            home.reference.clone(),
            one.provider.clone(),
            home.stage.label().to_owned(),
            home.care.label().to_owned(),
            dated(home.approved),
            home.places.to_string(),
            one.exemptions.to_string(),
        ]
    };
    let headings = ["household", "service", "stage", "for", "approved", "children", "exemptions"];
    let grid = grid(&headings, listed.iter().map(row).collect(), 5);
    output::print(
        args.asked.format,
        &json::foster_homes::FosterHomes::new(&listed, today),
        &grid,
        &format!("{taken_words}{} households.", listed.len()),
    )
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What taking a list of households did; its findings go to the terminal.
fn said(taken: &HouseholdsTaken) -> anyhow::Result<String> {
    for finding in &taken.findings {
        output::say(&finding.message);
    }
    if !taken.applied {
        anyhow::bail!("Nothing of the list was taken: mend the lines above, and take it again.");
    }
    let HouseholdsTaken { added, unchanged, differing, .. } = taken;
    let differ =
        if differing.is_empty() { String::new() } else { format!(", {} said differently ({})", differing.len(), differing.join(", ")) };
    Ok(format!("{added} new, {unchanged} as they were{differ}. "))
}

pub(crate) fn alerts(home: &Path, args: &Alerts) -> anyhow::Result<()> {
    let (open, raised, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let raised = if args.look { service_record::watch(record, &OWNER, authority.id).await?.len() } else { 0 };
        Ok((service_record::alerts(record, &OWNER, authority.id).await?, raised, record.today()))
    })?;
    let row = |one: &ListedAlert| {
        let alert = &one.alert.fact;
        let owner = one.owner.clone().unwrap_or_else(|| alert.role.words().to_lowercase());
        let child = one.child.clone().unwrap_or_default();
        vec![alert.due.to_string(), owner, child, alert.kind.label().to_owned(), alert.words.clone()]
    };
    let grid = grid(&["due", "owner", "child", "what", "about"], open.iter().map(row).collect(), usize::MAX);
    let words = format!("{} alerts open, {raised} of them new.", open.len());
    output::print(args.asked.format, &json::alerts::Alerts::new(&open, today), &grid, &words)
}
