//! Whatever the values, a drawing is well formed, has no undefined number in it, keeps its text inside, and can be painted.

#![expect(clippy::unwrap_used, reason = "the checks of a drawing are a function, and a test may unwrap")]

use proptest::prelude::*;
use report::chart::{
    About, Area, Band, BarRow, Bars, Base, DotRow, Dots, Drawing, Line, Map, Marker, Multiples, NamedValue, Panel, Place, PlaceKind,
    Pyramid, Reference, Ring, Scale, Series, Side, Stacked, StackedRow, Symbol, Unit, Words,
};
use report::raster;

fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(0.0)),
        6 => (0.0..2000.0f64).prop_map(Some),
        1 => (-500.0..500.0f64).prop_map(Some),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(1e-9), Just(9e12), Just(f64::MAX)].prop_map(Some),
    ]
}

fn values(n: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(value(), n..=n)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ]{0,12}",
        Just("Bournemouth, Christchurch and Poole & <similar> \"authorities\"".to_owned()),
        Just("Donaudampfschifffahrtsgesellschaftskapitän".to_owned()),
        any::<String>(),
    ]
}

fn words() -> Words {
    Words { id: "chart".into(), title: "A <finding> & more".into(), summary: "What it \"shows\"\u{0}".into() }
}

/// Checks a drawing and that every text lies inside it, as far as its anchor tells.
fn sound(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|fault| panic!("{fault}: {svg}"));
    let root = document.root_element();
    let side = |i: usize| root.attribute("viewBox").unwrap().split(' ').nth(i).unwrap().parse::<f64>().unwrap();
    let (width, height) = (side(2), side(3));
    assert!(width > 0.0 && height > 0.0);
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"), "{}={}", attribute.name(), attribute.value());
        }
        if node.tag_name().name() == "text" {
            let at = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
            assert!((-0.5..=width + 0.5).contains(&at("x")) && (0.0..=height + 0.5).contains(&at("y")), "text outside: {:?}", node.text());
            assert!(at("font-size") >= 12.0);
        }
    }
    assert_eq!(document.descendants().filter(|node| matches!(node.tag_name().name(), "title" | "desc")).count(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn lines(n in 0usize..40, seed in prop::collection::vec((name(), values(40)), 0..5), low in values(40), high in values(40), zero in any::<u8>()) {
        let cut = |values: &Vec<Option<f64>>| values[..n].to_vec();
        let line = Line {
            x: (0..n).map(|i| (1990 + i).to_string()).collect(),
            series: seed.iter().enumerate().map(|(i, (name, values))| Series {
                name: name.clone(), values: cut(values), about: if i % 2 == 0 { About::Subject } else { About::Others },
            }).collect(),
            bands: vec![Band { name: "9 in 10".into(), low: cut(&low), high: cut(&high) }],
            unit: Unit::count(),
            marker: Some(Marker { at: 3, label: "today".into() }),
            base: if zero.is_multiple_of(2) { Base::Zero } else { Base::Near },
        };
        sound(&line.svg(&words()));
    }

    #[test]
    fn bars(rows in prop::collection::vec((name(), values(2)), 0..9), reference in value()) {
        let bars = Bars {
            names: vec!["Exampleshire".into(), "similar authorities".into()],
            rows: rows.into_iter().map(|(label, values)| BarRow::others(label, values)).collect(),
            unit: Unit::pounds(0),
            reference: reference.map(|value| Reference { label: "England".into(), value }),
        };
        sound(&bars.svg(&words()));
    }

    #[test]
    fn stacks(segments in prop::collection::vec(name(), 0..10), rows in prop::collection::vec((name(), values(10)), 0..6), shares in any::<u8>()) {
        let stacked = Stacked {
            rows: rows.into_iter().map(|(label, values)| StackedRow { label, values: values[..segments.len()].to_vec() }).collect(),
            segments,
            scale: if shares.is_multiple_of(2) { Scale::Shares } else { Scale::Amounts },
            unit: Unit::count(),
        };
        sound(&stacked.svg(&words()));
    }

    #[test]
    fn dots_pyramids_and_multiples(rows in prop::collection::vec((name(), value(), values(6)), 0..7)) {
        let known = |values: &[Option<f64>]| values.iter().filter_map(|&value| value).collect::<Vec<f64>>();
        let dots = Dots {
            subject: "Exampleshire".into(),
            others: "ten similar authorities".into(),
            rows: rows.iter().map(|(label, subject, others)| DotRow {
                label: label.clone(), subject: *subject, others: known(others), named: subject.map(|value| NamedValue { name: "England".into(), value }),
            }).collect(),
            unit: Unit::percent(1),
        };
        sound(&dots.svg(&words()));
        let side = |at: usize| Side { name: "Girls".into(), values: rows.iter().map(|row| row.2[at]).collect(), outline: rows.iter().map(|row| row.1).collect() };
        let pyramid = Pyramid {
            ages: (0..rows.len()).map(|i| format!("{i} to {}", i + 4)).collect(), left: side(0), right: side(1), outline: Some("elsewhere".into()), unit: Unit::count(),
        };
        sound(&pyramid.svg(&words()));
        let multiples = Multiples {
            x: (0..6).map(|i| (2020 + i).to_string()).collect(),
            panels: rows.iter().map(|(title, _, values)| Panel { title: title.clone(), values: values.clone(), comparator: values.clone() }).collect(),
            comparator: Some("similar".into()),
            unit: Unit::count(),
        };
        sound(&multiples.svg(&words()));
    }

    #[test]
    fn maps(points in prop::collection::vec((0.0..700_000.0f64, 0.0..1_300_000.0f64, 0usize..4, name()), 0..12), radius in 0.0..90_000.0f64) {
        let map = Map {
            areas: vec![Area { borders: vec![points.iter().map(|point| (point.0, point.1)).collect()], about: About::Subject }],
            rings: points.first().map(|point| Ring { middle: (point.0, point.1), radius, label: "20 miles".into() }).into_iter().collect(),
            kinds: vec![PlaceKind { name: "Home".into(), symbol: Symbol::Disc }, PlaceKind { name: "School".into(), symbol: Symbol::Triangle }],
            places: points.iter().map(|(e, n, kind, label)| Place { at: (*e, *n), kind: *kind, label: label.clone() }).collect(),
        };
        sound(&map.svg(&words()));
    }
}

/// Pictures are slow in a debug build, so a few stand for all.
#[test]
fn every_chart_of_the_sample_can_be_painted() {
    for section in &report::sample::report().sections {
        for block in &section.blocks {
            if let report::block::Block::Chart(chart) = block {
                sound(&chart.svg);
                let picture = raster::png(&chart.svg, 0.5).unwrap();
                assert!(picture.png.starts_with(b"\x89PNG") && picture.width > 100.0);
            }
        }
    }
}

#[test]
fn a_gap_is_never_drawn_as_a_line_or_a_zero() {
    let line = Line {
        x: ["2021", "2022", "2023", "2024"].map(String::from).to_vec(),
        series: vec![Series::subject("A", vec![Some(10.0), None, Some(30.0), Some(40.0)])],
        ..Line::default()
    };
    let svg = line.svg(&words());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let lines: Vec<usize> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "polyline")
        .map(|node| node.attribute("points").unwrap().split(' ').count())
        .collect();
    assert_eq!(lines, [2], "one stretch of two points; the single point before the gap is a dot");
}
