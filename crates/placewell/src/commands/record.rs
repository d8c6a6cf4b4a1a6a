//! `placewell migrate`, `placewell record …` and `placewell audit verify`: the record from the terminal of the machine that keeps it.

use std::future::Future;
use std::path::{Path, PathBuf};

use domain::Day;
use domain::access::Actor;
use domain::code::Code;
use service::holdings;
use service::record::{self as service_record, Case, Choice, Entries, Imported, Listed, Part, Record};

use crate::cli::record::{Children, Import, Show, Verify, Where};
use crate::commands::{measures, seal};
use crate::output::{self, Grid};

pub(crate) mod commission;
pub(crate) mod feed;
mod json;
pub(crate) mod offices;
pub(crate) mod owners;
pub(crate) mod payee;
pub(crate) mod registers;

/// Whoever runs a command here holds the database and its key already: the log names the command.
pub(crate) const OWNER: Actor = Actor::machine("command line");

pub(crate) fn migrate(home: &Path, place: &Where) -> anyhow::Result<()> {
    let key = seal::found_or_made(&seal_file(home, place))?;
    if let Some(file) = address(home, place).strip_prefix("sqlite://").map(Path::new).filter(|file| !file.exists()) {
        // Children's lives are to lie in it: nobody but its owner may read it, from its first moment.
        seal::private(file)?;
    }
    wait(async {
        let record = connect(home, place, key).await?;
        record.migrate().await?;
        output::answer("The record is ready.")?;
        record.close().await;
        Ok(())
    })
}

pub(crate) fn import(home: &Path, args: &Import) -> anyhow::Result<()> {
    let holding = holdings::open(measures::folder(&args.folder))?;
    let choice = if args.take { Choice::Take } else { Choice::Keep };
    let (_, imported) = on(home, &args.record, async |record| Ok(service_record::import_returns(record, &OWNER, &holding, choice).await?))?;
    let differences = imported.differences.iter().map(|one| {
        let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
        let became = if one.taken { "taken from the returns" } else { "kept" };
        vec![one.child.clone(), one.what.to_owned(), said(&one.recorded), said(&one.returned), became.to_owned()]
    });
    let headings = ["child", "what", "recorded", "returned", "became"].map(str::to_owned).to_vec();
    let grid = Grid { headings, rows: differences.collect(), numbers_from: usize::MAX };
    output::print(args.format, &json::Import::new(&imported), &grid, &summary(&imported))
}

fn summary(imported: &Imported) -> String {
    let Imported { children, added, completed, unchanged, differences, hidden: _ } = imported;
    let counts = format!(
        "{children} children new; {added} stays, periods and legal statuses new, {completed} completed, {unchanged} as they were; {} said differently.",
        differences.len()
    );
    let way_out = if differences.iter().any(|one| !one.taken) {
        "\nThe record stays as it is where they differ. Mend whichever is wrong; --take takes the returns' word for all of them."
    } else {
        ""
    };
    counts + way_out
}

pub(crate) fn children(home: &Path, args: &Children) -> anyhow::Result<()> {
    let (listed, today) = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.authority).await?;
        Ok((service_record::children(record, &OWNER, authority.id).await?, record.today()))
    })?;
    let row = |one: &Listed| {
        let (kind, since) = one.lives.map_or(("–".to_owned(), String::new()), |(kind, since)| (kind.to_string(), since.to_string()));
        vec![one.child.reference.clone(), one.child.born.to_string(), one.child.sex.to_string(), kind, since]
    };
    let headings = ["child", "born", "sex", "lives", "since"].map(str::to_owned).to_vec();
    let lives = listed.iter().filter(|one| one.lives.is_some()).count();
    let words = format!("{} children on record; {lives} live in a home on {}.", listed.len(), today.long());
    let grid = Grid { headings, rows: listed.iter().map(row).collect(), numbers_from: usize::MAX };
    output::print(args.format, &json::Children::new(&listed, today), &grid, &words)
}

pub(crate) fn show(home: &Path, args: &Show) -> anyhow::Result<()> {
    let as_known = args.as_known.as_deref().map(measures::date).transpose()?;
    let (case, log) = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.authority).await?;
        let child = service_record::by_reference(record, &OWNER, authority.id, &args.child).await?;
        let case = service_record::show(record, &OWNER, authority.id, child, as_known).await?;
        let log = service_record::log(record, &case, Part::last(Entries::All, json::LOGGED)).await?;
        Ok((case, log))
    })?;
    let headings = ["from", "to", "what", "recorded"].map(str::to_owned).to_vec();
    let grid = Grid { headings, rows: facts(&case), numbers_from: usize::MAX };
    let asylum = &case.child.fact;
    let known = as_known.map_or_else(|| "as it is known now".to_owned(), |day| format!("as it was known on {}", day.long()));
    let words = format!("Child {}, born {}, {known}. Of its log, {} entries were read.", asylum.reference, asylum.born.long(), log.len());
    output::print(args.format, &json::Case::new(&case, &log), &grid, &words)
}

/// Every dated fact of a case, in the order in which they began.
fn facts(case: &Case) -> Vec<Vec<String>> {
    let mut rows: Vec<(Day, Vec<String>)> = Vec::new();
    let mut add = |start: Day, end: Option<Day>, what: String, recorded: String| {
        let end = end.map(|day| day.to_string()).unwrap_or_default();
        rows.push((start, vec![start.to_string(), end, what, recorded]));
    };
    let words = |codes: &[Code]| codes.iter().filter(|code| !code.is_blank()).map(ToString::to_string).collect::<Vec<_>>().join(" ");
    for known in &case.periods {
        let fact = &known.fact;
        add(
            fact.start,
            fact.end,
            format!("in {} {}", fact.kind, words(&[fact.ceased])).trim_end().to_owned(),
            known.recorded_at.to_string(),
        );
    }
    for known in &case.legal {
        let fact = &known.fact;
        add(fact.start, fact.end, format!("legal status {}", words(&[fact.status, fact.need])), known.recorded_at.to_string());
    }
    for known in &case.placements {
        let fact = &known.fact;
        let what = format!("placement {}", words(&[fact.kind, fact.provider, fact.urn, fact.ended]));
        add(fact.start, fact.end, what, known.recorded_at.to_string());
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

pub(crate) fn verify(home: &Path, args: &Verify) -> anyhow::Result<()> {
    let checked = on(home, &args.record, async |record| {
        let authorities = match &args.authority {
            Some(name) => vec![service_record::authority(record, &OWNER, name).await?],
            None => service_record::authorities(record, &OWNER).await?,
        };
        let mut checked = Vec::new();
        for authority in authorities {
            let found = service_record::verify_past(record, &OWNER, authority.id, args.head.as_deref()).await?;
            checked.push((authority.name.clone(), found));
            checked.push((authority.name, service_record::agree(record, &OWNER, authority.id).await?));
        }
        Ok(checked)
    })?;
    if checked.is_empty() {
        output::answer("There is no authority in this record yet, and so no log.")?;
    }
    for (name, found) in checked.iter().filter(|(_, found)| found.holds) {
        let head = found.head.as_ref().map(|head| format!(" Its head, to be kept elsewhere: {head}")).unwrap_or_default();
        output::answer(&format!("{name}: {}{head}", found.words))?;
    }
    let broken: Vec<String> =
        checked.iter().filter(|(_, found)| !found.holds).map(|(name, found)| format!("{name}: {}", found.words)).collect();
    if broken.is_empty() { Ok(()) } else { Err(anyhow::anyhow!(broken.join("\n"))) }
}

/// Does something with the record, which must be ready.
pub(crate) fn on<T>(home: &Path, place: &Where, work: impl AsyncFnOnce(&Record) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let key = seal::read(&seal_file(home, place))?;
    wait(async {
        let record = connect(home, place, key).await?;
        record.ready().await?;
        let done = work(&record).await;
        record.close().await;
        done
    })
}

pub(crate) async fn connect(home: &Path, place: &Where, key: [u8; 64]) -> anyhow::Result<Record> {
    Ok(Record::connect(&address(home, place), key, now, seal::chance).await?)
}

pub(crate) fn address(home: &Path, place: &Where) -> String {
    place.database.clone().unwrap_or_else(|| format!("sqlite://{}", home.join("record.db").display()))
}

#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

pub(crate) fn seal_file(home: &Path, place: &Where) -> PathBuf {
    place.seal_key.clone().unwrap_or_else(|| home.join("seal.key"))
}

pub(crate) fn wait<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
