//! 2: what the authority wants for its children, and what they say. Only people can write it.

use report::block::{Block, Section, Text};

use super::super::draft::Draft;
use super::super::tables;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let name = draft.material.name.clone();
    let mut blocks = vec![Block::Paragraph(
        Text::plain(format!("What {name} wants for its children, and what they say about where they live, is in no return. "))
            .and("The guidance expects both: a statement of sufficiency starts from children’s needs, wishes and feelings."),
    )];
    if let Some(table) = tables::cards(draft, &["M19a", "M19b"], "own-voice", "Reviews of care: on time, and with the child’s part") {
        blocks.push(Block::Table(table));
    }
    blocks.push(
        draft.not_known(
            "The vision for children in care and care leavers",
            "the authority’s corporate parenting strategy, in its own words",
        ),
    );
    blocks.push(draft.not_known(
        "What children and young people say about their homes, and what changed because of it",
        "the children in care council, surveys, and the wishes and feelings recorded at reviews",
    ));
    Section::new("vision", "Vision and the voice of children", blocks)
}
