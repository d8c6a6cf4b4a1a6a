//! "How each figure was made": figures that share a definition, source and vintage are told once, under one number.

use std::collections::BTreeMap;

use crate::block::{Block, FigureId, Register, Report, Text, Why};

/// The title of the part that tells it.
pub const TITLE: &str = "How each figure was made";

/// What paged documents say above it.
pub const IN_SHORT: &str = "In short, by source. The whole definition of each figure, the rows behind it and what is not known stand in the \
                            HTML form of this document and in its data pack, under the same names.";

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

/// A source without the title of the one measure: `Department for Education, Local Authority Interactive Tool`.
fn publication(source: &str) -> &str {
    source.split_once(": ").map_or(source, |(publication, _)| publication)
}

/// The first sentence of a definition: what paged documents have room for.
fn first_sentence(definition: &str) -> &str {
    definition.find(". ").map_or(definition, |end| &definition[..=end])
}

impl<'a> Entry<'a> {
    /// Where the figures come from, as paged documents head the entry.
    pub fn publication(&self) -> &'a str {
        publication(&self.shared.source)
    }

    /// Edition, licence and fingerprint, empty ones left out.
    pub fn edition(&self) -> Vec<(&'static str, &'a str)> {
        let why = self.shared;
        let facts: [(&'static str, &'a str); 3] = [("Vintage", &why.vintage), ("Licence", &why.licence), ("Snapshot", &why.snapshot)];
        facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// What is counted, each way once, with the figures' names and how many figures there are of it.
    pub fn ways(&self) -> Vec<Way<'a>> {
        let mut ways: Vec<Way<'a>> = Vec::new();
        for (_, why) in &self.figures {
            let what = first_sentence(&why.definition);
            match ways.iter_mut().find(|way| way.what == what) {
                Some(way) => {
                    way.figures += 1;
                    if !way.names.contains(&why.name.as_str()) {
                        way.names.push(&why.name);
                    }
                }
                None => ways.push(Way { what, names: vec![&why.name], figures: 1 }),
            }
        }
        ways
    }
}

/// One way of counting, of those that share a source.
#[derive(Debug, PartialEq, Eq)]
pub struct Way<'a> {
    /// First sentence of the definition.
    pub what: &'a str,
    /// What the figures are called.
    pub names: Vec<&'a str>,
    /// How many figures are counted so.
    pub figures: usize,
}

impl Way<'_> {
    /// The names, where they are few enough to help.
    pub fn title(&self) -> String {
        match self.names.as_slice() {
            few @ ([_] | [_, _] | [_, _, _]) => few.join("; "),
            many => format!("{} and {} others", many[0], many.len() - 1),
        }
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

    /// Groups the entries by where they come from: what paged documents print, in which every figure's own rows would fill a book.
    pub fn by_source(figures: &'a Register) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut by_source: BTreeMap<[&'a str; 4], usize> = BTreeMap::new();
        let mut number = BTreeMap::new();
        for (id, why) in figures.iter() {
            let key: [&str; 4] = [publication(&why.source), &why.vintage, &why.licence, &why.snapshot];
            let at = *by_source.entry(key).or_insert_with(|| {
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
    fn paged_documents_tell_each_source_once() {
        let mut figures = Register::default();
        let figure = |name: &str, definition: &str| Why {
            name: name.into(),
            definition: definition.into(),
            source: format!("DfE, Tool: {name}"),
            vintage: "2025".into(),
            ..Why::default()
        };
        figures.insert(FigureId::new("a.2024"), figure("Children", "Counted on 31 March. With more words."));
        figures.insert(FigureId::new("a.2025"), figure("Children", "Counted on 31 March. With more words."));
        figures.insert(FigureId::new("b.2025"), figure("Moves", "Counted over the year."));
        let provenance = Provenance::by_source(&figures);
        assert_eq!((provenance.entries.len(), provenance.entries[0].publication()), (1, "DfE, Tool"));
        let ways: Vec<(&str, String, usize)> =
            provenance.entries[0].ways().iter().map(|way| (way.what, way.title(), way.figures)).collect();
        assert_eq!(ways, [("Counted on 31 March.", "Children".to_owned(), 2), ("Counted over the year.", "Moves".to_owned(), 1)]);
    }

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
