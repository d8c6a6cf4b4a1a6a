//! The sample of a regional extract against the golden figures of the open demand model, and the bridge from its stock to ours.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop the test where the sample is not as it should be")]

use std::collections::HashMap;
use std::path::PathBuf;

use analysis::compatible::{self, EpisodeRow, HeaderRow, SameCarer, Stay};
use analysis::facts::Facts;
use analysis::field::Field;
use analysis::timeline::Timeline;
use analysis::view::{Question, View};
use domain::Day;
use domain::code::Code;

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The rows of a CSV file without quotes, as maps from column to cell.
fn rows(name: &str) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(data(name)).unwrap();
    let mut lines = text.lines().map(|line| line.trim_end_matches('\r').split(','));
    let head: Vec<String> = lines.next().unwrap().map(str::to_owned).collect();
    lines.map(|cells| head.iter().cloned().zip(cells.map(str::to_owned)).collect()).collect()
}

/// The sample as it stands: header rows, episode rows, and the identifier of each child's number.
fn sample() -> (Vec<HeaderRow>, Vec<EpisodeRow>, Vec<String>) {
    let mut ids: Vec<String> = Vec::new();
    let mut number = |id: &str| {
        let known = ids.iter().position(|known| known == id);
        known.unwrap_or_else(|| {
            ids.push(id.to_owned());
            ids.len() - 1
        }) as u32
    };
    let day = |text: &str| Day::parse(text.as_bytes());
    let code = |text: &str| Code::parse(text.as_bytes()).unwrap();
    let headers = rows("sample/header.csv")
        .iter()
        .map(|row| HeaderRow { child: number(&row["CHILD"]), year: row["YEAR"].parse().unwrap(), born: day(&row["DOB"]) })
        .collect();
    let episodes = rows("sample/episodes.csv")
        .iter()
        .map(|row| EpisodeRow {
            child: number(&row["CHILD"]),
            year: row["YEAR"].parse().unwrap(),
            start: day(&row["DECOM"]),
            end: day(&row["DEC"]),
            rne: code(&row["RNE"]),
            legal: code(&row["LS"]),
            place: code(&row["PLACE"]),
        })
        .collect();
    (headers, episodes, ids)
}

#[test]
fn the_compatible_stock_is_the_golden_one_on_every_day() {
    let (headers, episodes, _) = sample();
    let (first, last) = compatible::history(&episodes).unwrap();
    assert_eq!((first.to_string(), last.to_string()), ("2016-04-01".to_owned(), "2022-03-31".to_owned()));
    let stays = compatible::stays(&headers, &episodes, SameCarer::Merged);
    let parts = compatible::parts(&stays, last);
    assert_eq!(parts.len(), 2110);

    let golden = rows("stock_daily.csv");
    assert_eq!(golden.len(), 2191);
    for row in &golden {
        let stock = compatible::stock(&parts, Day::parse(row["date"].as_bytes()).unwrap());
        let mut children = 0;
        for (band, types) in compatible::BANDS.iter().zip(stock) {
            for (broad_type, count) in ["Fostering", "Residential", "Supported", "Other"].iter().zip(types) {
                let expected = row.get(&format!("{band} - {broad_type}")).map_or(0.0, |cell| cell.parse().unwrap());
                assert!((expected - count as f64).abs() < 1e-9, "{} {band} {broad_type}: {expected} and {count}", row["date"]);
                children += count;
            }
        }
        assert!(row["date"] != "2022-03-31" || children == 86);
    }
}

/// Children of each broad type: Fostering, Residential, Supported, Other.
type ByType = [i64; 4];

const TYPES: [&str; 4] = ["Fostering", "Residential", "Supported", "Other"];

/// One child that counts on the date: its identifier, the line of its row in the Episodes file, its broad type.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    id: String,
    line: u32,
    broad_type: usize,
}

fn by_type(children: &[Counted]) -> ByType {
    TYPES.map(|name| children.iter().filter(|child| TYPES[child.broad_type] == name).count() as i64)
}

fn less(after: ByType, before: ByType) -> ByType {
    std::array::from_fn(|at| after[at] - before[at])
}

/// The sample in both readings.
struct Bridge {
    headers: Vec<HeaderRow>,
    episodes: Vec<EpisodeRow>,
    ids: Vec<String>,
    read: ingest::Read,
    timeline: Timeline,
    golden: Vec<HashMap<String, String>>,
}

impl Bridge {
    fn new() -> Self {
        let (headers, episodes, ids) = sample();
        let read = ingest::read(&ingest::Source::open(&data("sample")).unwrap(), &ingest::Options::default()).unwrap();
        let timeline = Timeline::build(&read.history);
        Self { headers, episodes, ids, read, timeline, golden: rows("stock_daily.csv") }
    }

    /// What the golden file says.
    fn golden(&self, on: Day) -> ByType {
        let row = self.golden.iter().find(|row| row["date"] == on.to_string()).unwrap();
        TYPES.map(|name| {
            let of_type = row.iter().filter(|(state, _)| state.ends_with(name));
            of_type.map(|(_, cell)| cell.parse::<f64>().unwrap() as i64).sum()
        })
    }

    /// The model's stays on the date that pass, by the type of the row they stand for.
    fn theirs(&self, on: Day, same_carer: SameCarer, passes: impl Fn(&Stay) -> bool) -> Vec<Counted> {
        let stays = compatible::stays(&self.headers, &self.episodes, same_carer);
        let counted = stays.iter().filter(|stay| stay.covers(on) && passes(stay));
        counted
            .map(|stay| Counted {
                id: self.ids[stay.child as usize].clone(),
                line: stay.row as u32 + 2,
                broad_type: analysis::field::broad_type(stay.place) as usize,
            })
            .collect()
    }

    fn ours(&self, on: Day) -> Vec<Counted> {
        let view = View::new(&self.read.history, &self.timeline, Facts::none(), Question::at(on));
        let history = &self.read.history;
        let counted = view.stock().iter().zip(view.categories(Field::BroadType));
        counted
            .map(|(at, broad_type)| Counted {
                id: history.children.id.get(at.child as usize).to_owned(),
                line: history.episodes.origin[at.episode as usize].row,
                broad_type: broad_type as usize,
            })
            .collect()
    }

    /// Whether our reading ends the row because it stands open in an older return and in no later one.
    fn is_stale(&self, child: &Counted) -> bool {
        let rules = ["open-closed-at-year-end", "open-closed-before-start"];
        self.read.findings.iter().any(|finding| finding.table == "Episodes" && finding.row == child.line && rules.contains(&finding.rule))
    }

    /// The lines from the golden stock to ours: each is what one difference of reading does, found child by child.
    fn lines(&self, on: Day) -> Vec<(&'static str, ByType)> {
        let short_break = |stay: &Stay| domain::code::ls::is_short_break(self.episodes[stay.row].legal);
        let adult = |stay: &Stay| stay.born.age_at(on) >= 18;
        let merged = self.theirs(on, SameCarer::Merged, |_| true);
        let apart = self.theirs(on, SameCarer::Apart, |_| true);
        let care = self.theirs(on, SameCarer::Apart, |stay| !short_break(stay));
        let minors = self.theirs(on, SameCarer::Apart, |stay| !short_break(stay) && !adult(stay));
        let ours = self.ours(on);

        let same = |a: &Counted, b: &Counted| a.id == b.id && a.broad_type == b.broad_type;
        let (stale, dropped): (Vec<Counted>, Vec<Counted>) =
            minors.iter().filter(|child| !ours.iter().any(|other| same(child, other))).cloned().partition(|child| self.is_stale(child));
        let added: Vec<Counted> = ours.iter().filter(|child| !minors.iter().any(|other| same(child, other))).cloned().collect();
        vec![
            ("Moves with the same carer: each row keeps its own type", less(by_type(&apart), by_type(&merged))),
            ("Short breaks (V3, V4) left out", less(by_type(&care), by_type(&apart))),
            ("Aged 18 or over left out", less(by_type(&minors), by_type(&care))),
            ("Cleaning: rows open in an older return and in no later one are ended", less([0; 4], by_type(&stale))),
            ("Cleaning: another of several repeated or overlapping rows counts", less(by_type(&added), by_type(&dropped))),
        ]
    }
}

/// `cargo test -p analysis --test golden_stock -- --nocapture` prints the bridge.
#[test]
fn a_bridge_leads_from_the_golden_stock_to_ours() {
    let bridge = Bridge::new();
    let mut totals = Vec::new();
    for year in 2017..=2022 {
        let on = Day::year_end(year);
        let golden = bridge.golden(on);
        let ours = by_type(&bridge.ours(on));
        let lines = bridge.lines(on);

        let show = |label: &str, row: ByType| {
            println!("{label:<72}{:>7}{:>7}{:>7}{:>7}{:>8}", row[0], row[1], row[2], row[3], row.iter().sum::<i64>());
        };
        println!("\n{:<72}  Fost.  Resi.  Supp.  Other   Total", on.long());
        show("Golden stock of the open demand model", golden);
        for (label, row) in &lines {
            show(label, *row);
        }
        show("Children looked after", ours);

        let sum = lines.iter().fold(golden, |sum, (_, line)| std::array::from_fn(|at| sum[at] + line[at]));
        assert_eq!(sum, ours, "the lines at {on} do not add up");
        let total = |row: ByType| row.iter().sum::<i64>();
        totals.push((total(golden), total(lines[0].1), total(lines[1].1), total(lines[2].1)));
        // A move with the same carer changes a type and never the number of children.
        assert_eq!(total(lines[0].1), 0);
    }
    // What the model's own reading gives, before any cleaning of ours.
    assert_eq!(totals, [(418, 0, -65, 0), (544, 0, -86, 0), (339, 0, -53, 0), (214, 0, -33, 0), (140, 0, -18, 0), (86, 0, -11, 0)]);
}
