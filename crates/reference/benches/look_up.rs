//! What reference facts cost: a postcode, a distance, and opening each embedded table on its first use.
//! `cargo bench -p reference`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::Postcode;
use reference::published::{SCHEMAS, Table};
use reference::{AreaId, authority, postcode};

/// Postcodes all over the country in an order that no cache can foresee, a tenth of them not held.
fn postcodes() -> Vec<Postcode> {
    let mut all: Vec<Postcode> =
        authority::current().flat_map(|authority| postcode::units_in(authority.id).step_by(50).map(|(unit, _)| unit)).collect();
    all.extend((0..all.len() / 10).filter_map(|n| Postcode::parse(format!("ZZ{} {}AB", n % 100, n % 10).as_bytes())));
    let mut state = 1u64;
    for at in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(at, (state >> 33) as usize % (at + 1));
    }
    all
}

fn look_up(c: &mut Criterion) {
    let asked = postcodes();
    let mut next = asked.iter().copied().cycle();
    let mut ask = || next.next().unwrap_or(asked[0]);
    c.bench_function("postcode located", |b| b.iter(|| postcode::locate(black_box(ask()))));
    let mut pairs = asked.iter().copied().cycle();
    let mut pair = || (pairs.next().unwrap_or(asked[0]), pairs.next().unwrap_or(asked[0]));
    c.bench_function("distance between two", |b| {
        b.iter(|| {
            let (from, to) = pair();
            postcode::distance_miles(black_box(from), black_box(to))
        });
    });
    c.bench_function("units of one area", |b| b.iter(|| postcode::units_in(black_box(AreaId(892))).count()));
}

fn open(c: &mut Criterion) {
    for schema in &SCHEMAS {
        let Some(Ok(packed)) = reference::published::table(schema.name).map(Table::packed) else { continue };
        c.bench_function(&format!("opened {}", schema.name), |b| b.iter(|| Table::unpacked(black_box(&packed))));
    }
}

criterion_group!(benches, look_up, open);
criterion_main!(benches);
