//! A fictitious report that uses every block and every chart, for tests and for looking at.

use jiff::civil::date;

use crate::block::{
    Block, Cell, Column, FigureId, KeyFigure, Kind, Language, List, NotKnown, Order, Register, Report, Row, Section, Table, Text, Tone, Why,
};
use crate::chart::{
    About, Area, Band, BarRow, Bars, Base, DotRow, Dots, Drawing, Line, Map, Marker, Multiples, NamedValue, Panel, Place, PlaceKind,
    Pyramid, Reference, Ring, Scale, Series, Side, Stacked, StackedRow, Symbol, Unit, Words,
};

/// Children of the fictitious county of Exampleshire.
pub fn report() -> Report {
    Report {
        title: "Sufficiency statement 2026".into(),
        subtitle: "Homes for children in care: what Exampleshire has, what it needs, and what it will do".into(),
        authority: "Exampleshire County Council".into(),
        as_of: date(2026, 3, 31),
        language: Language::English,
        notices: vec![
            Text::default().strong("Fictitious data. ").and("Exampleshire does not exist; its figures were made up to show the document."),
        ],
        sections: vec![numbers(), needs(), market(), gaps()],
        data: vec![simple_table(
            "published-rows",
            "Published rows behind the counts",
            &["Year", "Children looked after"],
            &[("2025", &[639.0]), ("2026", &[631.0])],
            &Unit::count(),
        )],
        figures: register(),
    }
}

const YEARS: [&str; 11] = ["2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"];
const OURS: [f64; 11] = [594.0, 622.0, 616.0, 628.0, 656.0, 684.0, 722.0, 719.0, 675.0, 639.0, 631.0];
const PEERS: [f64; 11] = [741.0, 765.0, 822.0, 870.0, 892.0, 906.0, 930.0, 942.0, 928.0, 916.0, 909.0];

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn words(id: &str, title: &str, summary: &str) -> Words {
    Words { id: id.into(), title: title.into(), summary: summary.into() }
}

fn labels(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.into()).collect()
}

fn number_id(year: &str) -> FigureId {
    FigureId::new(format!("cla.number.{year}"))
}

fn numbers() -> Section {
    Section::new(
        "numbers",
        "Children in our care",
        vec![
            Block::Paragraph(
                Text::plain("On 31 March 2026 we looked after ")
                    .figure("631", number_id("2026"))
                    .and(" children, ")
                    .strong("8 fewer than a year before")
                    .and(". The duty is that of ")
                    .link("section 22G of the Children Act 1989", "https://www.legislation.gov.uk/ukpga/1989/41/section/22G")
                    .and(": to secure, so far as reasonably practicable, enough accommodation that meets their needs within our area."),
            ),
            Block::KeyFigures(key_figures()),
            Block::Chart(trend()),
            Block::Heading("Beside similar authorities".into()),
            Block::Table(benchmark()),
            Block::Chart(rates()),
        ],
    )
}

fn key_figures() -> Vec<KeyFigure> {
    let figure = |label: &str, shown: &str, reason: &str, id: &str, kind, tone| KeyFigure {
        label: label.into(),
        shown: shown.into(),
        reason: reason.into(),
        figure: Some(FigureId::new(id)),
        kind,
        tone,
    };
    vec![
        figure("Living within 20 miles of home", "84%", "target 85%: 7 children short.", "distance.within20", Kind::Actual, Tone::Poor),
        figure("Three or more homes this year", "9%", "similar authorities 11%.", "moves.three", Kind::Actual, Tone::Good),
        figure("In-house share of fostering", "55%", "up 2 points in a year.", "fostering.own", Kind::Actual, Tone::Neutral),
        figure("Spend 2026-27", "£41.8m", "budget £40.9m; range £40.6m to £43.3m.", "spend.2027", Kind::Forecast, Tone::Poor),
    ]
}

fn trend() -> crate::block::Chart {
    let line = Line {
        x: labels(&YEARS),
        series: vec![Series::subject("Exampleshire", some(&OURS)), Series::others("Similar authorities, mean", some(&PEERS))],
        unit: Unit::count(),
        ..Line::default()
    };
    let rows = YEARS.iter().zip(OURS.iter().zip(PEERS)).map(|(year, (&ours, peers))| {
        Row::new(vec![
            Cell::words(*year),
            Cell::number(ours, Unit::count().show(ours)).why(number_id(year)),
            Cell::number(peers, Unit::count().show(peers)).why(FigureId::new(format!("cla.number.peers.{year}"))),
        ])
    });
    let table = Table {
        id: "numbers-trend".into(),
        caption: "Children looked after at 31 March, 2016 to 2026".into(),
        columns: vec![
            Column::header("Year"),
            Column::number("Exampleshire").of(Kind::Actual),
            Column::number("Similar authorities, mean of ten").of(Kind::Benchmark),
        ],
        rows: rows.collect(),
        note: None,
        source: Some("Fictitious, in the shape of the Department for Education's published counts".into()),
    };
    line.block(
        words(
            "trend",
            "Falling since 2022, and below similar authorities",
            "Exampleshire rose from 594 children in 2016 to 722 in 2022 and has fallen to 631. Similar authorities average 909.",
        ),
        table,
    )
}

fn benchmark() -> Table {
    let row = |name: &str, values: [f64; 4], change: f64| {
        let mut cells = vec![Cell::words(name)];
        cells.extend(values.iter().map(|&value| Cell::number(value, Unit::count().show(value))));
        cells.push(Cell::number(change, Unit::percent(1).show(change)));
        Row::new(cells)
    };
    let mut withheld = row("Rutlandshire", [31.0, 33.0, 35.0, 36.0], 16.1).of(Kind::Benchmark);
    withheld.cells[2] = Cell::mark("c", "withheld: small number");
    withheld.cells[5] = Cell::mark("z", "not applicable");
    Table {
        id: "numbers-benchmark".into(),
        caption: "Children looked after per 10,000 aged under 18, at 31 March".into(),
        columns: vec![
            Column::header("Area"),
            Column::number("2023"),
            Column::number("2024"),
            Column::number("2025"),
            Column::number("2026"),
            Column::number("Change 2023 to 2026"),
        ],
        rows: vec![
            row("Exampleshire", [95.2, 89.4, 84.6, 83.5], -12.3).of(Kind::Actual).total(),
            row("Similar authorities", [88.0, 87.1, 86.2, 85.9], -2.4).of(Kind::Benchmark),
            withheld,
            row("England", [71.0, 70.3, 70.0, 69.8], -1.7).of(Kind::Benchmark),
            row("Target of the board", [95.0, 90.0, 85.0, 82.0], -13.7).of(Kind::Target),
        ],
        note: Some(Text::plain("Changes are percentages of the unrounded rates, rounded once.")),
        source: Some("Fictitious, in the shape of the Department for Education's published rates".into()),
    }
}

fn simple_table(id: &str, caption: &str, columns: &[&str], rows: &[(&str, &[f64])], unit: &Unit) -> Table {
    let mut heads = vec![Column::header("")];
    if let Some((first, rest)) = columns.split_first() {
        heads = vec![Column::header(*first)];
        heads.extend(rest.iter().map(|&column| Column::number(column)));
    }
    let rows = rows.iter().map(|(name, values)| {
        let mut cells = vec![Cell::words(*name)];
        cells.extend(values.iter().map(|&value| Cell::number(value, unit.show(value))));
        Row::new(cells)
    });
    Table { id: id.into(), caption: caption.into(), columns: heads, rows: rows.collect(), note: None, source: Some("Fictitious".into()) }
}

fn rates() -> crate::block::Chart {
    let rows: [(&str, &[f64]); 6] = [
        ("Northshire", &[104.0]),
        ("Midhampton", &[97.0]),
        ("Exampleshire", &[83.5]),
        ("Westerham and the Vale of Evenlode", &[79.0]),
        ("Eastborough", &[61.0]),
        ("Southmarsh", &[48.0]),
    ];
    let bars = Bars {
        rows: rows
            .iter()
            .map(
                |&(name, values)| {
                    if name == "Exampleshire" { BarRow::subject(name, some(values)) } else { BarRow::others(name, some(values)) }
                },
            )
            .chain(std::iter::once(BarRow::others("Rutlandshire", vec![None])))
            .collect(),
        unit: Unit::count(),
        reference: Some(Reference { label: "England".into(), value: 70.0 }),
        ..Bars::default()
    };
    bars.block(
        words(
            "rates",
            "Above England, in the middle of its neighbours",
            "Rates run from 48 to 104 per 10,000; Exampleshire has 84, England 70.",
        ),
        simple_table("rates-table", "Children looked after per 10,000 aged under 18, 2026", &["Area", "Rate"], &rows, &Unit::count()),
    )
}

fn needs() -> Section {
    let segments =
        ["Foster: own", "Foster: agency", "Family and friends", "Children's homes", "Supported accommodation", "With parents", "Other"];
    let rows: [(&str, &[f64]); 5] = [
        ("2022", &[228.0, 204.0, 92.0, 71.0, 55.0, 46.0, 26.0]),
        ("2023", &[221.0, 196.0, 98.0, 78.0, 61.0, 42.0, 23.0]),
        ("2024", &[204.0, 172.0, 101.0, 82.0, 60.0, 37.0, 19.0]),
        ("2025", &[190.0, 158.0, 104.0, 80.0, 58.0, 33.0, 16.0]),
        ("2026", &[188.0, 154.0, 106.0, 79.0, 58.0, 31.0, 15.0]),
    ];
    let stack = |scale| Stacked {
        segments: labels(&segments),
        rows: rows.iter().map(|(label, values)| StackedRow { label: (*label).into(), values: some(values) }).collect(),
        scale,
        unit: Unit::count(),
    };
    let mut columns = vec!["31 March"];
    columns.extend(segments);
    let table = |id: &str| simple_table(id, "Children by placement", &columns, &rows, &Unit::count());
    let grouped: [(&str, &[f64]); 4] =
        [("Aged 0 to 4", &[12.0, 14.0]), ("5 to 9", &[18.0, 19.0]), ("10 to 15", &[41.0, 39.0]), ("16 and 17", &[29.0, 28.0])];
    let groups = Bars {
        names: labels(&["Exampleshire", "similar authorities"]),
        rows: grouped.iter().map(|&(label, values)| BarRow::subject(label, some(values))).collect(),
        unit: Unit::percent(0),
        reference: None,
    };
    Section::new(
        "needs",
        "Where they live",
        vec![
            Block::Chart(stack(Scale::Shares).block(
                words("mix", "Family and friends care for more, agencies for fewer", "Shares of seven kinds of placement, 2022 to 2026."),
                table("mix-table"),
            )),
            Block::Chart(stack(Scale::Amounts).block(
                words(
                    "mix-count",
                    "Fewer children in every kind of foster home but one",
                    "Numbers in seven kinds of placement, 2022 to 2026.",
                ),
                table("mix-count-table"),
            )),
            Block::Chart(groups.block(
                words("ages", "A little older than elsewhere", "Four in ten children are aged 10 to 15, as among similar authorities."),
                simple_table("ages-table", "Ages, percent", &["Age", "Exampleshire", "Similar authorities"], &grouped, &Unit::percent(0)),
            )),
            Block::Chart(pyramid()),
            Block::Chart(multiples()),
            Block::Chart(dots()),
            Block::Chart(nothing()),
        ],
    )
}

fn pyramid() -> crate::block::Chart {
    let ages = ["Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17"];
    let (girls, boys) = ([18.0, 42.0, 58.0, 118.0, 66.0], [21.0, 49.0, 64.0, 127.0, 68.0]);
    let side = |name: &str, values: &[f64], outline: &[f64]| Side { name: name.into(), values: some(values), outline: some(outline) };
    let chart = Pyramid {
        ages: labels(&ages),
        left: side("Girls", &girls, &[15.0, 45.0, 62.0, 109.0, 70.0]),
        right: side("Boys", &boys, &[17.0, 52.0, 70.0, 119.0, 72.0]),
        outline: Some("if ages were as in similar authorities".into()),
        unit: Unit::count(),
    };
    let rows: Vec<(&str, [f64; 2])> = ages.iter().zip(girls.iter().zip(boys)).map(|(&age, (&g, b))| (age, [g, b])).collect();
    let rows: Vec<(&str, &[f64])> = rows.iter().map(|(age, values)| (*age, values.as_slice())).collect();
    chart.block(
        words("pyramid", "More boys than girls at every age", "302 girls and 329 boys; 245 children are aged 10 to 15."),
        simple_table("pyramid-table", "Ages of girls and boys", &["Age", "Girls", "Boys"], &rows, &Unit::count()),
    )
}

fn dots() -> crate::block::Chart {
    let row = |label: &str, subject: Option<f64>, others: &[f64], england: f64| DotRow {
        label: label.into(),
        subject,
        others: others.to_vec(),
        named: Some(NamedValue { name: "England".into(), value: england }),
    };
    let chart = Dots {
        subject: "Exampleshire".into(),
        others: "ten similar authorities".into(),
        rows: vec![
            row("Three or more placements in the year", Some(9.0), &[8., 9., 10., 11., 11., 12., 12., 13., 14.], 10.0),
            row("More than 20 miles and outside", Some(16.0), &[9., 12., 15., 17., 18., 21., 22., 26., 30., 33.], 17.0),
            row("Same placement for two years", Some(71.0), &[58., 61., 63., 66., 67., 69., 70., 72., 73.], 68.0),
            row("Placed with agency carers", None, &[22., 25., 31., 38., 41.], 31.0),
        ],
        unit: Unit::percent(0),
    };
    chart.block(
        words("dots", "Steadier than most similar authorities", "Exampleshire is at the better end on moves and stability."),
        simple_table(
            "dots-table",
            "Stability and distance, percent",
            &["Measure", "Exampleshire", "England"],
            &[("Three or more", &[9.0, 10.0])],
            &Unit::percent(0),
        ),
    )
}

fn multiples() -> crate::block::Chart {
    let panel =
        |title: &str, values: &[f64], comparator: &[f64]| Panel { title: title.into(), values: some(values), comparator: some(comparator) };
    let chart = Multiples {
        x: labels(&["2022", "2023", "2024", "2025", "2026"]),
        panels: vec![
            panel("Foster: own", &[32., 31., 30., 30., 30.], &[38., 37., 36., 35., 35.]),
            panel("Foster: agency", &[28., 27., 25., 25., 24.], &[25., 25., 26., 26., 25.]),
            panel("Family and friends", &[13., 14., 15., 16., 17.], &[14., 14., 15., 15., 16.]),
            panel("Children's homes, secure homes and hostels", &[10., 11., 12., 13., 13.], &[9., 9., 10., 10., 11.]),
            panel("Supported accommodation", &[8., 8., 9., 9., 9.], &[7., 7., 8., 8., 8.]),
            Panel {
                title: "Placed for adoption".into(),
                values: vec![None; 5],
                comparator: vec![Some(4.0), None, Some(3.0), Some(3.0), None],
            },
        ],
        comparator: Some("similar authorities".into()),
        unit: Unit::percent(0),
    };
    chart.block(
        words("multiples", "Every kind of home moves as it does elsewhere", "Shares of six kinds of placement, 2022 to 2026."),
        simple_table("multiples-table", "Shares, percent", &["Kind", "2022", "2026"], &[("Foster: own", &[32.0, 30.0])], &Unit::percent(0)),
    )
}

fn map() -> crate::block::Chart {
    let place = |e: f64, n: f64, kind: usize, label: &str| Place { at: (e, n), kind, label: label.into() };
    let chart = Map {
        areas: vec![Area {
            borders: vec![vec![(440e3, 330e3), (452e3, 352e3), (470e3, 350e3), (480e3, 338e3), (476e3, 322e3), (455e3, 318e3)]],
            about: About::Subject,
        }],
        rings: vec![
            Ring { middle: (457e3, 340e3), radius: 16_093.0, label: "10 miles".into() },
            Ring { middle: (457e3, 340e3), radius: 32_187.0, label: "20 miles".into() },
        ],
        kinds: vec![
            PlaceKind { name: "Children's home, good or outstanding".into(), symbol: Symbol::Disc },
            PlaceKind { name: "Children's home, requires improvement".into(), symbol: Symbol::Triangle },
            PlaceKind { name: "Supported accommodation".into(), symbol: Symbol::Square },
            PlaceKind { name: "Not yet inspected".into(), symbol: Symbol::Circle },
            PlaceKind { name: "County hall".into(), symbol: Symbol::Cross },
        ],
        places: vec![
            place(457e3, 340e3, 4, "County hall"),
            place(455e3, 341e3, 0, "Elm House"),
            place(455.5e3, 340.4e3, 0, "Oak Lodge"),
            place(463e3, 329e3, 1, "Mill Lane"),
            place(449e3, 352e3, 2, ""),
            place(471e3, 345e3, 2, "The Limes"),
            place(438e3, 322e3, 3, "New House"),
            place(478e3, 361e3, 0, ""),
        ],
    };
    chart.block(
        words("map", "Most homes are within ten miles of the county town", "Eight places; six of them lie inside the ring of ten miles."),
        simple_table("map-table", "Homes by distance", &["Distance", "Homes"], &[("Within 10 miles", &[6.0])], &Unit::count()),
    )
}

fn fan() -> crate::block::Chart {
    let x = ["2022", "2023", "2024", "2025", "2026", "2027", "2028", "2029"];
    let none = |n: usize| vec![None; n];
    let after = |values: &[f64]| none(4).into_iter().chain(some(values)).collect::<Vec<_>>();
    let chart = Line {
        x: labels(&x),
        series: vec![
            Series::subject("Counted", some(&[722., 719., 675., 639., 631.]).into_iter().chain(none(3)).collect()),
            Series::subject("Most likely", after(&[631., 637., 646., 652.])),
        ],
        bands: vec![
            Band { name: "9 in 10 futures".into(), low: after(&[631., 604., 592., 585.]), high: after(&[631., 669., 698., 719.]) },
            Band { name: "half of futures".into(), low: after(&[631., 622., 624., 625.]), high: after(&[631., 651., 668., 679.]) },
        ],
        unit: Unit::count(),
        marker: Some(Marker { at: 4, label: "today".into() }),
        base: Base::Near,
    };
    chart.block(
        words(
            "fan",
            "Likely to rise slightly by March 2029",
            "Most likely 652 in March 2029; nine in ten futures lie between 585 and 719.",
        ),
        simple_table("fan-table", "Forecast", &["Year", "Low", "Most likely", "High"], &[("2029", &[585.0, 652.0, 719.0])], &Unit::count()),
    )
}

fn nothing() -> crate::block::Chart {
    let chart = Line { x: labels(&["2025", "2026"]), series: vec![Series::subject("Exampleshire", vec![None, None])], ..Line::default() };
    let mut table = simple_table("nothing-table", "Placed in secure homes", &["Year", "Children"], &[("2026", &[0.0])], &Unit::count());
    table.rows = vec![Row::new(vec![Cell::words("2026"), Cell::mark("c", "withheld: small number")])];
    chart.block(words("nothing", "Too few in secure homes to publish", "Every figure is withheld because it is small."), table)
}

fn market() -> Section {
    Section::new(
        "market",
        "The market",
        vec![
            Block::Chart(map()),
            Block::List(List {
                order: Order::Loose,
                items: vec![
                    Text::plain("14 children's homes with 52 places are registered in the county."),
                    Text::plain("Three owners hold ").strong("61%").and(" of them."),
                ],
            }),
            Block::NotKnown(NotKnown {
                what: "vacancies and places that are blocked".into(),
                inputs: "published figures".into(),
                filled_by: "the authority's own capacity record, kept weekly".into(),
            }),
            Block::PageBreak,
            Block::Note(Text::plain("Registered places are not places that a child could have tonight.")),
        ],
    )
}

fn gaps() -> Section {
    let rows: [(&str, f64, f64, &str); 4] = [
        ("Foster homes, age 10 to 15", 148.0, 126.0, "Fee uplift and 20 new households by March 2027"),
        ("Emergency home tonight, any age", 6.0, 2.0, "Two block-purchased places by October 2026"),
        ("Parent and child, with assessment", 9.0, 6.0, "Joint tender with Northshire"),
        ("Supported accommodation, 16 and 17", 52.0, 58.0, "None needed"),
    ];
    let table = Table {
        id: "gap".into(),
        caption: "Where homes will be short by March 2027".into(),
        columns: vec![
            Column::header("Need"),
            Column::number("Needed").of(Kind::Forecast),
            Column::number("Usable now").of(Kind::Actual),
            Column::number("Short").of(Kind::Forecast),
            Column::words("Action"),
        ],
        rows: rows
            .iter()
            .map(|&(need, needed, usable, action)| {
                let short = (needed - usable).max(0.0);
                let count = |value: f64| Cell::number(value, Unit::count().show(value));
                Row::new(vec![Cell::words(need), count(needed), count(usable), count(short), Cell::words(action)])
            })
            .collect(),
        note: None,
        source: Some("Fictitious forecast".into()),
    };
    let dear = Line {
        x: labels(&YEARS),
        series: vec![
            Series::subject("Children's homes", some(&[3120., 3260., 3410., 3600., 3850., 4170., 4620., 5190., 5710., 6020., 6240.])),
            Series::subject(
                "Agency fostering",
                vec![
                    Some(829.),
                    Some(835.),
                    None,
                    Some(861.),
                    Some(880.),
                    Some(902.),
                    Some(941.),
                    Some(983.),
                    Some(1020.),
                    Some(1052.),
                    None,
                ],
            ),
            Series::subject("Own fostering", some(&[410., 415., 422., 428., 436., 447., 470., 512., 540., 566., 590.])),
            Series::subject("Secure", vec![None, None, None, None, None, None, None, Some(8100.), None, None, None]),
        ],
        unit: Unit::pounds(0),
        base: Base::Zero,
        ..Line::default()
    };
    Section::new(
        "gap-and-action",
        "What is missing, and what we will do",
        vec![
            Block::Chart(fan()),
            Block::Table(table),
            Block::List(List {
                order: Order::Numbered,
                items: vec!["Recruit 20 foster households.".into(), "Open two emergency places.".into(), "Review in March 2027.".into()],
            }),
            Block::Chart(dear.block(
                words(
                    "cost",
                    "Children's homes cost twice what they did ten years ago",
                    "Weekly prices of four kinds of home, 2016 to 2026.",
                ),
                simple_table(
                    "cost-table",
                    "Weekly price",
                    &["Kind", "2016", "2026"],
                    &[("Children's homes", &[3120.0, 6240.0])],
                    &Unit::pounds(0),
                ),
            )),
        ],
    )
}

fn register() -> Register {
    let published = |name: &str, definition: &str, rows: &str| Why {
        name: name.into(),
        definition: definition.into(),
        source: "Department for Education, Children looked after in England including adoptions (fictitious here)".into(),
        vintage: "2025 release, published November 2025".into(),
        licence: "Open Government Licence v3.0".into(),
        snapshot: "sha256 9f2c…41aa".into(),
        rows: rows.into(),
        unknown: String::new(),
    };
    let count = "Children looked after on 31 March under the Children Act 1989, those in an agreed series of short breaks left out.";
    let mut register = Register::default();
    register.extend(YEARS.iter().map(|year| (number_id(year), published("Children looked after at 31 March", count, "1 published row"))));
    register.extend(YEARS.iter().map(|year| {
        let id = FigureId::new(format!("cla.number.peers.{year}"));
        (
            id,
            published(
                "Children looked after, mean of similar authorities",
                "Mean of the ten statistical neighbours' counts.",
                "10 published rows",
            ),
        )
    }));
    let own = |name: &str, definition: &str, rows: &str, unknown: &str| Why {
        name: name.into(),
        definition: definition.into(),
        source: "Exampleshire's SSDA903 returns".into(),
        vintage: "return year 2025-26".into(),
        rows: rows.into(),
        unknown: unknown.into(),
        ..Why::default()
    };
    register.insert(
        FigureId::new("distance.within20"),
        own(
            "Within 20 miles",
            "Placement at most 20 miles from home, in a straight line.",
            "631 episodes",
            "3 children without a placement postcode",
        ),
    );
    register
        .insert(FigureId::new("moves.three"), own("Three or more placements", "Three or more placements in the year.", "631 children", ""));
    register.insert(
        FigureId::new("fostering.own"),
        own("In-house share", "Own carers as a share of all unrelated fostering.", "342 episodes", ""),
    );
    register.insert(FigureId::new("spend.2027"), own("Forecast spend", "Forecast nights by type at current prices.", "1,000 futures", ""));
    register
}
