//! `placewell gap`

use domain::number::half_up;
use service::forecasts;
use service::gaps::{self, Area, Found, Line, Request, TopicLine};
use service::holdings;
use service::plans::Named;
use service::work::Progress;
use web::api::gap as json;

use crate::cli::{Format, Gap};
use crate::commands::file;
use crate::commands::measures::{date, folder};
use crate::output::{self, Grid};

/// Lines that people see; programs and spreadsheets get all of them.
const SHOWN: usize = 20;

pub(crate) fn run(args: &Gap) -> anyhow::Result<()> {
    let supply = file::read(&args.supply)?;
    let requests = args.requests.as_deref().map(file::read).transpose()?;
    let supply_name = args.supply.display().to_string();
    let requests_name = args.requests.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    let holding = holdings::open(folder(&args.folder))?;
    let asked = forecasts::Request {
        at: args.at.iter().map(|text| date(text)).collect::<Result<_, _>>()?,
        paths: args.paths,
        seed: args.seed,
        ..forecasts::Request::ahead(date(&args.from)?, args.months)
    };
    let request = Request {
        supply: Named { name: &supply_name, bytes: &supply },
        requests: requests.as_deref().map(|bytes| Named { name: &requests_name, bytes }),
        market_share: args.market_share,
        scenario: None,
        seed: args.seed,
    };
    let found = gaps::ahead(&holding, &asked, &request, &Progress::default())?;
    for sentence in found.findings.iter().map(|finding| &finding.message).chain(&found.warnings) {
        output::say(sentence);
    }
    let authority = holding.profile().map(|profile| profile.name.clone()).filter(|name| !name.is_empty());
    let json = json::Gap::new(&found, authority, args.seed);
    match args.format {
        Format::Table => {
            output::print(args.format, &json, &lines(&found, SHOWN), "")?;
            output::print(args.format, &json, &topics(&found), &words(&found))
        }
        _ => output::print(args.format, &json, &lines(&found, usize::MAX), ""),
    }
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn percent(share: f64) -> String {
    format!("{:.0}%", half_up(share * 100.0, 0))
}

fn lines(found: &Found, most: usize) -> Grid {
    let row = |line: &Line| {
        vec![
            line.home.name().to_owned(),
            gaps::age_band(line.ages),
            line.band.name().to_owned(),
            line.notice.word().to_owned(),
            match line.area {
                Area::Inside => "inside",
                Area::Anywhere => "anywhere",
            }
            .to_owned(),
            line.ways.iter().map(|&way| gaps::way(way, line)).collect::<Vec<_>>().join(" "),
            format!("{:.0}", line.need.median),
            line.usable.to_string(),
            format!("{:.0}", line.shortfall.median),
            format!("{:.0}", line.shortfall.eighty.1),
            percent(line.chance),
        ]
    };
    Grid {
        headings: headings(&[
            "Home",
            "Ages",
            "Need",
            "Notice",
            "Area",
            "What would close it",
            "Children",
            "Usable",
            "Short",
            "Short (1 in 10)",
            "Chance",
        ]),
        rows: found.gap.lines.iter().take(most).map(row).collect(),
        numbers_from: 6,
    }
}

fn topics(found: &Found) -> Grid {
    let row = |line: &TopicLine| {
        let dash = || "–".to_owned();
        vec![
            gaps::topic(line.topic).0,
            format!("{:.0}", line.need.median),
            line.usable.map_or_else(dash, |usable| usable.to_string()),
            line.shortfall.map_or_else(dash, |short| format!("{:.0}", short.median)),
            line.chance.map_or_else(dash, percent),
        ]
    };
    Grid {
        headings: headings(&["Lines of their own", "Need", "Usable", "Short", "Chance"]),
        rows: found.gap.topics.iter().map(row).collect(),
        numbers_from: 1,
    }
}

fn words(found: &Found) -> String {
    let more = found.gap.lines.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!("{more} further lines: --format csv shows all. ") } else { String::new() };
    format!(
        "{rest}Need on {} from {} futures, known until {}. {}\nIn the next {} weeks {} children turn 18 and {} homes end; --format json lists them.",
        found.gap.date.long(),
        found.paths,
        found.from.long(),
        found.constrained.words,
        gaps::WEEKS_AHEAD,
        found.birthdays.len(),
        found.ending.len()
    )
}
