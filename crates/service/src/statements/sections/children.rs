//! 4: the children in care: how many, who they are, who came and who left.

use analysis::field::Field;
use domain::Day;
use domain::number::percent_change;
use report::block::{Block, Section, Text};
use report::chart::{Pyramid, Side, Unit};

use super::super::bench::Bench;
use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;
use crate::benchmarks::Kind;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    blocks.extend(finding(draft).map(Block::Paragraph));
    blocks.extend(numbers(draft));
    blocks.extend(rate(draft));
    blocks.extend(flows(draft));
    blocks.push(Block::Heading("Who they are".into()));
    blocks.extend(ages(draft));
    for (group, id, caption) in [
        ("sex", "sex", "Children looked after by sex"),
        ("ethnicity", "ethnicity", "Children looked after by ethnic group"),
        ("legal", "legal-status", "Children looked after by legal status"),
        ("uasc", "unaccompanied", "Unaccompanied asylum-seeking children"),
    ] {
        blocks.extend(tables::profile(draft, "cla_31_march", group, id, caption).map(|profile| Block::Table(profile.table)));
    }
    blocks.extend(own_profile(draft));
    if blocks.iter().all(|block| !matches!(block, Block::Table(table) if table.id == "ethnicity")) {
        blocks.push(draft.not_known(
            "Ages, sexes, ethnic groups and legal statuses at this date",
            "the Department’s tables by characteristic, held from 2021",
        ));
    }
    blocks.push(draft.not_known("Religion and beliefs of children in care", "the case record; it is in no statutory return"));
    blocks.push(draft.not_known(
        "Disabled children in care",
        "the case record or the children in need census; the return of looked-after children does not carry it",
    ));
    blocks.push(draft.not_known(
        "Children on the edge of care, and how many the edge of care panel kept at home",
        "the records of the edge of care service and panel",
    ));
    blocks.push(draft.not_known(
        "Children remanded to care, with nights and settings",
        "the youth justice record and the return’s legal statuses J1 to J3; published tables give them inside youth justice statuses only",
    ));
    let name = &material.name;
    Section::new("children", format!("Children in the care of {name}"), blocks)
}

/// `656 children were looked after on 31 March 2020, 28 more than a year before (4.5%), a faster rise than in East Midlands (4.4%).`
pub(super) fn finding(draft: &mut Draft<'_, '_>) -> Option<Text> {
    let material = draft.material;
    let to = material.last_year();
    let bench = material.bench(Series::measure(material, "children-looked-after")?, 2016, to);
    let Some(year) = bench.newest() else {
        return Some(Text::plain(format!(
            "How many children {} looks after is not published for any year up to {}.",
            material.name, material.year
        )));
    };
    let own = bench.own(material, year);
    let newest = if year < to { ", the newest year that is published" } else { "" };
    let when = format!("{}{newest}", Day::year_end(year).long());
    let Some(now) = own.known() else {
        let text = Text::plain(format!("How many children {} looked after on {when}: ", material.name));
        return Some(draft.say(text, &own).and("."));
    };
    if now == 0.0 {
        let text = draft.say(Text::default(), &own).and(format!(" children were in the care of {} on {when}", material.name));
        return Some(text.and(": the Department publishes a nought. An authority this small plans with its neighbours."));
    }
    let before = bench.subject().values.get(&(year - 1)).copied().unwrap_or(domain::Value::NotAvailable);
    let noun = words::noun(now, "child was", "children were");
    let mut text = draft.say(Text::default(), &own).and(format!(
        " {noun} in the care of {} on {when}, {}",
        material.name,
        words::count_on_year(before, now)
    ));
    let growth = |values: &std::collections::BTreeMap<u32, domain::Value>| {
        percent_change(values.get(&(year - 1))?.known()?, values.get(&year)?.known()?)
    };
    if let Some(own_growth) = growth(&bench.subject().values) {
        let others: Vec<(String, Option<f64>)> = bench.rows[1..]
            .iter()
            .filter(|row| row.kind != Kind::StatisticalNeighbours)
            .map(|row| (row.area.clone(), growth(&row.values)))
            .collect();
        if let Some(beside) = words::growth_beside(own_growth, &others) {
            text = text.and(format!(", {beside}"));
        }
    }
    Some(text.and("."))
}

fn numbers(draft: &mut Draft<'_, '_>) -> Option<Block> {
    let material = draft.material;
    let (from, to) = material.recent_years();
    let bench = material.bench(Series::measure(material, "children-looked-after")?, from, to);
    if bench.is_empty() {
        return None;
    }
    let caption = format!("Children looked after at 31 March, {} to {}", bench.from, bench.to);
    Some(Block::Table(tables::benchmark(draft, &bench, "number", &caption)))
}

fn rate(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let to = material.last_year();
    let Some(series) = Series::measure(material, "children-looked-after-rate") else { return Vec::new() };
    let bench = material.bench(series, to.saturating_sub(9).max(2016), to);
    let mut blocks = vec![Block::Heading("The rate".into())];
    if let Some(year) = bench.newest().filter(|&year| bench.own(material, year).known().is_some()) {
        let own = bench.own(material, year);
        let text = draft.say(Text::plain("That is "), &own).and(" of every 10,000 children under 18. ");
        let mut standing = bench.standing(draft, year);
        let mut spans = text.0;
        spans.append(&mut standing.0);
        blocks.push(Block::Paragraph(Text(spans)));
        let words = chart_words("rate", bench.trend("Children looked after per 10,000"), rate_summary(&bench, year));
        let caption = format!("Children looked after per 10,000 aged under 18, at 31 March, {} to {}", bench.from, bench.to);
        blocks.push(tables::lines(draft, &bench, words, &caption));
        blocks.push(Block::Note(
            "Rates are printed as whole numbers and revised when population estimates are: older papers show other rates for the same years.".into(),
        ));
    } else {
        blocks.push(draft.not_known(
            "The rate of children looked after",
            "the return of looked-after children, once numbers are large enough to publish",
        ));
    }
    blocks
}

fn rate_summary(bench: &Bench<'_>, year: u32) -> String {
    let value = |row: &crate::benchmarks::Row| {
        let value = bench
            .newest_of_others(year)
            .and_then(|at| row.values.get(&if row.kind == Kind::Authority { year } else { at }).copied())?
            .known()?;
        Some(format!("{} {}", tables::short_name(row), bench.unit(row.kind).show(value)))
    };
    let all: Vec<String> = bench.rows.iter().filter_map(value).collect();
    format!("Rate per 10,000 children by year, {} to {}. In the newest year: {}.", bench.from, bench.to, words::list(&all))
}

fn flows(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let mut blocks = vec![Block::Heading("Starting and ceasing to be looked after".into())];
    let series = |id| Series::measure(material, id);
    let (from, to) = material.recent_years();
    let benches: Vec<Bench<'_>> =
        ["started", "ceased"].into_iter().filter_map(series).map(|series| material.bench(series, from, to)).collect();
    if let [started, ceased] = benches.as_slice() {
        let (came, went) = (started.own(material, to), ceased.own(material, to));
        if let (Some(a), Some(b)) = (came.known(), went.known()) {
            let text = draft.say(Text::default(), &came).and(format!(
                " {} to be looked after in the year to 31 March {to} and ",
                words::noun(a, "child started", "children started")
            ));
            let text = draft.say(text, &went).and(match words::Way::between(b, a, 0) {
                words::Way::Up => format!(" ceased: {} more came than left.", Unit::count().show(a - b)),
                words::Way::Down => format!(" ceased: {} more left than came.", Unit::count().show(b - a)),
                words::Way::Level => " ceased: as many left as came.".to_owned(),
            });
            // Readers set this beside the change in number, which it need not be (dossier B2).
            blocks.push(Block::Paragraph(text.and(" A child who came or left more than once in the year counts once.")));
        }
        for (bench, id, what) in [(started, "started", "starting"), (ceased, "ceased", "ceasing")] {
            if !bench.is_empty() {
                let caption = format!("Children {what} to be looked after in the year to 31 March, {from} to {to}");
                blocks.push(Block::Table(tables::benchmark(draft, bench, id, &caption)));
            }
        }
    }
    for (table, group, id, caption) in [
        ("cla_started", "age", "started-age", "Children starting to be looked after, by age"),
        ("cla_ceased", "reason", "ceased-reason", "Children ceasing to be looked after, by reason"),
    ] {
        blocks.extend(tables::profile(draft, table, group, id, caption).map(|profile| Block::Table(profile.table)));
    }
    blocks
}

fn ages(draft: &mut Draft<'_, '_>) -> Option<Block> {
    let name = draft.material.name.clone();
    let profile = tables::profile(draft, "cla_31_march", "age", "age-table", "Children looked after by age")?;
    let share = |category: &str| {
        let bench = profile.of(category)?;
        bench.subject().values.get(&profile.year)?.known()
    };
    let title = match (share("10_15"), share("16_plus")) {
        (Some(teens), Some(oldest)) => format!("{} of children are aged 10 or over", Unit::percent(0).show(teens + oldest)),
        _ => format!("Ages of the children in the care of {name}"),
    };
    let summary = format!("Shares of children looked after by age, {} beside its statistical neighbours and England.", draft.material.name);
    Some(profile.bars(&name, chart_words("age", title, summary)))
}

/// What the returns add: the newest date, and two characteristics at once.
fn own_profile(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(own) = material.own() else { return Vec::new() };
    let when = own.now.on.long();
    let mut blocks = vec![Block::Heading(format!("From the returns, on {when}"))];
    let caption = format!("Measures of the cohort, {when}");
    blocks.extend(tables::cards(draft, &["M01a", "M01b", "M02a", "M02b", "M02c", "M02d"], "own-numbers", &caption).map(Block::Table));
    if let Some(table) = own.now.crossed.iter().find(|table| table.down == Field::AgeBand) {
        let made =
            tables::crossed(draft, table, "own-age-sex", &format!("Children looked after by age and sex, {when}"), &own.now.on.to_string());
        blocks.push(pyramid(table, made, &when));
    }
    for (field, id) in [
        (Field::AgeBand, "own-age"),
        (Field::Sex, "own-sex"),
        (Field::EthnicGroup, "own-ethnic-group"),
        (Field::LegalStatusGroup, "own-legal-status"),
        (Field::Uasc, "own-unaccompanied"),
    ] {
        let is_crossed = own.now.crossed.iter().any(|table| table.down == field || table.across == field);
        if let Some(counts) = own.now.stock(field).filter(|_| !is_crossed) {
            let caption = format!("Children looked after by {}, {when}", words::inside(counts.label));
            blocks.extend(tables::counts(draft, counts, id, &caption, &own.now.on.to_string()).map(Block::Table));
        }
    }
    for (by, id) in [("starters_by_need", "own-started-need"), ("leavers_by_reason", "own-ceased-reason")] {
        if let Some(counts) = own.now.flow(by) {
            let caption = format!("{}, twelve months to {when}", counts.label);
            blocks.extend(tables::counts(draft, counts, id, &caption, &own.now.on.to_string()).map(Block::Table));
        }
    }
    blocks
}

fn pyramid(table: &super::super::own::Crossed, made: report::block::Table, when: &str) -> Block {
    let column = |at: usize| {
        table.cells.iter().take(table.row_labels.len() - 1).map(|cells| cells.get(at).and_then(|value| value.known())).collect::<Vec<_>>()
    };
    let side = |at: usize, name: &str| Side { name: name.to_owned(), values: column(at), outline: Vec::new() };
    let drawing = Pyramid {
        ages: table.row_labels.iter().take(table.row_labels.len() - 1).cloned().collect(),
        left: side(0, "Female"),
        right: side(1, "Male"),
        outline: None,
        unit: Unit::count(),
    };
    let sum = |at: usize| table.column_totals.get(at).and_then(|value| value.known());
    let title = match (sum(0), sum(1)) {
        (Some(girls), Some(boys)) => format!("{} girls and {} boys", Unit::count().show(girls), Unit::count().show(boys)),
        _ => "Ages of girls and boys".to_owned(),
    };
    let summary = format!(
        "Children looked after on {when} by age and sex, from the authority’s own return. Numbers withheld are left out of the drawing."
    );
    tables::chart(&drawing, chart_words("own-pyramid", title, summary), made)
}
