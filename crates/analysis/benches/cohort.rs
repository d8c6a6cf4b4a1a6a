//! Timeline, measures and profile of all England: 100 authorities, 0.92 million cleaned episodes, and of one authority.
//!
//! `cargo bench -p analysis`

use std::hint::black_box;

use analysis::facts::{Facts, Population};
use analysis::measure::{self, Settings};
use analysis::profile;
use analysis::timeline::Timeline;
use analysis::view::{Question, View};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::code::{Code, rec, rne};
use domain::history::{Children, History, Origin, Uasc};
use domain::{Day, Postcode};
use reference::AreaId;

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.up_to(of.len() as u64) as usize]
    }
}

/// Children with 1 to 7 episodes over eight years, each living at real postcodes near and far.
fn england(authorities: u64, children: u64) -> (History, Vec<Option<AreaId>>) {
    let mut dice = Dice(0x5eed);
    let areas: Vec<AreaId> = reference::authority::current().map(|authority| authority.id).take(authorities as usize).collect();
    let postcodes: Vec<Postcode> =
        areas.iter().flat_map(|area| reference::postcode::units_in(*area).map(|(unit, _)| unit).step_by(97)).collect();
    let codes = |texts: &[&str]| texts.iter().map(|text| Code::of(text)).collect::<Vec<_>>();
    let (legal, need) = (codes(&["C1", "C2", "C2", "C2", "V2", "E1"]), codes(&["N1", "N1", "N1", "N5", "N4", "N8"]));
    let (place, provider) = (codes(&["U6", "U6", "U4", "U3", "U1", "K2", "K3", "P1", "R1", "T1"]), codes(&["PR1", "PR4", "PR4", "PR5"]));
    let (change, ethnic) = (codes(&["CARPL", "CREQB", "OTHER", "LAREQ"]), codes(&["WBRI", "BAFR", "AOTH", "MWBC", "REFU"]));
    let moves = [rne::L, rne::P, rne::P, rne::T, rne::B];
    let start = Day::from_ymd(2013, 4, 1).unwrap_or(Day::year_end(2013));
    let mut history = History {
        authorities: (0..authorities).map(|at| format!("Authority {at}")).collect(),
        children: Children { first_episode: vec![0], ..Children::default() },
        ..History::default()
    };
    for child in 0..children {
        let c = &mut history.children;
        c.authority.push((child * authorities / children) as u16);
        c.id.push(&child.to_string());
        let first = start.plus(dice.up_to(3200) as i32);
        c.born.push(first.plus(-(dice.up_to(16 * 365) as i32)));
        c.sex.push(dice.one_of(&[Code::of("F"), Code::of("M")]));
        c.ethnicity.push(dice.one_of(&ethnic));
        c.uasc.push(if dice.up_to(12) == 0 { Uasc::Until(None) } else { Uasc::Never });
        let e = &mut history.episodes;
        let (episodes, home) = (1 + dice.up_to(7), dice.one_of(&postcodes));
        let mut from = first;
        for at in 0..episodes {
            let until = from.plus(1 + dice.up_to(400) as i32);
            let last = at + 1 == episodes;
            let open = last && dice.up_to(3) == 0;
            e.start.push(from);
            e.end.push((!open).then_some(until));
            e.rne.push(if at == 0 { rne::S } else { dice.one_of(&moves) });
            e.legal.push(dice.one_of(&legal));
            e.need.push(dice.one_of(&need));
            e.place.push(if at == 0 || last { place[0] } else { dice.one_of(&place) });
            e.provider.push(dice.one_of(&provider));
            e.rec.push(if !last {
                rec::X1
            } else if open {
                Code::BLANK
            } else {
                Code::of("E4A")
            });
            e.change.push(if last { Code::BLANK } else { dice.one_of(&change) });
            e.home.push(Some(home));
            e.placed.push(Some(dice.one_of(&postcodes)));
            e.urn.push(Code::BLANK);
            e.origin.push(Origin { file: 0, row: e.origin.len() as u32 + 2 });
            from = until;
        }
        c.first_episode.push(e.len() as u32);
    }
    (history, areas.into_iter().map(Some).collect())
}

/// Every measure and every breakdown at one date.
fn ask(history: &History, timeline: &Timeline, facts: Facts) -> usize {
    let view = View::new(history, timeline, facts, Question::at(Day::year_end(2021)));
    let (measures, profile) = rayon::join(|| measure::all(&view, &Settings::default()), || profile::breakdowns(&view));
    measures.len() + profile.len() + view.stock().len()
}

fn bench(criterion: &mut Criterion) {
    for (name, authorities, children) in [("england", 100, 230_000), ("one authority", 1, 2_300)] {
        let (history, areas) = england(authorities, children);
        let population = vec![Some(Population { residents: 80_000, mid_year: 2020 }); areas.len()];
        let facts = Facts::embedded(&areas, &population);
        let built = Timeline::build(&history);
        let stock = built.stock(&history, Day::year_end(2021)).len();
        let mut group = criterion.benchmark_group(format!("{name}: {} episodes, {stock} children on the date", history.episodes.len()));
        group.sample_size(20);
        group.bench_function("timeline", |b| b.iter(|| Timeline::build(black_box(&history))));
        group.bench_function("measures and profile", |b| b.iter(|| ask(&history, black_box(&built), facts)));
        group.bench_function("both", |b| b.iter(|| ask(&history, &Timeline::build(black_box(&history)), facts)));
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
