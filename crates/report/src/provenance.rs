//! "How each figure was made": figures that share a definition, source and vintage are told once, under one number.

use std::collections::BTreeMap;

use crate::block::{Block, FigureId, Register, Report, Text, Why};

/// The title of the part that tells it.
pub const TITLE: &str = "How each figure was made";

/// The entries of a report and the number of each figure's entry.
#[derive(Debug)]
pub struct Provenance<'a> {
    /// In the order of the ids they hold first.
    pub entries: Vec<Entry<'a>>,
    number: BTreeMap<&'a FigureId, usize>,
}

/// Figures made in the same way.
#[derive(Debug)]
pub struct Entry<'a> {
    /// From 1.
    pub number: usize,
    /// What the figures share; its `rows` and `unknown` are those of the first alone.
    pub shared: &'a Why,
    /// Each with its own `rows` and `unknown`.
    pub figures: Vec<(&'a FigureId, &'a Why)>,
}

impl Entry<'_> {
    /// What the figures share, as label and text, empty texts left out.
    pub fn facts(&self) -> Vec<(&'static str, &str)> {
        let why = self.shared;
        let facts: [(&'static str, &str); 5] = [
            ("Definition", &why.definition),
            ("Source", &why.source),
            ("Vintage", &why.vintage),
            ("Licence", &why.licence),
            ("Snapshot", &why.snapshot),
        ];
        facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }
}

impl<'a> Provenance<'a> {
    /// Groups the entries of a register.
    pub fn of(figures: &'a Register) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut by_shared: BTreeMap<[&'a str; 6], usize> = BTreeMap::new();
        let mut number = BTreeMap::new();
        for (id, why) in figures.iter() {
            let key: [&str; 6] = [&why.name, &why.definition, &why.source, &why.vintage, &why.licence, &why.snapshot];
            let at = *by_shared.entry(key).or_insert_with(|| {
                entries.push(Entry { number: entries.len() + 1, shared: why, figures: Vec::new() });
                entries.len()
            });
            entries[at - 1].figures.push((id, why));
            number.insert(id, at);
        }
        Self { entries, number }
    }

    /// `How made: 3, 5` for the figures of a block, or nothing where none is in the register.
    pub fn line<'b>(&self, figures: impl Iterator<Item = &'b FigureId>) -> Option<String> {
        let numbers = self.numbers(figures);
        let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
        (!words.is_empty()).then(|| format!("How made: {}", words.join(", ")))
    }

    /// Numbers of the entries of these figures, each once, in order.
    pub fn numbers<'b>(&self, figures: impl Iterator<Item = &'b FigureId>) -> Vec<usize> {
        let mut numbers: Vec<usize> = figures.filter_map(|id| self.number.get(id).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

impl Report {
    /// Its figures, grouped by how they were made.
    pub fn provenance(&self) -> Provenance<'_> {
        Provenance::of(&self.figures)
    }
}

impl Block {
    /// The figures that it names, in reading order, repeats included.
    pub fn figures(&self) -> Vec<&FigureId> {
        match self {
            Self::Paragraph(text) | Self::Note(text) => text.figures().collect(),
            Self::List(list) => list.items.iter().flat_map(Text::figures).collect(),
            Self::KeyFigures(figures) => figures.iter().flat_map(|figure| figure.figure.iter().chain(figure.reason.figures())).collect(),
            Self::Table(table) => table.figures().collect(),
            Self::Chart(chart) => chart.table.figures().collect(),
            Self::NotKnown(gap) => gap.what.figures().chain(gap.filled_by.figures()).collect(),
            Self::Heading(_) | Self::PageBreak => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_made_alike_share_a_number() {
        let mut figures = Register::default();
        let count = |rows: &str| Why { name: "Children looked after".into(), source: "DfE".into(), rows: rows.into(), ..Why::default() };
        figures.insert(FigureId::new("cla.2024"), count("1 row"));
        figures.insert(FigureId::new("cla.2025"), count("2 rows"));
        figures.insert(FigureId::new("moves.2025"), Why { name: "Moves".into(), ..Why::default() });
        let provenance = Provenance::of(&figures);
        assert_eq!(provenance.entries.len(), 2);
        assert_eq!(provenance.entries[0].figures.len(), 2);
        let asked = [FigureId::new("moves.2025"), FigureId::new("cla.2025"), FigureId::new("cla.2024"), FigureId::new("absent")];
        assert_eq!(provenance.line(asked.iter()).as_deref(), Some("How made: 1, 2"));
        assert_eq!(provenance.line(asked[3..].iter()), None);
    }
}
