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
use crate::commands::forecast::scenario;
use crate::commands::measures::{date, folder};
use crate::output::{self, Grid};

/// Lines that people see; programs and spreadsheets get all of them.
const SHOWN: usize = 20;

/// Of them, those with what would close them.
const CLOSED: usize = 5;

pub(crate) fn run(args: &Gap) -> anyhow::Result<()> {
    let supply = file::read(&args.supply)?;
    let requests = args.requests.as_deref().map(file::read).transpose()?;
    let supply_name = args.supply.display().to_string();
    let requests_name = args.requests.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    let holding = holdings::open(folder(&args.folder))?;
    let from = date(&args.from)?;
    let asked = forecasts::Request {
        at: args.at.iter().map(|text| date(text)).collect::<Result<_, _>>()?,
        paths: args.paths,
        seed: args.seed,
        scenario: scenario(args.scenario.as_deref(), from)?,
        ..forecasts::Request::ahead(from, args.months)
    };
    let request = Request {
        supply: Named { name: &supply_name, bytes: &supply },
        requests: requests.as_deref().map(|bytes| Named { name: &requests_name, bytes }),
        authority: args.of.as_deref(),
        market_share: args.market_share,
    };
    let found = gaps::ahead(&holding, &asked, &request, &Progress::default())?;
    for sentence in found.findings.iter().map(|finding| &finding.message).chain(&found.warnings) {
        output::say(sentence);
    }
    let json = json::Gap::new(&found).with_children(&found);
    match args.format {
        Format::Table => {
            output::print(args.format, &json, &shown(&found), &closes(&found))?;
            output::print(args.format, &json, &topics(&found), &words(&found))
        }
        _ => output::print(args.format, &json, &lines(&found), ""),
    }
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn percent(share: f64) -> String {
    format!("{:.0}%", half_up(share * 100.0, 0))
}

/// Every line, for spreadsheets.
fn lines(found: &Found) -> Grid {
    Grid { headings: headings(&json::COLUMNS), rows: found.gap.lines.iter().map(json::cells).collect(), numbers_from: 7 }
}

/// The lines of the area, which is what the duty is about; the last column says what is left if homes elsewhere count.
fn inside(found: &Found) -> impl Iterator<Item = &Line> {
    found.gap.lines.iter().filter(|line| line.area == Area::Inside)
}

fn shown(found: &Found) -> Grid {
    let key = |line: &Line| (line.home, line.ages.from, line.band, line.notice);
    let row = |line: &Line| {
        let elsewhere = found.gap.lines.iter().find(|other| other.area == Area::Anywhere && key(other) == key(line));
        vec![
            line.home.name().to_owned(),
            gaps::age_band(line.ages),
            line.band.name().to_owned(),
            line.notice.word().to_owned(),
            line.date.to_string(),
            format!("{:.0}", line.need.median),
            line.usable.to_string(),
            format!("{:.0}", line.shortfall.median),
            format!("{:.0}", line.shortfall.eighty.1),
            percent(line.chance),
            elsewhere.map_or_else(|| "–".to_owned(), |other| percent(other.chance)),
        ]
    };
    Grid {
        headings: headings(&["Home", "Ages", "Need", "Notice", "Worst on", "Children", "Usable", "Short", "1 in 10", "Chance", "Anywhere"]),
        rows: inside(found).take(SHOWN).map(row).collect(),
        numbers_from: 5,
    }
}

fn ways(line: &Line) -> String {
    line.ways.iter().map(|&way| gaps::way(way, line)).collect::<Vec<_>>().join(" ")
}

fn closes(found: &Found) -> String {
    let line = |line: &Line| format!("{}, {}, {}: {}", line.home.name(), gaps::age_band(line.ages), line.band.name(), ways(line));
    let lines: Vec<String> = inside(found).filter(|line| !line.ways.is_empty()).take(CLOSED).map(line).collect();
    if lines.is_empty() {
        "Nothing is short in nine of ten futures.\n".to_owned()
    } else {
        format!("What would close the greatest gaps:\n{}\n", lines.join("\n"))
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
    let more = inside(found).count().saturating_sub(SHOWN);
    let register = if found.constrained.wanted.is_some() { "" } else { " A register of requests (--requests) tells what was sought." };
    let rest = if more > 0 { format!("{more} further lines: --format csv shows them. ") } else { String::new() };
    format!(
        "{rest}Need up to {}, each line on its worst date, from {} futures, known until {}. {}{register}\nIn the next {} weeks {} children turn 18 and {} homes end; --format json lists them.",
        found.gap.date.long(),
        found.paths,
        found.from.long(),
        found.constrained.words(|_| true),
        gaps::WEEKS_AHEAD,
        found.birthdays.len(),
        found.ending.len()
    )
}
