//! 7: where children live: inside the area or not, and how far from home.

use analysis::field::Field;
use domain::Value;
use reference::geography::{self, Confidence};
use report::block::{Block, Section, Text};

use super::super::draft::Draft;
use super::super::hosts;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    let share = |group, id| Series::share(material, "cla_31_march", group, id);
    let first_of_tables = 2021;
    if material.last_year() >= first_of_tables
        && let (Some(inside), Some(far)) = (share("locality", "in"), share("distance", "gt20"))
    {
        let (inside, far) =
            (material.bench(inside, first_of_tables, material.last_year()), material.bench(far, first_of_tables, material.last_year()));
        let year = inside.newest().filter(|&year| inside.own(material, year).known().is_some());
        if year.is_none() {
            blocks.push(Block::Paragraph(
                format!("Where the children in the care of {} live is not printed for any year up to {}.", material.name, material.year)
                    .into(),
            ));
        }
        if let Some(year) = year {
            let text = draft
                .say(Text::plain(format!("Of the children in the care of {} in {year}, ", material.name)), &inside.own(material, year));
            let text =
                draft.say(text.and(" lived inside its boundary and "), &far.own(material, year)).and(" more than 20 miles from home. ");
            let mut standing = far.standing(draft, year);
            let mut spans = text.and("Of children more than 20 miles from home: ").0;
            standing.0.first_mut().into_iter().for_each(|span| {
                if let report::block::Span::Plain(words) = span {
                    *words = words::inside(words);
                }
            });
            spans.append(&mut standing.0);
            blocks.push(Block::Paragraph(Text(spans)));
        }
    } else {
        blocks.push(Block::Paragraph(
            "The Department’s tables of distance and locality are held from 2021, after the date of this statement.".into(),
        ));
    }
    blocks.push(Block::Note(Text::plain(
        "Three tests are not one another: inside the authority’s boundary; within 20 miles of home in a straight line; and “at a distance” in law, which means \
         outside the area and not in an adjoining one. A child five miles away can be outside, and one twenty-five miles away inside.",
    )));
    if let Some(profile) = tables::profile(
        draft,
        "cla_31_march",
        "distance_locality",
        "distance-table",
        "Children looked after by distance from home and locality",
    ) {
        let title = match profile.of("out_gt20").and_then(|bench| bench.subject().values.get(&profile.year)).copied() {
            Some(Value::Known(share)) => {
                format!("{} live outside the boundary and more than 20 miles from home", report::chart::Unit::percent(0).show(share))
            }
            _ => "Distance from home and locality".to_owned(),
        };
        let summary = format!(
            "Shares of children by distance from home and by whether they live inside the boundary: {}, its statistical neighbours and England.",
            material.name
        );
        let name = material.name.clone();
        blocks.push(profile.bars(&name, chart_words("distance", title, summary)));
    }
    blocks.extend(over_time(draft));
    blocks.extend(
        tables::profile(
            draft,
            "cla_new_placements",
            "location",
            "new-placements",
            "Placements that began in the year, by where (placements, not children)",
        )
        .map(|profile| Block::Table(profile.table)),
    );
    blocks.extend(own(draft));
    blocks.extend(adjoining(draft));
    blocks.push(draft.not_known(
        "How many children live at a distance because that is right for them (family, safety, adoption, a specialist home), and how many because nothing nearer was free",
        "a reason recorded with each placement decision (dossier codes: safety, family, adopters, specialist, no vacancy)",
    ));
    Section::new("location", "Where children live", blocks)
}

fn over_time(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let mut blocks = Vec::new();
    let (from, to) = (material.year.saturating_sub(4).max(2016), material.year);
    if let Some(series) = Series::measure(material, "outside-area-over-20-miles") {
        let bench = material.bench(series, from, to);
        if !bench.is_empty() {
            blocks.push(Block::Table(tables::benchmark(
                draft,
                &bench,
                "outside-over-20",
                "Children placed more than 20 miles from home and outside the boundary, at 31 March (%)",
            )));
        }
    }
    if let Some(series) = Series::measure(material, "inside-area-or-within-20-miles") {
        let definition = series.definition.clone();
        let bench = material.bench(series, from, to);
        if !bench.is_empty() {
            let mut table = tables::benchmark(
                draft,
                &bench,
                "inside-or-near",
                "Children placed inside the boundary or within 20 miles of home (%): 100 less the table above",
            );
            table.note = Some(format!("Strategies often print this as “placed within 20 miles of home”. {definition}").into());
            blocks.push(Block::Table(table));
        }
    }
    blocks
}

fn own(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(own) = material.own() else { return Vec::new() };
    let when = own.now.on.long();
    let mut blocks = vec![Block::Heading(format!("From the returns, on {when}"))];
    let caption = format!("Distance and locality, {when}");
    blocks.extend(tables::cards(draft, &["M05", "M05d", "M06", "M07"], "own-distance-measures", &caption).map(Block::Table));
    blocks.push(Block::Note(
        "Of the two shares placed more than 20 miles from home only the one of all children divides as the published figure does, and may be set beside it.".into(),
    ));
    if let Some(table) = own.now.crossed.iter().find(|table| table.down == Field::DistanceBand) {
        let caption = format!("Children looked after by distance from home and locality, {when}");
        blocks.push(Block::Table(tables::crossed(draft, table, "own-distance", &caption, &own.now.on.to_string())));
    } else {
        for (field, id) in [(Field::DistanceBand, "own-distance"), (Field::Locality, "own-locality")] {
            if let Some(counts) = own.now.stock(field) {
                let caption = format!("Children looked after by {}, {when}", words::inside(counts.label));
                blocks.extend(tables::counts(draft, counts, id, &caption, &own.now.on.to_string()).map(Block::Table));
            }
        }
    }
    blocks.extend(hosts::block(draft));
    blocks
}

fn adjoining(draft: &Draft<'_, '_>) -> Option<Block> {
    let material = draft.material;
    let place = material.place?;
    let names: Vec<String> = geography::adjoining(place, Confidence::Medium).map(|other| other.name.to_owned()).collect();
    let said = match names.len() {
        0 => format!("No authority adjoins {} by land.", material.name),
        _ if material.fictitious => return None,
        _ => format!(
            "{} adjoins {}. Children placed there are outside the area and not “at a distance” in law.",
            material.name,
            words::list(&names)
        ),
    };
    Some(Block::Paragraph(said.into()))
}
