//! 5: what children need: why they came into care, their health, and what makes finding a home harder.

use analysis::field::Field;
use report::block::{Block, Section};

use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    match tables::profile(draft, "cla_31_march", "need", "need", "Children looked after by main need when they came into care") {
        Some(profile) => {
            let lead = format!("Why children were in the care of {} in {}, by main need: ", material.name, profile.year);
            blocks.push(Block::Paragraph(match tables::leading(draft, lead, &profile, 2) {
                Some(text) => text.and(". The category is that of the day the child came into care, not of today."),
                None => "How many children came into care for which need is marked, not printed: the numbers are small.".into(),
            }));
            blocks.push(Block::Table(profile.table));
        }
        None => {
            blocks.push(Block::Paragraph(
                "The Department’s table of children by need is held from 2021, after the date of this statement.".into(),
            ));
        }
    }
    if let Some(own) = material.own() {
        let when = own.now.on.long();
        if let Some(counts) = own.now.stock(Field::CategoryOfNeed) {
            let caption = format!("Children looked after by category of need, {when}");
            blocks.extend(tables::counts(draft, counts, "own-need", &caption, &own.now.on.to_string()).map(Block::Table));
        }
    }
    blocks.push(Block::Heading("Health, schooling and risk".into()));
    let measures = [
        "lachealthpct",
        "lacdentalpct",
        "lacvaccinationspct",
        "emotional_lac",
        "lacsubstance",
        "lac_convictions",
        "children_missing",
        "children_away",
        "lac_sen_statement",
        "lac_sen",
        "unacc_asylmn_seek_childnpct",
    ];
    let series = measures.into_iter().map(|id| Series::measure(material, id)).collect();
    blocks.extend(tables::scorecard(draft, "needs-measures", "Needs and risks of children looked after", series).map(Block::Table));
    blocks.extend(
        tables::cards(
            draft,
            &["M28a", "M28b", "M28c", "M31a", "M31b", "M31c", "M31d", "M31e", "M31f"],
            "own-needs",
            "Missing episodes and health, from the returns",
        )
        .map(Block::Table),
    );
    blocks.push(draft.not_known(
        "Levels of need and complexity: emotional health, exploitation, harmful behaviour, disability, support hours",
        "a needs profile recorded with each request for a home (Placements Data Standard)",
    ));
    blocks.push(draft.not_known(
        "Children deprived of liberty, and where",
        "the deprivation of liberty table of the return from 2026-27, and court orders until then",
    ));
    Section::new("needs", "What children need", blocks)
}
