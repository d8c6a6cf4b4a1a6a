//! A statement being written: every figure that is shown gets its entry in the register at the same moment, so none can be without.

use domain::Value;
use report::block::{Block, Cell, FigureId, KeyFigure, Kind, NotKnown, Register, Text, Tone, Why};
use report::chart::Unit;

use super::material::Material;

/// The material and the register that grows with the text.
pub(super) struct Draft<'m, 'a> {
    pub material: &'m Material<'a>,
    pub figures: Register,
}

/// A number about to be shown.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub id: String,
    pub value: Value,
    pub unit: Unit,
    pub kind: Kind,
    pub why: Why,
}

impl Figure {
    /// As shown in a sentence: the number, or its mark in words.
    pub(super) fn shown(&self) -> String {
        shown(self.value, &self.unit)
    }

    /// The number, where it is one.
    pub(super) fn known(&self) -> Option<f64> {
        self.value.known()
    }
}

/// A value as shown in a sentence.
pub(super) fn shown(value: Value, unit: &Unit) -> String {
    match value {
        Value::Known(number) => unit.show(number),
        mark => mark.words().unwrap_or_default().to_owned(),
    }
}

/// A value as shown in a cell, without an entry in the register: for numbers worked out from the cells beside it.
pub(super) fn bare_cell(value: Value, unit: &Unit) -> Cell {
    match value {
        Value::Known(number) => Cell::number(number, unit.show(number)),
        mark => Cell::mark(mark.symbol().unwrap_or("x"), mark.words().unwrap_or("not available")),
    }
}

impl Draft<'_, '_> {
    /// A cell with its entry.
    pub(super) fn cell(&mut self, figure: &Figure) -> Cell {
        let id = self.enter(figure);
        bare_cell(figure.value, &figure.unit).why(id)
    }

    /// Text with the figure after it.
    pub(super) fn say(&mut self, text: Text, figure: &Figure) -> Text {
        let id = self.enter(figure);
        text.figure(figure.shown(), id)
    }

    /// A big figure.
    pub(super) fn key_figure(&mut self, label: &str, figure: &Figure, reason: Text) -> KeyFigure {
        KeyFigure {
            label: label.to_owned(),
            shown: figure.shown(),
            reason,
            figure: Some(self.enter(figure)),
            kind: figure.kind,
            tone: Tone::Neutral,
        }
    }

    fn enter(&mut self, figure: &Figure) -> FigureId {
        let id = FigureId::new(&figure.id);
        let mut why = figure.why.clone();
        if let (true, Some(mark)) = (why.unknown.is_empty(), figure.value.words()) {
            mark.clone_into(&mut why.unknown);
        }
        self.figures.insert(id.clone(), why);
        id
    }

    /// A gap: what the inputs do not say, and what would fill it (dossier A036).
    pub(super) fn not_known(&self, what: &str, filled_by: &str) -> Block {
        Block::NotKnown(NotKnown { what: what.into(), inputs: self.material.inputs(), filled_by: filled_by.into() })
    }
}
