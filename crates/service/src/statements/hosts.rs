//! In whose area children live who live outside their own: as a table and on a map.

use analysis::host;
use analysis::profile::{Breakdown, Row};
use analysis::publish::Rule;
use analysis::view::View;
use reference::ground::{self, Ground};
use reference::{AreaId, authority};
use report::block::{Block, Table};
use report::chart::{About, Area, Map, Place, PlaceKind, Ring, Symbol};

use super::draft::Draft;
use super::own::Counts;
use super::tables::{self, chart_words};
use super::words;

/// Children outside, by the authority they live in. Authorities with too few to name are one row, so that most of them can be counted at all.
pub(super) fn breakdown(view: &View<'_>, rule: Rule) -> Breakdown {
    let hosts = host::outside(view);
    let total = hosts.iter().map(|(_, count)| count).sum();
    let (few, named): (Vec<_>, Vec<_>) = hosts.into_iter().partition(|&(_, count)| rule.is_small(count));
    let mut rows: Vec<Row> = named
        .into_iter()
        .map(|(host, count)| {
            let key = host.authority().map_or_else(|| host.name().to_lowercase(), |area| area.to_string());
            Row { key: key.into(), label: host.name().into(), count }
        })
        .collect();
    if !few.is_empty() {
        let label = match few.len() {
            1 => format!("Another area, with fewer than {}", rule.below),
            several => format!("{several} other areas, each with fewer than {}", rule.below),
        };
        rows.push(Row { key: "elsewhere".into(), label: label.into(), count: few.iter().map(|(_, count)| count).sum() });
    }
    Breakdown { by: "host", label: "Where they live", rows, unknown: 0, total }
}

/// The map with its table, where numbers may be shown.
pub(super) fn block(draft: &mut Draft<'_, '_>) -> Option<Block> {
    let material = draft.material;
    let own = material.own()?;
    let hosts = own.now.hosts.as_ref().filter(|hosts| hosts.total.known().is_some_and(|total| total > 0.0))?;
    let when = own.now.on.long();
    let caption = format!("Children who live outside the boundary, by the area they live in, {when}");
    let table = tables::counts(draft, hosts, "own-hosts", &caption, &own.now.on.to_string())?;
    let drawn = drawn(hosts);
    let Some(place) = material.place.filter(|_| !drawn.is_empty()) else { return Some(Block::Table(table)) };
    Some(map(&material.name, place, &drawn, table))
}

/// Authorities of which the number is shown, with their ground.
fn drawn(hosts: &Counts) -> Vec<(&'static str, f64, Ground)> {
    let known = hosts.rows.iter().filter_map(|(key, _, value)| Some((AreaId::parse(key)?, value.known()?)));
    known.filter_map(|(area, number)| Some((authority::by_id(area)?.short_name, number, ground::of(area)?))).collect()
}

/// Metres in 20 miles.
const TWENTY_MILES: f64 = 20.0 * 1609.344;

fn map(name: &str, place: AreaId, drawn: &[(&'static str, f64, Ground)], table: Table) -> Block {
    let own = ground::of(place);
    let areas = drawn.iter().map(|(.., ground)| Area { borders: ground.borders.clone(), about: About::Others });
    // The authority itself is drawn last: it may lie within another.
    let areas = areas.chain(own.iter().map(|own| Area { borders: own.borders.clone(), about: About::Subject })).collect();
    let others = drawn.iter().map(|(short, number, ground)| Place { at: ground.middle, kind: 1, label: format!("{short}: {number}") });
    let chart = Map {
        areas,
        rings: own.iter().map(|own| Ring { middle: own.middle, radius: TWENTY_MILES, label: "20 miles".to_owned() }).collect(),
        kinds: vec![
            PlaceKind { name: name.to_owned(), symbol: Symbol::Square },
            PlaceKind { name: "Areas where its children live".to_owned(), symbol: Symbol::Disc },
        ],
        places: own.iter().map(|own| Place { at: own.middle, kind: 0, label: String::new() }).chain(others).collect(),
    };
    let list: Vec<String> = drawn.iter().map(|(short, number, _)| format!("{short} {number}")).collect();
    let title = drawn
        .first()
        .map_or_else(String::new, |(short, ..)| format!("Of those outside the boundary, more live in {short} than in any other area"));
    let summary = format!(
        "Map of the areas outside {name} in which its children live, with a ring of 20 miles round the middle of its postcodes: {}. Outlines are rough, drawn \
         from postcodes; areas with too few children to name are not drawn.",
        words::list(&list)
    );
    tables::chart(&chart, chart_words("hosts", title, summary), table)
}
