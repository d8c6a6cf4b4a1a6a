//! 13: the gap between what is needed and what can be used: cohort, needed, available, shortfall, action and date (section 22G; dossier A001, A059).

mod cost;
mod found;
mod places;

use report::block::{Block, Section, Text};

use super::super::ahead::Ahead;
use super::super::draft::Draft;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let ahead = draft.material.ahead;
    let found = ahead.and_then(|ahead| Some((ahead.gap.as_ref()?, ahead.need.as_ref().ok()?)));
    let mut blocks = match found {
        Some((gap, need)) => found::blocks(draft, gap, need, ahead.and_then(|ahead| ahead.money.as_ref())),
        None => none(draft, ahead),
    };
    blocks.push(Block::Heading("Registered places, which are not what can be used".to_owned()));
    blocks.push(Block::Note(
        "Registered places are neither vacancies nor the authority’s alone, so a difference of the figures below would not be a gap."
            .into(),
    ));
    match places::facts(draft) {
        Some(table) => blocks.push(table),
        None => blocks.push(draft.not_known(
            "Registered places in the area beside the children placed",
            "the register of the same day, and the authority’s published area",
        )),
    }
    blocks.push(draft.not_known(
        "Children for whom a home in the area would not be right",
        "a yes or no with its reason on each child’s plan (consistent with welfare, section 22G)",
    ));
    Section::new("gap", "The gap", blocks)
}

/// Without a forecast, or without the homes to set against it.
fn none(draft: &Draft<'_, '_>, ahead: Option<&Ahead>) -> Vec<Block> {
    let expected = ahead.is_some_and(|ahead| ahead.need.is_ok());
    let lacks = if expected {
        "Section 12 says what is needed; the homes that could be used were not given."
    } else {
        "That takes a forecast of need and usable places, and published figures hold neither."
    };
    let mut blocks = vec![Block::Paragraph(
        Text::default()
            .strong("No gap is stated. ")
            .and(format!("A gap is the homes needed less the homes that could be used, by need, age and area, at a date. {lacks}")),
    )];
    let mut missing = Vec::new();
    if !expected {
        missing.push(("Homes needed by kind of need, age, notice and area", "a forecast from several years of the authority’s returns"));
    }
    missing.push((
        "Homes that could be used: registered, less closed and blocked, in force, and within reach of age and need",
        "a supply file: a line for each home with its type, ages, registered and usable places, contract and dates",
    ));
    missing.push((
        "Shortfall, action and date for each kind of home",
        "the forecast and the supply file together, and the authority’s decisions",
    ));
    missing.push((
        "Homes for siblings together, emergencies, parents with a child, and short breaks",
        "the supply file, which names such homes",
    ));
    blocks.extend(missing.into_iter().map(|(what, filled_by)| draft.not_known(what, filled_by)));
    blocks
}
