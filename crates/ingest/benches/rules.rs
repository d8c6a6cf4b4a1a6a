//! All 81 rules over a return as large as all England's: 100,000 children, 170,000 episodes this year and 106,000 last year.
//! The sector's validator takes 290 s and 2.4 GB for as much.
//!
//! `cargo bench -p ingest --bench rules`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::Day;
use ingest::ssda903::providers::{Provider, ProviderList};
use ingest::ssda903::rules::{self, DOLO, EPISODES, HEADER, Inputs, OC3, Tables, UASC};
use ingest::table::Table;
use reference::AreaId;
use reference::postcode::units_in;

const CHILDREN: u32 = 100_000;
const YEAR: u32 = 2027;
const PROVIDERS: u32 = 227;
const EPISODE: [&str; 13] =
    ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"];

/// A number that looks like chance and is the same every time.
fn mix(seed: u32) -> u32 {
    let mut x = seed.wrapping_mul(0x9e37_79b9) ^ 0x85eb_ca6b;
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

fn pick<'a>(from: &[&'a str], seed: u32) -> &'a str {
    from[mix(seed) as usize % from.len()]
}

/// One child's stay: an entry before or in the year, then a move in 7 of 10 cases; one cell in 70 is spoiled.
fn episodes(year: u32, postcodes: &[String]) -> Table {
    let mut table = Table::new("episodes.csv", &EPISODE);
    let last_day = Day::year_end(year);
    let mut line = 1;
    for child in 0..CHILDREN {
        let of_child = child.wrapping_mul(16);
        let start = Day::year_start(YEAR).plus((mix(of_child) % 700) as i32 - 500);
        let end = start.plus(30 + (mix(of_child + 1) % 200) as i32);
        let moved = mix(of_child + 2) % 10 < 7 && end <= last_day;
        let stays = [Some((start, moved.then_some(end), "S")), moved.then_some((end, None, "P"))];
        for (seed, (begins, ends, rne)) in [of_child + 4, of_child + 10].into_iter().zip(stays.into_iter().flatten()) {
            if begins > last_day {
                continue;
            }
            line += 1;
            let spoil = |text: &str, at: u32| if mix(seed + at).is_multiple_of(70) { "?".to_owned() } else { text.to_owned() };
            let provider = mix(seed + 3) % PROVIDERS;
            let cells = [
                child.to_string(),
                spoil(&begins.statutory(), 0),
                rne.to_owned(),
                spoil(pick(&["C1", "C2", "E1"], of_child), 1),
                "N1".to_owned(),
                spoil(pick(&["U4", "U6", "K2"], seed + 1), 2),
                pick(&["PR4", "PR5"], seed + 2).to_owned(),
                ends.map(Day::statutory).unwrap_or_default(),
                if moved && ends.is_some() { "X1" } else { "" }.to_owned(),
                if ends.is_some() { "CARPL" } else { "" }.to_owned(),
                postcodes[mix(of_child + 3) as usize % postcodes.len()].clone(),
                postcodes[provider as usize].clone(),
                format!("SC{provider:06}"),
            ];
            table.push(line, cells.iter().map(String::as_str));
        }
    }
    table
}

fn header() -> Table {
    let mut table = Table::new("header.csv", &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]);
    for child in 0..CHILDREN {
        let born = Day::year_start(YEAR).plus(-600 - (mix(child) % 5400) as i32);
        table.push(child + 2, [child.to_string().as_str(), "F", &born.statutory(), "WBRI", "UN1", "", ""]);
    }
    table
}

fn all_rules(criterion: &mut Criterion) {
    let postcodes: Vec<String> =
        [891, 892, 831, 830].iter().flat_map(|&area| units_in(AreaId(area))).step_by(7).map(|unit| unit.0.to_string()).collect();
    let others = || [(UASC, Table::new("uasc.csv", &["CHILD", "SEX", "DOB", "DUC"])), (OC3, Table::new("oc3.csv", &["CHILD"]))];
    let dolo = Table::new("dolo.csv", &["CHILD", "DOB", "DOLO_START", "DOLO_END"]);
    let this: Tables = [(HEADER, header()), (EPISODES, episodes(YEAR, &postcodes)), (DOLO, dolo)].into_iter().chain(others()).collect();
    let last: Tables = [(HEADER, header()), (EPISODES, episodes(YEAR - 1, &postcodes))].into_iter().chain(others()).collect();
    let provider = |number: u32| Provider {
        urn: format!("SC{number:06}"),
        places: ["K2", "U4", "U6"].map(str::to_owned).to_vec(),
        providers: ["PR4", "PR5"].map(str::to_owned).to_vec(),
        closed: number.is_multiple_of(90).then(|| Day::year_start(YEAR)),
        postcode: postcodes.get(number as usize).map(|postcode| postcode.replace(' ', "")),
        authority: Some("E06000018".to_owned()),
    };
    let providers = ProviderList::new((0..PROVIDERS).map(provider).collect());
    let inputs = Inputs { year: YEAR, tables: &this, last: Some(&last), authority: Some("E06000018"), providers: Some(&providers) };
    let findings = rules::check(&inputs).findings.len();
    let name = format!("{CHILDREN} children, {} and {} episodes, {findings} findings", this[EPISODES].len(), last[EPISODES].len());
    criterion.bench_function(&name, |bencher| bencher.iter(|| rules::check(black_box(&inputs))));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = all_rules
}
criterion_main!(benches);
