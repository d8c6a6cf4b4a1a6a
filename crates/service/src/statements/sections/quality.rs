//! 8: what inspectors found. Not inspected yet is not Good, and an authority's own fostering has no grade (dossier B10, F16).

use reference::ofsted::{self, INSPECTIONS_DAY, Judgement, Provision};
use report::block::{Block, Cell, Column, Row, Section, Table, Text, Why};
use report::chart::Unit;

use super::super::draft::{Draft, Figure};
use super::super::tables;
use super::market::{of_register, register_source};
use crate::markets::{Judged, Market};

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    match &material.market {
        Some(market) => {
            blocks.push(Block::Paragraph(finding(draft, market)));
            if !market.judgements.is_empty() {
                blocks.push(Block::Table(judgements(draft, market)));
            }
        }
        None => blocks
            .push(draft.not_known("Judgements of settings in the area", "the authority’s name as published, so that its area is known")),
    }
    blocks.push(Block::Note(
        "A setting without a full inspection yet is not Good. An authority’s own fostering and adoption services are not graded by themselves, and supported accommodation has outcomes of its own, not these grades.".into(),
    ));
    blocks.extend(services(draft));
    blocks.push(draft.not_known(
        "Grades of the homes that the authority’s own children live in, and grades today",
        "Ofsted’s current register by reference number, joined to the URN of each placement",
    ));
    blocks.push(draft.not_known(
        "The authority’s own assurance: visits, contract meetings, concerns and what followed",
        "the quality assurance record of the commissioning team",
    ));
    Section::new("quality", "Quality", blocks)
}

fn finding(draft: &mut Draft<'_, '_>, market: &Market) -> Text {
    let day = market.register_day.long();
    let homes = market.judgements.iter().find(|judged| judged.provision == Provision::ChildrensHome);
    let Some(homes) = homes else {
        return Text::plain(format!("No children’s home was registered in {} on {day}.", area_name(draft, market)));
    };
    let good: u32 = homes.grades.iter().filter(|(grade, ..)| *grade <= Judgement::Good).map(|grade| grade.1).sum();
    let graded: u32 = homes.grades.iter().map(|grade| grade.1).sum();
    let lead = Text::plain(format!("On {day}, "));
    let text = draft.say(
        lead,
        &of_register(draft, "homes-good-or-outstanding", market.area, "children’s homes judged Good or Outstanding", f64::from(good)),
    );
    let text = draft
        .say(text.and(" of "), &of_register(draft, "homes-graded", market.area, "children’s homes with a judgement", f64::from(graded)));
    let text = text.and(format!(" children’s homes with a judgement in {} were Good or Outstanding", area_name(draft, market)));
    let waiting = of_register(
        draft,
        "homes-not-inspected",
        market.area,
        "children’s homes without a full inspection yet",
        f64::from(homes.not_inspected.0),
    );
    draft.say(text.and("; without a full inspection yet: "), &waiting).and(".")
}

fn area_name(draft: &Draft<'_, '_>, market: &Market) -> String {
    super::market::area_name(draft.material, market)
}

fn judgements(draft: &mut Draft<'_, '_>, market: &Market) -> Table {
    let mut columns = vec![Column::header("Kind of setting")];
    columns.extend(Judgement::ALL.iter().map(|grade| Column::number(grade.label())));
    columns.push(Column::number("Not inspected yet"));
    columns.push(Column::number("Good or Outstanding, of those graded"));
    let mut rows = Vec::new();
    for judged in &market.judgements {
        let key = format!("{:?}", judged.provision);
        let mut cells = vec![Cell::words(judged.provision.label())];
        for (grade, settings, _) in judged.grades {
            cells.push(draft.cell(&of_register(
                draft,
                &format!("judged.{key}.{grade:?}"),
                market.area,
                "settings by judgement",
                f64::from(settings),
            )));
        }
        cells.push(draft.cell(&of_register(
            draft,
            &format!("judged.{key}.none"),
            market.area,
            "settings by judgement",
            f64::from(judged.not_inspected.0),
        )));
        cells.push(match share_of_good(judged) {
            Some(share) => {
                let mut figure = of_register(
                    draft,
                    &format!("judged.{key}.share"),
                    market.area,
                    "share of graded settings judged Good or Outstanding",
                    share,
                );
                figure.unit = Unit::percent(0);
                draft.cell(&figure)
            }
            None => Cell::mark("z", "not applicable"),
        });
        rows.push(Row::new(cells));
    }
    Table {
        id: "judgements".into(),
        caption: format!("Settings by Ofsted’s latest full judgement, {}, {}", area_name(draft, market), market.register_day.long()),
        columns,
        rows,
        note: Some("Settings, not places. Agencies stand where their office is registered; their carers live elsewhere too.".into()),
        source: Some(register_source()),
    }
}

fn share_of_good(judged: &Judged) -> Option<f64> {
    let graded: u32 = judged.grades.iter().map(|grade| grade.1).sum();
    let good: u32 = judged.grades.iter().filter(|(grade, ..)| *grade <= Judgement::Good).map(|grade| grade.1).sum();
    (graded > 0).then(|| f64::from(good) / f64::from(graded) * 100.0)
}

/// The inspection of the authority's own services.
fn services(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let mut blocks = vec![Block::Heading("The authority’s own services".into())];
    let latest = material.subject.and_then(ofsted::latest_services_inspection);
    let latest = latest.filter(|inspection| inspection.day.is_none_or(|day| day <= material.as_of));
    let Some(inspection) = latest else {
        blocks.push(if material.fictitious {
            Block::Paragraph(format!("{} is made up, so nobody has inspected it.", material.name).into())
        } else {
            draft.not_known(
                "The judgement on the authority’s children’s services at this date",
                "Ofsted’s reports of inspections of local authority children’s services",
            )
        });
        return blocks;
    };
    let grade = |judgement: Option<Judgement>| judgement.map_or("No judgement", Judgement::label);
    let row = |what: &str, words: &str| Row::new(vec![Cell::words(what), Cell::words(words)]);
    let day = inspection.day.map_or_else(|| "on a date not given".to_owned(), |day| format!("on {}", day.long()));
    blocks.push(Block::Table(Table {
        id: "services".into(),
        caption: format!("Ofsted’s judgements of {}’s children’s services, inspected {day}", material.name),
        columns: vec![Column::header("Judgement of"), Column::words("Grade")],
        rows: vec![
            row("Overall effectiveness", inspection.overall.label()),
            row("Children who need help and protection", grade(inspection.help_and_protection)),
            row("Children in care", grade(inspection.children_in_care)),
            row("Care leavers", grade(inspection.care_leavers)),
            row("Leaders", grade(inspection.leaders)),
        ],
        note: Some("Care leavers have been judged apart since 2023. Focused and monitoring visits are not held.".into()),
        source: Some(format!(
            "Ofsted, inspections of local authority children’s services, as at {} (Open Government Licence v3.0)",
            INSPECTIONS_DAY.long()
        )),
    }));
    blocks
}

/// A figure of the register, for callers that have one at hand.
pub(super) fn register_figure(id: &str, name: &str, rows: &str, value: f64, definition: &str) -> Figure {
    let source = reference::published::data_set("ofsted_settings").map(reference::published::DataSet::source);
    Figure {
        id: tables::register_id(id, "").as_str().to_owned(),
        value: domain::Value::Known(value),
        unit: Unit::count(),
        kind: report::block::Kind::Actual,
        why: Why {
            name: name.to_owned(),
            definition: definition.to_owned(),
            source: source.as_ref().map_or_else(|| "Ofsted".to_owned(), |source| format!("{}, {}", source.publisher, source.title)),
            vintage: source.as_ref().map_or_else(String::new, |source| crate::dated::in_words(&source.vintage)),
            licence: source.map_or_else(String::new, |source| source.licence),
            snapshot: "table ofsted_settings".to_owned(),
            rows: rows.to_owned(),
            unknown: String::new(),
        },
    }
}
