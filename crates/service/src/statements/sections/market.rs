//! 11: the market in the area: who is registered, who owns it, and whose children live there.

use domain::Value;
use reference::ofsted::{Provision, REGISTER_DAY};
use reference::{AreaId, authority};
use report::block::{Block, Cell, Column, Kind, Row, Section, Table, Text};
use report::chart::{BarRow, Bars, Unit};

use super::super::draft::{Draft, Figure, bare_cell};
use super::super::material::Material;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;
use super::quality::register_figure;
use crate::markets::{Concentration, Market};

/// Owners shown by name; the rest stand together.
const OWNERS_SHOWN: usize = 10;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    if let Some(market) = &material.market {
        blocks.push(Block::Paragraph(finding(draft, market)));
        blocks.push(Block::Note(dated(material, market)));
        if market.lines.is_empty() {
            blocks.push(Block::Paragraph(
                format!("No setting of any kind was on Ofsted’s register in {}.", area_name(material, market)).into(),
            ));
        } else {
            blocks.push(settings(draft, market));
        }
        blocks.extend(owners(draft, market));
        blocks.push(Block::Table(concentration(draft, market)));
        blocks.extend(movements(draft, market));
    } else {
        blocks.push(draft.not_known("The market in the area", "the authority’s name as published, so that its area is known"));
    }
    blocks.push(Block::Heading("Whose children live here".into()));
    blocks.extend(import_export(draft));
    for (what, filled_by) in [
        ("Homes opened or closed since the register’s date", "Ofsted’s monthly management information, loaded as a newer release"),
        (
            "Registered supported accommodation, its owners and its places",
            "Ofsted’s register of supported accommodation, begun in April 2023",
        ),
        ("Vacancies, occupancy and places blocked or staffed down", "daily status from providers"),
        (
            "Which providers care for the authority’s own children, and their share of spend",
            "the provider list that goes with the return, and the purchase ledger",
        ),
        (
            "Groups behind several registered owners",
            "company filings; the register names owners as registered, and brands and groups differ",
        ),
    ] {
        blocks.push(draft.not_known(what, filled_by));
    }
    Section::new("market", "The market for homes", blocks)
}

/// The place a market is of, as the reader knows it.
pub(super) fn area_name(material: &Material<'_>, market: &Market) -> String {
    if material.fictitious && Some(market.area) == material.place {
        return format!("the area whose boundary {} borrows", material.name);
    }
    match market.listed_under_predecessor() {
        Some(former) => format!("the former {former}"),
        None => authority::name(market.area).unwrap_or_default().to_owned(),
    }
}

pub(super) fn register_source() -> String {
    format!("Ofsted, Children’s social care in England 2023: register of {} (Open Government Licence v3.0)", REGISTER_DAY.long())
}

/// A count in the register with its entry.
pub(super) fn of_register(draft: &Draft<'_, '_>, what: &str, area: AreaId, name: &str, value: f64) -> Figure {
    let place = match &draft.material.market {
        Some(market) if market.area == area => area_name(draft.material, market),
        _ => authority::name(area).unwrap_or_default().to_owned(),
    };
    let mut figure = register_figure(
        "",
        &format!("Ofsted’s register: {name}"),
        &format!("settings in {place} on {}", REGISTER_DAY.long()),
        value,
        "Settings on Ofsted’s register, by the authority they lie in. Supported accommodation and authorities’ own fostering are not on it; registered places are not vacancies.",
    );
    tables::register_id(what, &area.to_string()).as_str().clone_into(&mut figure.id);
    figure
}

fn dated(material: &Material<'_>, market: &Market) -> Text {
    let mut said = Text::plain(format!(
        "Everything about providers here is Ofsted’s register of {}: good for the shape of a market, no directory of today.",
        REGISTER_DAY.long()
    ));
    if REGISTER_DAY > material.as_of {
        said = said.and(" That is later than the date of this statement.");
    }
    if let Some(former) = market.listed_under_predecessor() {
        said = said.and(format!(
            " The register lists {} under {former}, which it succeeded the day after; the numbers are of all of {former}.",
            material.name
        ));
    }
    said
}

fn finding(draft: &mut Draft<'_, '_>, market: &Market) -> Text {
    let homes = market.settings(Provision::ChildrensHome);
    let place = area_name(draft.material, market);
    let lead = Text::plain(format!("On {}, ", REGISTER_DAY.long()));
    if homes == 0 {
        return lead.and(format!("no children’s home for children to live in was registered in {place}."));
    }
    let count = of_register(draft, "homes", market.area, "children’s homes, short breaks left out", f64::from(homes));
    let places = of_register(
        draft,
        "home-places",
        market.area,
        "places in children’s homes, short breaks left out",
        f64::from(market.places(Provision::ChildrensHome)),
    );
    let text = draft.say(lead, &count).and(format!(" children’s {} with ", if homes == 1 { "home" } else { "homes" }));
    let text = draft.say(text, &places).and(format!(" registered places stood in {place}"));
    let (owned, internal) = (market.concentration.owned.1 + market.concentration.owner_not_named.1, market.concentration.internal.1);
    let text = text.and(format!(
        ": {} private or voluntary, {} of local authorities and other public bodies",
        words::counted(f64::from(owned), "place", "places"),
        Unit::count().show(f64::from(internal))
    ));
    match market.owners.first() {
        Some(largest) if market.owners.len() > 1 => text.and(format!(
            ". {} hold the private and voluntary places; the largest has {} of them.",
            words::sentence(&format!("{} owners", words::number_word(market.owners.len()))),
            Unit::percent(0).show(largest.share * 100.0)
        )),
        Some(_) => text.and(". One owner holds all the private and voluntary places."),
        None => text.and("."),
    }
}

/// Settings and places by kind and sector, drawn and as a table, the region's places beside.
fn settings(draft: &mut Draft<'_, '_>, market: &Market) -> Block {
    let material = draft.material;
    let region = material.region_market.as_ref();
    let mut columns = vec![
        Column::header("Kind of setting"),
        Column::words("Sector"),
        Column::number("Settings"),
        Column::number("Registered places"),
        Column::number("Of which short breaks only"),
    ];
    if let Some(name) = material.region_name() {
        columns.push(Column::number(format!("Places in {name}")).of(Kind::Benchmark));
    }
    let mut rows = Vec::new();
    for line in &market.lines {
        let key = format!("{:?}.{:?}", line.provision, line.sector);
        let mut cells = vec![Cell::words(line.provision.label()), Cell::words(line.sector.label())];
        cells.push(draft.cell(&of_register(
            draft,
            &format!("settings.{key}"),
            market.area,
            "settings by kind and sector",
            f64::from(line.settings),
        )));
        // Agencies have carers, not registered places: no number, not none.
        let has_places = line.places > 0;
        cells.push(if has_places {
            draft.cell(&of_register(
                draft,
                &format!("places.{key}"),
                market.area,
                "registered places by kind and sector",
                f64::from(line.places),
            ))
        } else {
            bare_cell(Value::NotApplicable, &Unit::count())
        });
        cells.push(if has_places {
            bare_cell(Value::Known(f64::from(line.short_break_places)), &Unit::count())
        } else {
            bare_cell(Value::NotApplicable, &Unit::count())
        });
        if let Some(region) = region {
            let same = region.lines.iter().find(|other| (other.provision, other.sector) == (line.provision, line.sector));
            cells.push(match same.filter(|other| other.places > 0) {
                Some(other) => {
                    let figure = of_register(
                        draft,
                        &format!("places.{key}"),
                        region.area,
                        "registered places by kind and sector",
                        f64::from(other.places),
                    );
                    draft.cell(&figure)
                }
                None => bare_cell(Value::NotApplicable, &Unit::count()),
            });
        }
        rows.push(Row::new(cells));
    }
    let table = Table {
        id: "settings".into(),
        caption: format!("Settings on Ofsted’s register in {}, {}", area_name(material, market), REGISTER_DAY.long()),
        columns,
        rows,
        note: Some(
            "Agencies have no registered places: their capacity is their carers, wherever they live. Registered places are not vacancies."
                .into(),
        ),
        source: Some(register_source()),
    };
    let with_places: Vec<_> = market.lines.iter().filter(|line| line.places > 0).collect();
    if with_places.is_empty() {
        return Block::Table(table);
    }
    let bars = Bars {
        names: vec![String::new()],
        rows: with_places
            .iter()
            .map(|line| {
                BarRow::subject(
                    format!("{}, {}", line.provision.label(), words::inside(line.sector.label())),
                    vec![Some(f64::from(line.places))],
                )
            })
            .collect(),
        unit: Unit::count(),
        reference: None,
    };
    let total: u32 = with_places.iter().map(|line| line.places).sum();
    let private: u32 = with_places.iter().filter(|line| line.sector == reference::ofsted::Sector::Private).map(|line| line.places).sum();
    let title =
        format!("{} of {} registered places are private", Unit::count().show(f64::from(private)), Unit::count().show(f64::from(total)));
    let summary = format!("Registered places in {} by kind of setting and sector on {}.", area_name(material, market), REGISTER_DAY.long());
    tables::chart(&bars, chart_words("places", title, summary), table)
}

fn owners(draft: &mut Draft<'_, '_>, market: &Market) -> Option<Block> {
    if market.owners.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let count = |number: u32| bare_cell(Value::Known(f64::from(number)), &Unit::count());
    let share = |share: f64| bare_cell(Value::Known(share * 100.0), &Unit::percent(1));
    for (at, owner) in market.owners.iter().take(OWNERS_SHOWN).enumerate() {
        let sectors: Vec<String> = owner.sectors.iter().map(|sector| sector.label().to_owned()).collect();
        let figure = of_register(
            draft,
            &format!("owner.{}", at + 1),
            market.area,
            "places in private and voluntary children’s homes by owner",
            f64::from(owner.places),
        );
        rows.push(Row::new(vec![
            Cell::words(owner.name),
            Cell::words(words::list(&sectors)),
            count(owner.homes),
            draft.cell(&figure),
            share(owner.share),
        ]));
    }
    let rest = &market.owners[market.owners.len().min(OWNERS_SHOWN)..];
    if !rest.is_empty() {
        let homes = rest.iter().map(|owner| owner.homes).sum();
        let places: u32 = rest.iter().map(|owner| owner.places).sum();
        let label = words::counted(rest.len() as f64, "other owner", "other owners");
        rows.push(Row::new(vec![
            Cell::words(label),
            Cell::words(""),
            count(homes),
            count(places),
            share(rest.iter().map(|owner| owner.share).sum()),
        ]));
    }
    let owned = market.concentration.owned;
    rows.push(Row::new(vec![Cell::words("All with a named owner"), Cell::words(""), count(owned.0), count(owned.1), share(1.0)]).total());
    Some(Block::Table(Table {
        id: "owners".into(),
        caption: format!(
            "Owners of private and voluntary children’s homes in {}, {}",
            area_name(draft.material, market),
            REGISTER_DAY.long()
        ),
        columns: vec![
            Column::header("Owner as registered"),
            Column::words("Sector"),
            Column::number("Homes"),
            Column::number("Places"),
            Column::number("Share of places"),
        ],
        rows,
        note: Some("Homes that give short breaks only, secure homes and schools are left out.".into()),
        source: Some(register_source()),
    }))
}

fn concentration(draft: &mut Draft<'_, '_>, market: &Market) -> Table {
    let material = draft.material;
    let beside: Vec<(&Market, String)> = [Some(market), material.region_market.as_ref()]
        .into_iter()
        .flatten()
        .map(|market| {
            (
                market,
                if Some(market.area) == material.region {
                    authority::name(market.area).unwrap_or_default().to_owned()
                } else {
                    area_name(material, market)
                },
            )
        })
        .collect();
    let count = |number: u32| Cell::number(f64::from(number), Unit::count().show(f64::from(number)));
    let mut rows = Vec::new();
    for (market, name) in beside {
        let Concentration { owned, owner_not_named, internal, hhi } = market.concentration;
        let hhi = match hhi {
            Some(index) => {
                draft.cell(&of_register(draft, "hhi", market.area, "concentration of private and voluntary children’s homes (HHI)", index))
            }
            None => bare_cell(Value::NotApplicable, &Unit::count()),
        };
        rows.push(Row::new(vec![
            Cell::words(words::sentence(&name)),
            count(market.owners.len() as u32),
            count(owned.1),
            count(owner_not_named.1),
            hhi,
            count(internal.0),
            count(internal.1),
        ]));
    }
    Table {
        id: "concentration".into(),
        caption: format!("How concentrated private and voluntary children’s homes were, {}", REGISTER_DAY.long()),
        columns: vec![
            Column::header("Area"),
            Column::number("Owners"),
            Column::number("Their places"),
            Column::number("Places, owner not named"),
            Column::number("HHI (0 to 10,000)"),
            Column::number("Public homes, apart"),
            Column::number("Their places"),
        ],
        rows,
        note: Some("HHI is the sum of the squares of owners’ shares in percent: 10,000 is one owner, near 0 very many. Homes of local authorities are beside the market, not in it.".into()),
        source: Some(register_source()),
    }
}

fn movements(draft: &mut Draft<'_, '_>, market: &Market) -> Option<Block> {
    if market.movements.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for moved in &market.movements {
        let key = format!("{:?}", moved.provision);
        let mut cells = vec![Cell::words(moved.provision.label())];
        for (way, settings) in
            [("joined", moved.joined.0), ("joined-places", moved.joined.1), ("left", moved.left.0), ("left-places", moved.left.1)]
        {
            cells.push(draft.cell(&of_register(
                draft,
                &format!("{way}.{key}"),
                market.area,
                "providers that joined and left the register",
                f64::from(settings),
            )));
        }
        rows.push(Row::new(cells));
    }
    Some(Block::Table(Table {
        id: "movements".into(),
        caption: format!(
            "Providers that joined and left the register in {}, 1 April 2022 to {}",
            area_name(draft.material, market),
            REGISTER_DAY.long()
        ),
        columns: vec![
            Column::header("Kind of setting"),
            Column::number("Joined"),
            Column::number("Their places"),
            Column::number("Left"),
            Column::number("Their places "),
        ],
        rows,
        note: Some("A change of owner can appear as one that left and one that joined.".into()),
        source: Some(register_source()),
    }))
}

/// Own children placed here and outside, and other authorities' children placed here (the import and export of children).
fn import_export(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    if material.fictitious {
        return vec![draft.not_known(
            "Other authorities’ children living in the area",
            "notifications of placements from other authorities; nobody places children with a made-up authority",
        )];
    }
    let Some(market) = &material.market else { return Vec::new() };
    let years: Vec<u32> = market.living_here.keys().copied().filter(|year| *year <= material.year).collect();
    let Some(&newest) = years.last() else {
        return vec![
            draft.not_known("Other authorities’ children living in the area at this date", "the Department’s table, held from 2021"),
        ];
    };
    let here = market.living_here[&newest];
    let mut blocks = Vec::new();
    let series = |group, id| Series::count(material, "cla_31_march", group, id);
    let parts = [("living_here", "own"), ("living_here", "other_la"), ("living_here", "total"), ("locality", "out")];
    let benches: Vec<_> =
        parts.into_iter().filter_map(|(group, id)| series(group, id)).map(|series| material.bench(series, years[0], newest)).collect();
    let [own, others, total, outside] = benches.as_slice() else { return blocks };
    if let (Some(_), Some(_)) = (here.other_authorities.known(), here.own_outside.known()) {
        let text = draft.say(Text::plain(format!("On 31 March {newest}, ")), &others.own(material, newest));
        let text =
            draft.say(text.and(format!(" children of other authorities lived in {} and ", material.name)), &outside.own(material, newest));
        let said = match here.balance() {
            Some(balance) if balance > 0.0 => {
                format!(" of its own lived elsewhere: it hosted {} more than it sent away.", Unit::count().show(balance))
            }
            Some(balance) if balance < 0.0 => {
                format!(" of its own lived elsewhere: it sent away {} more than it hosted.", Unit::count().show(-balance))
            }
            _ => " of its own lived elsewhere: as many came as went.".to_owned(),
        };
        blocks.push(Block::Paragraph(text.and(said)));
    } else {
        blocks.push(Block::Paragraph(
            format!("How many children other authorities placed in {} in {newest} is marked, not printed.", material.name).into(),
        ));
    }
    let mut rows = Vec::new();
    for &year in &years {
        let mut cells = vec![Cell::words(year.to_string())];
        for bench in [own, others, total, outside] {
            cells.push(draft.cell(&bench.own(material, year)));
        }
        let balance = market.living_here[&year].balance();
        let mut cell = bare_cell(balance.map_or(Value::NotAvailable, Value::Known), &Unit::count());
        if let Some(balance) = balance {
            cell.shown = words::signed(&Unit::count(), balance);
        }
        cells.push(cell);
        rows.push(Row::new(cells));
    }
    blocks.push(Block::Table(Table {
        id: "import-export".into(),
        caption: format!("Children in care living in {} and its own living elsewhere, at 31 March", material.name),
        columns: vec![
            Column::header("Year"),
            Column::number("Own, living here"),
            Column::number("Of other authorities, living here"),
            Column::number("All living here"),
            Column::number("Own, living elsewhere"),
            Column::number("Balance: hosted less sent away"),
        ],
        rows,
        note: None,
        source: (total.series.source)(newest).map(|source| {
            format!("{}, {}, {} ({})", source.publisher, source.title, crate::dated::in_words(&source.vintage), source.licence)
        }),
    }));
    blocks
}
